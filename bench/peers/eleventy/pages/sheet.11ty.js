import { answers, escape } from "../parts/rows.js";

export const data = { pagination: { data: "job.services", size: 1, alias: "one" }, permalink: ({ one }) => `providers/${one.service.path}/index.html` };

export function render({ job: { common }, one }) {
  const html = [common.head, `<body><main>\n<h1>${escape(one.service.name)}</h1><p>${escape(one.provider.name)}</p>\n`];
  for (const section of common.sections) {
    html.push(`<section id="section-${section.id}"><h2>${escape(section.title)}</h2>`);
    if (section.scope === "data_center" && one.service.absent) {
      html.push(`<p>${escape(one.service.absent)}</p></section>`);
      continue;
    }
    html.push('<table class="rows">\n');
    for (const group of section.groups) {
      html.push(`<tbody id="group-${group.id}"><tr class="group"><th scope="rowgroup">${escape(group.title)}</th></tr>\n`);
      for (const row of group.rows) {
        html.push(`<tr class="row row--${row.level}" id="${row.field}">${row.head}`);
        for (const [, answer] of answers(section, row, one, common.unanswered)) html.push(`<td class="row__answer">${answer}</td>`);
        html.push("</tr>\n");
      }
      html.push("</tbody>\n");
    }
    html.push("</table></section>\n");
  }
  html.push("</main></body></html>\n");
  return html.join("");
}
