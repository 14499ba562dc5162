const LETTERS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => LETTERS[letter]);

/** The answers of a service at one field: [data centre or null, HTML]. */
export function answers(section, row, { service, provider }, unanswered) {
  if (section.scope === "provider") return [[null, service.answers[row.field] ?? provider.answers[row.field] ?? unanswered]];
  if (section.scope === "service") return [[null, service.answers[row.field] ?? unanswered]];
  if (service.absent) return [];
  if (!service.centers.length) return [[null, unanswered]];
  return service.centers.map((id) => [id, provider.centers[id].answers[row.field] ?? unanswered]);
}
