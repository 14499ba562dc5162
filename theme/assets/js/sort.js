// A table that can be sorted by its columns: the headings become buttons.

/** How two cells compare: empty ones come last, numbers as numbers, texts as Japanese readers sort them. */
export function comparing(kind, direction, collator) {
  return (a, b) => {
    if (a === b) return 0;
    if (a === "") return 1;
    if (b === "") return -1;
    return direction * (kind === "number" ? Number(a) - Number(b) : collator.compare(a, b));
  };
}

export function makeSortable(table) {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const heading of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.className = "sort";
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sortBy(table, heading, collator));
  }
}

function sortBy(table, heading, collator) {
  const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  const compare = comparing(heading.dataset.sort, direction, collator);
  const value = (row) => row.cells[heading.cellIndex]?.dataset.value ?? "";
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort((a, b) => compare(value(a), value(b))));
}
