// An answer's controls: which kind of answer it is, and what belongs to that kind. Every change gives a new draft.
import { element } from "../dom.js";
import { nothing, REASONS } from "./answer.js";
import { control, isNo, isYes, words as box } from "./controls.js";

const FREE = new Set(["text", "line"]);

let count = 0;

/** `asks` is a field, or one of its parts; `given.changed(draft, now)` hears of every change. */
export class Editor {
  constructor(asks, draft, given) {
    this.asks = asks;
    this.draft = draft;
    this.given = given;
    this.words = given.words;
    this.id = `form-${(count += 1)}`;
    this.kept = new Map();
    this.mode = shownState(draft, asks);
    this.body = element("div", "form-answer__body", []);
    this.node = element("div", "form-answer", [this.states(), this.body]);
    this.build();
  }

  // --- which kind of answer ---

  states() {
    if (this.given.onlyAnswers && ["", "answer"].includes(this.draft.state)) return null;
    const kinds = ["answer", "text", "not_applicable", "withheld", "on_request"].filter((kind) => kind !== "text" || !FREE.has(this.asks.type) || this.draft.state === "text");
    this.state = element("select", "form-control form-control--state", kinds.map((kind) => new Option(this.words.say(`state.${kind}`), kind, false, kind === this.mode)));
    if (this.draft.state === "beyond") this.state.disabled = true;
    this.state.setAttribute("aria-describedby", this.given.labelledBy);
    this.state.addEventListener("change", () => this.turnTo(this.state.value));
    return element("label", "form-answer__state", [element("span", "visually-hidden", [this.words.say("kind")]), this.state]);
  }

  /** Another kind of answer; what was written for the one before comes back with it. */
  turnTo(mode) {
    this.kept.set(this.mode, this.draft);
    const { note, source, as_of } = this.draft;
    const kept = this.kept.get(mode);
    this.mode = mode;
    this.state.value = mode;
    this.draft = { ...(kept && mode !== "text" ? kept : carriedOver(this.draft, mode, kept)), note, source, as_of };
    this.build();
    this.tell(true);
  }

  /** Whether what is written can stand as free words instead. */
  get canBeFree() {
    const { answer, detail } = this.draft;
    return this.mode === "answer" && Boolean(answer) && !detail && Boolean([...(this.state?.options ?? [])].some(({ value }) => value === "text"));
  }

  // --- what belongs to it ---

  build() {
    this.node.dataset.state = this.mode;
    this.body.replaceChildren(...this.controls(), ...(this.given.isPart ? [] : [this.extras()]));
    this.focus = this.main?.focus;
  }

  controls() {
    if (this.mode === "beyond") return this.beyond();
    if (REASONS.includes(this.mode)) return this.reason();
    if (this.mode === "text") return this.free();
    if (this.asks.type === "parts") return this.parts();
    return this.asks.type === "yes_no" ? this.yesNo() : this.value();
  }

  context(name, changed, extra = {}) {
    return {
      id: `${this.id}-${name}`,
      labelledBy: this.given.labelledBy,
      describedBy: this.given.describedBy,
      words: this.words,
      places: this.given.places,
      changed,
      switched: () => {},
      ...extra,
    };
  }

  value() {
    const context = this.context("answer", (now) => this.put({ state: this.main.read() ? "answer" : "", answer: this.main.read() }, now), {
      inWords: this.inWords,
      switched: (inWords) => {
        this.inWords = inWords;
        this.build();
        this.main.focus.focus();
      },
    });
    this.main = control(this.asks, this.draft.answer, context, this.draft.list);
    return this.main.nodes;
  }

  yesNo() {
    const { asks } = this;
    const changed = (now) => {
      const answer = this.main.read();
      const turned = isYes(asks, answer) !== isYes(asks, this.draft.answer);
      this.put({ state: answer ? "answer" : "", answer, ...(answer ? {} : { detail: "" }) }, now);
      if (turned || !this.detailBox.hidden !== Boolean(answer)) this.detail();
    };
    this.main = control(asks, this.draft.answer, this.context("answer", changed));
    this.detailBox = element("div", "form-detail", []);
    this.detail();
    return [...this.main.nodes, this.detailBox];
  }

  /** What is asked for with a yes; a remark with any other answer. */
  detail() {
    const { asks, draft } = this;
    const answered = Boolean(draft.answer);
    this.detailBox.hidden = !answered;
    if (!answered) return this.detailBox.replaceChildren();
    const asked = isYes(asks, draft.answer) ? asks.detail : undefined;
    const label = element("p", "form-label", [asked ? this.words.of(asked.prompt) || this.words.say("detail") : this.words.say(isNo(asks, draft.answer) ? "detail_of_no" : "detail_optional")]);
    label.id = `${this.id}-detail-label`;
    const typed = asked && !FREE.has(asked.type) ? asked : { type: "text" };
    const context = this.context("detail", (now) => this.put({ detail: made.read(), wordy: draft.wordy || (this.wordy ?? false) }, now), {
      labelledBy: `${this.given.labelledBy} ${label.id}`,
      inWords: this.detailInWords,
      switched: (inWords) => {
        this.detailInWords = inWords;
        this.detail();
      },
    });
    const made = control(draft.wordy ? { type: "text" } : typed, draft.detail, context);
    const example = asked?.example ? element("p", "hint", [this.words.say("example", { example: asked.example })]) : null;
    this.detailBox.replaceChildren(...[label, example, ...made.nodes, asked && !FREE.has(asked.type) ? this.wordySwitch() : null].filter(Boolean));
  }

