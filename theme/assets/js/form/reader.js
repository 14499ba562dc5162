// What a text says as a disclosure, with its problems in the page's words.
import { say } from "../disclosure/messages.js";
import { readDisclosure } from "../disclosure/read.js";
import { completeness, sheets } from "../disclosure/sheets.js";
import { todayInTokyo } from "../expiry.js";

export class Reader {
  constructor(codes, words) {
    this.codes = codes;
    this.language = words.language;
    this.form = { free_words: words.say("state.text"), column: words.say("extra.note") };
  }

  static async of(data, words) {
    return new Reader(await data.file("problems.json"), words);
  }

  /** `{problems, disclosure, sheets, completeness}`; a problem has its `message`, its `hint`, and its `advice`: the hint for
   * who has fields to fill in, not the lines of a file. */
  read(text, guideline, id) {
    const found = readDisclosure(text, guideline, { id, today: todayInTokyo(new Date()), language: this.language });
    const problems = found.problems.map((problem) => ({ ...problem, ...say(problem, this.codes, this.language), advice: this.advice(problem) }));
    const { disclosure } = found;
    return { problems, disclosure, sheets: disclosure ? sheets(disclosure) : [], completeness: disclosure ? completeness(disclosure) : null };
  }

  advice({ values: { yaml, ...values }, ...problem }) {
    return say({ ...problem, values: { ...values, ...this.form } }, this.codes, this.language).hint;
  }
}
