// What improves pages that already work. One module an enhancement; each looks for its own element and does nothing without it.
import { correctThisRow } from "./correct.js";
import { turnExpiredStates } from "./expiry.js";
import { waitForUse } from "./find/start.js";
import { copyPermalinks } from "./permalink.js";
import { keepPlace } from "./same-place.js";
import { focusSearchOnSlash } from "./shortcut.js";
import { makeSortable } from "./sort.js";
import { Tray } from "./tray.js";
import { tellView } from "./view.js";

turnExpiredStates(document, new Date());
keepPlace(document, window.location);
focusSearchOnSlash(document);
document.querySelectorAll(".view-switch").forEach((box) => tellView(box, window.matchMedia("(max-width: 48rem)").matches));
document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
if (document.querySelector("a.row__number")) copyPermalinks(document.body, document.body.dataset.copied);
if (document.querySelector("[data-search]")) import("./search.js");
document.querySelectorAll("[data-find]").forEach(waitForUse); // imported above: a click must not come too early
const tray = document.querySelector("[data-tray]");
if (tray) new Tray(tray, document);
if (document.querySelector("[data-compare]")) import("./compare/compare.js");
if (document.querySelector("[data-match]")) import("./match/match.js");
document.querySelectorAll("a[data-correct]").forEach((link) => correctThisRow(link, window));
if (document.querySelector("[data-form]")) import("./form/form.js");
