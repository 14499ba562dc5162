// What the vendored YAML parser complains of, in the terms of the command line's parser, which words and places go by.

import { isCollection, isPair, isScalar } from "../../vendor/yaml/yaml.js";
import { blamed } from "./syntax.js";

/** How far the end of an answer's quote or bracket is looked for. */
const LONGEST_VALUE = 4000;
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'`;
/** A quote, or a bracket with those in it, up to where it is closed. */
const CLOSED = new RegExp(`^(?:${QUOTED}|${brackets(4)})`, "su");
const DIRECTIVE = /^%[\w-]*/;
/** Of complaints whose kind the code or the beginning of the message tells; they are where they are said to be. */
const KINDS = [
  [/^(?:MULTILINE_IMPLICIT_KEY|.*: Implicit map key)/, "no-colon"],
  [/block-seq-ind/, "dash"],
  [/^BAD_SCALAR_START/, "symbol"],
  [/: Block scalar header/, "block"],
];
const RULES = [named, tabbed, begun, unclosed, colonTwice, indented, escaped, known, tagged, behind];

/**
 * The damage that ends the reading of these documents, or null: `{from, start, end, values}`. What stands before `from`
 * was read well.
 */
export function damage(text, documents, places) {
  const [first, second] = complaintsOf(documents);
  const tab = strayTab(text, documents);
  if (tab >= 0 && !(first?.pos[0] < tab)) return { from: tab, ...blamed("tab", tab, text, places) };
  if (!first) return null;
  const from = first.pos[0];
  const end = second?.pos[0] === from ? second.pos[1] : first.pos[1];
  const complaint = { code: first.code, said: `${first.code}: ${first.message}`, offset: from, end, text, documents };
  const [kind, offset] = RULES.map((rule) => rule(complaint)).find(Boolean) ?? ["", from];
  const told = kind === "key" && isOutdented(offset, documents, places) ? "behind-value" : kind;
  return { from, ...blamed(told, offset, text, places, first.message) };
}

/**
 * The text with the lines of a quote or a bracket joined, or null where none is to be. The command line's parser lets them
 * begin anywhere, this one only right of their key. A break of lines becomes a space, so that every place stays.
 */
export function joined(text, documents) {
  const [first] = complaintsOf(documents);
  const found = first && unclosed({ code: first.code, said: `${first.code}: ${first.message}`, offset: first.pos[0], text, documents });
  if (!found) return null;
  const [inside] = CLOSED.exec(text.slice(found[1])) ?? [""];
  const isJoinable = /[\r\n]/.test(inside) && !/^(?:---|\.\.\.)(?:\s|$)/m.test(inside);
  if (!isJoinable) return null;
  const bare = found[0] === "quote" ? inside : withoutComments(inside);
  return text.slice(0, found[1]) + bare.replace(/[\r\n]/g, " ") + text.slice(found[1] + inside.length);
}

function withoutComments(flow) {
  return flow.replace(new RegExp(`${QUOTED}|(?<=\\s)#[^\\r\\n]*`, "gsu"), (part) => (part.startsWith("#") ? " ".repeat(part.length) : part));
}

/** The first first. */
function complaintsOf(documents) {
  const all = documents.flatMap((one) => [...one.errors, ...one.warnings.filter(({ code }) => code === "BAD_DIRECTIVE")]);
  return all.filter((one) => !isHarmless(one)).sort((a, b) => a.pos[0] - b.pos[0]);
}

/** What the command line's parser takes without a word, or what is refused elsewhere. */
function isHarmless({ code, message }) {
  return ["TAG_RESOLVE_FAILED", "BAD_COLLECTION_TYPE", "MULTIPLE_ANCHORS"].includes(code)
    || message.startsWith("Comments must be separated")
    || (code === "BAD_ALIAS" && !message.includes("empty"));
}

// --- rules: `[kind, offset]` where a complaint is of theirs, else null -----------------------------------------------

/** The name of a directive, or of an anchor, that is none. */
function named({ code, text, offset }) {
  if (code === "BAD_ALIAS") return ["symbol-before", offset + 1];
  const isLine = code === "BAD_SCALAR_START" && text[offset] === "%" && /(?:^|[\r\n])$/.test(text.slice(0, offset));
  return code === "BAD_DIRECTIVE" || isLine ? ["directive", offset + DIRECTIVE.exec(text.slice(offset))[0].length] : null;
}

