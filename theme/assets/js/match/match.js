// /match/: services against the reader's requirements. They stand in the fragment of the address and are never sent.
// What strangers wrote goes into the page as text only.

import { Data } from "../data.js";
import { element, saveAs } from "../dom.js";
import { stateOn, todayInTokyo } from "../expiry.js";
import { Marks } from "../marks.js";
import { Editor, button } from "./editor.js";
import { count, match } from "./judge.js";
import { draft, emailOf, letter, questions } from "./letter.js";
import { checked, empty, fromFile, fromFragment, isComplete, isProfile, MAX_FILE, Refused, toFile, toFragment } from "./profile.js";
import { Table } from "./table.js";
import { Speech } from "./words.js";

/** How many services are shown at first, and with every further step. */
const STEP = 30;
const MOST_COMPARED = 6;

/** The answers of all services to single fields. */
class Answers extends Data {
  field(guideline, field) {
    return this.file(`answers/${encodeURIComponent(guideline)}/${encodeURIComponent(field)}.json`);
  }
}

class Desk {
  constructor(box) {
    const read = (name) => JSON.parse(box.dataset[name]);
    this.box = box;
    this.guidelines = read("guidelines");
    this.letters = read("letters");
    this.data = new Answers(new URL(box.dataset.api, document.baseURI).href);
    this.site = new URL(box.dataset.site, document.baseURI);
    this.speech = new Speech(read("words"), read("places"), box.dataset.language);
    this.marks = new Marks(box.querySelector("[data-marks]"));
    this.knownPlaces = new Set(Object.keys(this.speech.places));
    this.turn = 0;
    this.shown = STEP;
    this.build();
    addEventListener("popstate", () => this.moved());
    this.fromAddress();
  }

  say(key, values) {
    return this.speech.say(key, values);
  }

  // --- what stands there from the beginning ---

  build() {
    this.title = element("input", "match-control match-control--wide", []);
    this.title.type = "text";
    this.title.maxLength = 120;
    this.title.addEventListener("change", () => {
      this.profile.title = this.title.value.trim();
      this.changed();
    });
    this.chooser = element("select", "match-control", this.guidelines.map(({ id, title }) => new Option(title, id)));
    this.chooser.addEventListener("change", () => this.open(empty(this.chooser.value), [], { write: true }));
    this.status = element("p", "match-status", []);
    this.status.setAttribute("role", "status");
    this.problems = element("div", "match-problems", []);
    this.desk = element("div", "", []);
    const labelled = (key, control) => element("label", "", [element("span", "match-label", [this.say(key)]), control]);
    const head = element("div", "match-picker__tools", [this.guidelines.length > 1 && labelled("guideline", this.chooser), labelled("name", this.title)]);
    this.editorBox = section("match-editor", "match-editor", this.say("editor"), [this.problems, head, this.files(), this.status, this.desk]);
    this.result = element("div", "", []);
    this.resultBox = section("match-result", "match-result", this.say("result"), [this.result]);
    this.box.append(this.editorBox, this.resultBox);
  }

