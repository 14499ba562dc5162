// The filters: built once for a guideline, then only counts and ticks change, so that the focus stays where it is.

import { element, fill } from "../dom.js";
import { bounds, said } from "./amounts.js";
import { ANSWERED, ROLES, UNCOMPARED, UNDISCLOSED } from "./facets.js";
import { byCode, undisclosed, within } from "./selection.js";

const NOT_DISCLOSED = UNDISCLOSED.map((one) => `_${one}`);
const OTHERS = [...UNCOMPARED, "not_counted"].map((one) => `_${one}`);

/** Calls `changed(facet name, wanted)` when somebody chooses, `chosen(guideline)` for a guideline, `closed()` at the end. */
export class Panel {
  constructor(words, facets, guidelines, { changed, chosen, closed }) {
    this.words = words;
    this.parts = facets.map((facet) => new Part(facet, words, changed));
    this.guidelines = guidelines;
    this.chosen = chosen;
    this.closed = closed;
    this.node = this.build();
  }

  build() {
    const roles = this.parts.filter(({ facet }) => ROLES.includes(facet.role));
    const own = this.parts.filter(({ facet }) => !facet.section);
    const important = [...roles, ...own];
    for (const { node } of important) node.open = true;
    const sections = new Map();
    for (const part of this.parts) {
      if (!important.includes(part)) sections.set(part.facet.section, [...(sections.get(part.facet.section) ?? []), part]);
    }
    const form = element("form", "find__form", [
      element("h3", "find__title", [this.words.title]),
      this.choiceOfGuideline(),
      ...important.map(({ node }) => node),
      sections.size > 0 && element("p", "find__hint", [this.words.several]),
      ...[...sections].flatMap(([title, parts]) => [
        element("h4", "find__section", [title]),
        ...parts.map(({ node }) => node),
      ]),
      this.closing(),
    ]);
    form.addEventListener("submit", (event) => event.preventDefault());
    return form;
  }

  /** Where the filters stand above the list, it is a long way back. */
  closing() {
    const button = element("button", "find__clear find__close", [this.words.toList]);
    button.type = "button";
    button.addEventListener("click", () => this.closed());
    return button;
  }

  choiceOfGuideline() {
    if (this.guidelines.length < 2) return null;
    const select = element("select", "", []);
    this.select = select;
    select.addEventListener("change", () => this.chosen(select.value));
    return element("div", "find__guideline", [
      element("label", "find__label", [this.words.guideline, " ", select]),
      element("p", "find__hint", [this.words.guidelineHint]),
    ]);
  }

  /** Show what is wanted, and the counts under the other wishes: of each facet's answers, of each guideline. */
  update({ guideline, wishes }, answers, ofGuidelines) {
    for (const part of this.parts) part.update(wishes.get(part.facet.name), answers.get(part.facet.name));
    if (!this.select) return;
    const all = [...ofGuidelines.values()].reduce((sum, count) => sum + count, 0);
    const option = (value, label, count) => new Option(fill(this.words.option, { label, count }), value);
    this.select.replaceChildren(
      option("", this.words.guidelineAny, all),
      ...this.guidelines.map(({ id, title }) => option(id, title, ofGuidelines.get(id) ?? 0)),
    );
    this.select.value = guideline;
  }
}

