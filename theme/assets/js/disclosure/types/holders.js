// Shareholders and their shares: 架空ホールディングス 60.0%、架空信託 12.5%. Twin of catalog/answers/holders.py.

import { Decimal } from "../decimal.js";
import { problem } from "../problem.js";
import { fold, pieces, stripEnd, whole } from "../wording.js";

const ABOUT = String.raw`(?:(?<![契予要規公条節誓盟特先確解成制])約|(?<=[\s(:])(?:約|およそ|概ね|おおむね)\s*)?`;
const HOLDER = whole(String.raw`(?<name>[^%]+?)${ABOUT}(?<![0-9.])(?<share>[0-9]{1,3}(?:\.[0-9]{1,9})?)\s*(?:%|パーセント)\)?`, "su");
const EXAMPLE = "架空ホールディングス 60.0%";
const HUNDRED = new Decimal(100);

/** A list of `{name, share}`, share in percent as a decimal string, in the order written. */
export function parse(text) {
  const holders = [];
  for (const piece of pieces(text)) {
    const match = HOLDER.exec(fold(piece));
    const name = match ? stripEnd(match.groups.name, " \t\n:(") : "";
    if (["", "約"].includes(name) || name.includes("パーセント")) return problem("not-holders", { found: piece, expected: EXAMPLE });
    const share = Decimal.of(match.groups.share);
    if (share.compare(HUNDRED) > 0) return problem("ratio-range", { found: piece, expected: { ja: "0〜100%", en: "0 to 100%" } });
    holders.push({ name, share: String(share) });
  }
  return holders.length ? holders : problem("not-holders", { found: text.trim(), expected: EXAMPLE });
}

export const compare = () => null;
