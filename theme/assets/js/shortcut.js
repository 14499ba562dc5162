// “/” goes to the search box, unless somebody is typing.

export function focusSearchOnSlash(root) {
  root.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const box = root.querySelector('input[type="search"]');
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
}
