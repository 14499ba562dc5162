/**
 * Filtering, counting and sorting. No DOM here.
 *
 * What is wanted of a facet is `{keys: Set, bound: number | null}`: any of the keys, or a number within the bound. Facets
 * go together by "and". A count is the length of the list that the option alone gives, under all other facets' wishes.
 */

import { ANSWERED } from "./facets.js";

/** Whether an answer of a facet is what is wanted: one entry an answer. */
export function meeting(facet, wanted) {
  return facet.codes.map((codes, answer) => {
    if (!wanted) return true;
    return [...wanted.keys].some((key) => codes.has(key)) || isWithin(facet, facet.numbers[answer], wanted.bound);
  });
}

function isWithin(facet, number, bound) {
  if (bound === null || number === null) return false;
  return facet.facet === "at_most" ? number <= bound : number >= bound;
}

/**
 * `wishes` maps names of facets to what is wanted; `among[i]` says whether service `i` may be shown at all.
 * Returns the places of those shown, and by facet how many services give each answer under the other wishes.
 */
export function select(facets, wishes, among) {
  const meets = facets.map((facet) => (wishes.has(facet.name) ? meeting(facet, wishes.get(facet.name)) : null));
  const active = facets.flatMap((_, place) => (meets[place] ? [place] : []));
  const answers = facets.map((facet) => new Uint32Array(facet.codes.length));
  const shown = [];
  for (let service = 0; service < among.length; service += 1) {
    if (!among[service]) continue;
    let failed = -1;
    let failures = 0;
    for (const place of active) {
      const answer = facets[place].of[service];
      if (answer < 0 || !meets[place][answer]) {
        failed = place;
        failures += 1;
        if (failures > 1) break;
      }
    }
    if (failures > 1) continue;
    if (failures === 0) shown.push(service);
    // Who misses one wish alone would be shown without it: it counts there, and nowhere else.
    for (let place = failures ? failed : 0; place < (failures ? failed + 1 : facets.length); place += 1) {
      const answer = facets[place].of[service];
      if (answer >= 0) answers[place][answer] += 1;
    }
  }
  return { shown, answers: new Map(facets.map((facet, place) => [facet.name, answers[place]])) };
}

/** How many services each code of a facet counts, from how many give each answer. */
export function byCode(facet, answers) {
  const counts = new Map();
  facet.codes.forEach((codes, answer) => {
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + answers[answer]);
  });
  return counts;
}

/** How many services have a number within a bound. */
export function within(facet, answers, bound) {
  return facet.numbers.reduce((sum, number, answer) => sum + (isWithin(facet, number, bound) ? answers[answer] : 0), 0);
}

/** How many services disclose no answer at all or only in part: those that `_answered` leaves out. */
export function undisclosed(facet, answers) {
  return facet.codes.reduce((sum, codes, answer) => sum + (codes.has(ANSWERED) ? 0 : answers[answer]), 0);
}

/**
 * Places of services in an order: `{by: name of a facet | "name" | "date" | "", descending}`. What cannot be compared
 * comes last either way; equals stay in the order of the page.
 */
export function sorted(places, services, facets, { by, descending }, collator) {
  if (!by) return places;
  const value = valueBy(by, services, facets);
  const compare = by === "name" ? collator.compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const direction = descending ? -1 : 1;
  const values = new Map(places.map((place) => [place, value(place)]));
  return [...places].sort((a, b) => {
    const [one, other] = [values.get(a), values.get(b)];
    if (one === null || other === null) return (one === null) - (other === null) || a - b;
    return direction * compare(one, other) || a - b;
  });
}

function valueBy(by, services, facets) {
  if (by === "name") return (place) => `${services[place].reading ?? services[place].provider} ${services[place].name}`;
  if (by === "date") return (place) => services[place].date;
  const facet = facets.find((one) => one.name === by);
  const ranks = facet.codes.map((codes, answer) => facet.numbers[answer] ?? rank(facet, codes));
  return (place) => (facet.of[place] < 0 ? null : ranks[facet.of[place]]);
}

/** The place of the first option that an answer counts under; beside numbers, keys cannot be compared. */
function rank(facet, codes) {
  const found = facet.facet === "filter" ? facet.options.findIndex((option) => codes.has(option.key)) : -1;
  return found < 0 ? null : found;
}
