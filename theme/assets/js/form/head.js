// The head of the file: its name, who submits it, names for lists and search.
import { element } from "../dom.js";
import { headOf, isId, nearestId } from "./file.js";

export class Head {
  constructor(desk) {
    this.desk = desk;
    this.rows = new Map();
    const { words, plan } = desk;
    const third = headOf(desk.root, "submitted_by") === "third_party";
    const texts = [
      ...(plan.byRole("provider_name") && !headOf(desk.root, "name") ? [] : ["name"]),
      ...(plan.byRole("disclosure_date") || third ? [] : ["disclosed_on"]),
      ...["reading", "name_en", "aliases"],
    ];
    this.node = element("div", "form-groups", [
      element("section", "form-group", [
        this.name(),
        this.submittedBy(third),
        ...texts.map((key) => this.text(key)),
        element("p", "hint", [words.say("head_guideline", { title: words.of(desk.guideline.title), version: desk.guideline.version })]),
      ]),
    ]);
    this.refresh();
  }

  row(key, label, hint, nodes, focus) {
    const problems = element("div", "form-problems", []);
    problems.id = `head-${key}-problems`;
    const help = element("p", "hint", [hint]);
    help.id = `head-${key}-hint`;
    const title = element(focus.id ? "label" : "p", "form-field__title", [label]);
    if (focus.id) title.htmlFor = focus.id;
    focus.setAttribute("aria-describedby", `${help.id} ${problems.id}`);
    this.rows.set(key, { problems, focus });
    const made = element("div", "form-field", [title, help, ...nodes, problems]);
    made.id = `field-${key}`;
    made.tabIndex = -1;
    return made;
  }

  name() {
    const { desk } = this;
    const input = made("head-id", desk.name, "form-control--id");
    input.addEventListener("change", () => {
      const typed = input.value.trim().replace(/\.ya?ml$/, "");
      const wrong = typed && !typed.split(".").every(isId);
      this.own = wrong ? { severity: "error", message: desk.words.say("id_wrong"), hint: nearestId(typed) && desk.words.say("id_near", { near: nearestId(typed) }) } : null;
      if (!wrong) desk.setName(typed);
      this.refresh();
    });
    const box = element("div", "form-file-name", [input, element("span", "form-unit", [".yaml"])]);
    return this.row("id", desk.words.say("head.id"), desk.words.say("head_hint.id"), [box], input);
  }

  taken() {
    const { isTaken, words } = this.desk;
    return isTaken ? { severity: "warning", message: words.say("id_published"), hint: "" } : null;
  }

  submittedBy(third) {
    const { desk } = this;
    const options = ["provider", "third_party"].map((key) => {
      const input = element("input", "", []);
      Object.assign(input, { type: "radio", name: "submitted_by", value: key, checked: (key === "third_party") === third });
      return element("label", "form-option", [input, element("span", "", [desk.words.say(`submitted_by.${key}`)])]);
    });
    const group = element("div", "form-options form-options--list", options);
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", desk.words.say("head.submitted_by"));
    group.addEventListener("change", ({ target }) => {
      desk.setSubmittedBy(target.value);
      desk.show();
      document.querySelector(`input[name=submitted_by][value=${target.value}]`)?.focus();
    });
    const rows = [this.row("submitted_by", desk.words.say("head.submitted_by"), desk.words.say("head_hint.submitted_by"), [group], group)];
    if (third) rows.push(this.text("transcribed_on"));
    return element("div", "", rows);
  }

  text(key) {
    const { desk } = this;
    const input = made(`head-${key}`, headOf(desk.root, key), key.endsWith("_on") ? "form-control--date" : "form-control--line");
    if (key.endsWith("_on") && (!input.value || /^\d{4}-\d\d-\d\d$/.test(input.value))) input.type = "date";
    input.addEventListener("change", () => desk.setHead(key, input.value.trim()));
    return this.row(key, desk.words.say(`head.${key}`), desk.words.say(`head_hint.${key}`), [input], input);
  }

  focus(id) {
    const row = this.rows.get(id);
    row?.focus.focus();
    return Boolean(row);
  }

  refresh() {
    for (const [key, { problems, focus }] of this.rows) {
      const found = key === "id" ? [this.own ?? this.desk.problemsOfName()[0] ?? this.taken()].filter(Boolean) : this.desk.problemsOfHead(key);
      problems.replaceChildren(...found.map((one) => this.desk.problemBox(one)));
      if (found.some(({ severity }) => severity === "error")) focus.setAttribute("aria-invalid", "true");
      else focus.removeAttribute("aria-invalid");
    }
  }
}

function made(id, value, kind) {
  const input = element("input", `form-control ${kind}`, []);
  Object.assign(input, { id, type: "text", value, autocomplete: "off", spellcheck: false });
  return input;
}
