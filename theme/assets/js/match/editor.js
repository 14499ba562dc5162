// Where requirements are put together: the list of those chosen, each with the control of its type, and the items to choose from.

import { element } from "../dom.js";
import { compared, isPlace, needsUnit, ownUnit, tests, UNITS } from "./conditions.js";
import { fold } from "./judge.js";
import { condition, isComplete, MAX_REQUIREMENTS, VALUED } from "./profile.js";

const STEP = 24;
let serial = 0;

/** Changes `requirements` in place and calls `changed()` afterwards. */
export class Editor {
  constructor({ speech, places, say, changed }) {
    Object.assign(this, { speech, places, say, changed });
    this.requirements = [];
    this.shown = STEP;
    this.list = element("ol", "match-list", []);
    this.empty = element("p", "hint", [speech.say("list_empty")]);
    this.picker = this.makePicker();
    this.box = element("div", "", [element("h3", "", [speech.say("list")]), this.empty, this.list, this.picker]);
    this.find();
  }

  show(requirements) {
    this.requirements = requirements;
    this.render();
  }

  render() {
    this.picker.open = !this.requirements.length;
    this.empty.hidden = this.requirements.length > 0;
    this.list.hidden = !this.requirements.length;
    this.list.replaceChildren(...this.requirements.map((one) => this.item(one)));
  }

  // --- one requirement ---

  item(one) {
    const item = element("li", "", [this.card(one)]);
    item.requirement = one;
    return item;
  }

  card(one) {
    const place = this.places.get(one.field);
    const name = this.speech.name(place);
    const remove = button("match-button match-button--small match-requirement__remove", this.speech.say("remove"), () => this.remove(one, name));
    remove.setAttribute("aria-label", this.speech.say("remove_named", { name }));
    const weights = ["must", "should"].map((weight) => [weight, this.speech.say(weight)]);
    const weight = this.select(this.speech.say("weight"), weights, one.weight, (value) => this.set(one, { weight: value }));
    const kinds = tests(place.field).map((test) => [test, this.testName(test, place.field)]);
    const test = this.select(this.speech.say("test"), kinds, one.condition.test, (value) => this.ask(one, value));
    const card = element("fieldset", "match-requirement", [
      element("legend", "", [element("span", "match-number", [place.item.number]), ` ${name}`]),
      element("div", "match-requirement__fields", [weight, test, ...this.control(one, place.field), this.wording(place.field)]),
      remove,
    ]);
    card.classList.toggle("match-requirement--draft", !isComplete(one, place.field));
    return card;
  }

  wording(field) {
    const text = element("p", "", [this.speech.of(field.prompt)]);
    if (!field.prompt[this.speech.language]) text.lang = this.speech.original;
    return element("details", "", [element("summary", "", [this.speech.say("wording")]), text]);
  }

  testName(test, field) {
    if (test === "in") return this.speech.say(`tests.${isPlace(field) ? "in_place" : "in_choice"}`);
    return this.speech.say(`tests.${test}`, this.speech.yesAndNo(field));
  }

  /** The control of a condition: a number, places, choices, words, or nothing. */
  control(one, field) {
    const { test } = one.condition;
    if (test === "at_least" || test === "at_most") return this.number(one, field);
    if (test === "in") return isPlace(field) ? this.somewhere(one, field) : this.choices(one, field);
    return test === "contains" ? this.text(one, field) : [];
  }

  number(one, field) {
    const input = element("input", "match-control match-control--number", []);
    input.type = "text";
    input.inputMode = "decimal";
    input.maxLength = 24;
    input.value = one.condition.number;
    const hint = this.hint(one, field, ownUnit(field) === "h/week" ? "hours_hint" : "number_hint", ownUnit(field) === "h/week");
    const read = () => this.value(one, field, hint, { number: input.value.normalize("NFKC").replace(/[,\s]|[%%]$/gu, "") });
    input.addEventListener("change", read);
    describe(input, hint);
    const label = this.labelled(this.speech.say("number"), input);
    if (!needsUnit(field)) {
      const own = this.speech.words[`own_units.${ownUnit(field)}`] ?? ownUnit(field);
      return [label, own && element("span", "match-own-unit", [own]), hint];
    }
    const units = Object.keys(UNITS).map((unit) => [unit, this.speech.say(`units.${unit}`)]);
    const unit = this.select(this.speech.say("unit"), units, one.condition.unit, (value) => this.value(one, field, hint, { unit: value }));
    return [label, unit, hint];
  }

