"""Data that leaves the site: one module a format, stating `artifacts(catalog, base_url)`.

A new format is a module and its name in `EXPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog.artifacts import Artifact
from catalog.exports import (
    answers_csv,
    answers_json,
    catalog_json,
    datapackage,
    find_json,
    guideline_json,
    problems_json,
    scaffold_json,
    schema_json,
    service_json,
    sitemap,
    source_yaml,
)
from catalog.model import Catalog

EXPORTS: tuple[Callable[[Catalog, str], Iterator[Artifact]], ...] = (
    catalog_json.artifacts,
    find_json.artifacts,
    guideline_json.artifacts,
    problems_json.artifacts,
    schema_json.artifacts,
    scaffold_json.artifacts,
    source_yaml.artifacts,
    service_json.artifacts,
    answers_csv.artifacts,
    datapackage.artifacts,
    answers_json.artifacts,
    sitemap.artifacts,
)
ONLINE_ONLY = (sitemap.artifacts, problems_json.artifacts, scaffold_json.artifacts)
"""What means nothing on a copy that is opened as files."""
