// What improves pages that already work. One module an enhancement; each looks for its own element and does nothing without it.
import { turnExpiredStates } from "./expiry.js";
import { keepPlace } from "./same-place.js";

turnExpiredStates(document, new Date());
keepPlace(document, window.location);
if (document.querySelector("[data-search]")) import("./search.js");