  files() {
    const input = element("input", "visually-hidden", []);
    input.type = "file";
    input.accept = ".json,application/json";
    input.setAttribute("aria-label", this.say("load"));
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (file) await this.load(file);
      input.value = "";
    });
    const down = element("a", "match-action match-button--main", [this.say("to_result")]);
    down.href = "#match-result-title";
    return element("div", "match-tools", [
      down,
      button("match-button", this.say("save"), () => this.save()),
      element("label", "match-button match-file", [this.say("load"), input]),
      button("match-button", this.say("copy"), () => this.copy(location.href, "copied", "copy_failed")),
      button("match-button", this.say("clear"), () => this.open(empty(this.profile.guideline), [], { write: true })),
    ]);
  }

  tell(text) {
    this.status.textContent = text;
  }

  // --- the profile and where it comes from ---

  async fromAddress() {
    const found = fromFragment(isProfile(location.hash) ? location.hash : "");
    const known = this.guidelines.some(({ id }) => id === found.guideline);
    const problems = [];
    if (found.guideline && !known) problems.push(this.say("refused.guideline", { found: found.guideline.slice(0, 60) }));
    if (found.unreadable) problems.push(this.say("refused.address", { count: found.unreadable }));
    const guideline = known ? found.guideline : this.guidelines[0].id;
    await this.open({ ...found, guideline, entries: found.guideline && !known ? [] : found.entries }, problems, {});
  }

  /** Back, forward, or another address: its requirements. The name of a place on the page is none. */
  moved() {
    if (location.hash === "" || isProfile(location.hash)) this.fromAddress();
    else history.replaceState(history.state, "", this.address());
  }

  address() {
    return toFragment({ ...this.profile, requirements: this.complete() }) || location.pathname + location.search;
  }

  /** Shows a profile as it was read: what cannot be used is named and left out. */
  async open({ guideline, title, entries = [] }, problems, { write = false, then }) {
    this.turn += 1;
    const turn = this.turn;
    this.profile = { guideline, title, requirements: [] };
    this.chooser.value = guideline;
    this.title.value = title;
    try {
      await this.prepare(guideline);
    } catch (error) {
      if (turn === this.turn) this.failed(error, () => this.open({ guideline, title, entries }, problems, { write, then }));
      return;
    }
    if (turn !== this.turn) return;
    const { requirements, dropped } = checked(entries, this.fields, this.knownPlaces);
    this.profile.requirements = requirements;
    this.complain(problems, dropped);
    this.editor.show(requirements);
    if (write) this.toAddress();
    if (then) this.tell(then);
    await this.judge();
  }

  /** The guideline's fields in their places, and a desk for them. */
  async prepare(id) {
    if (this.guideline?.id === id) return;
    const guideline = await this.data.guideline(id);
    this.guideline = guideline;
    this.speech.original = guideline.language;
    this.places = new Map(placesOf(guideline).filter(({ field }) => !field.retired).map((place) => [place.field.id, place]));
    this.fields = new Map([...this.places].map(([name, { field }]) => [name, field]));
    this.editor = new Editor({ speech: this.speech, places: this.places, say: (text) => this.tell(text), changed: () => this.changed() });
    this.table = new Table({ speech: this.speech, marks: this.marks, places: this.places, links: this.links(), tools: (standing) => this.tools(standing) });
    this.desk.replaceChildren(this.editor.box);
  }

  links() {
    const page = (address, anchor = "") => new URL(`${address}${anchor && `#${anchor}`}`, this.site).href;
    return {
      sheet: (path, anchor) => page(`providers/${path}/`, anchor),
      item: (item) => page(`g/${this.guideline.id}/items/${item.slug}/`),
    };
  }

  complain(problems, dropped) {
    const names = dropped.map(({ name, reason }) => element("li", "", [`${name}: ${this.say(`refused.reason.${reason}`)}`]));
    const told = [...problems.map((text) => element("p", "", [text])), names.length && element("p", "", [this.say("refused.dropped")]), names.length && element("ul", "", names)];
    this.problems.className = told.some(Boolean) ? "match-problems notice" : "match-problems";
    this.problems.replaceChildren(...told.filter(Boolean));
  }

  /** The requirements that say something; drafts do not count. */
  complete() {
    return this.profile.requirements.filter((one) => isComplete(one, this.fields.get(one.field)));
  }

  changed() {
    this.complain([], []);
    this.toAddress();
    this.judge();
  }

  toAddress() {
    const address = this.address();
    if (new URL(address, location.href).href !== location.href) history.pushState(null, "", address);
  }

  // --- files ---

  save() {
    const name = this.say("saved_name");
    saveAs(name, toFile({ ...this.profile, requirements: this.complete() }), "application/json");
    this.tell(this.say("saved", { name }));
  }

  async load(file) {
    try {
      if (file.size > MAX_FILE) throw new Refused("too_large");
      const found = fromFile(await file.text());
      if (!this.guidelines.some(({ id }) => id === found.guideline)) throw new Refused("guideline", found.guideline.slice(0, 60));
      const name = found.title || this.say("untitled");
      await this.open(found, [], { write: true, then: this.say("loaded", { name }) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.complain([this.say(`refused.${error.code}`, { found: error.found })], []);
      this.tell(this.problems.textContent);
    }
  }

  async copy(text, done, failed, status = this.status) {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = this.say(done);
    } catch {
      status.textContent = this.say(failed);
    }
  }

  // --- the result ---

  async judge() {
    this.turn += 1;
    const turn = this.turn;
    const requirements = this.complete();
    if (!requirements.length) {
      this.standings = [];
      this.result.replaceChildren(element("p", "", [this.say("result_empty")]));
      return;
    }
    const slow = setTimeout(() => this.tell(this.say("loading")), 400);
    try {
      const { guideline } = this.profile;
      const ids = [...new Set(requirements.map((one) => one.field))];
      const [catalog, ...files] = await Promise.all([this.data.catalog(), ...ids.map((id) => this.data.field(guideline, id))]);
      if (turn !== this.turn) return;
      const services = catalog.services.filter((one) => one.guideline === guideline && one.state !== "withdrawn");
      const today = todayInTokyo(new Date());
      const own = services.map((one) => ({ ...one, path: `${one.provider}/${one.service}`, state: stateOn(one, today) }));
      this.answers = new Map(ids.map((id, index) => [id, files[index]]));
      this.standings = match(requirements, this.fields, this.answers, own);
      this.shown = STEP;
      if (this.status.textContent === this.say("loading")) this.tell("");
      this.render(requirements);
    } catch (error) {
      if (turn === this.turn) this.failed(error, () => this.judge());
    } finally {
      clearTimeout(slow);
    }
  }

  failed(error, again) {
    console.error(error);
    this.tell(this.say("error"));
    this.result.replaceChildren(element("p", "notice", [this.say("error")]), button("match-button", this.say("retry"), again));
  }

  render(requirements) {
    const real = this.standings.filter((one) => !one.sample);
    const shown = this.standings.slice(0, this.shown);
    const honest = shown.length > 0 && !real.some(({ service }) => service.completeness);
    this.letterBox = element("div", "", []);
    const summary = element("p", "match-summary", [this.summary(requirements, real)]);
    summary.setAttribute("role", "status");
    this.result.replaceChildren(
      ...[
        element("h3", "match-printed", [this.profile.title || this.say("untitled")]),
        element("p", "match-printed match-annex", [this.speech.of(this.guideline.title)]),
        summary,
        honest && element("p", "notice notice--honest", [`${this.say("honest")} ${this.say("honest_real")}`]),
        this.actions(real),
        element("div", "match-printed", [element("h3", "", [this.say("conditions")]), this.table.conditions(requirements)]),
        shown.length > 0 && this.table.table(requirements, shown),
        ...(shown.length ? this.table.printed(requirements, shown) : []),
        this.more(requirements),
        this.letterBox,
      ].filter(Boolean),
    );
    document.dispatchEvent(new Event("catalog:listed"));
  }

  summary(requirements, real) {
    if (!this.standings.length) return this.say("none");
    const [must, should] = ["must", "should"].map((weight) => requirements.filter((one) => one.weight === weight).length);
    const full = real.filter((one) => count(one, "must", "met") === must).length;
    const samples = this.standings.length - real.length;
    const counted = this.say(must ? "counts" : "counts_no_must", { services: real.length, full, must, should });
    return [counted, samples && this.say("counts_samples", { samples }), this.say("order")].filter(Boolean).join(" ");
  }

  /** One click to side by side: the best ones, samples only where there are not two others. */
  actions(real) {
    const from = real.length > 1 ? real : this.standings;
    const best = from.slice(0, MOST_COMPARED).map(({ path }) => path);
    const print = button("match-button", this.say("print"), () => window.print());
    if (best.length < 2) return element("div", "match-tools", [print]);
    const compare = element("a", "match-action match-button--main", [this.say("compare", { count: best.length })]);
    compare.href = new URL(`compare/?s=${best.join(",")}`, this.site).href;
    const samples = from !== real && element("span", "hint", [this.say("compare_about")]);
    return element("div", "match-tools", [compare, samples, print]);
  }

  more(requirements) {
    const rest = this.standings.length - this.shown;
    if (rest <= 0) return null;
    const told = this.say("shown", { all: this.standings.length, shown: this.shown });
    const next = this.standings[this.shown].path;
    const show = button("match-button", this.say("more", { count: Math.min(rest, STEP) }), () => {
      this.shown += STEP;
      this.render(requirements);
      this.result.querySelector(`tr[data-service="${CSS.escape(next)}"] a`).focus();
    });
    return element("div", "match-tools match-more", [element("span", "hint", [told]), show]);
  }

  /** What stands below a service's name: the pick for comparison, and the letter. */
  tools(standing) {
    const { service, path } = standing;
    const name = element("span", "visually-hidden", [` ${service.service_name}`]);
    const compare = element("button", "compare-add", [this.say("tray.add"), name]);
    compare.type = "button";
    Object.assign(compare.dataset, { compareAdd: path, guideline: service.guideline, name: service.service_name });
    compare.hidden = true;
    const ask = button("match-button match-button--small", this.say("letter"), () => this.write(standing));
    ask.setAttribute("aria-label", this.say("letter_for", { service: service.service_name }));
    return element("div", "match-row-tools", [compare, ask]);
  }

  // --- the letter ---

  async write(standing) {
    const { service, path } = standing;
    const opener = document.activeElement;
    const asked = questions(standing);
    const close = button("match-button", this.say("letter_close"), () => {
      this.letterBox.replaceChildren();
      opener?.focus?.();
    });
    const title = element("h3", "", [this.say("letter_for", { service: service.service_name })]);
    title.tabIndex = -1;
    const body = asked.length ? await this.draft(standing, asked) : [element("p", "", [this.say("letter_nothing")])];
    const box = element("section", "match-letter", [title, ...body, close]);
    box.setAttribute("aria-label", title.textContent);
    box.dataset.letter = path;
    this.letterBox.replaceChildren(box);
    title.focus();
  }

  async draft(standing, asked) {
    const { service, path } = standing;
    const words = this.letters[service.guideline];
    const speech = new Speech({ ...words, "list.separator": words.separator }, {}, words.language);
    const entries = new Map([...this.answers].map(([field, file]) => [field, file.services[path]]));
    const written = letter({
      words,
      service,
      guideline: speech.of(this.guideline.title),
      asked,
      places: this.places,
      entries,
      quoted: (row, field) => speech.quoted(row, field, service),
      of: (text) => speech.of(text),
      address: new URL(`providers/${path}/`, new URL(words.site, document.baseURI)).href,
    });
    const text = element("textarea", "", []);
    text.value = `${written.subject}\n\n${written.body}`;
    text.lang = words.language;
    text.spellcheck = false;
    text.setAttribute("aria-label", this.say("letter_text"));
    const status = element("p", "match-status", []);
    status.setAttribute("role", "status");
    const copy = button("match-button", this.say("letter_copy"), () => this.copy(text.value, "letter_copied", "letter_copy_failed", status));
    return [element("p", "hint", [this.say("letter_about")]), text, ...(await this.mail(service, path, written)), status, copy, " "];
  }

  /** A draft to the address that the provider discloses, if it does. */
  async mail(service, path, written) {
    if (service.sample) return [element("p", "hint", [this.say("letter_sample")])];
    const contact = [...this.places.values()].find(({ field }) => field.role === "contact");
    const sheet = contact && (await this.data.service(path).catch(() => null));
    const email = sheet ? emailOf(sheet.answers, contact.field.id) : "";
    if (!email) return [element("p", "hint", [this.say("letter_no_mail")])];
    const { href, whole } = draft(email, written);
    const link = element("a", "match-action", [this.say("letter_mail")]);
    link.href = href;
    return [element("p", "hint", [this.say("letter_mail_to", { email }), !whole && ` ${this.say("letter_mail_long")}`]), element("p", "", [link])];
  }
}

function placesOf(guideline) {
  return guideline.sections.flatMap((section) =>
    section.groups.flatMap((group) => group.items.flatMap((item) => item.fields.map((field) => ({ section, group, item, field })))),
  );
}

function section(className, id, title, children) {
  const heading = element("h2", "", [title]);
  heading.id = `${id}-title`;
  const made = element("section", className, [heading, ...children]);
  made.setAttribute("aria-labelledby", heading.id);
  return made;
}

for (const found of document.querySelectorAll("[data-match]")) new Desk(found);
