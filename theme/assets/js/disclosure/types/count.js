// A number of things with its counter: 580人, 約1,000社, 3世代. Twin of catalog/answers/count.py.

import { Decimal } from "../decimal.js";
import { problem } from "../problem.js";
import { ABOUT, SCALED, scaled, splitRemarks, tight, whole } from "../wording.js";

const BOUNDS = "(?:以上|以内|超|余り?|強|程度|前後|まで|を?目標)*";
const COUNT = whole(`${ABOUT}(${SCALED})${BOUNDS}((?![千百十兆億万数何])[^0-9]*?)${BOUNDS}`, "su");
const LIMIT = new Decimal(10n ** 15n);
const BELOW = ["未満", "以下", "弱"];
const SAME_UNIT = /^[かカヶケヵ箇]所$/u;

/** `{number, unit}`; the unit is the field's canonical one for any counter that the field accepts. */
export function parse(text, asks) {
  const units = asks.units ?? [];
  const match = COUNT.exec(splitRemarks(tight(text))[0]);
  const number = match && scaled(match[1]);
  if (!number || number.compare(LIMIT) >= 0 || BELOW.some((word) => match[2].endsWith(word))) {
    return problem("not-a-count", { found: text.trim(), expected: `12${units[0] ?? ""}` });
  }
  const unit = match[2];
  if (unit && units.length && !units.map(same).includes(same(unit))) {
    return problem("unit-unknown", { found: text.trim(), expected: units.join("・") });
  }
  return { number: String(number), unit: units[0] ?? unit };
}

function same(unit) {
  return unit.replace(SAME_UNIT, "箇所");
}

export const compare = (value) => ({ number: Number(value.number), unit: value.unit });
