"""What a session puts on paper: codes that read back, text that stays text."""

from __future__ import annotations

import csv
import io

import pytest
import segno

from dialogue_game.reporting.pages.markup import escaped, paper_page
from dialogue_game.reporting.pages.session_pages import evaluation_page
from dialogue_game.reporting.qr import qr_lines, qr_svg
from dialogue_game.reporting.session_record import record_csv
from tests.app.rooms import FORM

ADDRESS = "https://forms.example/e/1"


def test_the_code_in_a_terminal_holds_the_modules_of_the_code() -> None:
    rows: list[list[bool]] = []
    for line in qr_lines(ADDRESS):
        rows.append([character in "█▀" for character in line])
        rows.append([character in "█▄" for character in line])
    drawn = segno.make(ADDRESS, error="l", micro=False).matrix_iter(border=2)
    wanted = [[not dark for dark in row] for row in drawn]
    assert rows[: len(wanted)] == wanted


def test_the_code_on_paper_has_its_quiet_border_and_size() -> None:
    drawn = qr_svg(ADDRESS, 32)
    assert drawn.startswith('<svg width="32mm" height="32mm"')
    assert "viewBox" in drawn


def test_nothing_in_a_text_is_markup_on_paper() -> None:
    assert escaped("<b>\x1b[31m & 'x'") == "&lt;b&gt;[31m &amp; &#x27;x&#x27;"
    assert "<title>&lt;x&gt;</title>" in paper_page("<x>", "")


def test_the_evaluation_sheet_goes_to_the_focal_point() -> None:
    sheet = evaluation_page(FORM)
    assert (
        "Give this sheet to the focal point, not to the person who led the session."
        in sheet
    )
    assert sheet.count('class="box"') == 3 * 2
    for item in FORM.items:
        assert item in sheet


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_can_be_taken_for_a_formula(start: str) -> None:
    record = {
        "session": "s", "date": "d", "entity": f"{start}x", "leader": "l", "headcount": 1,
        "minutes": 30, "decisions": [], "takeaways": [f"{start}1"], "parked": [],
        "participation": "p",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(record_csv(record), newline="")))
    assert len(rows) == 2
    for row in rows:
        assert row["entity"][0] in "'x"
        assert not row["text"].startswith(start)


@pytest.mark.parametrize("address", ["x" * 5000, "https://\ud800.example"])
def test_an_address_that_no_code_can_hold_has_none(address: str) -> None:
    assert qr_lines(address) == ()
    assert qr_svg(address) == ""
