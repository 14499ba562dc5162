import assert from "node:assert/strict";
import { test } from "node:test";

import { tests, threshold } from "../../theme/assets/js/match/conditions.js";
import { finding, judge, match, together } from "../../theme/assets/js/match/judge.js";
import { draft, emailOf, letter, questions } from "../../theme/assets/js/match/letter.js";
import { inside } from "../../theme/assets/js/match/places.js";
import { checked, condition, fromFile, fromFragment, isComplete, MAX_REQUIREMENTS, Refused, toFile, toFragment } from "../../theme/assets/js/match/profile.js";
import { shortened } from "../../theme/assets/js/match/words.js";

const UPS = { id: "ups", type: "yes_no", detail: { type: "duration" } };
const UPTIME = { id: "uptime", type: "ratio", unit: "%" };
const LOCATION = { id: "location", type: "place" };
const KIND = { id: "kind", type: "choices", choices: [{ id: "iot" }, { id: "network" }] };
const NOTE = { id: "note", type: "text" };
const FIELDS = new Map([UPS, UPTIME, LOCATION, KIND, NOTE].map((field) => [field.id, field]));
const PLACES = new Set(["JP", "JP-kanto", "US"]);
const REQUIREMENTS = [
  { field: "ups", weight: "must", condition: condition("at_least", { number: "10", unit: "minute" }) },
  { field: "ups", weight: "should", condition: condition("yes") },
  { field: "location", weight: "must", condition: condition("in", { values: ["JP-kanto", "US"] }) },
  { field: "note", weight: "should", condition: condition("contains", { text: "a:b&c=d,e% ISO 27001" }) },
  { field: "uptime", weight: "should", condition: condition("at_most", { number: "99.95" }) },
];
const PROFILE = { guideline: "iot-iaas-paas", title: "要件 #1 & <b>", requirements: REQUIREMENTS };

test("a profile survives the address and the file", () => {
  const address = fromFragment(toFragment(PROFILE));
  assert.equal(address.guideline, PROFILE.guideline);
  assert.equal(address.title, PROFILE.title);
  assert.equal(address.unreadable, 0);
  assert.deepEqual(checked(address.entries, FIELDS, PLACES), { requirements: REQUIREMENTS, dropped: [] });
  const file = fromFile(toFile(PROFILE));
  assert.equal(file.title, PROFILE.title);
  assert.deepEqual(checked(file.entries, FIELDS, PLACES), { requirements: REQUIREMENTS, dropped: [] });
});

test("an address without requirements is none", () => {
  assert.equal(toFragment({ guideline: "x", title: "", requirements: [] }), "");
  assert.deepEqual(fromFragment(""), { guideline: "", title: "", entries: [], unreadable: 0 });
});

test("hostile addresses neither throw nor get through", () => {
  const hostile = [
    "#g=%E0%A4%A&must=%",
    "#g=iot&must=__proto__:is:yes&must=constructor:yes",
    "#g=iot&must=ups:constructor:1&must=ups:at_least:1e9:minute&must=ups:at_least:1:__proto__",
    "#g=iot&must=location:in:__proto__&must=location:in:&must=location",
    "#g=iot&evil=1&=&&must=ups:at_least:99999999999999999999:minute",
    `#g=iot&${"must=ups:yes&".repeat(5000)}`,
  ];
  for (const fragment of hostile) {
    const { requirements } = checked(fromFragment(fragment).entries, FIELDS, PLACES);
    assert.ok(requirements.length <= 1, fragment.slice(0, 60));
    for (const one of requirements) assert.ok(FIELDS.has(one.field) && isComplete(one, FIELDS.get(one.field)));
  }
});

test("hostile files are refused with a reason, or what is wrong in them is dropped by name", () => {
  const refused = (text) => assert.throws(() => fromFile(text), Refused);
  ["", "nothing", "null", "[]", "1", '{"guideline": 1, "requirements": []}', '{"guideline": "x"}', `"${"x".repeat(300_000)}"`].forEach(refused);
  const entries = [null, 7, "ups", [], {}, { field: {} }, { field: "nope", level: "must", is: "yes" }, { field: "ups", level: "boss", is: "yes" }];
  entries.push({ field: "ups", level: "must", is: "yes", in: ["JP"] }, { field: "ups", level: "must", at_least: { toString: 1 }, unit: "day" });
  entries.push({ field: "location", level: "must", in: ["XX"] }, { field: "note", level: "must", contains: 5 }, { field: "uptime", level: "must", at_least: -1 });
  entries.push({ field: "uptime", level: "must", at_least: 99, unit: "day" }, { field: "ups", level: "must", at_least: 9 });
  const { requirements, dropped } = checked(entries, FIELDS, PLACES);
  assert.deepEqual(requirements, []);
  assert.equal(dropped.length, entries.length);
  assert.ok(dropped.every(({ name, reason }) => typeof name === "string" && ["field", "condition"].includes(reason)));
});

test("the same requirement counts once, and not more than a page bears", () => {
  const one = { field: "ups", level: "must", is: "yes" };
  assert.deepEqual(checked([one, one], FIELDS, PLACES).dropped, [{ name: "ups", reason: "twice" }]);
  const words = (contains) => ({ field: "note", level: "must", contains });
  assert.deepEqual(checked([words("ISO"), words("SOC 2"), words("ISO")], FIELDS, PLACES).dropped, [{ name: "note", reason: "twice" }]);
  const many = checked(Array.from({ length: MAX_REQUIREMENTS + 9 }, () => one), FIELDS, PLACES);
  assert.equal(many.requirements.length, 1);
  assert.equal(many.dropped.at(-1).reason, "many");
});

