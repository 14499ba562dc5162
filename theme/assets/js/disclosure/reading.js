// One answer of a disclosure file: words, states, types, details, parts. Twin of catalog/load/reading.py.
//
// An answer is `{status, kind, text, value, compare, detail, note, source, as_of, missing, start, end}`.

import { acceptsList, compare, parse } from "./answers.js";
import { UNSEEN } from "./characters.js";
import { Problem } from "./problem.js";
import { at, EXTRA_KEYS, isNothing, keyOf, MAIN_KEYS } from "./shapes.js";
import { LONGEST, partsWrittenOut, writtenOut } from "./spelling.js";
import { atTheBeginning, hides, ofWhole, unclear } from "./states.js";
import { STATE_WORDS, TEXTS } from "./tables.js";
import * as yesNo from "./types/yes_no.js";
import { fold, size, stripEnd, stripStart, whole, withoutSuffix } from "./wording.js";

/** The roles whose field needs a value: free words are no way out there. */
const WITHOUT_TEXT = ["disclosure_date", "provider_name", "service_name"];
const PLACEHOLDER = whole(
  "[-ー_?.…・*/~]+|n/?a|tbd|todo|x{3,}|未定|不明|未記入|検討中|準備中|作成中|確認中|調整中|後日記入|要確認|同上",
  "iu",
);
const SHORT = 20;
const AROUND = " ()[]{}<>「」『』【】〔〕《》〈〉";
const OF_THE_WHOLE = ["note", "source", "as_of"];
const ANSWER_KEYS = [...MAIN_KEYS, ...EXTRA_KEYS];
const [YES_NO, TEXT, URL_OF, DATE] = ["yes_no", "text", "url", "date"].map((type) => ({ type }));

export const UNANSWERED = Object.freeze(made("unanswered", null, ""));

function made(status, kind, text, more = {}) {
  return { status, kind, text, value: null, compare: null, detail: "", note: "", source: "", as_of: "", missing: [], ...more };
}

const isUnanswered = (answer) => answer.status === "unanswered";

/** Whether something is written that says nothing: `-`, 未定, (検討中です。). */
function isPlaceholder(words) {
  const strip = (text) => stripEnd(stripStart(text, AROUND), AROUND);
  const bare = strip(withoutSuffix(stripEnd(strip(fold(words.replace(UNSEEN, ""))), "。"), "です"));
  return Boolean(words) && (bare ? PLACEHOLDER.test(bare) : size(words) <= SHORT);
}

/**
 * The answer at a node. Problems go to the report; what cannot be read counts as unanswered. `fields` are the ids of all
 * fields: one of them below an answer slipped there.
 */
export function readAnswer(shapes, node, slot, language, fields = new Map()) {
  const path = WITHOUT_TEXT.includes(slot.field.role) ? [] : [slot.field.id];
  const reader = new AnswerReader({ shapes, subject: slot.subject, title: slot.field.title, language, path, yes: "", fields });
  return { ...reader.answer(node, slot.field), start: node.start, end: node.end };
}

/** `path` leads to what is read as it is written out, `["ups", "detail"]`; [] where free words are no way out. */
class AnswerReader {
  constructor(given) {
    Object.assign(this, given);
  }

  /** The reader of what stands below, of the same field. */
  within(steps, yes = "") {
    return new AnswerReader({ ...this, path: this.path.length ? [...this.path, ...steps] : [], yes: yes || this.yes });
  }

  add(code, where, values = {}) {
    this.shapes.add(code, where, values, this.subject);
  }

  answer(node, asks) {
    if (node.type === "mapping") {
      const isParts = asks.type === "parts" && partNames(asks).some((name) => at(node, name));
      return isParts ? this.parts(node, asks) : this.mapping(node, asks);
    }
    if (node.type === "sequence") return this.list(node, asks);
    return node.isNull ? UNANSWERED : this.scalar(node, asks);
  }

  // --- mappings ---

  mapping(node, asks) {
    const keys = this.keys(node);
    const main = MAIN_KEYS.filter((key) => keys.has(key));
    if (main.length > 1) {
      this.add("answer-keys", keyOf(node, main[1]) ?? node, { found: main.join(", ") });
      return UNANSWERED;
    }
    if (!main.length) {
      if (keys.size) this.add("answer-key-missing", node);
      return UNANSWERED;
    }
    const found = this.main(main[0], keys.get(main[0]), asks, keys);
    if (isUnanswered(found)) return found;
    return { ...found, note: this.text(keys, "note"), source: this.typed(keys, "source", URL_OF), as_of: this.typed(keys, "as_of", DATE) };
  }

