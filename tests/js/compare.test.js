import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { byField, merged, shownRows, standsOut } from "../../theme/assets/js/compare/rows.js";
import { columns, moved, parse, settle, write } from "../../theme/assets/js/compare/state.js";
import { stateOn } from "../../theme/assets/js/expiry.js";
import { csv, guarded, markdown, tsv } from "../../theme/assets/js/compare/take.js";

const EMPTY = { services: [], base: "", differences: false, required: false, section: "", folded: [], shown: [], dropped: [] };

test("an address and the state it asks for tell the same", () => {
  const search = "?s=a/x,b/y,c/z&base=b/y&diff=1&required=1&section=finance&fold=people,company&show=a/x,c/z";
  const state = parse(search);
  assert.deepEqual(state, {
    services: ["a/x", "b/y", "c/z"],
    base: "b/y",
    differences: true,
    required: true,
    section: "finance",
    folded: ["people", "company"],
    shown: ["a/x", "c/z"],
    dropped: [],
  });
  assert.equal(write(state), search);
  assert.deepEqual(parse("?s=a%2Fx%2Cb%2Fy").services, ["a/x", "b/y"]);
});

test("what is nothing in an address does no harm", () => {
  for (const search of ["", "?", "?s=", "?s=,,&base=&diff=yes&section=<script>", "?x=1", "?s&base&diff"]) {
    assert.deepEqual(parse(search), EMPTY, search);
    assert.equal(write(parse(search)), "");
  }
  const state = parse("?s=a/x,__proto__/y,../../etc,a/x,<img src=x>/y,javascript:1&base=zzz&fold=%00,ok");
  assert.deepEqual(state.services, ["a/x"]);
  assert.deepEqual(state.dropped.map(({ reason }) => reason), ["base", "unknown", "unknown", "unknown", "unknown"]);
  assert.deepEqual(parse("?s=a/x,b/y&base=c/z&section=%3Cb%3E").dropped, [{ id: "c/z", reason: "base" }, { id: "<b>", reason: "section" }]);
  assert.deepEqual(state.folded, ["ok"]);
  assert.equal(write(state), "?s=a/x&fold=ok");
  assert.ok(parse(`?s=${"é".repeat(9000)}`).dropped[0].id.length < 100);
  assert.equal(parse(`?s=${Array.from({ length: 500 }, (_, n) => `!${n}`).join(",")}`).dropped.length, 10);
});

test("the longest state has a short address", () => {
  const id = "a".repeat(39);
  const services = [..."123456"].map((n) => `${id}${n}/${id}${n}`);
  const folded = Array.from({ length: 20 }, (_, n) => `section-of-the-guideline-${n}`);
  const state = { ...EMPTY, services, base: services[0], differences: true, required: true, section: "s".repeat(40), folded, shown: services.slice(2, 4) };
  assert.ok(`https://an-organisation.example.com/catalog/en/compare/${write(state)}`.length <= 2000);
  assert.deepEqual(parse(write(state)), state);
});

test("a seventh service is named, not shown", () => {
  const state = parse("?s=a/1,a/2,a/3,a/4,a/5,a/6,a/7,a/8");
  assert.equal(state.services.length, 6);
  assert.deepEqual(state.dropped, [{ id: "a/7", reason: "many" }, { id: "a/8", reason: "many" }]);
});

test("former ids become present ones, once each", () => {
  const state = parse("?s=old/x,b/y,new/x,c/z&base=old/x&show=c/z,old/x");
  const settled = settle(state, new Map([["old/x", "new/x"]]), ["new/x", "b/y"]);
  assert.deepEqual(settled.services, ["new/x", "b/y"]);
  assert.equal(settled.base, "new/x");
  assert.deepEqual(settled.shown, ["new/x"]);
  assert.equal(settle(parse("?s=a/x,b/y&base=b/y"), new Map(), ["a/x"]).base, "");
});

test("a narrow screen shows two, those that were chosen first", () => {
  const state = parse("?s=a/x,b/y,c/z&show=c/z");
  assert.deepEqual(columns(state, false), ["a/x", "b/y", "c/z"]);
  assert.deepEqual(columns(state, true), ["c/z", "a/x"]);
  assert.deepEqual(columns(parse("?s=a/x"), true), ["a/x"]);
});

test("services move by one place and not beyond the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], "b", -1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "b", 1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], "a", -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "c", 1), ["a", "b", "c"]);
});

