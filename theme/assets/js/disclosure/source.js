// The text of a disclosure file → located nodes. Twin of catalog/source.py; no DOM.
//
// Every scalar stays the text that is written: a value gets its type from the guideline's field, never from YAML.
// Offsets are those of the text as given, its byte order mark and line breaks included.

import { Composer, isAlias, isScalar, isSeq, Parser } from "../../vendor/yaml/yaml.js";
import { BIDI, CONTROL, VISIBLE } from "./characters.js";
import { damage, isFlow, joined } from "./complaints.js";
import { Places } from "./places.js";
import { blamed, wordsOf } from "./syntax.js";
import { TEXTS } from "./tables.js";
import { thousands } from "./wording.js";

export const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 20;
const MAX_NODES = 20_000;
/** How many quotes and brackets may have lines that begin too far left. */
const MAX_JOINED = 50;
/** Of what may stand in a file thousands of times, the first ones are reported. */
const MAX_SHOWN = 20;
const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
const REFUSED = new RegExp(`${CONTROL.source}|${BIDI.source}`, "gu");
/** Of an anchor and a tag, with the space behind them. */
const LONGEST_NAME = 1000;
/** Up to the digits of an escape that stands for half a letter. */
const HALF_LETTER = /^[^\\]*(?:\\[^][^\\]*)*?\\u(?=[dD][89a-fA-F])/;
const BETWEEN = /(?:\s|(?<=\s)#[^\n\r]*)*/uy;
const OPTIONS = { schema: "failsafe", uniqueKeys: false, prettyErrors: false, keepSourceTokens: true, logLevel: "silent" };

/**
 * The one document of a file: `{root, problems}`; root is null, with the reasons in `problems`, if it cannot be used.
 * A problem is `{code, start, end, values}`.
 */
export function parse(text) {
  const problems = [];
  const refuse = (code, start, end, values = {}) => problems.push({ code, start, end, values });
  if (isUnfit(text, refuse)) return { root: null, problems };
  const mark = text.startsWith("\ufeff") ? 1 : 0; // to the parser it is a character of the first line
  const root = new Reader(text.slice(mark), refuse).root();
  if (root && !problems.length && root.type === "scalar" && root.isNull) refuse("yaml-empty", 0, 0);
  if (mark) for (const one of [...problems, ...nodes(root)]) moved(one);
  return { root: problems.length ? null : root, problems };
}

function moved(one) {
  one.start += 1;
  one.end += 1;
}

/** A node and all that it holds. */
function* nodes(node) {
  if (!node) return;
  yield node;
  for (const one of node.items ?? []) yield* nodes(one);
  for (const { key, value } of node.entries ?? []) yield* [key, ...nodes(value)];
}

/** Warnings where a comment that looks like text (`#1`) ends an answer without quotes. */
export function cuts(text, root) {
  const found = [];
  const visit = (node) => {
    if (found.length === MAX_SHOWN) return;
    if (node.type === "scalar") {
      const cut = node.plain && /^[ \t]+(?=#[^\s#])/u.exec(text.slice(node.end, node.end + LONGEST_NAME));
      if (cut) found.push({ code: "comment-cuts", start: node.end + cut[0].length, end: lineEnd(text, node.end), values: {} });
    } else if (node.type === "sequence") node.items.forEach(visit);
    else node.entries.forEach(({ value }) => visit(value));
  };
  if (/[ \t]#/.test(text)) visit(root);
  return found;
}

function lineEnd(text, offset) {
  const found = text.slice(offset).search(/[\r\n]/);
  return found < 0 ? text.length : offset + found;
}

/** Whether the text is too large, or holds characters that must not stand there. */
function isUnfit(text, refuse) {
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_BYTES) {
    refuse("file-too-large", 0, 0, { found: thousands(size), expected: thousands(MAX_BYTES) });
    return true;
  }
  const begin = text.startsWith("\ufeff") ? 1 : 0;
  REFUSED.lastIndex = begin;
  let shown = 0;
  for (let match; shown < MAX_SHOWN && (match = REFUSED.exec(text)); shown += 1) {
    refuseCharacter(match[0], match.index, REFUSED.lastIndex, refuse);
  }
  return shown > 0;
}

function refuseCharacter(letter, start, end, refuse) {
  const number = letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  refuse(BIDI.test(letter) ? "bidi-override" : "control-character", start, end, { found: `U+${number}` });
}


export function scalar(text, start, end, plain = true) {
  return { type: "scalar", text, isNull: (plain && NULLS.has(text)) || !VISIBLE.test(text), plain, start, end };
}

function compose(text) {
  return [...new Composer(OPTIONS).compose(new Parser().parse(text), true)];
}

/** Where reading ends early: too deep, too much, or damaged. */
class Stop extends Error {}

/** Turns the parser's nodes into ours; refuses what makes a YAML file say something else than it shows. */
class Reader {
  constructor(text, refuse) {
    this.text = text;
    this.refuse = refuse;
    this.count = 0;
    this.brackets = []; // where those around open
    this.joined = 0;
    this.places = new Places(text);
  }

  root() {
    const documents = this.documents();
    if (!documents) return null;
    this.damage = damage(this.text, documents, this.places);
    try {
      for (const [number, one] of documents.entries()) {
        if (number) this.anotherDocument(one, documents[number - 1]);
        else this.first = one.contents ? this.node(one.contents, 1) : scalar("", 0, 0);
      }
      if (this.damage) this.stopAtDamage();
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      return null;
    }
    return this.first ?? scalar("", 0, 0);
  }

  /** The parser takes LF and CRLF for line breaks only; a lone CR is as wide as LF. */
  documents() {
    let lines = this.text.replace(/\r(?!\n)/g, "\n");
    try {
      let found = compose(lines);
      for (let again = joined(lines, found); again && this.joined < MAX_JOINED; again = joined(lines, found)) {
        this.joined += 1;
        lines = again;
        found = compose(lines);
      }
      return found;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const deep = tooDeep(lines); // the parser's own stack ended
      this.refuse("yaml-depth", deep, deep + 1, { expected: String(MAX_DEPTH) });
      return null;
    }
  }

  /** A further document is refused; without `---` before it, it is something behind the end of the first one. */
  anotherDocument(one, before) {
    const from = before.range[1];
    const marker = one.directives?.docStart ? this.text.slice(from).search(/^---(?:\s|$)/m) : -1;
    const start = marker < 0 ? one.contents?.range[0] ?? from : from + marker;
    if (this.damage && this.damage.from < start) this.stopAtDamage();
    if (marker < 0) this.stopAt("behind-value", start);
    this.refuse("yaml-documents", start, start + 3);
    throw new Stop();
  }

  stopAtDamage({ start, end, values } = this.damage) {
    this.refuse("yaml-syntax", start, end, values);
    throw new Stop();
  }

  /** What this parser takes and the command line's does not. */
  stopAt(kind, offset) {
    this.stopAtDamage(blamed(kind, offset, this.text, this.places));
  }

  node(given, depth) {
    const start = given.range[0];
    const [begin, properties] = given.anchor || given.tag ? this.properties(given) : [start, ""];
    if (this.damage && begin >= this.damage.from) this.stopAtDamage();
    if (properties || isAlias(given)) this.checkName(begin);
    this.count += 1;
    if (this.count > MAX_NODES) {
      this.refuse("too-many", begin, given.range[1], { what: TEXTS.nodes, expected: thousands(MAX_NODES) });
      throw new Stop();
    }
    if (isAlias(given)) {
      this.refuse("yaml-alias", start, given.range[1], { found: given.source });
      return scalar("", start, given.range[1]);
    }
    if (given.anchor) this.refuse("yaml-anchor", begin, begin + properties.length, { found: given.anchor });
    if (given.tag) this.refuse("yaml-tag", begin, begin + properties.length, { found: given.tag.replace("tag:yaml.org,2002:", "!!") });
    if (isScalar(given)) return this.scalar(given, begin);
    if (depth > MAX_DEPTH) {
      this.refuse("yaml-depth", begin, begin + 1, { expected: String(MAX_DEPTH) });
      throw new Stop();
    }
    if (isFlow(given)) this.brackets.push(begin);
    const inner = isSeq(given)
      ? { type: "sequence", items: given.items.map((item) => this.item(item, depth)) }
      : { type: "mapping", entries: this.entries(given.items, given.flow, depth) };
    if (isFlow(given)) this.brackets.pop();
    return { ...inner, start: begin, end: given.range[1] };
  }

  /** The names behind `*`, `&` and `!` are of ASCII. */
  checkName(begin) {
    const written = this.text.slice(begin, begin + LONGEST_NAME);
    if (written.startsWith("!")) {
      const tag = /^![\w\-;/?:@&=+$,.!~*'()[\]%<>]*/.exec(written)[0];
      if (/^[^\s,]/u.test(written.slice(tag.length))) this.stopAt("tag", begin);
    } else {
      const [all, next] = /^[*&][\w-]*(.?)/su.exec(written);
      const length = all.length - next.length;
      if (length === 1 || !/^[\s?:,\]}%@`]?$/u.test(next)) this.stopAt("symbol-before", begin + length);
    }
  }

  /** An item of a sequence; a pair within brackets is a mapping of its own. */
  item(given, depth) {
    if (given.range) return this.node(given, depth + 1);
    const entries = this.entries([given], true, depth + 1);
    return { type: "mapping", entries, start: entries[0]?.key.start ?? 0, end: entries[0]?.value.end ?? 0 };
  }

  /** Where the anchor and the tag of a node begin, and their text. */
  properties(given) {
    const from = Math.max(0, given.range[0] - LONGEST_NAME);
    const before = /(?:[&!][^\s,[\]{}]*\s+)*[&!][^\s,[\]{}]*\s*$/u.exec(this.text.slice(from, given.range[0]));
    return before ? [from + before.index, before[0].trimEnd()] : [given.range[0], ""];
  }

  entries(pairs, inBraces, depth) {
    const found = [];
    const first = new Map();
    for (const pair of pairs) {
      this.checkKey(pair);
      const key = this.node(pair.key, depth + 1);
      const value = pair.value ? this.node(pair.value, depth + 1) : this.nothing(key);
      if (key.type !== "scalar") this.refuse("yaml-complex-key", key.start, key.end);
      else if (this.isFit(key, value, inBraces, first)) {
        first.set(key.text, this.places.of(key.start).line);
        found.push({ key, value });
      }
    }
    return found;
  }

  /** A colon needs its key before it, in the same line, if there is no `?`. */
  checkKey({ key, srcToken }) {
    const colon = srcToken?.sep?.find(({ type }) => type === "map-value-ind");
    if (!colon || srcToken.start.some(({ type }) => type === "explicit-key-ind")) return;
    const [start, end] = key.range;
    if (this.damage && start >= this.damage.from) return;
    const open = this.brackets.at(-1);
    if (start === end) this.stopAt(open === undefined ? "key" : "symbol", colon.offset);
    if (!/[\r\n]/.test(this.text.slice(start, colon.offset))) return;
    if (open === undefined) this.stopAt("no-colon", start);
    else this.stopAt("bracket", open);
  }

  /** What stands where a key has no colon: nothing, just before the next symbol. */
  nothing(key) {
    this.count += 1;
    const offset = this.next(key.end);
    return scalar("", offset, offset);
  }

  /** Where the next symbol stands. */
  next(offset) {
    BETWEEN.lastIndex = offset;
    return offset + BETWEEN.exec(this.text)[0].length;
  }

  /** Where the spaces before an offset begin. */
  before(offset) {
    let start = offset;
    while (" \t".includes(this.text[start - 1] ?? ".")) start -= 1;
    return start;
  }

  isFit(key, value, inBraces, first) {
    const isNothing = value.type === "scalar" && value.start === value.end;
    const damaged = (kind) => this.refuse("yaml-syntax", key.start, key.end, wordsOf(kind));
    if (key.plain && key.text === "<<") this.refuse("yaml-merge", key.start, key.end);
    if (key.plain && key.text.startsWith("\u3000")) damaged("wide-space");
    if (key.plain && key.text.includes(":") && isNothing) damaged("colon-in-brackets");
    else if (inBraces && key.plain && isNothing && value.start === key.end) damaged("comma-in-braces");
    if (!first.has(key.text)) return true;
    this.refuse("yaml-duplicate-key", key.start, key.end, { found: key.text, line: String(first.get(key.text)) });
    return false;
  }

  /** What a scalar says; the line breaks in a quote whose lines were joined count all the same. */
  words(given) {
    const written = this.joined && String(given.type).startsWith("QUOTE") ? this.text.slice(...given.range) : "";
    return String(/[\r\n]/.test(written) ? compose(written)[0].contents.value : given.value);
  }

  /** Only an escape can bring in what the file's text was checked for. */
  checkEscapes({ text, start, end }) {
    const half = HALF_LETTER.exec(this.text.slice(start, end));
    if (half) this.stopAt("escape", start + half[0].length);
    for (const pattern of [CONTROL, BIDI]) {
      const match = pattern.exec(text);
      if (match) refuseCharacter(match[0], start, end, this.refuse);
    }
  }

  scalar(given, start) {
    if (given.type === "PLAIN" && start === given.range[1]) {
      const offset = this.brackets.length ? this.next(start) : this.before(start);
      return scalar("", offset, offset);
    }
    const made = scalar(this.words(given), start, given.range[1], given.type === "PLAIN");
    if (this.brackets.length && made.plain) {
      if (/^[?:]/.test(made.text) && ":[,".includes(this.text[this.before(start) - 1])) this.stopAt("symbol", start);
      const found = this.text.slice(start, made.end + 2).search(/:[,?[\]{}]/);
      if (found >= 0) this.stopAt("colon-in-brackets", start + found);
    }
    if (given.type === "QUOTE_DOUBLE") this.checkEscapes(made);
    return made;
  }
}

/** The bracket that opens the first level too many. */
function tooDeep(text) {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    if ("[{".includes(text[offset]) && (depth += 1) > MAX_DEPTH) return offset;
    if ("]}".includes(text[offset])) depth -= 1;
  }
  return 0;
}