/** One facet: `<details>` with a fieldset. */
class Part {
  constructor(facet, words, changed) {
    this.facet = facet;
    this.words = words;
    this.boxes = new Map();
    this.labels = new Map();
    const counts = byCode(facet, new Uint32Array(facet.codes.length));
    const known = (codes) => codes.filter((code) => counts.has(code));
    const gaps = known(NOT_DISCLOSED);
    const labels = new Map(facet.options.map(({ key, label }) => [key, label]));
    const box = (code) => this.box(code, labels.get(code) ?? words.codes[code]);
    this.bound = facet.facet !== "filter" && facet.unit ? this.chooseBound() : null;
    this.gap = facet.section ? element("p", "facet__gap", []) : null;
    const others = known(OTHERS);
    this.chosen = element("span", "facet__chosen", []);
    this.node = element("details", "facet", [
      element("summary", "facet__title", [facet.title, " ", this.chosen]),
      element("fieldset", "facet__options", [
        element("legend", "visually-hidden", [facet.title]),
        this.bound,
        ...facet.options.map(({ key }) => box(key)),
        facet.section && gaps.length > 0 && box(ANSWERED),
        others.length > 0 && element("p", "facet__gap", [words.others]),
        ...others.map(box),
        this.gap,
        ...gaps.map(box),
      ]),
    ]);
    this.node.dataset.facet = facet.name;
    this.node.addEventListener("change", () => changed(facet.name, this.wanted()));
    // A click comes before the facet opens; a search of the browser's own opens it without one.
    this.node.firstChild.addEventListener("click", () => this.count());
    this.node.addEventListener("toggle", () => this.node.open && this.count());
    for (const { key, within: wider } of facet.options) {
      if (wider) this.boxes.get(key).input.closest("label").classList.add("facet__option--within");
    }
  }

  box(code, label) {
    const input = element("input", "", []);
    const count = element("span", "facet__count", []);
    Object.assign(input, { type: "checkbox", value: code });
    this.boxes.set(code, { input, count });
    return element("label", "facet__option", [input, element("span", "", [label]), " ", count]);
  }

  chooseBound() {
    this.select = element("select", "", []);
    return element("label", "facet__bound", [element("span", "visually-hidden", [this.facet.title]), this.select]);
  }

  wanted() {
    const keys = new Set([...this.boxes].flatMap(([code, { input }]) => (input.checked ? [code] : [])));
    const bound = this.select?.value ? Number(this.select.value) : null;
    return keys.size || bound !== null ? { keys, bound } : null;
  }

  update(wanted, answers) {
    for (const [code, { input }] of this.boxes) input.checked = Boolean(wanted?.keys.has(code));
    const size = (wanted?.keys.size ?? 0) + (wanted && wanted.bound !== null ? 1 : 0);
    set(this.chosen, size ? String(size) : "");
    if (size) this.node.open = true;
    this.latest = { bound: wanted?.bound ?? null, answers };
    if (this.node.open) this.count();
  }

  /** Show the latest counts; a folded facet is left alone until it is opened. */
  count() {
    const { bound, answers } = this.latest;
    const counts = byCode(this.facet, answers);
    for (const [code, { count }] of this.boxes) set(count, String(counts.get(code) ?? 0));
    if (this.gap) {
      const missing = undisclosed(this.facet, answers);
      set(this.gap, missing ? fill(this.words.undisclosed, { count: missing }) : this.words.undisclosedNone);
    }
    if (this.select) this.updateBounds(bound, answers);
  }

  updateBounds(bound, answers) {
    this.offered ??= this.facet.bounds ?? bounds(this.facet.numbers.filter((number) => number !== null));
    const all = [...new Set([...this.offered, ...(bound === null ? [] : [bound])])].sort((a, b) => a - b);
    const options = all.map((number) => [
      String(number),
      fill(this.words.option, { label: this.labelOf(number), count: within(this.facet, answers, number) }),
    ]);
    options.unshift(["", this.words.any]);
    if (options.length !== this.select.options.length) {
      this.select.replaceChildren(...options.map(([value]) => new Option("", value)));
    }
    options.forEach(([value, label], place) => {
      const option = this.select.options[place];
      if (option.value !== value) option.value = value;
      if (option.text !== label) option.text = label;
    });
    this.select.value = bound === null ? "" : String(bound);
  }

  /** A bound in words, put together once: only its count changes with each step. */
  labelOf(number) {
    if (!this.labels.has(number)) this.labels.set(number, boundWords(this.facet, number, this.words));
    return this.labels.get(number);
  }
}

function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** 10分以上, 3か月以内. */
export function boundWords(facet, number, words) {
  const amount = said(number, facet.unit, words.units);
  return fill(facet.facet === "at_most" ? words.atMost : words.atLeast, { amount });
}
