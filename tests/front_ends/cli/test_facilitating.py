"""`facilitate`, `companion` and `session` on the real program and the real course."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.app.bootstrap import open_game
from tests.architecture.test_laziness import RUN, loaded
from tests.program import PROGRAM, run
from tests.program import lines as said


def lines(*arguments: str, answers: str = "") -> list[dict[str, Any]]:
    return said("facilitate", "--json", *arguments, answers=answers)


TO_VOTE = "next\nsettle b\nnext\nnext\nnext\nnext\n"
"""In omar: from the welcome past the first, quick decision to the first full vote."""


def test_every_command_is_answered_by_both_views_or_by_an_error() -> None:
    told = lines(
        "omar",
        "--headcount",
        "9",
        answers=f"{TO_VOTE}tally a=4 b=9\ntally a=4 b=2\nquit\n",
    )
    kinds = [next(iter(line)) for line in told]
    assert kinds == ["shared", "companion"] * 7 + ["error"] + ["shared", "companion"]
    assert set(told[-3]["error"]) == {"message"}
    assert told[-2]["shared"]["step"] == "vote"
    assert told[-2]["shared"]["ballots"]["cast"] == 6
    assert set(told[-2]["shared"]) >= {"step", "scene", "options", "shown"}
    assert set(told[-1]["companion"]) >= {
        "notes",
        "references",
        "consequences",
        "budget",
    }


def test_the_line_of_the_room_holds_no_tally_before_the_reveal_and_both_after() -> None:
    answers = f"{TO_VOTE}tally a=4 b=3\nnext\nballots a a b b b b b\nreveal\n"
    told = [
        line["shared"] for line in lines("omar", answers=answers) if "shared" in line
    ]
    assert all(view["rounds"] == [] for view in told[:-1])
    assert [held["counts"] for held in told[-1]["rounds"]] == [
        {"A": 4, "B": 3, "C": 0, "D": 0},
        {"A": 2, "B": 5, "C": 0, "D": 0},
    ]


def test_resume_comes_back_to_the_same_step_ballots_and_clock() -> None:
    left = lines(
        "omar", "--headcount", "9", answers=f"{TO_VOTE}cast a\ncast b\nextend\n"
    )
    back = lines("--resume")
    for view in (left[-2]["shared"], back[0]["shared"]):
        view.pop("agenda")
        timer = view.pop("timer")
        assert timer["planned"] - timer["used"] == timer["left"]
    assert back[0]["shared"] == left[-2]["shared"]
    by_id = lines("--resume", left[0]["shared"]["session"][:5])
    assert by_id[0]["shared"]["step"] == "vote"


def test_a_companion_reads_along_and_sees_what_the_room_does_not() -> None:
    shared = lines("omar", answers="next\n")[-2]["shared"]
    told = json.loads(run("companion", "--once", "--json").stdout)["companion"]
    assert told["scene"] == shared["scene"]
    assert told["notes"] not in json.dumps(shared)
    plain = run("companion", "--once", shared["session"]).stdout
    for part in ("Notes.", "References.", "Then: "):
        assert part in plain
    assert "\x1b" not in plain


def test_two_companions_follow_until_the_session_ends() -> None:
    with subprocess.Popen(
        (*PROGRAM, "facilitate", "--json", "omar"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as leader:
        assert leader.stdin is not None
        assert leader.stdout is not None
        leader.stdout.readline()
        follow = (*PROGRAM, "companion", "--json")
        with (
            subprocess.Popen(follow, stdout=subprocess.PIPE, text=True) as one,
            subprocess.Popen(follow, stdout=subprocess.PIPE, text=True) as other,
        ):
            steps = [step(one), step(other)]
            leader.stdin.write("next\n")
            leader.stdin.flush()
            steps += [step(one), step(other)]
            assert steps == ["welcome", "welcome", "scene", "scene"]
            leader.stdin.write("end\n")
            leader.stdin.close()
            assert (step(one), step(other)) == ("ended", "ended")
            assert (one.wait(30), other.wait(30)) == (0, 0)


def step(companion: subprocess.Popen[str]) -> str:
    """The step of the next line of a companion, or that the session has ended."""
    assert companion.stdout is not None
    view = json.loads(companion.stdout.readline())["companion"]
    return "ended" if view["ended"] else str(view["step"])


def test_a_rehearsal_keeps_nothing() -> None:
    assert lines("omar", "--rehearsal", answers="next\n")[0]["shared"]["rehearsal"]
    assert json.loads(run("session", "list", "--json").stdout) == []
    assert json.loads(run("history", "--json").stdout) == []


def test_sessions_are_listed_and_their_records_written() -> None:
    (told, *_) = lines(
        "omar", "--entity", "Field Office", answers="next\nsettle a\nnext\nend\n"
    )
    (listed,) = json.loads(run("session", "list", "--json").stdout)
    assert (listed["id"], listed["entity"], listed["ended"]) == (
        told["shared"]["session"],
        "Field Office",
        True,
    )
    assert run("session", "list").stdout.startswith(listed["id"])
    kept = json.loads(run("session", "export", "--format", "json").stdout)
    assert kept["decisions"][0]["settled"]["rule"] == "show_of_hands"
    assert "Field Office" in run("session", "export", listed["id"][:6]).stdout


def test_a_record_is_not_written_over_without_force(tmp_path: Path) -> None:
    lines("omar")
    out = tmp_path / "record.html"
    assert (
        run("session", "export", "--format", "html", "--out", str(out)).returncode == 0
    )
    first = out.read_text(encoding="utf-8")
    assert first.startswith("<!doctype html>")
    refused = run("session", "export", "--out", str(out))
    assert (refused.returncode, out.read_text(encoding="utf-8")) == (2, first)
    assert "--force" in refused.stderr
    assert run("session", "export", "--out", str(out), "--force").returncode == 0
    assert out.read_text(encoding="utf-8").startswith("# Session")
    assert [path.name for path in tmp_path.iterdir() if "record" in path.name] == [
        "record.html"
    ]


def test_the_kit_is_pages_for_paper_that_fetch_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    assert run("facilitate", "omar", "sepideh", "--kit", str(folder)).returncode == 0
    names = {
        "cards.html",
        "evaluation.html",
        "participation.html",
        "prepare.html",
        "script.html",
    }
    assert {path.name for path in folder.iterdir()} == names
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "@page" in text
        assert "src=" not in text
        assert "<link" not in text
    cards = (folder / "cards.html").read_text(encoding="utf-8")
    assert [
        letter for letter in "ABCDE" if f'<div class="card">{letter}</div>' in cards
    ] == [*"ABCD"]
    form = open_game().course.evaluation
    assert form is not None
    sheet = (folder / "evaluation.html").read_text(encoding="utf-8")
    assert "not to the person who led the session" in sheet
    assert "<svg" in sheet
    assert form.url in sheet
    assert all(f"<b>{number}. " in sheet for number in range(1, 11))
    refused = run("session", "kit", str(folder), "omar")
    assert refused.returncode == 2
    assert "is there already" in refused.stderr


def test_how_to_prepare_has_the_guides_four_steps_and_an_invitation() -> None:
    told = run("facilitate", "--prepare", "omar", "sepideh").stdout
    for step in open_game().course.steps:
        assert step.title in told
    assert "Dear colleagues" in told
    assert "30 minutes: " in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["facilitate", "omra", "--json"], "omar"),
        (["facilitate", "how_to_play", "--json"], "for a group"),
        (["facilitate", "omar", "--headcount", "0", "--json"], "10,000 people"),
        (["facilitate", "omar", "--minutes", "2", "--json"], "480 minutes"),
        (["facilitate", "--resume", "--json"], "No session is kept on this machine."),
        (["companion"], "No session is kept on this machine."),
        (["session", "export"], "No session is kept on this machine."),
        (["session", "export", "zzz"], "No session is kept on this machine."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_a_terminal_that_is_closed_under_the_session_loses_nothing() -> None:
    with subprocess.Popen(
        (*PROGRAM, "facilitate", "--json", "omar"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as leader:
        assert leader.stdin is not None
        assert leader.stdout is not None
        leader.stdin.write("next\n")
        leader.stdin.flush()
        for _ in range(4):
            leader.stdout.readline()
        leader.stdout.close()
        leader.stdin.write("settle a\nnext\n")
        leader.stdin.close()
        leader.wait(30)
    assert lines("--resume")[0]["shared"]["step"] == "consequence"


@pytest.mark.parametrize(
    "arguments",
    [
        ["facilitate", "omar", "--json"],
        ["facilitate", "omar", "--plain"],
        ["session", "list"],
        ["facilitate", "omar", "--prepare"],
    ],
    ids=" ".join,
)
def test_leading_a_session_imports_no_screen_no_yaml_and_no_code_for_codes(
    arguments: list[str],
) -> None:
    program = RUN.format(
        arguments=arguments, forbidden=["textual", "yaml", "pydantic", "segno"]
    )
    loaded(program)
    assert loaded(program) == ["0"]
