// A length of time: 48時間, 10分間, 3ヶ月前, 5年. Twin of catalog/answers/duration.py.

import { Decimal, ZERO } from "../decimal.js";
import { problem } from "../problem.js";
import { ABOUT, BOUND, decimal, DIGITS, splitRemarks, tight, whole } from "../wording.js";

const EXAMPLES = "48時間、10日、3ヶ月";
/** By a letter of our own (`T` for minutes, which share ISO's M with months). */
const UNITS = {
  Y: "年間?|years?",
  M: "[かカヶケヵ箇]月間?|months?",
  W: "週間?|weeks?",
  D: "日間?|days?",
  H: "時間|hours?|h",
  T: "分間?|minutes?|min",
  S: "秒間?|seconds?|sec",
};
const PIECE = `(${DIGITS})(?:${Object.values(UNITS).map((unit) => `(${unit})`).join("|")})`;
const PIECES = new RegExp(PIECE, "gu");
const WHOLE = whole(`${ABOUT}((?:${PIECE})+)${BOUND}(?:前|後|毎|ごと|分|保存|保管)?${BOUND}`);
/** A year is 365.25 days and a month its twelfth, so that 12 months equal one year. */
const SECONDS = { Y: 31_557_600, M: 2_629_800, D: 86_400, H: 3_600, T: 60, S: 1 };
const ORDER = "YMDHTS";

/** An ISO 8601 duration; weeks become days, 半年 six months. */
export function parse(text) {
  const refused = problem("not-a-duration", { found: text.trim(), expected: EXAMPLES });
  const core = splitRemarks(tight(text))[0].toLowerCase().replaceAll("半年", "6ヶ月").replaceAll("半日", "12時間");
  const match = WHOLE.exec(core);
  if (!match) return refused;
  const amounts = new Map();
  for (const [, number, ...units] of match[1].matchAll(PIECES)) {
    let letter = Object.keys(UNITS)[units.findIndex((unit) => unit !== undefined)];
    let amount = decimal(number);
    if (letter === "W") [letter, amount] = ["D", amount.times(new Decimal(7))];
    if ([...amounts.keys()].some((earlier) => ORDER.indexOf(earlier) >= ORDER.indexOf(letter))) return refused;
    amounts.set(letter, amount);
  }
  return iso(amounts);
}

function iso(amounts) {
  const of = (letters) => [...letters].filter((one) => amounts.has(one)).map((one) => `${amounts.get(one)}${one.replace("T", "M")}`).join("");
  const times = of("HTS");
  return `P${of("YMD")}${times && `T${times}`}`;
}

export function compare(value) {
  const [days, times = ""] = value.slice(1).split("T");
  const amounts = [...days.matchAll(/([\d.]+)([YMD])/g), ...times.replaceAll("M", "T").matchAll(/([\d.]+)([HTS])/g)];
  const seconds = amounts.reduce((sum, [, number, letter]) => sum.plus(Decimal.of(number).times(new Decimal(SECONDS[letter]))), ZERO);
  return { number: Number(seconds), unit: "s" };
}
