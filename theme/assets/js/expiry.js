// A disclosure turns to expired on its day, should the daily rebuild be late.

/** Today's date in Tokyo as YYYY-MM-DD. */
export function todayInTokyo(now) {
  return new Date(now.getTime() + 9 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Where a disclosure stands on a day. */
export function stateOn({ state, expires_on: expires }, today) {
  return expires && expires < today && (state === "valid" || state === "expiring") ? "expired" : state;
}

/** Every state whose last day has passed gets the word, mark and class of an expired one. */
export function turnExpiredStates(root, now) {
  const today = todayInTokyo(now);
  for (const state of root.querySelectorAll("[data-expires-on]")) {
    if (state.dataset.expiresOn < today) {
      state.classList.remove("state--valid", "state--expiring");
      state.classList.add("state--expired");
      state.querySelector(".state__word").textContent = state.dataset.expired;
      state.querySelector(".mark").replaceWith(state.querySelector(".mark--expired"));
    }
  }
}
