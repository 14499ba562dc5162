// The sheet as its page will show it, made from what the form has read.
import { element } from "../dom.js";

export function previewOf(desk, sheet) {
  const { words, guideline } = desk;
  const shown = { submitted_by: desk.reading.disclosure.submitted_by, data_centers: centersOf(desk, sheet) };
  const sections = guideline.sections.map((section) => {
    const rows = sheet.rows.filter((row) => desk.plan.fields.get(row.field)?.section.id === section.id);
    if (!rows.length) return null;
    return element("section", "sheet-section", [element("h4", "form-preview__title", [words.of(section.title)]), table(desk, section, rows, shown)]);
  });
  return element("div", "", sections);
}

function centersOf(desk, { rows }) {
  const ids = [...new Set(rows.map((row) => row.data_center).filter(Boolean))];
  return ids.map((id) => ({ id, name: desk.nameOf({ scope: "data_center", id }) }));
}

function table(desk, section, rows, shown) {
  const { words } = desk;
  const columns = [...new Set(rows.map((row) => row.data_center))];
  const names = columns.map((id) => (id === null ? words.say("row.answer") : shown.data_centers.find((one) => one.id === id).name));
  const cell = (name, kind) => {
    const made = element("th", kind, [name]);
    made.scope = "col";
    return made;
  };
  const head = element("thead", "", [element("tr", "", [cell(words.say("row.item"), "row__item"), cell(words.say("row.level"), "row__level"), ...names.map((name) => cell(name, "row__answer"))])]);
  const fields = [...new Set(rows.map((row) => row.field))];
  const lines = fields.map((id) => {
    const slot = desk.plan.fields.get(id);
    const answers = columns.map((center) => {
      const row = rows.find((one) => one.field === id && one.data_center === center);
      return element("td", "row__answer", row ? [desk.cells.answer(asJson(row), slot.field, shown, desk.guideline)] : []);
    });
    return element("tr", "row", [itemCell(desk, slot), levelCell(desk, slot), ...answers]);
  });
  const made = element("table", `rows${columns.length > 1 ? " rows--several" : ""}`, [head, element("tbody", "", lines)]);
  const region = element("div", "table-region", [made]);
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", words.of(section.title));
  return region;
}

function itemCell(desk, { item, field }) {
  const { words } = desk;
  const label = element("span", "row__label", [words.of(item.label), item.fields.length > 1 ? element("span", "row__title", [words.of(field.title)]) : null]);
  const made = element("th", "row__item", [element("span", "row__number", [item.number]), label]);
  made.scope = "row";
  return made;
}

function levelCell(desk, { field }) {
  return element("td", "row__level", [element("span", `level level--${field.level}`, [desk.words.of(desk.guideline.levels[field.level])])]);
}

/** A row as the service's JSON has it; without amounts in other units, which a sheet does not show. */
function asJson({ answer, field, data_center: center, overridden }) {
  const { status, kind, text, value, detail, note, source, as_of: asOf, missing } = answer;
  return { field, data_center: center, overridden, status, kind, text, value, compare: null, detail, note, source, as_of: asOf, missing: missing ?? [] };
}
