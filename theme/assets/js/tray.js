// 比較に追加 on every page: components/compare_button.html, components/tray.html, css/components/tray.css.
import { element, fill } from "./dom.js";
import { Picks, query } from "./picks.js";

/** How long a message stays, in milliseconds. */
const SHOWN = 8000;

export class Tray {
  constructor(box, root) {
    this.box = box;
    this.root = root;
    this.words = JSON.parse(box.dataset.words);
    this.picks = new Picks(box.dataset.site);
    this.listen();
    box.hidden = false;
    this.draw();
  }

  part(name) {
    return this.box.querySelector(`[data-tray-part="${name}"]`);
  }

  listen() {
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-compare-add]");
      if (button) this.toggle(button.dataset);
    });
    this.root.addEventListener("catalog:listed", () => this.drawButtons());
    this.part("clear").addEventListener("click", () => this.clear());
    addEventListener("storage", (event) => event.key === this.picks.key && this.reload());
    addEventListener("pageshow", (event) => event.persisted && this.reload());
  }

  reload() {
    this.picks.reload();
    this.draw();
  }

  toggle({ compareAdd: path, name, guideline }) {
    if (this.picks.has(path)) {
      this.remove({ path, name });
      return;
    }
    const reason = this.picks.add({ path, name, guideline });
    this.draw();
    this.say(this.words[reason || "added"], name);
  }

  remove({ path, name }) {
    this.picks.remove(path);
    this.draw();
    this.say(this.words.removed, name);
  }

  clear() {
    this.picks.replace([]);
    this.draw();
    this.say(this.words.cleared, "");
    this.root.querySelector("[data-compare-add]")?.focus();
  }

  say(words, name) {
    this.part("status").textContent = fill(words, { name, count: this.picks.picked.length });
    this.keepFocusInSight();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.part("status").textContent = ""), SHOWN);
  }

  /** What has the focus may stand where the tray has just come up; css/components/tray.css pads what scrolls. */
  keepFocusInSight() {
    const focused = this.root.activeElement;
    if (focused && focused !== this.root.body && !this.box.contains(focused)) focused.scrollIntoView({ block: "nearest" });
  }

  draw() {
    const { picked } = this.picks;
    const bar = this.part("bar");
    bar.hidden = picked.length === 0;
    this.part("count").textContent = fill(this.words.count, { count: picked.length });
    this.part("go").href = `${this.box.dataset.page}${query(picked)}`;
    this.part("names").replaceChildren(element("ul", "tray__names", picked.map((one) => this.line(one))));
    this.drawButtons();
  }

  line(one) {
    const button = element("button", "tray__remove", [this.words.remove, element("span", "visually-hidden", [` ${one.name}`])]);
    button.type = "button";
    button.addEventListener("click", () => {
      const place = [...button.closest("ul").children].indexOf(button.parentElement);
      this.remove(one);
      const left = this.part("names").querySelectorAll("button");
      (left[Math.min(place, left.length - 1)] ?? this.root.querySelector("[data-compare-add]"))?.focus();
    });
    return element("li", "", [element("span", "tray__name", [one.name]), button]);
  }

  drawButtons() {
    for (const button of this.root.querySelectorAll("[data-compare-add]")) {
      const pressed = String(this.picks.has(button.dataset.compareAdd));
      if (button.hidden) button.hidden = false;
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }
}
