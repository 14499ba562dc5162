// How answers to one field compare: the same rules as catalog/comparing.py (a test proves both equal), on the rows of
// service JSON. Only status, kind and compare are read, and the wording (NFKC) where there is nothing to compare by.

const UNDISCLOSED = ["on_request", "withheld", "unanswered"];
const SPACE = /[\t\n\v\f\r ]+/g;
const NOISE = /[,、約 \t\n\v\f\r]/g;
const MONTHS = /[ヶヵケカ箇](?=月)/g;

const YEN = {
  ja: [["trillion", 1e12], ["oku", 1e8], ["man", 1e4], ["yen", 1]],
  en: [["billion", 1e9], ["million", 1e6], ["yen", 1]],
};
const YEN_DECIMALS = { ja: 1, en: 2 };
const TIMES = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** Whether services answer a field differently. A column holds a service's rows: one, or one a data centre. */
export function differ(columns) {
  return new Set(columns.map(columnStance)).size > 1;
}

/** What a service says: data centres that all say the same count once, else each counts, in whatever order. */
export function columnStance(rows) {
  const stances = rows.map(stance).sort();
  return JSON.stringify(new Set(stances).size === 1 ? stances.slice(0, 1) : stances);
}

export function stance({ status, kind, compare, text }) {
  if (UNDISCLOSED.includes(status)) return JSON.stringify([status]);
  if (!compare && (kind === "value" || kind === "text")) return JSON.stringify([status, "words", folded(text ?? "")]);
  return JSON.stringify([status, kind, compare ? (compare.key ?? compare.number) : "", compare?.unit ?? ""]);
}

/** One form for the widths and spaces that a text may be written with. */
export function folded(text) {
  return text.normalize("NFKC").replace(SPACE, " ").replace(/^ | $/g, "");
}

/**
 * An amount, a time, hours a week or a percentage as one reads it best: 168.6億円 for 16,859,430千円. "" where there is no
 * such number, where it is a range, and where the answer's own words say the same already.
 */
export function wording({ status, compare, value, text, detail }, words, language) {
  if (UNDISCLOSED.includes(status) || !compare || !("number" in compare)) return "";
  if (value && typeof value === "object" && "max" in value) return "";
  const found = inUnit(compare.number, compare.unit, words, language === "ja" ? "ja" : "en");
  return bare(`${text ?? ""} ${detail ?? ""}`).includes(bare(found)) ? "" : found;
}

function inUnit(number, unit, words, language) {
  if (unit === "JPY") return yen(number, words, language);
  if (unit === "s") return time(number, words);
  if (unit === "%") return filled(words.percent, plain(number));
  return unit === "h/week" ? filled(words.weekly, plain(number)) : "";
}

function yen(number, words, language) {
  const size = Math.abs(number);
  const [name, scale] = YEN[language].find(([, least]) => size >= least) ?? YEN[language].at(-1);
  const factor = 10 ** YEN_DECIMALS[language];
  const scaled = Math.floor((size * factor) / scale + 0.5);
  const found = filled(words[name], (number < 0 ? "-" : "") + plain(scaled / factor));
  return scaled * scale === size * factor ? found : filled(words.about, found);
}

/** In the largest unit of which it is a whole number. */
function time(number, words) {
  const [name, seconds] = TIMES.find((one) => number && number % one[1] === 0) ?? TIMES.at(-1);
  const count = number / seconds;
  return filled(words[count === 1 ? name : `${name}s`], plain(count));
}

/** 1,234 or 99.95, every digit of it; "" for what would need an exponent. */
export function plain(number) {
  const size = Math.abs(number);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return "";
  const [whole, rest] = String(size).split(".");
  return (number < 0 ? "-" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}

function filled(words, number) {
  return number ? words.replaceAll("{number}", number) : "";
}

function bare(text) {
  return text.normalize("NFKC").replace(NOISE, "").replace(MONTHS, "か");
}
