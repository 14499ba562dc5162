// The last step: what is still wrong, how complete it is, how it will look, and where it goes.
import { element } from "../dom.js";
import { saveAs } from "../dom.js";
import { button } from "./blocks.js";
import { previewOf } from "./preview.js";
import { issuePage, LONGEST, mailAddress, repositoryPage, uploadPage } from "./send.js";

export class Finish {
  constructor(desk) {
    this.desk = desk;
    this.summary = element("section", "form-summary", []);
    this.figures = element("div", "form-figures", []);
    this.preview = element("div", "form-preview", []);
    this.output = element("div", "form-output", []);
    const { words } = desk;
    const part = (key, body) => element("section", "form-group", [element("h3", "form-group__title", [words.say(key)]), body]);
    this.node = element("div", "form-groups", [this.summary, part("finish.figures", this.figures), part("finish.send", this.output), part("finish.preview", this.preview)]);
    this.refresh();
  }

  focus() {
    const title = this.summary.querySelector("h3");
    title?.focus();
    return Boolean(title);
  }

  refresh() {
    const said = `${this.desk.text}\n${this.desk.name}\n${this.desk.reading ? 1 : 0}`;
    if (this.said === said) return;
    this.said = said;
    this.showSummary();
    this.showFigures();
    this.showOutput();
    this.showPreview();
  }

  // --- what is wrong ---

  showSummary() {
    const { words, problems } = this.desk;
    const errors = problems.filter(({ severity }) => severity === "error");
    const warnings = problems.filter(({ severity }) => severity !== "error");
    const title = element("h3", "form-summary__title", [errors.length ? words.say("summary.errors", { count: errors.length }) : words.say("summary.none")]);
    title.tabIndex = -1;
    this.summary.classList.toggle("form-summary--wrong", errors.length > 0);
    this.summary.replaceChildren(
      title,
      ...(errors.length ? [element("p", "", [words.say("summary.about")]), this.links(errors)] : [element("p", "", [words.say("summary.fine")])]),
      ...(warnings.length ? [element("h4", "", [words.say("summary.warnings", { count: warnings.length })]), this.links(warnings)] : []),
    );
  }

