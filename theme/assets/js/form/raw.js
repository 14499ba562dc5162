// A file that cannot be read as a disclosure: its text, what is wrong with it, and a box to mend it in. Nothing is lost.
import { element } from "../dom.js";
import { button } from "./blocks.js";

export class Raw {
  constructor(desk, name, text, problems) {
    this.desk = desk;
    this.name = name;
    const { words } = desk;
    this.title = element("h2", "", [words.say("raw_title", { name: name ? `${name}.yaml` : words.say("unnamed_file") })]);
    this.title.tabIndex = -1;
    this.list = element("ul", "form-summary__list", []);
    this.area = element("textarea", "form-control form-control--source", []);
    Object.assign(this.area, { value: text, spellcheck: false, wrap: "off", rows: 24, id: "form-raw" });
    this.newline = text.includes("\r\n") ? "\r\n" : "\n";
    this.original = text;
    this.area.setAttribute("aria-label", words.say("raw_text"));
    this.area.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), 300);
      desk.keepRaw(name, this.text());
    });
    const go = button(words.say("raw_open"), "form-button form-button--main");
    go.addEventListener("click", () => desk.open(name, this.text(), { base: desk.base, draft: desk.draft }));
    const back = button(words.say("back_to_start"), "form-button");
    back.addEventListener("click", () => desk.leave());
    this.node = element("div", "form-raw", [this.title, element("p", "", [words.say("raw_about")]), this.list, this.area, element("p", "form-tools", [go, back])]);
    this.show(problems);
  }

  /** A text box has line feeds only; the file keeps the line ends that it came with. */
  text() {
    const typed = this.area.value;
    if (typed === this.original.replace(/\r\n?/g, "\n")) return this.original;
    return this.newline === "\n" ? typed : typed.replaceAll("\n", this.newline);
  }

  async check() {
    this.show(await this.desk.problemsOfText(this.name, this.text()));
  }

  show(problems) {
    const { words } = this.desk;
    const rows = problems.slice(0, 50).map(({ message, hint, line, column, start, end }) => {
      const go = button(words.say("line", { line, column }), "form-link");
      go.addEventListener("click", () => {
        const before = this.text().slice(0, start).replace(/\r\n/g, "\n").length;
        this.area.focus();
        this.area.setSelectionRange(before, before + Math.max(1, end - start));
      });
      return element("li", "", [go, " ", message, hint ? element("p", "form-problem__hint", [hint]) : null]);
    });
    this.list.replaceChildren(...(rows.length ? rows : [element("li", "", [words.say("raw_fine")])]));
  }
}
