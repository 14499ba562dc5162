// Taking the table along: to the clipboard, as a file, on paper.
import { saveAs } from "../dom.js";
import { csv, gridOf, markdown, tsv } from "./take.js";

export class Taking {
  constructor(part, words, table) {
    this.part = part;
    this.words = words;
    this.table = table;
  }

  grid() {
    return gridOf(this.table.whole(), this.words);
  }

  copyLink() {
    return this.copy(location.href);
  }

  copyTsv() {
    return this.copy(tsv(this.grid()));
  }

  copyMarkdown() {
    return this.copy(markdown(this.grid()));
  }

  async copy(text) {
    const box = this.part("by-hand");
    try {
      await navigator.clipboard.writeText(text);
      box.hidden = true;
      this.part("copied").textContent = this.words.copied;
    } catch {
      box.hidden = false;
      box.querySelector("textarea").value = text;
      box.querySelector("textarea").select();
      this.part("copied").textContent = this.words.copyByHand;
    }
  }

  saveCsv() {
    saveAs(this.words.file, csv(this.grid()), "text/csv;charset=utf-8");
  }

  print() {
    window.print();
  }
}
