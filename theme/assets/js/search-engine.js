/**
 * Finds rows of sheets, and items, for a query. Pagefind names candidate pages by pairs of characters; whether and where a
 * candidate says what was asked for is looked up in its own rows. No DOM here.
 */

import { inLanguage } from "./data.js";
import { contains, fold, mark, parse, split, terms } from "./search-text.js";

export const Match = Object.freeze({
  /** One row says the whole query, or each of its words. */
  FULL: "full",
  /** The sheet says each word, but not in one row. */
  SPREAD: "spread",
  /** A row says the parts of the words, or some of them. */
  PARTIAL: "partial",
});

/** How many pages are read together, and how many at most where candidates are only loosely related. */
const BATCH = 10;
const MOST_LOOSE = 200;
const MOST_WAITING = 30;
/** How many sheets are read to make sure that they say what was asked for, before a list is narrowed to them. */
const MOST_READ = 50;
/** What share of a query's pairs of characters makes a row resemble it. */
const MOST = 0.6;

const SHEET = mark("sheet");

/** Pagefind and the labels below `bundle` (an absolute URL with a slash at its end). */
export async function open(bundle) {
  const [pagefind, labels] = await Promise.all([
    import(new URL("pagefind.js", bundle).href),
    read(new URL("labels.json", bundle)),
  ]);
  // Names of services and labels of items count more than what stands somewhere in an answer.
  await pagefind.options({ ranking: { metaWeights: { tn: 8, ng: 1, title: 0, provider: 0, mk: 0 } } });
  await pagefind.init();
  return new Engine(pagefind, labels, bundle);
}

