// A section of the form: its groups and fields at one place of the file. What is written goes to the desk at once.
import { element } from "../dom.js";
import { Editor } from "./editor.js";
import { sameDraft } from "./answer.js";
import { draftAt, groupReason, pathOf } from "./file.js";
import { WITHOUT_STATES } from "./plan.js";
import { button } from "./blocks.js";
import { words as box } from "./controls.js";

export class Section {
  /** `slots` by group: `[{group, slots}]`; `group` is null for fields of several groups. */
  constructor(desk, place, groups) {
    this.desk = desk;
    this.place = place;
    this.fields = new Map();
    this.node = element("div", "form-groups", groups.map(({ group, slots }) => this.group(group, slots)));
  }

  group(group, slots) {
    const fields = slots.map((slot) => {
      const made = new Field(this.desk, this.place, slot);
      this.fields.set(slot.field.id, made);
      return made.node;
    });
    if (!group) return element("div", "form-group", fields);
    const title = element("h3", "form-group__title", [this.desk.words.of(group.title)]);
    const body = element("div", "form-group__fields", fields);
    const canBeOne = slots.length > 1 && !slots.some(({ field }) => WITHOUT_STATES.has(field.role));
    if (!canBeOne && groupReason(this.desk.root, this.place, group.id) === undefined) return element("section", "form-group", [title, body]);
    const whole = new Whole(this.desk, this.place, group, body, fields.length);
    this.fields.set(`group-${group.id}`, whole);
    return element("section", "form-group", [title, whole.node]);
  }

  /** Show a field and put the focus on it. */
  focus(id) {
    const field = this.fields.get(id);
    if (!field) return false;
    const hidden = field.node.closest("details");
    if (hidden) hidden.open = true;
    (field.focus ?? field.node).focus({ preventScroll: true });
    field.node.scrollIntoView({ block: "start", behavior: "instant" });
    return true;
  }

  /** Take over what the file says now, and what is wrong with it. */
  refresh() {
    for (const field of this.fields.values()) field.refresh();
  }
}

/** One 該当なし for all that a group asks; `body` are its fields. */
class Whole {
  constructor(desk, place, group, body, count) {
    Object.assign(this, { desk, place, group, body });
    const { words } = desk;
    const reason = groupReason(desk.root, place, group.id);
    const id = `group-${group.id}`;
    this.input = element("input", "", []);
    this.input.type = "checkbox";
    this.input.checked = reason !== undefined;
    this.problems = element("div", "form-problems", []);
    this.problems.id = `${id}-problems`;
    this.reason = box(reason ?? "", { id: `${id}-reason`, describedBy: this.problems.id, words, changed: (now) => desk.setGroup(place, group.id, this.reason.read(), now) });
    const label = element("label", "form-label", [words.say("reason.not_applicable")]);
    label.htmlFor = `${id}-reason`;
    this.asked = element("div", "form-group__reason", [label, ...this.reason.nodes, this.problems]);
    this.single = element("details", "form-group__single", [element("summary", "", [words.say("group_single", { count })])]);
    const switcher = element("label", "form-option form-group__whole", [this.input, element("span", "", [words.say("group_whole", { count })])]);
    this.node = element("div", "", [switcher, this.asked, this.single]);
    this.input.addEventListener("change", () => this.turn());
    this.arrange();
    this.refresh();
  }

  get focus() {
    return this.input.checked ? this.reason.focus : this.input;
  }

  turn() {
    const { checked } = this.input;
    this.desk.setGroup(this.place, this.group.id, checked ? this.reason.read() : undefined, true);
    this.arrange();
    if (checked) this.reason.focus.focus();
  }

  arrange() {
    const { checked } = this.input;
    this.asked.hidden = !checked;
    this.single.hidden = !checked;
    if (checked) this.single.append(this.body);
    else this.node.append(this.body);
  }

  refresh() {
    const found = this.desk.problemsOfGroup(this.place, this.group.id);
    this.problems.replaceChildren(...found.map((one) => problemBox(this.desk.words, one)));
  }
}

/** One field at one place. */
class Field {
  constructor(desk, place, slot) {
    this.desk = desk;
    this.place = place;
    this.slot = slot;
    const { field } = slot;
    this.id = `field-${field.id}`;
    this.problems = element("div", "form-problems", []);
    this.problems.id = `${this.id}-problems`;
    this.status = element("span", "form-field__status", []);
    this.slotOfEditor = element("div", "", []);
    this.node = element("div", "form-field", [this.head(), ...this.help(), this.slotOfEditor, this.problems]);
    this.node.id = this.id;
    this.node.tabIndex = -1;
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-labelledby", `${this.id}-title`);
    this.build(draftAt(desk.root, place, field));
    this.refresh();
  }

