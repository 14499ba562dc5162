import assert from "node:assert/strict";
import { test } from "node:test";

import { Picks, query, read, refusal } from "../../theme/assets/js/picks.js";

const one = (path, guideline = "g") => ({ path, name: `name of ${path}`, guideline });
globalThis.document = { baseURI: "https://host.invalid/catalog/en/providers/" };

/** What a browser keeps. */
function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), kept };
}

test("six at most, all of one guideline", () => {
  const five = [..."12345"].map((n) => one(`a/${n}`));
  assert.equal(refusal(five, one("a/6")), "");
  assert.equal(refusal([...five, one("a/6")], one("a/7")), "full");
  assert.equal(refusal([...five, one("a/6")], one("a/6")), "");
  assert.equal(refusal(five, one("b/1", "other")), "guideline");
  assert.equal(refusal([], one("b/1", "other")), "");
});

test("whatever else is kept there is nothing to us", () => {
  for (const text of [null, "", "x", "{}", "[null, 1, []]", '[{"path": "<b>", "name": "x", "guideline": "g"}]', '[{"path": "a/x"}]']) {
    assert.deepEqual(read(text), [], text);
  }
  const many = [..."1234567"].map((n) => one(`a/${n}`));
  assert.deepEqual(read(JSON.stringify([...many, one("b/1", "other"), one("a/1")])).map(({ path }) => path), many.slice(0, 6).map(({ path }) => path));
});

test("picks are kept for the next page, one catalog apart from another on the same host", () => {
  const kept = storage();
  const picks = new Picks("../../", () => kept);
  assert.equal(picks.add(one("a/x")), "");
  picks.add(one("a/x"));
  picks.add(one("b/y"));
  assert.deepEqual([...kept.kept.keys()], ["compare /catalog/"]);
  const next = new Picks("../../", () => kept);
  assert.equal(query(next.picked), "?s=a/x,b/y");
  next.remove("a/x");
  assert.equal(query(new Picks("../../", () => kept).picked), "?s=b/y");
  assert.equal(query(new Picks("../", () => kept).picked), "");
});

test("a browser that keeps nothing still picks", () => {
  const picks = new Picks("../../", () => {
    throw new Error("not allowed");
  });
  picks.add(one("a/x"));
  assert.equal(picks.has("a/x"), true);
  assert.equal(query(picks.picked), "?s=a/x");
});
