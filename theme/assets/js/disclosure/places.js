// Offsets in a text as line and column, as a reader counts them.

/** `of(offset)`: `{line, column}` from 1, columns in characters; a byte order mark is none. */
export class Places {
  constructor(text) {
    this.text = text;
    this.starts = [text.startsWith("\ufeff") ? 1 : 0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(match.index + match[0].length);
  }

  of(offset) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...this.text.slice(this.starts[low], offset)].length + 1 };
  }

  /** Where a line (from 0) begins. */
  start(row) {
    return this.starts[row];
  }
}
