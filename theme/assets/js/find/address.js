/**
 * What is wanted, in the page's address: `?q=ISMS&by=own&sla=yes&ups=10min,_unanswered&sort=-uptime_target`. No DOM here.
 *
 * A state is `{guideline, wishes: Map, sort: {by, descending}}`; the query (`q`) is the search box's own.
 */

import { encoded } from "../query.js";
import { read, written } from "./amounts.js";
import { ANSWERED, UNCOMPARED, UNDISCLOSED } from "./facets.js";

const LONGEST = 60;
const CODES = new Set([ANSWERED, ...[...UNDISCLOSED, ...UNCOMPARED, "not_counted"].map((one) => `_${one}`)]);

export const nothing = () => ({ guideline: "", wishes: new Map(), sort: { by: "", descending: false } });

/** `[name, value]` of an address's query, in its order. */
export function pairs(search) {
  return [...new URLSearchParams(search)];
}

/**
 * The state that an address asks for, and in `dropped` what is not known here, as `[name, value]`.
 * `facetsOf(guideline)` gives the facets that go with a guideline, or null if there is no such guideline.
 */
export function parse(search, facetsOf) {
  const asked = pairs(search).filter(([name]) => name !== "q");
  const state = nothing();
  const dropped = [];
  const guideline = asked.find(([name]) => name === "guideline")?.[1] ?? "";
  let facets = facetsOf(guideline);
  if (facets) state.guideline = guideline;
  else {
    dropped.push(["guideline", guideline]);
    facets = facetsOf("");
  }
  for (const [name, value] of asked) {
    if (name === "guideline") continue;
    const facet = facets.find((one) => one.name === name);
    const unknown = name === "sort" ? sort(value, facets, state) : facet ? wish(value, facet, state) : [value];
    for (const one of unknown) dropped.push([name, one]);
  }
  return { state, dropped: dropped.map(([name, value]) => [short(name), short(value)]) };
}

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Adds to the state what one parameter wants; returns what is unknown. */
function wish(value, facet, state) {
  const wanted = state.wishes.get(facet.name) ?? { keys: new Set(), bound: null };
  const unknown = [];
  for (const one of value.split(",").filter(Boolean)) {
    const number = facet.facet === "filter" ? null : read(one, facet.unit);
    if (CODES.has(one) || facet.options.some((option) => option.key === one)) wanted.keys.add(one);
    else if (number !== null && facet.unit) wanted.bound = number;
    else unknown.push(one);
  }
  if (wanted.keys.size || wanted.bound !== null) state.wishes.set(facet.name, wanted);
  return unknown;
}

function sort(value, facets, state) {
  const by = value.replace(/^-/, "");
  if (!sorts(facets).includes(by)) return [value];
  state.sort = { by, descending: value.startsWith("-") };
  return [];
}

/** What lists can be sorted by. */
export function sorts(facets) {
  return ["name", "date", ...facets.map((facet) => facet.name)];
}

/** The query of the address of a state, with `?`, or "" where there is nothing to say. Commas stay readable. */
export function write(query, state, facets) {
  const parts = [];
  if (query) parts.push(["q", query]);
  if (state.guideline) parts.push(["guideline", state.guideline]);
  for (const facet of facets) {
    const wanted = state.wishes.get(facet.name);
    if (wanted) parts.push([facet.name, said(facet, wanted).join(",")]);
  }
  if (state.sort.by) parts.push(["sort", `${state.sort.descending ? "-" : ""}${state.sort.by}`]);
  return parts.length ? `?${parts.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&")}` : "";
}

/** Options in their own order, so that the same wishes have the same address. */
function said(facet, { keys, bound }) {
  const order = [...facet.options.map((option) => option.key), ...CODES];
  const chosen = order.filter((key) => keys.has(key));
  return bound === null ? chosen : [written(bound, facet.unit), ...chosen];
}
