// Several small answers that count as one; each part is read by its own type. Twin of catalog/answers/parts.py.

import { problem } from "../problem.js";

/** A single text is never an answer in parts. */
export function parse(_, asks) {
  const label = (part, language) => part.label[language] || Object.values(part.label)[0];
  const labels = { ja: asks.parts.map((part) => label(part, "ja")).join("、"), en: asks.parts.map((part) => label(part, "en")).join(", ") };
  return problem("parts-expected", { expected: labels, example: asks.parts[0]?.id ?? "" });
}

export const compare = () => null;
