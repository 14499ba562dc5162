import assert from "node:assert/strict";
import { test } from "node:test";

import { Places } from "../../theme/assets/js/disclosure/places.js";
import { parse } from "../../theme/assets/js/disclosure/source.js";

const TEXT = "\ufeff# 見本\r\nname: 😀架空 # 注\r\nlist: [a, 'b''c']\r\nblock: |-\r\n  一\r\n  二\r\nnothing: # まだ\r\n";

test("a node's offsets are those of the text as given", () => {
  const { root, problems } = parse(TEXT);
  assert.deepEqual(problems, []);
  const written = ({ start, end }) => TEXT.slice(start, end);
  const [name, list, block, nothing] = root.entries;
  assert.deepEqual([written(name.key), written(name.value), name.value.text], ["name", "😀架空", "😀架空"]);
  assert.deepEqual([written(list.value), list.value.items.map(written)], ["[a, 'b''c']", ["a", "'b''c'"]]);
  assert.deepEqual(list.value.items.map((item) => [item.text, item.plain]), [["a", true], ["b'c", false]]);
  assert.equal(block.value.text, "一\n二");
  assert.ok(written(block.value).startsWith("|-\r\n  一"));
  assert.deepEqual([nothing.value.isNull, nothing.value.start, nothing.value.end], [true, nothing.key.end + 1, nothing.key.end + 1]);
});

test("columns are counted in characters, without a byte order mark", () => {
  const places = new Places(TEXT);
  assert.deepEqual(places.of(1), { line: 1, column: 1 });
  assert.deepEqual(places.of(TEXT.indexOf("架空")), { line: 2, column: 8 });
  assert.deepEqual(places.of(TEXT.indexOf("name")), { line: 2, column: 1 });
  assert.deepEqual(places.of(TEXT.length), { line: 8, column: 1 });
});

test("no text makes the reader fail", () => {
  const hostile = ["", "\ufeff", "[".repeat(5000), "{a: ".repeat(5000), "- ".repeat(5000), "&a *a !x ".repeat(500), '"\\ud800"', "%\n---\n", "\r\r\t"];
  for (const text of hostile) assert.equal(parse(text).root, null, text.slice(0, 20));
});
