// Reading located nodes into plain values: every surprise is a problem with its place. Twin of catalog/load/shapes.py.

import { closest } from "./nearest.js";
import { TEXTS, WINDOWS_NAMES } from "./tables.js";
import { size, thousands } from "./wording.js";

/** The keys of a written-out answer, of which one says what the answer is. */
export const MAIN_KEYS = ["answer", "text", "withheld", "on_request", "not_applicable"];
export const EXTRA_KEYS = ["detail", "note", "source", "as_of"];
export const MAX_LISTED = 20;
export const MAX_ENTRIES = 100;
const LONGEST_WORD = 80;
const MOST_SUGGESTIONS = 20;
const MAX_NAME = 120;
const MAX_TEXT = 20_000;

/** Whether a text may be an id that stands in addresses and file names. */
export function isId(text) {
  return /^[a-z0-9-]{1,40}$/.test(text) && !WINDOWS_NAMES.includes(text);
}

/** The known word that a word was probably meant to be, or "". Numbers are never near each other. */
export function nearest(word, known) {
  return /^\p{Nd}+$/u.test(word) || size(word) > LONGEST_WORD ? "" : closest(word, known);
}

/** What stands at a key of a mapping. */
export function at(mapping, key) {
  return mapping.entries.find((entry) => entry.key.text === key)?.value;
}

export function keyOf(mapping, key) {
  return mapping.entries.find((entry) => entry.key.text === key)?.key;
}

export const isNothing = (node) => !node || (node.type === "scalar" && node.isNull);

/** Reads the nodes of one file. */
export class Shapes {
  constructor(report) {
    this.report = report;
    this.suggestions = 0;
  }

  add(code, where, values = {}, subject = null) {
    this.report.add(code, where, values, subject);
  }

  /** As `nearest`, which takes its time, for the first misses of the file only. */
  nearest(word, known) {
    this.suggestions += 1;
    return this.suggestions <= MOST_SUGGESTIONS ? nearest(word, known) : "";
  }

  /** Names stand in headings, lists and addresses' titles: they are short. */
  checkName(where, name, subject = null) {
    const length = size(name);
    if (length > MAX_NAME) {
      this.add("too-long", where, { found: thousands(length), expected: String(MAX_NAME), advice: TEXTS["short name"] }, subject);
    }
  }

  checkText(where, words, subject = null) {
    const length = size(words);
    if (length > MAX_TEXT) this.add("too-long", where, { found: thousands(length), expected: thousands(MAX_TEXT) }, subject);
  }

  /** The entries; if they are too many, that is said and the first ones are read. */
  few(where, given, most, what) {
    if (given.length > most) this.add("too-many", where, { what, expected: thousands(most) });
    return given.slice(0, most);
  }

  mapping(node, name, subject = null) {
    return this.shaped("mapping", "expected-mapping", node, name, subject);
  }

  sequence(node, name) {
    return this.shaped("sequence", "expected-sequence", node, name, null);
  }

  scalar(node, name, subject = null) {
    return this.shaped("scalar", "expected-text", node, name, subject);
  }

  shaped(type, code, node, expected, subject) {
    if (node.type === type) return node;
    this.add(code, node, { expected, found: TEXTS[node.type] }, subject);
    return null;
  }

  /**
   * The values by key (a Map), unknown keys refused and missing ones reported. `names`: what people call a key instead;
   * `others`: keys that the caller sees to itself.
   */
  keys(node, { required = [], optional = [], names = new Map(), others = new Map() }) {
    const known = [...required, ...optional];
    const found = new Map();
    for (const { key, value } of node.entries) {
      if (known.includes(key.text)) found.set(key.text, value);
      else if (!others.has(key.text)) {
        const called = names.get(key.text.trim()) ?? "";
        const near = known.includes(called) ? called : this.nearest(key.text, known);
        this.add("unknown-key", key, { found: key.text, nearest: near, expected: known.join(", ") });
      }
    }
    for (const key of required) if (!found.has(key)) this.add("missing-key", node, { expected: key });
    return found;
  }

  /** A single value that is not empty. */
  text(keys, key) {
    if (!keys.has(key)) return "";
    const scalar = this.scalar(keys.get(key), key);
    if (!scalar) return "";
    if (!scalar.isNull) return scalar.text.trim();
    this.add("empty-value", scalar, { expected: key });
    return "";
  }

  /** A list of single values that are not empty. */
  scalars(keys, key) {
    const sequence = keys.has(key) ? this.sequence(keys.get(key), key) : null;
    const found = (sequence?.items ?? []).map((item) => this.scalar(item, key)).filter(Boolean);
    for (const scalar of found) if (scalar.isNull) this.add("empty-value", scalar, { expected: key });
    return found.filter((scalar) => !scalar.isNull);
  }

  /** A word of a closed list. */
  oneOf(keys, key, options, fallback) {
    const word = this.text(keys, key);
    if (!word || options.includes(word)) return word || fallback;
    this.add("invalid-value", keys.get(key), { found: word, key, expected: options.join(", ") });
    return fallback;
  }

  flag(keys, key) {
    return this.oneOf(keys, key, ["true", "false"], "false") === "true";
  }
}
