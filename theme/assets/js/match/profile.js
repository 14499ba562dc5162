// A profile of requirements: in the address, in a file, checked against the guideline. No DOM.
// `{guideline, title, requirements: [{field, weight, condition: {test, number, unit, values, text}}]}`

import { compared, isNumber, isPlace, MAX_WORDS, needsUnit, tests, UNITS } from "./conditions.js";

export const MAX_REQUIREMENTS = 50;
export const MAX_FILE = 200_000;
const MAX_TITLE = 120;
const MAX_FRAGMENT = 20_000;
const WEIGHTS = ["must", "should"];
const IS = ["yes", "no", "answered"];
export const VALUED = ["at_least", "at_most", "in", "contains"];

/** What could not be used; `code` is a key of the words below `refused`. */
export class Refused extends Error {
  constructor(code, found = "") {
    super(code);
    this.code = code;
    this.found = found;
  }
}

export const empty = (guideline) => ({ guideline, title: "", requirements: [] });

/** A requirement's condition as far as it says something: drafts do not count. */
export function isComplete({ condition }, field) {
  if (["at_least", "at_most"].includes(condition.test)) return isNumber(condition.number) && (!needsUnit(field) || Object.hasOwn(UNITS, condition.unit));
  if (condition.test === "in") return condition.values.length > 0;
  if (condition.test === "contains") return condition.text.trim().length > 0 && condition.text.length <= MAX_WORDS;
  return true;
}

export const condition = (test, values = {}) => ({ test, number: "", unit: "", values: [], text: "", ...values });

// --- the address ---

/** The fragment with its `#`; "" where there is nothing to tell. Python writes the same for ready-made profiles. */
export function toFragment({ guideline, title, requirements }) {
  if (!requirements.length && !title) return "";
  const parts = [`g=${quote(guideline)}`, ...(title ? [`t=${quote(title)}`] : [])];
  for (const { field, weight, condition } of requirements) parts.push(`${weight}=${[field, condition.test, ...told(condition)].join(":")}`);
  return `#${parts.join("&")}`;
}

const quote = encodeURIComponent;

function told({ test, number, unit, values, text }) {
  if (test === "at_least" || test === "at_most") return unit ? [number, unit] : [number];
  if (test === "in") return [values.map(quote).join(",")];
  return test === "contains" ? [quote(text)] : [];
}

/** Whether a fragment is meant for this page, and not the name of a place on it. */
export const isProfile = (fragment) => fragment.startsWith("#g=");

/** `{guideline, title, entries, unreadable}` of a fragment; the entries are still to be checked. */
export function fromFragment(fragment) {
  const found = { guideline: "", title: "", entries: [], unreadable: 0 };
  const parts = fragment.slice(1, MAX_FRAGMENT).split("&");
  if (fragment.length > MAX_FRAGMENT) parts.pop(); // the last one may be cut
  for (const part of parts) {
    const at = part.indexOf("=");
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    try {
      if (name === "g") found.guideline = decodeURIComponent(value);
      else if (name === "t") found.title = clean(decodeURIComponent(value));
      else if (WEIGHTS.includes(name)) found.entries.push(entry(name, value));
      else if (part) found.unreadable += 1;
    } catch {
      found.unreadable += 1; // a sign of % that stands for nothing
    }
  }
  return found;
}

/** `ups:at_least:10:minute` as the file has it. */
function entry(level, text) {
  const [field, test, ...values] = text.split(":");
  const made = { field: decodeURIComponent(field), level };
  if (IS.includes(test)) return { ...made, is: test };
  if (!VALUED.includes(test)) return { ...made, is: String(test) };
  const [first = "", unit] = values;
  if (test === "in") return { ...made, in: first ? first.split(",").map(decodeURIComponent) : [] };
  if (test === "contains") return { ...made, contains: decodeURIComponent(first) };
  return { ...made, [test]: first, ...(unit ? { unit } : {}) };
}

