"""Build the catalog's site: `python build.py --help` tells what else it does."""

from __future__ import annotations

import sys
from pathlib import Path

from catalog.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
