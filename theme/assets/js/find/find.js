/**
 * Finding services: components/find.html, css/components/find.css. Filters, sorting and the search box narrow one list;
 * what is wanted stands in the page's address. What providers wrote goes into the page as text.
 */

import { Data, inLanguage } from "../data.js";
import { element, fill } from "../dom.js";
import { todayInTokyo } from "../expiry.js";
import { nothing, parse, sorts, write } from "./address.js";
import { guidelineFacets, ownFacets, servicesOf, WHO } from "./facets.js";
import { List, parts } from "./list.js";
import { boundWords, Panel } from "./panel.js";
import { select, sorted } from "./selection.js";

/** How many rows are shown at first, and with each `more`; how many of them at once. */
const FIRST = 50;
const MORE = 100;
const SCREEN = 10;

/** After the browser has shown what there is; not every browser tells when it has nothing to do. */
const whenIdle = (then) =>
  globalThis.requestIdleCallback ? requestIdleCallback(then, { timeout: 300 }) : setTimeout(then, 50);

/** The data is read; what the address asks for is shown. */
export async function open(root) {
  const words = JSON.parse(root.dataset.words);
  const [found, search] = await Promise.all([
    new Data(new URL(root.dataset.api, document.baseURI).href).file("find.json"),
    document.querySelector("[data-search]") ? import("../search.js") : null,
  ]);
  return new Find(root, words, found, search?.boxes[0]);
}

class Find {
  constructor(root, words, found, box) {
    const part = (name) => root.querySelector(`[data-find-${name}]`);
    Object.assign(this, { root, words, found, box, language: root.dataset.language });
    [this.button, this.place, this.status, this.told, this.result, this.static] = [
      ..."open panel status told result static".split(" ").map(part),
    ];
    this.services = servicesOf(found, todayInTokyo(new Date()));
    this.collator = new Intl.Collator(this.language, { numeric: true });
    const used = new Set(this.services.map((one) => one.guideline));
    this.guidelines = found.guidelines
      .filter((one) => used.has(one.id))
      .map((one) => ({ id: one.id, title: inLanguage(one.title, this.language), level: inLanguage(one.required, this.language) }));
    const [level, ...more] = new Set(this.guidelines.map((one) => one.level));
    if (level && !more.length) words.completeness = fill(words.completenessOf, { level });
    this.own = ownFacets(this.services, (name) => words[name]);
    this.byGuideline = new Map();
    this.list = new List(root, words, (service) => this.shape(service));
    this.text = { query: "", among: null, told: "", pending: false };
    this.limit = FIRST;
    this.listen();
    this.fromAddress();
    if (this.asked && matchMedia("(min-width: 64rem)").matches) this.toggle(true);
  }

  listen() {
    addEventListener("popstate", () => this.fromAddress());
    for (const one of document.querySelectorAll(".view-switch input")) one.addEventListener("change", () => this.render());
    if (!this.box) return;
    this.box.asked = (query) => this.search(query);
    if (this.box.query) this.search(this.box.query);
  }

  // --- what there is ---

  /** The facets that go with a guideline; with none, those of the only one there is. Null: there is no such guideline. */
  facetsOf(guideline) {
    const only = this.guidelines.length === 1 ? this.guidelines[0].id : "";
    const id = guideline || only;
    if (guideline && !this.guidelines.some((one) => one.id === guideline)) return null;
    if (!this.byGuideline.has(id)) {
      const fields = id ? guidelineFacets(this.found, id, this.services, this.language, (role) => this.words[role]) : [];
      this.byGuideline.set(id, [...this.own, ...fields.filter(isAnswered)]);
    }
    return this.byGuideline.get(id);
  }

  get facets() {
    return this.facetsOf(this.state.guideline);
  }

