// Requirements and answers in words. No DOM. Twin of what catalog/pages/match.py renders.

import { inLanguage } from "../data.js";
import { fill } from "../dom.js";
import { compared, isPlace, ownUnit } from "./conditions.js";

const LONGEST = 120;
const YES_NO = { yes: { ja: "有り", en: "Yes" }, no: { ja: "無し", en: "No" } };

/** What is said in one language: `words` by key, `places` by key, texts of the guideline. */
export class Speech {
  constructor(words, places, language) {
    this.words = words;
    this.places = places;
    this.language = language;
  }

  say(key, values = {}) {
    return fill(this.words[key] ?? key, values);
  }

  /** A text of the guideline in this language, else the original. */
  of(text) {
    return inLanguage(text, this.language);
  }

  /** The item's label, with the field's title where the item asks several things. */
  name({ item, field }) {
    const [label, title] = [this.of(item.label), this.of(field.title)];
    return item.fields.length > 1 && title !== label ? `${label}: ${title}` : label;
  }

  yesAndNo(field) {
    const own = field.type === "yes_no" ? field.words ?? {} : {};
    const word = (kind) => own[kind]?.[this.language] ?? YES_NO[kind][this.language] ?? own[kind]?.ja ?? YES_NO[kind].ja;
    return { yes: word("yes"), no: word("no") };
  }

  /** `10分以上`, `日本にある`. */
  condition(condition, field) {
    const { test } = condition;
    if (test === "yes" || test === "no") return this.say(`condition.${test}`, this.yesAndNo(field));
    if (test === "at_least" || test === "at_most") return this.say(`condition.${test}`, { value: this.amount(condition, field) });
    if (test === "in") return this.say(`condition.${isPlace(field) ? "in_place" : "in_choice"}`, { values: this.anyOf(this.labels(condition.values, field)) });
    return this.say(`condition.${test}`, { text: condition.text });
  }

  amount({ number, unit }, field) {
    const own = unit || ownUnit(field);
    const word = this.words[unit ? `units.${own}` : `own_units.${own}`] ?? own;
    return this.say("condition.amount", { number, unit: word }).trim();
  }

  labels(values, field) {
    if (isPlace(field)) return values.map((value) => this.places[value]);
    const labels = Object.fromEntries((compared(field).choices ?? []).map((choice) => [choice.id, this.of(choice.label)]));
    return values.map((value) => labels[value]);
  }

  anyOf(names) {
    return names.length === 1 ? names[0] : this.say("condition.any", { values: names.join(this.words["condition.or"]) });
  }

  /** The word of a verdict; what a transcription lacks is only not transcribed. */
  verdict(verdict, service) {
    const lacking = verdict === "undisclosed" && service.submitted_by === "third_party";
    return this.say(`verdict.${lacking ? "not_transcribed" : verdict}`);
  }

  /** An answer in a line: `{mark, word, text, partial}`. */
  quoted(row, field, service) {
    const partial = row.status === "partial";
    if (["withheld", "on_request", "unanswered"].includes(row.status)) {
      const missing = service.submitted_by === "third_party" && row.status === "unanswered";
      const word = this.say(missing ? "status.not_transcribed" : `status.${row.status}`);
      return { mark: row.status, word, text: shortened(row.detail ?? ""), partial: false };
    }
    if (row.kind === "not_applicable") {
      return { mark: row.kind, word: this.say("mark.not_applicable"), text: shortened(row.detail ?? ""), partial };
    }
    if (row.kind === "yes" || row.kind === "no") {
      const word = field.type === "yes_no" ? this.yesAndNo(field)[row.kind] : this.say(`mark.${row.kind}`);
      return { mark: row.kind, word, text: shortened(row.detail ?? ""), partial };
    }
    const chosen = row.kind === "value" && field.choices && row.compare?.key;
    const text = chosen ? this.labels(chosen.split(" "), field).join(this.words["list.separator"]) : (row.text ?? "");
    return { mark: "", word: "", text: shortened(text), partial };
  }
}

/** In one line, and not longer than a table bears. */
export function shortened(text) {
  const letters = [...text.trim().split(/\s+/u).join(" ")];
  return letters.length <= LONGEST ? letters.join("") : `${letters.slice(0, LONGEST).join("")}…`;
}
