// Every change that a control makes goes through here: to the text, to the history, to the draft.
import { button } from "./blocks.js";
import * as file from "./file.js";
import { Reading } from "./reading.js";
import { Beyond } from "./values.js";

const PAUSE = 350;

/** Changes `text`; `keepSoon()`, `show()` and `outline` are the desk's. */
export class Changing extends Reading {
  /** Take over what `make` makes of the text; false, and the reason said, where it cannot be changed in place. */
  change(place, make) {
    let next;
    try {
      next = make(this.text);
    } catch (error) {
      if (!(error instanceof Beyond)) throw error;
      this.outline.notice(this.words.say("cannot_change"));
      return false;
    }
    if (next === this.text) return true;
    this.history.add(this.text, place, performance.now());
    this.take(next);
    return true;
  }

  take(text) {
    this.text = text;
    this.root = file.rootOf(text);
    this.stale = true;
    this.keepSoon();
    this.readSoon();
  }

  /** A control's answer; words that are being typed are taken over when the typing pauses. */
  setAnswer(place, field, draft, now, view) {
    clearTimeout(this.pending?.timer);
    if (this.pending && this.pending.view !== view) this.flush();
    const go = () => {
      this.pending = undefined;
      this.change(`${place.scope}/${place.id}/${field.id}`, (text) => file.setAnswer(text, place, field, draft, this.plan.order(place.scope)));
    };
    if (now) return go();
    this.pending = { go, view, timer: setTimeout(go, PAUSE) };
    return undefined;
  }

  flush() {
    clearTimeout(this.pending?.timer);
    this.pending?.go();
  }

  waits(view) {
    return this.pending?.view === view;
  }

  setGroup(place, group, reason, now) {
    clearTimeout(this.pending?.timer);
    const go = () => {
      this.pending = undefined;
      this.change(`${place.scope}/${place.id}/${group}`, (text) => file.setGroup(text, place, group, reason));
    };
    if (now) go();
    else this.pending = { go, view: group, timer: setTimeout(go, PAUSE) };
  }

  setHead(key, value) {
    this.change(`head/${key}`, (text) => file.setHead(text, key, value));
    this.readNow();
  }

  /** Whether the catalog has another file of this name than the one that is begun here. */
  get isTaken() {
    return this.published && this.base === this.scaffold.text;
  }

  setSubmittedBy(by) {
    this.change("head/submitted_by", (text) => {
      const next = file.setHead(text, "submitted_by", by);
      return by === "provider" ? file.setHead(next, "transcribed_on", "") : next;
    });
    this.readNow();
  }

  setName(name) {
    if (name === this.name) return;
    this.take(file.renamedFile(this.text, this.name || this.scaffold.provider, name || this.scaffold.provider));
    this.name = name;
    this.published = this.sources.has(name);
    this.keepSoon();
    this.readNow();
  }

  setUsed(service, used) {
    this.change(`uses/${service}`, (text) => file.setUsed(text, service, used));
    this.readNow();
  }

  setOwnName(scope, id, name) {
    this.change(`name/${scope}/${id}`, (text) => file.setOwnName(text, scope, id, name));
    this.readNow();
    this.outline.build();
  }

  addBlock(scope, id) {
    const first = scope === "data_center" && !file.idsOf(this.root, "data_center").length;
    const block = first ? this.scaffold.first_data_center : this.scaffold[scope];
    const original = /^ {2}([a-z0-9-]+):/.exec(block)[1];
    const done = this.change("", (text) => {
      const next = file.addBlock(text, scope, id, block, original);
      return scope === "service" && file.usedBy(file.rootOf(next), id).ids.length ? file.setUsed(next, id, { ids: [] }) : next;
    });
    if (done) this.afterBlocks("added", id);
    return done;
  }

  removeBlock(scope, id, name) {
    const done = this.change("", (text) => file.removeBlock(text, scope, id));
    if (done) this.afterBlocks("removed", name);
    return done;
  }

  renameBlock(scope, id, name) {
    const shown = scope === "service" && this.published && file.idsOf(file.rootOf(this.base), "service").includes(id);
    const done = this.change("", (text) => file.renameBlock(text, scope, id, name, shown));
    if (done) this.afterBlocks("renamed", name);
    return done;
  }

  afterBlocks(what, name) {
    this.readNow();
    this.outline.build();
    const undo = button(this.words.say("undo"), "form-button form-button--small");
    undo.addEventListener("click", () => this.step("undo"));
    this.outline.notice(this.words.say(`blocks_${what}`, { name }), undo);
  }

  step(which) {
    this.flush();
    const text = this.history[which](this.text);
    if (text === null) return;
    this.take(text);
    this.readNow();
    this.outline.notice("");
    this.outline.build();
    this.show();
    this.announce(this.words.say(`${which}_done`));
  }
}
