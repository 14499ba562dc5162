/**
 * /compare/: the services that the address names, side by side. All state is in the address; what is pressed makes a new
 * one, and the page shows what the address says.
 */
import { Data } from "../data.js";
import { element, fill, partsOf } from "../dom.js";
import { todayInTokyo } from "../expiry.js";
import { Picks } from "../picks.js";
import { Adding, pathOf } from "./adding.js";
import { Cells } from "./cells.js";
import { Controls } from "./controls.js";
import { shownRows } from "./rows.js";
import { Sheets } from "./sheets.js";
import { MOST, columns, moved, parse, settle, write } from "./state.js";
import { Table } from "./table.js";
import { Taking } from "./taking.js";

class Comparison {
  constructor(root) {
    this.root = root;
    this.part = partsOf(root);
    this.words = JSON.parse(root.dataset.words);
    this.picks = new Picks(root.dataset.site);
    this.narrow = matchMedia("(max-width: 48rem)");
    this.turn = 0;
    this.make(document.documentElement.lang);
    this.listen();
    this.fromAddress();
  }

  make(language) {
    const { root, part, words } = this;
    const data = new Data(new URL(root.dataset.api, document.baseURI).href);
    const templates = new Map([...root.querySelectorAll("template")].map((one) => [one.dataset.name, one]));
    const home = new URL(root.dataset.root, document.baseURI);
    const cells = new Cells(templates, { words, language, root: home, today: todayInTokyo(new Date()) });
    this.sheets = new Sheets(data);
    this.table = new Table(this.part("region"), cells, words, (name, value) => this.act(name, value));
    this.taking = new Taking(part, words, this.table);
    this.adding = new Adding(part, { words, language, data, add: (service) => this.add(service) });
    this.controls = new Controls(part, {
      words,
      of: (text) => cells.of(text),
      go: (change) => this.go(change),
      jump: (id) => this.table.jumpTo(id),
    });
  }

  // --- the address ---

  fromAddress() {
    this.search = location.search;
    this.state = parse(this.search);
    return this.show(this.state.dropped);
  }

  /** A new state; `say` is told when it is shown. */
  go(change, say = "", { replace = false } = {}) {
    this.state = { ...this.state, ...change };
    this.toAddress(replace ? "replaceState" : "pushState");
    if (change.services) {
      this.keepPicks();
      this.adding.offer(this.state.services, this.guideline);
    }
    return this.show([], say);
  }

  toAddress(how) {
    const search = write(this.state);
    if (search === this.search) return;
    this.search = search;
    history[how](null, "", `${location.pathname}${search}${how === "replaceState" ? location.hash : ""}`);
  }

  // --- what is shown ---

  async show(dropped, say = "") {
    const turn = ++this.turn;
    this.part("failed").hidden = true;
    if (!this.state.services.length) return this.showNothing(dropped);
    const slow = setTimeout(() => this.say(this.words.loading), 300);
    try {
      const { kept, guideline, gone, renamed } = await this.sheets.load(this.state.services);
      if (turn !== this.turn) return;
      this.state = { ...settle(this.state, renamed, [...kept.keys()]), dropped: [] };
      this.tell([...dropped, ...gone, ...this.lostSection(guideline)], renamed);
      this.toAddress("replaceState");
      if (!this.state.services.length) return this.showNothing(null);
      this.draw({ sheets: this.state.services.map((path) => kept.get(path)), guideline });
      this.say([say, this.countWords].filter(Boolean).join(" "));
      if (!this.isLanded) this.land();
    } catch (error) {
      if (!("status" in error)) throw error;
      if (turn === this.turn) this.showFailure();
    } finally {
      clearTimeout(slow);
    }
  }

  draw({ sheets, guideline }) {
    const { state } = this;
    this.guideline = guideline;
    state.folded = state.folded.filter((one) => guideline.sections.some(({ id }) => id === one));
    this.toAddress("replaceState");
    this.all = sheets;
    const { sections, counts } = shownRows(guideline.sections, sheets, state);
    this.shownSections = sections;
    const onScreen = columns(state, this.narrow.matches);
    this.countWords = fill(state.differences ? this.words.countDifferences : this.words.count, counts);
    this.table.draw({
      sections,
      guideline,
      services: state.services,
      sheets: sheets.filter(({ path }) => onScreen.includes(path)).sort((a, b) => onScreen.indexOf(a.path) - onScreen.indexOf(b.path)),
      base: sheets.find(({ path }) => path === state.base) ?? null,
      folded: state.folded,
      caption: this.words.caption,
      foot: `${this.countWords} ${location.origin}${location.pathname}${this.search}`,
    });
    this.part("empty").hidden = true;
    this.part("shown").hidden = false;
    this.part("one").hidden = sheets.length > 1;
    this.part("none").hidden = counts.shown > 0;
    this.part("none").textContent = state.differences ? this.words.noDifferences : this.words.noneShown;
    this.part("region").hidden = counts.shown === 0;
    this.controls.draw({ state, sheets, guideline, sections, onScreen, isNarrow: this.narrow.matches });
    this.adding.offer(state.services, guideline);
  }

