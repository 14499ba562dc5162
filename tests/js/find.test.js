import assert from "node:assert/strict";
import { test } from "node:test";

import { parse, write } from "../../theme/assets/js/find/address.js";
import { bounds, read, said, written } from "../../theme/assets/js/find/amounts.js";
import { guidelineFacets, ownFacets, servicesOf } from "../../theme/assets/js/find/facets.js";
import { named } from "../../theme/assets/js/find/names.js";
import { byCode, select, sorted, undisclosed, within } from "../../theme/assets/js/find/selection.js";
import { withQuery } from "../../theme/assets/js/query.js";

const label = (text) => ({ ja: text, en: text });
const option = (key, wider) => ({ key, label: label(key), ...(wider ? { within: wider } : {}) });
const facet = (name, kind, options, answers, services, unit = null) => ({
  ...{ name, field: name, item: "1", section: label("章"), title: label(name), facet: kind, role: null, unit },
  ...{ options, answers, services },
});

/** Four services of three providers: two own, one transcribed, one sample. */
const FOUND = {
  disclosures: {
    provider: ["aoi", "beni", "cha"],
    name: ["架空葵", "架空紅", "架空茶"],
    reading: ["あおい", null, null],
    name_en: ["Aoi, Inc.", null, null],
    aliases: [["AOI"], null, null],
    guideline: ["g", "g", "g"],
    submitted_by: ["provider", "third_party", "provider"],
    sample: [false, false, true],
    state: ["valid", "transcribed", "expiring"],
    disclosed_on: ["2026-01-01", null, "2025-01-01"],
    transcribed_on: [null, "2026-02-01", null],
    expires_on: ["2028-01-01", null, "2027-01-01"],
  },
  services: {
    disclosure: [0, 0, 1, 2],
    service: ["two", "one", "base", "demo"],
    name: ["二号", "一号", "基盤", "見本"],
    required_disclosed: [50, 99, null, 0],
    required_owed: [100, 100, null, 0],
  },
  guidelines: [
    {
      id: "g",
      title: label("指針"),
      required: label("必須"),
      facets: [
        facet("sla", "filter", [option("yes"), option("no")], [{ keys: ["yes"] }, { also: ["unanswered"] }, { also: ["not_transcribed"] }, { also: ["words"] }], [0, 1, 2, 3]),
        facet("ups", "at_least", [option("yes"), option("no")], [{ keys: ["yes"], number: 600 }, { keys: ["yes"], number: 300 }, { keys: ["no"] }], [0, 1, 2, 2], "s"),
        facet("place", "filter", [option("JP"), option("JP-kanto", "JP"), option("US")], [{ keys: ["JP", "JP-kanto"] }, { keys: ["JP", "US"] }, { also: ["withheld"] }], [0, 1, 2, 2]),
      ],
    },
  ],
};

const services = servicesOf(FOUND, "2026-11-23");
const facets = [...ownFacets(services, String), ...guidelineFacets(FOUND, "g", services, "ja", String)];
const facetsOf = (guideline) => (["", "g"].includes(guideline) ? facets : null);
const everyone = services.map(() => true);
const wish = (keys, bound = null) => ({ keys: new Set(keys), bound });
const shown = (wishes, among = everyone) => select(facets, new Map(Object.entries(wishes)), among).shown.map((rank) => services[rank].path);
const facetNamed = (name) => facets.find((one) => one.name === name);

test("services come as the page lists them, and expire on their day", () => {
  assert.deepEqual(services.map((one) => one.path), ["aoi/one", "aoi/two", "beni/base", "cha/demo"]);
  assert.deepEqual(services.map((one) => one.percent), [99, 50, null, 100]);
  assert.deepEqual(servicesOf(FOUND, "2027-01-02").map((one) => one.state), ["valid", "valid", "transcribed", "expired"]);
  assert.deepEqual(servicesOf(FOUND, "2027-01-01").map((one) => one.state), ["valid", "valid", "transcribed", "expiring"]);
});

test("options of a facet go together by or, facets by and", () => {
  assert.deepEqual(shown({ sla: wish(["yes"]) }), ["aoi/two"]);
  assert.deepEqual(shown({ sla: wish(["yes", "_unanswered"]) }), ["aoi/one", "aoi/two"]);
  assert.deepEqual(shown({ sla: wish(["_answered"]) }), ["aoi/two", "cha/demo"]);
  assert.deepEqual(shown({ sla: wish(["yes", "_unanswered"]), place: wish(["US"]) }), ["aoi/one"]);
  assert.deepEqual(shown({ place: wish(["JP"]) }), ["aoi/one", "aoi/two"]);
  assert.deepEqual(shown({ ups: wish([], 600) }), ["aoi/two"]);
  assert.deepEqual(shown({ ups: wish(["no"], 600) }), ["aoi/two", "beni/base", "cha/demo"]);
  assert.deepEqual(shown({ completeness: wish([], 99) }), ["aoi/one", "cha/demo"]);
  assert.deepEqual(shown({ by: wish(["own"]) }, [false, true, true, true]), ["aoi/two"]);
});

