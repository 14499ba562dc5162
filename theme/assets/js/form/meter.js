// How much of what is owed is disclosed: templates/components/completeness.html, drawn in the page.
import { percent } from "../disclosure/sheets.js";
import { element } from "../dom.js";

/** 必須 12/119 as the pages show it. */
export function meter(name, tally) {
  const number = element("span", "meter__number", [element("b", "", [String(tally.disclosed)]), `/${tally.owed}`]);
  const bar = element("span", "meter__bar", [picture(percent(tally))]);
  bar.setAttribute("aria-hidden", "true");
  return element("span", "meter", [element("span", "meter__name", [name]), " ", number, " ", bar, " ", element("span", "meter__percent", [`${percent(tally)}%`])]);
}

function picture(width) {
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const made = svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none" });
  made.append(svg("rect", { class: "meter__track", width: 100, height: 6 }), svg("rect", { class: "meter__fill", width, height: 6 }));
  return made;
}
