// /contribute/form/: a disclosure is filled in here. The YAML text is the one truth: every control changes it in place and
// shows what it says. Nothing leaves the browser; what strangers wrote goes into the page as text only.
import { Cells } from "../compare/cells.js";
import { Data, Unavailable } from "../data.js";
import { element } from "../dom.js";
import { todayInTokyo } from "../expiry.js";
import { Marks } from "../marks.js";
import { Blocks, button } from "./blocks.js";
import { Changing } from "./changing.js";
import { Drafts, storageOf, Tab } from "./drafts.js";
import * as file from "./file.js";
import { Finish } from "./finish.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { Outline } from "./outline.js";
import { Plan, viewAddress, viewAt, viewOfRow } from "./plan.js";
import { Raw } from "./raw.js";
import { Reader } from "./reader.js";
import { problemBox, Section } from "./section.js";
import { Start } from "./start.js";
import { Words } from "./words.js";

const MAX_BYTES = 1024 * 1024;

class Desk extends Changing {
  constructor(box) {
    super();
    const read = (name) => JSON.parse(box.dataset[name]);
    this.words = new Words(read("words"), box.dataset.language);
    this.guidelines = read("guidelines");
    this.send = read("send");
    this.places = read("places");
    this.data = new Data(new URL(box.dataset.api, document.baseURI).href);
    this.marks = new Marks(box.querySelector("[data-marks]"));
    this.cells = cellsOf(box, this.words);
    this.drafts = new Drafts(storageOf(window, "localStorage"), new URL(box.dataset.root, document.baseURI).pathname);
    this.tab = new Tab(storageOf(window, "sessionStorage"));
    this.status = element("p", "visually-hidden", []);
    this.status.setAttribute("role", "status");
    this.box = element("div", "form-desk__body", []);
    this.list = element("datalist", "", this.places.map((name) => new Option(name)));
    this.list.id = "form-places";
    box.append(this.status, this.box, this.list);
    addEventListener("hashchange", () => this.followAddress());
    addEventListener("pagehide", () => this.keep());
    addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault());
  }

  async start() {
    const asked = new URLSearchParams(location.search);
    const own = this.drafts.works && this.drafts.read(this.tab.draft);
    if (own && (!asked.get("file") || own.name === asked.get("file"))) return this.resume(own, asked.get("at") ?? "");
    if (asked.get("file")) return this.openFromCatalog(asked.get("file"), asked.get("at") ?? "");
    return this.showStart();
  }

  announce(text) {
    this.status.textContent = text;
  }

  problemBox(problem) {
    return problemBox(this.words, problem);
  }

  // --- opening ---

  showStart(notice = "") {
    this.text = undefined;
    this.box.replaceChildren(...[notice && element("p", "notice", [notice]), new Start(this).node].filter(Boolean));
  }

  /** Back to the beginning; the draft stays. */
  leave() {
    this.keep();
    this.tab.draft = "";
    history.replaceState(null, "", location.pathname);
    this.draft = undefined;
    this.showStart();
  }

  async begin(id) {
    const { version } = this.guidelines.find((one) => one.id === id);
    const scaffold = await this.asked(`scaffolds/${id}.${version}.${this.words.language}.json`);
    if (scaffold) await this.open("", scaffold.text, { view: { kind: "file" } });
  }

  async openFile(given) {
    if (given.size > MAX_BYTES) return this.showStart(this.words.say("too_large"));
    const bytes = new Uint8Array(await given.arrayBuffer());
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return this.showStart(this.words.say("not_utf8", { name: given.name }));
    }
    return this.open(given.name.replace(/\.ya?ml$/i, ""), text);
  }

  async openFromCatalog(name, at = "") {
    const text = await this.data.text(`sources/${encodeURIComponent(name)}.yaml`).catch((error) => error);
    if (text instanceof Error) return this.showStart(this.words.say(text instanceof Unavailable && text.status === 404 ? "not_in_catalog" : "failed", { name }));
    const kept = this.drafts.all().find((draft) => draft.name === name && draft.text !== text);
    await this.open(name, text, { at });
    if (kept) this.offerDraft(kept);
    return undefined;
  }

  resume(draft, at = "") {
    return this.open(draft.name, draft.text, { base: draft.base, draft, at, notice: this.words.say("draft_opened") });
  }

  /** Show a text in the form, or where it cannot be read, as it is. */
  async open(name, text, { base = text, draft, view, at = "", notice = "" } = {}) {
    this.base = base;
    this.draft = draft && { key: draft.key, rev: draft.rev };
    this.name = name;
    const ready = await this.prepare(name, text);
    if (!ready) return;
    this.history = new History();
    this.finished = false;
    this.text = text;
    this.root = file.rootOf(text);
    this.published = this.sources.has(name);
    this.read();
    if (!this.reading?.disclosure) return this.showRaw(name, text, this.problems);
    this.outline = new Outline(this);
    this.main = element("div", "form-main", []);
    this.box.replaceChildren(this.outline.node, this.main);
    const [service, anchor] = at.split("/");
    const address = viewAt(fragment());
    const first = view ?? address ?? (at ? viewOfRow(this.plan, this.root, service, anchor ?? "") : null) ?? { kind: "file" };
    this.go(this.isThere(first) ? first : { kind: "file" });
    this.announce(notice);
  }

  /** The guideline, the scaffold and the words of problems for a text; false where that failed and is shown. */
  async prepare(name, text) {
    this.reader ??= await Reader.of(this.data, this.words).catch(() => null);
    this.sources ??= await this.data.file("sources.json").then(({ files }) => new Set(files.map((one) => one.file)), () => new Set());
    if (!this.reader) return this.failed();
    const root = file.rootOf(text);
    const known = (id) => this.guidelines.find((one) => one.id === id);
    const id = root ? file.headOf(root, "guideline") : "";
    const version = root ? file.headOf(root, "guideline_version") : "";
    const { id: use } = known(id) ?? this.guidelines[0];
    const exact = await this.data.guideline(use, known(id) ? version : "").catch(() => null);
    this.guideline = exact ?? (await this.data.guideline(use).catch(() => null));
    if (!this.guideline) return this.failed();
    this.plan = new Plan(this.guideline);
    this.scaffold = await this.asked(`scaffolds/${this.guideline.id}.${this.guideline.version}.${this.words.language}.json`);
    if (!this.scaffold) return false;
    if (root && exact && known(id)) return true;
    this.showRaw(name, text, this.problemsNow(name, text));
    return false;
  }

  failed() {
    this.showStart(this.words.say("failed"));
    return false;
  }

  async asked(path) {
    const found = await this.data.file(path).catch(() => null);
    if (!found) this.failed();
    return found;
  }

  /** A draft of the same file that another tab, or another day, left behind. */
  offerDraft(draft) {
    const go = button(this.words.say("draft_open"), "form-button form-button--small");
    go.addEventListener("click", () => this.resume(draft));
    const when = new Intl.DateTimeFormat(this.words.language, { dateStyle: "medium", timeStyle: "short" }).format(draft.changed);
    this.outline.notice(this.words.say("draft_there", { when }), go);
  }

  // --- the text as it is ---

  showRaw(name, text, problems) {
    this.raw = new Raw(this, name, text, problems);
    this.box.replaceChildren(this.raw.node);
    this.raw.title.focus();
  }

  keepRaw(name, text) {
    this.name = name;
    this.text = text;
    this.keepSoon();
  }

  async problemsOfText(name, text) {
    return this.problemsNow(name, text);
  }

  problemsNow(name, text) {
    return this.reader.read(text, this.guideline, this.idOf(name)).problems;
  }

  // --- moving about ---

  isThere(view) {
    if (view.kind !== "section") return true;
    const { place, section } = view;
    const inFile = place.scope === "provider" || file.idsOf(this.root, place.scope).includes(place.id);
    return inFile && (section === "own" ? place.scope === "service" : this.plan.ofScope(place.scope).some(({ id }) => id === section));
  }

  go(view) {
    const address = `#${viewAddress(view)}`;
    this.wanted = view;
    if (`#${fragment()}` === address) this.followAddress();
    else location.hash = address;
  }

  followAddress() {
    if (!this.outline || this.text === undefined) return;
    const isWanted = this.wanted && viewAddress(this.wanted) === fragment();
    const view = isWanted ? this.wanted : viewAt(fragment());
    this.wanted = undefined;
    if (!view || !this.isThere(view)) return; // a fragment of the page itself: #main, #top
    this.flush();
    this.view = view;
    if (view.kind === "finish") this.finished = true;
    if (this.stale || view.kind === "finish") this.readNow();
    this.show();
    this.focus();
  }

  openFirst(place) {
    this.go({ kind: "section", place, section: this.plan.ofScope(place.scope)[0].id });
  }

  focus() {
    this.box.scrollIntoView({ block: "start", behavior: "instant" });
    const { field } = this.view;
    if (field && this.shown.focus(field)) return;
    if (this.view.kind === "finish" && this.shown.focus()) return;
    this.main.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** Draw the view that is open. */
  show() {
    if (!this.isThere(this.view)) this.view = { kind: "blocks" };
    const { kind, place, section } = this.view;
    this.shown = kind === "file" ? new Head(this) : kind === "blocks" ? new Blocks(this) : kind === "finish" ? new Finish(this) : this.section(place, section);
    const title = element("h2", "form-main__title", [this.titleOf(this.view)]);
    title.tabIndex = -1;
    const lead = kind === "section" ? this.leadOf(place, section) : this.words.say(`view_hint.${kind}`);
    this.main.replaceChildren(title, ...(lead ? [element("p", "hint", [lead])] : []), this.shown.node, this.outline.pager(this.view));
    this.outline.refresh();
  }

  section(place, id) {
    if (id === "own") return this.ownAnswers(place);
    const found = this.plan.ofScope(place.scope).find((one) => one.id === id);
    return new Section(this, place, found.groups.map((group) => ({ group, slots: group.slots })));
  }

  /** What a service answers otherwise than its provider, and room for more. */
  ownAnswers(place) {
    const node = file.nodeAt(this.root, file.pathOf(place));
    const given = (slot) => node?.type === "mapping" && node.entries.some(({ key }) => key.text === slot.field.id);
    const [own, others] = [this.plan.overridable().filter(given), this.plan.overridable().filter((slot) => !given(slot))];
    const made = new Section(this, place, own.length ? [{ group: null, slots: own }] : []);
    const choice = element("select", "form-control form-control--line", [new Option(this.words.say("own_choose"), ""), ...others.map(({ item, field }) => new Option(`${item.number} ${this.words.of(field.title)}`, field.id))]);
    choice.setAttribute("aria-label", this.words.say("own_choose"));
    choice.addEventListener("change", () => {
      const field = this.plan.fields.get(choice.value)?.field;
      if (!field) return;
      this.change("", (text) => file.addAnswer(text, place, field, this.plan.order("service")));
      this.readNow();
      this.show();
      this.shown.focus(field.id);
    });
    made.node.append(element("p", "form-tools", [choice]));
    return made;
  }

  titleOf({ kind, place, section }) {
    if (kind !== "section") return this.words.say(`view.${kind}`);
    if (section === "own") return this.words.say("view.own");
    return this.words.of(this.plan.sections.find(({ id }) => id === section).title);
  }

  leadOf(place, section) {
    const of = place.scope === "provider" ? "" : this.words.say(`of.${place.scope}`, { name: this.nameOf(place) });
    const note = section === "own" ? this.words.say("view_hint.own") : this.words.of(this.plan.sections.find(({ id }) => id === section).note ?? null);
    return [of, note].filter(Boolean).join(" ");
  }

  // --- drafts ---

  isUnsaved() {
    return this.text !== undefined && this.text !== this.base && !this.drafts.works;
  }

  keepSoon() {
    clearTimeout(this.keeps);
    this.keeps = setTimeout(() => this.keep(), 500);
  }

  keep() {
    clearTimeout(this.keeps);
    if (this.pending) this.flush();
    if (this.text === undefined || (this.text === this.base && !this.draft)) return;
    if (!this.drafts.works) return;
    const rev = `${performance.timeOrigin}-${performance.now()}`;
    const { name, text, base } = this;
    const key = this.drafts.keep(this.draft?.key ?? "", { name, text, base, changed: Date.now(), rev }, this.draft?.rev);
    if (!key) return this.outline?.notice(this.words.say("no_room"));
    if (this.draft && key !== this.draft.key) this.outline?.notice(this.words.say("draft_forked"));
    this.draft = { key, rev };
    this.tab.draft = key;
    this.outline?.kept(new Date());
    return undefined;
  }

  dropDraft() {
    clearTimeout(this.keeps);
    if (this.draft) this.drafts.drop(this.draft.key);
    this.draft = undefined;
    this.tab.draft = "";
    this.text = undefined;
    history.replaceState(null, "", location.pathname);
    this.showStart(this.words.say("draft_gone"));
  }
}

/** What the address names within the page. */
function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function cellsOf(box, words) {
  const templates = new Map([...box.querySelectorAll("template")].map((one) => [one.dataset.name, one]));
  const say = (key) => words.say(key);
  const own = { overridden: say("answer.overridden"), yes: say("mark.yes"), no: say("mark.no"), missing: say("answer.missing"), notTranscribed: say("answer.not_transcribed"), separator: say("list.separator"), asOf: say("answer.as_of"), amount: {} };
  return new Cells(templates, { words: own, language: words.language, root: new URL(box.dataset.root, document.baseURI).href, today: todayInTokyo(new Date()) });
}

new Desk(document.querySelector("[data-form]")).start();
