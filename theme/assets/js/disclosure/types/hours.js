// Days and times of day: 24時間365日, 平日 9:00-17:00, 月曜〜土曜 8:30〜20:00. Twin of catalog/answers/hours.py.

import { problem } from "../problem.js";
import { pieces, splitRemarks, tight, whole } from "../wording.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LETTERS = "月火水木金土日";
const NAMED = new Map(Object.entries({
  平日: [0, 5],
  営業日: [0, 5],
  毎日: [0],
  全日: [0],
  年中無休: [0],
  "365日": [0],
  土日: [5],
  土日祝: [5],
  土日祝日: [5],
}));
const ALWAYS = whole("(?:24時間[・/、]?(?:365日|年中無休|対応)?|24/365|24x365|24h/?365d?|(?:365日|年中無休)[・/]?24時間)(?:対応|受付)?");
const DAY_RANGE = whole("([月火水木金土日])(?:曜日?)?(?:~|-|から)([月火水木金土日])(?:曜日?)?");
const DAY_LIST = whole("(?:[月火水木金土日](?:曜日?)?[・/]?)+");
const CLOCK = "(午前|午後)?([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{1,2})分|(半))?)";
const WEEKEND_OFF = whole("土[・、]?日(?:曜日?)?(?:[・、]?祝(?:祭日|祭|日)?)?(?:[・、]年末年始)?[をは]?(?:除く|休み|休業)");
const TIMES = new RegExp(`${CLOCK}(?:~|-|から)(?:翌日?の?)?${CLOCK}(?:まで)?`, "u");
const EXAMPLE = "平日 9:00-17:00";
const A_DAY = 1440;

/** A list of `{days, from, to}`: days as `mon` … `sun`, times as `09:00`, `24:00` ends a day. */
export function parse(text) {
  const windows = [];
  for (const piece of pieces(text)) {
    const found = windowOf(...splitRemarks(tight(piece)), windows.at(-1)?.days ?? null);
    if (!found) return problem("not-hours", { found: text.trim(), expected: EXAMPLE });
    windows.push(found);
  }
  return windows.length ? windows : problem("not-hours", { found: text.trim(), expected: EXAMPLE });
}

/** The window that `core` tells; times alone are of the days in a remark, or of the window before. */
function windowOf(core, remarks, daysBefore) {
  if (ALWAYS.test(core)) return { days: [...DAYS], from: "00:00", to: "24:00" };
  const times = TIMES.exec(core);
  if (!times && !core.includes("24時間")) return null;
  const [from, to] = times ? [clock(times.slice(1, 6)), clock(times.slice(6, 11))] : ["00:00", "24:00"];
  const rest = times ? core.slice(0, times.index) + core.slice(times.index + times[0].length) : core.replaceAll("24時間", "");
  const named = rest.replace(/[:、,の・/は]|対応|受付/gu, "");
  const days = named || !times ? daysOf(named) : firstDays(remarks) ?? daysBefore;
  if (!days || !from || !to || from === to || from === "24:00") return null;
  if (length(from, to) >= 1080 && to < from) return null; // 9時から5時 means the afternoon: too long a night to believe
  return { days: [...days], from, to };
}

function firstDays(remarks) {
  return remarks.map(daysOf).find(Boolean) ?? null;
}

function clock([half, hour, digits, minutes, thirty]) {
  const minute = thirty ? 30 : Number(digits || minutes || 0);
  if (half && Number(hour) >= 12) return null; // 午後12時 may be noon or midnight
  const h = half === "午後" ? Number(hour) + 12 : Number(hour);
  const isTime = (h < 24 && minute < 60) || (h === 24 && minute === 0);
  return isTime ? [h, minute].map((part) => String(part).padStart(2, "0")).join(":") : null;
}

function daysOf(words) {
  if (NAMED.has(words)) return DAYS.slice(...NAMED.get(words));
  if (WEEKEND_OFF.test(words)) return DAYS.slice(0, 5);
  const range = DAY_RANGE.exec(words);
  if (range) {
    const [first, last] = [LETTERS.indexOf(range[1]), LETTERS.indexOf(range[2])];
    return first <= last ? DAYS.slice(first, last + 1) : [...DAYS.slice(0, last + 1), ...DAYS.slice(first)];
  }
  if (!DAY_LIST.test(words)) return null;
  const named = new Set(words.replace(/曜日?/gu, ""));
  return DAYS.filter((_, place) => named.has(LETTERS[place]));
}

/** Hours a week in which somebody is there. */
export function compare(value) {
  const isStaffed = new Uint8Array(7 * A_DAY);
  for (const { days, from, to } of value) {
    for (const day of days) {
      const begin = DAYS.indexOf(day) * A_DAY + minutesOf(from);
      const end = begin + length(from, to);
      for (let minute = begin; minute < end; minute += 1) isStaffed[minute % isStaffed.length] = 1;
    }
  }
  const minutes = isStaffed.reduce((sum, one) => sum + one, 0);
  return { number: Number((minutes / 60).toFixed(2)), unit: "h/week" };
}

/** Minutes from one time of day to the next time that the clock shows the other. */
function length(start, end) {
  return ((((minutesOf(end) - minutesOf(start) - 1) % A_DAY) + A_DAY) % A_DAY) + 1;
}

function minutesOf(time) {
  const [hour, minute] = time.split(":").map(Number);
  return hour * 60 + minute;
}
