import { escape } from "../parts/rows.js";

export const data = { pagination: { data: "job.services", size: 1, alias: "one" }, permalink: ({ one }) => `providers/${one.service.path}/badge.svg` };

export function render({ one }) {
  const [title, label, message] = one.service.badge.map(escape);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="22" viewBox="0 0 200 22" role="img" aria-labelledby="title">\n<title id="title">${title}</title>\n<rect width="200" height="22" fill="#fff"/>\n<text x="8" y="15">${label}</text>\n<text x="80" y="15">${message}</text>\n</svg>\n`;
}
