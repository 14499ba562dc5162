"""Imports point down: a module imports from the rows above its own, or from its own package."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
TABLE = re.compile(r"^\| \d+ \| (`.+?`) \|", re.MULTILINE)
ROWS = [re.findall(r"`(\w+)`", names) for names in TABLE.findall((CATALOG.parent / "docs/architecture.md").read_text())]
ROW = {name: row for row, names in enumerate(ROWS) for name in names}
MODULES = sorted(path.relative_to(CATALOG.parent) for path in CATALOG.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((CATALOG.parent / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively; imports are absolute"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def part(dotted: str) -> str:
    """`catalog.load.shapes.Shapes` → `load`."""
    return dotted.removeprefix("catalog.").split(".")[0]


def row(name: str) -> int:
    assert name in ROW, f"catalog/{name} stands in no row of docs/architecture.md; add it where it belongs"
    return ROW[name]


@pytest.mark.parametrize("path", [path for path in MODULES if path != Path("catalog/__init__.py")], ids=str)
def test_a_module_imports_only_from_rows_above(path: Path) -> None:
    own = part(".".join(path.with_suffix("").parts))
    row(own)
    for dotted in imported(path):
        if dotted == "yaml" or dotted.startswith("yaml."):
            assert own == "source", f"{path} imports yaml; only catalog/source.py reads it"
        if dotted.startswith("catalog.") and part(dotted) != own:
            assert row(part(dotted)) < row(own), f"{path} imports {dotted}, which stands in its own row or below"
