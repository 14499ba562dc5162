// Problems in words. Twin of catalog/diagnostics/printers.py; the words come from /api/v1/problems.json.

import { inLanguage } from "../data.js";
import { size } from "./wording.js";

const QUOTED = 80;
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/gu;
const SHORTENED = ["found", "nearest", "other"];

/** `{message, hint}`: what is wrong, in one line, with the item it is about; how to go on ("" where nothing is known). */
export function say(problem, codes, language) {
  const code = codes[problem.code];
  const [message, ...hints] = code[language] ?? code.en;
  const hint = hints.find((one) => placeholders(one).every((name) => isGiven(problem.values[name]))) ?? "";
  return { message: fill(message, problem.values, language) + about(problem.subject, language), hint: fill(hint, problem.values, language) };
}

function placeholders(words) {
  return [...words.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
}

function isGiven(value) {
  return typeof value === "string" ? value !== "" : Boolean(value && Object.keys(value).length);
}

function fill(words, values, language) {
  return words.replace(/\{(\w+)\}/g, (_, name) => (Object.hasOwn(values, name) ? shown(name, values[name], language) : ""));
}

function shown(name, value, language) {
  const text = (typeof value === "string" ? value : inLanguage(value, language)) ?? "";
  if (name === "yaml") return text.split("\n").map((line) => line.replace(UNSAFE, "")).join("\n"); // lines to copy
  return SHORTENED.includes(name) ? quoted(text) : text.replace(UNSAFE, "");
}

/** A text in one line, shortened; what cannot be seen is made visible. */
function quoted(text) {
  const names = { "\n": "⏎", "\t": " " };
  const visible = text.replace(UNSAFE, (letter) => names[letter] ?? `\\u{${letter.codePointAt(0).toString(16)}}`);
  return size(visible) <= QUOTED ? visible : `${[...visible].slice(0, QUOTED - 1).join("")}…`;
}

function about(subject, language) {
  if (!subject) return "";
  const title = quoted(inLanguage(subject.title, language));
  return language === "ja" ? `(項目${subject.item} ${title})` : ` (item ${subject.item}, ${title})`;
}
