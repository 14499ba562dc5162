// Whether something exists or is allowed: 有り/無し, 可/否, or the field's own words. Twin of catalog/answers/yes_no.py.

import { problem } from "../problem.js";
import { NO, PARTLY, SETTLED, TEXTS, VAGUE, YES } from "../tables.js";
import { stripEnd, tight, whole, withoutSuffix } from "../wording.js";

const WORDS = { yes: { ja: "有り", en: "Yes" }, no: { ja: "無し", en: "No" } };
const COMMON = { yes: YES, no: NO };
const WITH_DETAIL = whole(
  String.raw`([^:：(（［[【「、,，。\s]+)\s*`
    + String.raw`(?:(?:[:：、,，。]|(?<=[\p{L}\p{N}_]{2})\s|(?<=[○◯〇⭕✓✔×✕✖])\s)\s*(?<after>.+)|[(（［[【「](?<inside>.+)[)）］\]】」])`,
  "su",
);
const OPEN = whole(String.raw`([^(（［\[【「\s]+)\s*[(（［\[【「][^)）］\]】」]*`, "su");
const TWO_LETTERS = /[\p{L}\p{N}_]{2}/u;

/** `yes` or `no` if the whole text is such a word, else null. */
export function word(text, asks) {
  const wanted = withoutSuffix(tight(text).replace(/[\ufe0e\ufe0f]/g, "").toLowerCase(), "。");
  for (const answer of ["yes", "no"]) {
    const own = Object.values(asks.words?.[answer] ?? {}).map((label) => tight(label).toLowerCase());
    if (COMMON[answer].includes(wanted) || own.includes(wanted)) return answer;
  }
  return null;
}

/** Whether yes or no is said by another word than the settled ones: ○, はい, 未実施. */
export function isOtherWord(text) {
  return !SETTLED.includes(tight(text).toLowerCase());
}

/** Whether the text neither says yes or no nor tells anything else: ◎, 対応, 非上場. */
export function isVague(text) {
  const bare = stripEnd(tight(text).toLowerCase(), "。");
  return VAGUE.includes(bare) || /^[非未不]/u.test(bare) || !TWO_LETTERS.test(bare);
}

/** `有り: 東証` and `有り(東証)` as [`有り`, `東証`], in the original wording; any other text as [text, ""]. */
export function splitDetail(text, asks) {
  if (word(text, asks) === null) {
    const match = WITH_DETAIL.exec(text.trim());
    if (match && word(match[1], asks)) return [match[1], (match.groups.after || match.groups.inside).trim()];
  }
  return [text, ""];
}

/** `"yes"` or `"no"`. */
export function parse(text, asks) {
  const answer = word(text, asks);
  if (answer !== null) return answer;
  const both = (language, between) => ["yes", "no"].map((one) => wordsOf(asks, one)[language] ?? "").join(between);
  const expected = { ja: both("ja", "」か「"), en: both("en", "” or “") };
  const opened = OPEN.exec(text.trim());
  const cut = opened && word(opened[1], asks) ? TEXTS.unclosed : "";
  const advice = PARTLY.includes(stripEnd(tight(text), "。")) ? TEXTS["in part"] : cut;
  return problem("not-yes-or-no", { found: text.trim(), expected, advice });
}

function wordsOf(asks, answer) {
  return { ...WORDS[answer], ...asks.words?.[answer] };
}

/** The field's word for yes or no. */
export function text(value, asks, language) {
  const words = wordsOf(asks, value);
  return words[language] || words.ja;
}

export const compare = (value) => ({ key: value });
