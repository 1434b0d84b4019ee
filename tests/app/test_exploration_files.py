"""A run as a file: written whole or not at all, read with suspicion, never journaled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogue_game.app.explore.run_file import read
from dialogue_game.core.events import Reflected, TransferAnswered
from dialogue_game.errors import NotFound, Remedy, RunFileInvalid
from tests import fakes
from tests.app.tales import TALE, edited, play

Change = Callable[[dict[str, Any]], Any]


def exported(tmp_path: Path, *choices: str) -> Path:
    game = fakes.game(TALE)
    file = tmp_path / "theirs.json"
    game.explore.export(play(game, *choices), file)
    return file


def test_another_persons_run_is_compared_with_ones_own(tmp_path: Path) -> None:
    file = exported(tmp_path, "wait", "back", "sit")
    game = fakes.game(TALE)
    compared = game.explore.compare(play(game, "tell", "sit"), file)
    assert (compared.left.who, compared.right.who) == ("you", "other")
    assert compared.one_edition
    assert len(game.history()) == 1


def test_a_run_of_another_edition_brings_its_story_along(tmp_path: Path) -> None:
    file = exported(tmp_path, "tell", "sit")
    game = fakes.game(edited(TALE, title="A Tale, edited"))
    compared = game.explore.compare(play(game, "tell", "shout"), file)
    assert not compared.one_edition
    assert len(compared.shared) == 1


def test_the_journal_never_hears_of_a_file(tmp_path: Path) -> None:
    file = exported(tmp_path, "leave")
    game = fakes.game()
    read(file)
    assert game.store.editions() == ()
    assert game.store.streams() == ()


def test_what_a_person_wrote_for_themselves_stays_at_home(tmp_path: Path) -> None:
    game = fakes.game(TALE)
    run = play(game, "leave")
    player = game.open(run)
    player.reflect("My secret.")
    player.answer_transfer("badge", 0)
    file = tmp_path / "run.json"
    game.explore.export(run, file)
    assert "My secret." not in file.read_text(encoding="utf-8")
    kept = read(file).events
    assert not any(isinstance(event, Reflected | TransferAnswered) for event in kept)


def test_a_file_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    game = fakes.game(TALE)
    run, file = play(game, "leave"), tmp_path / "run.json"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(RunFileInvalid, match="there already") as refused:
        game.explore.export(run, file)
    assert refused.value.remedy is Remedy.WRITE_ELSEWHERE
    assert file.read_text(encoding="utf-8") == "mine"
    game.explore.export(run, file, force=True)
    assert read(file).run == run
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    game = fakes.game(TALE)
    with pytest.raises(RunFileInvalid, match="could not be written"):
        game.explore.export(play(game, "leave"), tmp_path / "no" / "run.json")


def test_a_run_that_is_not_there_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        fakes.game(TALE).explore.export("nope", tmp_path / "run.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "other"}',
    ],
)
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(RunFileInvalid, match="not an exported run"):
        read(file)


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFileInvalid, match="could not be read"):
        read(tmp_path / "gone.json")
    large = tmp_path / "large.json"
    with large.open("wb") as sink:
        sink.truncate(17 * 1024 * 1024)
    with pytest.raises(RunFileInvalid, match="too large"):
        read(large)


def changed(*path: str | int, to: Any) -> Change:
    def change(data: dict[str, Any]) -> None:
        here: Any = data
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("edition", to=None),
        changed("edition", "start", to="nowhere"),
        changed("edition", "scenes", to={}),
        changed(
            "edition",
            "scenes",
            "hall",
            "choices",
            "tell",
            "effects",
            to=["nobody += 1"],
        ),
        changed(
            "edition", "scenes", "room", "choices", "sit", "when", to="__import__('os')"
        ),
        changed(
            "edition", "scenes", "room", "choices", "sit", "references", to=["gone"]
        ),
        changed("run", to=[]),
        changed("run", "choices", to=[{"scene": "hall"}]),
        changed("run", "choices", 0, "scene", to="room"),
        changed("run", "choices", 1, "choice", to="fly"),
        changed("run", "choices", to=[{"scene": "hall", "choice": "leave"}] * 2),
        changed("version", to=99),
    ],
)
def test_a_run_that_does_not_fit_its_story_is_refused_in_one_sentence(
    tmp_path: Path, change: Change
) -> None:
    file = exported(tmp_path, "tell", "sit")
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RunFileInvalid):
        read(file)


def test_a_locked_choice_in_a_file_is_not_believed(tmp_path: Path) -> None:
    file = exported(tmp_path, "wait", "back", "sit")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["run"]["choices"][2]["choice"] = "ask"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RunFileInvalid, match="does not fit the story"):
        read(file)


def test_a_paused_run_can_be_exported_too(tmp_path: Path) -> None:
    file = exported(tmp_path, "wait")
    assert len(read(file).choices) == 1
