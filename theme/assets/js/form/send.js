// How a file leaves the page: addresses of the repository and of an e-mail. Pure.

/** Longer addresses are refused by GitHub, or cut on the way. */
export const LONGEST = 8000;
const FOLDER = "content/providers";

/** The page where the repository takes the file: `{url, filled}`; `filled` tells that the text is already in it. */
export function repositoryPage({ repository, branch }, name, text, exists) {
  if (!repository) return null;
  const base = repository.replace(/\/$/, "");
  const on = branch.split("/").map(encodeURIComponent).join("/");
  if (!isGitHub(repository)) return { url: base, filled: false, plain: true };
  if (exists) return { url: `${base}/edit/${on}/${FOLDER}/${encodeURIComponent(name)}`, filled: false };
  const empty = `${base}/new/${on}/${FOLDER}?filename=${encodeURIComponent(name)}`;
  const full = `${empty}&value=${encodeURIComponent(text)}`;
  return bytes(full) < LONGEST ? { url: full, filled: true } : { url: empty, filled: false };
}

/** Where a file is uploaded by dragging it there. */
export function uploadPage({ repository, branch }) {
  if (!repository || !isGitHub(repository)) return "";
  return `${repository.replace(/\/$/, "")}/upload/${branch.split("/").map(encodeURIComponent).join("/")}/${FOLDER}`;
}

/** A draft of an e-mail; the file is attached by hand, since an address cannot hold it. */
export function mailAddress(contact, subject, body) {
  return isMail(contact) ? `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}` : "";
}

export function issuePage({ repository }) {
  return repository && isGitHub(repository) ? `${repository.replace(/\/$/, "")}/issues/new?template=new-disclosure.yml` : "";
}

export function isMail(contact) {
  return /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(contact);
}

function isGitHub(repository) {
  return /^https:\/\/(?:[^/]+\.)?github\.[^/]+\/[^/]+\/[^/]+/.test(`${repository}/`);
}

function bytes(text) {
  return new TextEncoder().encode(text).length;
}
