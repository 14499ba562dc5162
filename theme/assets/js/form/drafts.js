// What is being written, kept in this browser: one entry a tab and file, so that no tab overwrites another's.
const PREFIX = "catalog-form:";

/** `{key, name, text, base, changed}`, the latest first; `base` is the text that it began with. */
export class Drafts {
  /** `storage` is a Storage, or null where the browser has none; `site` tells several catalogs on one host apart. */
  constructor(storage, site) {
    this.storage = storage;
    this.prefix = `${PREFIX}${site}:`;
  }

  /** Whether drafts can be kept. */
  get works() {
    if (this.storage === null) return false;
    try {
      this.storage.setItem(`${this.prefix}try`, "1");
      this.storage.removeItem(`${this.prefix}try`);
      return true;
    } catch {
      return false;
    }
  }

  all() {
    if (!this.works) return [];
    const keys = Array.from({ length: this.storage.length }, (_, place) => this.storage.key(place)).filter((key) => key.startsWith(this.prefix));
    return keys.map((key) => this.read(key)).filter(Boolean).toSorted((one, other) => other.changed - one.changed);
  }

  read(key) {
    try {
      const { name, text, base, changed, rev } = JSON.parse(this.storage.getItem(key));
      return [name, text, base].every((one) => typeof one === "string") && Number.isFinite(changed) ? { key, name, text, base, changed, rev } : null;
    } catch {
      return null;
    }
  }

  /**
   * Keep a draft; returns its key, or "" where there was no room. `seen` is the revision that this tab knows of: where
   * another tab went on with the same draft, this one's goes beside it.
   */
  keep(key, { name, text, base, changed, rev }, seen) {
    const other = key && this.read(key);
    const own = other && other.rev !== seen ? "" : key;
    const place = own || this.newKey(name);
    try {
      this.storage.setItem(place, JSON.stringify({ name, text, base, changed, rev }));
      return place;
    } catch {
      return "";
    }
  }

  newKey(name) {
    return `${this.prefix}${name}:${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  }

  drop(key) {
    this.storage?.removeItem(key);
  }
}

/** Which draft this tab has open, so that it comes back when the page is loaded again. */
export class Tab {
  constructor(storage) {
    this.storage = storage;
  }

  get draft() {
    return this.storage?.getItem(PREFIX) ?? "";
  }

  set draft(key) {
    try {
      this.storage?.setItem(PREFIX, key);
    } catch {
      // no room: the draft is still in the list
    }
  }
}

/** A storage of this browser, or null; asking for it may throw where it is switched off. */
export function storageOf(window, name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}
