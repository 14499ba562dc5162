import { answers } from "../parts/rows.js";

export const data = { pagination: { data: "job.services", size: 1, alias: "one" }, permalink: ({ one }) => `providers/${one.service.path}/index.json` };

export function render({ job: { common }, one }) {
  const rows = common.sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.rows.flatMap((row) =>
        answers(section, row, one, common.unanswered).map(([center, text]) => ({ field: row.field, item: row.item, level: row.level, scope: section.scope, data_center: center, text })),
      ),
    ),
  );
  return JSON.stringify({ provider: one.provider.id, provider_name: one.provider.name, service: one.service.id, service_name: one.service.name, answers: rows });
}
