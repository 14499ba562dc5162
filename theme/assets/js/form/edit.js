// The text of a disclosure file, changed by the ranges of its nodes: what is not meant stays as it is, byte for byte.
// A change is made and read back: where the file would then say anything else than what was asked for, nothing is changed
// and `Beyond` is thrown. Values are those of values.js.
import { parse } from "../disclosure/source.js";
import { colonAfter, columnOf, contentEnd, entryEnd, isFlow, lineEnd, lineStart, trailingEnd } from "./ranges.js";
import { changed, entryAt, parsed, plain, same } from "./tree.js";
import { Beyond, flow, Inline, isObject, rendered, settled, unplain } from "./values.js";

/**
 * The text with `value` at `path`; the mappings that lead there are made where they are missing.
 * A new key stands where `order`, the names of its siblings, puts it. What has the value already is left alone.
 */
export function write(text, path, value, order = []) {
  const root = rootOf(text);
  const entry = entryAt(root, path);
  value = keepingEnd(text, entry?.value, value);
  if (entry && same(plain(entry.value), settled(value))) return text;
  if (value instanceof Inline && entry?.value.type === "sequence" && !isFlow(text, entry.value)) return write(text, path, value.items, order);
  if (entry && entry.value.type === "mapping" && isObject(value)) return assigned(text, path, entry.value, value, order);
  return checked(text, root, placed(text, root, path, value, order), path, settled(value));
}

/** The text without the key at `path`, and without the lines that it stood on. */
export function remove(text, path) {
  const root = rootOf(text);
  const entry = entryAt(root, path);
  if (!entry) return text;
  const parent = path.length > 1 ? entryAt(root, path.slice(0, -1)).value : root;
  const edit = isFlow(text, parent) ? flowRemoval(text, parent, entry) : blockRemoval(text, entry);
  return checked(text, root, [edit], path, undefined);
}

/** The text with the key at `path` named otherwise. */
export function rename(text, path, name) {
  const root = rootOf(text);
  const entry = entryAt(root, path);
  if (!entry) throw new Beyond(path.join("."));
  const { start, end } = entry.key;
  const next = apply(text, [{ start, end, text: name }]);
  const expected = plain(root);
  const parent = path.slice(0, -1).reduce((node, key) => node.map.get(key), expected);
  parent.map = new Map([...parent.map].map(([key, value]) => [key === path.at(-1) ? name : key, value]));
  if (parent.map.size !== (path.length > 1 ? entryAt(root, path.slice(0, -1)).value : root).entries.length) throw new Beyond(name);
  return agreeing(next, expected);
}

/** The text with lines of YAML, indented by `indent`, as the last entry of the mapping at `path`. */
export function append(text, path, name, lines, indent) {
  const root = rootOf(text);
  const entry = entryAt(root, path);
  const written = parse(lines).root;
  const empty = !entry || plain(entry.value) === null;
  if (!entry || written?.type !== "mapping" || (entry.value.type !== "mapping" && !empty)) throw new Beyond(path.join("."));
  const column = empty || isFlow(text, entry.value) ? columnOf(text, entry.key.start) + 2 : columnOf(text, entry.value.entries[0].key.start);
  if (!empty && isFlow(text, entry.value)) return write(text, [...path, name], unplain(plain(written).map.get(name)));
  const own = lines.replace(/\n+$/, "").split("\n").map((line) => (line.trim() ? " ".repeat(column) + line.slice(indent) : ""));
  const last = empty ? colonAfter(text, entry.key) : trailingEnd(text, contentEnd(text, entry.value), columnOf(text, entry.key.start) + 1);
  const edit = { start: lineEnd(text, last), end: lineEnd(text, last), text: `\n\n${own.join("\n")}` };
  return checked(text, root, empty ? [...emptied(text, entry), edit] : [edit], [...path, name], plain(written).map.get(name));
}

