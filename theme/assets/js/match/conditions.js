// What may be asked of an answer: which tests fit a field, in which unit a number is told. No DOM.
// Twin of catalog/answers/conditions.py; tests/test_matching.py proves that both say the same.

/** Seconds of a unit that people tell a length of time in. */
export const UNITS = Object.freeze({ second: 1, minute: 60, hour: 3600, day: 86400, week: 604800, month: 2629800, year: 31557600 });
export const MAX_WORDS = 100;
const NUMBER = /^[0-9]{1,15}(?:\.[0-9]{1,6})?$/;
const OWN_UNIT = { duration: "s", money: "JPY", hours: "h/week" };
const NUMBERS = ["duration", "money", "hours", "ratio", "count"];
const LISTS = ["place", "choice", "choices"];

export const isNumber = (text) => NUMBER.test(text);

/** The answer whose value is compared: the detail of 有り where it has a comparable type, else the field's own. */
export function compared(field) {
  const detail = field.type === "yes_no" ? field.detail : null;
  return detail && [...NUMBERS, ...LISTS].includes(detail.type) ? detail : field;
}

/** What may be asked of answers to a field, the most natural first. */
export function tests(field) {
  const own = compared(field);
  return [
    ...(field.type === "yes_no" ? ["yes", "no"] : []),
    ...(NUMBERS.includes(own.type) ? ["at_least", "at_most"] : []),
    ...(LISTS.includes(own.type) ? ["in"] : []),
    ...([...NUMBERS, ...LISTS].includes(field.type) ? [] : ["contains"]),
    "answered",
  ];
}

/** The unit that a field's numbers are compared in, "" where any counts. */
export function ownUnit(field) {
  const own = compared(field);
  if (own.type === "ratio") return own.unit || "%";
  if (own.type === "count") return own.units?.[0] ?? "";
  return OWN_UNIT[own.type] ?? "";
}

export const needsUnit = (field) => compared(field).type === "duration";
export const isPlace = (field) => compared(field).type === "place";

/** The number in the unit that the field is compared in. */
export const threshold = (condition) => Number(condition.number) * (UNITS[condition.unit] ?? 1);
