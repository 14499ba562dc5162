// The services that were picked for comparison: `{path, name, guideline}`, at most six, all of one guideline. Kept in the
// browser as a convenience; where that is not possible, for this page only.

export const MOST = 6;

/** Why a service cannot be added, or "". */
export function refusal(picked, service) {
  if (picked.some(({ path }) => path === service.path)) return "";
  if (picked.length && picked[0].guideline !== service.guideline) return "guideline";
  return picked.length >= MOST ? "full" : "";
}

/** What was kept, as far as it is what we keep. */
export function read(text) {
  let found;
  try {
    found = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  const isOurs = (one) =>
    one && /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}$/.test(one.path) && typeof one.name === "string" && typeof one.guideline === "string";
  const picked = [];
  for (const one of Array.isArray(found) ? found.filter(isOurs) : []) {
    const isNew = picked.every(({ path }) => path !== one.path);
    if (isNew && !refusal(picked, one)) picked.push({ path: one.path, name: one.name, guideline: one.guideline });
  }
  return picked;
}

/** The query of a comparison of these. */
export function query(picked) {
  return picked.length ? `?s=${picked.map(({ path }) => path).join(",")}` : "";
}

export class Picks {
  /** `site` is the way from this page to the catalog's root: catalogs on one host keep their own. */
  constructor(site, storage = () => localStorage) {
    this.key = `compare ${new URL(site, document.baseURI).pathname}`;
    this.storage = storage;
    this.picked = [];
    this.reload();
  }

  reload() {
    try {
      this.picked = read(this.storage().getItem(this.key));
    } catch {
      // not allowed: what is picked on this page stays here
    }
  }

  has(path) {
    return this.picked.some((one) => one.path === path);
  }

  /** Why it was not added, or "". */
  add(service) {
    const reason = refusal(this.picked, service);
    if (!reason && !this.has(service.path)) this.replace([...this.picked, service]);
    return reason;
  }

  remove(path) {
    this.replace(this.picked.filter((one) => one.path !== path));
  }

  replace(picked) {
    this.picked = picked;
    try {
      this.storage().setItem(this.key, JSON.stringify(picked));
    } catch {
      // as above, or full
    }
  }
}
