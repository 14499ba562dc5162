import { readFileSync, readdirSync } from "node:fs";
import { load } from "js-yaml";

/** The same input as Hugo's: a YAML file for each provider, and what is common to all pages. */
export default function () {
  const common = JSON.parse(readFileSync("data/common.json", "utf8"));
  const providers = readdirSync("data/providers").sort().map((name) => load(readFileSync(`data/providers/${name}`, "utf8")));
  const services = providers.flatMap((provider) => provider.services.map((service) => ({ service, provider })));
  const paged = (size) => Array.from({ length: Math.ceil(services.length / size) }, (_, page) => services.slice(page * size, (page + 1) * size));
  const compared = common.sections.flatMap((section) => paged(common.side_by_side).map((columns, page) => ({ section, columns, number: page + 1 })));
  return { common, services, compared, lists: paged(100).map((rows, page) => ({ rows, number: page + 1 })) };
}
