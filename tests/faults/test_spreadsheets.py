"""Kind: our tables in a real spreadsheet; LibreOffice is the judge, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dialogue_game.app.records.exporting import counted
from dialogue_game.app.session.documents import record_text
from tests.app.rooms import led, sitting
from tests.faults.test_tables import a_table
from tests.nightly import NIGHTLY

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    not (NIGHTLY and SOFFICE),
    reason="asks LibreOffice: DIALOGUE_GAME_NIGHTLY=1, and its package",
)
UTF_8 = "--infilter=CSV:44,34,76,1"
SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"
"""Its filter’s options: separator, quotes, UTF-8, the first line, quotes where needed."""


def opened(file: Path, form: str) -> str:
    """What LibreOffice makes of a file.

    Its dialog takes the encoding from the mark at the file's start; without one it is told.
    """
    out = file.parent / "out"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    how = (
        "--headless",
        profile,
        UTF_8,
        "--convert-to",
        form,
        "--outdir",
        str(out),
        str(file),
    )
    subprocess.run((str(SOFFICE), *how), check=True, capture_output=True, timeout=120)
    (made,) = out.iterdir()
    return made.read_text(encoding="utf-8")


def test_no_note_becomes_a_formula_and_every_letter_is_as_it_was(
    tmp_path: Path,
) -> None:
    notes = (
        "Genève – „Zürich“",
        "Ελλάδα 日本",
        "=1+1",
        "＝1+1",
        "+41 22",
        "@SUM(1)",
        "-2+3",
    )
    leading, game, _ = sitting()
    led(leading, *(f"park {note}" for note in notes))
    table = tmp_path / "record.csv"
    table.write_text(record_text(game, leading.id, "csv"), encoding="utf-8")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    document = opened(table, "fods")
    shown = re.findall(r"<text:p>([^<]*)</text:p>", document)
    assert {text.removeprefix("&apos;") for text in shown} >= set(notes)
    assert "table:formula" not in document


def test_a_table_that_a_spreadsheet_saved_with_semicolons_is_counted(
    tmp_path: Path,
) -> None:
    table = tmp_path / "one.csv"
    table.write_text(a_table(["a"] * 6), encoding="utf-8")
    assert opened(table, SEMICOLONS).startswith("player;course;story;")
    assert counted(tmp_path / "out").statistics.people == 6
