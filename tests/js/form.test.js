// The form's pure parts: answers and drafts, addresses, places, undo.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { draftOf, nothing, sameDraft, valueOf } from "../../theme/assets/js/form/answer.js";
import { withUnit } from "../../theme/assets/js/form/controls.js";
import { Drafts } from "../../theme/assets/js/form/drafts.js";
import { write } from "../../theme/assets/js/form/edit.js";
import * as file from "../../theme/assets/js/form/file.js";
import { History } from "../../theme/assets/js/form/history.js";
import { viewAddress, viewAt } from "../../theme/assets/js/form/plan.js";
import { cleaned, scalar } from "../../theme/assets/js/form/scalars.js";
import { LONGEST, mailAddress, repositoryPage, uploadPage } from "../../theme/assets/js/form/send.js";
import { parsed } from "../../theme/assets/js/form/tree.js";

const real = readFileSync(new URL("../../content/providers/kakuu-cloud.yaml", import.meta.url), "utf8");
const PROVIDER = { scope: "provider", id: "" };
const field = (id, type = "text", more = {}) => ({ id, type, ...more });

/** The lines that one text has and the other has not. */
function changes(before, after) {
  const [one, other] = [before.split("\n"), after.split("\n")];
  return { gone: one.filter((line) => !other.includes(line)), come: other.filter((line) => !one.includes(line)) };
}

test("an answer that is not changed is not written", () => {
  const root = file.rootOf(real);
  for (const { key } of root.entries.find((entry) => entry.key.text === "provider").value.entries) {
    for (const type of ["text", "yes_no", "choices"]) {
      const draft = file.draftAt(root, PROVIDER, field(key.text, type, { choices: [] }));
      if (draft.state !== "beyond") assert.equal(file.setAnswer(real, PROVIDER, field(key.text, type, { choices: [] }), draft, []), real, key.text);
    }
  }
});

test("one answer is one line", () => {
  const draft = file.draftAt(file.rootOf(real), PROVIDER, field("capital", "money"));
  const next = file.setAnswer(real, PROVIDER, field("capital", "money"), { ...draft, answer: "4億円[2025年12月期]" }, []);
  assert.deepEqual(changes(real, next), { gone: ["    answer: 3億円[2025年12月期]"], come: ["    answer: 4億円[2025年12月期]"] });
});

test("a remark comes and goes, and the line is as it was", () => {
  const asked = field("establishment", "date");
  const before = "provider:\n  establishment: 2001-04  # founded\n  next: x\n";
  const draft = file.draftAt(file.rootOf(before), PROVIDER, asked);
  const remarked = file.setAnswer(before, PROVIDER, asked, { ...draft, note: "旧社名の時" }, []);
  assert.equal(remarked, "provider:\n  establishment:  # founded\n    answer: 2001-04\n    note: 旧社名の時\n  next: x\n");
  assert.equal(file.setAnswer(remarked, PROVIDER, asked, draft, []), "provider:\n  establishment: 2001-04  # founded\n  next: x\n");
});

const SHAPES = [
  ["", {}],
  ["非公開(非上場のため)", { state: "withheld", reason: "非上場のため" }],
  ["該当なし", { state: "not_applicable" }],
  ["有り(東証)", { state: "answer", answer: "有り", detail: "東証" }],
  ["{answer: 有り, detail: {text: 契約による}}", { state: "answer", answer: "有り", detail: "契約による", wordy: true }],
  ["{text: 見積り, source: https://example.com/}", { state: "text", answer: "見積り", source: "https://example.com/" }],
  ["{on_request: 窓口へ}", { state: "on_request", reason: "窓口へ" }],
  ["[A 10%, B 5%]", { state: "answer", answer: "A 10%\nB 5%", list: true }],
];

test("every shape of an answer is shown, and written back as what it says", () => {
  for (const [written, expected] of SHAPES) {
    const asks = field("f", "yes_no");
    const root = file.rootOf(`provider:\n  f: ${written}\n`);
    const draft = file.draftAt(root, PROVIDER, asks);
    assert.ok(sameDraft(draft, { ...nothing(), ...expected }), `${written}: ${JSON.stringify(draft)}`);
    const again = write("provider:\n  f:\n", ["provider", "f"], valueOf(draft, asks));
    assert.ok(sameDraft(file.draftAt(file.rootOf(again), PROVIDER, asks), draft), again);
  }
});

