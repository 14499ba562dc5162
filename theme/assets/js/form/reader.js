// What a text says as a disclosure, with its problems in the page's words.
import { say } from "../disclosure/messages.js";
import { readDisclosure } from "../disclosure/read.js";
import { completeness, sheets } from "../disclosure/sheets.js";
import { todayInTokyo } from "../expiry.js";

export class Reader {
  constructor(codes, language) {
    this.codes = codes;
    this.language = language;
  }

  static async of(data, language) {
    return new Reader(await data.file("problems.json"), language);
  }

  /** `{problems, disclosure, sheets, completeness}`; a problem has its `message` and `hint`. */
  read(text, guideline, id) {
    const found = readDisclosure(text, guideline, { id, today: todayInTokyo(new Date()), language: this.language });
    const problems = found.problems.map((problem) => ({ ...problem, ...say(problem, this.codes, this.language) }));
    const { disclosure } = found;
    return { problems, disclosure, sheets: disclosure ? sheets(disclosure) : [], completeness: disclosure ? completeness(disclosure) : null };
  }
}
