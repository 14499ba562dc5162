// One control a type of answer. A control is `{nodes, focus, read, shown}`: what to show, what takes the focus, the answer
// as text, and whether it can show the text that it was given (what it cannot show stands in a plain box instead).
import { element } from "../dom.js";
import { parse } from "../disclosure/answers.js";
import { Problem } from "../disclosure/problem.js";
import { word } from "../disclosure/types/yes_no.js";

const WIDE = new Set(["text", "holders", "contact"]);

/** `context`: {id, labelledBy, describedBy, words, changed(now)} */
export function control(asks, value, context, isList = false) {
  const special = isList && asks.type !== "choices" ? null : MAKERS[asks.type]?.(asks, value, context);
  return special ?? box(asks, value, context, isList);
}

const MAKERS = { choice, choices, yes_no: yesNo, date, count: amount, ratio: amount, duration: amount, money: amount, place };

// --- text ---

function box(asks, value, context, isList = false) {
  const isWide = WIDE.has(asks.type) || isList || value.includes("\n");
  const made = element(isWide ? "textarea" : "input", `form-control${isWide ? " form-control--wide" : asks.type === "line" || asks.type === "url" ? " form-control--line" : ""}`, []);
  if (isWide) made.rows = isList || asks.type === "text" ? 3 : 2;
  else made.type = "text";
  if (asks.type === "url") made.inputMode = "url";
  if (asks.type === "corporate_number") made.inputMode = "numeric";
  made.autocomplete = "off";
  made.value = value;
  return single(made, context);
}

function single(made, context) {
  prepare(made, context);
  made.addEventListener("input", () => context.changed(false));
  made.addEventListener("change", () => context.changed(true));
  return { nodes: [made], focus: made, read: () => made.value };
}

/** The name and the description that a control takes from what stands around it. */
function prepare(made, { id, labelledBy, describedBy }) {
  made.id = id;
  if (labelledBy) made.setAttribute("aria-labelledby", labelledBy);
  if (describedBy) made.setAttribute("aria-describedby", describedBy);
}

/** A free text, a reason, a remark: always a plain box. */
export function words(value, context, isWide = false) {
  return box({ type: isWide ? "text" : "line" }, value, context);
}

// --- dates ---

function date(asks, value, context) {
  if (asks.precision !== "day" || (value && !/^\d{4}-\d{2}-\d{2}$/.test(value))) return null;
  const made = element("input", "form-control form-control--date", []);
  made.type = "date";
  made.value = value;
  return single(made, context);
}

// --- places ---

function place(asks, value, context) {
  const found = box(asks, value, context);
  if (!asks.multiple) {
    found.focus.setAttribute("list", "form-places");
    return found;
  }
  const adder = element("select", "form-control", [new Option(context.words.say("place_add"), ""), ...context.places.map((name) => new Option(name, name))]);
  adder.setAttribute("aria-label", context.words.say("place_add"));
  adder.addEventListener("change", () => {
    if (!adder.value) return;
    found.focus.value = [...found.focus.value.split("、").filter(Boolean), adder.value].join("、");
    adder.value = "";
    context.changed(true);
  });
  return { ...found, nodes: [...found.nodes, adder] };
}

// --- closed lists ---

/** Yes and no by the field's words. */
function yesNo(asks, value, context) {
  const chosen = value ? word(value, asks) : "";
  if (chosen === null) return null;
  const options = ["yes", "no"].map((kind) => ({ id: kind, label: yesOrNo(asks, kind, context.words) }));
  const made = options_(options, chosen ? [chosen] : [], "radio", context);
  return { ...made, read: () => (made.chosen()[0] === chosen ? value : made.chosen().length ? written(asks, made.chosen()[0]) : "") };
}

function yesOrNo(asks, kind, words_) {
  return asks.words?.[kind] ? words_.of(asks.words[kind]) : words_.say(`mark.${kind}`);
}

/** The word that goes into the file: the guideline's own, in its first language. */
function written(asks, kind) {
  return asks.words?.[kind] ? Object.values(asks.words[kind])[0] : { yes: "有り", no: "無し" }[kind];
}

export function isYes(asks, value) {
  return Boolean(value) && word(value, asks) === "yes";
}

export function isNo(asks, value) {
  return Boolean(value) && word(value, asks) === "no";
}

function choice(asks, value, context) {
  return listed(asks, value, context, "radio");
}

function choices(asks, value, context) {
  return listed(asks, value, context, "checkbox");
}

function listed(asks, value, context, kind) {
  const chosen = value ? [parse(value, asks)].flat() : [];
  if (!chosen.every((one) => asks.choices.some(({ id }) => id === one))) return null;
  const options = asks.choices.map((one) => ({ id: one.id, label: context.words.of(one.label), exclusive: one.exclusive }));
  const made = options_(options, chosen, kind, context);
  const text = () => asks.choices.filter(({ id }) => made.chosen().includes(id)).map(({ label }) => Object.values(label)[0]);
  return { ...made, read: () => text().join(value.includes("\n") ? "\n" : "、") };
}

