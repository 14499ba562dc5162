import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { compare, parse, TYPES } from "../../theme/assets/js/disclosure/answers.js";
import { Problem } from "../../theme/assets/js/disclosure/problem.js";

const VECTORS = new URL("../vectors/", import.meta.url);
const files = readdirSync(VECTORS).map((name) => name.replace(".json", ""));

/** The options of a vector as the public JSON of a guideline names them. */
function asksOf(type, { least, most, ...options }) {
  return { type, ...options, ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) };
}

test("every type has a module, and every module but that of parts has vectors", () => {
  const modules = readdirSync(new URL("../../theme/assets/js/disclosure/types/", import.meta.url)).map((name) => name.replace(".js", ""));
  assert.deepEqual(modules.sort(), Object.keys(TYPES).sort());
  assert.deepEqual(files.sort(), Object.keys(TYPES).filter((name) => name !== "parts").sort());
});

for (const type of files) {
  test(`${type}: a vector gives its value or its problem`, () => {
    for (const vector of JSON.parse(readFileSync(new URL(`${type}.json`, VECTORS), "utf8"))) {
      const asks = asksOf(type, vector.asks);
      const parsed = parse(vector.input, asks);
      const said = JSON.stringify(vector);
      if (parsed instanceof Problem) assert.equal(parsed.code, vector.problem, said);
      else {
        assert.deepEqual(parsed, vector.value, said);
        assert.deepEqual(compare(parsed, asks), vector.compare, said);
      }
    }
  });
}
