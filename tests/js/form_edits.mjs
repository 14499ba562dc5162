// Random edits of the files on standard input: tests/test_form.py runs it, and reads with Python what came of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { parse as parsedAnew } from "../../theme/assets/js/disclosure/source.js";
import { append, remove, rename, write } from "../../theme/assets/js/form/edit.js";
import { cleanedDraft, nothing, sameDraft } from "../../theme/assets/js/form/answer.js";
import { draftAt, rootOf, setAnswer } from "../../theme/assets/js/form/file.js";
import { entryAt, parsed as parse, plain } from "../../theme/assets/js/form/tree.js";
import { Beyond, Inline } from "../../theme/assets/js/form/values.js";
import { Plan } from "../../theme/assets/js/form/plan.js";
import { cleaned } from "../../theme/assets/js/form/scalars.js";

const { files, seed, rounds, guideline } = JSON.parse(readFileSync(0, "utf8"));
const plan = new Plan(guideline);
let state = seed;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const TEXTS = [
  "有り(架空)", "a: b", "# no comment", "- item", "one\ntwo", "  lead\n\n  deep\nend", "'quoted'", '"', "100%", "~", "null", "yes", "1,234(千円)[2026年3月期]", "{x}", "[y", "x #y", "http://a.example/?q=1#z",
  "back\\slash", "tab\tin", "\u00a0wide\u3000space", "@at", "`tick`", "%p", "!tag", "&anchor", "*alias", "? q", "| pipe", "> fold", "end:", "a, b", "日本(関東)、米国", "it's", "x\n# not a comment\n- y", "<<", "=", "\ud83d\ude00", "0x1F", "---", "--- x", "...", "...\nx", "x\n---\ny",
];

function scalars(node, path = []) {
  if (node.type !== "mapping") return [];
  return node.entries.flatMap(({ key, value }) => [[...path, key.text], ...scalars(value, [...path, key.text])]);
}

function value() {
  const kind = random(8);
  if (kind === 0) return null;
  if (kind === 1) return { answer: cleaned(pick(TEXTS)), note: cleaned(pick(TEXTS)) };
  if (kind === 2) return { withheld: cleaned(pick(TEXTS)) };
  if (kind === 3) return [cleaned(pick(TEXTS)), cleaned(pick(TEXTS))];
  if (kind === 4) return new Inline([cleaned(pick(TEXTS)), "dc-1"]);
  return cleaned(pick(TEXTS));
}

/** One edit: what it changes, and what it must be able to do. */
function edited(text) {
  const paths = scalars(parse(text).root);
  const path = pick(paths);
  const kind = random(10);
  if (kind === 0) return { next: remove(text, path), path, gone: true };
  if (kind === 1) return { next: rename(text, path, `renamed-${random(1e6)}`), path: path.slice(0, -1) };
  if (kind === 2) return { next: write(text, [...path.slice(0, -1), `new-${random(1e6)}`], value(), ["answer", path.at(-1)]), path: path.slice(0, -1) };
  if (kind === 3 && path.length > 1) {
    const name = `block-${random(1e6)}`;
    return { next: append(text, path.slice(0, -1), name, `  ${name}:\n    # c\n    a:\n    b:\n      # d\n      c: 1\n`, 2), path: path.slice(0, -1) };
  }
  return { next: write(text, path, value()), path };
}

/** The comments of a text, and how often each stands there. */
function comments(text) {
  return text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));
}

