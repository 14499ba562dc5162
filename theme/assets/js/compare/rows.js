// Which rows a comparison has, by section and group, and which of them are shown. Pure.
import { columnStance, differ } from "./comparing.js";

/**
 * Versions of one guideline, the newest first, as one list of sections: what only an older version asks comes after the
 * rest of its section, as catalog/pages/compare_section.py has it.
 */
export function merged(versions) {
  const sections = new Map();
  const seen = new Set();
  for (const version of versions) {
    for (const { id, title, scope, groups } of version.sections) {
      if (!sections.has(id)) sections.set(id, { id, title, groups: [] });
      for (const group of groups) {
        const rows = group.items.flatMap((item) =>
          item.fields.filter((field) => !seen.has(field.id)).map((field) => ({ field, item, scope })),
        );
        if (rows.length) sections.get(id).groups.push({ id: group.id, title: group.title, rows });
      }
    }
    for (const field of fieldsOf(version)) seen.add(field.id);
  }
  return [...sections.values()];
}

function fieldsOf({ sections }) {
  return sections.flatMap(({ groups }) => groups.flatMap(({ items }) => items.flatMap(({ fields }) => fields)));
}

/** A sheet's rows by field. */
export function byField({ answers }) {
  const found = new Map();
  for (const row of answers) {
    if (found.has(row.field)) found.get(row.field).push(row);
    else found.set(row.field, [row]);
  }
  return found;
}

/**
 * The sections with the rows that are shown, and how many there are. Differences are those between all the services,
 * also where a narrow screen shows only two of them.
 */
export function shownRows(sections, sheets, state) {
  const counts = { all: 0, shown: 0 };
  const found = [];
  for (const section of sections) {
    if (state.section && section.id !== state.section) continue;
    const groups = [];
    let count = 0;
    for (const group of section.groups) {
      const owed = group.rows.filter(({ field }) => sheets.some((sheet) => sheet.rows.has(field.id)));
      const rows = owed.filter(({ field }) => {
        if (state.required && field.level !== "required") return false;
        return !state.differences || sheets.length < 2 || differ(sheets.map((sheet) => sheet.rows.get(field.id) ?? []));
      });
      counts.all += owed.length;
      count += rows.length;
      if (rows.length) groups.push({ ...group, rows });
    }
    counts.shown += count;
    if (count) found.push({ ...section, groups, count });
  }
  return { sections: found, counts };
}

/** Whether a service's answers to a field differ from the baseline's. */
export function standsOut(base, sheet, field) {
  const [own, other] = [base, sheet].map((one) => columnStance(one.rows.get(field) ?? []));
  return own !== other;
}
