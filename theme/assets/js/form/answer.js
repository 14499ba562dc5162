// One answer of a file as what the controls show, and back. A draft of an answer is
//   {state, answer, parts, list, detail, wordy, reason, note, source, as_of}
// `list` tells that the file has a list there, whose items are the lines of `answer`.
// `state`: "" (nothing written), "answer", "text", "withheld", "on_request", "not_applicable"; "beyond" where the file says
// it in a way that no control shows. `parts` holds a draft a part, `wordy` that a detail stands as free words.
import { splitDetail } from "../disclosure/types/yes_no.js";
import { ofWhole } from "../disclosure/states.js";
import { cleaned } from "./scalars.js";

/** The words of the states that stand in files. */
const WORDS = { withheld: "非公開", on_request: "個別開示", not_applicable: "該当なし" };
export const REASONS = ["withheld", "on_request", "not_applicable"];
const MAIN = ["answer", "text", ...REASONS];
const EXTRAS = ["note", "source", "as_of"];
export const ORDER = [...MAIN, "detail", ...EXTRAS];

const NOTHING = { state: "", answer: "", parts: {}, list: false, detail: "", wordy: false, reason: "", note: "", source: "", as_of: "" };

export function nothing() {
  return { ...NOTHING, parts: {} };
}

/** The draft of what stands at a node of the file (undefined: not even its key). */
export function draftOf(node, asks) {
  if (!node || isNull(node)) return nothing();
  if (node.type === "scalar") return ofScalar(node, asks);
  if (node.type === "sequence") return ofList(node);
  if (asks.type === "parts" && !node.entries.some(({ key }) => ORDER.includes(key.text))) return ofParts(node, asks);
  return ofMapping(node, asks);
}

function ofScalar(node, asks) {
  const words = node.text.trim();
  const state = ofWhole(words);
  if (state) return { ...nothing(), state: state.key, reason: state.reason };
  if (asks.type !== "yes_no") return { ...nothing(), state: "answer", answer: words };
  const [answer, detail] = splitDetail(words, asks);
  return { ...nothing(), state: "answer", answer, detail };
}

function ofList(node) {
  if (!node.items.every(({ type }) => type === "scalar")) return beyond();
  const words = node.items.filter((item) => !item.isNull).map(({ text }) => text.trim());
  return { ...nothing(), state: words.length ? "answer" : "", answer: words.join("\n"), list: true };
}

function ofMapping(node, asks) {
  const given = new Map(node.entries.map(({ key, value }) => [key.text, value]));
  const main = MAIN.filter((name) => given.has(name));
  if (main.length !== 1 || [...given.keys()].some((name) => !ORDER.includes(name))) return beyond();
  const found = ofMain(main[0], given.get(main[0]), asks);
  if (found.state === "beyond") return found;
  for (const name of EXTRAS) {
    const value = given.get(name);
    if (value && value.type !== "scalar") return beyond();
    found[name] = value && !value.isNull ? value.text.trim() : "";
  }
  return given.has("detail") ? withDetail(found, given.get("detail")) : found;
}

function ofMain(name, value, asks) {
  if (name === "answer") return value.type === "mapping" ? (asks.type === "parts" ? ofParts(value, asks) : beyond()) : draftOf(value, asks);
  if (value.type !== "scalar") return beyond();
  const words = value.isNull ? "" : value.text.trim();
  return name === "text" ? { ...nothing(), state: "text", answer: words } : { ...nothing(), state: name, reason: words };
}

function withDetail(found, node) {
  if (isNull(node)) return found;
  if (found.state !== "answer" || found.detail) return beyond();
  if (node.type === "sequence") {
    const list = ofList(node);
    return list.state === "beyond" ? list : { ...found, detail: list.answer };
  }
  if (node.type === "scalar") return { ...found, detail: node.text.trim() };
  const [only, ...more] = node.entries;
  if (more.length || only?.key.text !== "text" || only.value.type !== "scalar") return beyond();
  return { ...found, detail: only.value.isNull ? "" : only.value.text.trim(), wordy: true };
}

