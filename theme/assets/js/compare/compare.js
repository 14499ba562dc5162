/**
 * /compare/: the services that the address names, side by side. All state is in the address; what is pressed makes a new
 * one, and the page shows what the address says.
 */
import { Data } from "../data.js";
import { element, fill, saveAs } from "../dom.js";
import { todayInTokyo } from "../expiry.js";
import { Picks } from "../picks.js";
import { Cells } from "./cells.js";
import { byField, merged, shownRows } from "./rows.js";
import { MOST, columns, moved, parse, settle, write } from "./state.js";
import { Table } from "./table.js";
import { csv, gridOf, markdown, tsv } from "./take.js";

const MOST_OFFERED = 100;

class Comparison {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.language = document.documentElement.lang;
    this.data = new Data(new URL(root.dataset.api, document.baseURI).href);
    this.picks = new Picks(root.dataset.site);
    this.narrow = matchMedia("(max-width: 48rem)");
    const templates = new Map([...root.querySelectorAll("template")].map((one) => [one.dataset.name, one]));
    this.cells = new Cells(templates, {
      words: this.words,
      language: this.language,
      root: new URL(root.dataset.root, document.baseURI),
      today: todayInTokyo(new Date()),
    });
    this.table = new Table(this.part("region"), this.cells, this.words, (name, value) => this.act(name, value));
    this.sheets = new Map();
    this.turn = 0;
    this.listen();
    this.fromAddress();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
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
    if (change.services) this.keepPicks();
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
      const found = await this.load(dropped);
      if (turn !== this.turn) return;
      this.tell(found.dropped, found.renamed);
      this.toAddress("replaceState");
      if (!this.state.services.length) return this.showNothing(null);
      this.draw(found);
      this.say([say, this.countWords].filter(Boolean).join(" "));
      if (!this.isLanded) this.land();
    } catch (error) {
      if (!("status" in error)) throw error;
      if (turn === this.turn) this.showFailure();
    } finally {
      clearTimeout(slow);
    }
  }

  /** The sheets that can be compared, and what became of the others. */
  async load(dropped) {
    const asked = this.state.services;
    const sheets = await Promise.all(asked.map((path) => this.sheet(path)));
    const renamed = new Map();
    const gone = [...dropped];
    const kept = new Map();
    asked.forEach((id, place) => {
      const sheet = sheets[place];
      const first = [...kept.values()][0];
      if (!sheet) gone.push({ id, reason: "unknown" });
      else if (sheet.state === "withdrawn") gone.push({ id, name: sheet.service_name, reason: "withdrawn" });
      else if (first && first.guideline !== sheet.guideline) gone.push({ id, name: sheet.service_name, reason: "guideline" });
      else {
        if (sheet.path !== id) renamed.set(id, sheet.path);
        kept.set(sheet.path, sheet);
      }
    });
    const guideline = kept.size ? await this.guidelineOf([...kept.values()]) : null;
    this.state = { ...settle(this.state, renamed, [...kept.keys()]), dropped: [] };
    return { sheets: this.state.services.map((path) => kept.get(path)), guideline, dropped: gone, renamed };
  }

  /** A sheet with its rows by field; null where there is none. */
  async sheet(path) {
    let found;
    try {
      found = await this.data.service(path);
    } catch (error) {
      if (error.status === 404) return null;
      throw error;
    }
    const present = `${found.provider}/${found.service}`;
    if (!this.sheets.has(present)) this.sheets.set(present, { ...found, path: present, rows: byField(found) });
    return this.sheets.get(present);
  }

  /** The newest version, with the sections of all versions that the sheets answer. */
  async guidelineOf(sheets) {
    const newest = await this.data.guideline(sheets[0].guideline);
    const others = [...new Set(sheets.map((sheet) => sheet.guideline_version))].filter((one) => one !== newest.version);
    const versions = [newest, ...(await Promise.all(others.map((one) => this.data.guideline(newest.id, one))))];
    return { ...newest, sections: merged(versions) };
  }

  draw({ sheets, guideline }) {
    const { state } = this;
    this.guideline = guideline;
    if (!guideline.sections.some(({ id }) => id === state.section)) state.section = "";
    state.folded = state.folded.filter((one) => guideline.sections.some(({ id }) => id === one));
    this.toAddress("replaceState");
    this.all = sheets;
    const { sections, counts } = shownRows(guideline.sections, sheets, state);
    this.shownSections = sections;
    const onScreen = columns(state, this.narrow.matches);
    this.table.draw({
      sections,
      guideline,
      services: state.services,
      sheets: sheets.filter(({ path }) => onScreen.includes(path)).sort((a, b) => onScreen.indexOf(a.path) - onScreen.indexOf(b.path)),
      base: sheets.find(({ path }) => path === state.base) ?? null,
      folded: state.folded,
      caption: this.words.caption,
      address: location.origin + location.pathname + this.search,
    });
    this.countWords = fill(state.differences ? this.words.countDifferences : this.words.count, counts);
    this.part("empty").hidden = true;
    this.part("shown").hidden = false;
    this.part("one").hidden = sheets.length > 1;
    this.part("none").hidden = counts.shown > 0;
    this.part("none").textContent = state.differences ? this.words.noDifferences : this.words.noneShown;
    this.part("region").hidden = counts.shown === 0;
    this.drawControls(sheets, guideline, onScreen);
    this.drawJumps(sections);
    this.offer();
  }

  drawControls(sheets, guideline, onScreen) {
    const { state } = this;
    const names = sheets.map((sheet) => [sheet.path, sheet.service_name]);
    const control = (name) => this.part("controls").querySelector(`[name="${name}"]`);
    control("diff").checked = state.differences;
    control("diff").disabled = sheets.length < 2;
    control("required").checked = state.required;
    this.part("required-words").textContent = fill(this.words.required, { level: this.cells.of(guideline.levels.required) });
    const sections = guideline.sections.map(({ id, title }) => [id, this.cells.of(title)]);
    choose(control("section"), [["", this.words.sectionAll], ...sections], state.section);
    choose(control("base"), [["", this.words.baseNone], ...names], state.base);
    this.part("phone").hidden = !this.narrow.matches || sheets.length < 3;
    [control("column1"), control("column2")].forEach((select, place) => choose(select, names, onScreen[place] ?? ""));
    this.part("print-hint").hidden = sheets.length < 5;
    this.part("fold-all").hidden = this.shownSections.length < 2;
  }

  drawJumps(sections) {
    const links = sections.map(({ id, title, count }) => {
      const link = element("a", "", [this.cells.of(title)]);
      link.href = `#section-${id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(null, "", link.href);
        this.table.jumpTo(`section-${id}`);
      });
      return element("li", "", [link, " ", element("span", "quiet", [fill(this.words.rows, { count })])]);
    });
    this.part("jumps").replaceChildren(element("ul", "", links));
    this.part("jump").hidden = sections.length < 2;
  }

  showNothing(dropped) {
    if (dropped) this.tell(dropped, new Map());
    this.part("empty").hidden = false;
    this.part("shown").hidden = true;
    this.part("region").replaceChildren();
    this.guideline = null;
    this.all = [];
    this.say("");
    this.part("add").open = true;
    this.offer();
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
    const lines = dropped.map(({ id, name, reason }) => fill(this.words[reasons[reason]], { id, name: name ?? id }));
    const changes = [...renamed].map(([old, now]) => fill(this.words.renamed, { old, new: now }));
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
    this.part("controls").addEventListener("change", (event) => this.changed(event.target));
    for (const button of this.root.querySelectorAll("button[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.part("add").addEventListener("toggle", () => this.offer());
    this.part("find").addEventListener("input", () => this.offer());
    this.part("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.add();
    });
  }

  changed(control) {
    const { state } = this;
    switch (control.name) {
      case "diff":
        return this.go({ differences: control.checked });
      case "required":
        return this.go({ required: control.checked });
      case "section":
        return this.go({ section: control.value });
      case "base":
        return this.go({ base: control.value });
      default: {
        const place = control.name === "column1" ? 0 : 1;
        const shown = columns(state, true);
        // The one that the other column shows changes places with it.
        if (shown[1 - place] === control.value) shown[1 - place] = shown[place];
        shown[place] = control.value;
        return this.go({ shown });
      }
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

  retry() {
    return this.fromAddress();
  }

  // --- adding ---

  /** The services that could be added, as far as they match what was typed. */
  async offer() {
    if (!this.part("add").open) return;
    const isFull = this.state.services.length >= MOST;
    this.part("add-full").hidden = !isFull;
    this.part("add-form").hidden = isFull;
    if (isFull) return;
    try {
      this.known ??= (await this.data.catalog()).services.filter(({ state }) => state !== "withdrawn");
    } catch {
      this.part("add-count").textContent = this.words.failed;
      return;
    }
    const wanted = plain(this.part("find").value).split(/\s+/);
    const found = this.known.filter((one) => this.fits(one, wanted));
    const options = found.slice(0, MOST_OFFERED).map((one) => [pathOf(one), `${one.service_name} — ${one.provider_name}`]);
    choose(this.part("choice"), options, options[0]?.[0] ?? "");
    const words = found.length > MOST_OFFERED ? this.words.foundMore : found.length ? this.words.found : this.words.foundNone;
    this.part("add-count").textContent = fill(words, { count: found.length, shown: MOST_OFFERED });
  }

  fits(service, wanted) {
    if (this.guideline && service.guideline !== this.guideline.id) return false;
    const path = pathOf(service);
    const names = plain(`${service.service_name} ${service.provider_name} ${path}`);
    return !this.state.services.includes(path) && wanted.every((word) => names.includes(word));
  }

  async add() {
    if (!this.known) await this.offer();
    const chosen = this.known?.find((one) => pathOf(one) === this.part("choice").value);
    if (!chosen) {
      this.say(this.words.noMatch);
      return;
    }
    const services = [...this.state.services, pathOf(chosen)];
    // On a narrow screen the new one is what one wants to see.
    const shown = this.narrow.matches && services.length > 2 ? [columns(this.state, true)[0], pathOf(chosen)] : this.state.shown;
    this.part("find").value = "";
    await this.go({ services, shown }, fill(this.words.added, { name: chosen.service_name, count: services.length }));
    if (services.length >= MOST) this.part("title").focus();
  }

  keepPicks() {
    const known = (path) => this.sheets.get(path) ?? this.known?.find((one) => pathOf(one) === path);
    const picked = this.state.services.map(known).filter(Boolean);
    this.picks.replace(picked.map((one) => ({ path: pathOf(one), name: one.service_name, guideline: one.guideline })));
  }

  // --- taking along ---

  async grid() {
    await this.table.done;
    return gridOf(this.part("region").querySelector("table"), this.words);
  }

  copyLink() {
    return this.copy(location.href);
  }

  async copyTsv() {
    return this.copy(tsv(await this.grid()));
  }

  async copyMarkdown() {
    return this.copy(markdown(await this.grid()));
  }

  async copy(text) {
    const box = this.part("by-hand");
    try {
      await navigator.clipboard.writeText(text);
      box.hidden = true;
      this.part("copied").textContent = this.words.copied;
    } catch {
      box.hidden = false;
      box.querySelector("textarea").value = text;
      box.querySelector("textarea").select();
      this.part("copied").textContent = this.words.copyByHand;
    }
  }

  async saveCsv() {
    saveAs(this.words.file, csv(await this.grid()), "text/csv;charset=utf-8");
  }

  async print() {
    await this.table.done;
    window.print();
  }
}

/** The options of a select, as [value, words], and which of them is chosen. */
function choose(select, options, value) {
  select.replaceChildren(
    ...options.map(([id, words]) => {
      const option = element("option", "", [words]);
      option.value = id;
      return option;
    }),
  );
  select.value = value;
}

function pathOf({ provider, service }) {
  return `${provider}/${service}`;
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase().trim();
}

new Comparison(document.querySelector("[data-compare]"));
