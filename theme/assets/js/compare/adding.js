// Which service to add: a list to choose from, as long as there is room for one.
import { nameOfProvider } from "../data.js";
import { fill } from "../dom.js";
import { choose } from "./controls.js";
import { MOST } from "./state.js";

const MOST_OFFERED = 100;

export class Adding {
  /** `add(service)` is told what was chosen, or null where nothing fits what was typed. */
  constructor(part, { words, language, data, add }) {
    this.part = part;
    this.words = words;
    this.language = language;
    this.data = data;
    this.services = [];
    this.add = add;
    this.part("add").addEventListener("toggle", () => this.draw());
    this.part("find").addEventListener("input", () => this.draw());
    this.part("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.submit();
    });
  }

  open() {
    this.part("add").open = true;
  }

  /** Offers what can stand beside these services; all there are where `guideline` is null. */
  offer(services, guideline) {
    if (services.join() === this.services.join() && guideline?.id === this.guideline) return;
    this.services = services;
    this.guideline = guideline?.id;
    this.draw();
  }

  async draw() {
    if (!this.part("add").open) return;
    const isFull = this.services.length >= MOST;
    this.part("add-full").hidden = !isFull;
    this.part("add-form").hidden = isFull;
    if (isFull) return;
    try {
      this.known ??= (await this.data.catalog()).services.filter(({ state }) => state !== "withdrawn");
    } catch {
      this.part("add-count").textContent = this.words.failed;
      return;
    }
    const wanted = plain(this.part("find").value).split(/\s+/);
    const found = this.known.filter((one) => this.fits(one, wanted));
    const options = found.slice(0, MOST_OFFERED).map((one) => [pathOf(one), `${one.service_name} — ${nameOfProvider(one, this.language)}`]);
    choose(this.part("choice"), options, options[0]?.[0] ?? "");
    const words = found.length > MOST_OFFERED ? this.words.foundMore : found.length ? this.words.found : this.words.foundNone;
    this.part("add-count").textContent = fill(words, { count: found.length, shown: MOST_OFFERED });
  }

  fits(service, wanted) {
    if (this.guideline && service.guideline !== this.guideline) return false;
    const path = pathOf(service);
    const names = plain(`${service.service_name} ${service.provider_name} ${service.provider_name_en ?? ""} ${path}`);
    return !this.services.includes(path) && wanted.every((word) => names.includes(word));
  }

  async submit() {
    if (!this.known) await this.draw();
    const chosen = this.find(this.part("choice").value);
    if (chosen) this.part("find").value = "";
    this.add(chosen ?? null);
  }

  /** A service of the catalog, once that was read. */
  find(path) {
    return this.known?.find((one) => pathOf(one) === path);
  }
}

export function pathOf({ provider, service }) {
  return `${provider}/${service}`;
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase().trim();
}