  /** The labels of a service's types, in the order of the definition, and the level that its figures count. */
  shape({ rank, guideline }) {
    this.shapes ??= new Map(this.guidelines.map(({ id, level }) => [id, { level, types: this.typesOf(id) }]));
    const { level, types } = this.shapes.get(guideline);
    return { level, types: types(rank) };
  }

  typesOf(guideline) {
    const facet = this.facetsOf(guideline).find((one) => one.role === "service_type");
    if (!facet) return () => [];
    return (service) => facet.options.filter(({ key }) => facet.codes[facet.of[service]]?.has(key)).map(({ label }) => label);
  }

  // --- what is wanted ---

  get asked() {
    return this.state.wishes.size > 0 || this.state.guideline !== "" || this.state.sort.by !== "" || this.dropped.length > 0;
  }

  fromAddress() {
    const { state, dropped } = parse(location.search, (guideline) => this.facetsOf(guideline));
    if (this.guidelines.length === 1) state.guideline = "";
    this.state = state;
    this.dropped = dropped;
    this.limit = FIRST;
    this.show();
  }

  /** Show a changed state, which becomes a step of the browser's history. */
  go(change) {
    Object.assign(this.state, change);
    this.dropped = [];
    this.limit = FIRST;
    const query = write(this.box?.query ?? "", this.state, this.facets);
    history.pushState(null, "", `${location.pathname}${query}`);
    this.show();
  }

  wish(name, wanted) {
    const wishes = new Map(this.state.wishes);
    if (wanted) wishes.set(name, wanted);
    else wishes.delete(name);
    this.go({ wishes });
  }

  /** Another guideline asks for other fields: what was wanted of the former one's is given up. */
  choose(guideline) {
    const own = new Set(this.own.map((facet) => facet.name));
    const wishes = new Map([...this.state.wishes].filter(([name]) => own.has(name)));
    const sort = [...own, "name", "date"].includes(this.state.sort.by) ? this.state.sort : nothing().sort;
    this.go({ guideline, wishes, sort });
  }

  // --- the search box: names at once, then what the sheets say ---

  async search(query) {
    if (query === this.text.query) return;
    const { words } = this;
    this.text = { query, among: null, told: "", pending: Boolean(query) };
    if (!query) return this.show();
    const stale = () => query !== this.text.query;
    const { named } = await import("./names.js");
    if (stale()) return;
    const among = named(query, this.services);
    const now = (told, pending = false) => {
      this.text = { query, among, told, pending };
      this.limit = FIRST;
      this.show();
    };
    now(`${fill(words.queryNames, { query })} ${words.querySearching}`, true);
    try {
      const engine = await this.box.engine();
      const { paths, certain } = await engine.pathsFor(query);
      if (stale()) return;
      for (const one of this.services) if (paths.has(one.path)) among.add(one.path);
      now(fill(certain ? words.query : words.queryLoose, { query }));
    } catch (error) {
      if (stale()) return;
      console.error(error);
      now(`${fill(words.queryNames, { query })} ${words.queryFailed}`);
    }
  }

  // --- showing ---

  show() {
    const { facets, state } = this;
    const inText = (one) => !this.text.among || this.text.among.has(one.path);
    const inGuideline = (one) => !state.guideline || one.guideline === state.guideline;
    const among = this.services.map((one) => inText(one) && inGuideline(one));
    const { shown, answers } = select(facets, state.wishes, among);
    const order = sorted(shown, this.services, facets, state.sort, this.collator);
    const services = order.map((rank) => this.services[rank]);
    this.shown = WHO.flatMap((who) => services.filter((one) => one.who === who)); // samples stand apart in any order
    this.panelOf(state.guideline).update(state, answers, this.countGuidelines(inText));
    this.tell();
    this.render();
    this.narrowSearch(facets, inGuideline);
  }

  /** How many services of each guideline would be shown if it were chosen. */
  countGuidelines(inText) {
    if (this.guidelines.length < 2) return new Map();
    const own = new Map([...this.state.wishes].filter(([name]) => this.own.some((facet) => facet.name === name)));
    const counts = new Map();
    for (const place of select(this.own, own, this.services.map(inText)).shown) {
      const { guideline } = this.services[place];
      counts.set(guideline, (counts.get(guideline) ?? 0) + 1);
    }
    return counts;
  }

