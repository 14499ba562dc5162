/**
 * Folding and cutting of text for the search: pure functions, equal to catalog/search.py (a test compares the two).
 */

const CJK = "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff";
const FROM = [..."髙﨑𠮷濵濱邊邉齋齊瀨澤廣國德ς〜∼‐‑‒–—―−\t\n\v\f\r\u0085\u1680\u2028\u2029"];
const TO = [..."高崎吉浜浜辺辺斎斉瀬沢広国徳σ~~-------         "];
const VARIANTS = new Map(FROM.map((letter, index) => [letter, TO[index]]));
const STEMS =
  "サーバ|ユーザ|センタ|コンピュータ|ルータ|センサ|モニタ|フォルダ|ブラウザ|プリンタ|メンバ|プロバイダ|アダプタ|フィルタ|パラメータ|" +
  "プロセッサ|コントローラ|ハイパーバイザ|ベンダ|クラスタ|ドライバ|レイヤ|ヘッダ|メータ|メーカ";

/** What is taken out: all of a match but its first group. */
const CUTS = [
  /()[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]+/gu,
  new RegExp(`([${CJK}]) +| +(?=[${CJK}])`, "gu"),
  /( ) +/gu,
  /([0-9]),(?=[0-9]{3}(?![0-9]))/gu,
  new RegExp(`(${STEMS})ー`, "gu"),
  /([ァ-ヺー]{2,})ー(?![ァ-ヺー])/gu,
];
const MONTHS = /([0-9])[ヶヵケカ箇](?=[月所国年])/gu;

const RUN =
  /([々-〇ぁ-ゖ゙-ゟァ-ヺー-ヿ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\uac00-\ud7a3]+)|([a-z0-9]+(?:[.+/_:-]+[a-z0-9]+)*)/gu;
