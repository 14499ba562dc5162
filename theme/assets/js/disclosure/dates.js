// How long a disclosure is valid. Twin of catalog/dates.py.

import { daysOf } from "./types/date.js";

const LAST_YEAR = 9999;

/** The same day some months on, clamped to the month and to the calendar's end; days like `2026-04-01`. */
export function monthsLater(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const total = year * 12 + month - 1 + months;
  const [laterYear, laterMonth] = [Math.floor(total / 12), (total % 12) + 1];
  if (laterYear > LAST_YEAR) return `${LAST_YEAR}-12-31`;
  const parts = [laterMonth, Math.min(date, daysOf(laterYear, laterMonth))].map((part) => String(part).padStart(2, "0"));
  return [String(laterYear).padStart(4, "0"), ...parts].join("-");
}
