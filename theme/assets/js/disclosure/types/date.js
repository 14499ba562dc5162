// A western date of day, month or year precision: `2024-10-31`, `2024-10`, `2024`. Twin of catalog/answers/date.py.

import { problem } from "../problem.js";
import { TEXTS } from "../tables.js";
import { splitRemarks, tight, whole } from "../wording.js";

const PRECISIONS = ["year", "month", "day"];
const EXAMPLES = { year: "2026", month: "2026-04", day: "2026-04-01" };
const WESTERN = whole(String.raw`(?:西暦)?([0-9]{4})(?:年|[-/.年]([0-9]{1,2})月?|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)?`);
const TAIL = /(?:頃|ごろ|現在|時点|より|から|開始|設立|付)*$/u;
const ERA = whole(
  String.raw`(明治|大正|昭和|平成|令和|[MTSHR](?=[0-9]))(元|[0-9]{1,2})(?:[年./-](?:([0-9]{1,2})(?:[月./-](?:([0-9]{1,2})日?)?)?)?)?`,
);
const ERA_START = { 明: 1867, 大: 1911, 昭: 1925, 平: 1988, 令: 2018, M: 1867, T: 1911, S: 1925, H: 1988, R: 2018 };
const UNORDERED = whole(String.raw`[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}`);

/** The date in ISO form, as precise as it was written; a remark in brackets may follow. */
export function parse(text, asks) {
  const found = text.trim();
  const needed = asks.precision || "year";
  const core = splitRemarks(tight(text))[0].replace(TAIL, "");
  const western = WESTERN.exec(core);
  if (western) return date(found, numbers(western[1], western[3] ?? western[2], western[4]), needed);
  const era = ERA.exec(core);
  if (era) return inEra(found, era);
  if (UNORDERED.test(core)) return problem("date-order", { found, expected: EXAMPLES.day });
  return problem("not-a-date", { found, expected: TEXTS[`date ${needed}`] });
}

function numbers(...parts) {
  return parts.map((part) => (part === undefined ? null : Number(part)));
}

function date(found, parts, needed) {
  if (!exists(...parts)) return problem("no-such-day", { found });
  const precision = parts[2] ? "day" : parts[1] ? "month" : "year";
  if (PRECISIONS.indexOf(precision) < PRECISIONS.indexOf(needed)) {
    return problem("date-precision", { found, expected: TEXTS[`precision ${needed}`], example: EXAMPLES[needed] });
  }
  return iso(...parts);
}

export function daysOf(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function exists(year, month, day) {
  if (year < 1000 || year > 9998 || (month !== null && (month < 1 || month > 12))) return false;
  return day === null || month === null || (day >= 1 && day <= daysOf(year, month));
}

function iso(year, month, day) {
  const rest = [month, day].filter(Boolean).map((part) => String(part).padStart(2, "0"));
  return [String(year).padStart(4, "0"), ...rest].join("-");
}

function inEra(found, match) {
  const [month, day] = numbers(match[3], match[4]);
  const year = ERA_START[match[1][0]] + (match[2] === "元" ? 1 : Number(match[2]));
  return problem("japanese-era", { found, western: exists(year, month, day) ? iso(year, month, day) : "" });
}

export const compare = (value) => ({ key: value });
