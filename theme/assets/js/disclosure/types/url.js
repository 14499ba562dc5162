// An address: http or https. Twin of catalog/answers/url.py.

import { problem } from "../problem.js";
import { TEXTS } from "../tables.js";
import { size, whole } from "../wording.js";

const HOST = whole(String.raw`(?=.{1,253}$)(?!-)[^\s/?#@\\:[\]<>"']+(\.[^\s/?#@\\:[\]<>"']+)+`);
const FORBIDDEN = /[\s<>"'`\\{}|^、。「」『』（），；]|[,;]https?:\/\//u;
const MAX_LENGTH = 2000;

/** The address as written. No user names, white space or quotes; a host with a dot. */
export function parse(given) {
  const found = given.trim();
  const parts = split(found);
  if (!parts) return problem("not-a-url", { found });
  const isWeb = ["http", "https"].includes(parts.scheme);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(found) && !isWeb) return problem("url-scheme", { found });
  if (!isWeb || size(found) > MAX_LENGTH) return problem("not-a-url", { found });
  if (FORBIDDEN.test(found)) return problem("not-a-url", { found, advice: TEXTS["no spaces"] });
  if (parts.netloc.includes("@")) return problem("not-a-url", { found, advice: TEXTS["no names"] });
  if (!parts.host || !HOST.test(parts.host)) return problem("not-a-url", { found, advice: TEXTS["full host"] });
  return found;
}

/** Scheme, host and what stands between `//` and the path; null where the brackets or the port are none. */
function split(address) {
  const bare = address.replace(/[\t\r\n]/g, "");
  const [, scheme = "", rest] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/su.exec(bare);
  const netloc = /^\/\/([^/?#]*)/u.exec(rest)?.[1] ?? "";
  if (netloc.includes("[") !== netloc.includes("]") || !isPlain(netloc)) return null;
  const bracketed = /\[([^\]]*)/su.exec(netloc);
  if (bracketed && !isAddress(bracketed[1])) return null;
  const info = netloc.slice(netloc.lastIndexOf("@") + 1);
  const literal = /\[([^\]]*)\]?(.*)$/su.exec(info);
  const [host, port] = literal ? [literal[1], cut(literal[2])[1]] : cut(info);
  if (port && (!/^[0-9]+$/.test(port) || Number(port) > 65535)) return null;
  return { scheme: scheme.toLowerCase(), netloc, host: host.toLowerCase() };
}

function cut(info) {
  const at = info.indexOf(":");
  return at < 0 ? [info, ""] : [info.slice(0, at), info.slice(at + 1)];
}

/** Whether brackets may hold it: `::1`. */
function isAddress(literal) {
  try {
    return Boolean(new URL(`http://[${literal}]/`));
  } catch {
    return false;
  }
}

/** Whether no letter of it stands for a separator. */
function isPlain(netloc) {
  const bare = netloc.replace(/[@:#?]/g, "");
  const folded = bare.normalize("NFKC");
  return bare === folded || !/[/?#@:]/.test(folded);
}

export const compare = () => null;
