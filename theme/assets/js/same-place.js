// The language switch leads to the same row, not only to the same page.

/** Every link marked so takes the present fragment (and query) along. */
export function keepPlace(root, location) {
  for (const link of root.querySelectorAll("a[data-same-place]")) {
    link.addEventListener("click", () => {
      const target = new URL(link.getAttribute("href"), location.href);
      target.search = location.search;
      target.hash = location.hash;
      link.href = target.href;
    });
  }
}