let done = 0;
let refused = 0;
const results = [];
for (const file of files) {
  assert.ok(parsedAnew(file).root, JSON.stringify(parsedAnew(file).problems));
  for (let round = 0; round < rounds; round += 1) {
    let text = file;
    for (let step = 0; step < 6; step += 1) {
      let change;
      try {
        change = edited(text);
      } catch (error) {
        if (!(error instanceof Beyond)) throw error;
        refused += 1;
        continue;
      }
      const { next, path, gone } = change;
      const entry = entryAt(parse(text).root, path);
      if (next !== text) {
        let begin = 0;
        while (begin < next.length && text[begin] === next[begin]) begin += 1;
        let end = 0;
        while (end < text.length - begin && end < next.length - begin && text.at(-1 - end) === next.at(-1 - end)) end += 1;
        // whatever was changed lies at the entry: from the line that it begins on to the one behind it
        if (entry && path.length) {
          const from = text.lastIndexOf("\n", entry.key.start - 1) - 200;
          assert.ok(begin >= from || !gone, `${path}`);
        }
      }
      const removed = comments(text).length - comments(next).length;
      if (!gone && removed > 0) assert.ok(entry && comments(text.slice(entry.key.start, entry.value.end + 1)).length >= removed, `comments lost at ${path}`);
      assert.equal(text.startsWith("\ufeff"), next.startsWith("\ufeff"));
      if (text.includes("\r\n")) assert.ok(!/[^\r]\n/.test(next), "a line end of another kind");
      text = next;
      done += 1;
    }
    results.push({ text, tree: json(plain(parsedAnew(text).root)) });
  }
  // an answer set and taken back leaves the file as it was
  for (let round = 0; round < rounds; round += 1) {
    const empty = scalars(parse(file).root).filter((path) => entryAt(parse(file).root, path).value.isNull);
    if (!empty.length) break;
    const path = pick(empty);
    const given = value() ?? "x";
    try {
      const filled = write(file, path, given);
      assert.equal(write(filled, path, null), file.replace(new RegExp(`(\\n *${path.at(-1)}:) *(~|null)(?=\\s)`), "$1"), `${path} ${JSON.stringify(given)}`);
    } catch (error) {
      if (!(error instanceof Beyond)) throw error;
      refused += 1;
    }
  }
}

// --- answers as the controls give them ---

const WORDS = ["架空", "a: b", "x(y)", "有り", "1\n2", "# c", "- i", "非公開のため", "~", "日本(関東)", "(only)", "https://a.example/#f", "有り(x)", "y)"];

function extras() {
  return { note: random(3) ? "" : pick(WORDS), source: random(3) ? "" : "https://example.com/", as_of: random(3) ? "" : "2026-04" };
}

function draft(asks) {
  const kind = random(6);
  if (kind === 0) return nothing();
  if (kind === 1) return { ...nothing(), state: pick(["withheld", "on_request", "not_applicable"]), reason: random(4) ? pick(WORDS) : "" };
  if (kind === 2) return { ...nothing(), state: "text", answer: pick(WORDS) };
  if (asks.type === "parts") {
    const parts = Object.fromEntries(asks.parts.map((part) => [part.id, draft(part)]));
    return Object.values(parts).some(({ state }) => state) ? { ...nothing(), state: "answer", parts } : nothing();
  }
  if (asks.type !== "yes_no") return { ...nothing(), state: "answer", answer: pick(WORDS) };
  const detail = random(2) ? pick(WORDS) : "";
  return { ...nothing(), state: "answer", answer: pick(["有り", "無し"]), detail, wordy: Boolean(detail && asks.detail && !random(3)) };
}

for (const file of files) {
  const places = plan.places(rootOf(file)).filter(({ scope }) => plan.ofScope(scope).length);
  if (!rootOf(file).entries.some(({ key }) => key.text === "guideline")) continue; // of no guideline
  let text = file;
  for (let round = 0; round < rounds * 20; round += 1) {
    const place = pick(places);
    const { field } = pick(plan.slots.filter(({ section }) => section.scope === place.scope));
    const given = { ...draft(field), ...extras() };
    text = setAnswer(text, place, field, given, plan.order(place.scope));
    assert.ok(sameDraft(draftAt(rootOf(text), place, field), cleanedDraft(given)), `${field.id}: ${JSON.stringify(given)}`);
    done += 1;
  }
  results.push({ text, tree: json(plain(parsedAnew(text).root)) });
}

function json(found) {
  if (found?.list) return found.list.map(json);
  return found?.map ? Object.fromEntries([...found.map].map(([name, inner]) => [name, json(inner)])) : found;
}

process.stdout.write(JSON.stringify({ done, refused, results }));
