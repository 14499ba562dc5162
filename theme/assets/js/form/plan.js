// Where the fields of a guideline stand in a file: sections at the provider, at each service, at each data centre. Pure.
import { idsOf, nodeAt, pathOf } from "./file.js";

export const WITHOUT_STATES = new Set(["disclosure_date", "provider_name", "service_name"]);

/** The guideline by what the form asks of it. */
export class Plan {
  constructor(guideline) {
    this.guideline = guideline;
    this.sections = guideline.sections
      .map((section) => ({ ...section, groups: section.groups.map((group) => ({ ...group, slots: slotsOf(section, group) })).filter(({ slots }) => slots.length) }))
      .filter(({ groups }) => groups.length);
    this.slots = this.sections.flatMap(({ groups }) => groups.flatMap(({ slots }) => slots));
    this.fields = new Map(this.slots.map((slot) => [slot.field.id, slot]));
  }

  ofScope(scope) {
    return this.sections.filter((section) => section.scope === scope);
  }

  byRole(role) {
    return this.slots.find(({ field }) => field.role === role);
  }

  /** The ids of the fields of a place, in the order that they stand in a file. */
  order(scope) {
    const own = this.slots.filter(({ section }) => section.scope === scope).map(({ field }) => field.id);
    const more = scope === "service" ? this.slots.filter(({ section }) => section.scope === "provider").map(({ field }) => field.id) : [];
    return ["name", "not_applicable", ...own, ...more];
  }

  /** The places of a file, in the order of the form: the provider, each service, each data centre. */
  places(root) {
    const several = ["service", "data_center"].flatMap((scope) => idsOf(root, scope).map((id) => ({ scope, id })));
    return [{ scope: "provider", id: "" }, ...several].filter(({ scope }) => this.ofScope(scope).length || scope === "service");
  }

  /** Provider's fields that a service may answer for itself. */
  overridable() {
    return this.slots.filter(({ section, field }) => section.scope === "provider" && !["disclosure_date", "provider_name"].includes(field.role));
  }
}

function slotsOf(section, group) {
  return group.items.flatMap((item) => item.fields.filter(({ retired }) => !retired).map((field) => ({ section, group, item, field })));
}

/** The address of a view within the page: `services/iot/operation`, with the field behind a colon. */
export function viewAddress({ kind, place, section, field }) {
  if (kind !== "section") return kind;
  const where = place.scope === "provider" ? "provider" : `${place.scope === "service" ? "services" : "data_centers"}/${place.id}`;
  return `${where}/${section}${field ? `:${field}` : ""}`;
}

export function viewAt(address) {
  const [, path, field] = /^([^:]*)(?::(.*))?$/.exec(address);
  const parts = path.split("/");
  if (parts.length === 1) return ["file", "blocks", "finish"].includes(path) ? { kind: path } : null;
  if (parts[0] === "provider" && parts.length === 2) return { kind: "section", place: { scope: "provider", id: "" }, section: parts[1], field };
  const scope = { services: "service", data_centers: "data_center" }[parts[0]];
  return scope && parts.length === 3 ? { kind: "section", place: { scope, id: parts[1] }, section: parts[2], field } : null;
}

/** Where on the form an offset of the text is answered: a view, with its field. */
export function viewOf(root, plan, offset) {
  for (const place of plan.places(root)) {
    const node = nodeAt(root, pathOf(place));
    const entry = node?.type === "mapping" ? node.entries.find(({ key, value }) => key.start <= offset && offset <= Math.max(key.end, value.end)) : undefined;
    const slot = entry && plan.fields.get(entry.key.text);
    if (slot) return { kind: "section", place, section: slot.section.scope === place.scope ? slot.section.id : "own", field: slot.field.id };
    const whole = entry && groupSlot(plan, entry, offset);
    if (whole) return { kind: "section", place, section: whole.section.id, field: `group-${whole.group.id}` };
  }
  const top = root.entries.find(({ key, value }) => key.start <= offset && offset <= Math.max(key.end, value.end));
  return { kind: ["services", "data_centers"].includes(top?.key.text) ? "blocks" : "file" };
}

function groupSlot(plan, { key, value }, offset) {
  if (key.text !== "not_applicable" || value.type !== "mapping") return undefined;
  const named = value.entries.find((entry) => entry.key.start <= offset && offset <= Math.max(entry.key.end, entry.value.end));
  return named && plan.slots.find(({ group }) => group.id === named.key.text);
}

/** The view of a row of a sheet, by the service and the row's fragment there. */
export function viewOfRow(plan, root, service, anchor) {
  const [center, name] = anchor.includes("--") ? anchor.split(/--(?=[^-]*$)/) : ["", anchor];
  const slot = plan.fields.get(name) ?? plan.slots.find(({ item }) => anchor === `item-${item.slug}`);
  if (!slot) return null;
  const { scope } = slot.section;
  const overridden = scope === "provider" && nodeAt(root, ["services", service, "answers", slot.field.id]);
  const id = scope === "data_center" ? center || idsOf(root, "data_center")[0] : service;
  const place = scope === "provider" && !overridden ? { scope, id: "" } : { scope: overridden ? "service" : scope, id };
  return { kind: "section", place, section: overridden ? "own" : slot.section.id, field: slot.field.id };
}
