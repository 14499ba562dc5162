// The answers of one block: below `provider:`, below `answers:`, of a data centre. Twin of catalog/load/blocks.py.

import { readAnswer } from "./reading.js";
import { at, isNothing } from "./shapes.js";
import { SCOPE_NAMES } from "./tables.js";

/** Reads the blocks of one file. */
export class Blocks {
  constructor(guideline, shapes, fields, submittedBy) {
    this.guideline = guideline;
    this.shapes = shapes;
    this.fields = fields;
    this.submittedBy = submittedBy;
  }

  /** The answers of a mapping of field ids, groups answered as not applicable expanded. */
  read(node, scope, { overrides = false, skip = "" } = {}) {
    const found = Object.create(null);
    const mapping = isNothing(node) ? null : this.shapes.mapping(node, SCOPE_NAMES[scope]);
    if (!mapping) return found;
    for (const { key, value } of mapping.entries) {
      if (key.text === "not_applicable" || (skip && key.text === skip)) continue;
      const slot = this.guideline.byField.get(key.text);
      if (slot && this.fields.belongs(slot, scope, overrides)) this.take(found, key, value, slot);
      else this.fields.reportUnknown(key, scope, overrides);
    }
    for (const [slot, answer] of this.ofGroups(mapping, scope)) found[slot.field.id] ??= answer;
    return found;
  }

  take(found, key, value, slot) {
    const answer = readAnswer(this.shapes, value, slot, this.guideline.language, this.guideline.byField);
    if (slot.field.retired) {
      this.shapes.add("retired-field", key, { found: key.text, version: slot.field.retired }, slot.subject);
    } else if (answer.status !== "unanswered") {
      found[key.text] = answer;
      this.checkSource(answer, value, slot);
    }
  }

  checkSource(answer, node, slot) {
    const isDate = slot.field.role === "disclosure_date"; // which a third party must leave out anyway
    if (this.submittedBy === "third_party" && !answer.source && !isDate) this.shapes.add("source-missing", node, {}, slot.subject);
  }

  /** `not_applicable: {<group-id>: <reason>}`: one answer for every field of the group, as [slot, answer] pairs. */
  ofGroups(mapping, scope) {
    const node = at(mapping, "not_applicable");
    const inner = node ? this.shapes.mapping(node, "not_applicable") : null;
    const groups = new Map();
    const titles = new Map();
    for (const slot of inner ? this.guideline.scopes[scope] : []) {
      groups.set(slot.group.id, [...(groups.get(slot.group.id) ?? []), slot]);
      for (const title of Object.values(slot.group.title)) titles.set(title, slot.group.id);
    }
    return (inner?.entries ?? []).flatMap(({ key, value }) => this.ofGroup(key, value, groups, titles, scope));
  }

  ofGroup(key, value, groups, titles, scope) {
    const slots = groups.get(key.text);
    if (!slots) {
      const near = this.shapes.nearest(key.text, groups.keys()) || (titles.get(this.shapes.nearest(key.text, titles.keys())) ?? "");
      const expected = [...groups.keys()].join(", ");
      this.shapes.add("unknown-group", key, { found: key.text, scope: SCOPE_NAMES[scope], nearest: near, expected });
      return [];
    }
    const reason = this.shapes.scalar(value, key.text);
    if (!reason) return [];
    const entries = [{ key: { ...key, text: "not_applicable" }, value: reason }];
    const answer = readAnswer(this.shapes, { type: "mapping", entries, start: value.start, end: value.end }, slots[0], this.guideline.language);
    return slots.map((slot) => [slot, answer]);
  }
}
