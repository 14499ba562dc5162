"""The kinds of pages: one module each, stating `artifacts(edition)`.

A new kind is a module, a template in `theme/templates/pages/`, and its name in `PAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog.artifacts import Artifact
from catalog.pages import (
    compare,
    compare_section,
    data,
    form,
    gallery,
    guideline,
    home,
    item,
    match,
    not_found,
    prose,
    provider,
    redirect,
    sheet,
    statistics,
    withdrawn,
)
from catalog.pages.edition import Edition

PAGES: tuple[Callable[[Edition], Iterator[Artifact]], ...] = (
    home.artifacts,
    provider.artifacts,
    sheet.artifacts,
    item.artifacts,
    guideline.artifacts,
    statistics.artifacts,
    match.artifacts,
    prose.artifacts,
    withdrawn.artifacts,
    compare.artifacts,
    compare_section.artifacts,
    data.artifacts,
    form.artifacts,
    redirect.artifacts,
    not_found.artifacts,
)
ONLINE_ONLY = (compare.artifacts, redirect.artifacts, not_found.artifacts)
"""What means nothing on a copy that is opened as files."""
DEVELOPMENT = (gallery.artifacts,)
"""What those who work on the theme look at, and nobody else."""
