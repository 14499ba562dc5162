// The head of a disclosure file: which guideline, whose, when. Twin of catalog/load/head.py.

import { parse } from "./answers.js";
import { Problem } from "./problem.js";
import { isId, MAX_LISTED, nearest } from "./shapes.js";

/** Which of the known guidelines is answered, or null. Of each of them at least `{id, version}` is known. */
export function guidelineAnswered(shapes, keys, known) {
  const [id, version] = [shapes.text(keys, "guideline"), shapes.text(keys, "guideline_version")];
  if (!id || !version) return null;
  const versions = known.filter((one) => one.id === id);
  const found = versions.find((one) => one.version === version);
  if (found) return found;
  if (versions.length) {
    const expected = versions.map((one) => one.version).join(", ");
    shapes.add("unknown-guideline-version", keys.get("guideline_version"), { found: version, expected });
  } else {
    const ids = [...new Set(known.map((one) => one.id))].sort();
    shapes.add("unknown-guideline", keys.get("guideline"), { found: id, nearest: nearest(id, ids), expected: ids.join(", ") });
  }
  return null;
}

export function transcribedOn(shapes, root, keys, submittedBy) {
  if (submittedBy === "third_party" && !keys.has("transcribed_on")) shapes.add("transcribed-on-missing", root);
  return day(shapes, keys, "transcribed_on");
}

export function withdrawn(shapes, keys) {
  const node = keys.has("withdrawn") ? shapes.mapping(keys.get("withdrawn"), "withdrawn") : null;
  if (!node) return null;
  const inner = shapes.keys(node, { required: ["on", "reason"] });
  const on = day(shapes, inner, "on") ?? "";
  const reason = shapes.text(inner, "reason");
  if (reason) shapes.checkText(inner.get("reason"), reason);
  return { on, reason };
}

export function aliases(shapes, keys) {
  const found = listed(shapes, keys, "aliases");
  for (const scalar of found) shapes.checkName(scalar, scalar.text.trim());
  return found.map((scalar) => scalar.text.trim());
}

/** A date that needs its day, or null. */
export function day(shapes, keys, key) {
  const words = shapes.text(keys, key);
  const parsed = words ? parse(words, { type: "date", precision: "day" }) : null;
  if (!(parsed instanceof Problem)) return parsed;
  shapes.add(parsed.code, keys.get(key), parsed.values);
  return null;
}

/** The former ids of a provider or a service. */
export function formerly(shapes, keys) {
  const found = listed(shapes, keys, "formerly");
  for (const scalar of found) if (!isId(scalar.text.trim())) shapes.add("invalid-id", scalar, { found: scalar.text });
  return found.map((scalar) => scalar.text.trim()).filter(isId);
}

function listed(shapes, keys, key) {
  const found = shapes.scalars(keys, key);
  return found.length ? shapes.few(keys.get(key), found, MAX_LISTED, key) : [];
}