  keys(node) {
    const keys = new Map(node.entries.filter(({ key }) => ANSWER_KEYS.includes(key.text)).map(({ key, value }) => [key.text, value]));
    for (const { key } of node.entries) if (!ANSWER_KEYS.includes(key.text)) this.unknownKey(key, ANSWER_KEYS);
    return keys;
  }

  unknownKey(key, known) {
    const slipped = this.fields.has(key.text);
    const near = slipped ? "" : this.shapes.nearest(key.text, known);
    this.add("unknown-key", key, { found: key.text, advice: slipped ? TEXTS.slipped : "", nearest: near, expected: known.join(", ") });
  }

  main(key, node, asks, keys) {
    if (key === "answer") return this.answerValue(node, asks, keys.get("detail") ?? null);
    if (keys.has("detail")) this.add("detail-without-yes", keys.get("detail"));
    const scalar = this.shapes.scalar(node, key, this.subject);
    if (!scalar) return UNANSWERED;
    const words = scalar.isNull ? "" : scalar.text.trim();
    if (key !== "text") return this.state(key, words, scalar);
    if (this.saysNothing(scalar, words) || this.isStateAsText(scalar, words)) return UNANSWERED;
    this.checkLength(scalar, words, asks);
    return words ? made("disclosed", "text", words) : UNANSWERED;
  }

  /** What stands under `answer:`, with what stands under `detail:`. */
  answerValue(node, asks, detail) {
    if (node.type === "scalar") return node.isNull ? UNANSWERED : this.scalar(node, asks, detail);
    if (node.type === "mapping" && asks.type !== "parts") {
      this.shapes.scalar(node, "answer", this.subject);
      return UNANSWERED;
    }
    const found = node.type === "mapping" ? this.parts(node, asks) : this.list(node, asks);
    if (detail) this.add("detail-without-yes", detail);
    return found;
  }

  // --- scalars ---

  /** A whole scalar: a state, a word of yes or no, or a value of the type. */
  scalar(node, asks, detail = null) {
    const words = node.text.trim();
    if (this.isUnclear(node, words) || this.saysNothing(node, words)) return UNANSWERED;
    const named = ofWhole(words);
    const state = named ? this.state(named.key, named.reason, node) : null;
    if (!state && asks.type === "yes_no") return this.yesNo(node, asks, detail);
    if (detail) this.add("detail-without-yes", detail);
    return state ?? this.bareYesNo(node, asks) ?? this.value(node, words, asks);
  }

  /** Words that mean a state but do not say which, or are none of the words for it. */
  isUnclear(node, words) {
    const found = unclear(words);
    if (found) {
      const yaml = found.key === "on_request" && this.path.length ? writtenOut([...this.path, "on_request"], words) : "";
      this.add("state-unclear", node, { found: words, advice: yaml ? "" : found.advice, yaml });
    }
    return found !== null;
  }

  /** 非公開, 個別開示 or 該当なし, with its reason. */
  state(key, reason, node) {
    if (this.saysNothing(node, reason)) return UNANSWERED;
    this.shapes.checkText(node, reason, this.subject);
    const shown = STATE_WORDS[key][this.language] ?? STATE_WORDS[key].ja;
    if (!reason && key !== "on_request") {
      this.add("reason-missing", node, { found: shown, here: isNothing(node) ? TEXTS["reason here"] : "" });
    }
    if (key !== "not_applicable") return made(key, null, shown, { detail: reason });
    if (reason) return made("disclosed", key, shown, { detail: reason });
    return made("partial", key, shown, { missing: [{ ja: "理由", en: "the reason" }] });
  }

  /** 有り or 無し where another type is asked for: nothing is a full answer, something is half of one. */
  bareYesNo(node, asks) {
    const word = yesNo.word(node.text, YES_NO);
    if (word === null || asks.choices?.length) return null;
    const written = node.text.trim();
    const shown = yesNo.isOtherWord(written) ? yesNo.text(word, YES_NO, this.language) : written;
    if (word === "no") return made("disclosed", "no", shown);
    this.add("bare-yes", node, { found: written, expected: this.title });
    return made("partial", "yes", shown, { missing: [this.title] });
  }

  value(node, words, asks) {
    const parsed = parse(words, asks);
    if (parsed instanceof Problem) {
      this.refuse(parsed, node, words, asks);
      return UNANSWERED;
    }
    this.checkLength(node, words, asks);
    return made("disclosed", "value", words, { value: parsed, compare: compare(parsed, asks) });
  }

