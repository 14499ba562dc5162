"""What all tests share: goldens that `--bless` rewrites, and properties that try the same examples on every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from site_checker import Site
from sites import VARIETY, built, chromium

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the expected outputs; read the diff then")
    parser.addoption("--all-pages", action="store_true", help="check every page, not only one of each kind")
    parser.addoption(
        "--torture", action="store_true", help="tests/torture/ in its long form; ends in docs/reliability.md"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # a file stays with one process: one that takes long must not be the last that is begun
    items.sort(key=lambda item: "torture" not in item.path.parts)
    if config.getoption("--all-pages"):
        return
    left_out = [item for item in items if item.get_closest_marker("all_pages")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One a file: Playwright cannot run two in one thread, and some files start theirs with the sites they look at."""
    with chromium() as running:
        yield running


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file, or writes the file where `--bless` is given."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--bless"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"{path.relative_to(ROOT)} is missing; `pytest --bless` writes it"
        assert text == path.read_bytes().decode(), f"{path.relative_to(ROOT)} differs; `pytest --bless` rewrites it"

    return check


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The catalog of this repository, built by the command."""
    return built(ROOT, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def variety_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """`tests/roots/variety`, which has every state that an entry can be in, built by the command."""
    return built(VARIETY, tmp_path_factory.mktemp("variety"))
