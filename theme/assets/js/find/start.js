// Waits until somebody uses the filters or the search, or the address says what is wanted; then loads the rest.

export function waitForUse(root) {
  const button = root.querySelector("[data-find-open]");
  let begun = null;
  let ready = false;
  const begin = () => {
    begun ??= import("./find.js")
      .then(({ open }) => open(root))
      .finally(() => (ready = true));
    begun.catch((error) => {
      begun = null; // the next try may succeed
      console.error(error);
      root.querySelector("[data-find-status]").textContent = JSON.parse(root.dataset.words).error;
    });
    return begun;
  };
  const quietly = () => begin().catch(() => {});
  button.addEventListener("click", () => {
    const wanted = ready ? undefined : true; // what was asked for before it could be done is not to be undone by it
    begin().then((find) => find.toggle(wanted), () => {});
  });
  document.querySelector("[data-search] form")?.addEventListener("input", quietly);
  const asked = () => location.search.length > 1;
  addEventListener("popstate", () => asked() && quietly());
  if (asked() || document.querySelector("[data-search] input[type=search]")?.value) quietly();
}