  /** A problem of the type, with the lines that would say the same in free words. */
  refuse(found, node, words, asks) {
    const free = () => (this.path.length ? writtenOut([...this.path, "text"], words, this.yes) : "");
    const yaml = asks.type === "parts" ? partsWrittenOut(this.path, asks.parts) : free();
    this.add(found.code, node, { ...found.values, yaml });
  }

  list(node, asks) {
    const all = node.items.map((item) => this.shapes.scalar(item, "- ", this.subject));
    if (all.includes(null)) return UNANSWERED;
    const entries = all.filter((entry) => !entry.isNull);
    const words = entries.map((entry) => entry.text.trim());
    if (!words.length || entries.some((entry, place) => this.saysNothing(entry, words[place]))) return UNANSWERED;
    if (!acceptsList(asks)) return this.oneOfList(node, entries, asks);
    const lines = words.map((word) => word.split(/\s+/u).filter(Boolean).join(" "));
    let joined = lines.join("\n");
    if (parse(joined, asks) instanceof Problem) {
      for (const [place, line] of lines.entries()) { // a problem is shown at its own line
        const one = parse(line, asks);
        if (one instanceof Problem) {
          this.add(one.code, entries[place], one.values);
          return UNANSWERED;
        }
      }
      joined = lines.join("、"); // an entry was a list itself: [日本、米国, ドイツ]
    }
    return { ...this.value(node, joined, asks), text: words.join("、") };
  }

  /** A list where one value is asked for: of one entry it is that value. */
  oneOfList(node, entries, asks) {
    if (entries.length === 1) return this.scalar(entries[0], asks);
    const words = entries.map((entry) => entry.text.trim()).join("、");
    const path = ["line", "text"].includes(asks.type) ? this.path : [...this.path, "text"];
    const free = () => (this.path.length ? writtenOut(path, words, this.yes) : "");
    const yaml = asks.type === "parts" ? partsWrittenOut(this.path, asks.parts) : free();
    this.add("several-values", node, { found: String(entries.length), yaml });
    return UNANSWERED;
  }

  // --- yes and no ---

  yesNo(node, asks, given) {
    const [written, inline] = yesNo.splitDetail(node.text.trim(), asks);
    const parsed = yesNo.parse(written, asks);
    if (parsed instanceof Problem) {
      this.refuseWord(parsed, node, asks);
      return UNANSWERED;
    }
    const shown = yesNo.text(parsed, asks, this.language);
    const detail = isNothing(given) ? null : given;
    if (inline && detail) {
      this.add("detail-twice", detail, { found: node.text.trim() });
      return UNANSWERED;
    }
    this.shapes.checkText(node, inline, this.subject);
    if (parsed === "yes") return this.readYes(node, asks, shown, inline, detail);
    if (detail) this.add("detail-without-yes", detail);
    return made("disclosed", "no", shown, { value: "no", compare: { key: "no" }, detail: inline });
  }

  /** Neither yes nor no; perhaps only the detail was written. */
  refuseWord(found, node, asks) {
    const words = node.text.trim();
    const detail = asks.detail ?? TEXT;
    const values = { ...found.values, found: words };
    if (yesNo.isVague(words)) {
      this.add(found.code, node, values);
      return;
    }
    if (size(words) <= LONGEST && !(parse(words, detail) instanceof Problem)) {
      const example = `${yesNo.text("yes", asks, "ja")}(${words})`;
      if (["line", "text"].includes(detail.type)) values.example = example;
      else values.advice = { ja: `「${example}」と書いてください`, en: `write ${example}` };
    }
    this.refuse(new Problem(found.code, values), node, words, asks);
  }

  readYes(node, asks, shown, inline, detail) {
    const wanted = asks.detail;
    const reader = this.within(["detail"], shown);
    let found = { words: inline, value: null, compare: null };
    if (detail) found = reader.detail(detail, wanted ?? TEXT);
    else if (inline && wanted) found = reader.detail({ ...node, text: inline }, wanted);
    const { words, value } = found;
    if (wanted && (!words || hides(words))) {
      return made("partial", "yes", shown, { value: "yes", compare: { key: "yes" }, detail: words, missing: [wanted.prompt] });
    }
    const typed = value === null ? "yes" : { answer: "yes", detail: value };
    return made("disclosed", "yes", shown, { value: typed, compare: found.compare ?? { key: "yes" }, detail: words });
  }

