// The width of the screen chooses between cards and table (css/components/cards.css): the switch says which one it was.

export function tellView(box, isNarrow) {
  if (box.querySelector(":checked")) return; // chosen already
  box.querySelector(`[value="${isNarrow ? "cards" : "table"}"]`).checked = true;
}
