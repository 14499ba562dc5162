// Which services a query names: every word of it stands in the names of the service or its provider. No DOM here.

import { contains, fold, parse } from "../search-text.js";

/** Paths of the services; each is given its folded names once. */
export function named(query, services) {
  const { words } = parse(query);
  return new Set(services.filter((one) => words.length && words.every((word) => contains(namesOf(one), word))).map((one) => one.path));
}

function namesOf(service) {
  const { name, provider, reading, nameEn, aliases } = service;
  service.folded ??= fold([name, provider, reading, reading && katakana(reading), nameEn, ...aliases].filter(Boolean).join(" / "));
  return service.folded;
}

const katakana = (reading) => reading.replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
