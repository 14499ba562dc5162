// A country, or a region block of Japan: 日本(関東), 北海道(石狩市), 米国、シンガポール. Twin of catalog/answers/place.py.

import { closest } from "../nearest.js";
import { problem } from "../problem.js";
import { BLOCKS, COUNTRIES, OTHER_BLOCKS, OTHER_NAMES, PREFECTURES, REGIONS, TEXTS } from "../tables.js";
import { fold, pieces, stripStart, whole, withoutSuffix } from "../wording.js";

const REMARK = whole(String.raw`(?:地方|地域|ブロック|都|府|県)?(?:[\s(・、:/のにで].*|[^\s()]{1,10}[市区町村郡]|内|リージョン)?`, "su");
const OPENING = " (・/:、,の";
const EXAMPLE = "日本(関東)";
const SEVERAL_IN_JAPAN = whole(String.raw`(?:日本国?内?|国内)\s*\(([^()]+)\)`);
const BETWEEN = /[/／・]|及び|および/u;
const LONGEST = 60;
const COUNTRY_NAMES = new Map([
  ...Object.entries(COUNTRIES).flatMap(([code, both]) => both.map((name) => [fold(name).toLowerCase(), code])),
  ["jp", "JP"],
  ["us", "US"],
  ...Object.entries(OTHER_NAMES).map(([name, code]) => [fold(name).toLowerCase(), code]),
]);
const BLOCK_NAMES = new Map([
  ...Object.entries(BLOCKS).flatMap(([block, both]) => both.map((name) => [name.toLowerCase(), block])),
  ...Object.entries(PREFECTURES).flatMap(([block, all]) => all.split(" ").map((prefecture) => [prefecture, block])),
  ...Object.entries(OTHER_BLOCKS),
  ["九州沖縄", "kyushu-okinawa"],
]);
const BLOCKS_INSIDE = new Map([...BLOCK_NAMES, ["中国", "chugoku"]]);

/** `{country, block}` (block null outside Japan or where not told), or a list of them where several may be named. */
export function parse(text, asks) {
  let entries = pieces(text).flatMap(parts);
  let found = entries.map(place);
  if (!asks.multiple) {
    const named = found.filter(Boolean);
    if (named.length > 1 && !isBlockOfJapan(named)) return problem("several-values", { found: String(named.length) });
    [entries, found] = [[text.trim()], [named.length > 1 ? named[1] : place(text)]];
  }
  const places = [];
  for (const [number, one] of found.entries()) {
    if (!one) return refused(entries[number], asks);
    if (!places.some((other) => other.country === one.country && other.block === one.block)) places.push(one);
  }
  if (!places.length) return problem("not-a-place", { found: text.trim(), expected: exampleOf(asks) });
  return asks.multiple ? places : places[0];
}

/** `日本/米国` and `日本(東京・大阪)` as the places that they name; anything that is no such list stays whole. */
function parts(entry) {
  if (place(entry)) return [entry];
  const match = SEVERAL_IN_JAPAN.exec(fold(entry));
  if (match) {
    const blocks = match[1].split(/[・、,/]/u).map((part) => part.trim());
    return blocks.length > 1 && blocks.every(isInJapan) ? blocks : [entry];
  }
  const found = entry.split(BETWEEN).map((part) => part.trim());
  return found.every((part) => place(part) || isRegion(part)) ? found : [entry];
}

function isInJapan(text) {
  const found = place(text);
  return found?.country === "JP" && found.block !== null;
}

function isRegion(text) {
  return REGIONS.includes(withoutSuffix(withoutSuffix(fold(text), "諸国"), "圏"));
}

function refused(entry, asks) {
  if (fold(entry) === "中国") return problem("not-a-place", { found: entry, advice: TEXTS.china });
  if (isRegion(entry)) return problem("not-a-place", { found: entry, advice: TEXTS["name countries"] });
  const names = [...Object.values(COUNTRIES), ...Object.values(BLOCKS)].flat();
  return problem("not-a-place", { found: entry, nearest: closest(fold(entry), names), expected: exampleOf(asks) });
}

/** `日本、関東` is one place. */
function isBlockOfJapan([first, ...rest]) {
  return first.country === "JP" && first.block === null && rest.length === 1 && rest[0].country === "JP";
}

function exampleOf(asks) {
  return asks.multiple ? `${EXAMPLE}、米国` : EXAMPLE;
}

function place(entry) {
  const folded = fold(entry);
  const [country, rest] = longest(folded, COUNTRY_NAMES);
  if (country === "JP" && rest) {
    const [block, after] = longest(withoutSuffix(stripStart(rest, OPENING), ")"), BLOCKS_INSIDE);
    return isRemark(block ? after : rest) ? { country, block } : null;
  }
  if (country) return isRemark(rest) ? { country, block: null } : null;
  const [block, after] = longest(folded, BLOCK_NAMES);
  return block && isRemark(after) ? { country: "JP", block } : null;
}

/** Whether what follows a place only tells more about it, and is no further place. */
function isRemark(rest) {
  if (!REMARK.test(rest)) return false;
  const further = stripStart(rest, `${OPENING}と`);
  return [null, "JP"].includes(longest(further, COUNTRY_NAMES)[0])
    && (rest.startsWith("(") || (longest(further, BLOCK_NAMES)[0] === null && !isRegion(further)));
}

/** What the longest name that a text begins with stands for, and what follows it. */
function longest(text, names) {
  const lowered = text.toLowerCase();
  for (let length = Math.min(text.length, LONGEST); length > 0; length -= 1) {
    const found = names.get(lowered.slice(0, length));
    if (found) return [found, text.slice(length)];
  }
  return [null, text];
}

/** `JP-kanto`, `US`; several sorted, with a space between. */
export function compare(value) {
  const places = Array.isArray(value) ? value : [value];
  const keys = places.map(({ country, block }) => [country, block].filter(Boolean).join("-"));
  return { key: [...new Set(keys)].sort().join(" ") };
}