test("tests fit the type", () => {
  assert.deepEqual(tests(UPS), ["yes", "no", "at_least", "at_most", "contains", "answered"]);
  assert.deepEqual(tests(UPTIME), ["at_least", "at_most", "answered"]);
  assert.deepEqual(tests(LOCATION), ["in", "answered"]);
  assert.deepEqual(tests(NOTE), ["contains", "answered"]);
});

test("twelve months are one year", () => {
  assert.equal(threshold(condition("at_least", { number: "12", unit: "month" })), threshold(condition("at_least", { number: "1", unit: "year" })));
});

test("nothing undisclosed is ever met", () => {
  for (const status of ["withheld", "on_request", "unanswered"]) {
    for (const { condition: asked, field } of REQUIREMENTS) assert.equal(judge({ status }, asked, FIELDS.get(field)), "undisclosed");
  }
  assert.equal(finding(REQUIREMENTS[0], UPS, undefined).verdict, "undisclosed");
  assert.equal(finding(REQUIREMENTS[0], UPS, { no_data_center: "none" }).verdict, "unmet");
});

test("several data centres meet a condition together", () => {
  assert.equal(together(["met", "met"]), "met");
  assert.equal(together(["met", "undisclosed"]), "partly");
  assert.equal(together(["unmet", "undisclosed", "ask"]), "unmet");
  assert.equal(together(["undisclosed", "ask"]), "undisclosed");
  assert.equal(together(["ask", "ask"]), "ask");
});

test("places lie inside, outside, or nobody can tell", () => {
  assert.equal(inside("JP-kanto", "JP"), true);
  assert.equal(inside("JP", "JP-kanto"), null);
  assert.equal(inside("US", "JP"), false);
  assert.equal(inside("JP-okinawa", "JP-kyushu-okinawa"), true);
  assert.equal(inside("JP-east-japan", "JP-kanto"), null);
  assert.equal(inside("JP-kinki", "JP-kanto"), false);
});

test("the best come first, samples last", () => {
  const answers = new Map([["ups", { services: { "a/x": { rows: [{ status: "unanswered" }] }, "b/y": { rows: [{ status: "disclosed", kind: "yes" }] }, "s/z": { rows: [{ status: "disclosed", kind: "yes" }] } } }]]);
  const services = [{ path: "s/z", sample: true }, { path: "a/x", sample: false }, { path: "b/y", sample: false }];
  const found = match([{ field: "ups", weight: "must", condition: condition("yes") }], FIELDS, answers, services);
  assert.deepEqual(found.map((one) => one.path), ["b/y", "a/x", "s/z"]);
});

test("a letter asks once for each item that is open", () => {
  const verdicts = ["undisclosed", "ask", "met", "partly", "unmet"];
  const standing = { findings: verdicts.map((verdict, index) => ({ verdict, requirement: REQUIREMENTS[index], absence: null })) };
  const asked = questions(standing);
  assert.deepEqual(asked.map((one) => one.requirement.field), ["ups", "note"]);
  const item = { number: "112", label: { ja: "無停電電源" } };
  const places = new Map(["ups", "note"].map((id) => [id, { item, field: { prompt: { ja: `記述 ${id}` } } }]));
  const entries = new Map([["ups", { rows: [{ data_center: "a" }, { data_center: "b" }] }], ["note", { rows: [{}] }]]);
  const words = { subject: "S {service}", to: "T {provider}", greeting: "G", ask: "A", item: "{count} {number} {label}", wording: "W {wording}", now: "N {text}", center: "{name}={text}", page: "P {address}", close: "C", partial: "{text}*", separator: "、" };
  const service = { service_name: "{provider}", provider_name: "P", submitted_by: "provider", data_centers: [{ id: "a", name: "東京" }] };
  const written = letter({ words, service, guideline: "D", asked, places, entries, quoted: () => ({ word: "有り", text: "", partial: true }), of: (text) => text.ja, address: "https://x" });
  assert.equal(written.subject, "S {provider}");
  assert.ok(written.body.includes("1 112 無停電電源\nW 記述 ups\nN 東京=有り*、b=有り*"));
  assert.ok(written.body.includes("2 112 無停電電源\nW 記述 note\nN 有り*"));
});

test("a draft goes to a disclosed address only, and leaves out what is too long", () => {
  const rows = [{ field: "contact", value: { email: ["x@y\n.example", "a%b@example.co.jp"] } }, { field: "other", value: { email: ["no@example.com"] } }];
  assert.equal(emailOf(rows, "contact"), "a%b@example.co.jp");
  assert.equal(emailOf([{ field: "contact", value: null }], "contact"), "");
  const short = draft("a%b@example.co.jp", { subject: "件名&x", body: "1\n2" });
  assert.equal(short.href, "mailto:a%25b@example.co.jp?subject=%E4%BB%B6%E5%90%8D%26x&body=1%0D%0A2");
  assert.ok(!draft("a@example.co.jp", { subject: "s", body: "あ".repeat(500) }).whole);
});

test("long answers are shortened by letters", () => {
  assert.equal(shortened(" a \n b "), "a b");
  assert.equal([...shortened("𠮷".repeat(121))].length, 121);
});
