// Measures the main pages of a built site with Lighthouse: node scripts/lighthouse.mjs SITE CHROMIUM
// The site is served here, packed as a host would, below a path as on GitHub Pages.
// Exit status: 0 every score is high enough, 1 one is not, 2 wrong usage.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const BASE = "/catalog/";
const ENOUGH = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

/** What is measured. A sample asks search engines to pass it by, which Lighthouse counts against its SEO. */
const PAGES = [
  { name: "home", path: "" },
  { name: "sheet", path: "providers/sakura-internet/sakura-cloud/" },
  { name: "sheet of the complete sample", path: "providers/kakuu-cloud/iot-platform/", without: ["seo"] },
  { name: "item", path: "g/iot-iaas-paas/items/112/" },
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(BASE) ? normalize(path.slice(BASE.length)) : "..";
    const file = inside === "." || inside.endsWith("/") ? join(inside, "index.html") : inside;
    try {
      if (inside.startsWith("..")) throw new Error("outside of the site");
      const data = await readFile(join(folder, file));
      const type = TYPES[extname(file)];
      const headers = { "Content-Type": type ?? "application/octet-stream", "Cache-Control": "max-age=600" };
      if (type) response.writeHead(200, { ...headers, "Content-Encoding": "gzip" }).end(gzipSync(data));
      else response.writeHead(200, headers).end(data);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" }).end();
    }
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

async function measure(url, chrome) {
  const options = { port: chrome.port, output: "json", logLevel: "error", onlyCategories: CATEGORIES };
  const { lhr } = await lighthouse(url, options);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  return lhr;
}

/** The audits that cost points, so that there is something to mend. */
function costs(lhr, category) {
  const found = lhr.categories[category].auditRefs.filter(({ id, weight }) => {
    const { score } = lhr.audits[id];
    return weight > 0 && score !== null && score < 0.9;
  });
  return found.map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
}

const [folder, chromium] = process.argv.slice(2);
if (!folder || !chromium) {
  console.error("usage: node scripts/lighthouse.mjs SITE CHROMIUM");
  process.exit(2);
}

const server = await serve(folder);
const chrome = await chromeLauncher.launch({
  chromePath: chromium,
  chromeFlags: [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Chromium refuses to start as root with its sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});

let low = 0;
try {
  console.log(`| page | ${CATEGORIES.join(" | ")} |\n|---|${CATEGORIES.map(() => "---:|").join("")}`);
  for (const { name, path, without = [] } of PAGES) {
    const lhr = await measure(`http://127.0.0.1:${server.address().port}${BASE}${path}`, chrome);
    const cells = CATEGORIES.map((category) => {
      const score = Math.round(lhr.categories[category].score * 100);
      if (without.includes(category)) return "-";
      if (score < ENOUGH) {
        low += 1;
        for (const cost of costs(lhr, category)) console.error(`${name}, ${category}: ${cost}`);
      }
      return score;
    });
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
} finally {
  chrome.kill();
  server.close();
}
process.exit(low ? 1 : 0);
