// The link that opens a sheet's file in the form leads to the row that the address of the page names.

/** `link.dataset.correct` is the service; follows the fragment of `window`'s address. */
export function correctThisRow(link, window) {
  const file = new URL(link.href).searchParams.get("file");
  const follow = () => {
    const anchor = decodeURIComponent(window.location.hash.slice(1));
    const at = anchor ? `&at=${encodeURIComponent(link.dataset.correct)}/${encodeURIComponent(anchor)}` : "";
    link.search = `?file=${encodeURIComponent(file)}${at}`;
  };
  window.addEventListener("hashchange", follow);
  follow();
}
