// What damaged YAML means to somebody who fills in a form: the words, and where the damage really began.
// Twin of catalog/diagnostics/syntax.py. Which kind of damage it is, `complaints.js` tells.

import { SYNTAX } from "./tables.js";

const NO_SPACE = /^\s*[^\s:"'#]+:[^ \t/]/u;
const VALUE_BEGINS = /:[ \t]+(["'])$/;
const VALUE_OPENS = /:[ \t]+(["'])/;
const COMMENT = /(?:^|[ \t])#.*/gu;

/** What is wrong at an offset, and where that really began: `{start, end, values}`. `message`: for an unknown kind. */
export function blamed(kind, offset, text, places, message = "") {
  const found = explain(kind, linesOf(text, places), places.of(offset).line - 1, offset, places);
  const symbol = String.fromCodePoint(text.codePointAt(found.offset) ?? 32);
  const end = Math.min(text.length, found.offset + symbol.length);
  return { start: found.offset, end, values: wordsOf(found.kind, symbol, message) };
}

/** The words of a kind of damage: `{found, advice}` by language. */
export function wordsOf(kind, symbol = "", message = "") {
  if (!SYNTAX[kind]) return { found: { ja: message, en: message }, advice: {} };
  const [found, advice] = SYNTAX[kind].map((words) => {
    return Object.fromEntries(Object.entries(words).map(([language, one]) => [language, one.replaceAll("{symbol}", symbol)]));
  });
  return { found, advice };
}

function linesOf(text, places) {
  return places.starts.map((start, row) => text.slice(start, places.starts[row + 1]).replace(/[\r\n]+$/, ""));
}

function explain(given, lines, row, offset, places) {
  let kind = sharpened(given, lines[row], offset - places.start(row));
  const first = ["colon", "key"].includes(kind) ? unfinished(lines, row) : null;
  if (first !== null) {
    [kind, row] = ["no-colon", first];
    offset = places.start(row) + lines[row].length - lines[row].trimStart().length;
  }
  const opening = kind === "behind-value" ? opened(lines, row, offset - places.start(row), places) : null;
  if (opening !== null) return { kind: "quote", offset: opening };
  if (["colon", "no-colon"].includes(kind) && lines[row].includes("：")) kind = "wide-colon";
  else if (kind === "no-colon" && NO_SPACE.test(lines[row])) kind = "no-space";
  return { kind, offset };
}

function sharpened(kind, line, column) {
  if (line[column] === "\t") return "tab";
  if (kind === "colon" && /:\s/u.test(line.slice(0, column))) return "second-colon";
  return kind === "key" && /["'\]}]\s*$/u.test(line.slice(0, column)) ? "behind-value" : kind;
}

/** The row of the line above, without a colon, that should have been the first below its key. */
function unfinished(lines, row) {
  let first = null;
  for (let above = row - 1; above >= 0; above -= 1) {
    const line = lines[above].replace(COMMENT, "").trimEnd();
    if (!line) continue;
    if (line.endsWith(":")) return first;
    if (line.includes(": ") || line.trimStart().startsWith("- ")) return null;
    first = above;
  }
  return null;
}

/** Where the quote above was opened that was never closed, if a value's beginning was taken for its end. */
function opened(lines, row, column, places) {
  const match = VALUE_BEGINS.exec(lines[row].slice(0, column));
  for (let above = row - 1; match && above >= 0; above -= 1) {
    const begins = VALUE_OPENS.exec(lines[above]);
    if (begins?.[1] !== match[1]) continue;
    const isOpen = lines[above].split(match[1]).length % 2 === 0;
    return isOpen ? places.start(above) + begins.index + begins[0].length - 1 : null;
  }
  return null;
}
