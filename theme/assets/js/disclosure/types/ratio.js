// A percentage or a multiple: 99.95%以上, 12.3倍. Twin of catalog/answers/ratio.py.

import { Decimal } from "../decimal.js";
import { problem } from "../problem.js";
import { TEXTS } from "../tables.js";
import { ABOUT, BOUND, decimal, NUMBER, splitRemarks, tight, whole } from "../wording.js";

const UNITS = { "%": "%", パーセント: "%", percent: "%", 倍: "倍", times: "倍" };
const RATIO = whole(`${ABOUT}(${NUMBER})(%|パーセント|percent|倍|times)?${BOUND}`);
const NAMES = { "%": "percent", 倍: "times" };

/** `{number, unit}` in the field's unit; a number alone is in that unit. */
export function parse(text, asks) {
  const found = text.trim();
  const unit = asks.unit || "%";
  const match = RATIO.exec(splitRemarks(tight(text))[0]);
  if (!match || UNITS[match[2] ?? unit] !== unit) {
    return problem("not-a-ratio", { found, unit: TEXTS[NAMES[unit]], expected: `99.9${unit}` });
  }
  const number = decimal(match[1]);
  const bounds = [asks.min, asks.max].map((bound) => (bound === undefined || bound === null ? null : new Decimal(bound)));
  if ((bounds[0] && number.compare(bounds[0]) < 0) || (bounds[1] && number.compare(bounds[1]) > 0)) {
    return problem("ratio-range", { found, expected: `${bounds.map((bound) => bound ?? "").join("〜")}${unit}` });
  }
  return { number: String(number), unit };
}

export const compare = (value) => ({ number: Number(value.number), unit: value.unit });
