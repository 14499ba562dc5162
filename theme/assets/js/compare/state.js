// What a comparison shows, and its address: /compare/?s=a/x,b/y&base=a/x&diff=1&required=1&section=id. Pure.

export const MOST = 6;
/** How many columns a narrow screen shows. */
export const NARROW = 2;

const PATH = /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}$/;
const ID = /^[a-z0-9_-]{1,60}$/;
const MOST_NAMED = 10;

/**
 * The state that an address asks for. Whatever cannot be is left out; `dropped` names what was meant: `{id, reason}`, of
 * services with the reason `unknown` (no such id can be) or `many`, beside services a `base` that is none of them or a `section`.
 */
export function parse(search) {
  const asked = new URLSearchParams(search);
  const list = (name) => [...new Set((asked.get(name) ?? "").split(",").map((one) => one.trim()))].filter(Boolean);
  const named = list("s");
  const paths = named.filter((one) => PATH.test(one));
  const services = paths.slice(0, MOST);
  const base = asked.get("base") ?? "";
  const section = asked.get("section") ?? "";
  const lost = [base && !named.includes(base) && { id: base, reason: "base" }, section && !ID.test(section) && { id: section, reason: "section" }];
  return {
    services,
    base,
    differences: asked.get("diff") === "1",
    required: asked.get("required") === "1",
    section: ID.test(section) ? section : "",
    folded: list("fold").filter((one) => ID.test(one)),
    shown: list("show").filter((one) => services.includes(one)).slice(0, NARROW),
    dropped: [
      ...(services.length ? lost.filter(Boolean) : []),
      ...named.filter((one) => !PATH.test(one)).map((id) => ({ id, reason: "unknown" })),
      ...paths.slice(MOST).map((id) => ({ id, reason: "many" })),
    ]
      .slice(0, MOST_NAMED)
      .map(({ id, reason }) => ({ id: id.slice(0, 81), reason })),
  };
}

/** The query of a state, "" for the empty one. */
export function write({ services, base, differences, required, section, folded, shown }) {
  if (!services.length) return "";
  const parts = [`s=${services.join(",")}`];
  if (services.includes(base)) parts.push(`base=${base}`);
  if (differences) parts.push("diff=1");
  if (required) parts.push("required=1");
  if (section) parts.push(`section=${section}`);
  if (folded.length) parts.push(`fold=${folded.join(",")}`);
  const others = shown.filter((one) => services.includes(one));
  if (others.length && others.join() !== services.slice(0, NARROW).join()) parts.push(`show=${others.join(",")}`);
  return `?${parts.join("&")}`;
}

/** The state with other ids: `renamed` maps former ones to present ones, `kept` are all that stay, in their order. */
export function settle(state, renamed, kept) {
  const now = (id) => renamed.get(id) ?? id;
  const services = [...new Set(state.services.map(now))].filter((id) => kept.includes(id));
  const base = now(state.base);
  return { ...state, services, base: services.includes(base) ? base : "", shown: state.shown.map(now).filter((id) => services.includes(id)) };
}

/** The columns on a screen: all of them, or on a narrow one those that were chosen, filled up with the first ones. */
export function columns({ services, shown }, isNarrow) {
  if (!isNarrow) return services;
  return [...new Set([...shown, ...services])].slice(0, NARROW);
}

/** The list with one moved by so many places, as far as there are places. */
export function moved(services, id, by) {
  const from = services.indexOf(id);
  const others = services.filter((one) => one !== id);
  others.splice(Math.max(0, Math.min(others.length, from + by)), 0, id);
  return others;
}
