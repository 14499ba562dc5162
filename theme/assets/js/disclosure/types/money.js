// An amount or a range in yen: 16,859,430(千円)[2022年12月期], 4,600円(税込5,060円), 100〜200円, 無料.
// Twin of catalog/answers/money.py.

import { Decimal, ONE, ZERO } from "../decimal.js";
import { problem } from "../problem.js";
import { TEXTS } from "../tables.js";
import { ABOUT, DIGITS, SCALED, scaled, splitRemarks, stripStart, tight, whole, withoutPrefix } from "../wording.js";

const YEN = "円|JPY|yen";
/** What a remark may tell of the numbers before it: (千円). By powers of ten, the longest name first. */
const UNITS = { 百万円: 6, 十億円: 9, JPY: 0, yen: 0, 千円: 3, 万円: 4, 億円: 8, 兆円: 12, 円: 0 };
const AMOUNT = String.raw`(?:¥|\\)?[-△▲]?${SCALED}(?:${YEN})?`;
const LIMIT = new Decimal(10n ** 18n);
const WHOLE = whole(
  String.raw`(?<before>(?:月額|年額|日額|時間額|税込み?|税抜き?|税別)*)${ABOUT}(?<low>${AMOUNT})`
    + `(?:(?:~|から|-)(?<high>${AMOUNT})?)?(?<after>(?:以上|より|~|程度)?)`
    + "(?<per>(?:[/／](?:月|年|日|時間|1?[かカヶケヵ箇]月))?)(?<tax>(?:税込み?|税抜き?|税別)?)",
);
const FREE = ["無料", "無償", "free"];
const EXCLUDED = ["税抜", "税別", "外税"];
const INCLUDED = ["税込", "内税"];
const PERIODS = { 月: "month", 年: "year", 日: "day", 時間: "hour" };
const FISCAL = /[0-9]{4}年|[0-9]{4}[-/.][0-9]{1,2}|期$|年度|現在|時点/u;
const SALES_TAX = [Decimal.of("1.10"), Decimal.of("1.08")];
const FOREIGN = /[$€£]|ドル|ユーロ|元|ウォン|USD|EUR|GBP|CNY|dollar|euro/iu;
const EXAMPLE = "16,859,430(千円)[2022年12月期]";
const UNIT = whole(`(?:単位[:は]?)?(${Object.keys(UNITS).join("|")})`);
const SECOND_PRICE = whole(`(?:税込み?)?(${AMOUNT})(?:税込み?)?`);
const NUMERAL = whole(String.raw`${DIGITS}(\P{Nd}*)`);

/** `{amount, max?, currency, tax, period}`: decimal strings in yen; tax `included`, `excluded` or null. */
export function parse(text) {
  const [core, brackets] = splitRemarks(tight(text));
  const remarks = remarksOf(brackets);
  if (FREE.includes(withoutPrefix(withoutPrefix(core, "初期費用は"), "月額").toLowerCase())) return value(ZERO, null, remarks.tax, remarks.period);
  const match = WHOLE.exec(core)?.groups;
  if (!match) return refused(text, FOREIGN.test(core) ? TEXTS["in yen"] : "");
  const low = read(match.low);
  const high = match.high ? read(match.high) : null;
  if (!remarks.unit && !low.yen && !high?.yen) return refused(text, TEXTS["name the unit"]);
  const amounts = inYen(low, high, remarks.unit);
  if (!amounts || amounts.some((amount) => amount.absolute().compare(LIMIT) >= 0)) return refused(text, "");
  if (amounts.length > 1 && amounts[0].compare(amounts[1]) > 0) return refused(text, "");
  let tax = taxOf(match.before + match.tax) ?? remarks.tax;
  if (tax === null && remarks.secondPrice) tax = taxBySecondPrice(amounts[0], remarks.secondPrice);
  return value(amounts[0], high ? amounts[1] : null, tax, rate(match.before + match.per) ?? remarks.period);
}

function refused(text, advice) {
  return problem("not-money", { found: text.trim(), expected: EXAMPLE, advice });
}

/** A number as written, whether 円 stands with it, and the one scale behind it (`2万` → 10,000; none → 1). */
function read(written) {
  const bare = written.replace(new RegExp(`(?:${YEN})$`, "u"), "");
  const digits = stripStart(stripStart(bare, "¥\\"), "-△▲");
  const number = scaled(digits);
  const simple = NUMERAL.exec(digits);
  return {
    number: number && /[-△▲]/u.test(bare) ? number.negated() : number,
    yen: bare !== written || /^[¥\\]/u.test(written),
    scale: simple && scaled(`1${simple[1]}`),
  };
}

/** The amounts; the unit of a remark, or of the other end of the range, is that of a number without one. */
function inYen(low, high, unit) {
  const found = [];
  const factorOf = unit ? new Decimal(10n ** BigInt(UNITS[unit])) : null;
  for (const [amount, other] of [[low, high], [high, low]]) {
    if (!amount) continue;
    const isOne = Boolean(amount.scale?.is(ONE));
    if (unit && !isOne && UNITS[unit]) return null; // 12億(千円) says two things
    const factor = factorOf ?? (isOne && !amount.yen && other ? other.scale : ONE);
    if (!amount.number || !factor) return null;
    found.push(amount.number.times(factor));
  }
  return found;
}

function value(low, high, tax, period) {
  return { amount: String(low), ...(high ? { max: String(high) } : {}), currency: "JPY", tax, period };
}

function remarksOf(brackets) {
  const found = { unit: "", tax: null, period: null, secondPrice: null };
  for (const bracket of brackets) {
    const unit = UNIT.exec(bracket);
    const price = SECOND_PRICE.exec(bracket);
    if (unit) [, found.unit] = unit;
    else if (taxOf(bracket) && !/\p{Nd}/u.test(bracket)) found.tax = taxOf(bracket);
    else if (price) takePrice(found, read(price[1]), bracket);
    else if (FISCAL.test(bracket)) found.period = bracket.replace(/[[\]【】]/g, "");
    else if (rate(bracket)) found.period = rate(bracket);
  }
  return found;
}

function takePrice(found, second, bracket) {
  if (!second.yen || !second.number) return;
  found.secondPrice = second.number;
  if (taxOf(bracket) === "included") found.tax = "excluded";
}

function taxOf(words) {
  if (EXCLUDED.some((word) => words.includes(word))) return "excluded";
  return INCLUDED.some((word) => words.includes(word)) ? "included" : null;
}

/** A second price that is the first with sales tax tells that the first is without. */
function taxBySecondPrice(first, second) {
  const isTaxed = SALES_TAX.some((one) => first.times(one).minus(second).absolute().compare(ONE) < 0);
  return isTaxed && !second.is(first) ? "excluded" : null;
}

function rate(words) {
  const match = /(月|年|日|時間)額|[/／]1?[かカヶケヵ箇]?(月|年|日|時間)$/u.exec(words);
  return match ? PERIODS[match[1] ?? match[2]] : null;
}

export const compare = ({ amount }) => ({ number: Number(amount), unit: "JPY" });
