// How people write: widths, dashes, remarks in parentheses, numbers with their Japanese units.
// Twin of catalog/answers/wording.py.

import { Decimal, ONE, ZERO } from "./decimal.js";

const DASHES = /[\u2010-\u2015\u2212\u301c\u223c]/g;
const BRACKETS = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^[\]]*)\]|【([^【】]*)】/g;
const [SEPARATORS, OPENING, CLOSING] = ["、､,，;；", "(（[［【「『", ")）]］】」』"].map((letters) => new Set(letters));

export const DIGITS = String.raw`(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,9})?`;
export const NUMBER = `[-△▲]?${DIGITS}`;
export const ABOUT = "(?:原則として|原則|約|およそ|概ね|おおむね|平均|最大|最長|最短|最低|最小)?";
export const BOUND = "(?:以上|以内|超|程度|前後|まで)?(?:を?目標)?";
/** A number that may be written with its scales; `scaled` tells what it is. */
export const SCALED = `${DIGITS}(?:[千百十兆億万]{1,2}${DIGITS})*[千百十兆億万]{0,2}`;
const STEPS = { 兆: 12, 億: 8, 万: 4, "": 0 };
const GROUP_SCALES = [1000, 100, 10, 1].map((scale) => new Decimal(scale));
const GROUP = whole(`(?:(${DIGITS})千)?(?:(${DIGITS})百)?(?:(${DIGITS})十)?(?:(${DIGITS}))?`);

/** A pattern that has to match all of a text. */
export function whole(source, flags = "u") {
  return new RegExp(`^(?:${source})$`, flags);
}

/** For parsing and comparing: NFKC, one kind of dash and wave, no white space around. */
export function fold(text) {
  return text.normalize("NFKC").replace(DASHES, (dash) => ("\u301c\u223c".includes(dash) ? "~" : "-")).trim();
}

/** Folded and without any white space. */
export function tight(text) {
  return fold(text).replace(/\s+/gu, "");
}

/** A folded text without its bracketed remarks, and the remarks. */
export function splitRemarks(text) {
  const remarks = [...text.matchAll(BRACKETS)].map((match) => match.slice(1).find((group) => group !== undefined));
  return [text.replace(BRACKETS, "").trim(), remarks];
}

/** The entries of a list written in one text: one a line, or separated by 、 , or ;. Brackets keep together. */
export function pieces(text) {
  const bare = text.trim();
  const found = bare.includes("\n") ? lines(bare) : split(text);
  return found.map((piece) => stripStart(piece.trim(), "・•- ").trim()).filter(Boolean);
}

function split(text) {
  const found = [""];
  let depth = 0;
  for (const letter of text) {
    depth = Math.max(0, depth + Number(OPENING.has(letter)) - Number(CLOSING.has(letter)));
    if (SEPARATORS.has(letter) && !depth) found.push("");
    else found[found.length - 1] += letter;
  }
  return found;
}

/** The lines of a text, without an empty one at its end. */
export function lines(text) {
  const found = text.split(/\r\n|[\n\r]/);
  return found.at(-1) ? found : found.slice(0, -1);
}

/** The text without any of these letters at its beginning, or its end. */
export function stripStart(text, letters) {
  let start = 0;
  while (start < text.length && letters.includes(text[start])) start += 1;
  return text.slice(start);
}

export function stripEnd(text, letters) {
  let end = text.length;
  while (end && letters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

export function withoutPrefix(text, prefix) {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

export function withoutSuffix(text, suffix) {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

/** How long a text is, in characters. */
export function size(text) {
  let count = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) count += 1;
  return count;
}

/** A whole number with commas between thousands. */
export function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number as people write it: `1,234.5`, `△12`. */
export function decimal(text) {
  return Decimal.of(text.replaceAll(",", "").replace(/[△▲]/g, "-"));
}

/** `12億3千万`, `1.2万`, `3百`, `1,234`: a number with Japanese scales, the larger first; else null. */
export function scaled(text) {
  let [total, rest] = [ZERO, text];
  for (const [letter, power] of Object.entries(STEPS)) {
    const at = letter ? rest.indexOf(letter) : rest.length;
    if (at < 0 || !rest) continue;
    const value = group(rest.slice(0, at));
    if (value === null) return null;
    total = total.plus(value.times(new Decimal(10n ** BigInt(power))));
    rest = rest.slice(at + letter.length);
    if (!rest) return total;
  }
  return null;
}

/** What stands before 兆, 億 and 万, or after them all: `1千2百`, `5百`, `1,234`. */
function group(text) {
  const match = text ? GROUP.exec(text) : null;
  if (!match) return null;
  return match.slice(1).reduce((sum, part, place) => (part ? sum.plus(decimal(part).times(GROUP_SCALES[place] ?? ONE)) : sum), ZERO);
}
