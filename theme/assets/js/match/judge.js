// Whether answers meet what a buyer requires. Reads only compare, status, kind and, for "contains", the words. No DOM.
// What is not disclosed never counts as met. The rules in words: docs/matching.md.
// Twin of catalog/matching.py; tests/test_matching.py proves that both say the same.

import { compared, ownUnit, threshold } from "./conditions.js";
import { inside } from "./places.js";

/**
 * A sheet against one requirement `{field, weight, condition}`: `{verdict, rows: [verdict…], absence}`.
 * `entry` is the sheet's part of the field's file: `{rows}`, `{no_data_center: reason}`, or undefined where its version does not ask.
 */
export function finding(requirement, field, entry) {
  if (entry?.rows) {
    const rows = entry.rows.map((row) => judge(row, requirement.condition, field));
    return { verdict: together(rows), rows, absence: null };
  }
  if (entry?.no_data_center) return { verdict: "unmet", rows: [], absence: "no_data_center" };
  return { verdict: "undisclosed", rows: [], absence: "not_asked" };
}

/** One verdict for several data centres: met only if all meet it. */
export function together(verdicts) {
  if (verdicts.every((verdict) => verdict === "met")) return "met";
  if (verdicts.some((verdict) => verdict === "met" || verdict === "partly")) return "partly";
  return ["unmet", "undisclosed"].find((verdict) => verdicts.includes(verdict)) ?? "ask";
}

/** One row against one condition. */
export function judge(row, condition, field) {
  if (row.status !== "disclosed" && row.status !== "partial") return "undisclosed";
  if (row.kind === "not_applicable") return "unmet";
  const found = asWritten(row, condition, field);
  if (row.status === "partial") {
    if (found === "met") return "partly";
    if (condition.test === "contains" && found === "unmet") return "ask"; // the words may stand in what is missing
  }
  return found;
}

/** As if nothing were missing. */
function asWritten(row, condition, field) {
  switch (condition.test) {
    case "answered":
      return "met";
    case "yes":
    case "no":
      if (row.kind !== "yes" && row.kind !== "no") return "ask";
      return row.kind === condition.test ? "met" : "unmet";
    case "contains":
      return fold(`${row.text ?? ""}\n${row.detail ?? ""}`).includes(fold(condition.text)) ? "met" : "unmet";
    case "at_least":
    case "at_most":
      return number(row, condition, ownUnit(field));
    case "in":
      return among(row, condition, field);
    default:
      throw new TypeError(condition.test);
  }
}

function number(row, condition, unit) {
  const least = condition.test === "at_least";
  if (row.kind === "no") return least ? "unmet" : "ask";
  const found = row.compare;
  if (typeof found?.number !== "number" || (unit && found.unit !== unit)) return "ask";
  const bound = threshold(condition);
  return (least ? found.number >= bound : found.number <= bound) ? "met" : "unmet";
}

function among(row, condition, field) {
  if (row.kind === "no") return "unmet";
  const key = row.compare?.key;
  if (!key || (row.kind === "yes" && key === "yes")) return "ask";
  const named = key.split(" ");
  if (compared(field).type === "place") return places(named, condition.values);
  return named.some((one) => condition.values.includes(one)) ? "met" : "unmet";
}

/** Met only if all places lie inside, partly if some do. */
function places(named, wanted) {
  const found = named.map((one) => insideAny(one, wanted));
  if (found.every((one) => one === true)) return "met";
  if (found.includes(true)) return "partly";
  return found.includes(null) ? "ask" : "unmet";
}

function insideAny(named, wanted) {
  const found = wanted.map((one) => inside(named, one));
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
}

/** For "contains": no difference of width or case. */
export const fold = (text) => text.normalize("NFKC").toLowerCase();

// --- a whole profile ---

/** How many requirements of a weight have a verdict. */
export const count = (standing, weight, verdict) =>
  standing.findings.filter((one) => one.requirement.weight === weight && one.verdict === verdict).length;

/** Sorts the best first: samples apart, then by musts met, shoulds met, musts not met, partly met, by address. */
export function rank(standing) {
  return [
    Number(standing.sample),
    -count(standing, "must", "met"),
    -count(standing, "should", "met"),
    count(standing, "must", "unmet"),
    -count(standing, "must", "partly"),
    -count(standing, "should", "partly"),
    standing.path,
  ];
}

/**
 * Services `{path, sample, …}` against requirements, best first: `{path, sample, service, findings}`.
 * `fields` are the guideline's by id, `answers` the fields' files by id.
 */
export function match(requirements, fields, answers, services) {
  const standings = services.map((service) => ({
    path: service.path,
    sample: service.sample,
    service,
    findings: requirements.map((requirement) => {
      const entry = own(answers.get(requirement.field).services, service.path);
      return { requirement, entry, ...finding(requirement, fields.get(requirement.field), entry) };
    }),
  }));
  return standings.map((one) => [rank(one), one]).sort(byRank).map(([, one]) => one);
}

const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

function byRank([a], [b]) {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}
