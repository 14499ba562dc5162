// The query of an address, kept as readable as it may be. No DOM here.

/** A value as it stands in an address: commas and spaces stay readable. */
export const encoded = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%20", "+");

/** An address's query with another `q`, which comes first; everything else stays as it was written. */
export function withQuery(search, query) {
  const others = search.replace(/^\?/, "").split("&").filter((one) => one && !/^q(?:=|$)/.test(one));
  const all = query ? [`q=${encoded(query)}`, ...others] : others;
  return all.length ? `?${all.join("&")}` : "";
}
