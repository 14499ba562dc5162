// A disclosure file as the form works on it: what stands in it, and every change that the form can make. Pure; each change
// returns the new text, or throws `Beyond` where the file is written in a way that cannot be changed in place.
import { cleanedDraft, draftOf, ORDER, sameDraft, valueOf } from "./answer.js";
import { append, remove, rename, write } from "./edit.js";
import { entryAt, parsed } from "./tree.js";
import { Beyond, Inline } from "./values.js";

export const HEAD = ["guideline", "guideline_version", "submitted_by", "transcribed_on", "sample", "name", "disclosed_on", "reading", "name_en", "aliases", "formerly", "withdrawn"];
const TOP = [...HEAD, "provider", "services", "data_centers"];
const IN_SERVICE = ["name", "formerly", "data_centers", "answers"];
const KEYS = { provider: "provider", service: "services", data_center: "data_centers" };

/** The ids that may stand in addresses and names of files; `shapes.py` has the rule. */
const ID = /^[a-z0-9-]{1,40}$/;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

export function isId(text) {
  return ID.test(text) && !RESERVED.test(text);
}

/** An id near to what was typed. */
export function nearestId(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "");
}

/** Where the answers of a place stand: `{scope, id}` with `id` of the service or data centre. */
export function pathOf({ scope, id }) {
  if (scope === "provider") return ["provider"];
  return scope === "service" ? ["services", id, "answers"] : ["data_centers", id];
}

/** The tree of a text, or null where it cannot be read. */
export function rootOf(text) {
  const { root, problems } = parsed(text);
  return root?.type === "mapping" && !problems.length ? root : null;
}

export function nodeAt(root, path) {
  return entryAt(root, path)?.value;
}

/** The ids of the services, or of the data centres. */
export function idsOf(root, scope) {
  const node = nodeAt(root, [KEYS[scope]]);
  return node?.type === "mapping" ? node.entries.map(({ key }) => key.text) : [];
}

/** A key of the file's head as text. */
export function headOf(root, key) {
  const node = nodeAt(root, [key]);
  if (!node || (node.type === "scalar" && node.isNull)) return "";
  if (node.type === "sequence") return node.items.filter(({ type }) => type === "scalar").map(({ text }) => text).join("、");
  return node.type === "scalar" ? node.text.trim() : "";
}

export function setHead(text, key, words) {
  if (!words && !entryAt(rootOf(text), [key])) return text;
  if (!words && !["guideline", "guideline_version", "submitted_by"].includes(key)) return remove(text, [key]);
  const value = key === "aliases" ? new Inline(words.split(/\s*[、,]\s*/).filter(Boolean)) : words || null;
  return write(text, [key], value, TOP);
}

// --- answers ---

export function draftAt(root, place, field) {
  return draftOf(nodeAt(root, [...pathOf(place), field.id]), field);
}

/** The text with an answer. `order` are the ids of the fields of the place, in the guideline's order. */
export function setAnswer(text, place, field, draft, order) {
  const path = [...pathOf(place), field.id];
  const node = nodeAt(rootOf(text), path);
  if (sameDraft(draft, draftOf(node, field))) return text;
  const value = valueOf(cleanedDraft(draft), field, node);
  if (value === null && !node) return text;
  const isAnswer = node?.type === "mapping" && value !== null && typeof value === "object";
  return write(text, path, value, isAnswer ? ORDER : order);
}

/** An answer's key with nothing behind it yet. */
export function addAnswer(text, place, field, order) {
  return write(text, [...pathOf(place), field.id], null, order);
}

/** The reason why a group does not apply, "" where it has none yet; undefined where nothing says so. */
export function groupReason(root, place, group) {
  const node = nodeAt(root, [...pathOf(place), "not_applicable", group]);
  return node && (node.type === "scalar" ? (node.isNull ? "" : node.text.trim()) : "");
}

export function setGroup(text, place, group, reason) {
  const path = [...pathOf(place), "not_applicable"];
  if (reason !== undefined) return write(text, [...path, group], reason || null);
  const groups = nodeAt(rootOf(text), path);
  return remove(text, groups?.entries?.length === 1 ? path : [...path, group]);
}

