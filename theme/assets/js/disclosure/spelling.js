// How an answer is written out below its field, for hints. Twin of catalog/load/spelling.py and catalog/scalars.py.

import { lines, size, whole } from "./wording.js";

export const LONGEST = 60;
const BARE_NUMBER = whole(String.raw`[\p{Nd}.,\s]+`);
const PLAIN = whole(String.raw`(?![-?:,[\]{}#&*!|>'"%@${"`"}=<~])(?:(?!: |:$| #|[\x00-\x1f\x7f-\xa0]).)+`, "su");
const NULL = /^(?:~|null|Null|NULL)$/;

/** One line as the value behind `key: `. */
function scalar(text) {
  const words = text.trim();
  if (PLAIN.test(words) && !NULL.test(words)) return words;
  if (words.includes("'") && !/["\\]/.test(words)) return `"${words}"`;
  return /["\\]/.test(words) ? `'${words.replaceAll("'", "''")}'` : `"${words}"`;
}

/** `["ups", "detail", "text"]` and the words → the lines that say so; "" where they are no help. */
export function writtenOut(path, words, yes = "") {
  if (size(words) > LONGEST || lines(words).length !== 1 || BARE_NUMBER.test(words)) return "";
  return path.flatMap((key, depth) => {
    const indent = "  ".repeat(depth);
    const line = `${indent}${key}:${depth === path.length - 1 ? ` ${scalar(words)}` : ""}`;
    return key === "detail" ? [`${indent}answer: ${yes || "有り"}`, line] : [line];
  }).join("\n");
}

/** The lines that answer each part, with its example. */
export function partsWrittenOut(path, parts) {
  if (!path.length) return "";
  const head = [...path, "answer"].map((key, depth) => `${"  ".repeat(depth)}${key}:`);
  const indent = "  ".repeat(head.length);
  return [...head, ...parts.map(({ id, example }) => `${indent}${id}: ${example ? scalar(example) : "…"}`)].join("\n");
}

/** The lines that lead to a key, whose value is left open. */
export function opened(path) {
  return path.map((key, depth) => `${"  ".repeat(depth)}${key}:${depth === path.length - 1 ? " …" : ""}`).join("\n");
}
