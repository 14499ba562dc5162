// A disclosure file in the browser: problems and answers, the same as `build.py check` finds. No DOM, no network.
// Twin of catalog/load/disclosures.py; tests/test_twin.py proves that both say the same.

import { Blocks } from "./blocks.js";
import { check } from "./checks.js";
import { monthsLater } from "./dates.js";
import { Fields, isAnswer, joined, KEY_NAMES } from "./fields.js";
import { guidelineOf } from "./guideline.js";
import { aliases, day, formerly, guidelineAnswered, transcribedOn, withdrawn } from "./head.js";
import { Places } from "./places.js";
import { Report } from "./report.js";
import { at, isId, isNothing, keyOf, MAX_ENTRIES, Shapes } from "./shapes.js";
import { cuts, parse } from "./source.js";
import { SCOPE_NAMES, TEXTS } from "./tables.js";

/** What the browser cannot say, or says in other words or at another place than the command line, and why. */
export const BEYOND = {
  "what stands in other files": ["guideline-twice", "id-twice", "name-twice", "corporate-number-twice"],
  "how the file is called and stored": ["file-name", "file-name-mismatch", "file-missing", "file-unreadable", "file-symlink", "not-utf-8"],
  // The command line reads YAML with libyaml, the browser with npm yaml. Damage is damage to both, but where a line can be
  // understood in several ways, they may point at different places of it and say so in different words. Refused by the
  // browser only: `{a: b, ?c: d}`, and `|` or `>` in a line of its own that begins where its key does.
  "where exactly YAML is damaged": ["yaml-syntax"],
};
const MAX_USED = 500;
const REQUIRED = ["guideline", "guideline_version", "submitted_by"];
const OPTIONAL = [
  ...["provider", "services", "data_centers", "name", "reading", "name_en", "aliases", "sample"],
  ...["disclosed_on", "transcribed_on", "formerly", "withdrawn"],
];
const A_FILE = { ja: "開示ファイル", en: "a disclosure" };

/**
 * `{problems, disclosure}` of a file's text. `guideline` is the JSON of /api/v1/guidelines/<id>.json that is filled in;
 * `guidelines`, if given, are all that the catalog knows (of the others `{id, version}` is enough). `id` is the provider's,
 * `today` a day like `2026-04-01`. `disclosure` is null where the file cannot be used, or answers another guideline of
 * which only id and version are known.
 *
 * A problem is `{code, severity, start, end, line, column, subject: {item, title, field} | null, values}`.
 */
export function readDisclosure(text, guideline, { id = "", today, guidelines = [] } = {}) {
  const report = new Report(new Places(text));
  const { root, problems } = parse(text);
  for (const one of problems) report.add(one.code, one, one.values);
  const shapes = new Shapes(report);
  const mapping = root && shapes.mapping(root, A_FILE);
  let disclosure = null;
  if (mapping) {
    for (const one of cuts(text, root)) report.add(one.code, one, one.values);
    disclosure = new Reader(shapes, id, mapping, known(guideline, guidelines)).read();
    if (disclosure) check(disclosure, today, report);
  }
  return { problems: report.sorted(), disclosure };
}

/** Every guideline that may be answered, the one at hand in its place. */
function known(guideline, guidelines) {
  const isIt = (one) => one.id === guideline.id && one.version === guideline.version;
  return guidelines.some(isIt) ? guidelines.map((one) => (isIt(one) ? guideline : one)) : [...guidelines, guideline];
}

/** Whether anything is written at a field, be it right or wrong. */
function isGiven(answers, field) {
  const node = answers?.type === "mapping" ? at(answers, field) : answers;
  return Boolean(node) && !isEmpty(node);
}

function isEmpty(node) {
  if (node.type === "mapping") return !node.entries.length;
  return node.type === "sequence" ? node.items.every(isEmpty) : node.isNull;
}

const placeOf = ({ start, end }) => ({ start, end });

/** Reads one file. */
class Reader {
  constructor(shapes, id, root, guidelines) {
    this.shapes = shapes;
    this.id = id;
    this.root = root;
    this.guidelines = guidelines;
  }

  read() {
    const { shapes, root } = this;
    const fields = new Map(this.guidelines.flatMap((one) => (one.sections ? [...guidelineOf(one).byField] : [])));
    const keys = shapes.keys(root, { names: KEY_NAMES, others: fields, required: REQUIRED, optional: OPTIONAL });
    this.submittedBy = shapes.oneOf(keys, "submitted_by", ["provider", "third_party"], "provider");
    const head = {
      sample: shapes.flag(keys, "sample"),
      withdrawn: withdrawn(shapes, keys),
      transcribed_on: transcribedOn(shapes, root, keys, this.submittedBy),
      reading: shapes.text(keys, "reading"),
      name_en: shapes.text(keys, "name_en"),
    };
    for (const key of ["reading", "name_en"]) if (head[key]) shapes.checkName(keys.get(key), head[key]);
    Object.assign(head, { aliases: aliases(shapes, keys), formerly: formerly(shapes, keys) });
    const answered = guidelineAnswered(shapes, keys, this.guidelines);
    return answered?.sections ? this.body(keys, guidelineOf(answered), head) : null;
  }

