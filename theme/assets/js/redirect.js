// A former address leads to the present one; this takes the row along that the address named. Without scripts the page's
// own refresh leads there, to the top.

const { target } = document.querySelector("[data-redirect]").dataset;
location.replace(new URL(`${target}${location.search}${location.hash}`, location.href));