/** Lines that stood below `|` go on ending in a line break, as that sign has it. */
function keepingEnd(text, old, value) {
  const isBlock = old?.type === "scalar" && text[old.start] === "|" && old.text.endsWith("\n") && !old.text.endsWith("\n\n");
  return isBlock && typeof value === "string" && (value.includes("\n") || `${value}\n` === old.text) ? `${value}\n` : value;
}

// --- making changes ---

/** A mapping brought to a value key by key, so that what stays keeps its place, its style and its comments. */
function assigned(text, path, node, value, order) {
  const names = Object.keys(value);
  const gone = node.entries.map(({ key }) => key.text).filter((name) => !names.includes(name));
  if (gone.length && gone.length === node.entries.length) return replaced(text, path, value);
  const keys = order.length ? order : names;
  const filled = names.reduce((now, name) => write(now, [...path, name], value[name], keys), text);
  return gone.reduce((now, name) => remove(now, [...path, name]), filled);
}

function replaced(text, path, value) {
  const root = rootOf(text);
  return checked(text, root, replacement(text, root, path, value), path, settled(value));
}

function placed(text, root, path, value, order) {
  if (entryAt(root, path)) return replacement(text, root, path, value);
  const parent = path.slice(0, -1);
  const holder = parent.length ? entryAt(root, parent) : { value: root };
  if (!holder) return placed(text, root, parent, { [path.at(-1)]: value }, TOP);
  const name = path.at(-1);
  if (holder.value.type !== "mapping") {
    if (plain(holder.value) !== null) throw new Beyond(path.join("."));
    return replacement(text, root, parent, { [name]: value });
  }
  return [insertion(text, holder.value, name, value, order, isFlow(text, holder.value))];
}

const TOP = ["provider", "services", "data_centers"];

function replacement(text, root, path, value) {
  const entry = entryAt(root, path);
  const holder = path.length > 1 ? entryAt(root, path.slice(0, -1)).value : root;
  if (isFlow(text, holder)) return [flowReplacement(text, entry, value)];
  return [blockReplacement(text, entry, value)];
}

function blockReplacement(text, { key, value: old }, value) {
  const colon = colonAfter(text, key);
  const { head, body } = rendered(value, columnOf(text, key.start));
  const nothing = old.type === "scalar" && old.start === old.end;
  const start = nothing ? colon : old.start;
  const end = nothing ? colon : contentEnd(text, old);
  const isBlock = !nothing && (old.type !== "scalar" || text.slice(start, end).includes("\n") || /^[|>]/.test(text.slice(start)));
  if (isBlock && !(isFlow(text, old) && !text.slice(colon, end).includes("\n"))) {
    const comment = commentOf(text, colon);
    return { start: colon, end, text: head + comment + body };
  }
  const space = text.slice(colon, start);
  if (space.includes("\n")) return { start: colon, end, text: head + commentOf(text, colon) + body };
  if (body) {
    const last = lineEnd(text, end);
    return { start: colon, end: last, text: head + text.slice(end, last).trimEnd() + body };
  }
  if (!head) return { start: colon, end, text: "" };
  return nothing ? { start: colon, end: colon, text: head } : { start, end, text: head.slice(1) };
}

