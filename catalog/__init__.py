"""A static site generator for a public catalog of disclosures against a guideline."""
