// Which field a key names, was meant to name, and where it is to be written. Twin of catalog/load/fields.py.

import { at, EXTRA_KEYS, isNothing, MAIN_KEYS } from "./shapes.js";
import { opened } from "./spelling.js";
import { KEY_NAMES as NAMES, PATHS, SCOPE_NAMES, TEXTS, WHERE } from "./tables.js";
import { tight, whole } from "./wording.js";

/** What people call the keys of a file. */
export const KEY_NAMES = new Map(Object.entries(NAMES));
const NUMBER = whole("(?:項目|item|no\\.?|#)?(.+?)\\.?", "iu");
const CALLED_NAME = ["name", "名前", "名称", "会社名", "社名"];
const NAME_ROLES = ["provider_name", "service_name", "data_center_name"];
const OF_THE_FILE = ["disclosure_date", "provider_name"];

/** The fields of a guideline, by what stands in a file. */
export class Fields {
  constructor(guideline, shapes) {
    this.guideline = guideline;
    this.shapes = shapes;
    this.titles = null;
  }

  /** Whether a field may be answered in a scope. What names and dates the whole file is not overridden. */
  belongs(slot, scope, overrides) {
    return slot.scope === scope || (overrides && slot.scope === "provider" && !OF_THE_FILE.includes(slot.field.role));
  }

  /** A key that names no field of the scope: it belongs elsewhere, or another one was meant. */
  reportUnknown(key, scope, overrides) {
    const slot = this.guideline.byField.get(key.text);
    const isAnswerKey = !slot && [...MAIN_KEYS, ...EXTRA_KEYS].includes(key.text);
    const advice = isAnswerKey ? TEXTS["below answer"] : key.text === "answers" ? TEXTS["no answers"] : "";
    const meant = slot || advice ? [] : this.meant(key.text, scope, overrides);
    const first = slot ?? meant[0];
    this.shapes.add("unknown-field", key, {
      found: key.text,
      scope: SCOPE_NAMES[scope],
      nearest: either(meant.map((one) => one.field.id)),
      elsewhere: first && !this.belongs(first, scope, overrides) ? WHERE[first.scope] : "",
      advice,
    }, first?.subject ?? null);
  }

  /** The fields that a key probably means: a near id, an item's number, a title or nearly one. */
  meant(word, scope, overrides) {
    const here = this.guideline.slots.filter((slot) => this.belongs(slot, scope, overrides));
    const near = this.shapes.nearest(word.toLowerCase(), here.map((slot) => slot.field.id));
    if (near) return [this.guideline.byField.get(near)];
    const titles = this.byTitle();
    const wanted = tight(word).toLowerCase();
    const number = NUMBER.exec(wanted);
    const named = titles.get(wanted) ?? titles.get(number ? `#${number[1]}` : "");
    if (named) return named;
    const own = this.guideline.slots.filter((slot) => slot.field.id === wanted);
    if (own.length) return own;
    return titles.get(this.shapes.nearest(wanted, titles.keys()))
      ?? here.filter((slot) => CALLED_NAME.includes(wanted) && NAME_ROLES.includes(slot.field.role));
  }

  /** The fields by their titles and labels, and by `#` and their item's number. */
  byTitle() {
    if (this.titles) return this.titles;
    this.titles = new Map();
    for (const slot of this.guideline.slots) {
      const texts = [slot.field.title, slot.item.label, slot.field.prompt].flatMap((text) => Object.values(text));
      const names = [...texts.map((name) => tight(name).toLowerCase()), `#${tight(slot.item.number)}`];
      for (const name of new Set(names)) this.titles.set(name, [...(this.titles.get(name) ?? []), slot]);
    }
    return this.titles;
  }

  /** Those of the entries that are fields, by the scope that they belong to (a Map). */
  misplaced(entries) {
    const found = new Map();
    for (const entry of entries) {
      const slot = this.guideline.byField.get(entry.key.text);
      if (slot) found.set(slot.scope, [...(found.get(slot.scope) ?? []), entry]);
    }
    return found;
  }

  /** Once for all of them, at the first: they belong under `path`. */
  reportMisplaced(entries, scope, path = PATHS[scope]) {
    const first = entries[0].key;
    this.shapes.add("fields-misplaced", first, {
      found: first.text,
      count: String(entries.length),
      elsewhere: WHERE[scope],
      yaml: opened([...path, first.text]),
    }, this.guideline.byField.get(first.text).subject);
  }
}

function either(names) {
  if (names.length < 2) return names.join("");
  return { ja: names.slice(0, 3).join("」か「"), en: names.slice(0, 3).join("” or “") };
}

/** Whether a value can only be an answer, and not the block of a service or a data centre. */
export function isAnswer(node) {
  return node.type === "mapping" ? node.entries.some(({ key }) => MAIN_KEYS.includes(key.text)) : !isNothing(node);
}

/** A mapping with further entries, as if they had stood there. */
export function joined(node, entries) {
  if (node?.type === "mapping") return { ...node, entries: [...node.entries, ...entries.filter(({ key }) => !at(node, key.text))] };
  if (!entries.length || !isNothing(node)) return node;
  const { start, end } = entries[0].key;
  return { type: "mapping", entries, start, end };
}
