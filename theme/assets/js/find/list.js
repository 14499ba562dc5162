// The list of services as the page's own templates show it. What providers wrote goes in as text.

import { element, fill } from "../dom.js";
import { WHO } from "./facets.js";


export class List {
  /** `shape` gives of a service the labels of its types, and the name of the level that its figures count. */
  constructor(root, words, shape) {
    this.words = words;
    this.shape = shape;
    this.language = root.dataset.language;
    this.home = new URL(root.dataset.root, document.baseURI);
    this.templates = Object.fromEntries(
      [...root.querySelectorAll("template[data-find-template]")].map((one) => [one.dataset.findTemplate, one.content]),
    );
  }

  /** Append services, which come by groups, to a list in a view: `cards` or `table`. May be called again with further ones. */
  extend(place, services, view) {
    for (const service of services) {
      if (place.lastElementChild?.dataset.group !== service.who) place.append(...this.group(service.who, view));
      const group = place.lastElementChild;
      if (view === "cards") group.append(this.card(service));
      else group.querySelector("tbody").append(this.row(service));
    }
  }

  group(who, view) {
    const title = this.words.groups[who];
    const list = view === "cards" ? element("ul", "cards", []) : this.table(title);
    list.dataset.group = who;
    return [element("h3", "", [title]), list];
  }

  table(title) {
    const region = this.templates.table.firstElementChild.cloneNode(true);
    const table = region.querySelector("table");
    table.removeAttribute("data-sortable"); // the page's own sorting does it
    for (const heading of table.querySelectorAll("th[data-sort]")) heading.removeAttribute("data-sort");
    table.caption.textContent = title;
    table.tBodies[0].replaceChildren();
    return region;
  }

  card(service) {
    const card = this.templates.card.firstElementChild.cloneNode(true);
    this.names(card, service, "card__name", "card__provider");
    const { types } = this.shape(service);
    this.tags(card.querySelector(".card__types"), types);
    if (!types.length) card.querySelector(".card__types").remove();
    if (service.owed === null) card.querySelector(".card__completeness").remove();
    else this.meter(card.querySelector(".meter"), service);
    card.querySelector(".card__state").replaceChildren(...this.states(service));
    card.querySelector(".card__dates").replaceChildren(this.dates(service));
    return card;
  }

  row(service) {
    const row = this.templates.table.querySelector("tbody tr").cloneNode(true);
    row.dataset.service = service.path;
    this.names(row, service, "services__name", "services__provider");
    row.querySelector(".services__provider").href = this.address(service.providerId);
    const [, types, figures] = row.cells;
    const labels = this.shape(service).types;
    if (labels.length) this.tags(types, labels);
    else types.replaceChildren(this.copy(service.thirdParty ? "not-transcribed" : "not-told"));
    if (service.owed === null) {
      figures.replaceChildren(this.copy("not-counted"));
    } else {
      figures.querySelector("a").href = `${this.address(service.path)}#completeness`;
      this.meter(figures.querySelector(".meter"), service);
    }
    row.querySelector(".services__state").replaceChildren(...this.states(service));
    row.querySelector(".services__dates").replaceChildren(this.dates(service));
    return row;
  }

  address(path) {
    return new URL(`providers/${path}/`, this.home).href;
  }

  names(node, service, name, provider) {
    const link = node.querySelector(`.${name}`);
    link.textContent = service.name;
    link.href = this.address(service.path);
    const whose = node.querySelector(`.${provider}`);
    const translated = this.language === "en" && service.nameEn;
    whose.textContent = translated ? service.nameEn : service.provider;
    if (translated) whose.removeAttribute("lang");
    else if (link.lang) whose.lang = link.lang;
    const compare = node.querySelector("[data-compare-add]");
    if (!compare) return;
    Object.assign(compare.dataset, { compareAdd: service.path, guideline: service.guideline, name: service.name });
    const spoken = compare.querySelector(".visually-hidden");
    if (spoken) spoken.textContent = ` ${service.name}`;
  }

  tags(place, labels) {
    place.replaceChildren(...labels.map((label) => element("span", "tag", [label])));
  }

  meter(meter, service) {
    meter.querySelector(".meter__name").textContent = this.shape(service).level;
    meter.querySelector(".meter__number").replaceChildren(element("b", "", [String(service.disclosed)]), `/${service.owed}`);
    meter.querySelector(".meter__fill").setAttribute("width", service.percent);
    meter.querySelector(".meter__percent").textContent = `${service.percent}%`;
  }

  states(service) {
    const found = [this.copy(`state-${service.state}`)];
    return service.who === "sample" ? [this.copy("state-sample"), " ", ...found] : found;
  }

  dates(service) {
    const dates = service.thirdParty
      ? service.transcribedOn ? [service.transcribedOn] : null
      : [service.disclosedOn, service.expiresOn].filter(Boolean);
    if (!dates) return "";
    const shape = service.thirdParty ? "transcribed" : !service.disclosedOn ? "none" : service.expiresOn ? "expires" : "disclosed";
    const copy = this.copy(`dates-${shape}`);
    copy.querySelectorAll("time").forEach((time, place) => {
      time.dateTime = dates[place];
      time.textContent = dates[place];
    });
    return copy;
  }

  copy(name) {
    return this.templates[name].cloneNode(true);
  }
}

/** How many of each group, in words. */
export function parts(services, words) {
  const count = (group) => services.filter((one) => one.who === group).length;
  return WHO.filter(count).map((group) => fill(words.chip, { facet: words[`by_${group}`], option: count(group) })).join(words.comma);
}
