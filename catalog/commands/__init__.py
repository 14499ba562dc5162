"""The commands of `build.py`: one module each, stating `add_arguments` and `run`."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from pathlib import Path
from typing import Protocol

TOKYO = timezone(timedelta(hours=9))


class Exit(IntEnum):
    CLEAN = 0
    CONTENT = 1
    USAGE = 2
    ENVIRONMENT = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What every command knows: where it works, which day it is, which language it speaks."""

    root: Path
    out: Path
    today: date
    language: str
    arguments: argparse.Namespace


class Command(Protocol):
    HELP: dict[str, str]

    def add_arguments(self, parser: argparse.ArgumentParser, language: str) -> None: ...
    def run(self, context: Context) -> Exit: ...


def today_in_tokyo() -> date:
    return datetime.now(UTC).astimezone(TOKYO).date()


def language_of_environment() -> str:
    """`en` where the environment says English, else Japanese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "ja"
    return "ja"
