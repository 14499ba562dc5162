// Reads disclosures as the form does. From stdin: `{today, codes, roots: {name: [guideline, …]}, cases: [{root, id, text}]}`;
// to stdout: of each case its problems in words, and what was read.

import { readFileSync } from "node:fs";

import { say } from "../../theme/assets/js/disclosure/messages.js";
import { readDisclosure } from "../../theme/assets/js/disclosure/read.js";
import { completeness, sheets } from "../../theme/assets/js/disclosure/sheets.js";

const { today, codes, roots, cases } = JSON.parse(readFileSync(0, "utf8"));

function said(problem) {
  const words = { ja: say(problem, codes, "ja"), en: say(problem, codes, "en") };
  const { code, severity, line, column, values, subject } = problem;
  return { code, severity, line, column, values, item: subject?.item ?? null, words };
}

function read({ root, id, text }) {
  const known = roots[root];
  const named = /^guideline: *(\S+)\s+guideline_version: *"?([^"\s]+)/m.exec(text);
  const guideline = known.find((one) => one.id === named?.[1] && one.version === named[2]) ?? known[0];
  const { problems, disclosure } = readDisclosure(text, guideline, { id, today, guidelines: known });
  if (!disclosure) return { problems: problems.map(said), disclosure: null };
  return { problems: problems.map(said), disclosure: { ...disclosure, guideline: disclosure.guideline.id }, sheets: sheets(disclosure), completeness: completeness(disclosure) };
}

process.stdout.write(JSON.stringify(cases.map(read)));
