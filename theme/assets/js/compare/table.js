// The comparison's table in the page. Lines and cells are made once and used again, and what is in sight is drawn first, so
// that a further column shows at once. Lines further down wait in the former table, which keeps their place and is neither
// laid out nor painted meanwhile: to take them out of the page costs more than to draw those in sight.
import { element, fill } from "../dom.js";
import { standsOut } from "./rows.js";

/** How many lines are drawn before the first paint where other lines stood before, and how many at a time after it. */
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
    this.frame = this.newFrame();
    this.table = null;
    this.lines = [];
    this.drawn = [];
    this.turn = 0;
    addEventListener("beforeprint", () => this.whole());
  }

  /** What is there whichever lines are shown. */
  newFrame() {
    const caption = element("caption", "visually-hidden", []);
    const corner = element("th", "compare__corner", [this.words.item]);
    corner.scope = "col";
    const about = element("th", "compare__item", [this.words.aboutService]);
    about.scope = "row";
    const names = element("tr", "", [corner]);
    const more = element("tr", "compare__more", [about]);
    const head = element("thead", "", [names, more]);
    const told = element("td", "", []);
    const foot = element("tfoot", "compare__foot", [element("tr", "", [told])]);
    return { caption, head, corner, about, names, more, told, foot };
  }

  /** `sections` as `shownRows` gives them; `sheets` are the columns, `base` one of all the sheets, or null; `foot` is for paper. */
  draw({ sections, sheets, base, services, guideline, folded, caption, foot }) {
    const focused = document.activeElement;
    if (this.guideline?.id !== guideline.id) this.startAnew(guideline);
    this.columns = sheets.length;
    const first = this.plan([...this.linesOf(sections, { sheets, base, folded })]);
    this.newTable();
    this.drawHeads(sheets, services, base);
    this.frame.caption.textContent = caption;
    this.frame.told.textContent = foot;
    this.frame.told.colSpan = this.columns + 1;
    this.drawTo(first);
    arrange(this.region, [this.table.parentElement, this.waiting].filter(Boolean));
    this.keepFocus(focused);
    this.drawRest(focused);
  }

  /** A table that is not in the page yet; the former one becomes the place where lines wait. */
  newTable() {
    this.waiting = this.table?.isConnected ? this.table.parentElement : null;
    this.waiting?.classList.add("compare__waiting");
    const { caption, head, foot } = this.frame;
    this.table = element("table", `compare compare--${this.columns}`, [caption, head, foot]);
    element("div", "", [this.table]);
  }

  /** Parts are kept by ids, which mean nothing in another guideline. */
  startAnew(guideline) {
    this.guideline = guideline;
    this.table = null;
    for (const parts of ["heads", "bodies", "sections", "groups", "rows", "answers"]) this[parts] = new Map();
  }

  drawHeads(sheets, services, base) {
    const heads = sheets.map((sheet) => this.head(sheet, services, base));
    arrange(this.frame.names, [this.frame.corner, ...heads.map(({ name }) => name)]);
    arrange(this.frame.more, [this.frame.about, ...heads.map(({ more }) => more)]);
  }

  /** The lines of sections, groups and rows: `id`, the `body` they stand in, and what draws them. */
  *linesOf(sections, { sheets, base, folded }) {
    for (const section of sections) {
      const isFolded = folded.includes(section.id);
      yield { id: section.id, body: this.body(section.id, `section-${section.id}`), draw: () => this.section(section, isFolded) };
      for (const group of isFolded ? [] : section.groups) {
        const id = `${section.id} ${group.id}`;
        const body = this.body(id);
        yield { id, body, draw: () => this.group(group, id) };
        for (const row of group.rows) yield { id: row.field.id, body, draw: () => this.row(row, sheets, base) };
      }
    }
  }

  body(id, anchor = "") {
    return kept(this.bodies, id, () => {
      const body = element("tbody", "", []);
      if (anchor) body.id = anchor;
      return body;
    });
  }

  /**
   * How many lines are to be drawn before the next paint: those in sight, where the same lines stand already. Reads the
   * layout: comes before anything changes.
   */
  plan(lines) {
    const isSame = this.table?.isConnected && sameLines(lines, this.lines);
    const rows = isSame ? this.drawn : [];
    this.lines = lines;
    this.drawn = [];
    this.lineHeight = 0;
    if (!isSame) return this.region.scrollTop < NEAR ? FIRST : Infinity;
    const edge = Math.min(innerHeight, this.region.getBoundingClientRect().bottom);
    const below = rows.findIndex((row) => row.getBoundingClientRect().top > edge);
    if (below < 0) return rows.length;
    const [from, to] = [rows[below], rows.at(-1)].map((row) => row.getBoundingClientRect());
    this.lineHeight = (to.bottom - from.top) / (rows.length - below);
    return below;
  }

  /** As many lines from the top. */
  drawTo(count) {
    for (const { draw } of this.lines.slice(this.drawn.length, count)) this.drawn.push(draw());
    this.place();
    const left = this.lines.length - this.drawn.length;
    if (left && this.waiting) {
      this.waiting.style.height = `${left * this.lineHeight}px`;
    } else {
      this.waiting?.remove();
      this.waiting = null;
    }
    this.region.setAttribute("aria-busy", String(left > 0));
  }

  /** The drawn lines into their bodies, and these into the table. */
  place() {
    const bodies = new Map();
    this.drawn.forEach((row, place) => kept(bodies, this.lines[place].body, () => []).push(row));
    for (const [body, rows] of bodies) arrange(body, rows);
    arrange(this.table, [this.frame.caption, this.frame.head, ...bodies.keys(), this.frame.foot]);
  }

  async drawRest(focused) {
    const turn = ++this.turn;
    while (this.drawn.length < this.lines.length) {
      await afterPaint();
      if (turn !== this.turn) return;
      this.drawTo(this.drawn.length + CHUNK);
    }
    this.keepFocus(focused);
  }

  /** The table with all its lines, for whoever needs them now. */
  whole() {
    if (this.drawn.length < this.lines.length) this.drawTo(Infinity);
    return this.table;
  }

  head(sheet, services, base) {
    const { name, more } = kept(this.heads, sheet.path, () => this.newHead(sheet));
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

  section(section, isFolded) {
    const { row, button, count, head } = kept(this.sections, section.id, () => this.newSection(section));
    button.setAttribute("aria-expanded", String(!isFolded));
    count.textContent = fill(this.words.rows, { count: section.count });
    head.colSpan = this.columns + 1;
    return row;
  }

  newSection(section) {
    const title = element("span", "compare__section-title", [this.cells.of(section.title)]);
    const count = element("span", "compare__count", []);
    const button = element("button", "compare__fold", [title, " ", count]);
    button.type = "button";
    button.addEventListener("click", () => this.act("fold", section.id));
    const head = element("th", "", [button]);
    head.scope = "rowgroup";
    return { row: element("tr", "compare__section", [head]), button, count, head };
  }

  group(group, id) {
    const { row, head } = kept(this.groups, id, () => this.newGroup(group));
    head.colSpan = this.columns + 1;
    return row;
  }

  newGroup(group) {
    const head = element("th", "", [element("span", "", [this.cells.of(group.title)])]);
    head.scope = "rowgroup";
    return { row: element("tr", "compare__group", [head]), head };
  }

  row(row, sheets, base) {
    const { line, head } = kept(this.rows, row.field.id, () => this.newRow(row));
    arrange(line, [head, ...sheets.map((sheet) => this.answer(row, sheet, base))]);
    return line;
  }

  newRow(row) {
    const line = element("tr", "compare__row", []);
    line.dataset.field = row.field.id;
    return { line, head: this.cells.itemHead(row, this.guideline) };
  }

  answer(row, sheet, base) {
    const cell = kept(this.answers, `${sheet.path} ${row.field.id}`, () => this.cells.answerCell(row, sheet, this.guideline));
    const differs = base !== null && base !== sheet && standsOut(base, sheet, row.field.id);
    const isMarked = cell.classList.contains("compare__answer--differs");
    if (differs && !isMarked) cell.prepend(this.cells.clone("differs"));
    if (!differs && isMarked) cell.firstElementChild.remove();
    cell.classList.toggle("compare__answer--differs", differs);
    cell.classList.toggle("compare__answer--base", base === sheet);
    return cell;
  }

  /** To a section: the table comes into sight as a whole, and scrolls within its frame. */
  jumpTo(id) {
    this.whole();
    const body = document.getElementById(id);
    if (!body || !this.region.contains(body)) return;
    this.region.scrollIntoView({ block: "start" });
    const top = (node) => node.getBoundingClientRect().top;
    const head = this.region.querySelector(".compare__corner").offsetHeight;
    this.region.scrollTop += top(body) - top(this.region) - head - this.region.clientTop;
    body.querySelector("button").focus({ preventScroll: true });
  }

  /** Moving an element takes the focus away from it; who has gone elsewhere meanwhile stays there. */
  keepFocus(focused) {
    if (!focused || document.activeElement !== document.body || !this.region.contains(focused)) return;
    const other = focused.disabled ? focused.parentElement.querySelector("[data-act]:not(:disabled)") : focused;
    other?.focus();
  }
}

function sameLines(lines, others) {
  return lines.length === others.length && lines.every(({ id }, place) => id === others[place].id);
}

/** What is kept by a key, made where there is none yet. */
function kept(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

/** Makes `children` all that a parent holds, in that order; what stands right stays where it is. */
function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

function afterPaint() {
  return new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
}