function ofParts(node, asks) {
  const known = new Map(asks.parts.map((part) => [part.id, part]));
  const found = nothing();
  for (const { key, value } of node.entries) {
    const part = known.get(key.text);
    if (!part) return beyond();
    found.parts[part.id] = draftOf(value, part);
    if (found.parts[part.id].state === "beyond") return beyond();
  }
  return Object.values(found.parts).some(({ state }) => state) ? { ...found, state: "answer" } : found;
}

function beyond() {
  return { ...nothing(), state: "beyond" };
}

function isNull(node) {
  return node.type === "scalar" ? node.isNull : !(node.entries ?? node.items).length;
}

// --- the way back ---

/** What is to stand in the file: null, a text, or an object; as short as it can be, in the shape of `node` where that will do. */
export function valueOf(draft, asks, node) {
  const extras = Object.fromEntries(EXTRAS.filter((name) => draft[name]).map((name) => [name, draft[name]]));
  const hasExtras = Object.keys(extras).length > 0;
  const written = node?.type === "mapping" && !hasExtras && node.entries.some(({ key }) => key.text === draft.state) && !node.entries.some(({ key }) => EXTRAS.includes(key.text));
  if (hasExtras || (written && draft.state)) return { ...mapped(draft, asks), ...extras };
  if (draft.state === "answer" && draft.list) return items(draft.answer);
  return short(draft, asks) ?? (draft.state || (asks.type === "parts" && node?.type === "mapping") ? mapped(draft, asks) : null);
}

function items(answer) {
  return answer ? answer.split("\n") : null;
}

/** One text that reads back as the draft; undefined where it takes more than one. */
function short(draft, asks) {
  const text = oneText(draft, asks);
  if (text === undefined || text === "") return undefined;
  const back = draftOf({ type: "scalar", text, plain: false, isNull: false }, asks);
  return alike(back, draft) ? text : undefined;
}

function oneText({ state, answer, list, detail, wordy, reason }, asks) {
  if (reason.includes("\n")) return undefined;
  if (REASONS.includes(state)) return reason ? `${WORDS[state]}(${reason})` : WORDS[state];
  if (state !== "answer" || asks.type === "parts" || wordy || list) return undefined;
  if (detail.includes("\n")) return undefined;
  return detail ? `${answer}(${detail})` : answer;
}

function alike(one, other) {
  return ["state", "answer", "detail", "reason"].every((name) => one[name] === other[name]) && one.wordy === other.wordy;
}

function mapped(draft, asks) {
  const { state, answer, list, detail, wordy, reason } = draft;
  if (REASONS.includes(state)) return { [state]: reason || null };
  if (state === "text") return { text: answer || null };
  if (asks.type === "parts") return { answer: Object.fromEntries(asks.parts.map((part) => [part.id, valueOf(draft.parts[part.id] ?? nothing(), part)])) };
  if (list) return { answer: items(answer) };
  if (detail) return { answer: answer || null, detail: wordy ? { text: detail } : detail };
  return { answer: answer || null };
}

// --- drafts ---

/** Whether two drafts say the same, white space at the ends aside. */
export function sameDraft(one, other) {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable({ parts, ...rest }) {
  const given = Object.entries(parts).filter(([, part]) => part.state);
  const trimmed = Object.entries(rest).map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]);
  return [...trimmed, ...given.map(([id, part]) => [id, comparable(part)]).toSorted()].toSorted(([x], [y]) => (x < y ? -1 : 1));
}

/** Without characters that no file may hold. */
export function cleanedDraft(draft) {
  const texts = Object.fromEntries(Object.entries(draft).filter(([, value]) => typeof value === "string").map(([name, value]) => [name, cleaned(value)]));
  const parts = Object.fromEntries(Object.entries(draft.parts).map(([id, part]) => [id, cleanedDraft(part)]));
  return { ...draft, ...texts, parts };
}
