// The catalog's public data (docs/api.md), from the same origin, each file asked for once.

/** Thrown for what could not be had; `status` is 404 for what does not exist, 0 where the network failed. */
export class Unavailable extends Error {
  constructor(path, status) {
    super(`${path}: ${status}`);
    this.path = path;
    this.status = status;
  }
}

/** A text of the data in a language, else in the first one. */
export function inLanguage(text, language) {
  return text ? (text[language] ?? Object.values(text)[0]) : "";
}

/** A provider's name in a language, of what the data says of a service; the original where there is no other. */
export function nameOfProvider({ provider_name, provider_name_en }, language) {
  return language === "en" && provider_name_en ? provider_name_en : provider_name;
}

/** Reads below `base`, the absolute address of `api/v1/` with its slash. */
export class Data {
  constructor(base, load = fetch.bind(globalThis)) {
    this.base = base;
    this.load = load;
    this.files = new Map();
  }

  catalog() {
    return this.file("catalog.json");
  }

  /** A guideline as `{id, version, sections: …}`; without a version, the newest. */
  guideline(id, version = "") {
    return this.file(`guidelines/${[id, version].filter(Boolean).map(encodeURIComponent).join(".")}.json`);
  }

  /** A sheet with every owed row; `path` is `provider/service`. */
  service(path) {
    return this.file(`services/${path.split("/").map(encodeURIComponent).join("/")}.json`);
  }

  file(path) {
    if (!this.files.has(path)) {
      const asked = this.ask(path);
      this.files.set(path, asked);
      asked.catch(() => this.files.delete(path)); // the next try may succeed
    }
    return this.files.get(path);
  }

  /** A file that is no JSON, as it is, a byte order mark included; asked for anew each time. */
  async text(path) {
    const bytes = await (await this.response(path)).arrayBuffer();
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }

  async ask(path) {
    return (await this.response(path)).json();
  }

  async response(path) {
    let response;
    try {
      response = await this.load(new URL(path, this.base));
    } catch {
      throw new Unavailable(path, 0);
    }
    if (!response.ok) throw new Unavailable(path, response.status);
    return response;
  }
}