/** One line, without what cannot be seen, not too long. */
const clean = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, MAX_TITLE);

// --- the file ---

/** The profile as the text of a file: JSON, with the keys of content/profiles/. */
export function toFile({ guideline, title, requirements }) {
  const written = requirements.map(({ field, weight, condition }) => ({ field, level: weight, ...inFile(condition) }));
  return `${JSON.stringify({ title, guideline, requirements: written }, null, 2)}\n`;
}

function inFile({ test, number, unit, values, text }) {
  if (test === "at_least" || test === "at_most") return { [test]: Number(number), ...(unit ? { unit } : {}) };
  if (test === "in") return { in: values };
  return test === "contains" ? { contains: text } : { is: test };
}

/** `{guideline, title, entries}` of a file's text; throws `Refused`. */
export function fromFile(text) {
  if (text.length > MAX_FILE) throw new Refused("too_large");
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Refused("not_json");
  }
  const isOne = found && typeof found === "object" && typeof found.guideline === "string" && Array.isArray(found.requirements);
  if (!isOne) throw new Refused("not_profile");
  return { guideline: found.guideline, title: titleOf(found.title), entries: found.requirements };
}

/** A title is one text, or one a language. */
function titleOf(title) {
  const one = title && typeof title === "object" ? Object.values(title)[0] : title;
  return typeof one === "string" ? clean(one) : "";
}

// --- checking ---

/**
 * What of the entries can be asked of the guideline's `fields` (a Map by id): `{requirements, dropped: [{name, reason}]}`.
 * `places` has the keys of all places. Whatever strangers wrote comes out as plain text and known words only.
 */
export function checked(entries, fields, places) {
  const requirements = [];
  const dropped = [];
  const seen = new Set();
  for (const one of entries.slice(0, MAX_REQUIREMENTS)) {
    const found = requirement(one, fields, places);
    const key = found.requirement && JSON.stringify([found.requirement.field, found.requirement.condition]);
    if (found.reason || seen.has(key)) dropped.push({ name: nameOf(one), reason: found.reason ?? "twice" });
    else requirements.push(found.requirement);
    seen.add(key);
  }
  if (entries.length > MAX_REQUIREMENTS) dropped.push({ name: "…", reason: "many" });
  return { requirements, dropped };
}

const nameOf = (one) => (typeof one?.field === "string" ? clean(one.field).slice(0, 60) : "?");

function requirement(one, fields, places) {
  const field = typeof one?.field === "string" ? fields.get(one.field) : undefined;
  if (!field) return { reason: "field" };
  const asked = conditionOf(one, field, places);
  const made = { field: one.field, weight: one.level, condition: asked };
  if (!WEIGHTS.includes(one.level) || !asked || !tests(field).includes(asked.test) || !isComplete(made, field)) return { reason: "condition" };
  return { requirement: made };
}

function conditionOf(one, field, places) {
  const given = ["is", ...VALUED].filter((key) => Object.hasOwn(one, key));
  if (given.length !== 1) return null;
  const [key] = given;
  const value = one[key];
  if (key === "is") return IS.includes(value) ? condition(value) : null;
  if (key === "contains") return typeof value === "string" ? condition(key, { text: clean(value).slice(0, MAX_WORDS) }) : null;
  if (key === "in") return chosen(value, field, places);
  const number = typeof value === "number" || typeof value === "string" ? String(value) : "";
  if (Object.hasOwn(one, "unit") !== needsUnit(field)) return null;
  return condition(key, { number, unit: needsUnit(field) ? String(one.unit) : "" });
}

function chosen(value, field, places) {
  const known = isPlace(field) ? places : new Set((compared(field).choices ?? []).map((choice) => choice.id));
  const listed = Array.isArray(value) ? value : [value];
  if (listed.length > known.size || !listed.every((id) => typeof id === "string" && known.has(id))) return null;
  return condition("in", { values: [...new Set(listed)] });
}