  /** The search's own results keep to the same services. */
  narrowSearch(facets, inGuideline) {
    if (!this.box) return;
    const wished = this.state.wishes.size > 0 || this.state.guideline !== "";
    const paths = () => select(facets, this.state.wishes, this.services.map(inGuideline)).shown.map((one) => this.services[one].path);
    this.box.narrow(wished && this.text.query ? paths() : null);
  }

  panelOf(guideline) {
    if (!this.panel || this.panel.guideline !== guideline) {
      const panel = new Panel(this.words, this.facets, this.guidelines, {
        changed: (name, wanted) => this.wish(name, wanted),
        chosen: (id) => this.choose(id),
        closed: () => this.close(),
      });
      const focused = this.panel?.select && document.activeElement === this.panel.select;
      this.place.replaceChildren(panel.node);
      if (focused) panel.select.focus();
      this.panel = Object.assign(panel, { guideline });
    }
    return this.panel;
  }

  close() {
    this.toggle(false);
    this.button.focus();
    this.status.scrollIntoView();
  }

  toggle(open = this.place.hidden) {
    this.place.hidden = !open;
    this.root.classList.toggle("find--open", open);
    this.button.setAttribute("aria-expanded", String(open));
    this.button.textContent = open ? this.words.close : this.words.open;
  }

  /** The status line, the chips, what was dropped, the sorting. */
  tell() {
    const { words, shown } = this;
    const all = this.services.length;
    const count = fill(shown.length === all ? words.countAll : words.count, {
      all: all.toLocaleString("en"),
      shown: shown.length.toLocaleString("en"),
      parts: parts(shown, words),
    });
    const none = this.text.pending ? words.querySearching : `${words.none} ${words.noneHint}`;
    this.status.textContent = shown.length ? count : none;
    this.told.replaceChildren(...[this.droppedNotice(), this.textNotice(), this.chips(), this.sorting()].filter(Boolean));
    this.told.hidden = false;
    this.tellAtSearch();
  }

  /** Beside the search's own results, which stand above: that the list follows, and where it is. */
  tellAtSearch() {
    if (!this.jump) {
      this.jump = element("p", "find__jump", [element("a", "", [])]);
      this.jump.firstChild.href = "#services";
      document.querySelector("[data-search] .search__status")?.after(this.jump);
    }
    this.jump.hidden = !this.text.query || this.text.pending;
    this.jump.firstChild.textContent = fill(this.words.jump, { count: this.shown.length.toLocaleString("en") });
  }

  droppedNotice() {
    if (!this.dropped.length) return null;
    const each = this.dropped.map(([name, value]) => element("li", "", [fill(this.words.droppedOne, { name, value })]));
    return element("div", "notice find__dropped", [element("p", "", [this.words.dropped]), element("ul", "", each)]);
  }

  textNotice() {
    return this.text.told && element("p", "find__text", [this.text.told]);
  }

  /** What was chosen, each with a button that takes it away again. */
  chips() {
    const chips = this.facets.flatMap((facet) => {
      const wanted = this.state.wishes.get(facet.name);
      return wanted ? this.chipsOf(facet, wanted) : [];
    });
    if (!chips.length && !this.state.guideline) return null;
    const clear = element("button", "find__clear", [this.words.clear]);
    clear.type = "button";
    clear.addEventListener("click", () => {
      this.go({ wishes: new Map(), guideline: "" });
      this.button.focus();
    });
    return element("ul", "find__chips", [...chips, clear].map((one) => element("li", "", [one])));
  }

