/**
 * The search box: components/search.html, css/components/search.css. The index is loaded on first use.
 * Results go into the page as text, never as HTML.
 */

import { inLanguage } from "./data.js";
import { element, fill } from "./dom.js";
import { withQuery } from "./query.js";
import { excerpt } from "./search-text.js";

const PAUSE = 150;
/** Only what takes longer than this is announced as under way. */
const SLOW = 500;
const ITEMS = 5;
const SHEETS = 10;
const ROWS = 5;

/** Hands out what an async generator finds, and knows whether there is more. */
class Hits {
  constructor(source) {
    this.source = source;
    this.ahead = [];
    this.taken = 0;
  }

  async take(count) {
    while (this.source && this.ahead.length <= count) {
      const { value, done } = await this.source.next();
      if (done) this.source = null;
      else this.ahead.push(value);
    }
    const hits = this.ahead.splice(0, count);
    this.taken += hits.length;
    return hits;
  }

  get more() {
    return this.ahead.length > 0;
  }
}

class SearchBox {
  constructor(element) {
    this.words = JSON.parse(element.dataset.words);
    this.language = element.dataset.language;
    this.level = Number(element.dataset.level);
    this.root = new URL(element.dataset.root, document.baseURI);
    this.bundle = new URL(element.dataset.bundle, document.baseURI).href;
    this.form = element.querySelector("form");
    this.input = element.querySelector("input[type=search]");
    this.status = element.querySelector("[role=status]");
    this.results = element.querySelector(".search__results");
    this.turn = 0;
    this.among = null;
    /** Called with each query before it is searched for. */
    this.asked = () => {};
    this.listen();
    this.fromAddress();
  }

  listen() {
    const prepare = () => this.engine().catch(() => {}); // what fails here is told when something is asked for
    this.input.addEventListener("focus", prepare);
    if (document.activeElement === this.input) prepare(); // the focus may have come before this script
    this.input.addEventListener("input", (event) => {
      if (!event.isComposing) this.soon();
    });
    this.input.addEventListener("compositionend", () => this.soon());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && this.input.value) {
        event.preventDefault();
        this.input.value = "";
        this.run();
      }
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    addEventListener("popstate", () => this.fromAddress());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  // --- the query and the page's address ---

  get query() {
    return this.input.value.trim();
  }

  /** Find only sheets of these paths (`provider/service`); null: of any. */
  narrow(paths) {
    if (String(paths) === String(this.among)) return;
    this.among = paths;
    if (this.query) this.run();
  }

  fromAddress() {
    const query = new URL(location.href).searchParams.get("q") ?? "";
    if (this.turn && query === this.query) return; // only something else changed
    // What was typed before this script ran stays.
    if (this.turn || !this.input.value) this.input.value = query;
    if (this.query || this.turn) this.run();
  }

  toAddress() {
    const address = new URL(location.href);
    if ((address.searchParams.get("q") ?? "") === this.query) return;
    address.search = withQuery(location.search, this.query);
    history.replaceState(history.state, "", address);
  }

  // --- the index ---

  engine() {
    this.opened ??= import("./search-engine.js")
      .then(async (module) => {
        const engine = await module.open(this.bundle);
        this.fieldOf = module.fieldOf;
        this.Match = module.Match;
        return engine;
      })
      .catch((error) => {
        this.opened = undefined; // the next try may succeed
        throw error;
      });
    return this.opened;
  }

  // --- searching ---

  /** Search for what the box says. A newer run makes an older one fall silent. */
  async run() {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.turn += 1;
    const turn = this.turn;
    const stale = () => turn !== this.turn;
    this.asked(this.query);
    if (!this.query) {
      this.toAddress();
      this.show("", []);
      return;
    }
    this.results.setAttribute("aria-busy", "true");
    this.slow = setTimeout(() => this.say(this.words.loading), SLOW);
    try {
      const engine = await this.engine();
      if (stale()) return;
      this.toAddress();
      const query = this.query;
      let items, sheets, firstItems, firstSheets, loose;
      for (loose of [false, true]) {
        items = new Hits(engine.items(query, this.language, { loose }));
        sheets = new Hits(engine.sheets(query, { loose, among: this.among }));
        [firstItems, firstSheets] = await Promise.all([items.take(ITEMS), sheets.take(SHEETS)]);
        if (stale()) return;
        if (firstItems.length || firstSheets.length) break;
      }
      this.show(query, [
        this.section(engine, this.words.items, items, firstItems, ITEMS, (hit) => this.item(engine, hit)),
        this.section(engine, this.words.sheets, sheets, firstSheets, SHEETS, (hit) => this.sheet(engine, hit)),
      ]);
      this.announce(query, items, sheets, loose);
    } catch (error) {
      if (stale()) return;
      console.error(error);
      this.show("", []);
      this.say(this.words.error);
    }
  }

