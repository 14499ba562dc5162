// The sheets that a comparison names, and the guideline that they answer.
import { byField, merged } from "./rows.js";

export class Sheets {
  constructor(data) {
    this.data = data;
    this.sheets = new Map();
    this.guidelines = new Map();
  }

  /** A sheet that was loaded, by its present path. */
  get(path) {
    return this.sheets.get(path);
  }

  /**
   * Those of the paths that can be compared, as `kept` by their present paths, with their `guideline`; `renamed` maps
   * former paths to present ones, `gone` tells `{id, name, reason}` of the others.
   */
  async load(paths) {
    const sheets = await Promise.all(paths.map((path) => this.sheet(path)));
    const renamed = new Map();
    const gone = [];
    const kept = new Map();
    paths.forEach((id, place) => {
      const sheet = sheets[place];
      const first = [...kept.values()][0];
      if (!sheet) gone.push({ id, reason: "unknown" });
      else if (sheet.state === "withdrawn") gone.push({ id, name: sheet.service_name, reason: "withdrawn" });
      else if (first && first.guideline !== sheet.guideline) gone.push({ id, name: sheet.service_name, reason: "guideline" });
      else {
        if (sheet.path !== id) renamed.set(id, sheet.path);
        kept.set(sheet.path, sheet);
      }
    });
    const guideline = kept.size ? await this.guidelineOf([...kept.values()]) : null;
    return { kept, guideline, gone, renamed };
  }

  /** A sheet with its rows by field; null where there is none. */
  async sheet(path) {
    let found;
    try {
      found = await this.data.service(path);
    } catch (error) {
      if (error.status === 404) return null;
      throw error;
    }
    const present = `${found.provider}/${found.service}`;
    if (!this.sheets.has(present)) this.sheets.set(present, { ...found, path: present, rows: byField(found) });
    return this.sheets.get(present);
  }

  /** The newest version, with the sections of all versions that the sheets answer. */
  async guidelineOf(sheets) {
    const newest = await this.data.guideline(sheets[0].guideline);
    const others = [...new Set(sheets.map((sheet) => sheet.guideline_version))].filter((one) => one !== newest.version);
    const key = [newest.id, ...others].join(" ");
    if (!this.guidelines.has(key)) {
      const versions = [newest, ...(await Promise.all(others.map((one) => this.data.guideline(newest.id, one))))];
      this.guidelines.set(key, { ...newest, sections: merged(versions) });
    }
    return this.guidelines.get(key);
  }
}
