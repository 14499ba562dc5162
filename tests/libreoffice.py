"""Workbooks as LibreOffice saves them. To make the one that every run reads anew: `python tests/libreoffice.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE / "data" / "libreoffice.xlsx"


def resaved(data: bytes) -> bytes:
    """The same workbook, opened and saved by `soffice`, which must be installed."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        (made / "form.xlsx").write_bytes(data)
        profile = f"-env:UserInstallation={(made / 'profile').as_uri()}"
        out = made / "out"
        command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        subprocess.run([*command, "--outdir", out, made / "form.xlsx"], check=True, capture_output=True, timeout=180)
        return (out / "form.xlsx").read_bytes()


def is_installed() -> bool:
    return shutil.which("soffice") is not None


def main() -> None:
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from sites import VARIETY, read, words

    from catalog.exports import workbook, xlsx_book

    one = next(provider for provider in read(VARIETY).providers if provider.id == "aoi-cloud").main
    KEPT.write_bytes(resaved(xlsx_book.written(workbook.whole(one, words()))))


if __name__ == "__main__":
    main()
