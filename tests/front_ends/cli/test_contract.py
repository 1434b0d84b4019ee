"""The machine contract and the exit codes, on the real program and the real course."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.program import PROGRAM, lines, run

ROOT = Path(__file__).resolve().parents[3]


def test_list_names_every_story_with_its_figures() -> None:
    listed = json.loads(run("list", "--json").stdout)
    omar = next(story for story in listed if story["id"] == "omar")
    assert set(omar) >= {
        "id",
        "title",
        "course",
        "minutes",
        "scenes",
        "choices",
        "endings",
        "state",
        "endings_found",
    }
    assert omar["course"] == "leadership_dialogue_2023"
    assert (omar["state"], omar["endings_found"]) == ("new", 0)
    assert omar["scenes"] >= 24
    assert omar["choices"] >= 60
    assert omar["endings"] >= 6


def test_map_gives_the_graph_and_what_is_proved_of_it() -> None:
    drawn = json.loads(run("map", "omar", "--format", "json").stdout)
    assert set(drawn) >= {"story", "edition", "scenes", "endings", "verdicts"}
    scenes = {scene["id"] for scene in drawn["scenes"]}
    endings = {ending["id"] for ending in drawn["endings"]}
    choices = [
        (scene, choice) for scene in drawn["scenes"] for choice in scene["choices"]
    ]
    for _, choice in choices:
        assert set(choice) >= {"id", "text", "to", "marks", "references"}
        assert set(choice["to"]) <= scenes | endings
    assert set(drawn["verdicts"]["scenes"]) == scenes
    assert set(drawn["verdicts"]["endings"]) == endings
    assert set(drawn["verdicts"]["choices"]) == {
        f"{s['id']}.{c['id']}" for s, c in choices
    }
    for kind in drawn["verdicts"].values():
        assert set(kind.values()) == {"reachable"}


@pytest.mark.parametrize(
    ("form", "start"), [("mermaid", "flowchart TD"), ("dot", 'digraph "omar" {')]
)
def test_map_draws_for_other_programs(form: str, start: str) -> None:
    assert run("map", "omar", "--format", form).stdout.startswith(start)


def test_play_by_json_lines_pauses_resumes_and_ends() -> None:
    first = lines("play", "omar", "--json", answers="nonsense\n1\n")
    assert [next(iter(line)) for line in first] == [
        "situation",
        "error",
        "consequence",
        "situation",
        "paused",
    ]
    assert set(first[1]["error"]) == {"message", "options"}
    playthrough = first[-1]["paused"]["playthrough"]
    again = lines("play", "omar", "--json", "--resume")
    assert again[0]["situation"] == first[3]["situation"]
    ended = lines(
        "play", "omar", "--json", "--resume", playthrough, answers="1\n2\n3\n" * 20
    )
    told = ended[-1]["debrief"]
    assert set(told["ending"]) == {"id", "kind", "title"}
    assert set(told["overall"]) == {"earned", "at_stake", "percent"}
    assert len(told["guidelines"]) == 11
    assert all(
        set(line) >= {"id", "verdict", "earned", "at_stake", "evidence"}
        for line in told["guidelines"]
    )
    (run_,) = json.loads(run("history", "--json").stdout)
    assert run_["id"] == playthrough
    assert set(run_) >= {
        "id",
        "story",
        "edition",
        "state",
        "ending",
        "choices",
        "percent",
        "started",
        "ended",
    }
    assert (run_["state"], run_["ending"]) == ("ended", told["ending"]["id"])


def keys(value: Any, ids: tuple[str, ...] = ()) -> set[str]:
    """All keys in it, but those below `ids`, which are ids of stories or names of exhibits."""
    if isinstance(value, list):
        return set().union(*(keys(item, ids) for item in value))
    if not isinstance(value, dict):
        return set()
    below = [keys(held, ids) for key, held in value.items() if key not in ids]
    return set(value).union(*below)


def test_every_key_that_a_program_may_meet_is_in_the_documents() -> None:
    ended = lines("play", "omar", "--json", answers="nonsense\n" + "1\n2\n3\n" * 20)
    paused = lines("play", "omar", "--json", answers="1\n")
    printed = [json.loads(run(*asked).stdout) for asked in (
        ("list", "--json"), ("history", "--json"), ("map", "omar", "--format", "json"),
    )]  # fmt: skip
    met = keys([*ended, *paused], ("fields", "items", "remembered"))
    met |= keys(printed, ("marks", "verdicts"))
    assert met >= {
        "debrief",
        "paused",
        "error",
        "evidence",
        "reflection",
        "endings_found",
        "to",
    }
    page = (ROOT / "docs" / "machine.md").read_text(encoding="utf-8")
    code = re.findall(r"`[^`\n]+`|```json.*?```", page, re.DOTALL)
    told = set(re.findall(r"[\w.]+", " ".join(code)))
    assert met - told == set()


def test_a_resumed_run_gives_the_situation_it_was_left_in_and_its_end_again() -> None:
    ended = lines("play", "omar", "--json", answers="1\n2\n3\n" * 20)
    id_ = ended[0]["situation"]["playthrough"]
    again = lines("play", "omar", "--json", "--resume", id_, answers="1\n")
    assert [next(iter(line)) for line in again] == ["situation", "debrief"]
    assert again[0]["situation"]["ending"] == ended[-1]["debrief"]["ending"]
    assert again[-1] == ended[-1]


def test_a_pick_that_is_not_there_ends_the_json_lines_with_an_error() -> None:
    done = run("play", "omar", "--json", "--pick", "1,fly")
    assert done.returncode == 2
    last = json.loads(done.stdout.splitlines()[-1])
    assert set(last["error"]) == {"message", "options"}
    assert "Traceback" not in done.stderr


def test_situation_and_consequence_have_the_documented_keys() -> None:
    first = lines("play", "omar", "--json", "--pick", "1")
    situation, consequence = first[0]["situation"], first[1]["consequence"]
    assert set(situation) >= {
        "playthrough",
        "scene",
        "title",
        "text",
        "exhibits",
        "options",
    }
    assert all(
        set(exhibit) >= {"kind", "alt", "details"} for exhibit in situation["exhibits"]
    )
    assert all(
        set(option) == {"id", "text", "available", "locked"}
        for option in situation["options"]
    )
    assert set(consequence) >= {"choice", "text", "marks", "references"}
    assert all(
        set(mark) == {"guideline", "mark", "why"} for mark in consequence["marks"]
    )
    assert all(
        set(reference) >= {"id", "symbol", "title", "summary", "verified", "url"}
        for reference in consequence["references"]
    )


def test_picks_are_not_kept_unless_asked() -> None:
    run("play", "omar", "--plain", "--pick", "1")
    assert json.loads(run("history", "--json").stdout) == []
    run("play", "omar", "--plain", "--pick", "1", "--keep")
    assert json.loads(run("history", "--json").stdout)[0]["choices"] == 1


def test_picks_on_a_resumed_run_leave_the_run_alone() -> None:
    lines("play", "omar", "--json", answers="1\n")
    lines("play", "omar", "--json", "--resume", "--pick", "1")
    assert json.loads(run("history", "--json").stdout)[0]["choices"] == 1


def test_a_pick_that_is_not_there_stops_with_a_sentence() -> None:
    done = run("play", "omar", "--plain", "--pick", "fly")
    assert done.returncode == 2
    assert "There is no choice “fly” here." in done.stdout


def test_plain_play_reads_a_pipe() -> None:
    done = run("play", "omar", "--plain", answers="1\n2\n")
    assert done.returncode == 0
    assert done.stdout.count("You chose:") == 2
    assert "\x1b" not in done.stdout


def test_without_a_terminal_plain_lines_are_used_and_said() -> None:
    done = run("play", "omar", answers="1\n")
    assert done.returncode == 0
    assert "--plain" in done.stderr
    assert "You chose:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["play", "omra"], 2, "omar"),
        (["play"], 2, "STORY"),
        (["plai", "omar"], 2, "play"),
        (["play", "omar", "--resume", "--plain"], 2, "no playthrough"),
        (["play", "omar", "--resume", "zzz"], 2, "zzz"),
        (["map", "nowhere/at/all.yaml"], 2, "nowhere"),
        (["settings", "colour", "red"], 2, "colour"),
        (["settings", "theme", "red"], 2, "dark"),
        (["play", "omar", "--coaching", "never"], 2, "after"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_asked_for_and_not_there_is_said_in_a_sentence(
    arguments: list[str], code: int, said: str
) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_has_help() -> None:
    listed = run("--help").stdout
    for command in (
        "play",
        "list",
        "history",
        "map",
        "check",
        "schema",
        "settings",
        "completion",
    ):
        assert f"  {command} " in listed
        told = run(command, "--help")
        assert told.returncode == 0
        assert "Usage: dialogue-game" in told.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_our_commands(shell: str) -> None:
    assert "_DIALOGUE_GAME_COMPLETE" in run("completion", shell).stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("pla", "play"),
        ("play om", "omar"),
        ("play omar --coa", "--coaching"),
        ("play omar --coaching ", "after end"),
        ("map omar --format mer", "mermaid"),
        ("settings the", "theme"),
        ("settings theme ", "dark light contrast"),
        ("completion ", "bash zsh fish powershell"),
    ],
)
def test_bash_completes_what_is_typed(typed: str, offered: str) -> None:
    words = f"dialogue-game {typed}".split(" ")
    script = """
