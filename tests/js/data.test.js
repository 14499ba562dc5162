import assert from "node:assert/strict";
import { test } from "node:test";

import { Data, Unavailable } from "../../theme/assets/js/data.js";

/** A host that knows some files, by their address, and remembers what it was asked for. */
function host(files) {
  const asked = [];
  const load = async (address) => {
    asked.push(address.href);
    const found = files[address.href];
    if (found === undefined) return { ok: false, status: 404 };
    if (found instanceof Error) throw found;
    return { ok: true, json: async () => found };
  };
  return { asked, load };
}

test("a file is asked for once, below the base", async () => {
  const { asked, load } = host({ "https://site.invalid/catalog/api/v1/services/kaku/base.json": { service: 1 } });
  const data = new Data("https://site.invalid/catalog/api/v1/", load);
  assert.deepEqual(await data.service("kaku/base"), { service: 1 });
  assert.deepEqual(await data.service("kaku/base"), { service: 1 });
  assert.deepEqual(asked, ["https://site.invalid/catalog/api/v1/services/kaku/base.json"]);
});

test("a guideline is read by id, and by version where one is named", async () => {
  const { asked, load } = host({});
  const data = new Data("https://site.invalid/api/v1/", load);
  await assert.rejects(data.guideline("iot-iaas-paas"), Unavailable);
  await assert.rejects(data.guideline("iot-iaas-paas", "1"), Unavailable);
  assert.deepEqual(asked, [
    "https://site.invalid/api/v1/guidelines/iot-iaas-paas.json",
    "https://site.invalid/api/v1/guidelines/iot-iaas-paas.1.json",
  ]);
});

test("what does not exist is told apart from what cannot be reached, and both are tried again", async () => {
  const files = { "https://site.invalid/catalog.json": new TypeError("offline") };
  const { asked, load } = host(files);
  const data = new Data("https://site.invalid/", load);
  await assert.rejects(data.catalog(), (error) => error instanceof Unavailable && error.status === 0);
  await assert.rejects(data.service("a/../../b"), (error) => error.status === 404);
  files["https://site.invalid/catalog.json"] = { providers: [] };
  assert.deepEqual(await data.catalog(), { providers: [] });
  assert.equal(asked.length, 3);
});