// --- services and data centres ---

/** The name that a service or data centre has of its own, where the guideline does not ask for one. */
export function ownName(root, scope, id) {
  const node = nodeAt(root, [KEYS[scope], id, "name"]);
  return node?.type === "scalar" && !node.isNull ? node.text.trim() : "";
}

export function setOwnName(text, scope, id, name) {
  return write(text, [KEYS[scope], id, "name"], name || null, [...IN_SERVICE]);
}

/** Which data centres a service uses: `{ids, reason}`; `reason` is why there is none. */
export function usedBy(root, service) {
  const node = nodeAt(root, ["services", service, "data_centers"]);
  if (node?.type === "sequence") return { ids: node.items.filter(({ type }) => type === "scalar").map(({ text }) => text.trim()), reason: undefined };
  const reason = nodeAt(root, ["services", service, "data_centers", "not_applicable"]);
  return { ids: [], reason: reason && (reason.isNull ? "" : reason.text.trim()) };
}

export function setUsed(text, service, { ids, reason }) {
  const value = reason === undefined ? new Inline(ids) : { not_applicable: reason || null };
  return write(text, ["services", service, "data_centers"], value, IN_SERVICE);
}

/** A block more, as the scaffold has it; `block` is its text there, for `name`. */
export function addBlock(text, scope, id, block, name) {
  if (idsOf(rootOf(text), scope).includes(id)) throw new Beyond(id);
  const key = KEYS[scope];
  const given = rootOf(text);
  const ready = entryAt(given, [key]) ? text : write(text, [key], null, TOP);
  return append(ready, [key], id, block.replace(`  ${name}:`, `  ${id}:`), 2);
}

/** Without the service or data centre; services that used it use it no longer. */
export function removeBlock(text, scope, id) {
  const rest = idsOf(rootOf(text), scope).filter((one) => one !== id);
  const left = scope === "data_center" ? withoutUse(text, id) : text;
  return rest.length || scope === "service" ? remove(left, [KEYS[scope], id]) : remove(left, [KEYS[scope]]);
}

function withoutUse(text, center) {
  return idsOf(rootOf(text), "service").reduce((now, service) => {
    const { ids, reason } = usedBy(rootOf(now), service);
    return ids.includes(center) ? setUsed(now, service, { ids: ids.filter((one) => one !== center), reason }) : now;
  }, text);
}

/** With another id. What the catalog already shows at the old one (`published`) says so in `formerly`. */
export function renameBlock(text, scope, id, name, published = false) {
  const renamed = rename(text, [KEYS[scope], id], name);
  if (scope === "service") return published ? formerly(renamed, name, id) : renamed;
  return idsOf(rootOf(renamed), "service").reduce((now, service) => {
    const { ids, reason } = usedBy(rootOf(now), service);
    return ids.includes(id) ? setUsed(now, service, { ids: ids.map((one) => (one === id ? name : one)), reason }) : now;
  }, renamed);
}

function formerly(text, service, old) {
  const path = ["services", service, "formerly"];
  const node = nodeAt(rootOf(text), path);
  const names = node?.type === "sequence" ? node.items.map((item) => item.text) : [];
  const kept = [...names.filter((one) => one !== service && one !== old), old];
  return write(text, path, new Inline(kept), IN_SERVICE);
}

// --- a new file ---

/** The scaffold for the ids that were chosen. */
export function begun(scaffold, provider) {
  return scaffold.text.replaceAll(`content/providers/${scaffold.provider}.yaml`, `content/providers/${provider}.yaml`);
}

/** The file's own name in the comments above it, where it stands there. */
export function renamedFile(text, old, name) {
  const first = entryAt(rootOf(text), ["guideline"])?.key.start ?? 0;
  return text.slice(0, first).replaceAll(`content/providers/${old}.yaml`, `content/providers/${name}.yaml`) + text.slice(first);
}