/** The comment on the line of a key whose value stands below it, or behind the sign of a block of lines. */
function commentOf(text, colon) {
  const found = /^(?:[ \t]*[|>][-+\d]*)?([ \t]+#.*)/.exec(text.slice(colon, lineEnd(text, colon)));
  return found ? found[1].trimEnd() : "";
}

function flowReplacement(text, { key, value: old }, value) {
  const colon = colonAfter(text, key);
  const nothing = old.type === "scalar" && old.start === old.end;
  const written = flow(value);
  if (nothing) return { start: colon, end: colon, text: written && ` ${written}` };
  return { start: old.start, end: contentEnd(text, old), text: written };
}

function insertion(text, mapping, name, value, order, inFlow) {
  const before = previous(mapping, name, order);
  if (inFlow) {
    const written = `${name}: ${flow(value)}`;
    if (!mapping.entries.length) return { start: mapping.start + 1, end: mapping.start + 1, text: written };
    const at = before ? entryEnd(text, before) : mapping.entries[0].key.start;
    return { start: at, end: at, text: before ? `, ${written}` : `${written}, ` };
  }
  const column = columnOf(text, mapping.entries[0].key.start);
  const { head, body } = rendered(value, column);
  const lines = `${" ".repeat(column)}${name}:${head}${body}`;
  const example = exampleOf(text, mapping, name, column);
  if (example !== undefined) return { start: example, end: example, text: `\n${lines}` };
  if (!before) {
    const first = lineStart(text, mapping.entries[0].key.start);
    return { start: first, end: first, text: `${lines}\n` };
  }
  const at = lineEnd(text, entryEnd(text, before));
  return { start: at, end: at, text: `\n${lines}` };
}

/** The end of a line like `# reading: …`, which shows how a key is written that does not stand there yet. */
function exampleOf(text, mapping, name, column) {
  const last = mapping.entries.at(-1);
  const from = Math.max(0, text.lastIndexOf("\n", mapping.entries[0].key.start - 1) - 4000);
  const pattern = new RegExp(`^ {${column}}# ${name}:.*`, "gm");
  pattern.lastIndex = column ? from : 0;
  const found = pattern.exec(text);
  if (!found || found.index > entryEnd(text, last)) return undefined;
  const inside = mapping.entries.some(({ value }) => value.type !== "scalar" && value.start < found.index && found.index < contentEnd(text, value));
  return inside ? undefined : lineEnd(text, found.index);
}

function previous(mapping, name, order) {
  const place = order.indexOf(name);
  if (place < 0) return mapping.entries.at(-1);
  const earlier = new Set(order.slice(0, place));
  const found = mapping.entries.findLast(({ key }) => earlier.has(key.text));
  return found ?? (mapping.entries.some(({ key }) => order.includes(key.text)) ? undefined : mapping.entries.at(-1));
}

function blockRemoval(text, entry) {
  const start = lineStart(text, entry.key.start);
  const column = columnOf(text, entry.key.start);
  if (text.slice(start, entry.key.start).trim()) throw new Beyond(entry.key.text);
  let end = lineEnd(text, trailingEnd(text, entryEnd(text, entry), column + 1));
  const blankBefore = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const after = /^(?:\r?\n[ \t]*)+(?=\r?\n|$)/.exec(text.slice(end));
  if (blankBefore && after) end += after[0].length;
  if (text.startsWith("\r\n", end)) end += 2;
  else if (text[end] === "\n") end += 1;
  return { start, end, text: "" };
}

function flowRemoval(text, parent, entry) {
  const place = parent.entries.indexOf(entry);
  if (place > 0) return { start: entryEnd(text, parent.entries[place - 1]), end: entryEnd(text, entry), text: "" };
  const next = parent.entries[1];
  return { start: entry.key.start, end: next ? next.key.start : entryEnd(text, entry), text: "" };
}

/** What makes room below a key that has an empty value, written or not. */
function emptied(text, { key, value }) {
  const colon = colonAfter(text, key);
  return value.start === value.end ? [] : [{ start: colon, end: contentEnd(text, value), text: "" }];
}

// --- taking changes over ---

function rootOf(text) {
  const { root, problems } = parsed(text);
  if (root?.type !== "mapping" || problems.length) throw new Beyond("root");
  return root;
}

function apply(text, edits) {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const sorted = edits.toSorted((one, other) => other.start - one.start);
  return sorted.reduce((now, edit) => now.slice(0, edit.start) + edit.text.replaceAll("\n", newline) + now.slice(edit.end), text);
}

/** The text after the edits, if it says what it said with only `value` at `path` instead (undefined: nothing there). */
function checked(text, root, edits, path, value) {
  return agreeing(apply(text, edits), changed(plain(root), path, value));
}

function agreeing(text, expected) {
  const { root, problems } = parsed(text);
  if (!root || problems.length || !same(plain(root), expected)) throw new Beyond("change");
  return text;
}
