// Making elements and sentences. What providers wrote goes in as text, never as HTML.

/** An element with children; strings become text, and what is false is left out. */
export function element(name, className, children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

/** What finds the elements within `root` that are named by `data-part`; they are looked up once. */
export function partsOf(root) {
  const parts = new Map([...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  return (name) => parts.get(name);
}

/** Hand a text to the reader as a file. */
export function saveAs(name, text, type) {
  const link = element("a", "", []);
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A sentence with its `{placeholders}` filled in; unknown ones stay. */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}