  head() {
    const { item, field } = this.slot;
    const { words, guideline } = this.desk;
    const several = item.fields.length > 1;
    const title = element("h4", "form-field__title", [
      element("span", "row__number", [item.number]),
      element("span", "", [words.of(item.label), several && words.of(field.title) !== words.of(item.label) ? element("span", "form-field__part", [words.of(field.title)]) : ""]),
    ]);
    title.id = `${this.id}-title`;
    const level = element("span", `level level--${field.level}`, [words.of(guideline.levels[field.level])]);
    return element("div", "form-field__head", [title, element("div", "form-field__marks", [level, this.status])]);
  }

  /** The guideline's wording, the hint, an example. */
  help() {
    const { item, field } = this.slot;
    const { words } = this.desk;
    const prompt = words.of(field.prompt);
    const said = [words.of(field.title), words.of(item.label)];
    const hint = field.hint ? words.of(field.hint) : "";
    const example = exampleOf(field);
    const limit = field.max_length ? words.say("max_length", { length: field.max_length }) : "";
    const help = element("div", "form-field__help", [
      said.includes(prompt) ? null : element("p", "form-field__prompt", [prompt]),
      hint || limit ? element("p", "hint", [[hint, limit].filter(Boolean).join(" ")]) : null,
      example ? element("p", "hint form-field__example", [words.say("example", { example })]) : null,
    ]);
    help.id = `${this.id}-help`;
    return [help];
  }

  build(draft) {
    const { desk, place, slot } = this;
    this.editor = new Editor(slot.field, draft, {
      words: desk.words,
      places: desk.places,
      labelledBy: `${this.id}-title`,
      describedBy: `${this.id}-help ${this.id}-problems`,
      needsSource: desk.isTranscription,
      onlyAnswers: WITHOUT_STATES.has(slot.field.role),
      source: () => desk.sourceAt([...pathOf(place), slot.field.id]),
      changed: (next, now) => desk.setAnswer(place, slot.field, next, now, this),
    });
    this.slotOfEditor.replaceChildren(this.editor.node);
  }

  get focus() {
    return this.editor.main?.focus;
  }

  refresh() {
    const { desk, place, slot } = this;
    if (!desk.waits(this)) this.follow(draftAt(desk.root, place, slot.field));
    const problems = desk.problemsAt(place, slot.field.id);
    this.showStatus(desk.answerAt(place, slot.field.id), problems.some(({ severity }) => severity === "error"));
    this.showProblems(problems);
  }

  /** Words that the file understands otherwise than the control that they were typed into show as what they are. */
  follow(draft) {
    const { editor } = this;
    if (sameDraft(draft, editor.draft) || (draft.state === "" && editor.draft.state === "")) return;
    const holds = this.node.contains(document.activeElement);
    if (holds && draft.state === editor.draft.state) return;
    this.build(draft);
    if (holds) (this.editor.state ?? this.focus)?.focus();
  }

  showStatus(answer, isWrong) {
    const { marks, words } = this.desk;
    const key = isWrong ? "wrong" : (answer?.status ?? "unanswered");
    const word = key === "unanswered" && this.desk.isTranscription ? "not_transcribed" : key;
    if (this.status.dataset.key === word) return;
    this.status.dataset.key = word;
    this.status.replaceChildren(...(isWrong ? [words.say("severity.error")] : [marks.of(key), words.say(`status.${word}`)]));
  }

  /** What the type refuses may stand as free words. */
  wayOut(problems) {
    const { editor } = this;
    if (!editor.canBeFree || !problems.some(({ severity }) => severity === "error")) return [];
    const free = button(this.desk.words.say("as_words"), "form-button form-button--small");
    free.addEventListener("click", () => {
      editor.turnTo("text");
      (editor.state ?? editor.main.focus).focus();
    });
    return [element("p", "form-tools", [free])];
  }

  showProblems(problems) {
    const said = JSON.stringify(problems.map(({ message, advice }) => [message, advice]));
    if (this.problems.dataset.said === said) return;
    this.problems.dataset.said = said;
    this.problems.replaceChildren(...problems.map((one) => problemBox(this.desk.words, one)), ...this.wayOut(problems));
    const wrong = problems.some(({ severity }) => severity === "error");
    this.node.classList.toggle("form-field--wrong", wrong);
    const { focus } = this;
    if (focus && wrong) focus.setAttribute("aria-invalid", "true");
    else focus?.removeAttribute("aria-invalid");
    if (problems.length && this.node.contains(document.activeElement)) this.desk.announce(problems[0].message);
  }
}

/** A problem in the command line's words. */
export function problemBox(words, { severity, message, hint, advice = hint }) {
  const name = element("b", "", [words.say(`severity.${severity}`)]);
  return element("div", `form-problem form-problem--${severity}`, [element("p", "", [name, " ", message]), advice ? element("p", "form-problem__hint", [advice]) : null]);
}

function exampleOf(field) {
  const detail = field.detail?.example;
  if (!field.example) return "";
  return detail && !field.example.includes("(") ? `${field.example}(${detail})` : field.example;
}