  body(keys, guideline, head) {
    this.guideline = guideline;
    this.fields = new Fields(guideline, this.shapes);
    this.blocks = new Blocks(guideline, this.shapes, this.fields, this.submittedBy);
    this.takeStrays(keys);
    const answers = this.blocks.read(keys.get("provider"), "provider");
    const centers = this.dataCenters(keys);
    const services = this.services(keys);
    const disclosedOn = this.disclosedOn(keys, answers);
    const name = this.name(keys, answers);
    this.checkNames(keys, head.sample, name, [...services, ...centers]);
    const months = guideline.data.validity_months;
    return {
      path: `content/providers/${this.id}.yaml`,
      provider_id: this.id,
      guideline: guideline.data,
      submitted_by: this.submittedBy,
      name,
      answers,
      services,
      data_centers: centers,
      ...head,
      disclosed_on: disclosedOn,
      expires_on: disclosedOn && months ? monthsLater(disclosedOn, months) : null,
      places: Object.fromEntries([...keys].map(([key, node]) => [key, placeOf(node)])),
    };
  }

  /** Fields at the level of `provider:` are reported, and those of the provider read all the same. */
  takeStrays(keys) {
    const strays = this.root.entries.filter(({ key }) => !keys.has(key.text));
    for (const [scope, entries] of this.fields.misplaced(strays)) {
      this.fields.reportMisplaced(entries, scope);
      const provider = scope === "provider" ? joined(keys.get("provider"), entries) : null;
      if (provider) keys.set("provider", provider);
    }
  }

  /** Every name of a sample says 架空; a name that says so without `sample:` is probably one's. */
  checkNames(keys, sample, name, parts) {
    const atName = this.at("provider_name", keys, "name");
    if (!keys.has("sample") && name.includes("架空")) this.shapes.add("real-name-looks-fictional", atName, { found: name });
    if (!sample) return;
    this.checkFictional(atName, name);
    for (const part of parts) if (part.name !== part.id) this.checkFictional(part, part.name);
  }

  checkFictional(where, name) {
    if (name && !name.includes("架空")) this.shapes.add("fictional-name", where, { found: name });
  }

  // --- head ---

  name(keys, answers) {
    const written = keys.get("provider");
    return this.nameByRole("provider_name", answers, written, keys, "provider", written ?? this.root);
  }

  /** The answer at the role's field, else the file's own `name:`. */
  nameByRole(role, given, written, keys, scope, node) {
    const slot = this.guideline.byRole.get(role);
    const answer = slot ? given[slot.field.id] : null;
    const own = this.shapes.text(keys, "name");
    if (own) this.shapes.checkName(keys.get("name"), own);
    if (slot && answer) {
      this.shapes.checkName(answer, answer.text, slot.subject);
      if (["value", "text"].includes(answer.kind) && answer.status === "disclosed") return answer.text;
      this.reportRole(slot, answer);
    } else if (!own && !(slot && isGiven(written, slot.field.id)) && !keys.has("name")) {
      const where = slot ? `${slot.field.id}:` : "name:";
      const empty = slot && written?.type === "mapping" ? keyOf(written, slot.field.id) : null;
      this.shapes.add("name-missing", empty ?? node, { expected: SCOPE_NAMES[scope], where }, slot?.subject ?? null);
    }
    return own;
  }

  /** An answer that says nothing where the engine needs a value. */
  reportRole(slot, answer) {
    this.shapes.add("role-needs-value", answer, { found: answer.text, title: slot.field.title }, slot.subject);
  }

  at(role, keys, key) {
    const slot = this.guideline.byRole.get(role);
    const provider = keys.get("provider");
    const node = slot && provider?.type === "mapping" ? at(provider, slot.field.id) : null;
    return node ?? keys.get(key) ?? this.root;
  }

  disclosedOn(keys, answers) {
    const own = day(this.shapes, keys, "disclosed_on");
    const slot = this.guideline.byRole.get("disclosure_date");
    const answer = slot ? answers[slot.field.id] : null;
    if (this.submittedBy === "third_party") {
      if (keys.has("disclosed_on")) this.shapes.add("third-party-date", keys.get("disclosed_on"), { title: "disclosed_on" });
      if (answer) this.shapes.add("third-party-date", answer, { title: slot.field.title }, slot.subject);
      return null;
    }
    if (slot && keys.has("disclosed_on")) {
      this.shapes.add("disclosed-on-has-a-field", keys.get("disclosed_on"), { expected: slot.field.id }, slot.subject);
    }
    if (answer && answer.kind !== "value") this.reportRole(slot, answer);
    else if (String(answer?.value).length === "2024-10-31".length) return answer.value;
    return own;
  }