test("a count is the length of the list that the option alone gives under the other wishes", () => {
  const wishes = { sla: wish(["yes"]), place: wish(["JP"]) };
  const { answers } = select(facets, new Map(Object.entries(wishes)), everyone);
  for (const one of facets) {
    const counts = byCode(one, answers.get(one.name));
    for (const [code, count] of counts) assert.equal(count, shown({ ...wishes, [one.name]: wish([code]) }).length, `${one.name} ${code}`);
    for (const number of one.numbers.filter((each) => each !== null)) {
      const list = shown({ ...wishes, [one.name]: wish([], number) });
      assert.equal(within(one, answers.get(one.name), number), list.length, `${one.name} ${number}`);
    }
  }
  const all = select(facets, new Map(), everyone).answers;
  assert.equal(undisclosed(facetNamed("sla"), all.get("sla")), 2);
});

test("what cannot be compared comes last in either direction", () => {
  const order = (by, descending) => sorted([0, 1, 2, 3], services, facets, { by, descending }, new Intl.Collator("ja"));
  assert.deepEqual(order("", false), [0, 1, 2, 3]);
  assert.deepEqual(order("ups", false), [0, 1, 2, 3]);
  assert.deepEqual(order("ups", true), [1, 0, 2, 3]);
  assert.deepEqual(order("completeness", true), [3, 0, 1, 2]);
  assert.deepEqual(order("completeness", false), [1, 0, 3, 2]);
  assert.deepEqual(order("sla", true), [1, 0, 2, 3]);
  assert.deepEqual(order("date", true), [2, 0, 1, 3]);
  assert.deepEqual(order("date", false), [3, 0, 1, 2]);
});

test("a state and its address say the same", () => {
  for (const address of [
    "",
    "?by=own,sample&completeness=90&sla=yes,_unanswered&ups=10min,no&place=JP,JP-kanto&sort=-ups",
    "?q=%E5%85%8D%E9%9C%87+ISMS&guideline=g&sort=name",
    "?ups=_answered,_not_applicable,_words",
  ]) {
    const { state, dropped } = parse(address, facetsOf);
    assert.deepEqual(dropped, []);
    assert.equal(write(new URLSearchParams(address).get("q") ?? "", state, facets), address);
  }
});

test("equal wishes have one address, in whatever order they were chosen", () => {
  const { state } = parse("?place=US&sla=no,yes&place=JP&by=sample&by=own", facetsOf);
  assert.equal(write("", state, facets), "?by=own,sample&sla=yes,no&place=JP,US");
});

test("unknown names and values are told and dropped", () => {
  const { state, dropped } = parse("?sla=yes,maybe&utm_source=x&ups=ten,5y,-1min&sort=size&guideline=h&place=__proto__&constructor=1&by=", facetsOf);
  assert.deepEqual(dropped, [["guideline", "h"], ["sla", "maybe"], ["utm_source", "x"], ["ups", "ten"], ["ups", "-1min"], ["sort", "size"], ["place", "__proto__"], ["constructor", "1"]]);
  assert.equal(write("", state, facets), "?sla=yes&ups=5y");
  const [[, long]] = parse(`?x=${"あ".repeat(5000)}`, facetsOf).dropped;
  assert.ok(long.length < 100);
});

test("amounts are written in the longest unit that leaves them whole, and read again", () => {
  for (const [number, unit, text] of [[600, "s", "10min"], [7889400, "s", "3mo"], [31557600, "s", "1y"], [86400, "s", "1d"], [0, "s", "0s"], [90, "s", "90s"], [99.95, "%", "99.95"], [168, "h/week", "168"]]) {
    assert.equal(written(number, unit), text);
    assert.equal(read(text, unit), number);
  }
  for (const text of ["", "x", "10", "10parsec", "1e9s", "-1s", "Infinity", "10min "]) assert.equal(read(text, "s"), null, text);
  assert.equal(read("99.9%", "%"), null);
  const words = { min: "{number}分", y: "{number} year|{number} years", other: "{number}{unit}" };
  assert.equal(said(600, "s", words), "10分");
  assert.equal(said(31557600, "s", words), "1 year");
  assert.equal(said(63115200, "s", words), "2 years");
  assert.equal(said(3, "世代", words), "3世代");
});

test("at most twelve bounds are offered, the least and the greatest among them", () => {
  assert.deepEqual(bounds([3, 1, 2, 3]), [1, 2, 3]);
  const many = bounds(Array.from({ length: 200 }, (_, number) => number));
  assert.equal(many.length, 12);
  assert.deepEqual([many[0], many.at(-1)], [0, 199]);
});

test("names are found in any spelling, with reading, English name and aliases", () => {
  for (const query of ["葵", "アオイ", "ｱｵｲ", "aoi inc", "AOI 一号"]) assert.ok(named(query, services).has("aoi/one"), query);
  assert.ok(!named("紅", services).has("aoi/one"));
  assert.equal(named("  ", services).size, 0);
});

test("the query changes and the rest of the address stays as it was written", () => {
  assert.equal(withQuery("?sla=yes,no&x=%20", "a b,c"), "?q=a+b,c&sla=yes,no&x=%20");
  assert.equal(withQuery("?q=old&sla=yes", ""), "?sla=yes");
  assert.equal(withQuery("?q=old", ""), "");
  assert.equal(withQuery("", "&="), "?q=%26%3D");
});
