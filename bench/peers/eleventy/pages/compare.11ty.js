import { answers, escape } from "../parts/rows.js";

export const data = { pagination: { data: "job.compared", size: 1, alias: "table" }, permalink: ({ table }) => `compare/${table.section.id}/${table.number}/index.html` };

function cell(section, row, column, common) {
  if (section.scope === "data_center" && column.service.absent) return column.service.absent_cell;
  return answers(section, row, column, common.unanswered)
    .map(([center, answer]) => (center === null ? answer : `<div><p>${escape(column.provider.centers[center].name)}</p>${answer}</div>`))
    .join("");
}

export function render({ job: { common }, table: { section, columns } }) {
  const heads = columns.map(({ service, provider }) => `<th scope="col"><a href="../../../providers/${service.path}/">${escape(service.name)}</a> ${escape(provider.name)}</th>`);
  const html = [common.head, `<body><main>\n<h1>${escape(section.title)}</h1>\n<table class="compare"><thead><tr><th></th>${heads.join("")}</tr></thead>\n`];
  for (const group of section.groups) {
    html.push(`<tbody><tr class="compare__group"><th scope="rowgroup">${escape(group.title)}</th></tr>\n`);
    for (const row of group.rows) {
      html.push(`<tr class="compare__row" data-field="${row.field}">${row.label}`);
      for (const column of columns) html.push(`<td class="compare__answer">${cell(section, row, column, common)}</td>`);
      html.push("</tr>\n");
    }
    html.push("</tbody>\n");
  }
  html.push("</table></main></body></html>\n");
  return html.join("");
}
