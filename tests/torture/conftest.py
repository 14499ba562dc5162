"""How much is tried, and what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from torture import record
from torture.forge import Forge
from torture.record import Tally

if sys.platform != "linux":  # /proc, name spaces, limits
    collect_ignore_glob = ["test_*.py"]

_results: list[tuple[str, int, int]] = []


@dataclass(frozen=True)
class Effort:
    """How often something is tried: a little in `make test`, much in `make torture`."""

    long: bool

    def times(self, short: int, long: int) -> int:
        return long if self.long else short


@pytest.fixture
def effort(pytestconfig: pytest.Config) -> Effort:
    return Effort(pytestconfig.getoption("--torture"))


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Counts what a test tries; at its end nothing may be lost."""
    found = Tally(request.node.name)
    yield found
    request.node.user_properties.append(("torture", (found.suite, found.tried, len(found.lost))))
    assert not found.lost, f"{len(found.lost)} of {found.tried} lost:\n" + "\n".join(found.lost[:20])


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    """Runs commands in processes of their own that need not import anything."""
    with Forge() as running:
        yield running


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "teardown":
        _results.extend(value for name, value in report.user_properties if name == "torture")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if _results and config.getoption("--torture"):
        found = record.rows(_results)
        terminalreporter.write_line(record.table(found))
        record.write(found)