const PART = /[a-z]+|[0-9]+/g;
/** Runs of one script: words, as far as one can tell without a dictionary. */
const SCRIPT = /[ァ-ヺー]+|[々-〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+|[ぁ-ゖ]+|[a-z]+|[0-9]+(?:\.[0-9]+)*/gu;

/** One spelling for what people write in several ways. */
export function fold(text) {
  let folded = "";
  for (const letter of text.normalize("NFKC").toLowerCase()) folded += VARIANTS.get(letter) ?? letter;
  for (const rule of CUTS) folded = folded.replace(rule, "$1");
  return folded.replace(MONTHS, "$1か");
}

/** The folded text, and for each of its code units where in the original that began and ended. */
export function foldWithPlaces(text) {
  let folded = "";
  let places = [];
  for (const { 0: cluster, index } of text.matchAll(/[^]\p{M}*[\uff9e\uff9f]*/gu)) {
    let part = "";
    for (const letter of cluster.normalize("NFKC").toLowerCase()) part += VARIANTS.get(letter) ?? letter;
    folded += part;
    for (let i = 0; i < part.length; i += 1) places.push([index, index + cluster.length]);
  }
  for (const rule of CUTS) {
    const kept = [];
    let from = 0;
    for (const match of folded.matchAll(rule)) {
      kept.push(...places.slice(from, match.index + (match[1] ?? "").length));
      from = match.index + match[0].length;
      if (match[0].endsWith("ー")) kept.push([kept.pop()[0], places[from - 1][1]]);
    }
    kept.push(...places.slice(from));
    places = kept;
    folded = folded.replace(rule, "$1");
  }
  return { folded: folded.replace(MONTHS, "$1か"), places };
}

/** The words under which a text is in the index: what `tokens` in catalog/search.py writes. */
export function tokens(text) {
  const found = new Set();
  for (const [, run, word] of fold(text).matchAll(RUN)) {
    if (run) {
      const letters = [...run];
      for (let i = 0; i + 1 < letters.length; i += 1) found.add(pair(letters[i] + letters[i + 1]));
      found.add("\u00f0" + spelled(letters.at(-1)));
    } else {
      found.add(word.replace(/[^a-z0-9]/g, ""));
      for (const [part] of word.matchAll(PART)) found.add(part);
    }
  }
  return [...found].join(" ");
}

function spelled(letters) {
  let hex = "";
  for (const letter of letters) hex += letter.codePointAt(0).toString(16).padStart(4, "0");
  return hex.replace(/[0-9a-f]/g, (digit) => "abcdefghijklmnop"[parseInt(digit, 16)]);
}

/** The word under which all pages with a mark are found: `sheet`, `type/iot`, `region/JP-kanto`. */
export function mark(name) {
  return `\u00f8${spelled(name)}z`;
}

const pair = (letters) => "\u00fe" + spelled(letters);

const LONGEST = 200;

/**
 * What a query asks for: `phrase`, all of it in one piece; `words`, what stands between spaces or in quotation marks;
 * `quoted`, whether all of it was in quotation marks, so that nothing but the very words will do.
 */
export function parse(query) {
  const words = [];
  let quoted = true;
  const asked = query.slice(0, LONGEST).normalize("NFKC");
  const pieces = asked.matchAll(/["“”]([^"“”]+)["“”]|「([^「」]+)」|『([^『』]+)』|([^\s"“”「」『』]+)/gu);
  for (const [, straight, single, double, bare] of pieces) {
    const word = fold(straight ?? single ?? double ?? bare).trim();
    if (bare !== undefined) quoted = false;
    if (word && !words.includes(word)) words.push(word);
  }
  const phrase = fold(asked.replace(/["“”「」『』]/gu, " ")).trim();
  return { phrase, words, quoted: quoted && words.length > 0 };
}

/** Folded words cut further, where one script meets another; empty where there is nothing to cut. */
export function split(words) {
  const parts = words.flatMap((word) => word.match(SCRIPT) ?? []);
  const rest = parts.filter((part) => !/^[ぁ-ゖ]+$/u.test(part));
  const long = rest.filter((part) => part.length > 1);
  const found = [...new Set(long.length ? long : rest)];
  return found.length > 1 && found.join() !== words.join() ? found : [];
}

/**
 * The words of the index for some folded words: those that all must occur (`all`, each with the letters it stands for),
 * and, where there are none but a single character, the two under which that is found (`either`).
 * Latin words go in as a whole (`tls13`) or in parts (`tls`, `1`, `3`).
 */
export function terms(words, { whole }) {
  const all = new Map();
  const single = [];
  for (const text of words) {
    for (const [, run, word] of text.matchAll(RUN)) {
      if (run) {
        const letters = [...run];
        if (letters.length === 1) single.push(run);
        for (let i = 0; i + 1 < letters.length; i += 1) {
          all.set(pair(letters[i] + letters[i + 1]), letters[i] + letters[i + 1]);
        }
      } else if (whole) {
        all.set(word.replace(/[^a-z0-9]/g, ""), word);
      } else {
        for (const [part] of word.matchAll(PART)) all.set(part, part);
      }
    }
  }
  const either = all.size === 0 && single.length ? ["\u00fe" + spelled(single[0]), "\u00f0" + spelled(single[0])] : [];
  return { all, either };
}

/** Where a folded word begins in a folded text. A Latin word or number is found from its beginning on. */
export function* occurrences(text, word) {
  const same = /^[a-z]/.test(word) ? /[a-z]/ : /^[0-9]/.test(word) ? /[0-9]/ : null;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!same || at === 0 || !same.test(text[at - 1])) yield at;
  }
}

export function contains(text, word) {
  return !occurrences(text, word).next().done;
}

const AROUND = 36;
const WHOLE = 110;

/** A piece of the text around its first match, as `[words, marked]` pairs; `words` are folded. */
export function excerpt(text, words) {
  const { folded, places } = foldWithPlaces(text);
  const marks = [];
  for (const word of words) {
    for (const at of occurrences(folded, word)) marks.push([places[at][0], places[at + word.length - 1][1]]);
  }
  marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const first = marks[0]?.[0] ?? 0;
  const all = text.length <= WHOLE;
  let from = all ? 0 : Math.max(0, first - AROUND);
  let to = all ? text.length : Math.min(text.length, from + WHOLE);
  if (/[\udc00-\udfff]/.test(text[from] ?? "")) from -= 1;
  if (/[\udc00-\udfff]/.test(text[to] ?? "")) to += 1;
  const pieces = from > 0 ? [["…", false]] : [];
  let at = from;
  for (const [start, end] of marks) {
    if (end <= at || start >= to) continue;
    if (start > at) pieces.push([text.slice(at, start), false]);
    pieces.push([text.slice(Math.max(at, start), Math.min(end, to)), true]);
    at = Math.min(end, to);
  }
  if (at < to) pieces.push([text.slice(at, to), false]);
  if (to < text.length) pieces.push(["…", false]);
  return pieces;
}
