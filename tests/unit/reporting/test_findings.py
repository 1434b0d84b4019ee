"""How findings are told: with the line and a caret, as data, as annotations."""

from __future__ import annotations

from pathlib import Path

from dialogue_game.analysis.findings import Place, finding
from dialogue_game.app.authoring.checking import check
from dialogue_game.reporting.check_report import as_data, as_github, as_text, tally

NOTICED = finding(
    "DG101",
    Place("tale.yaml", 12, 15, "        goto: atic"),
    "There is no scene or ending “atic”.",
    "Did you mean “attic”?",
)


def test_a_finding_is_told_with_its_line_a_caret_and_advice() -> None:
    assert as_text([NOTICED]) == (
        "tale.yaml:12:15: error DG101: There is no scene or ending “atic”.\n"
        "  |         goto: atic\n"
        "  |               ^\n"
        "  Did you mean “attic”?\n"
    )


def test_the_caret_stands_under_the_place_in_a_very_long_line_too(
    tmp_path: Path,
) -> None:
    text = "format: 1\nid: tale\nkind: scenario\ntitle: T\nstart: nowhere\nscenes: {}\n"
    long = f"summary: {'word ' * 60}\x1b end\n"
    (tmp_path / "tale.yaml").write_text(text + long)
    noticed = next(
        f for f in check([str(tmp_path / "tale.yaml")]).findings if f.code == "DG007"
    )
    told = as_text([noticed]).splitlines()
    assert told[1][len(told[2]) - 1] == "\ufffd"


def test_no_control_code_of_a_file_reaches_the_terminal() -> None:
    hostile = finding(
        "DG007", Place("a\x1b[2Jb.yaml", 1, 1, "\x1b]0;x\x07"), "\u202eevil", "\x9b"
    )
    told = as_text([hostile]) + as_github([hostile]) + str(as_data(hostile)["message"])
    assert not any(character in told for character in "\x1b\x07\x9b\u202e")


def test_data_has_the_keys_of_the_contract() -> None:
    assert as_data(NOTICED) == {
        "code": "DG101",
        "severity": "error",
        "file": "tale.yaml",
        "line": 12,
        "column": 15,
        "message": "There is no scene or ending “atic”.",
        "advice": "Did you mean “attic”?",
    }


def test_annotations_are_one_line_each_and_escaped() -> None:
    odd = finding("DG314", Place("a,b:c.yaml", 3, 0), "50 %\nof it", "")
    assert as_github([odd]) == (
        "::notice file=a%2Cb%3Ac.yaml,line=3,col=1,title=DG314::50 %25%0Aof it\n"
    )


def test_the_tally_is_in_words() -> None:
    note = finding("DG314", Place(), "x")
    assert tally([]) == "no findings"
    assert tally([NOTICED, NOTICED, note]) == "2 errors, 1 note"
