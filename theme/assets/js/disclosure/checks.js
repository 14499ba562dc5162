// Rules over more than one answer of a file. Twin of catalog/checks.py, of which those over several files are not here.

import { guidelineOf } from "./guideline.js";

const CHECKS = [checkDataCenterCounts, checkUnusedDataCenters, checkAsOf, checkFuture, checkFormerIds];
const TOP = { start: 0, end: 0 };

/** Every rule; `today` is a day like `2026-04-01`. */
export function check(disclosure, today, report) {
  for (const rule of CHECKS) rule(disclosure, today, report);
}

/** The number of data centres that a service answers equals those it names (third parties are not asked). */
function checkDataCenterCounts(disclosure, today, report) {
  const slot = guidelineOf(disclosure.guideline).byRole.get("data_center_count");
  if (!slot || disclosure.submitted_by === "third_party") return;
  for (const service of disclosure.services) {
    const answer = service.answers[slot.field.id];
    const count = service.data_centers.length;
    if (!answer?.compare || service.no_data_center || answer.compare.number === count) continue;
    report.add("data-center-count", answer, { found: answer.text, expected: String(count) }, slot.subject);
  }
}

/** Every data centre is used by a service. */
function checkUnusedDataCenters(disclosure, today, report) {
  const used = new Set(disclosure.services.flatMap((service) => service.data_centers));
  for (const center of disclosure.data_centers) if (!used.has(center.id)) report.add("data-center-unused", center, { found: center.id });
}

/** No answer is as of a day after the disclosure date (today, where there is none). */
function checkAsOf(disclosure, today, report) {
  const last = disclosure.disclosed_on ?? today;
  const code = disclosure.disclosed_on ? "as-of-after-disclosure" : "as-of-in-future";
  const { byField } = guidelineOf(disclosure.guideline);
  for (const { answers } of [disclosure, ...disclosure.services, ...disclosure.data_centers]) {
    for (const [field, answer] of Object.entries(answers)) {
      if (!answer.as_of || answer.as_of <= last.slice(0, answer.as_of.length)) continue;
      report.add(code, answer, { found: answer.as_of, expected: last }, byField.get(field).subject);
    }
  }
}

/** Nothing was disclosed, transcribed or withdrawn after today. */
function checkFuture(disclosure, today, report) {
  const slot = guidelineOf(disclosure.guideline).byRole.get("disclosure_date");
  const answer = slot ? disclosure.answers[slot.field.id] : null;
  const { places, withdrawn } = disclosure;
  for (const [code, day, where] of [
    ["disclosed-in-future", disclosure.disclosed_on, answer ?? places.disclosed_on],
    ["transcribed-in-future", disclosure.transcribed_on, places.transcribed_on],
    ["withdrawn-in-future", withdrawn?.on, places.withdrawn],
  ]) {
    if (day && day > today) report.add(code, where ?? TOP, { found: day, expected: today });
  }
}

/** A former id is in use neither as an id nor as another former id. */
function checkFormerIds({ path, provider_id: id, formerly, services, places }, today, report) {
  checkFormer([id], [{ formerly, ...places.formerly }], path, report);
  checkFormer(services.map((service) => service.id), services, path, report);
}

function checkFormer(current, parts, path, report) {
  const taken = new Set(current);
  for (const part of parts) {
    for (const old of part.formerly) {
      if (taken.has(old)) report.add("formerly-in-use", part, { found: old, other: path });
      taken.add(old);
    }
  }
}
