// Texts as YAML scalars that read back as they were: plain where that works, else quoted, or a block of lines.
// What is written plain here is what `catalog/scalars.py` writes plain.
import { parse } from "../disclosure/source.js";

const PLAIN = /^(?![-?:,[\]{}#&*!|>'"%@`=<~])(?:(?!: |:$| #|[\u0000-\u001f\u007f-\u00a0])[^\n])+$/u;
const IN_FLOW = /^[^,[\]{}:#]+$/u;
const NULL = /^(?:~|null|Null|NULL)$/;
const NEWLINE = /\r\n?|[\u0085\u2028\u2029]/g;
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What was typed or pasted, without the characters that no disclosure may hold and without white space around it. */
export function cleaned(text) {
  const lines = text.replace(NEWLINE, "\n").replace(REFUSED, "").trim().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** The text behind `key: `, where the key stands `column` columns from the left; lines end in "\n". */
export function scalar(text, column) {
  const candidates = text.includes("\n") ? [block(text, column), JSON.stringify(text)] : [plain(text, PLAIN), quoted(text), JSON.stringify(text)];
  return candidates.find((one) => one && readsBack(`${" ".repeat(column)}k: ${one}\n`, text));
}

/** The same within `{…}` and `[…]`. */
export function flowScalar(text) {
  const candidates = [plain(text, PLAIN) && plain(text, IN_FLOW), !text.includes("\n") && quoted(text), JSON.stringify(text)];
  return candidates.find((one) => one && readsBack(`k: [${one}]\n`, text));
}

function plain(text, pattern) {
  return pattern.test(text) && !NULL.test(text) ? text : "";
}

function quoted(text) {
  if (text.includes("'") && !/["\\]/.test(text)) return `"${text}"`;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function block(text, column) {
  const margin = " ".repeat(column + 2);
  const sign = text.endsWith("\n") ? "|" : "|-";
  return `${sign}\n${text.trimEnd().split("\n").map((line) => (line ? margin + line : "")).join("\n")}`;
}

function readsBack(yaml, text) {
  const { root, problems } = parse(yaml);
  if (problems.length || root?.type !== "mapping" || root.entries.length !== 1) return false;
  const { value } = root.entries[0];
  const found = value.type === "sequence" && value.items.length === 1 ? value.items[0] : value;
  return found.type === "scalar" && found.text === text && !(found.plain && found.isNull);
}
