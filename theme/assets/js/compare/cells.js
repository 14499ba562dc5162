// The cells of the comparison's table, from service JSON. Marks and their words come from the page's templates; what
// providers wrote goes in as text, links lead to http and https only.
import { inLanguage, nameOfProvider } from "../data.js";
import { element, fill } from "../dom.js";
import { stateOn } from "../expiry.js";
import { wording } from "./comparing.js";

const LINK = /https?:\/\/[^\s、。,;()<>"'「」]+/g;
const WORDED_LINK = /(?<!!)\[([^[\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)/g;
const LISTS = [["ul", /^[-*] +/], ["ol", /^\d{1,2}\. +/]];
const REL = "nofollow ugc noopener";

export class Cells {
  /** `templates` holds the page's templates by name; `root` is the address of this edition's home. */
  constructor(templates, { words, language, root, today }) {
    this.templates = templates;
    this.words = words;
    this.language = language;
    this.root = root;
    this.today = today;
  }

  clone(name) {
    return this.templates.get(name).content.cloneNode(true);
  }

  /** A text of the guideline in the page's language, else the original. */
  of(text) {
    return inLanguage(text, this.language);
  }

  // --- heads ---

  serviceHead(sheet) {
    const head = element("th", "compare__service", [this.clone("head")]);
    head.scope = "col";
    const name = head.querySelector(".compare__name");
    name.textContent = sheet.service_name;
    name.href = new URL(`providers/${sheet.path}/`, this.root).href;
    const state = head.querySelector(".compare__state");
    if (sheet.sample) state.append(this.clone("state-sample"), " ");
    state.append(this.clone(`state-${stateOn(sheet, this.today)}`));
    return head;
  }

  /** The second line of a column's head. */
  serviceMore(sheet) {
    const more = element("td", "", [this.clone("more")]);
    const provider = more.querySelector(".compare__provider");
    provider.textContent = nameOfProvider(sheet, this.language);
    if (provider.textContent !== sheet.provider_name) provider.removeAttribute("lang"); // in the page's language now
    more.querySelector(".compare__dates").append(this.dates(sheet));
    return more;
  }

  dates(sheet) {
    const given = sheet.submitted_by === "third_party" ? [sheet.transcribed_on] : [sheet.disclosed_on, sheet.expires_on];
    const kind = sheet.submitted_by === "third_party" ? "transcribed" : sheet.expires_on ? "expiring" : "disclosed";
    if (!given[0]) return this.clone("dates-none");
    const dates = this.clone(`dates-${kind}`);
    [...dates.querySelectorAll("time")].forEach((time, place) => {
      time.dateTime = given[place];
      time.textContent = given[place];
    });
    return dates;
  }

  itemHead({ field, item }, guideline) {
    const head = element("th", "compare__item", [this.clone(`item-${field.level}`)]);
    head.scope = "row";
    head.querySelector(".compare__number").textContent = item.number;
    head.querySelector(".level").textContent = this.of(guideline.levels[field.level]);
    const label = head.querySelector(".compare__label");
    label.textContent = this.of(item.label);
    label.href = new URL(`g/${guideline.id}/items/${item.slug}/`, this.root).href;
    const title = head.querySelector(".row__title");
    if (item.fields.length > 1) title.textContent = this.of(field.title);
    else title.remove();
    return head;
  }

  // --- answers ---

  answerCell({ field, scope }, sheet, guideline) {
    const rows = sheet.rows.get(field.id) ?? [];
    if (!rows.length) return element("td", "compare__answer", [this.absent(scope, sheet, guideline)]);
    const names = new Map(sheet.data_centers.map(({ id, name }) => [id, name]));
    const parts = rows.map((row) => {
      const answer = this.answer(row, field, sheet, guideline);
      if (row.data_center === null) return answer;
      const name = this.written(element("p", "compare__center-name", [names.get(row.data_center) ?? row.data_center]), guideline);
      return element("div", "compare__center", [name, answer]);
    });
    return element("td", "compare__answer", parts);
  }

  absent(scope, sheet, guideline) {
    if (scope !== "data_center" || !sheet.no_data_center) return this.clone("absent");
    const made = this.clone("absent-reason");
    made.querySelector(".compare__reason").textContent = sheet.no_data_center;
    this.written(made.querySelector(".compare__reason"), guideline);
    return made;
  }

  answer(row, field, sheet, guideline) {
    const made = this.clone(templateOf(row, sheet));
    const put = (selector, children) => {
      const found = made.querySelector(selector);
      if (found && children) this.written(found, guideline).append(...children);
      else found?.remove();
    };
    if (row.kind === "yes" || row.kind === "no") made.querySelector(".answer").append(this.wordFor(row.kind, field));
    else if (row.kind === "value" || row.kind === "text") put(".answer", this.value(row, field));
    this.partial(made, row, sheet);
    put(".answer__detail", row.detail && paragraphs(this.detail(row, field)));
    this.note(made, row, guideline);
    this.evidence(made, row);
    const amount = wording(row, this.words.amount, this.language);
    if (amount) made.prepend(element("p", "compare__amount", [amount]));
    if (row.overridden) made.prepend(element("p", "answer__override", [this.words.overridden]));
    return made;
  }

  /** Names what a partial answer lacks. */
  partial(made, { status, missing = [] }, { submitted_by: by }) {
    const partial = made.querySelector(".answer__partial");
    if (status !== "partial") partial?.remove();
    else if (missing.length) {
      const what = missing.map((one) => this.of(one)).join(this.words.separator);
      partial.append(`: ${fill(by === "third_party" ? this.words.notTranscribed : this.words.missing, { what })}`);
      partial.classList.toggle("answer__partial--transcribed", by === "third_party");
    }
  }

  note(made, row, guideline) {
    const note = made.querySelector(".answer__note:has(.answer__label)");
    if (row.note) this.written(note.lastElementChild, guideline).replaceChildren(...linked(row.note));
    else note.remove();
  }

  evidence(made, row) {
    const evidence = made.querySelector(".answer__evidence");
    const link = evidence.querySelector("a");
    const url = webAddress(row.source);
    if (url) {
      link.href = url.href;
      link.textContent = url.host.replace(/^www\./, "");
    } else {
      evidence.querySelector(".answer__label").remove();
      link.remove();
    }
    const asOf = evidence.querySelector(".answer__as-of");
    if (row.as_of) asOf.textContent = fill(this.words.asOf, { date: row.as_of });
    else asOf.remove();
    if (!evidence.childElementCount) evidence.remove();
  }

  /** Marks what is in the guideline's language, where the page is in another, and our own words within it. */
  written(node, guideline) {
    if (guideline.language !== this.language) {
      node.lang = guideline.language;
      for (const label of node.querySelectorAll(".answer__label")) label.lang = this.language;
    }
    return node;
  }

  wordFor(kind, asks) {
    return asks.words?.[kind]?.[this.language] ?? this.words[kind];
  }

  detail(row, field) {
    const typed = row.kind === "yes" && row.value && typeof row.value === "object" ? row.value.detail : null;
    const isWord = field.detail?.type === "yes_no" && (typed === "yes" || typed === "no");
    return isWord ? this.wordFor(typed, field.detail) : row.detail;
  }

  value({ kind, text, value }, field) {
    if (kind === "text") return paragraphs(text ?? "");
    const label = (id) => {
      const choice = (field.choices ?? []).find((one) => one.id === id);
      return choice ? this.of(choice.label) : id;
    };
    switch (field.type) {
      case "choice":
        return [element("p", "", [label(value)])];
      case "choices":
        return [element("ul", "choices", value.map((one) => element("li", "", [label(one)])))];
      case "contact":
        return [element("p", "", linked(text))];
      case "holders":
        return [holders(value)];
      case "parts":
        return [this.parts(value, field)];
      case "text":
        return paragraphs(text);
      case "url": {
        const url = webAddress(value);
        return [element("p", "", [url ? anchor(url.href, value) : value])];
      }
      default:
        return [element("p", "", [text])];
    }
  }

  parts(value, field) {
    const given = field.parts.filter(({ id }) => value[id]);
    const rows = given.map((part) => {
      const one = value[part.id];
      const isWord = part.type === "yes_no" && (one.value === "yes" || one.value === "no");
      const said = element("dd", "", paragraphs(isWord ? this.wordFor(one.value, part) : one.text));
      if (one.detail) said.append(element("div", "answer__detail", paragraphs(one.detail)));
      return element("div", "", [element("dt", "", [this.of(part.label)]), said]);
    });
    return element("dl", "parts", rows);
  }
}

function templateOf({ status, kind, detail }, { submitted_by: by }) {
  if (status === "unanswered") return by === "third_party" ? "answer-transcribed" : "answer-unanswered";
  if (status === "withheld") return detail ? "answer-withheld" : "answer-withheld-bare";
  if (status === "on_request") return "answer-on_request";
  return kind === "text" ? "answer-text" : `answer-${kind}`;
}

/** A text's paragraphs and plain lists; of Markdown, only these and links are more than what was typed. */
function paragraphs(text) {
  const blocks = text.trim() ? text.trim().split(/\n\s*\n/) : [];
  return blocks.map((block) => {
    const lines = block.split("\n").map((line) => line.trim());
    for (const [name, sign] of LISTS) {
      if (lines.every((line) => sign.test(line))) {
        return element(name, "", lines.map((line) => element("li", "", inline(line.replace(sign, "")))));
      }
    }
    return element("p", "", lines.flatMap((line, place) => [place && document.createElement("br"), ...inline(line)]));
  });
}

function inline(text) {
  const made = [];
  let from = 0;
  for (const { 0: whole, 1: words, 2: url, index } of text.matchAll(WORDED_LINK)) {
    if (!webAddress(url)) continue;
    made.push(text.slice(from, index), anchor(url, words));
    from = index + whole.length;
  }
  return [...made, text.slice(from)];
}

function linked(text) {
  const made = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(LINK)) {
    made.push(text.slice(from, index), webAddress(url) ? anchor(url, url) : url);
    from = index + url.length;
  }
  return [...made, text.slice(from)];
}

function anchor(href, words) {
  const made = element("a", "", [words]);
  made.href = href;
  made.rel = REL;
  return made;
}

/** An address that a link may lead to, or null; a user name before the host would hide where it leads. */
export function webAddress(text) {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return isWeb && !url.username && !url.password ? url : null;
}

function holders(value) {
  const rows = value.map(({ name, share }) => {
    const head = element("th", "", [name]);
    head.scope = "row";
    return element("tr", "", [head, element("td", "", [`${share}%`])]);
  });
  return element("table", "holders", [element("tbody", "", rows)]);
}