test("a disclosure expires on its day, whatever the last build says", () => {
  assert.equal(stateOn({ state: "valid", expires_on: "2026-04-01" }, "2026-04-01"), "valid");
  assert.equal(stateOn({ state: "expiring", expires_on: "2026-04-01" }, "2026-04-02"), "expired");
  assert.equal(stateOn({ state: "transcribed", expires_on: null }, "2026-04-02"), "transcribed");
});

// --- rows ---

const field = (id, level = "required") => ({ id, level, retired: null });
const version = (...sections) => ({ sections });
const section = (id, ...groups) => ({ id, title: { ja: id }, scope: "service", groups });
const group = (id, ...fields) => ({ id, title: { ja: id }, items: fields.map((one) => ({ number: one.id, fields: [one] })) });
const sheet = (answers) => ({
  rows: byField({ answers: Object.entries(answers).map(([id, key]) => ({ field: id, status: key ? "disclosed" : "unanswered", kind: key ? "yes" : null, compare: key ? { key } : null })) }),
});
const ids = (sections) => sections.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.map((row) => row.field.id)));

const OLD = version(section("one", group("a", field("x"), field("gone"))), section("old", group("c", field("tape"))));
const NEW = version(section("one", group("a", field("x"), field("y", "optional"))), section("two", group("b", field("z"))));

test("what only an older version asks comes after the rest of its section", () => {
  const sections = merged([NEW, OLD]);
  assert.deepEqual(sections.map(({ id }) => id), ["one", "two", "old"]);
  assert.deepEqual(ids(sections), ["x", "y", "gone", "z", "tape"]);
});

test("a field that moved to another section stands there only", () => {
  const moving = version(section("two", group("b", field("x"))));
  assert.deepEqual(ids(merged([NEW, moving])), ["x", "y", "z"]);
});

test("rows are shown that somebody owes, that differ, that are required, of one section", () => {
  const sections = merged([NEW, OLD]);
  const sheets = [sheet({ x: "yes", y: "yes", z: "" }), sheet({ x: "yes", y: "no", z: "" })];
  const shown = (state) => shownRows(sections, sheets, { ...EMPTY, ...state });
  assert.deepEqual(ids(shown({}).sections), ["x", "y", "z"]);
  assert.deepEqual(shown({}).counts, { all: 3, shown: 3 });
  assert.deepEqual(ids(shown({ differences: true }).sections), ["y"]);
  assert.deepEqual(shown({ differences: true }).counts, { all: 3, shown: 1 });
  assert.deepEqual(ids(shown({ required: true }).sections), ["x", "z"]);
  assert.deepEqual(ids(shown({ section: "two" }).sections), ["z"]);
  assert.deepEqual(shown({ section: "two" }).counts, { all: 1, shown: 1 });
  assert.deepEqual(shown({ section: "two", differences: true }).sections, []);
});

test("one service alone has no differences to hide", () => {
  const state = { ...EMPTY, differences: true };
  assert.equal(shownRows(merged([NEW]), [sheet({ x: "yes" })], state).counts.shown, 1);
});

test("an answer stands out that is not the baseline's", () => {
  assert.equal(standsOut(sheet({ x: "yes" }), sheet({ x: "no" }), "x"), true);
  assert.equal(standsOut(sheet({ x: "yes" }), sheet({ x: "yes" }), "x"), false);
  assert.equal(standsOut(sheet({ x: "yes" }), sheet({}), "x"), true);
});

// --- text ---

test("no cell is a formula", () => {
  const cells = JSON.parse(readFileSync(new URL("../data/guarded.json", import.meta.url), "utf-8"));
  for (const [text, cell] of cells) assert.equal(guarded(text), cell);
});

test("CSV has a byte order mark, quotes and CRLF", () => {
  assert.equal(csv([["a", 'b "c"'], ["=x", "d,e\nf"]]), '\ufeffa,"b ""c"""\r\n\'=x,"d,e\nf"\r\n');
});

test("TSV keeps a cell in its place", () => {
  assert.equal(tsv([["a", "b\tc"], ["-1", "d\ne"]]), 'a\t"b\tc"\n\'-1\t"d\ne"\n');
});

test("nothing in a cell is Markdown or HTML", () => {
  assert.equal(
    markdown([["a"], ["<b> | *c* & [d](e)\nf"]]),
    "| a |\n| --- |\n| &lt;b> \\| \\*c\\* &amp; \\[d\\](e)<br>f |\n",
  );
});
