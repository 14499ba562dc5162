// One of a list, by id or label. Twin of catalog/answers/choice.py.

import { closest } from "../nearest.js";
import { Problem, problem } from "../problem.js";
import { stripEnd, stripStart, tight } from "../wording.js";

const NUMBERING = /^(?:[\u2460-\u2473]|[(（]?[0-9０-９]{1,2}(?:[)）]|[.．](?![0-9０-９])))/u;

/** The choice's id. */
export function parse(text, asks) {
  const found = find(text, asks);
  return found instanceof Problem ? found : found.id;
}

/** The choice that a text names by id, by label, by a label without its printed number, or by that number alone. */
export function find(text, asks) {
  const [names, wanted] = [namesOf(asks), text.trim()];
  for (const name of [wanted, tight(wanted).toLowerCase(), bare(wanted)]) if (names.has(name)) return names.get(name);
  const number = numberOf(wanted);
  let meant = null;
  if (number) {
    const printed = new Map();
    for (const [label, one] of allLabels(asks)) {
      const match = NUMBERING.exec(label);
      if (match) printed.set(numberOf(match[0]), one);
    }
    if (printed.has(number)) return printed.get(number);
    if (!printed.size) meant = asks.choices[Number(number) - 1] ?? null; // of that place: a guess and no answer
  } else {
    meant = names.get(closest(bare(wanted), names.keys())) ?? null;
  }
  return problem("not-a-choice", { found: wanted, nearest: meant ? meant.label : "", expected: labelsOf(asks) });
}

/** The number that is all of a text, however it is written: `①`, `(1)`, `1.`; else nothing. */
function numberOf(text) {
  const number = stripEnd(stripStart(tight(text), "()."), "().");
  return /^[0-9]{1,2}$/.test(number) ? number : "";
}

function allLabels(asks) {
  return asks.choices.flatMap((one) => Object.values(one.label).map((label) => [label.trim(), one]));
}

/** What may be written for each choice. An id goes before a label, a whole label before a part of one. */
function namesOf(asks) {
  const names = new Map();
  const take = (name, one) => names.has(name) || names.set(name, one);
  const labels = allLabels(asks);
  for (const one of asks.choices) take(one.id, one);
  for (const [label, one] of labels) take(tight(label).toLowerCase(), one);
  for (const [label, one] of labels) take(bare(label), one);
  return names;
}

/** A label without its printed number, or all of it. */
function bare(label) {
  return tight(label.trim().replace(NUMBERING, "")).toLowerCase();
}

function labelsOf(asks) {
  const languages = [...new Set(asks.choices.flatMap((one) => Object.keys(one.label)))].sort();
  const ordered = [...languages.filter((one) => one === "ja"), ...languages.filter((one) => one !== "ja")];
  return Object.fromEntries(
    ordered.map((language) => [language, asks.choices.map((one) => one.label[language] ?? one.id).join(language === "ja" ? "、" : ", ")]),
  );
}

export const compare = (id) => ({ key: id });
