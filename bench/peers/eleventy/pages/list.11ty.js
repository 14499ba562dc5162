import { escape } from "../parts/rows.js";

export const data = { pagination: { data: "job.lists", size: 1, alias: "list" }, permalink: ({ list }) => `list/${list.number}/index.html` };

export function render({ job: { common }, list }) {
  const rows = list.rows.map(
    ({ service, provider }) =>
      `<tr><th scope="row"><a href="../../providers/${service.path}/">${escape(service.name)}</a> ${escape(provider.name)}</th><td>${service.types.map((type) => `<span class="tag">${escape(type)}</span>`).join("")}</td><td>${service.disclosed}/${service.owed}</td></tr>\n`,
  );
  return `${common.head}<body><main>\n<table class="services"><tbody>\n${rows.join("")}</tbody></table></main></body></html>\n`;
}