  /** Words, typed value and comparison of a detail; free words (`text:`) and 非公開 have no value. */
  detail(node, asks) {
    const only = (words) => ({ words, value: null, compare: null });
    if (node.type === "mapping") {
      const keys = this.shapes.keys(node, { required: ["text"] });
      const words = this.shapes.text(keys, "text");
      if (words && this.saysNothing(keys.get("text"), words)) return only("");
      if (words) this.shapes.checkText(keys.get("text"), words, this.subject);
      return only(words);
    }
    if (node.type === "sequence") {
      const found = this.list(node, asks);
      return { words: found.text, value: found.value, compare: found.compare };
    }
    const words = node.text.trim();
    if (this.saysNothing(node, words)) return only("");
    if (hides(words)) return only(words);
    const found = this.value(node, words, asks);
    return {
      words: found.text,
      value: ["text", "line"].includes(asks.type) ? null : found.value,
      compare: asks.type === "yes_no" ? null : found.compare, // a yes or no inside a yes would read like the answer itself
    };
  }

  // --- parts ---

  parts(node, asks) {
    const known = new Set(asks.parts.map((part) => part.id));
    const labels = new Map(asks.parts.flatMap((part) => Object.values(part.label).map((label) => [label, part.id])));
    const given = this.shapes.keys(node, { optional: [...known], names: labels, others: this.fields });
    for (const { key } of node.entries) if (this.fields.has(key.text) && !known.has(key.text)) this.unknownKey(key, []);
    const found = {};
    const missing = [];
    for (const part of asks.parts) {
      this.refuseRemarks(given.get(part.id));
      const reader = this.within(["answer", part.id]);
      const answer = given.has(part.id) ? reader.answer(given.get(part.id), part) : UNANSWERED;
      if (["unanswered", "withheld"].includes(answer.status)) missing.push(...(part.optional ? [] : [part.label]));
      else if (answer.status === "partial") missing.push(...(answer.missing.length ? answer.missing : [part.label]));
      if (!isUnanswered(answer)) found[part.id] = { value: answer.value, text: answer.text, detail: answer.detail };
    }
    const answered = asks.parts.filter((part) => Object.hasOwn(found, part.id));
    if (!answered.length) return UNANSWERED;
    const text = answered.map((part) => partText(part.label, found[part.id], this.language)).join("\n");
    return made(missing.length ? "partial" : "disclosed", "value", text, { value: found, missing });
  }

  /** What is told of the whole answer stands beside `answer:`, not within one of its parts. */
  refuseRemarks(node) {
    if (node?.type !== "mapping") return;
    const expected = ANSWER_KEYS.filter((key) => !OF_THE_WHOLE.includes(key)).join(", ");
    for (const { key } of node.entries) {
      if (OF_THE_WHOLE.includes(key.text)) this.add("unknown-key", key, { found: key.text, nearest: "", expected });
    }
  }

  // --- extras ---

  text(keys, key) {
    const scalar = keys.has(key) ? this.shapes.scalar(keys.get(key), key, this.subject) : null;
    if (isNothing(scalar)) return "";
    this.shapes.checkText(scalar, scalar.text.trim(), this.subject);
    return scalar.text.trim();
  }

  typed(keys, key, asks) {
    const words = this.text(keys, key);
    const parsed = words ? parse(words, asks) : "";
    if (!(parsed instanceof Problem)) return parsed;
    this.add(parsed.code, keys.get(key), parsed.values);
    return "";
  }

  checkLength(node, words, asks) {
    const length = size(words);
    if (asks.max_length && length > asks.max_length) {
      this.add("too-long", node, { found: String(length), expected: String(asks.max_length) });
    } else this.shapes.checkText(node, words, this.subject);
  }

  saysNothing(node, words) {
    const found = isPlaceholder(words);
    if (found) this.add("placeholder-answer", node, { found: words });
    return found;
  }

  /** `text: 非公開(…)` would count as disclosed. */
  isStateAsText(node, words) {
    const found = atTheBeginning(words);
    if (found) this.add("state-as-text", node, { found: found.words, expected: found.key });
    return found !== null;
  }
}

/** What a part may be called: its id, or what is printed for it (which is then told to be wrong). */
function partNames(asks) {
  return asks.parts.flatMap((part) => [part.id, ...Object.values(part.label)]);
}

function partText(label, one, language) {
  const name = label[language] || Object.values(label)[0];
  return `${name}: ${one.text}${one.detail ? `(${one.detail})` : ""}`;
}
