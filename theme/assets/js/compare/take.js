// The table as text to take along: exactly the rows and columns that stand in it.

const FORMULA = /^'*[=+\-@\t\r]/;
const AFTER_LABEL = ": ";
const BLOCKS = new Set(["P", "DIV", "UL", "OL", "LI", "DL", "DT", "DD", "TABLE", "TR", "BR"]);

/**
 * A spreadsheet would calculate what begins so; an apostrophe makes it text. One that begins with such a guard already gets
 * one more, as in the files of catalog/exports/answers_csv.py.
 */
export function guarded(text) {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** CSV as spreadsheets in Japan read it: with a byte order mark. */
export function csv(grid) {
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${grid.map((row) => row.map((text) => quoted(guarded(text))).join(",")).join("\r\n")}\r\n`;
}

export function tsv(grid) {
  const quoted = (text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${grid.map((row) => row.map((text) => quoted(guarded(text))).join("\t")).join("\n")}\n`;
}

/** A table of GitHub's Markdown; nothing in a cell means anything but itself. */
export function markdown([head, ...rows]) {
  const cell = (text) =>
    text
      .replace(/[\\`*_{}[\]|~#]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replace(/\r?\n/g, "<br>");
  const line = (row) => `| ${row.map(cell).join(" | ")} |`;
  return `${[line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n")}\n`;
}

/** What stands in the table: section, group, number, item, level, and a column for each service. */
export function gridOf(table, words) {
  const [names, more] = [...table.tHead.rows].map(({ cells }) => [...cells].slice(1));
  const head = (selector) =>
    names.map((name, place) =>
      [name, more[place]].flatMap((one) => [...one.querySelectorAll(selector)].filter((part) => !part.hidden).map(textOf)).filter(Boolean).join(" "),
    );
  const grid = [
    [words.major, words.minor, words.number, words.item, words.level, ...head(".compare__name")],
    ["", "", "", words.provider, "", ...head(".compare__provider")],
    ["", "", "", words.dates, "", ...head(".compare__state, .compare__dates, .compare__is-base")],
  ];
  let section = "";
  let group = "";
  for (const row of table.querySelectorAll(":scope > tbody > tr")) {
    const [first, ...cells] = row.cells;
    if (row.matches(".compare__section")) section = first.querySelector(".compare__section-title").textContent;
    else if (row.matches(".compare__group")) group = textOf(first);
    else grid.push([section, group, ...itemOf(first), ...cells.map(textOf)]);
  }
  return grid;
}

function itemOf(cell) {
  const [number, level, ...names] = [".compare__number", ".level", ".compare__label", ".row__title"].map(
    (selector) => cell.querySelector(selector)?.textContent ?? "",
  );
  return [number, names.filter(Boolean).join(" "), level];
}

/** The text that one reads: a line for each block, without marks. */
export function textOf(node) {
  let text = "";
  const walk = (parent) => {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data.replace(/[\t\n\r ]+/g, " ");
      else if (child.nodeType === Node.ELEMENT_NODE && child.localName !== "svg" && !child.hidden) {
        const isBlock = BLOCKS.has(child.tagName);
        if (isBlock && !text.endsWith(AFTER_LABEL)) text += "\n";
        if (child.matches(".answer__as-of")) text += " ";
        walk(child);
        if (child.matches(".answer__label")) text += AFTER_LABEL;
        if (isBlock) text += "\n";
        if (child.matches("th, td")) text += " ";
      }
    }
  };
  walk(node);
  return text.replace(/ +/g, " ").replace(/ ?\n[\n ]*/g, "\n").trim();
}
