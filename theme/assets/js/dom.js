// Making elements and sentences. What providers wrote goes in as text, never as HTML.

/** An element with children; strings become text, and what is false is left out. */
export function element(name, className, children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

/** A sentence with its `{placeholders}` filled in; unknown ones stay. */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}
