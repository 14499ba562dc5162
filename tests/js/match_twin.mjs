// What the script says of the questions on standard input: tests/test_matching.py compares it with what Python says.
import { readFileSync } from "node:fs";

import { ownUnit, tests } from "../../theme/assets/js/match/conditions.js";
import { match } from "../../theme/assets/js/match/judge.js";
import { inside } from "../../theme/assets/js/match/places.js";
import { checked, fromFile, fromFragment, toFile, toFragment } from "../../theme/assets/js/match/profile.js";
import { Speech } from "../../theme/assets/js/match/words.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
const places = asked.guideline.sections.flatMap(({ groups }) => groups.flatMap(({ items }) => items.flatMap((item) => item.fields.map((field) => ({ item, field })))));
const place = new Map(places.map((one) => [one.field.id, one]));
const fields = new Map(places.map(({ field }) => [field.id, field]));
const answers = new Map(Object.entries(asked.answers));
const speech = new Speech(asked.words, asked.places, asked.language);
const known = new Set(Object.keys(asked.places));

const profiles = asked.fragments.map((fragment) => {
  const read = fromFragment(fragment);
  const { requirements, dropped } = checked(read.entries, fields, known);
  const profile = { guideline: read.guideline, title: read.title, requirements };
  const again = checked(fromFile(toFile(profile)).entries, fields, known);
  const standings = match(requirements, fields, answers, asked.services);
  return {
    dropped,
    fragment: toFragment(profile),
    file: toFile({ ...profile, requirements: again.requirements }),
    conditions: requirements.map(({ field, condition }) => speech.condition(condition, fields.get(field))),
    names: requirements.map(({ field }) => speech.name(place.get(field))),
    standings: standings.map(({ path, service, findings }) => ({
      path,
      findings: findings.map(({ verdict, rows, absence }) => ({ verdict, rows, absence })),
      quoted: findings.map(({ requirement, entry }) => (entry?.rows ?? []).map((row) => speech.quoted(row, fields.get(requirement.field), service))),
      words: findings.map(({ verdict }) => speech.verdict(verdict, service)),
    })),
  };
});
const tested = Object.fromEntries([...fields].map(([id, field]) => [id, { tests: tests(field), unit: ownUnit(field) }]));
const insides = asked.pairs.map(([one, wanted]) => inside(one, wanted));
process.stdout.write(JSON.stringify({ profiles, tested, insides }));
