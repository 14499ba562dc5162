// Collects the problems of one file. Twin of Report in catalog/diagnostics.

import { WARNINGS } from "./tables.js";

export class Report {
  constructor(places) {
    this.places = places;
    this.problems = [];
  }

  /** `where` is a node, or any `{start, end}`. */
  add(code, where, values = {}, subject = null) {
    const severity = WARNINGS.includes(code) ? "warning" : "error";
    const { start, end } = where;
    this.problems.push({ code, severity, start, end, ...this.places.of(start), subject, values });
  }

  /** By line, column, code; equal ones once. */
  sorted() {
    const keyed = this.problems.map((one) => [[one.line, one.column, one.code, inOrder(one.values)], one]);
    keyed.sort(([a], [b]) => compared(a, b));
    return keyed.filter(([key], place) => !place || compared(keyed[place - 1][0], key)).map(([, one]) => one);
  }
}

function inOrder(values) {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function compared(a, b) {
  const place = a.findIndex((one, index) => one !== b[index]);
  return place < 0 ? 0 : a[place] < b[place] ? -1 : 1;
}
