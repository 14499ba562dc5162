// What stands there before a file is open: begin anew, go on with a draft, open a file from the disk or from the catalog.
import { element } from "../dom.js";
import { button } from "./blocks.js";

export class Start {
  constructor(desk) {
    this.desk = desk;
    this.node = element("div", "form-start", [this.drafts(), this.anew(), this.disk(), this.catalog()].filter(Boolean));
  }

  card(key, nodes) {
    const { words } = this.desk;
    const title = element("h2", "form-start__title", [words.say(`start.${key}`)]);
    title.id = `start-${key}`;
    const made = element("section", `form-start__card form-start__card--${key}`, [title, element("p", "hint", [words.say(`start_hint.${key}`)]), ...nodes]);
    made.setAttribute("aria-labelledby", title.id);
    return made;
  }

  drafts() {
    const { desk } = this;
    const { words } = desk;
    const all = desk.drafts.all();
    if (!desk.drafts.works) return element("p", "notice form-start__wide", [words.say("no_storage")]);
    if (!all.length) return null;
    const rows = all.map((draft) => {
      const name = draft.name ? `${draft.name}.yaml` : words.say("unnamed_file");
      const when = new Intl.DateTimeFormat(words.language, { dateStyle: "medium", timeStyle: "short" }).format(draft.changed);
      const go = button(words.say("draft_open"), "form-button form-button--small form-button--main");
      const drop = button(words.say("draft_drop"), "form-button form-button--small");
      for (const one of [go, drop]) one.append(element("span", "visually-hidden", [` ${name}`]));
      go.addEventListener("click", () => desk.resume(draft));
      const row = element("li", "form-draft", [element("span", "form-draft__name", [name]), element("span", "hint", [when]), go, drop]);
      drop.addEventListener("click", () => {
        desk.drafts.drop(draft.key);
        desk.showStart();
        desk.announce(words.say("draft_dropped", { name }));
        desk.box.querySelector("h2")?.focus?.();
      });
      return row;
    });
    const clear = button(words.say("drafts_clear"), "form-button form-button--small");
    clear.addEventListener("click", () => {
      for (const draft of all) desk.drafts.drop(draft.key);
      desk.showStart();
      desk.announce(words.say("drafts_cleared"));
    });
    return this.card("drafts", [element("ul", "form-drafts", rows), all.length > 1 && clear].filter(Boolean));
  }

  anew() {
    const { desk } = this;
    const { words } = desk;
    const choice = element("select", "form-control", desk.guidelines.map(({ id, title }) => new Option(title, id)));
    choice.setAttribute("aria-label", words.say("guideline"));
    const go = button(words.say("start_button.anew"), "form-button form-button--main");
    go.addEventListener("click", () => desk.begin(choice.value));
    return this.card("anew", [desk.guidelines.length > 1 && choice, element("p", "form-start__act", [go])].filter(Boolean));
  }

  disk() {
    const { desk } = this;
    const input = element("input", "form-file__input", []);
    Object.assign(input, { type: "file", accept: ".yaml,.yml,text/yaml,application/yaml", id: "form-file" });
    input.addEventListener("change", () => input.files[0] && desk.openFile(input.files[0]));
    const label = element("label", "form-button", [desk.words.say("start_button.disk")]);
    label.htmlFor = input.id;
    const made = this.card("disk", [element("p", "form-start__act form-file", [input, label])]);
    made.addEventListener("dragover", (event) => {
      event.preventDefault();
      made.classList.add("form-start__card--over");
    });
    made.addEventListener("dragleave", () => made.classList.remove("form-start__card--over"));
    made.addEventListener("drop", (event) => {
      event.preventDefault();
      made.classList.remove("form-start__card--over");
      if (event.dataTransfer.files[0]) desk.openFile(event.dataTransfer.files[0]);
    });
    return made;
  }

  catalog() {
    const { desk } = this;
    const { words } = desk;
    const choice = element("select", "form-control form-control--line", [new Option(words.say("loading"), "")]);
    choice.setAttribute("aria-label", words.say("start.catalog"));
    const go = button(words.say("start_button.catalog"), "form-button");
    go.addEventListener("click", () => choice.value && desk.openFromCatalog(choice.value));
    desk.data.file("sources.json").then(
      ({ files }) => choice.replaceChildren(...files.map((one) => new Option(`${words.language === "en" && one.name_en ? one.name_en : one.name} (${one.file}.yaml)`, one.file))),
      () => choice.replaceChildren(new Option(words.say("failed"), "")),
    );
    return this.card("catalog", [element("p", "form-start__act", [choice, go])]);
  }
}
