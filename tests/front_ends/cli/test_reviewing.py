"""`dialogue-game review`: sheets go out, answers come back, nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path

from tests.program import run


def test_a_blind_sheet_and_its_key_are_written_and_answers_scored(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "blind"
    assert (
        run("review", "blind", "omar", "--glance", "--output", str(folder)).returncode
        == 0
    )
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    assert "## O01" in (folder / "glance.txt").read_text(encoding="utf-8")
    lines = []
    for name, row in key.items():
        worths = [worth for _, worth in row["options"]]
        lines.append(f"{name} {'abcdefgh'[worths.index(max(worths))]}")
    answers = tmp_path / "answers.txt"
    answers.write_text("\n".join(lines))
    done = run("review", "score", str(folder), str(answers), "--json")
    (told,) = json.loads(done.stdout)["scores"]
    assert told["earned"] == told["named"] == 1
    again = run("review", "blind", "omar", "--output", str(folder), "--glance")
    assert again.returncode == 2
    assert "--force" in again.stderr


def test_what_is_no_key_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("[1]")
    (tmp_path / "answers.txt").write_text("O01 a")
    done = run("review", "score", str(tmp_path), str(tmp_path / "answers.txt"))
    assert done.returncode == 2
    assert "no key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reviewers_comment_comes_back_at_its_file_and_line(tmp_path: Path) -> None:
    sheet = tmp_path / "ann.csv"
    assert run("review", "sheet", "omar", "--output", str(sheet)).returncode == 0
    text = sheet.read_text(encoding="utf-8-sig")
    head, first, *rest = text.split("\n")
    filled = first.rstrip("\r").removesuffix(",,,") + ",2,Not so.,Ann"
    sheet.write_text("\n".join([head, filled, *rest]), encoding="utf-8")
    done = run("review", "read", str(sheet))
    assert done.returncode == 0
    assert "(Ann, 2 of 5): Not so." in done.stdout
    assert "omar.yaml:" in done.stdout
    assert "It stays drafted" in done.stdout
