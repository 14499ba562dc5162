// A guideline of /api/v1/guidelines/<id>.json as the reader looks things up in it. Twin of Guideline in catalog/model.py.

export const SCOPES = ["provider", "service", "data_center"];

/** A slot is a field in its place: `{section, group, item, field, scope, subject}`. */
export class Guideline {
  constructor(data) {
    this.data = data;
    this.id = data.id;
    this.version = data.version;
    this.language = data.language;
    this.allSlots = data.sections.flatMap((section) => {
      return section.groups.flatMap((group) => group.items.flatMap((item) => slotsOf(section, group, item)));
    });
    this.slots = this.allSlots.filter(({ field }) => !field.retired);
    this.byField = new Map(this.allSlots.map((slot) => [slot.field.id, slot]));
    this.byRole = new Map(this.slots.filter(({ field }) => field.role).map((slot) => [slot.field.role, slot]));
    this.scopes = Object.fromEntries(SCOPES.map((scope) => [scope, this.slots.filter((slot) => slot.scope === scope)]));
  }
}

function slotsOf(section, group, item) {
  return item.fields.map((field) => {
    const title = item.fields.length > 1 ? field.title : item.label;
    return { section, group, item, field, scope: section.scope, subject: { item: item.number, title, field: field.id } };
  });
}

const KNOWN = new WeakMap();

/** The guideline of the public JSON, made once. */
export function guidelineOf(data) {
  if (!KNOWN.has(data)) KNOWN.set(data, new Guideline(data));
  return KNOWN.get(data);
}
