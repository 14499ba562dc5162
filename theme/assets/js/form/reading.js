// What the open file says, and what is wrong with it where: the part of the desk that every view asks.
import * as file from "./file.js";
import { meter } from "./meter.js";
import { viewAddress, viewOf } from "./plan.js";

/** Reads `text` (as `root`) by `reader`, `guideline` and `plan`; `outline` and `shown` are told. */
export class Reading {
  idOf(name) {
    return name.split(".")[0] || this.scaffold.provider;
  }

  read() {
    const found = this.reader.read(this.text, this.guideline, this.idOf(this.name));
    this.reading = found;
    this.problems = [...this.problemsOfName(), ...found.problems];
    this.placed = new Map();
    for (const problem of this.problems) {
      const address = this.addressOf(this.viewOf(problem));
      this.placed.set(address, [...(this.placed.get(address) ?? []), problem]);
    }
  }

  readSoon() {
    clearTimeout(this.reads);
    this.reads = setTimeout(() => this.readNow(), 60);
  }

  readNow() {
    clearTimeout(this.reads);
    if (this.text === undefined || !this.outline) return;
    this.stale = false;
    this.read();
    this.refresh();
  }

  refresh() {
    this.outline.refresh();
    this.shown?.refresh();
  }

  /** What is wrong with the name that the file came with. */
  problemsOfName() {
    if (!this.name || this.name.split(".").every(file.isId)) return [];
    const near = file.nearestId(this.name.split(".")[0]);
    const hint = near ? this.words.say("id_near", { near }) : "";
    return [{ code: "file-name", severity: "error", message: this.words.say("id_wrong"), hint, start: 0, end: 0, line: 1, column: 1 }];
  }

  viewOf({ code, start }) {
    if (code === "file-name") return { kind: "file", field: "id" };
    return viewOf(this.root, this.plan, start);
  }

  addressOf(view) {
    return viewAddress(view);
  }

  sheets() {
    return this.reading?.disclosure ? this.reading.sheets : [];
  }

  answersAt(place) {
    const found = this.reading?.disclosure;
    if (!found) return undefined;
    if (place.scope === "provider") return found.answers;
    return (place.scope === "service" ? found.services : found.data_centers).find(({ id }) => id === place.id)?.answers;
  }

  answerAt(place, field) {
    const answers = this.answersAt(place);
    return answers instanceof Map ? answers.get(field) : answers?.[field];
  }

  /** What is wrong with an answer; of what was left empty that is said only at the end. */
  problemsAt(place, field) {
    const { section } = this.plan.fields.get(field);
    const address = viewAddress({ kind: "section", place, section: section.scope === place.scope ? section.id : "own", field });
    const found = this.placed?.get(address) ?? [];
    return this.finished ? found : found.filter(({ code }) => code !== "name-missing");
  }

  problemsOfGroup(place, group) {
    const { section } = this.plan.slots.find((slot) => slot.group.id === group && slot.section.scope === place.scope);
    return this.placed?.get(viewAddress({ kind: "section", place, section: section.id, field: `group-${group}` })) ?? [];
  }

  problemsOfHead(key) {
    const node = this.root.entries.find((entry) => entry.key.text === key);
    const missing = { transcribed_on: "transcribed-on-missing", name: "name-missing" }[key];
    return (this.problems ?? []).filter(({ start, code }) => (code === missing && this.viewOf({ start }).kind === "file") || (node && node.key.start <= start && start <= Math.max(node.key.end, node.value.end)));
  }

  get isTranscription() {
    return file.headOf(this.root, "submitted_by") === "third_party";
  }

  nameOf({ scope, id }) {
    const found = this.reading?.disclosure;
    const list = scope === "service" ? found?.services : found?.data_centers;
    return list?.find((one) => one.id === id)?.name || id;
  }

  providerName() {
    return this.reading?.disclosure?.name ?? "";
  }

  meter(level, tally) {
    const { words, guideline } = this;
    return meter(words.of(guideline.levels[level]), tally);
  }

  /** The source lines of an answer. */
  sourceAt(path) {
    const entry = path.reduce((node, name) => node?.value?.entries?.find(({ key }) => key.text === name), { value: this.root });
    return entry ? this.text.slice(entry.key.start, entry.value.end).trimEnd() : "";
  }
}
