// The number of a row is a link to it; following it also copies the address.

export function copyPermalinks(root, words) {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  root.append(toast);
  root.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a.row__number");
    if (!link || !navigator.clipboard) return;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return; // not allowed: the address bar has it all the same
    }
    toast.textContent = words;
    setTimeout(() => (toast.textContent = ""), 3000);
  });
}
