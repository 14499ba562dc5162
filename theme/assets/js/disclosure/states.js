// The words that say not what the answer is but why there is none. Twin of catalog/load/states.py.

import { STATE_ADVICE } from "./tables.js";
import { stripEnd, whole } from "./wording.js";

const SPELLINGS = {
  not_applicable: String.raw`該当\s*(?:なし|無し|無|しない|しません|せず|ありません)|非該当`,
  withheld: "非公開|非開示|不開示|非公表",
  on_request: "個別に?(?:開示|回答)",
};
const REASON = String.raw`\s*(?:[(（](?<inside>.*)[)）]\s*|[:：](?<after>.+))?。?`;
const POLITE = "(?:です|とします|します|いたします|としています|とさせていただきます)?";
const WHOLE = patterns((words) => whole(`(?:${words})${POLITE}${REASON}`, "su"));
const BEGINNING = patterns((words) => new RegExp(String.raw`^(?:${words})${POLITE}(?=[\s。、,.(（:：]|$)`, "u"));
const UNCLEAR = {
  not_applicable: whole("(?:適用)?対象外|適用(?:外|なし|無し|せず)|n\\.?[/.]?a\\.?|n/a", "iu"),
  on_request: whole("(?:要|別途)?お?問い?合わ?せ(?:ください|下さい|願います|が?必要)?"),
  withheld: whole(
    "社外秘|(?:企業)?秘密|機密(?:情報|事項)?|(?:公開|公表|開示|回答|お答え)(?:は|を)?"
      + "(?:しない|しません|していない|していません|して(?:い|お)りません|致しかねます|いたしかねます|控えます|"
      + "差し?控えます|控えさせていただきます|差し?控えさせていただきます)",
  ),
};

function patterns(make) {
  return Object.fromEntries(Object.entries(SPELLINGS).map(([key, words]) => [key, make(words)]));
}

/** The state that the whole text names, as `非公開` or `非公開(理由)`: `{key, reason}`, or null. */
export function ofWhole(words) {
  for (const [key, pattern] of Object.entries(WHOLE)) {
    const match = pattern.exec(words);
    if (match) return { key, reason: (match.groups.inside || match.groups.after || "").trim() };
  }
  return null;
}

/** The state whose word the text begins with: `{key, words}`, or null. */
export function atTheBeginning(words) {
  for (const [key, pattern] of Object.entries(BEGINNING)) {
    const match = pattern.exec(words);
    if (match) return { key, words: match[0] };
  }
  return null;
}

/** Whether the words are no answer because it is given to nobody, or to those who ask. */
export function hides(words) {
  const found = ofWhole(words);
  return found !== null && found.key !== "not_applicable";
}

/** What the contributor probably wants to say with a text that names no state, but means one: `{key, advice}`. */
export function unclear(words) {
  const bare = stripEnd(words.trim(), "。");
  const found = Object.keys(UNCLEAR).find((key) => UNCLEAR[key].test(bare)) ?? beginning(words);
  return found ? { key: found, advice: STATE_ADVICE[found] } : null;
}

function beginning(words) {
  const found = atTheBeginning(words);
  return found && !ofWhole(words) ? found.key : null;
}
