// What stands above the table: which rows and columns are shown, and the list of sections to jump to.
import { element, fill } from "../dom.js";
import { columns } from "./state.js";

export class Controls {
  /** `of` puts a text of the guideline into the page's language; `go(change)` and `jump(id)` are told what was asked for. */
  constructor(part, { words, of, go, jump }) {
    this.part = part;
    this.words = words;
    this.of = of;
    this.go = go;
    this.jump = jump;
    this.part("controls").addEventListener("change", (event) => this.changed(event.target));
  }

  control(name) {
    return this.part("controls").querySelector(`[name="${name}"]`);
  }

  /** `sections` are the ones shown; `onScreen` the columns, on a narrow screen two of the services. */
  draw({ state, sheets, guideline, sections, onScreen, isNarrow }) {
    this.state = state;
    const names = sheets.map((sheet) => [sheet.path, sheet.service_name]);
    this.control("diff").checked = state.differences;
    this.control("diff").disabled = sheets.length < 2;
    this.control("required").checked = state.required;
    write(this.part("required-words"), fill(this.words.required, { level: this.of(guideline.levels.required) }));
    const all = guideline.sections.map(({ id, title }) => [id, this.of(title)]);
    choose(this.control("section"), [["", this.words.sectionAll], ...all], state.section);
    choose(this.control("base"), [["", this.words.baseNone], ...names], state.base);
    this.part("phone").hidden = !isNarrow || sheets.length < 3;
    [1, 2].forEach((number) => choose(this.control(`column${number}`), names, onScreen[number - 1] ?? ""));
    this.part("print-hint").hidden = sheets.length < 5;
    this.part("fold-all").hidden = sections.length < 2;
    this.part("jump").hidden = sections.length < 2;
    this.drawJumps(sections);
  }

  drawJumps(sections) {
    const drawn = sections.map(({ id, count }) => `${id} ${count}`).join();
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const links = sections.map(({ id, title, count }) => {
      const link = element("a", "", [this.of(title)]);
      link.href = `#section-${id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(null, "", link.href);
        this.jump(`section-${id}`);
      });
      return element("li", "", [link, " ", element("span", "quiet", [fill(this.words.rows, { count })])]);
    });
    this.part("jumps").replaceChildren(element("ul", "", links));
  }

  changed({ name, checked, value }) {
    switch (name) {
      case "diff":
        return this.go({ differences: checked });
      case "required":
        return this.go({ required: checked });
      case "section":
        return this.go({ section: value });
      case "base":
        return this.go({ base: value });
      default: {
        const place = name === "column1" ? 0 : 1;
        const shown = columns(this.state, true);
        // The one that the other column shows changes places with it.
        if (shown[1 - place] === value) shown[1 - place] = shown[place];
        shown[place] = value;
        return this.go({ shown });
      }
    }
  }
}

/** The options of a select, as [value, words], and which of them is chosen. What is there already stays. */
export function choose(select, options, value) {
  options.forEach(([id, words], place) => {
    const option = select.options[place] ?? select.appendChild(element("option", "", []));
    write(option, words);
    if (option.value !== id || !option.hasAttribute("value")) option.value = id;
  });
  select.length = options.length;
  if (select.value !== value) select.value = value;
}

/** Nothing is laid out anew where the words stay. */
function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
