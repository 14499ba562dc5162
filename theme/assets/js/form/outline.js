// What stands around the open part of the form: how far it is, the table of contents, what to do with the file.
import { element } from "../dom.js";
import { button } from "./blocks.js";
import { viewAddress } from "./plan.js";

export class Outline {
  constructor(desk) {
    this.desk = desk;
    const { words } = desk;
    this.meters = element("div", "form-bar__meters", []);
    this.saved = element("span", "form-bar__saved", []);
    this.name = element("span", "form-bar__name", []);
    this.undo = button(words.say("undo"), "form-button form-button--small");
    this.redo = button(words.say("redo"), "form-button form-button--small");
    this.undo.addEventListener("click", () => desk.step("undo"));
    this.redo.addEventListener("click", () => desk.step("redo"));
    this.wrong = element("a", "form-bar__wrong", []);
    this.wrong.href = "#finish";
    const leave = button(words.say("back_to_start"), "form-button form-button--small");
    leave.addEventListener("click", () => desk.leave());
    const tools = element("div", "form-bar__tools", [this.undo, this.redo, this.wrong]);
    this.bar = element("div", "form-bar", [element("div", "form-bar__file", [this.name, this.saved]), this.meters, tools]);
    this.bar.setAttribute("role", "region");
    this.bar.setAttribute("aria-label", words.say("bar"));
    this.message = element("div", "form-notice", []);
    this.message.setAttribute("role", "status");
    this.nav = element("nav", "form-nav", []);
    this.nav.setAttribute("aria-label", words.say("sheet.sections"));
    this.aside = element("details", "form-aside", [element("summary", "form-aside__summary", [words.say("sheet.sections")]), this.nav, this.foot(leave)]);
    const wide = matchMedia("(min-width: 64rem)");
    this.wide = wide;
    const arrange = () => (this.aside.open = wide.matches);
    wide.addEventListener("change", arrange);
    arrange();
    this.nav.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) this.aside.open = false;
    });
    this.node = element("div", "form-outline", [this.bar, this.message, this.aside]);
    this.build();
  }

  foot(leave) {
    const { desk } = this;
    const drop = button(desk.words.say("draft_drop"), "form-button form-button--small");
    const sure = button(desk.words.say("draft_drop_sure"), "form-button form-button--small form-button--danger");
    sure.hidden = true;
    drop.addEventListener("click", () => {
      sure.hidden = !sure.hidden;
      if (!sure.hidden) sure.focus();
    });
    sure.addEventListener("click", () => desk.dropDraft());
    return element("p", "form-tools form-aside__foot", [leave, drop, sure]);
  }

  build() {
    const { desk } = this;
    const { words } = desk;
    this.views = [{ kind: "file" }];
    this.links = new Map();
    const groups = [element("ol", "", [this.item({ kind: "file" }), this.item({ kind: "blocks" })])];
    for (const place of desk.plan.places(desk.root)) {
      const sections = desk.plan.ofScope(place.scope);
      const title = element("h3", "form-nav__place", [place.scope === "provider" ? words.say("place.provider") : element("span", "form-nav__kind", [words.say(`place.${place.scope}`)]), place.scope === "provider" ? "" : element("span", "form-nav__name", [desk.nameOf(place)])]);
      title.dataset.place = `${place.scope}/${place.id}`;
      const views = sections.map(({ id }) => ({ kind: "section", place, section: id }));
      if (place.scope === "service" && desk.plan.overridable().length) views.push({ kind: "section", place, section: "own" });
      groups.push(title, element("ol", "", views.map((view) => this.item(view))));
      if (place.scope === "provider") this.views.push(...views, { kind: "blocks" });
      else this.views.push(...views);
    }
    if (!this.views.some(({ kind }) => kind === "blocks")) this.views.splice(1, 0, { kind: "blocks" });
    this.views.push({ kind: "finish" });
    groups.push(element("ol", "form-nav__last", [this.item({ kind: "finish" })]));
    this.nav.replaceChildren(...groups);
    this.refresh();
  }

  item(view) {
    const link = element("a", "", [element("span", "form-nav__title", [this.desk.titleOf(view)]), element("span", "form-nav__progress", [])]);
    link.href = `#${viewAddress(view)}`;
    this.links.set(viewAddress(view), { link, view });
    return element("li", "", [link]);
  }

  refresh() {
    const { desk } = this;
    const { words, problems = [] } = desk;
    const errors = problems.filter(({ severity }) => severity === "error").length;
    this.name.textContent = desk.name ? `${desk.name}.yaml` : words.say("unnamed_file");
    this.undo.disabled = !desk.history.before.length;
    this.redo.disabled = !desk.history.after.length;
    this.wrong.textContent = errors ? words.say("bar_errors", { count: errors }) : words.say("bar_fine");
    this.wrong.classList.toggle("form-bar__wrong--some", errors > 0);
    const total = desk.reading?.completeness;
    this.meters.replaceChildren(...(total ? ["required", "optional"].filter((level) => total[level].owed).map((level) => desk.meter(level, total[level])) : []));
    for (const { link, view } of this.links.values()) this.mark(link, view);
    for (const title of this.nav.querySelectorAll("[data-place]")) {
      const [scope, id] = title.dataset.place.split("/");
      const name = title.querySelector(".form-nav__name");
      if (name) name.textContent = desk.nameOf({ scope, id });
    }
  }

  mark(link, view) {
    const { desk } = this;
    const open = desk.view && viewAddress({ ...desk.view, field: "" }) === viewAddress(view);
    if (open && !link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "page");
      if (this.wide.matches) this.aside.scrollTop = Math.max(0, link.offsetTop - this.aside.clientHeight / 2);
    } else if (!open) link.removeAttribute("aria-current");
    const progress = link.querySelector(".form-nav__progress");
    progress.textContent = view.kind === "section" && view.section !== "own" ? this.progress(view) : "";
    const prefix = viewAddress(view);
    const wrong = [...(desk.placed ?? new Map())].some(([address, found]) => address.split(":")[0] === prefix && found.some(({ severity, code }) => severity === "error" && (desk.finished || code !== "name-missing")));
    link.classList.toggle("form-nav__link--wrong", wrong);
    if (wrong) progress.append(` ${desk.words.say("nav_wrong")}`);
  }

  /** 3/7 of what is 必須, or of all where nothing is. */
  progress({ place, section }) {
    const { desk } = this;
    const all = desk.plan.slots.filter((slot) => slot.section.id === section);
    const required = all.filter(({ field }) => field.level === "required");
    const slots = required.length ? required : all;
    const given = slots.filter(({ field }) => desk.answerAt(place, field.id)?.status === "disclosed");
    return `${required.length ? "" : `${desk.words.of(desk.guideline.levels.optional)} `}${given.length}/${slots.length}`;
  }

  /** Something to know, with what can be done about it. */
  notice(text, ...tools) {
    this.message.replaceChildren(...(text ? [element("p", "notice", [text, " ", ...tools])] : []));
  }

  kept(when) {
    const time = new Intl.DateTimeFormat(this.desk.words.language, { timeStyle: "short" }).format(when);
    this.saved.textContent = this.desk.words.say("saved_at", { time });
  }

  /** To the part before and after the one that is open. */
  pager(view) {
    const own = viewAddress({ ...view, field: "" });
    const place = this.views.findIndex((one) => viewAddress(one) === own);
    const link = (target, key) => {
      if (!target) return null;
      const name = target.place && target.place.scope !== "provider" && target.place.id !== view.place?.id ? this.desk.nameOf(target.place) : "";
      const title = name ? this.desk.words.say("title_of", { title: this.desk.titleOf(target), name }) : this.desk.titleOf(target);
      const made = element("a", `form-button${key === "next" ? " form-button--main" : ""}`, [this.desk.words.say(key, { title })]);
      made.href = `#${viewAddress(target)}`;
      return made;
    };
    const made = element("nav", "form-pager", [link(this.views[place - 1], "previous"), link(this.views[place + 1], "next")]);
    made.setAttribute("aria-label", this.desk.words.say("pager"));
    return made;
  }
}
