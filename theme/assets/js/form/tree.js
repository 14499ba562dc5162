// What a file says, however it is written. Pure.
import { parse } from "../disclosure/source.js";

/** As `parse`; the last texts are remembered, because one edit leads to the next. */
export function parsed(text) {
  if (!recent.has(text)) recent.set(text, parse(text));
  if (recent.size > 4) recent.delete(recent.keys().next().value);
  return recent.get(text);
}

const recent = new Map();

/** The entry at a path of keys, `{key, value}`, or undefined. */
export function entryAt(root, path) {
  let node = root;
  let entry;
  for (const name of path) {
    entry = node?.type === "mapping" ? node.entries.find(({ key }) => key.text === name) : undefined;
    if (!entry) return undefined;
    node = entry.value;
  }
  return entry;
}

/** Null, a text, `{list}` or `{map}`. */
export function plain(node) {
  if (node.type === "mapping") return node.entries.length ? { map: new Map(node.entries.map(({ key, value }) => [key.text, plain(value)])) } : null;
  if (node.type === "sequence") return { list: node.items.map(plain) };
  return node.isNull ? null : node.text;
}

export function same(one, other) {
  if (one === other) return true;
  if (one?.list && other?.list) return one.list.length === other.list.length && one.list.every((item, place) => same(item, other.list[place]));
  if (!one?.map || !other?.map) return false;
  return one.map.size === other.map.size && [...one.map].every(([name, inner]) => other.map.has(name) && same(inner, other.map.get(name)));
}

/** The tree with `value` at a path; undefined takes away what is there. */
export function changed(tree, [name, ...rest], value) {
  const map = new Map(tree?.map);
  if (rest.length) map.set(name, changed(map.get(name) ?? null, rest, value));
  else if (value === undefined) map.delete(name);
  else map.set(name, value);
  return map.size ? { map } : null;
}
