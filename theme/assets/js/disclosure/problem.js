// Why a text is no answer of its type.

/** A code of the messages and the values of their placeholders, each a text or a text in several languages. */
export class Problem {
  constructor(code, values) {
    this.code = code;
    this.values = values;
  }
}

export function problem(code, values = {}) {
  return new Problem(code, values);
}
