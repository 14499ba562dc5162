// Several of a list, by ids or labels. Twin of catalog/answers/choices.py.

import { Problem, problem } from "../problem.js";
import { pieces, tight } from "../wording.js";
import { find } from "./choice.js";

const BEFORE_CIRCLED = /(?=[\u2460-\u2473])/u;
const BETWEEN = /[・･/／&＆+＋\s]+|と|及び|および/u;

/** The ids of the chosen ones, in the guideline's order. An exclusive choice stands alone. */
export function parse(text, asks) {
  const chosen = new Set();
  for (const piece of piecesOf(text, asks)) {
    const found = find(piece, asks);
    if (found instanceof Problem) return found;
    if (chosen.has(found)) return problem("choice-twice", { found: piece });
    chosen.add(found);
  }
  if (!chosen.size) {
    const found = find(text, asks);
    return found instanceof Problem ? found : found.id;
  }
  const alone = [...chosen].find((one) => one.exclusive);
  if (alone && chosen.size > 1) return problem("choice-exclusive", { found: alone.label });
  return asks.choices.filter((one) => chosen.has(one)).map((one) => one.id);
}

function piecesOf(text, asks) {
  const all = tight(text);
  const isLabel = asks.choices.some((one) => Object.values(one.label).some((label) => tight(label) === all));
  return isLabel ? [text] : pieces(text).flatMap((piece) => parts(piece, asks)); // a label may contain a separator itself
}

/** `①④` and `IaaS・PaaS` as the choices that they name, if every part of them is one. */
function parts(piece, asks) {
  const isChoice = (one) => !(find(one, asks) instanceof Problem);
  if (isChoice(piece)) return [piece];
  for (const between of [BEFORE_CIRCLED, BETWEEN]) {
    const found = piece.split(between).map((part) => part.trim()).filter(Boolean);
    if (found.length > 1 && found.every(isChoice)) return found;
  }
  return [piece];
}

export const compare = (ids) => ({ key: ids.join(" ") });
