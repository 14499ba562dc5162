// 法人番号: 13 digits, the first of which checks the others. Twin of catalog/answers/corporate_number.py.

import { problem } from "../problem.js";
import { tight } from "../wording.js";

/** The 13 digits. */
export function parse(text) {
  const digits = tight(text).replaceAll("-", "");
  if (!/^[0-9]{13}$/.test(digits)) return problem("not-a-corporate-number", { found: text.trim() });
  const expected = checkDigit(digits.slice(1));
  return digits[0] === expected ? digits : problem("corporate-number-check", { found: digits, expected });
}

/** 9 - (Σ Pn·Qn mod 9) over the twelve digits counted from the right, Qn = 1 for odd n and 2 for even. */
function checkDigit(twelve) {
  const total = [...twelve].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 ? 2 : 1), 0);
  return String(9 - (total % 9));
}

export const compare = (value) => ({ key: value });
