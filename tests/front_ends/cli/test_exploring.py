"""`replay`, `compare`, `map --mine` and `history`, on the real course in a home of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialogue_game.app.bootstrap import open_game
from dialogue_game.cli.main import cli
from dialogue_game.cli.output import run_guarded


def run(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=answers, standalone_mode=False)


def data(*arguments: str, answers: str = "") -> Any:
    done = run(*arguments, answers=answers)
    assert done.exception is None, done.exception
    return json.loads(done.stdout)


def played(story: str = "how_to_play", option: int = 0, most: int = 99) -> str:
    """A run that takes the same option everywhere, as far as it is there; its id."""
    player = open_game().start(story)
    for _ in range(most):
        if player.ended:
            break
        options = [o.id for o in player.situation.options if o.available]
        player.choose(options[option % len(options)])
        player.read_on_to_decision()
    return player.playthrough


def test_replay_lists_the_decisions_of_a_run_as_data() -> None:
    told = data("replay", played(), "--json")
    assert set(told) == {"playthrough", "story", "open", "decisions"}
    assert told["open"] is True
    assert [line["decision"] for line in told["decisions"]] == list(
        range(1, len(told["decisions"]) + 1)
    )
    assert set(told["decisions"][0]) == {
        "decision",
        "scene",
        "title",
        "choice",
        "choice_text",
    }


@pytest.mark.parametrize("by", ["number", "scene"])
def test_replay_at_a_decision_says_what_is_shared_and_plays_on(by: str) -> None:
    ended = played()
    second = data("replay", ended, "--json")["decisions"][1]
    at = "2" if by == "number" else second["scene"]
    done = run("replay", ended, "--at", at, "--json", answers="1\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["replayed"]["shared"] == 1
    assert [line["decision"] for line in lines[0]["replayed"]["recap"]] == [1]
    assert lines[1]["situation"]["scene"] == second["scene"]
    assert next(iter(lines[2])) == "consequence"
    kept = data("history", "--json")
    assert kept[0]["branched_from"] == ended
    assert kept[0]["shared"] == 1


def test_replay_in_lines_asks_which_decision() -> None:
    done = run("replay", played(), "--plain", answers="2\nq\n")
    assert "Back to which decision" in done.stdout
    assert "What stays as it was" in done.stdout


@pytest.mark.parametrize("at", ["0", "99", "nowhere", ""])
def test_a_decision_that_is_not_there_is_a_wrong_use(
    at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_guarded(cli, ["replay", played(), "--at", at, "--json"]) == 2
    assert "This run has no decision" in capsys.readouterr().err


def test_a_first_run_may_not_be_replayed_and_the_way_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    paused = played(most=1)
    assert run_guarded(cli, ["replay", paused, "--at", "1", "--json"]) == 2
    assert "settings rechoose on" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay", "nope"],
        ["compare", "nope", "nope"],
        ["compare", "newest", "nope.json"],
        ["history", "--open", "nope"],
        ["history", "--delete", "nope", "--yes"],
        ["history", "--export", "nope", "x.json"],
        ["map", "nope", "--mine"],
        ["map", "how_to_play", "--mine", "--format", "dot"],
        ["history", "--open", "newest", "--delete", "newest"],
    ],
)
def test_what_is_not_there_is_said_and_leaves_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    played()
    assert run_guarded(cli, arguments) == 2
    said = capsys.readouterr().err
    assert said
    assert "Traceback" not in said


def test_compare_gives_both_sides_the_parting_and_the_guidelines() -> None:
    told = data("compare", played(), played(option=1), "--json")
    assert set(told) == {
        "story",
        "title",
        "one_edition",
        "left",
        "right",
        "shared",
        "parting",
        "said",
        "rows",
        "openings",
        "guidelines",
    }
    assert told["parting"] == "another choice"
    assert told["said"].startswith("You chose “")


def test_compare_in_lines_reads_the_consequences() -> None:
    done = run("compare", played(), played(option=1))
    assert "two runs compared" in done.stdout
    assert "What came of it." in done.stdout


def test_an_exported_run_is_compared_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "theirs.json"
    first = played()
    assert run("history", "--export", first, str(file)).exit_code == 0
    run("history", "--delete", first, "--yes")
    told = data("compare", played(option=1), str(file), "--json")
    assert told["right"]["who"] == "other"


def test_an_export_never_writes_over_a_file_unless_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine", encoding="utf-8")
    ended = played()
    assert run_guarded(cli, ["history", "--export", ended, str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert run_guarded(cli, ["history", "--export", ended, str(file), "--force"]) == 0


def test_the_own_map_shows_what_was_seen_and_counts_the_rest() -> None:
    played(most=1)
    told = data("map", "how_to_play", "--mine", "--json")
    assert told["runs"] == 1
    assert told["hidden_scenes"] > 0
    assert not told["open"]
    everything = data("map", "how_to_play", "--mine", "--all", "--json")
    assert everything["hidden_scenes"] == 0
    assert "not taken yet" in run("map", "how_to_play", "--mine").stdout


def test_history_tells_first_best_group_and_branches() -> None:
    played("sepideh")
    played("sepideh", option=1)
    listed = data("history", "--json")
    assert set(listed[0]) == {
        "id",
        "story",
        "course",
        "title",
        "edition",
        "earlier_edition",
        "state",
        "ending",
        "ending_title",
        "choices",
        "percent",
        "started",
        "ended",
        "group",
        "branched_from",
        "shared",
        "first",
        "best",
    }
    assert [line["first"] for line in listed] == [False, True]
    assert [line["best"] for line in listed].count(True) == 1
    assert "First and best:" in run("history").stdout


def test_history_opens_a_run_in_lines_and_as_data() -> None:
    ended = played()
    assert "Debrief." in run("history", "--open", ended).stdout
    told = data("history", "--open", ended, "--json")
    assert told["playthrough"] == ended
    assert told["path"]


def test_a_run_is_deleted_only_after_a_yes() -> None:
    ended = played()
    assert (
        "Nothing was deleted" in run("history", "--delete", ended, answers="n\n").stderr
    )
    assert "With --yes" in run("history", "--delete", ended).stderr
    assert len(data("history", "--json")) == 1
    assert (
        run("history", "--delete", ended, answers="y\n").stdout == f"Deleted {ended}.\n"
    )
    assert data("history", "--json") == []


def test_a_run_goes_on_under_the_present_edition() -> None:
    done = run("replay", played(), "--present", "--json")
    assert json.loads(done.stdout.splitlines()[0])["replayed"]["shared"] > 0
    assert "has not been edited" in done.stderr


def test_listings_keep_to_ascii_where_that_is_the_setting() -> None:
    played("omar")
    run("settings", "symbols", "ascii")
    for listing in (("list",), ("history",)):
        said = run(*listing).stdout
        assert "omar" in said
        assert said.isascii()
