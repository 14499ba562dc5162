// Services × requirements as a table: what templates/components/match_table.html shows for ready-made profiles.

import { nameOfProvider } from "../data.js";
import { element } from "../dom.js";
import { count } from "./judge.js";

/** How many requirements stand side by side on paper. */
const WIDEST = 12;

/** `speech`, `marks`, `places` (`{section, item, field}` by field id), `links` (to pages of the site). */
export class Table {
  constructor({ speech, marks, places, links, tools }) {
    Object.assign(this, { speech, marks, places, links, tools });
  }

  /** The requirements, one a line. */
  conditions(requirements) {
    return element("ol", "match-conditions", requirements.map((one) => element("li", "", this.told(one, " "))));
  }

  told({ field: id, weight, condition }, between) {
    const place = this.places.get(id);
    return [
      element("span", `match-weight match-weight--${weight}`, [this.speech.say(weight)]),
      between,
      element("span", "match-number", [place.item.number]),
      ` ${this.speech.name(place)}${between}`,
      element("span", "match-condition", [this.speech.condition(condition, place.field)]),
    ];
  }

  /** For paper, which bears some requirements side by side: one table after the other; none where one is enough. */
  printed(requirements, standings) {
    if (requirements.length <= WIDEST) return [];
    const starts = requirements.map((_, index) => index).filter((index) => index % WIDEST === 0);
    return starts.map((start) => {
      const part = (all) => all.slice(start, start + WIDEST);
      const cut = standings.map((standing) => ({ ...standing, findings: part(standing.findings), whole: standing }));
      return element("div", "match-printed", [this.table(part(requirements), cut, requirements)]);
    });
  }

  /** The table of these standings; samples come last, under a heading of their own. */
  table(requirements, standings, all = requirements) {
    const caption = element("caption", "visually-hidden", [this.speech.say("caption")]);
    const heads = requirements.map((one) => this.head(one));
    const corner = heading("col", "match-table__service", [this.speech.say("service")]);
    const head = element("thead", "", [element("tr", "", [corner, ...heads])]);
    const groups = [false, true].map((sample) => standings.filter((standing) => standing.sample === sample));
    const bodies = groups.map((group, index) => group.length && this.body(all, requirements, group, index === 1));
    const table = element("table", "match-table", [caption, head, ...bodies]);
    const wide = requirements.length > WIDEST && " match-region--wide";
    const region = element("div", `table-region match-region${wide || ""}`, [table]);
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", this.speech.say("caption"));
    return region;
  }

  head({ field: id, weight, condition }) {
    const place = this.places.get(id);
    const link = element("a", "match-item", [element("span", "match-number", [place.item.number]), ` ${this.speech.name(place)}`]);
    link.href = this.links.item(place.item);
    return heading("col", "", [
      element("span", `match-weight match-weight--${weight}`, [this.speech.say(weight)]),
      link,
      element("span", "match-condition", [this.speech.condition(condition, place.field)]),
    ]);
  }

  body(all, requirements, standings, sample) {
    const rows = standings.map((standing) => this.row(all, standing));
    if (!sample) return element("tbody", "", rows);
    const about = element("span", "match-table__about", [this.speech.say("samples_about")]);
    const title = element("span", "", [this.marks.of("sample"), `${this.speech.say("samples")} `, about]);
    const group = heading("rowgroup", "", [title]);
    group.colSpan = requirements.length + 1;
    return element("tbody", "", [element("tr", "match-table__group", [group]), ...rows]);
  }

  row(all, standing) {
    const row = element("tr", "", [this.service(all, standing), ...standing.findings.map((one) => this.cell(standing, one))]);
    row.dataset.service = standing.path;
    return row;
  }

  service(requirements, standing) {
    const { service } = standing;
    const link = foreign(element("a", "services__name", [service.service_name]), this.speech);
    link.href = this.links.sheet(standing.path);
    const sums = ["must", "should"].map((weight) => this.sum(requirements, standing, weight));
    return heading("row", "", [
      link,
      this.provider(service),
      ...sums,
      element("span", "services__state", this.state(service)),
      element("span", "services__dates", [this.dates(service)]),
      this.tools(standing),
    ]);
  }

