// A letter that asks a provider for what is not disclosed or not clear. No DOM; nothing is sent.

import { fill } from "../dom.js";

/** Longer addresses of mails are cut, or not opened at all, by some programs. */
const LONGEST_DRAFT = 1900;
const OPEN = ["undisclosed", "ask", "partly"];
const EMAIL = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** The findings of a standing that leave a question, one for each field. */
export function questions(standing) {
  const open = standing.findings.filter((finding) => OPEN.includes(finding.verdict) && finding.absence !== "not_asked");
  return open.filter((one, index) => open.findIndex((other) => other.requirement.field === one.requirement.field) === index);
}

/**
 * `{subject, body}`. `places` are the guideline's `{item, field}` by field id, `entries` the sheet's rows by field id, `quoted` tells
 * a row in words, `of` a text of the guideline in the letter's language.
 */
export function letter({ words, service, guideline, asked, places, entries, quoted, of, address }) {
  const names = { service: service.service_name, provider: service.provider_name, guideline };
  const say = (key, values = {}) => fill(words[key], { ...names, ...values });
  const items = asked.map(({ requirement }, index) => {
    const { item, field } = places.get(requirement.field);
    return [
      say("item", { count: index + 1, number: item.number, label: of(item.label) }),
      say("wording", { wording: of(field.prompt) }),
      say("now", { text: now(entries.get(requirement.field), field, service, words, quoted) }),
    ].join("\n");
  });
  const greeting = service.submitted_by === "third_party" ? "greeting_transcribed" : "greeting";
  const body = [say("to"), say(greeting), say("ask"), ...items, say("page", { address }), say("close")].join("\n\n");
  return { subject: say("subject"), body: `${body}\n` };
}

/** What the sheet says at present, one data centre after the other. */
function now({ rows }, field, service, words, quoted) {
  const names = Object.fromEntries((service.data_centers ?? []).map(({ id, name }) => [id, name]));
  const told = rows.map((row) => {
    const { word, text, partial } = quoted(row, field, service);
    const said = [word, text].filter(Boolean).join(" ");
    const whole = partial ? fill(words.partial, { text: said }) : said;
    return row.data_center ? fill(words.center, { name: names[row.data_center] ?? row.data_center, text: whole }) : whole;
  });
  return told.join(words.separator);
}

/** The first e-mail address that the provider discloses in the field for contacts, or "". */
export function emailOf(answers, field) {
  const found = answers.filter((row) => row.field === field).flatMap((row) => row.value?.email ?? []);
  return found.find((email) => typeof email === "string" && EMAIL.test(email)) ?? "";
}

/** The address of a draft: `{href, whole}`; a long letter leaves its text out. */
export function draft(email, { subject, body }) {
  const to = encodeURIComponent(email).replace("%40", "@");
  const href = `mailto:${to}?subject=${encodeURIComponent(subject)}`;
  const whole = `${href}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  return whole.length <= LONGEST_DRAFT ? { href: whole, whole: true } : { href, whole: false };
}