test("what no control can show is left alone", () => {
  for (const written of ["{answer: x, text: y}", "{answer: x, remark: y}", "{answer: {a: b}}", "[[a]]", "{answer: 有り(x), detail: y}"]) {
    assert.equal(file.draftAt(file.rootOf(`provider:\n  f: ${written}\n`), PROVIDER, field("f", "yes_no")).state, "beyond", written);
  }
});

test("parts are answered one by one, and their comments stay", () => {
  const asked = field("os", "parts", { parts: [field("hypervisor", "yes_no"), field("name")] });
  const before = "provider:\n  os:\n    answer:\n      # which\n      hypervisor:\n      name:\n";
  const draft = { ...nothing(), state: "answer", parts: { name: { ...nothing(), state: "answer", answer: "Ubuntu: 24.04" } } };
  const next = file.setAnswer(before, PROVIDER, asked, draft, []);
  assert.equal(next, 'provider:\n  os:\n    answer:\n      # which\n      hypervisor:\n      name: "Ubuntu: 24.04"\n');
  assert.equal(file.setAnswer(next, PROVIDER, asked, nothing(), []), before);
});

test("a group's 該当なし comes and goes", () => {
  const before = "provider:\n  # not_applicable: {…}\n  a: x\n";
  const next = file.setGroup(before, PROVIDER, "os", "ない");
  assert.equal(next, "provider:\n  # not_applicable: {…}\n  not_applicable:\n    os: ない\n  a: x\n");
  assert.equal(file.groupReason(file.rootOf(next), PROVIDER, "os"), "ない");
  assert.equal(file.setGroup(next, PROVIDER, "os", undefined), before);
});

test("data centres follow their ids, and what was published is remembered", () => {
  let text = file.renameBlock(real, "data_center", "kanto-1", "tokyo-1");
  assert.deepEqual(file.usedBy(file.rootOf(text), "base").ids, ["tokyo-1", "kansai-1"]);
  text = file.removeBlock(text, "data_center", "kansai-1");
  assert.deepEqual(file.usedBy(file.rootOf(text), "base").ids, ["tokyo-1"]);
  text = file.renameBlock(text, "service", "base", "basis", true);
  assert.match(text, /\n {2}basis:\n/);
  assert.match(text, /formerly: \[base\]/);
  assert.throws(() => file.renameBlock(text, "service", "basis", "iot-platform"));
});

test("ids are those that addresses can bear", () => {
  for (const id of ["a", "kaku-shoji", "1", "x".repeat(40)]) assert.ok(file.isId(id), id);
  for (const id of ["", "A", "con", "lpt1", "a_b", "x".repeat(41), "あ", "a.b"]) assert.ok(!file.isId(id), id);
  assert.equal(file.nearestId(" Kaku Shoji, Ltd. "), "kaku-shoji-ltd");
});

test("a text reads back as it was typed, or without what no file may hold", () => {
  for (const text of ["a: b", "- x", "~", "1\n\n  2", "#", "it's", '"', "\ttab", "{", "%"]) {
    const { value } = parsed(`k: ${scalar(cleaned(text), 0)}\n`).root.entries[0];
    assert.equal(value.text, cleaned(text));
  }
  assert.equal(cleaned(" a\u202eb\u0000\r\nc \u2028d "), "ab\nc\nd");
});

test("the repository's page has the text while its address is shorter than 8,000 bytes", () => {
  const send = { repository: "https://github.com/kaku/catalog", branch: "main" };
  const start = "https://github.com/kaku/catalog/new/main/content/providers?filename=kaku.yaml&value=";
  const room = LONGEST - 1 - start.length;
  assert.deepEqual(repositoryPage(send, "kaku.yaml", "a".repeat(room), false), { url: start + "a".repeat(room), filled: true });
  assert.deepEqual(repositoryPage(send, "kaku.yaml", "a".repeat(room + 1), false), { url: start.replace("&value=", ""), filled: false });
  const wide = Math.floor(room / 9); // three bytes of three letters each
  assert.ok(repositoryPage(send, "kaku.yaml", "あ".repeat(wide), false).filled);
  assert.ok(!repositoryPage(send, "kaku.yaml", "あ".repeat(wide + 1), false).filled);
});

test("a published file is edited where it is; other hosts are only opened", () => {
  const send = { repository: "https://github.com/kaku/catalog/", branch: "next/1" };
  assert.equal(repositoryPage(send, "kaku.yaml", "x", true).url, "https://github.com/kaku/catalog/edit/next/1/content/providers/kaku.yaml");
  assert.equal(uploadPage(send), "https://github.com/kaku/catalog/upload/next/1/content/providers");
  assert.deepEqual(repositoryPage({ repository: "https://git.example/kaku", branch: "main" }, "x", "", false), { url: "https://git.example/kaku", filled: false, plain: true });
  assert.equal(repositoryPage({ repository: "", branch: "main" }, "x", "", false), null);
});

