// Where things begin and end in the text of a file.
import { Beyond } from "./values.js";

export function isFlow(text, node) {
  return node.type !== "scalar" && /[{[]/.test(text[node.start] ?? "") && (node.type === "sequence" || text[node.start] === "{");
}

export function colonAfter(text, key) {
  const found = /^[ \t]*:/.exec(text.slice(contentEnd(text, key)));
  if (!found) throw new Beyond(key.text);
  return contentEnd(text, key) + found[0].length;
}

/** Where what is written ends; the blank lines and comments behind it are not part of it. */
export function contentEnd(text, node) {
  if (node.type === "mapping" && !isFlow(text, node)) return node.entries.length ? entryEnd(text, node.entries.at(-1)) : node.start;
  if (node.type === "sequence" && !isFlow(text, node)) {
    const last = node.items.at(-1);
    return last ? Math.max(contentEnd(text, last), node.start) : node.start;
  }
  return node.start + text.slice(node.start, node.end).trimEnd().length;
}

export function entryEnd(text, { key, value }) {
  return value.type === "scalar" && value.start === value.end ? colonAfter(text, key) : contentEnd(text, value);
}

/** The end of what follows `at` on lines that are comments from `column` on. */
export function trailingEnd(text, at, column) {
  let end = lineEnd(text, at);
  const comment = new RegExp(`^(?:\\r?\\n[ \\t]*)*\\r?\\n {${column},}#.*`);
  for (let found = comment.exec(text.slice(end)); found; found = comment.exec(text.slice(end))) end += found[0].trimEnd().length;
  return end;
}

export function lineStart(text, at) {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Before the line's end, and before the carriage return of one that has it. */
export function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end > at ? end - 1 : end;
}

export function columnOf(text, at) {
  const start = lineStart(text, at);
  return at - start - (start === 0 && text.startsWith("\ufeff") ? 1 : 0);
}
