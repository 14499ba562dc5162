// Numbers with units as people write them, in words and in the page's address: 7889400 s is `3mo`, 3か月. No DOM here.

import { fill } from "../dom.js";

/** How many seconds (docs/api.md); the longest first. */
const LENGTHS = { y: 31557600, mo: 2629800, d: 86400, h: 3600, min: 60, s: 1 };
/** How many bounds are offered. */
const MOST = 12;

/** `[number, unit]` in the longest unit that leaves it whole. */
function inUnit(number, unit) {
  if (unit !== "s") return [number, unit];
  const name = Object.keys(LENGTHS).find((one) => number >= LENGTHS[one] && number % LENGTHS[one] === 0) ?? "s";
  return [number / LENGTHS[name], name];
}

/** As it stands in an address: `3mo`, `99.9`. */
export function written(number, unit) {
  const [amount, name] = inUnit(number, unit);
  return unit === "s" ? `${amount}${name}` : String(amount);
}

/** What `written` wrote, as a number of that unit; null if it is none. */
export function read(text, unit) {
  const found = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text);
  if (!found || (unit !== "s" && found[2])) return null;
  const number = Number(found[1]) * (unit === "s" ? (LENGTHS[found[2]] ?? NaN) : 1);
  return Number.isFinite(number) ? number : null;
}

/**
 * In words; `words` has a phrase with `{number}` for each unit that has a word, one for 1 and one for others where they
 * differ (`{number} day|{number} days`), and one for all other units (`other`).
 */
export function said(number, unit, words) {
  const [amount, name] = inUnit(number, unit);
  const shown = amount.toLocaleString("en", { maximumFractionDigits: 10 });
  const phrases = (Object.hasOwn(words, name) ? words[name] : words.other).split("|");
  return fill(amount === 1 ? phrases[0] : phrases.at(-1), { number: shown, unit });
}

/** Some of the numbers, in their order: all of them if they are few, else spread evenly, first and last included. */
export function bounds(numbers) {
  const all = [...new Set(numbers)].sort((a, b) => a - b);
  if (all.length <= MOST) return all;
  return Array.from({ length: MOST }, (_, place) => all[Math.round((place * (all.length - 1)) / (MOST - 1))]);
}