  /** The section asked for, named and given up where the guideline has no such one. */
  lostSection(guideline) {
    const id = this.state.section;
    if (!id || !guideline || guideline.sections.some((section) => section.id === id)) return [];
    this.state.section = "";
    return [{ id, reason: "section" }];
  }

  showNothing(dropped) {
    if (dropped) this.tell(dropped, new Map());
    this.part("empty").hidden = false;
    this.part("shown").hidden = true;
    this.part("region").replaceChildren();
    this.guideline = null;
    this.all = [];
    this.say("");
    this.adding.open();
    this.adding.offer([], null);
  }

  showFailure() {
    this.say("");
    this.part("empty").hidden = true;
    this.part("shown").hidden = true;
    this.part("failed").hidden = false;
  }

  /** Names what is not shown, and what has another id now. */
  tell(dropped, renamed) {
    const reasons = { unknown: "droppedUnknown", withdrawn: "droppedWithdrawn", guideline: "droppedGuideline", many: "droppedMany" };
    const others = { base: "droppedBase", section: "droppedSection" };
    const told = (words) => dropped.filter(({ reason }) => words[reason]).map(({ id, name, reason }) => fill(this.words[words[reason]], { id, name: name ?? id }));
    const lines = told(reasons);
    const changes = [...told(others), ...[...renamed].map(([old, now]) => fill(this.words.renamed, { old, new: now }))];
    const list = (items) => element("ul", "", items.map((line) => element("li", "", [line])));
    const notice = this.part("notice");
    if (!lines.length && !changes.length) {
      notice.hidden = true;
      return;
    }
    notice.replaceChildren(
      ...(lines.length ? [element("p", "", [this.words.dropped]), list(lines)] : []),
      ...(changes.length ? [list(changes)] : []),
    );
    notice.hidden = false;
  }

  say(words) {
    this.part("status").textContent = words;
  }

  /** Once, to the section that the address names. */
  land() {
    this.isLanded = true;
    if (location.hash.startsWith("#section-")) this.table.jumpTo(location.hash.slice(1));
  }

  // --- what is pressed ---

  listen() {
    addEventListener("popstate", () => {
      if (location.search !== this.search) this.fromAddress();
    });
    this.narrow.addEventListener("change", () => this.all?.length && this.draw({ sheets: this.all, guideline: this.guideline }));
    const { taking } = this;
    const pressed = {
      add: () => this.adding.submit(),
      foldAll: () => this.foldAll(),
      unfoldAll: () => this.unfoldAll(),
      retry: () => this.fromAddress(),
      copyLink: () => taking.copyLink(),
      copyTsv: () => taking.copyTsv(),
      copyMarkdown: () => taking.copyMarkdown(),
      saveCsv: () => taking.saveCsv(),
      print: () => taking.print(),
    };
    for (const button of this.root.querySelectorAll("button[data-do]")) {
      button.addEventListener("click", pressed[button.dataset.do]);
    }
  }

  act(name, value) {
    const { state } = this;
    const sheet = this.sheets.get(value);
    switch (name) {
      case "fold": {
        const isFolded = state.folded.includes(value);
        const folded = isFolded ? state.folded.filter((one) => one !== value) : [...state.folded, value];
        return this.go({ folded }, "", { replace: true });
      }
      case "remove":
        return this.remove(sheet);
      default: {
        const services = moved(state.services, value, name === "left" ? -1 : 1);
        const number = services.indexOf(value) + 1;
        return this.go({ services }, fill(this.words.moved, { name: sheet.service_name, number }));
      }
    }
  }

  async remove(sheet) {
    const { services, base } = this.state;
    const place = services.indexOf(sheet.path);
    const left = services.filter((one) => one !== sheet.path);
    const said = fill(this.words.removed, { name: sheet.service_name, count: left.length });
    await this.go({ services: left, base: base === sheet.path ? "" : base }, said);
    (this.table.removeButton(left[Math.min(place, left.length - 1)]) ?? this.part("title")).focus();
  }

  foldAll() {
    return this.go({ folded: this.shownSections.map(({ id }) => id) }, "", { replace: true });
  }

  unfoldAll() {
    return this.go({ folded: [] }, "", { replace: true });
  }

  add(service) {
    if (!service) {
      this.say(this.words.noMatch);
      return;
    }
    const path = pathOf(service);
    const services = [...this.state.services, path];
    // On a narrow screen the new one is what one wants to see.
    const shown = this.narrow.matches && services.length > 2 ? [columns(this.state, true)[0], path] : this.state.shown;
    this.go({ services, shown }, fill(this.words.added, { name: service.service_name, count: services.length }));
    if (services.length >= MOST) this.part("title").focus();
  }

  keepPicks() {
    const known = (path) => this.sheets.get(path) ?? this.adding.find(path);
    const picked = this.state.services.map(known).filter(Boolean);
    this.picks.replace(picked.map((one) => ({ path: pathOf(one), name: one.service_name, guideline: one.guideline })));
  }
}

new Comparison(document.querySelector("[data-compare]"));