async function read(address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

class Engine {
  constructor(pagefind, labels, bundle) {
    this.pagefind = pagefind;
    this.labels = labels;
    this.bundle = bundle;
    this.counts = new Map();
    /** Pairs of characters that nearly all sheets say: the index does without them. */
    this.common = labels.common;
  }

  /**
   * Items whose wording in `language` matches: `{match, path, guideline, slug, text, words}`, best first.
   * `loose` asks for those that say only a part of the query; they are for when nothing says all of it.
   */
  async *items(query, language, { loose = false } = {}) {
    for await (const { page, match, rows, words } of this.pages(query, ["item"], { anchors: [language], loose })) {
      yield {
        match,
        path: page.path,
        guideline: page.guideline,
        slug: page.path.split("/").at(-2),
        text: rows[0].text,
        words,
      };
    }
  }

  /**
   * Sheets with the rows that match: `{match, path, service, provider, guideline, sample, thirdParty, rows, words}`.
   * `among` limits them to these paths (`provider/service`).
   */
  async *sheets(query, { loose = false, among = null } = {}) {
    const ids = among && (await this.idsOf(among));
    // Samples stand apart: after everything that is real.
    for (const kind of ["real", "sample"]) {
      for await (const { page, match, rows, words } of this.pages(query, ["sheet", kind], { ids, loose })) {
        yield {
          match,
          path: page.path,
          service: page.title,
          provider: page.provider,
          guideline: page.guideline,
          sample: page.has("sample"),
          thirdParty: page.has("third_party"),
          rows: rows.map((row) => ({ ...row, center: page.centerOf(row.anchor) })),
          words,
        };
      }
    }
  }

  /**
   * `{paths, certain}`: the paths of the sheets that a query finds. Where these are too many to read them all, the sheets
   * on which all of its pairs of characters occur, which is not certain to be the same.
   */
  async pathsFor(query) {
    const { words } = parse(query);
    const shelf = new Shelf([SHEET], null, this.labels);
    const found = new Set();
    for (const whole of [true, false]) {
      for (const { id } of await this.candidates(words, { whole }, shelf)) found.add(id);
    }
    if (found.size > MOST_READ) {
      const ids = await this.sheetIds();
      return { paths: new Set(Object.keys(ids).filter((path) => found.has(ids[path]))), certain: false };
    }
    const paths = new Set();
    for (const loose of [false, true]) {
      for await (const { path } of this.sheets(query, { loose })) paths.add(path.replace(/^providers\/|\/$/g, ""));
      if (paths.size) break;
    }
    return { paths, certain: true };
  }

  async idsOf(paths) {
    const ids = await this.sheetIds();
    return new Set(paths.map((path) => ids[path]));
  }

  /** Pagefind's name of each sheet, by path. */
  sheetIds() {
    this.ids ??= read(new URL("sheets.json", this.bundle)).catch((error) => {
      this.ids = undefined; // the next try may succeed
      throw error;
    });
    return this.ids;
  }

  async *pages(query, marks, { anchors = null, ids = null, loose }) {
    const asked = parse(query);
    const shelf = new Shelf(marks.map(mark), anchors, this.labels, ids);
    if (!loose) {
      yield* this.saying(asked, shelf);
    } else if (!asked.quoted) {
      yield* this.sayingParts(split(asked.words), shelf);
      if (shelf.done.size === 0) yield* this.resembling(asked.words, shelf);
    }
  }

  /** Pages that say each word: those that do so in one row first, as far as they are among the best candidates. */
  async *saying({ words, phrase }, shelf) {
    const spread = [];
    const across = (page) => ({ page, match: Match.SPREAD, rows: page.rowsWithAny(words), words });
    for (const whole of [true, false]) {
      const found = await this.candidates(words, { whole }, shelf);
      for await (const page of shelf.pages(whole ? found : found.slice(0, MOST_LOOSE))) {
        const rows = page.rowsWith(words, phrase);
        if (rows.length) {
          shelf.done.add(page.id);
          yield { page, match: Match.FULL, rows, words };
        } else if (words.length > 1 && words.every((word) => page.rowsWith([word]).length)) {
          shelf.done.add(page.id);
          spread.push(page);
        }
        // Not the whole catalog is read for the one row that may say it all.
        if (spread.length >= MOST_WAITING) yield* spread.splice(0).map(across);
      }
    }
    yield* spread.map(across);
  }

  /** Pages with a row that says all of the parts. */
  async *sayingParts(parts, shelf) {
    const found = await this.candidates(parts, { whole: false }, shelf);
    for await (const page of shelf.pages(found.slice(0, MOST_LOOSE))) {
      const rows = page.rowsWith(parts);
      if (rows.length) {
        shelf.done.add(page.id);
        yield { page, match: Match.PARTIAL, rows, words: parts };
      }
    }
  }

  /** Pages with rows that have most of the words' pairs of characters. */
  async *resembling(words, shelf) {
    const all = [...terms(words, { whole: false }).all];
    const known = await Promise.all(all.map(async ([term]) => this.isSaid(term, shelf) || (await this.count(term)) > 0));
    const live = all.filter((_, index) => known[index]);
    const enough = Math.max(2, Math.ceil(all.length * MOST));
    if (live.length < enough) return;
    const letters = live.map(([, text]) => text);
    const found = await this.and(live.map(([term]) => term), shelf);
    for await (const page of shelf.pages(found.slice(0, MOST_LOOSE))) {
      const rows = page.rowsWithMost(letters, enough);
      if (rows.length) yield { page, match: Match.PARTIAL, rows, words: letters };
    }
  }

  /** Pages on which all the words' terms occur, in Pagefind's order: its results, not read yet. */
  async candidates(words, { whole }, shelf) {
    const { all, either } = terms(words, { whole });
    const found = [];
    if (either.length) {
      for (const term of either) found.push(...(await this.and([term], shelf)));
    } else {
      found.push(...(await this.and([...all.keys()], shelf)));
    }
    return found;
  }

  /** Pages with all the words, and all the marks that the shelf asks for. */
  async and(words, shelf) {
    if (!words.length) return [];
    const { marks, ids } = shelf;
    const all = [...words.filter((word) => !this.isSaid(word, shelf)), ...marks];
    // Pagefind drops a word that it does not know, as if it had not been asked for.
    const counts = await Promise.all(all.map((word) => this.count(word)));
    const found = counts.includes(0) ? [] : (await this.pagefind.search(all.join(" "))).results;
    return ids ? found.filter(({ id }) => ids.has(id)) : found;
  }

  /** Whether a term need not be asked for, because it, or one that begins so, is on nearly all sheets. */
  isSaid(term, { marks }) {
    return marks.includes(SHEET) && this.common.some((one) => one.startsWith(term));
  }

  async count(term) {
    if (!this.counts.has(term)) {
      const searched = this.pagefind.search(term).then((found) => found.unfilteredResultCount);
      this.counts.set(term, searched);
      searched.catch(() => this.counts.delete(term));
    }
    return this.counts.get(term);
  }
}

/** The pages that one query has read, and those that it is done with. All have the marks, and are among `ids` if given. */
class Shelf {
  constructor(marks, anchors, labels, ids = null) {
    this.ids = ids;
    this.marks = marks;
    this.anchors = anchors;
    this.labels = labels;
    this.read = new Map();
    this.done = new Set();
  }

  /** The pages of these results that are not done yet, each once, read a batch at a time. */
  async *pages(results) {
    const wanted = [...new Map(results.map((result) => [result.id, result])).values()].filter(({ id }) => !this.done.has(id));
    for (let from = 0; from < wanted.length; from += BATCH) {
      yield* await Promise.all(wanted.slice(from, from + BATCH).map((result) => this.page(result)));
    }
  }

  async page(result) {
    if (!this.read.has(result.id)) {
      this.read.set(result.id, new Page(result.id, await result.data(), this.anchors, this.labels));
    }
    return this.read.get(result.id);
  }
}

/** A page of the index and its rows. `anchors` limits the rows that count. */
export class Page {
  constructor(id, data, anchors, labels) {
    this.id = id;
    this.path = data.raw_url.replace(/^\//, "");
    this.title = data.meta.title;
    this.provider = data.meta.provider;
    this.marks = data.meta.mk.split(" ");
    this.guideline = Object.keys(labels.guidelines).find((key) => this.has(`guideline/${key}`));
    this.labels = labels;
    const words = data.content.split(" ");
    const starts = [...data.anchors].sort((a, b) => a.location - b.location);
    this.rows = starts
      .map(({ id: anchor, location }, index) => ({
        anchor,
        text: words.slice(location, starts[index + 1]?.location).join(" "),
      }))
      .filter((row) => !anchors || anchors.includes(row.anchor));
    for (const row of this.rows) row.folded = fold(row.text);
  }

  has(name) {
    return this.marks.includes(mark(name));
  }

  /** Rows that contain all the words; those with the whole phrase first. */
  rowsWith(words, phrase = "") {
    const found = this.rows.filter((row) => words.every((word) => contains(row.folded, word)));
    if (words.length < 2 || !phrase) return found;
    const exact = found.filter((row) => row.folded.includes(phrase));
    return [...exact, ...found.filter((row) => !exact.includes(row))];
  }

  /** Rows that contain some of the words: first one for each word, then the others. */
  rowsWithAny(words) {
    const first = new Set(words.map((word) => this.rowsWith([word])[0]));
    const others = this.rows.filter((row) => !first.has(row) && words.some((word) => contains(row.folded, word)));
    return [...first, ...others];
  }

  /** The rows that contain most of the pieces, if that is at least so many. */
  rowsWithMost(pieces, atLeast) {
    const counted = this.rows.map((row) => [row, pieces.filter((piece) => row.folded.includes(piece)).length]);
    const most = Math.max(0, ...counted.map(([, count]) => count));
    return most < atLeast ? [] : counted.filter(([, count]) => count === most).map(([row]) => row);
  }

  /** The name of the data centre that a row is about, or "". */
  centerOf(anchor) {
    const cut = anchor.lastIndexOf("--");
    if (cut < 0) return "";
    const id = anchor.slice(0, cut);
    const name = this.labels.guidelines[this.guideline].centerName;
    const row = this.rows.find((one) => name && one.anchor === `${id}--${name}`);
    return row ? row.text.split(" / ")[0] : id;
  }
}

/** The field that a row answers: its item's number and label, and its own title where the item has several. */
export function fieldOf(labels, guideline, anchor, language) {
  const { items, fields } = labels.guidelines[guideline];
  const field = fields[anchor.replace(/^.*--/, "")];
  if (!field) return null;
  const item = items[field.item];
  return { number: item.number, label: inLanguage(item.label, language), title: inLanguage(field.title, language) };
}