function options_(options, chosen, kind, context) {
  const inputs = options.map(({ id, exclusive }) => {
    const input = element("input", "", []);
    input.type = kind;
    input.name = context.id;
    input.value = id;
    input.checked = chosen.includes(id);
    if (exclusive) input.dataset.exclusive = "";
    return input;
  });
  const rows = inputs.map((input, place) => element("label", "form-option", [input, element("span", "", [options[place].label])]));
  const made = element("div", `form-options${options.length > 2 ? " form-options--list" : ""}`, rows);
  made.setAttribute("role", kind === "radio" ? "radiogroup" : "group");
  prepare(made, context);
  made.addEventListener("change", ({ target }) => {
    if (kind === "checkbox" && target.checked) keepExclusive(inputs, target);
    context.changed(true);
  });
  return { nodes: [made], focus: inputs.find(({ checked }) => checked) ?? inputs[0], chosen: () => inputs.filter(({ checked }) => checked).map(({ value }) => value) };
}

/** One that stands alone takes away the others, and any other takes it away. */
function keepExclusive(inputs, chosen) {
  for (const input of inputs) {
    if (input !== chosen && ("exclusive" in chosen.dataset || "exclusive" in input.dataset)) input.checked = false;
  }
}

// --- numbers with a unit ---

const UNITS = { duration: ["分", "時間", "日", "週間", "ヶ月", "年"], money: ["円", "千円", "百万円"] };
const NUMBER = /^(?<number>[約]?[\d,.]+)(?<unit>\D*?)(?<space>\s*)(?:(?<open>[([（［])(?<remark>.*)[)\]）］])?$/su;

/** `120人(2026年3月末)` as number, unit and remark; written in words where it is anything else. */
function amount(asks, value, context) {
  const units = asks.type === "count" ? asks.units ?? [] : asks.type === "ratio" ? [asks.unit || "%"] : UNITS[asks.type];
  const found = value ? NUMBER.exec(value)?.groups : { number: "", unit: usual(units, asks), remark: "" };
  if (!found || context.inWords || (units.length ? !units.includes(found.unit) : found.unit)) return inWords(asks, value, context, units);
  const number = element("input", "form-control form-control--number", []);
  Object.assign(number, { type: "text", inputMode: "decimal", autocomplete: "off", value: found.number });
  const unit = units.length > 1 ? element("select", "form-control", units.map((one) => new Option(one, one, false, one === found.unit))) : null;
  const single = !unit && found.unit ? element("span", "form-unit", [found.unit]) : null;
  const remark = element("input", "form-control", []);
  Object.assign(remark, { type: "text", autocomplete: "off", value: found.remark ?? "" });
  prepare(number, context);
  unit?.setAttribute("aria-label", context.words.say("unit"));
  const [open, close] = asks.type === "money" ? ["[", "]"] : ["(", ")"];
  const ends = { "(": ")", "[": "]", "（": "）", "［": "］" };
  const read = () => {
    const base = number.value.trim();
    if (!base && !remark.value.trim()) return "";
    const sign = found.open ?? open;
    return `${withUnit(base, unit ? unit.value : found.unit, asks)}${remark.value.trim() ? `${found.space ?? ""}${sign}${remark.value.trim()}${found.open ? ends[sign] : close}` : ""}`;
  };
  number.addEventListener("input", () => {
    for (const one of [unit, single]) if (one) one.hidden = hasOwn(number.value.trim(), unit ? unit.value : found.unit, asks);
  });
  for (const one of [number, remark]) {
    one.addEventListener("input", () => context.changed(false));
    one.addEventListener("change", () => context.changed(true));
  }
  unit?.addEventListener("change", () => context.changed(true));
  const aside = element("label", "form-remark", [element("span", "form-label", [context.words.say("remark")]), remark]);
  return { nodes: [element("div", "form-amount", [number, unit ?? single, aside]), other(context, "in_words", true)], focus: number, read };
}

/** The unit that an empty field offers: a time is asked for in that of its example. */
function usual(units, asks) {
  const example = (asks.example ?? "").replace(/[カか]月/u, "ヶ月");
  return (asks.type === "duration" && units.find((one) => example.includes(one))) || (units[0] ?? "");
}

/** What was typed into the box of the number, with the unit beside it unless it has its own (`12億3千万円`, `10日前`). */
export function withUnit(typed, unit, asks) {
  return hasOwn(typed, unit, asks) ? typed : `${typed}${unit}`;
}

function hasOwn(typed, unit, asks) {
  const reads = (text) => !(parse(text, asks) instanceof Problem);
  if (!typed) return false;
  const alone = reads(typed);
  const together = reads(`${typed}${unit}`);
  return alone === together ? !/[\d十百千万億兆]$/u.test(typed.normalize("NFKC")) : alone;
}

function inWords(asks, value, context, units) {
  const found = box({ type: "line" }, value, context);
  const canCount = !value || (NUMBER.test(value) && units.includes(NUMBER.exec(value).groups.unit));
  return canCount ? { ...found, nodes: [...found.nodes, other(context, "in_numbers", false)] } : found;
}

function other(context, key, inWords_) {
  const made = element("button", "form-link", [context.words.say(key)]);
  made.type = "button";
  made.addEventListener("click", () => context.switched(inWords_));
  return made;
}