  text(one, field) {
    const input = element("input", "match-control match-control--wide", []);
    input.type = "text";
    input.maxLength = 100;
    input.value = one.condition.text;
    const hint = this.hint(one, field, "words_hint");
    input.addEventListener("change", () => this.value(one, field, hint, { text: input.value.trim() }));
    describe(input, hint);
    return [this.labelled(this.speech.say("words"), input), hint];
  }

  choices(one, field) {
    const hint = this.hint(one, field, "choose_hint");
    const boxes = compared(field).choices.map(({ id, label }) => {
      const box = element("input", "", []);
      box.type = "checkbox";
      box.checked = one.condition.values.includes(id);
      box.addEventListener("change", () => {
        const kept = one.condition.values.filter((value) => value !== id);
        const order = compared(field).choices.map((choice) => choice.id);
        const values = (box.checked ? [...kept, id] : kept).sort((a, b) => order.indexOf(a) - order.indexOf(b));
        this.value(one, field, hint, { values });
      });
      return element("label", "", [box, this.speech.of(label)]);
    });
    const group = element("div", "match-values", boxes);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.speech.say("tests.in_choice"));
    return [group, hint];
  }

  somewhere(one, field) {
    const { values } = one.condition;
    const chosen = values.map((value) => {
      const place = this.speech.places[value];
      const remove = button("match-button match-button--small match-place", place, () => this.redo(one, { values: values.filter((other) => other !== value) }));
      remove.setAttribute("aria-label", this.speech.say("place_remove", { place }));
      return element("li", "", [remove]);
    });
    const others = Object.entries(this.speech.places).filter(([key]) => !values.includes(key));
    const options = [["", this.speech.say("place_choose")], ...others];
    const add = this.select(this.speech.say("place_add"), options, "", (value) => value && this.redo(one, { values: [...values, value] }));
    add.lastChild.dataset.places = "";
    return [chosen.length > 0 && element("ul", "match-values", chosen), add, this.hint(one, field, "choose_hint")];
  }

  /** Tells what a draft lacks; `always` shows it in any case. */
  hint(one, field, key, always = false) {
    const hint = element("p", "hint", [this.speech.say(key)]);
    hint.id = `match-hint-${(serial += 1)}`;
    hint.always = always;
    hint.hidden = !always && isComplete(one, field);
    return hint;
  }

  select(label, options, value, change) {
    const select = element("select", "match-control", options.map(([key, text]) => new Option(text, key, false, key === value)));
    select.addEventListener("change", () => change(select.value));
    return this.labelled(label, select);
  }

  labelled(text, control) {
    return element("label", "", [element("span", "match-label", [text]), control]);
  }

  // --- changes ---

  set(one, values) {
    Object.assign(one, values);
    this.changed();
  }

  /** A part of the condition; the control keeps the focus. */
  value(one, field, hint, values) {
    one.condition = { ...one.condition, ...values };
    const complete = isComplete(one, field);
    hint.hidden = complete && !hint.always;
    hint.closest(".match-requirement").classList.toggle("match-requirement--draft", !complete);
    this.changed();
  }

  /** The same, where the control itself changes. */
  redo(one, values) {
    one.condition = { ...one.condition, ...values };
    this.again(one).querySelector("select[data-places]").focus();
    this.changed();
  }

  ask(one, test) {
    one.condition = begun(test, this.places.get(one.field).field);
    this.again(one).querySelectorAll("select")[1].focus();
    this.changed();
  }

  again(one) {
    const item = [...this.list.children].find((child) => child.requirement === one);
    item.replaceChildren(this.card(one));
    return item;
  }

  remove(one, name) {
    const index = this.requirements.indexOf(one);
    this.requirements.splice(index, 1);
    this.render();
    const next = this.list.children[Math.min(index, this.requirements.length - 1)];
    (next?.querySelector(".match-requirement__remove") ?? this.picker.firstChild).focus();
    this.say(this.speech.say("removed", { name }));
    this.changed();
  }

  add(place) {
    const name = this.speech.name(place);
    const taken = this.requirements.filter((one) => one.field === place.field.id).map((one) => one.condition.test);
    const test = next(order(place.field), taken);
    const first = taken.includes(test) ? condition(test, { unit: begun(test, place.field).unit }) : begun(test, place.field);
    if (this.requirements.length >= MAX_REQUIREMENTS) return this.say(this.speech.say("too_many", { most: MAX_REQUIREMENTS }));
    const one = { field: place.field.id, weight: "must", condition: first };
    this.requirements.push(one);
    this.empty.hidden = true;
    this.list.hidden = false;
    this.list.append(this.item(one));
    this.list.lastChild.querySelector("select").focus();
    this.say(this.speech.say("added", { name }));
    return this.changed();
  }

  // --- the items to choose from ---

  makePicker() {
    this.search = element("input", "match-control match-control--wide", []);
    this.search.type = "search";
    this.search.addEventListener("input", () => this.find(true));
    const sections = [...new Set([...this.places.values()].map(({ section }) => section))];
    const often = [...this.places.values()].some(({ field }) => field.facet);
    const options = [...(often ? [["facets", this.speech.say("picker_facets")]] : []), ["", this.speech.say("picker_all")], ...sections.map((one) => [one.id, this.speech.of(one.title)])];
    this.section = element("select", "match-control match-control--wide", options.map(([key, text]) => new Option(text, key)));
    this.section.addEventListener("change", () => this.find(true));
    this.found = element("ul", "match-found", []);
    this.told = element("p", "hint", []);
    this.told.setAttribute("role", "status");
    this.more = button("match-button", this.speech.say("picker_more"), () => this.showMore());
    return element("details", "match-picker", [
      element("summary", "", [this.speech.say("picker")]),
      element("div", "match-picker__tools", [
        this.labelled(this.speech.say("picker_search"), this.search),
        this.labelled(this.speech.say("picker_section"), this.section),
      ]),
      this.told,
      this.found,
      this.more,
    ]);
  }

  showMore() {
    const before = this.shown;
    this.shown += STEP;
    this.find();
    this.found.children[before]?.querySelector("button").focus();
  }

  /** Words are looked for in all items, whatever the section; those often used come first. */
  find(anew = false) {
    if (anew) this.shown = STEP;
    const words = fold(this.search.value).split(/\s+/u).filter(Boolean);
    const wanted = this.section.value;
    const fits = ({ section, field }) => (wanted === "facets" ? words.length > 0 || field.facet : !wanted || section.id === wanted);
    const found = [...this.places.values()].filter((place) => fits(place) && words.every((word) => this.haystack(place).includes(word)));
    const first = found.filter(({ field }) => field.facet);
    const sorted = [...first, ...found.filter(({ field }) => !field.facet)];
    this.found.replaceChildren(...sorted.slice(0, this.shown).map((place) => this.choice(place)));
    this.found.hidden = !sorted.length;
    this.told.textContent = sorted.length ? this.speech.say("picker_found", { count: sorted.length }) : this.speech.say("picker_none");
    this.more.hidden = sorted.length <= this.shown;
  }

  haystack({ section, item, field }) {
    return fold([item.number, item.label, field.title, field.prompt, section.title].map((text) => (typeof text === "string" ? text : Object.values(text).join(" "))).join(" "));
  }

  choice(place) {
    const name = this.speech.name(place);
    const add = button("match-add", "", () => this.add(place));
    const hidden = element("span", "visually-hidden", [` ${this.speech.say("add")}`]);
    add.append(element("span", "match-number", [place.item.number]), " ", element("span", "", [name, hidden]));
    return element("li", "", [add]);
  }
}

/** The tests of a field, its facet's first. */
function order(field) {
  const all = tests(field);
  return all.includes(field.facet) ? [field.facet, ...all.filter((test) => test !== field.facet)] : all;
}

/** The test to begin with: once something is asked of a field, one that needs a value, so that nothing contradicts it. */
function next(all, taken) {
  const valued = all.filter((test) => VALUED.includes(test));
  return taken.length ? (valued.find((test) => !taken.includes(test)) ?? valued[0]) : all[0];
}

/** What a condition begins with. */
function begun(test, field) {
  if (test === "in") return condition(test, { values: isPlace(field) ? ["JP"] : [] });
  if (test === "at_least" || test === "at_most") return condition(test, { unit: needsUnit(field) ? "hour" : "" });
  return condition(test);
}

function describe(input, hint) {
  input.setAttribute("aria-describedby", hint.id);
}

export function button(className, text, click) {
  const made = element("button", className, [text]);
  made.type = "button";
  made.addEventListener("click", click);
  return made;
}