dialogue-game() { "$PYTHON" -m dialogue_game "$@"; }
env() { local -x "${@:1:3}"; dialogue-game; }
eval "$(dialogue-game completion bash)"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_dialogue_game_completion dialogue-game
echo "${COMPREPLY[*]}"
"""
    done = subprocess.run(
        ["bash", "-c", script, "bash", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHON": sys.executable},
    )
    assert done.stdout.strip() == offered, done.stderr


def test_a_setting_is_kept_and_the_environment_goes_before_it() -> None:
    assert run("settings", "coaching", "end").returncode == 0
    assert json.loads(run("settings", "--json").stdout)["coaching"] == "end"
    done = run("settings", "--json", DIALOGUE_GAME_COACHING="after")
    assert json.loads(done.stdout)["coaching"] == "after"
    assert "Coaching" not in run("play", "omar", "--plain", "--pick", "1").stdout


def test_a_damaged_journal_is_set_aside_and_play_goes_on(home: Path) -> None:
    home.mkdir()
    (home / "journal.sqlite").write_bytes(b"not a journal at all" * 500)
    done = run("play", "omar", "--plain", answers="1\n")
    assert done.returncode == 0
    assert "damaged" in done.stderr
    kept = [path for path in home.glob("journal*") if path.stat().st_size == 10_000]
    assert len(kept) == 1
    assert json.loads(run("history", "--json").stdout)[0]["choices"] == 1


def test_a_home_that_cannot_be_written_still_plays(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    done = run(
        "play", "omar", "--plain", answers="1\n", DIALOGUE_GAME_HOME=str(file / "home")
    )
    assert done.returncode == 0, done.stderr
    assert "nothing is being saved" in done.stderr
    assert "You chose:" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_leaves_with_its_own_code_and_keeps_the_choice() -> None:
    with subprocess.Popen(
        (*PROGRAM, "play", "omar", "--json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as game:
        assert game.stdin is not None
        assert game.stdout is not None
        game.stdin.write("1\n")
        game.stdin.flush()
        for _ in range(3):
            game.stdout.readline()
        game.send_signal(signal.SIGINT)
        assert game.wait(30) == 130
        assert game.stderr is not None
        assert "Traceback" not in game.stderr.read()
    assert json.loads(run("history", "--json").stdout)[0]["choices"] == 1


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_at_a_question_is_not_taken_for_no_answer() -> None:
    run("play", "omar", "--plain", answers="1\n")
    with subprocess.Popen(
        (*PROGRAM, "history", "--delete", "newest"),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as game:
        assert game.stderr is not None
        asked = ""
        while "]: " not in asked:
            asked += game.stderr.read(1)
        while (
            game.poll() is None
        ):  # a signal that comes just before the wait for input is late
            game.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                game.wait(2)
        assert game.returncode == 130
        assert "Traceback" not in game.stderr.read()
    assert len(json.loads(run("history", "--json").stdout)) == 1


def test_ctrl_c_while_the_program_still_loads_leaves_with_its_own_code() -> None:
    code = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from dialogue_game.__main__ import main
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 130
    assert done.stderr == "Stopped. What is kept is shown by: dialogue-game history\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m dialogue_game map omar | head -1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
