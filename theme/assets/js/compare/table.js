// The comparison's table in the page. Rows and cells are made once and used again, and what is in sight is drawn first, so
// that a further column shows at once.
import { element, fill } from "../dom.js";
import { standsOut } from "./rows.js";

/** How many lines are drawn before the first paint, and how many at a time after it. */
const FIRST = 18;
const CHUNK = 40;
/** Whoever has scrolled further than this, in px, has later lines in sight: all are drawn at once then. */
const NEAR = 40;

export class Table {
  /** `region` holds the table; `act(name, value)` is told what was pressed. */
  constructor(region, cells, words, act) {
    this.region = region;
    this.cells = cells;
    this.words = words;
    this.act = act;
    this.heads = new Map();
    this.rows = new Map();
    this.answers = new Map();
    this.folds = new Map();
    this.turn = 0;
    /** When all lines are there. */
    this.done = Promise.resolve();
  }

  /** `sections` as `shownRows` gives them; `sheets` are the columns, `base` one of all the sheets, or null. */
  draw({ sections, sheets, base, services, guideline, folded, caption, address }) {
    const focused = document.activeElement;
    this.guideline = guideline;
    const width = sheets.length + 1;
    const corner = element("th", "compare__corner", [this.words.item]);
    corner.scope = "col";
    const title = element("caption", "visually-hidden", [caption]);
    title.id = "compare-caption";
    const about = element("th", "compare__item", [this.words.aboutService]);
    about.scope = "row";
    const heads = sheets.map((sheet) => this.head(sheet, services, base));
    const head = [
      element("tr", "", [corner, ...heads.map(({ name }) => name)]),
      element("tr", "compare__more", [about, ...heads.map(({ more }) => more)]),
    ];
    const foot = element("td", "", [address]);
    foot.colSpan = width;
    const table = element("table", `compare compare--${sheets.length}`, [
      title,
      element("thead", "", head),
      element("tfoot", "compare__foot", [element("tr", "", [foot])]),
    ]);
    const lines = [...this.lines(table, sections, { sheets, base, width, folded })];
    const isAtTop = this.region.scrollTop < NEAR;
    for (const draw of lines.splice(0, isAtTop ? FIRST : Infinity)) draw();
    this.region.replaceChildren(table);
    this.keepFocus(focused);
    this.done = this.drawRest(lines, focused);
  }

  /** What draws a section's, a group's or a row's line, one after the other. */
  *lines(table, sections, { sheets, base, width, folded }) {
    const add = (body) => table.insertBefore(body, table.tFoot);
    for (const section of sections) {
      const isFolded = folded.includes(section.id);
      yield () => add(this.section(section, isFolded, width));
      for (const group of isFolded ? [] : section.groups) {
        const body = this.group(group, width);
        yield () => add(body);
        for (const row of group.rows) yield () => body.append(this.row(row, sheets, base));
      }
    }
  }

  async drawRest(lines, focused) {
    const turn = ++this.turn;
    this.region.setAttribute("aria-busy", String(lines.length > 0));
    while (lines.length) {
      await afterPaint();
      if (turn !== this.turn) return;
      for (const draw of lines.splice(0, CHUNK)) draw();
    }
    this.region.setAttribute("aria-busy", "false");
    this.keepFocus(focused);
  }

  head(sheet, services, base) {
    if (!this.heads.has(sheet.path)) this.heads.set(sheet.path, this.newHead(sheet));
    const { name, more } = this.heads.get(sheet.path);
    const place = services.indexOf(sheet.path);
    more.querySelector("[data-act=left]").disabled = place === 0;
    more.querySelector("[data-act=right]").disabled = place === services.length - 1;
    name.querySelector(".compare__is-base").hidden = base !== sheet;
    return { name, more };
  }

  newHead(sheet) {
    const more = this.cells.serviceMore(sheet);
    for (const button of more.querySelectorAll("[data-act]")) {
      button.setAttribute("aria-label", fill(this.words[button.dataset.act], { name: sheet.service_name }));
      button.addEventListener("click", () => this.act(button.dataset.act, sheet.path));
    }
    return { name: this.cells.serviceHead(sheet), more };
  }

  /** The button that takes a service out, if it is a column. */
  removeButton(path) {
    const more = this.heads.get(path)?.more;
    return more?.isConnected ? more.querySelector("[data-act=remove]") : null;
  }

  section(section, isFolded, width) {
    if (!this.folds.has(section.id)) this.folds.set(section.id, this.newSection(section));
    const body = this.folds.get(section.id);
    body.querySelector("button").setAttribute("aria-expanded", String(!isFolded));
    body.querySelector(".compare__count").textContent = fill(this.words.rows, { count: section.count });
    body.querySelector("th").colSpan = width;
    return body;
  }

  newSection(section) {
    const title = element("span", "compare__section-title", [this.cells.of(section.title)]);
    const button = element("button", "compare__fold", [title, " ", element("span", "compare__count", [])]);
    button.type = "button";
    button.addEventListener("click", () => this.act("fold", section.id));
    const head = element("th", "", [button]);
    head.scope = "rowgroup";
    const body = element("tbody", "", [element("tr", "compare__section", [head])]);
    body.id = `section-${section.id}`;
    return body;
  }

  group(group, width) {
    const head = element("th", "", [element("span", "", [this.cells.of(group.title)])]);
    head.scope = "rowgroup";
    head.colSpan = width;
    return element("tbody", "", [element("tr", "compare__group", [head])]);
  }

  row(row, sheets, base) {
    if (!this.rows.has(row.field.id)) this.rows.set(row.field.id, this.newRow(row));
    const { tr, head } = this.rows.get(row.field.id);
    tr.replaceChildren(head, ...sheets.map((sheet) => this.answer(row, sheet, base)));
    return tr;
  }

  newRow(row) {
    const tr = element("tr", "compare__row", []);
    tr.dataset.field = row.field.id;
    return { tr, head: this.cells.itemHead(row, this.guideline) };
  }

  answer(row, sheet, base) {
    const key = `${sheet.path} ${row.field.id}`;
    if (!this.answers.has(key)) this.answers.set(key, this.cells.answerCell(row, sheet, this.guideline));
    const cell = this.answers.get(key);
    const differs = base !== null && base !== sheet && standsOut(base, sheet, row.field.id);
    const isMarked = cell.classList.contains("compare__answer--differs");
    if (differs && !isMarked) cell.prepend(this.cells.clone("differs"));
    if (!differs && isMarked) cell.firstElementChild.remove();
    cell.classList.toggle("compare__answer--differs", differs);
    cell.classList.toggle("compare__answer--base", base === sheet);
    return cell;
  }

  /** To a section: the table comes into sight as a whole, and scrolls within its frame. */
  async jumpTo(id) {
    await this.done;
    const body = document.getElementById(id);
    if (!body || !this.region.contains(body)) return;
    this.region.scrollIntoView({ block: "start" });
    const top = (node) => node.getBoundingClientRect().top;
    const head = this.region.querySelector(".compare__corner").offsetHeight;
    this.region.scrollTop += top(body) - top(this.region) - head - this.region.clientTop;
    body.querySelector("button").focus({ preventScroll: true });
  }

  /** Moving an element takes the focus away from it. */
  keepFocus(focused) {
    if (!focused || focused === document.activeElement || !this.region.contains(focused)) return;
    const other = focused.disabled ? focused.parentElement.querySelector("[data-act]:not(:disabled)") : focused;
    other?.focus();
  }
}

function afterPaint() {
  return new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
}