  chipsOf(facet, { keys, bound }) {
    const label = (key) => facet.options.find((option) => option.key === key)?.label ?? this.words.codes[key];
    const without = (key) => {
      const rest = { keys: new Set([...keys].filter((one) => one !== key)), bound: key === null ? null : bound };
      return rest.keys.size || rest.bound !== null ? rest : null;
    };
    const all = [...(bound === null ? [] : [[null, boundWords(facet, bound, this.words)]]), ...[...keys].map((key) => [key, label(key)])];
    return all.map(([key, option]) => this.chip(facet, option, () => this.wish(facet.name, without(key))));
  }

  chip(facet, option, remove) {
    const chip = element("button", "find__chip", [
      fill(this.words.chip, { facet: facet.title, option }),
      element("span", "visually-hidden", [this.words.remove]),
    ]);
    chip.type = "button";
    chip.addEventListener("click", () => {
      const place = [...this.told.querySelectorAll(".find__chip")].indexOf(chip);
      remove();
      const left = this.told.querySelectorAll(".find__chip");
      (left[Math.min(place, left.length - 1)] ?? this.button).focus();
    });
    return chip;
  }

  sorting() {
    const { by, descending } = this.state.sort;
    const [what, direction] = (this.panel.sorting ??= this.buildSorting());
    what.select.value = by;
    direction.select.value = descending ? "-" : "";
    return element("p", "find__sort", [what.label, " ", by && direction.label]);
  }

  buildSorting() {
    const { words } = this;
    const names = [["", words.listed], ["name", words.name], ["date", words.date]];
    const what = this.choice(words.sort, [...names, ...this.facets.map((facet) => [facet.name, facet.title])]);
    const direction = this.choice(words.direction, [["", words.ascending], ["-", words.descending]]);
    const sort = (select, by, descending) => {
      this.go({ sort: { by, descending } });
      select.focus();
    };
    what.select.addEventListener("change", ({ target }) => sort(target, target.value, this.startsDescending(target.value)));
    direction.select.addEventListener("change", ({ target }) => sort(target, this.state.sort.by, target.value === "-"));
    return [what, direction];
  }

  choice(title, options) {
    const select = element("select", "", options.map(([value, label]) => new Option(label, value)));
    return { select, label: element("label", "find__label", [title, " ", select]) };
  }

  /** What somebody looks for first: the newest, the most. */
  startsDescending(by) {
    return by === "date" || this.facets.find((facet) => facet.name === by)?.facet === "at_least";
  }

  /** The first rows at once; those that are further down than most screens after the browser has shown the first. */
  render() {
    const place = element("div", "", []);
    this.result.replaceChildren(place);
    this.result.hidden = false;
    this.result.setAttribute("aria-busy", "true");
    this.static.hidden = true;
    this.extend(place, SCREEN);
    whenIdle(() => this.result.contains(place) && this.extend(place, this.limit));
  }

  /** Show so many rows, and how many are left. */
  extend(place, count) {
    const view = document.querySelector(".view-switch :checked")?.value ?? "table";
    const from = place.querySelectorAll(".card, [data-service]").length;
    this.list.extend(place, this.shown.slice(from, Math.min(count, this.limit)), view);
    if (count < this.limit && count < this.shown.length) return;
    const left = this.shown.length - this.limit;
    this.result.replaceChildren(place, ...(left > 0 ? [this.more(place, left)] : []));
    this.result.removeAttribute("aria-busy");
    document.dispatchEvent(new Event("catalog:listed"));
  }

  more(place, left) {
    const button = element("button", "find__more", [fill(this.words.more, { count: left.toLocaleString("en") })]);
    button.type = "button";
    button.addEventListener("click", () => {
      const from = this.limit;
      this.limit += MORE;
      this.extend(place, this.limit);
      place.querySelectorAll(".card__name, .services__name")[from]?.focus();
    });
    return button;
  }
}

/** A facet that nobody answers would only take room. */
function isAnswered(facet) {
  return facet.options.length > 0 || facet.numbers.some((number) => number !== null);
}