  show(query, sections) {
    clearTimeout(this.slow);
    this.results.replaceChildren(...sections.filter(Boolean));
    this.results.removeAttribute("aria-busy");
    this.results.dataset.query = query;
    if (!query) this.say("");
  }

  announce(query, items, sheets, loose) {
    if (items.taken + sheets.taken === 0) {
      this.say(`${fill(this.words.none, { query })} ${this.words.noneHint}`);
      return;
    }
    const count = (hits) => fill(hits.more ? this.words.countMore : this.words.count, { count: hits.taken });
    const words = loose ? this.words.foundPartial : this.words.found;
    this.say(fill(words, { query, items: count(items), sheets: count(sheets) }));
  }

  say(text) {
    clearTimeout(this.slow);
    this.status.textContent = text;
  }

  // --- results ---

  /** A heading, a list of hits, and a button for more of them. */
  section(engine, title, hits, first, step, render) {
    if (!first.length) return null;
    const list = element("ol", "search__hits", first.map(render));
    const section = element("section", "search__section", [this.heading(0, title), list]);
    if (hits.more) {
      const button = element("button", "search__more", [this.words.more]);
      button.type = "button";
      const turn = this.turn;
      button.addEventListener("click", async () => {
        button.disabled = true;
        const fresh = (await hits.take(step)).map(render);
        if (turn !== this.turn) return;
        list.append(...fresh);
        button.disabled = false;
        if (!hits.more) button.remove();
        fresh[0]?.querySelector("a")?.focus();
      });
      section.append(button);
    }
    return section;
  }

  item(engine, hit) {
    const found = engine.labels.guidelines[hit.guideline];
    const { number, label } = found.items[hit.slug];
    const name = fill(this.words.row, { number, label: inLanguage(label, this.language) });
    const wording = hit.text.slice(hit.text.indexOf(" / ") + 3); // the name is said already
    const several = Object.keys(engine.labels.guidelines).length > 1;
    return element("li", "search__hit search__hit--item", [
      element("p", "search__name", [
        this.link(hit.path, ...marked(name, hit.words)),
        several && element("span", "search__quiet", [inLanguage(found.title, this.language)]),
        this.mark(hit.match),
      ]),
      this.excerpt(wording, hit.words),
    ]);
  }

  sheet(engine, hit) {
    const row = (one) => this.row(engine, hit, one);
    const rest = hit.rows.slice(ROWS);
    return element("li", "search__hit search__hit--sheet", [
      element(`h${this.level + 1}`, "search__name", [
        this.link(hit.path, hit.service),
        element("span", "search__quiet", [fill(this.words.provider, { name: hit.provider })]),
        hit.sample && element("span", "search__mark search__mark--sample", [this.words.sample]),
        hit.thirdParty && element("span", "search__mark", [this.words.thirdParty]),
        this.mark(hit.match),
      ]),
      element("ul", "search__rows", hit.rows.slice(0, ROWS).map(row)),
      rest.length &&
        element("details", "search__rest", [
          element("summary", "", [fill(this.words.rest, { count: rest.length })]),
          element("ul", "search__rows", rest.map(row)),
        ]),
    ]);
  }

  row(engine, hit, { anchor, text, center }) {
    const field = this.fieldOf(engine.labels, hit.guideline, anchor, this.language);
    const name = field ? fill(this.words.row, { number: field.number, label: this.fullLabel(field) }) : this.words.names;
    return element("li", "search__row", [
      element("p", "search__place", [
        this.link(field ? `${hit.path}#${anchor}` : hit.path, name),
        center && element("span", "search__quiet", [center]),
      ]),
      this.excerpt(text, hit.words),
    ]);
  }

  fullLabel({ label, title }) {
    return title && title !== label ? fill(this.words.title, { label, title }) : label;
  }

  excerpt(text, words) {
    return element("p", "search__excerpt", marked(text, words));
  }

  mark(match) {
    const word = { [this.Match.PARTIAL]: this.words.partial, [this.Match.SPREAD]: this.words.spread }[match];
    return word && element("span", "search__mark", [word]);
  }

  link(path, ...text) {
    const link = element("a", "search__link", text);
    link.href = new URL(path, this.root).href;
    return link;
  }

  heading(deeper, text) {
    return element(`h${this.level + deeper}`, "search__heading", [text]);
  }
}

/** A piece of a text as nodes, with the words in it marked. */
function marked(text, words) {
  return excerpt(text, words).map(([said, is]) => (is ? element("mark", "", [said]) : said));
}

/** The search boxes of the page. */
export const boxes = [...document.querySelectorAll("[data-search]")].map((found) => new SearchBox(found));
