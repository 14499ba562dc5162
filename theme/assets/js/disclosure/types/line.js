// One line of text. Twin of catalog/answers/line.py.

import { problem } from "../problem.js";
import { lines } from "../wording.js";

/** The line as it is. */
export function parse(text) {
  const count = lines(text.trim()).length;
  return count === 1 ? text.trim() : problem("several-lines", { found: String(count) });
}

export const compare = () => null;
