// Where to turn to: phone, fax, web page, e-mail, written in any order. Twin of catalog/answers/contact.py.

import { Problem, problem } from "../problem.js";
import { fold } from "../wording.js";
import { parse as parseUrl } from "./url.js";

const WEB = /https?:\/\/[!#-&*+\--:=?-~]+/gu;
const EMAIL = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/gu;
const SPACE = String.raw`[ \t\n\r\f\v]`;
const PHONE = new RegExp(
  String.raw`(?<![0-9-])\+?[0-9]{1,4}(?:(?:-|${SPACE})\(?[0-9]{1,5}\)?|\([0-9]{1,5}\)[0-9]{1,4}){1,4}(?![0-9-])` // 03-0000-0000, 03(0000)0000
    + String.raw`|(?<![0-9])0[0-9]{9,10}(?![0-9])`, // 0120000000
  "gu",
);
const FAX = /((?:電話|tel)\s*[/・&兼]\s*)?(?:fax|ファックス|ファクス)[^0-9+]{0,8}$/iu;
const EXAMPLE = "電話 03-0000-0000、メール support@example.co.jp";

/** `{phone, fax, web, email}`, each a list of what was found; at least one is needed. */
export function parse(text) {
  const folded = fold(text);
  const web = (folded.match(WEB) ?? []).filter((one) => !(parseUrl(one) instanceof Problem));
  let rest = folded.replace(WEB, " ");
  const email = rest.match(EMAIL) ?? [];
  rest = rest.replace(EMAIL, " ");
  const found = { phone: [], fax: [], web, email: [...email] };
  for (const { index, 0: number } of rest.matchAll(PHONE)) {
    const digits = number.replace(/[^0-9]/g, "").length;
    if (digits < 9 || digits > 15) continue;
    const fax = FAX.exec(rest.slice(Math.max(0, index - 24), index));
    for (const way of fax?.[1] ? ["phone", "fax"] : fax ? ["fax"] : ["phone"]) found[way].push(number);
  }
  return Object.values(found).some((list) => list.length) ? found : problem("not-a-contact", { found: text.trim(), expected: EXAMPLE });
}

export const compare = () => null;