test("an e-mail goes to an address only", () => {
  assert.equal(mailAddress("catalog@example.com", "開示", "a\nb"), "mailto:catalog@example.com?subject=%E9%96%8B%E7%A4%BA&body=a%0Ab");
  for (const contact of ["", "https://example.com/", "a@b", "x@example.com?bcc=y@example.com", "担当 x@example.com"]) assert.equal(mailAddress(contact, "", ""), "");
});

test("views have addresses", () => {
  const center = { kind: "section", place: { scope: "data_center", id: "dc-1" }, section: "data-center", field: "ups" };
  assert.equal(viewAddress(center), "data_centers/dc-1/data-center:ups");
  assert.deepEqual(viewAt(viewAddress(center)), center);
  assert.deepEqual(viewAt("finish"), { kind: "finish" });
  for (const wrong of ["", "x", "services/a", "provider", "main", "a/b/c"]) assert.equal(viewAt(wrong), null, wrong);
});

test("undo takes quick changes of one place together", () => {
  const past = new History();
  past.add("1", "a", 0);
  past.add("2", "a", 100);
  past.add("3", "b", 200);
  assert.equal(past.undo("4"), "3");
  assert.equal(past.undo("3"), "1");
  assert.equal(past.undo("1"), null);
  assert.equal(past.redo("1"), "3");
  assert.equal(past.redo("3"), "4");
});

class Box {
  constructor(room = Infinity) {
    Object.assign(this, { room, held: new Map() });
  }
  get length() { return this.held.size; }
  key(place) { return [...this.held.keys()][place]; }
  getItem(key) { return this.held.get(key) ?? null; }
  removeItem(key) { this.held.delete(key); }
  setItem(key, text) {
    if (text.length > this.room) throw new Error("full");
    this.held.set(key, text);
  }
}

test("a draft that another tab went on with is not written over", () => {
  const drafts = new Drafts(new Box(), "/");
  const draft = { name: "kaku", text: "1", base: "0", changed: 1 };
  const key = drafts.keep("", { ...draft, rev: "a" }, undefined);
  assert.equal(drafts.keep(key, { ...draft, text: "2", rev: "b" }, "a"), key);
  const other = drafts.keep(key, { ...draft, text: "3", rev: "c" }, "a"); // of a tab that knows of "a" only
  assert.notEqual(other, key);
  assert.deepEqual(drafts.all().map(({ text }) => text).sort(), ["2", "3"]);
  drafts.drop(key);
  assert.deepEqual(drafts.all().map(({ text }) => text), ["3"]);
});

test("without storage, or without room, there are no drafts", () => {
  assert.equal(new Drafts(null, "/").works, false);
  const small = new Drafts(new Box(10), "/");
  assert.equal(small.keep("", { name: "kaku", text: "x".repeat(20), base: "", changed: 1, rev: "a" }), "");
  const strange = new Box();
  strange.setItem("catalog-form:/:x", "{broken");
  strange.setItem("catalog-form:/:y", '{"name": 1}');
  assert.deepEqual(new Drafts(strange, "/").all(), []);
});

test("a number that was typed with its unit does not get another one", () => {
  const [money, people, share, time] = [{ type: "money" }, { type: "count", units: ["人", "名"] }, { type: "ratio", unit: "%" }, { type: "duration" }];
  const typed = [
    ["100000", "千円", money, "100000千円"],
    ["12億3千万", "円", money, "12億3千万円"],
    ["12億3千万円", "円", money, "12億3千万円"],
    ["1,250,000(千円)", "円", money, "1,250,000(千円)"],
    ["無料", "円", money, "無料"],
    ["1.2万", "名", people, "1.2万名"],
    ["１２０", "人", people, "１２０人"],
    ["約1,000人", "人", people, "約1,000人"],
    ["99.99%", "%", share, "99.99%"],
    ["99.95％以上", "%", share, "99.95％以上"],
    ["99.95", "%", share, "99.95%"],
    ["6", "ヶ月", time, "6ヶ月"],
    ["1ヶ月", "分", time, "1ヶ月"],
    ["10日前", "分", time, "10日前"],
    ["契約による", "分", time, "契約による"],
  ];
  for (const [text, unit, asks, expected] of typed) assert.equal(withUnit(text, unit, asks), expected, text);
});