  // --- services and data centres ---

  /** The entries of `services:` or `data_centers:` with a fit id, as `read(name, node)` makes them. */
  named(keys, key, scope, read) {
    const node = keys.get(key);
    const mapping = isNothing(node) ? null : this.shapes.mapping(node, key);
    if (!mapping) return [];
    const strays = this.fields.misplaced(mapping.entries.filter(({ value }) => isAnswer(value)));
    for (const entries of strays.values()) this.fields.reportMisplaced(entries, scope);
    const misplaced = new Set([...strays.values()].flat().map((entry) => entry.key));
    const found = [];
    for (const { key: name, value } of this.shapes.few(node, mapping.entries, MAX_ENTRIES, key)) {
      if (misplaced.has(name)) continue;
      if (!isId(name.text)) this.shapes.add("invalid-id", name, { found: name.text });
      else {
        const inner = isNothing(value) ? { type: "mapping", entries: [], ...placeOf(name) } : this.shapes.mapping(value, SCOPE_NAMES[scope]);
        if (inner) found.push(read(name, inner));
      }
    }
    return found;
  }

  dataCenters(keys) {
    return this.named(keys, "data_centers", "data_center", (name, node) => {
      const answers = this.blocks.read(node, "data_center", { skip: "name" });
      const own = new Map(node.entries.filter(({ key }) => key.text === "name").map(({ value }) => ["name", value]));
      const slot = this.guideline.byRole.get("data_center_name");
      const answer = slot ? answers[slot.field.id] : null;
      const shown = ["value", "text"].includes(answer?.kind) ? answer.text : this.shapes.text(own, "name");
      if (shown) this.shapes.checkName(answer ?? own.get("name") ?? name, shown);
      return { id: name.text, name: shown || name.text, answers, ...placeOf(name) };
    });
  }

  services(keys) {
    const known = keys.get("data_centers");
    const centers = new Set(known?.type === "mapping" ? known.entries.map(({ key }) => key.text) : []);
    let total = 0;
    return this.named(keys, "services", "service", (name, node) => {
      const inner = this.serviceKeys(name, node);
      const written = inner.get("answers");
      const answers = this.blocks.read(written, "service", { overrides: true });
      const [used, reason] = this.usedCenters(inner, centers);
      if (total <= MAX_USED && MAX_USED < total + used.length) {
        this.shapes.add("too-many", name, { what: TEXTS.used, expected: String(MAX_USED) });
      }
      total += used.length;
      const shown = this.nameByRole("service_name", answers, written, inner, "service", name);
      return {
        id: name.text,
        name: shown || name.text,
        data_centers: used,
        no_data_center: reason,
        answers,
        formerly: formerly(this.shapes, inner),
        ...placeOf(name),
      };
    });
  }

  /** What stands in a service. Answers without `answers:` above them are reported, and read all the same. */
  serviceKeys(name, node) {
    const { shapes, fields } = this;
    const optional = ["name", "data_centers", "answers", "formerly"];
    const keys = shapes.keys(node, { optional, names: KEY_NAMES, others: this.guideline.byField });
    const strays = fields.misplaced(node.entries);
    if (strays.has("data_center")) fields.reportMisplaced(strays.get("data_center"), "data_center");
    strays.delete("data_center");
    const own = [...strays.values()].flat();
    if (own.length) fields.reportMisplaced(own, "service", ["services", name.text === "answers" ? "my-service" : name.text, "answers"]);
    const answers = joined(keys.get("answers"), own);
    if (answers) keys.set("answers", answers);
    return keys;
  }

  /** The ids of the data centres, and the reason why there is none. */
  usedCenters(keys, known) {
    const node = keys.get("data_centers");
    if (isNothing(node)) return [[], ""];
    if (node.type === "mapping") {
      const inner = this.shapes.keys(node, { required: ["not_applicable"] });
      const reason = this.shapes.text(inner, "not_applicable");
      if (reason) this.shapes.checkText(inner.get("not_applicable"), reason);
      return [[], reason];
    }
    const used = new Set();
    for (const scalar of this.shapes.scalars(keys, "data_centers")) {
      const name = scalar.text.trim();
      if (used.has(name)) this.shapes.add("data-center-twice", scalar, { found: name });
      else if (!known.has(name)) this.shapes.add("data-center-unknown", scalar, { found: name, nearest: this.shapes.nearest(name, known) });
      else used.add(name);
    }
    return [[...used], ""];
  }
}
