// What the form says: the page's words by key, and texts of the guideline in the page's language.
import { inLanguage } from "../data.js";
import { fill } from "../dom.js";

export class Words {
  constructor(words, language) {
    this.words = words;
    this.language = language;
  }

  say(key, values = {}) {
    return fill(this.words[key] ?? key, values);
  }

  of(text) {
    return inLanguage(text, this.language);
  }
}
