// What the YAML parser's complaint means to somebody who fills in a form. Twin of catalog/diagnostics/syntax.py, which
// explains another parser's complaints: here they are first told in its terms.

import { isCollection, isPair, isScalar } from "../../vendor/yaml/yaml.js";
import { SYNTAX } from "./tables.js";

/**
 * The damage that ends the reading of these documents, or null: `{from, start, end, values}`. What stands before `from`
 * was read well.
 */
export function damage(text, documents, places) {
  const complaints = documents.flatMap((one) => [...one.errors, ...one.warnings.filter(({ code }) => code === "BAD_DIRECTIVE")]);
  const counted = complaints.filter((one) => !isHarmless(one)).sort((a, b) => a.pos[0] - b.pos[0]);
  const tab = strayTab(text, documents);
  if (tab >= 0 && !(counted[0]?.pos[0] < tab)) return { from: tab, ...blamed("tab", tab, text, places) };
  if (!counted.length) return null;
  const [kind, offset] = outdented(...told(counted, text, documents), documents, places);
  return { from: counted[0].pos[0], ...blamed(kind, offset, text, places, counted[0].message) };
}

/** What is wrong at an offset, and where that really began. */
export function blamed(kind, offset, text, places, message = "") {
  const found = explain(kind, linesOf(text, places), places.of(offset).line - 1, offset, places);
  const symbol = String.fromCodePoint(text.codePointAt(found.offset) ?? 32);
  return { start: found.offset, end: Math.min(text.length, found.offset + symbol.length), values: WORDS(found.kind, symbol, message) };
}

/** The words of a kind of damage: `{found, advice}` by language. */
export function WORDS(kind, symbol = "", message = "") {
  if (!SYNTAX[kind]) return { found: { ja: message, en: message }, advice: {} };
  const filled = (words) => Object.fromEntries(Object.entries(words).map(([language, one]) => [language, one.replaceAll("{symbol}", symbol)]));
  const [found, advice] = SYNTAX[kind];
  return { found: filled(found), advice: filled(advice) };
}

/** What the command line's parser takes without a word, or what is refused elsewhere. */
function isHarmless({ code, message }) {
  return ["TAG_RESOLVE_FAILED", "BAD_COLLECTION_TYPE", "MULTIPLE_ANCHORS"].includes(code)
    || message.startsWith("Comments must be separated")
    || (code === "BAD_ALIAS" && !message.includes("empty"));
}

/** The first complaint as `[kind, offset]`. */
function told([first, second], text, documents) {
  const offset = first.pos[0];
  const { code, message } = first;
  if (code === "BAD_DIRECTIVE") return ["directive", offset + /^%[\w-]*/.exec(text.slice(offset))[0].length];
  if (code === "BAD_ALIAS") return ["symbol-before", offset + 1];
  const tab = tabBefore(text, offset);
  if (tab >= 0 && code !== "BAD_DQ_ESCAPE") return ["tab", tab];
  const symbol = /^(?:[:?](?=\s)|[,\]}])/.exec(text.slice(offset))?.[0];
  if (symbol) return [symbol === ":" ? "colon" : "symbol", offset];
  if (code === "BAD_SCALAR_START" && text[offset] === "%" && /(?:^|[\r\n])$/.test(text.slice(0, offset))) {
    return ["directive", offset + /^%[\w-]*/.exec(text.slice(offset))[0].length];
  }
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=[^\s:])/su.exec(text.slice(offset));
  if (code === "BLOCK_AS_IMPLICIT_KEY" && quoted) return ["key", offset + quoted[0].length];
  if (message.startsWith("Missing closing")) return ["quote", begin(documents, offset, isQuoted) ?? offset];
  if (message.startsWith("Flow ")) return ["bracket", begin(documents, offset, isFlow) ?? openBracket(text, offset)];
  if (code === "BLOCK_AS_IMPLICIT_KEY") return ["colon", colon(text, second?.pos[0] === offset ? second.pos[1] : first.pos[1])];
  if (code === "MULTILINE_IMPLICIT_KEY" || message.startsWith("Implicit map key")) return ["no-colon", offset];
  if (code === "BAD_INDENT" || message.startsWith("Sequence item")) return indented(text, offset);
  if (message.includes("block-seq-ind")) return ["dash", offset];
  if (code === "BAD_SCALAR_START") return ["symbol", offset];
  if (code === "BAD_DQ_ESCAPE") return ["escape", offset];
  if (message.startsWith("Block scalar header")) return ["block", offset];
  if (message.startsWith("Tags and anchors")) return ["tag", text.lastIndexOf("!", offset)];
  if (message.startsWith("Missing ,") || code === "BLOCK_IN_FLOW") return ["bracket", begin(documents, offset, isFlow) ?? openBracket(text, offset)];
  if (code === "UNEXPECTED_TOKEN") return [/:[ \t]+$/.test(text.slice(Math.max(0, offset - 20), offset)) ? "symbol" : "key", offset];
  return ["", offset];
}

