// The rules of html-validate for the pages of the site; tests/test_html.py runs them. Every exception says why.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // The standard takes either; ours is written small, like every tag.
    "doctype-style": ["error", { style: "lowercase" }],
    // Titles carry an item's or a provider's whole name; search engines cut them as they need.
    "long-title": "off",
  },
};
