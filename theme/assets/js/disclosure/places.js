// Offsets in a text as line and column, as a reader counts them.

import { size } from "./wording.js";

/** `of(offset)`: `{line, column}` from 1, columns in characters; a byte order mark is none. */
export class Places {
  constructor(text) {
    this.text = text;
    this.starts = [text.startsWith("\ufeff") ? 1 : 0];
    this.last = { row: 0, offset: this.starts[0], column: 1 };
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(match.index + match[0].length);
  }

  of(offset) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: this.column(low, offset) };
  }

  /** Counted from the place asked for before, if it stands left of this one: a line may be very long. */
  column(row, offset) {
    const isNear = this.last.row === row && this.last.offset <= offset;
    const from = isNear ? this.last : { offset: this.starts[row], column: 1 };
    const column = from.column + size(this.text.slice(from.offset, offset));
    this.last = { row, offset, column };
    return column;
  }

  /** Where a line (from 0) begins. */
  start(row) {
    return this.starts[row];
  }
}