  provider(service) {
    const name = nameOfProvider(service, this.speech.language);
    const made = element("span", "services__provider", [name]);
    return name === service.provider_name ? foreign(made, this.speech) : made;
  }

  sum(requirements, { whole, ...standing }, weight) {
    const all = requirements.filter((one) => one.weight === weight).length;
    return all > 0 && element("span", "match-sum", [this.speech.say(`sum_${weight}`, { met: count(whole ?? standing, weight, "met"), all })]);
  }

  state(service) {
    const one = (name) => element("span", `state state--${name}`, [this.marks.of(name), this.speech.say(`state.${name}`)]);
    return [service.sample && one("sample"), service.sample && " ", one(service.state)];
  }

  dates({ disclosed_on: disclosed, transcribed_on: transcribed, expires_on: expires, submitted_by: by }) {
    const { speech } = this;
    if (by === "third_party") return transcribed ? `${speech.say("date.transcribed")} ${transcribed}` : "";
    if (!disclosed) return speech.say("date.none");
    return `${speech.say("date.disclosed")} ${disclosed}${expires ? ` ${speech.say("date.expires")} ${expires}` : ""}`;
  }

  // --- a cell: the verdict, which leads to the row, and the answer ---

  cell(standing, finding) {
    const { section, field } = this.places.get(finding.requirement.field);
    const entry = finding.entry;
    const none = finding.absence === "no_data_center";
    const anchor = entry?.rows ? anchorOf(entry.rows[0], field) : none ? `section-${section.id}` : "";
    const link = element("a", `verdict verdict--${finding.verdict}`, this.verdict(finding.verdict, standing.service));
    link.href = this.links.sheet(standing.path, anchor);
    const parts = (entry?.rows ?? []).map((row, index) => this.part(standing, finding, row, finding.rows[index]));
    const cell = element("td", `match-cell match-cell--${finding.verdict}`, [link, finding.absence && this.absence(finding, entry), ...parts]);
    cell.dataset.verdict = finding.verdict;
    return cell;
  }

  absence(finding, entry) {
    const reason = entry?.no_data_center && foreign(element("span", "", [entry.no_data_center]), this.speech);
    return element("p", "match-answer", [this.speech.say(`absence.${finding.absence}`), reason && " ", reason]);
  }

  part(standing, finding, row, verdict) {
    const { field } = this.places.get(finding.requirement.field);
    const answer = this.speech.quoted(row, field, standing.service);
    const name = standing.service.data_centers?.find((center) => center.id === row.data_center)?.name;
    const center = name && foreign(element("a", "match-center", [name]), this.speech);
    if (center) center.href = this.links.sheet(standing.path, anchorOf(row, field));
    const several = finding.rows.length > 1;
    return element("p", "match-answer", [
      center,
      several && element("span", `match-part verdict--${verdict}`, this.verdict(verdict, standing.service)),
      answer.word && element("span", `answer--${answer.mark}`, [this.marks.of(answer.mark), answer.word]),
      answer.word && answer.text && " ",
      answer.text && foreign(element("span", "", [answer.text]), this.speech),
      answer.partial && " ",
      answer.partial && element("span", "answer__partial", [this.marks.of("partial"), this.speech.say("status.partial")]),
    ]);
  }

  verdict(verdict, service) {
    return [this.marks.of(verdict), this.speech.verdict(verdict, service)];
  }
}

const anchorOf = (row, field) => (row.data_center ? `${row.data_center}--${field.id}` : field.id);

function heading(scope, className, children) {
  const made = element("th", className, children);
  made.scope = scope;
  return made;
}

/** What providers wrote is in the guideline's language. */
function foreign(made, speech) {
  if (speech.original !== speech.language) made.lang = speech.original;
  return made;
}
