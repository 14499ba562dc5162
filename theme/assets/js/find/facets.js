/**
 * Services and facets from api/v1/find.json (docs/api.md). No DOM here.
 *
 * A facet names each different answer once. `codes[a]` is the set of what answer `a` counts under: keys of the guideline,
 * and behind a `_` what stands instead of an answer; `numbers[a]` is its number or null; `of[i]` is the answer of service
 * `i`, or -1 for services of other guidelines.
 */

import { inLanguage } from "../data.js";
import { stateOn } from "../expiry.js";

/** What is not disclosed, in the order in which it is told; each counts apart. */
export const UNDISCLOSED = ["unanswered", "withheld", "on_request", "not_transcribed", "not_asked"];
/** What was answered and still can neither be matched nor called undisclosed. */
export const UNCOMPARED = ["not_applicable", "words"];
export const ANSWERED = "_answered";
/** The roles of fields whose facets have names and a place of their own. */
export const ROLES = ["service_type", "region"];
export const WHO = ["own", "transcribed", "sample"];
const STATES = ["valid", "expiring", "expired", "undated", "transcribed"];
const PERCENTS = [50, 60, 70, 80, 90, 95, 100];

/** The services in the order of the page: providers' own first, then transcriptions, samples last; `rank` is the place. */
export function servicesOf(found, today) {
  const { disclosures, services } = found;
  const list = services.service.map((service, place) => {
    const of = services.disclosure[place];
    const owed = services.required_owed[place];
    const disclosed = services.required_disclosed[place];
    const third = disclosures.submitted_by[of] === "third_party";
    return {
      place,
      path: `${disclosures.provider[of]}/${service}`,
      name: services.name[place],
      providerId: disclosures.provider[of],
      provider: disclosures.name[of],
      reading: disclosures.reading[of],
      nameEn: disclosures.name_en[of],
      aliases: disclosures.aliases[of] ?? [],
      guideline: disclosures.guideline[of],
      who: disclosures.sample[of] ? "sample" : third ? "transcribed" : "own",
      thirdParty: third,
      state: stateOn({ state: disclosures.state[of], expires_on: disclosures.expires_on[of] }, today),
      disclosedOn: disclosures.disclosed_on[of],
      transcribedOn: disclosures.transcribed_on[of],
      expiresOn: disclosures.expires_on[of],
      date: disclosures.disclosed_on[of] ?? disclosures.transcribed_on[of],
      disclosed,
      owed,
      percent: owed === null ? null : owed ? Math.floor((disclosed * 100) / owed) : 100,
    };
  });
  const rank = (one) => WHO.indexOf(one.who);
  return list
    .sort((a, b) => rank(a) - rank(b) || a.thirdParty - b.thirdParty || (a.path < b.path ? -1 : 1))
    .map((one, rank) => Object.assign(one, { rank }));
}

/** The facets that every catalog has: who submitted, completeness, state. `words(name)` are the texts of the page. */
export function ownFacets(services, words) {
  const choice = (name, keys, key) =>
    facetOf({
      name,
      title: words(name),
      facet: "filter",
      unit: null,
      options: keys.map((one) => ({ key: one, label: words(`${name}_${one}`) })),
      answers: keys.map((one) => ({ keys: [one] })),
      of: services.map((one) => keys.indexOf(key(one))),
    });
  const percents = [...new Set(services.map((one) => one.percent))];
  const completeness = facetOf({
    name: "completeness",
    title: words("completeness"),
    facet: "at_least",
    unit: "%",
    options: [],
    answers: percents.map((one) => (one === null ? { also: ["not_counted"] } : { number: one })),
    of: services.map((one) => percents.indexOf(one.percent)),
    bounds: PERCENTS,
  });
  return [choice("by", WHO, (one) => one.who), completeness, choice("state", STATES, (one) => one.state)];
}

/** The facets of a guideline's definition; `words(role)` names those that have a role. */
export function guidelineFacets(found, id, services, language, words) {
  const guideline = found.guidelines.find((one) => one.id === id);
  if (!guideline) return [];
  let place = 0;
  const places = new Map();
  for (const one of [...services].sort((a, b) => a.place - b.place)) {
    if (one.guideline === id) places.set(one.place, place++);
  }
  return guideline.facets.map((facet) =>
    facetOf({
      ...facet,
      title: ROLES.includes(facet.role) ? words(facet.role) : inLanguage(facet.title, language),
      section: inLanguage(facet.section, language),
      options: facet.options.map((option) => ({ ...option, label: inLanguage(option.label, language) })),
      of: services.map((one) => (places.has(one.place) ? facet.services[places.get(one.place)] : -1)),
    }),
  );
}

function facetOf({ answers, of, ...facet }) {
  const gap = ({ also = [] }) => also.some((one) => UNDISCLOSED.includes(one));
  return {
    ...facet,
    of: Int32Array.from(of),
    numbers: answers.map((answer) => answer.number ?? null),
    codes: answers.map(
      (answer) =>
        new Set([...(answer.keys ?? []), ...(answer.also ?? []).map((one) => `_${one}`), ...(gap(answer) ? [] : [ANSWERED])]),
    ),
  };
}