function tabbed({ code, text, offset }) {
  const line = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const space = /^[ \t]*/.exec(text.slice(line))[0];
  const isBefore = offset <= line + space.length && space.includes("\t") && code !== "BAD_DQ_ESCAPE";
  return isBefore ? ["tab", line + space.indexOf("\t")] : null;
}

/** An answer that begins with a symbol, or goes on behind its quote or bracket. */
function begun({ code, text, offset }) {
  const rest = text.slice(offset, offset + LONGEST_VALUE);
  const symbol = /^(?:[:?](?=\s)|[,\]}])/.exec(rest)?.[0];
  if (symbol) return [symbol === ":" ? "colon" : "symbol", offset];
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return null;
  if (/^[@`]/.test(rest)) return ["symbol", offset];
  const name = /^[*&][\w-]*/.exec(rest);
  if (name) return ["symbol-before", offset + name[0].length];
  if (/^![\w-]*[^\s\x00-\x7f]/u.test(rest)) return ["tag", offset];
  const closed = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\{(?:[^{}]|\{[^{}]*\})*\}|\[[^[\]]*\])(?=[^\s:])/su.exec(rest);
  return closed ? ["key", offset + closed[0].length] : null;
}

/** A quote or a bracket, told where it was opened. */
function unclosed({ code, said, text, offset, documents }) {
  if (said.includes(": Missing closing")) return ["quote", begin(documents, offset, isQuoted) ?? offset];
  const isBracket = code === "BLOCK_IN_FLOW" || /: (?:Flow |Missing ,)/.test(said);
  return isBracket ? ["bracket", begin(documents, offset, isFlow) ?? openBracket(text, offset)] : null;
}

function colonTwice({ code, text, offset, end }) {
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return null;
  const found = text.slice(end).search(/:(?=\s|$)/);
  return ["colon", found < 0 ? offset : end + found];
}

/** A line that begins where no other does; the parser may point at the empty lines before it. */
function indented({ code, said, text, offset }) {
  if (code !== "BAD_INDENT" && !said.includes(": Sequence item")) return null;
  const at = offset + /^(?:\s|#.*)*/.exec(text.slice(offset))[0].length;
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const above = text.slice(0, line).trimEnd().split("\n").reverse();
  const indent = " ".repeat(at - line);
  const sibling = above.find((one) => one.trim() && !one.startsWith(`${indent} `));
  return [sibling?.startsWith(`${indent}- `) ? "dash-missing" : "key", at];
}

/** The digits of a code that is no letter's, or what no escape begins with. */
function escaped({ code, text, offset }) {
  if (code !== "BAD_DQ_ESCAPE") return null;
  return ["escape", /^\\[xuU]/.test(text.slice(offset)) ? offset + 2 : offset];
}

function known({ said, offset }) {
  const found = KINDS.find(([pattern]) => pattern.test(said));
  return found ? [found[1], offset] : null;
}

function tagged({ said, text, offset }) {
  return said.includes(": Tags and anchors") ? ["tag", text.lastIndexOf("!", offset)] : null;
}

function behind({ code, text, offset }) {
  if (code !== "UNEXPECTED_TOKEN") return null;
  return [/:[ \t]+$/.test(text.slice(Math.max(0, offset - 20), offset)) ? "symbol" : "key", offset];
}

/** A pattern of brackets so many levels deep. */
function brackets(levels) {
  const inner = levels > 1 ? `|${brackets(levels - 1)}` : "";
  const one = String.raw`(?:[^[\]{}"']|(?<![\s,:[{])["']|${QUOTED}${inner})*`;
  return String.raw`\{${one}\}|\[${one}\]`;
}

// --- places ----------------------------------------------------------------------------------------------------------

/** Whether it stands left of where the file's first key stands, and so behind the end of it all. */
function isOutdented(offset, documents, places) {
  const root = documents[0].contents;
  return root && places.of(offset).column < places.of(root.range[0]).column;
}

function openBracket(text, offset) {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    if ("]}".includes(text[at])) depth += 1;
    if ("[{".includes(text[at]) && (depth -= 1) < 0) return at;
  }
  return offset;
}

function isQuoted(node) {
  return isScalar(node) && String(node.type).startsWith("QUOTE");
}

/** Whether it stands in brackets of its own. */
export function isFlow(node) {
  return node.srcToken?.type === "flow-collection";
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