/** A line that begins where no other does; the parser may point at the empty lines before it. */
function indented(text, offset) {
  const at = offset + /^(?:\s|#.*)*/.exec(text.slice(offset))[0].length;
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const above = text.slice(0, line).trimEnd().split("\n").reverse();
  const indent = " ".repeat(at - line);
  const sibling = above.find((one) => one.trim() && !one.startsWith(`${indent} `));
  return [sibling?.startsWith(`${indent}- `) ? "dash-missing" : "key", at];
}

/** What stands left of where the file's first key stands is behind the end of it all. */
function outdented(kind, offset, documents, places) {
  const root = documents[0].contents;
  const isBehind = kind === "key" && root && places.of(offset).column < places.of(root.range[0]).column;
  return [isBehind ? "behind-value" : kind, offset];
}

function openBracket(text, offset) {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    if ("]}".includes(text[at])) depth += 1;
    if ("[{".includes(text[at]) && (depth -= 1) < 0) return at;
  }
  return offset;
}

function tabBefore(text, offset) {
  const line = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const space = /^[ \t]*/.exec(text.slice(line))[0];
  return offset <= line + space.length && space.includes("\t") ? line + space.indexOf("\t") : -1;
}

function colon(text, offset) {
  const found = text.slice(offset).search(/:(?=\s|$)/);
  return found < 0 ? offset : offset + found;
}

function isQuoted(node) {
  return isScalar(node) && String(node.type).startsWith("QUOTE");
}

function isFlow(node) {
  return isCollection(node) && node.flow;
}

/** Where the innermost node of a kind around an offset begins. */
function begin(documents, offset, isWanted) {
  return around(documents, offset).filter(isWanted).at(-1)?.range[0];
}

/** The nodes around an offset, the outermost first. */
function around(documents, offset) {
  const found = [];
  const visit = (node) => {
    if (isPair(node)) [node.key, node.value].forEach(visit);
    else if (node?.range[0] <= offset && offset <= node.range[2]) {
      found.push(node);
      if (isCollection(node)) node.items.forEach(visit);
    }
  };
  documents.forEach((one) => visit(one.contents));
  return found;
}

/** A tab at the beginning of a line that belongs to no text; this parser takes some of them. */
function strayTab(text, documents) {
  for (const { index, 0: space } of text.matchAll(/^ *(?=\t)/gm)) {
    const tab = index + space.length;
    const inner = around(documents, tab).filter((node) => (isFlow(node) || (isScalar(node) && node.range[0] < index)) && tab < node.range[1]).at(-1);
    if (!inner || (String(inner.type).startsWith("BLOCK") && isIndenting(text, inner, index, space.length))) return tab;
  }
  return -1;
}

/** Whether the tab after so many spaces stands where the lines of a block are indented. */
function isIndenting(text, block, line, spaces) {
  const lines = text.slice(block.range[0], line).split("\n").slice(1, -1).filter((one) => one.trim());
  return !lines.length || spaces < lines[0].length - lines[0].trimStart().length;
}

// --- as the twin explains --------------------------------------------------------------------------------------------

const NO_SPACE = /^\s*[^\s:"'#]+:[^ \t/]/u;
const VALUE_BEGINS = /:[ \t]+(["'])$/;
const VALUE_OPENS = /:[ \t]+(["'])/;
const COMMENT = /(?:^|[ \t])#.*/gu;

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
