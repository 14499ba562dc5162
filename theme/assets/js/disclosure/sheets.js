// Sheets of a disclosure and how complete they are, as the site shows them. Twin of catalog/completeness.py.

import { guidelineOf } from "./guideline.js";
import { UNANSWERED } from "./reading.js";

const LEVELS = ["required", "optional"];
const STATUSES = ["disclosed", "partial", "on_request", "withheld", "unanswered"];

/** Everything that applies to each service: `[{service, rows, completeness}]`; null where nothing is counted. */
export function sheets(disclosure) {
  return disclosure.services.map((service) => {
    const rows = sheetRows(disclosure, service);
    return { service, rows, completeness: counts(disclosure) ? counted(rows) : null };
  });
}

/** Of the provider: its own fields, each service and each data centre once; null where nothing is counted. */
export function completeness(disclosure) {
  return counts(disclosure) ? counted(providerRows(disclosure)) : null;
}

/** Rounded down, so that 100 means that nothing is missing; 100 where nothing is owed. */
export function percent({ owed, disclosed }) {
  return owed ? Math.floor((disclosed * 100) / owed) : 100;
}

/** `{required: {owed, disclosed, …}, optional: {…}}`. */
function counted(rows) {
  return Object.fromEntries(LEVELS.map((level) => {
    const own = rows.filter((row) => row.level === level);
    const tally = STATUSES.map((status) => [status, own.filter((row) => row.answer.status === status).length]);
    return [level, { owed: own.length, ...Object.fromEntries(tally) }];
  }));
}

/** Whether a disclosure has a completeness: a provider submitted it, and it is not withdrawn. */
function counts(disclosure) {
  return disclosure.submitted_by !== "third_party" && !disclosure.withdrawn;
}

/** What one service's sheet owes, in the guideline's order. */
function sheetRows(disclosure, service) {
  const { slots } = guidelineOf(disclosure.guideline);
  return disclosure.guideline.sections.flatMap((section) => {
    const own = slots.filter((slot) => slot.section === section);
    if (section.scope === "provider") return own.map((slot) => providerRow(slot, disclosure.answers, service.answers));
    return section.scope === "service" ? rowsOf(own, service.answers) : centerRows(own, disclosure, service);
  });
}

function centerRows(slots, disclosure, service) {
  if (!service.data_centers.length) return service.no_data_center ? [] : rowsOf(slots, {});
  const answers = new Map(disclosure.data_centers.map((center) => [center.id, center.answers]));
  return service.data_centers.flatMap((id) => rowsOf(slots, answers.get(id) ?? {}, id)); // of one that cannot be read, none
}

function providerRow(slot, own, overriding) {
  const overridden = Object.hasOwn(overriding, slot.field.id);
  return { ...row(slot, overridden ? overriding : own), overridden };
}

function rowsOf(slots, answers, center = null) {
  return slots.map((slot) => row(slot, answers, center));
}

function row({ field, item, scope }, answers, center = null) {
  const answer = Object.hasOwn(answers, field.id) ? answers[field.id] : UNANSWERED;
  return { field: field.id, item: item.number, level: field.level, scope, data_center: center, overridden: false, answer };
}

/** What a provider owes in one disclosure; a blank block where a service neither names a data centre nor says why not. */
function providerRows(disclosure) {
  const { scopes } = guidelineOf(disclosure.guideline);
  return [
    ...rowsOf(scopes.provider, disclosure.answers),
    ...disclosure.services.flatMap((service) => [
      ...rowsOf(scopes.service, service.answers),
      ...(service.data_centers.length || service.no_data_center ? [] : rowsOf(scopes.data_center, {})),
    ]),
    ...disclosure.data_centers.flatMap((center) => rowsOf(scopes.data_center, center.answers, center.id)),
  ];
}