  links(problems) {
    const rows = problems.map((one) => {
      const link = element("a", "", [one.message]);
      const view = this.desk.viewOf(one);
      link.href = `#${this.desk.addressOf(view)}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.desk.go(view);
      });
      return element("li", "", [link]);
    });
    return element("ul", "form-summary__list", rows);
  }

  // --- how complete it is ---

  showFigures() {
    const { desk } = this;
    const sheets = desk.sheets();
    if (!desk.reading) return this.figures.replaceChildren(element("p", "", [desk.words.say("reading")]));
    if (!sheets.length) return this.figures.replaceChildren(element("p", "", [desk.words.say("figures_none")]));
    const rows = sheets.map(({ service, completeness }) => {
      const name = element("h4", "", [service.name || service.id]);
      if (!completeness) return element("div", "", [name, element("p", "", [desk.words.say("figures_third")])]);
      return element("div", "", [name, element("div", "form-meters", ["required", "optional"].filter((level) => completeness[level].owed).map((level) => desk.meter(level, completeness[level]))), this.statuses(completeness)]);
    });
    this.figures.replaceChildren(...rows);
  }

  statuses({ required, optional }) {
    const { words, marks } = this.desk;
    const names = ["disclosed", "partial", "on_request", "withheld", "unanswered"];
    const rows = names.map((name) => element("li", "form-figures__status", [marks.of(name), words.say(`status.${name}`), " ", element("b", "", [String(required[name] + optional[name])])]));
    return element("ul", "form-figures__statuses", rows);
  }

  // --- where it goes ---

  showOutput() {
    const { desk } = this;
    const { words } = desk;
    const name = `${desk.name || words.say("file_name_missing")}.yaml`;
    if (!desk.name) {
      const go = button(words.say("to_head"), "form-link");
      go.addEventListener("click", () => desk.go({ kind: "file", field: "id" }));
      this.output.replaceChildren(element("p", "", [words.say("name_first"), " ", go]), this.source());
      return;
    }
    const copy = button(words.say("copy"), "form-button");
    const save = button(words.say("save", { name }), "form-button form-button--main");
    const status = element("p", "form-status", []);
    status.setAttribute("role", "status");
    copy.addEventListener("click", async () => {
      const done = await navigator.clipboard.writeText(desk.text).then(() => true, () => false);
      status.textContent = words.say(done ? "copied" : "copy_failed");
      if (!done) this.area.focus();
    });
    save.addEventListener("click", () => {
      saveAs(name, desk.text, "application/yaml");
      status.textContent = words.say("saved", { name });
    });
    this.output.replaceChildren(element("p", "form-tools", [save, copy]), status, ...this.ways(name), this.source());
  }

  ways(name) {
    const { desk } = this;
    const { words, send } = desk;
    const ways = [];
    const page = repositoryPage(send, name, desk.text, desk.published);
    if (page) {
      const key = page.plain ? "plain" : page.filled ? "filled" : desk.published ? "edit" : "empty";
      ways.push([words.say(`send.${key}`), words.say(`send_hint.${key}`, { name, limit: LONGEST.toLocaleString() }), page.url]);
      const upload = uploadPage(send);
      if (upload && !page.filled) ways.push([words.say("send.upload"), words.say("send_hint.upload", { name }), upload]);
      const issue = issuePage(send);
      if (issue) ways.push([words.say("send.issue"), words.say("send_hint.issue", { name }), issue]);
    }
    const mail = mailAddress(send.contact, words.say("mail_subject", { name }), words.say("mail_body", { name, provider: desk.providerName() }));
    if (mail) ways.push([words.say("send.mail"), words.say("send_hint.mail", { name }), mail]);
    else if (send.contact) ways.push([words.say("send.contact"), words.say("send_hint.contact", { name, contact: send.contact }), ""]);
    if (!ways.length) return [element("p", "", [words.say("send_nowhere")])];
    const rows = ways.map(([title, hint, url]) => {
      const link = url ? element("a", "form-way__link", [title]) : element("b", "form-way__link", [title]);
      if (url) link.href = url;
      if (url.startsWith("https:")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      return element("li", "form-way", [link, element("p", "hint", [hint])]);
    });
    return [element("p", "", [words.say("send_about")]), element("ul", "form-ways", rows)];
  }

  source() {
    const { desk } = this;
    this.area = element("textarea", "form-control form-control--source", []);
    Object.assign(this.area, { value: desk.text, readOnly: true, rows: 16, wrap: "off", spellcheck: false });
    this.area.setAttribute("aria-label", desk.words.say("raw_text"));
    const edit = button(desk.words.say("edit_raw"), "form-button form-button--small");
    edit.addEventListener("click", () => desk.showRaw(desk.name, desk.text, desk.problems));
    return element("details", "form-source-box", [element("summary", "", [desk.words.say("show_source")]), this.area, element("p", "form-tools", [edit])]);
  }

  // --- how it will look ---

  showPreview() {
    const { desk } = this;
    const sheets = desk.sheets();
    if (!sheets.length) return this.preview.replaceChildren(element("p", "", [desk.words.say("preview_none")]));
    const choice = element("select", "form-control", sheets.map(({ service }, place) => new Option(service.name || service.id, place)));
    choice.setAttribute("aria-label", desk.words.say("preview_of"));
    choice.value = String(Math.min(this.shown ?? 0, sheets.length - 1));
    const body = element("div", "", []);
    const draw = () => {
      this.shown = Number(choice.value);
      body.replaceChildren(previewOf(desk, sheets[this.shown]));
    };
    const show = button(desk.words.say("preview_show"), "form-button");
    show.addEventListener("click", () => {
      this.opened = true;
      show.remove();
      draw();
    });
    choice.addEventListener("change", () => this.opened && draw());
    this.preview.replaceChildren(element("p", "hint", [desk.words.say("preview_about")]), ...(sheets.length > 1 ? [choice] : []), ...(this.opened ? [] : [show]), body);
    if (this.opened) draw();
  }
}