  wordySwitch() {
    const input = element("input", "", []);
    input.type = "checkbox";
    input.checked = this.draft.wordy;
    input.addEventListener("change", () => {
      this.put({ wordy: input.checked }, true);
      this.detail();
      this.detailBox.querySelector("input[type=checkbox]")?.focus();
    });
    return element("label", "form-option", [input, element("span", "", [this.words.say("wordy")])]);
  }

  parts() {
    const rows = this.asks.parts.map((part) => {
      const label = element("p", "form-part__label", [this.words.of(part.label), part.optional ? ` ${this.words.say("optional_part")}` : ""]);
      label.id = `${this.id}-${part.id}-label`;
      const help = element("p", "hint", [[part.hint && this.words.of(part.hint), part.example && this.words.say("example", { example: part.example })].filter(Boolean).join(" ")]);
      help.id = `${this.id}-${part.id}-hint`;
      const editor = new Editor(part, this.draft.parts[part.id] ?? nothing(), {
        ...this.given,
        isPart: true,
        labelledBy: `${this.given.labelledBy} ${label.id}`,
        describedBy: help.id,
        changed: (draft, now) => {
          const parts = { ...this.draft.parts, [part.id]: draft };
          this.put({ state: Object.values(parts).some(({ state }) => state) ? "answer" : "", parts }, now);
        },
      });
      this.main ??= editor;
      return element("div", "form-part", [label, help, editor.node]);
    });
    return rows;
  }

  free() {
    this.main = box(this.draft.answer, this.context("text", (now) => this.put({ state: this.main.read().trim() ? "text" : "", answer: this.main.read() }, now)), true);
    return this.main.nodes;
  }

  reason() {
    const label = element("label", "form-label", [this.words.say(`reason.${this.mode}`)]);
    label.htmlFor = `${this.id}-reason`;
    this.main = box(this.draft.reason, this.context("reason", (now) => this.put({ state: this.mode, reason: this.main.read() }, now), { labelledBy: "" }), true);
    return [label, ...this.main.nodes, element("p", "hint", [this.words.say(`counts.${this.mode}`)])];
  }

  beyond() {
    const again = element("button", "form-button form-button--small", [this.words.say("beyond_again")]);
    again.type = "button";
    again.addEventListener("click", () => {
      this.mode = "answer";
      this.draft = nothing();
      if (this.state) this.state.disabled = false;
      this.build();
      this.tell(true);
      this.main?.focus?.focus();
    });
    this.main = { focus: again };
    return [element("p", "", [this.words.say("beyond")]), element("pre", "form-source", [this.given.source?.() ?? ""]), again];
  }

  // --- what goes with any answer ---

  extras() {
    const rows = [
      ["note", true],
      ["source", false],
      ["as_of", false],
    ].map(([name, isWide]) => {
      const made = box(this.draft[name], this.context(name, (now) => this.put({ [name]: made.read().trim() }, now), { labelledBy: "", describedBy: this.given.describedBy }), isWide);
      if (name === "source") made.focus.inputMode = "url";
      const label = element("label", "form-label", [this.words.say(`extra.${name}`)]);
      label.htmlFor = made.focus.id;
      return element("div", `form-extra form-extra--${name}`, [label, ...made.nodes]);
    });
    const summary = element("summary", "", [this.words.say("extras")]);
    const made = element("details", "form-extras", [summary, ...rows]);
    made.open = this.given.needsSource || ["note", "source", "as_of"].some((name) => this.draft[name]);
    return made;
  }

  // --- telling ---

  put(change, now) {
    this.draft = { ...this.draft, ...change };
    this.tell(now);
  }

  tell(now) {
    this.given.changed(this.draft, now);
  }
}

/** What an answer in another kind begins with: words stay words. */
function carriedOver(draft, mode, kept) {
  const words = draft.answer || draft.reason;
  if (REASONS.includes(mode)) return { ...nothing(), state: mode, reason: REASONS.includes(draft.state) ? draft.reason : "" };
  if (mode === "text") return { ...nothing(), state: words || kept?.answer ? "text" : "", answer: words || (kept?.answer ?? "") };
  return nothing();
}

export function shownState(draft) {
  return draft.state === "" ? "answer" : draft.state;
}
