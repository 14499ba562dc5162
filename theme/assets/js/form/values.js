// Values as YAML, on one line or below their key. A value is null (nothing written), a text, a list of texts, or an object
// of values.
import { flowScalar, scalar } from "./scalars.js";

/** The file is written in a way that cannot be changed in place. */
export class Beyond extends Error {}

/** A list that stands on one line where none stands yet: `[a, b]`. */
export class Inline {
  constructor(items) {
    this.items = items;
  }
}

/** What stands behind the colon of a key in `column`, and on the lines below. */
export function rendered(value, column) {
  if (value === null) return { head: "", body: "" };
  const margin = " ".repeat(column + 2);
  if (value instanceof Inline) return { head: ` ${flow(value)}`, body: "" };
  if (Array.isArray(value)) {
    if (!value.length) return { head: " []", body: "" };
    return { head: "", body: value.map((one) => `\n${margin}- ${onOneLine(one)}`).join("") };
  }
  if (isObject(value)) {
    const entries = Object.entries(value);
    if (!entries.length) return { head: "", body: "" };
    const lines = entries.map(([name, inner]) => {
      const { head, body } = rendered(inner, column + 2);
      return `\n${margin}${name}:${head}${body}`;
    });
    return { head: "", body: lines.join("") };
  }
  const written = asScalar(scalar(value, column));
  const [first, ...rest] = written.split("\n");
  return { head: ` ${first}`, body: rest.length ? `\n${rest.join("\n")}` : "" };
}

function onOneLine(text) {
  return text.includes("\n") ? flowText(text) : asScalar(scalar(text, 0));
}

export function flow(value) {
  if (value === null) return "";
  if (value instanceof Inline) return flow(value.items);
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (isObject(value)) return `{${Object.entries(value).map(([name, inner]) => `${name}: ${flow(inner)}`).join(", ")}}`;
  return flowText(value);
}

function flowText(text) {
  return asScalar(flowScalar(text));
}

function asScalar(text) {
  if (text === undefined) throw new Beyond("text");
  return text;
}

// --- what a value says ---

/** As `plain` of tree.js has it. */
export function settled(value) {
  if (value instanceof Inline) return settled(value.items);
  if (Array.isArray(value)) return { list: value.map(settled) };
  if (!isObject(value)) return value;
  const map = new Map(Object.entries(value).map(([name, inner]) => [name, settled(inner)]));
  return map.size ? { map } : null;
}

/** A value that says what was found. */
export function unplain(found) {
  if (found?.list) return found.list.map(unplain);
  return found?.map ? Object.fromEntries([...found.map].map(([name, inner]) => [name, unplain(inner)])) : found;
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Inline);
}
