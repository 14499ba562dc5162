// The answer types: one module each, stating `parse(text, asks)` and `compare(value, asks)`. Twin of catalog/answers.
//
// - `parse`: the typed value (JSON), or a `Problem`. The text is not empty; widths, dashes and white space are free.
// - `compare`: what sorting, facets and matching read, `{number, unit}` or `{key}`, or null.
//
// `asks` is the type and its options as a field of /api/v1/guidelines/<id>.json states them.

import { problem } from "./problem.js";
import * as choice from "./types/choice.js";
import * as choices from "./types/choices.js";
import * as contact from "./types/contact.js";
import * as corporateNumber from "./types/corporate_number.js";
import * as count from "./types/count.js";
import * as date from "./types/date.js";
import * as duration from "./types/duration.js";
import * as holders from "./types/holders.js";
import * as hours from "./types/hours.js";
import * as line from "./types/line.js";
import * as money from "./types/money.js";
import * as parts from "./types/parts.js";
import * as place from "./types/place.js";
import * as ratio from "./types/ratio.js";
import * as text from "./types/text.js";
import * as url from "./types/url.js";
import * as yesNo from "./types/yes_no.js";
import { size, thousands } from "./wording.js";

export const TYPES = {
  line,
  text,
  date,
  url,
  corporate_number: corporateNumber,
  count,
  money,
  ratio,
  duration,
  hours,
  choice,
  choices,
  yes_no: yesNo,
  place,
  holders,
  contact,
  parts,
};
/** The types whose answer may be written as a YAML list, one entry a line (and `place` with `multiple`). */
const LISTS = ["choices", "holders", "contact", "hours"];
/** Of an answer that is read by more than its lines. */
const MAX_LENGTH = 4000;

export function parse(written, asks) {
  const length = size(written);
  if (length > MAX_LENGTH && !["line", "text"].includes(asks.type)) {
    return problem("too-long", { found: thousands(length), expected: thousands(MAX_LENGTH) });
  }
  return TYPES[asks.type].parse(written, asks);
}

export function compare(value, asks) {
  return TYPES[asks.type].compare(value, asks);
}

export function acceptsList(asks) {
  return LISTS.includes(asks.type) || Boolean(asks.multiple);
}
