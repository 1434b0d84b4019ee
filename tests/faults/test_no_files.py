"""Kind: pipes, devices, huge and endlessly nested files where a file is expected."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogue_game.app.authoring.reviewing import text_of
from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.files import json_in, put_file
from dialogue_game.content.cache import digest_of
from dialogue_game.content.folders import MAX_BYTES
from dialogue_game.errors import DialogueGameError, FileInTheWay

needs_pipes = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="there are no named pipes here"
)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    with path.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)


def nested(path: Path) -> None:
    path.write_text("[" * 200_000)


@needs_pipes
@pytest.mark.parametrize("made", [pipe, sparse, nested])
@pytest.mark.parametrize("name", ["settings.json", "record_store.json", "keys.json"])
def test_what_is_no_small_file_in_the_data_folder_keeps_nobody_from_playing(
    made: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    made(tmp_path / name)
    with pytest.raises(ValueError, match="It is"):
        json_in(tmp_path / name)
    game = open_game(environment={"DIALOGUE_GAME_HOME": str(tmp_path)})
    assert ("could not be read" in game.trouble) is (name == "settings.json")


@needs_pipes
@pytest.mark.parametrize("made", [pipe, sparse])
def test_a_source_that_is_no_file_is_not_read_for_the_cache(
    made: Callable[[Path], None], tmp_path: Path
) -> None:
    made(tmp_path / "story.yaml")
    with pytest.raises(OSError, match="is no source"):
        digest_of([tmp_path / "story.yaml"], tmp_path / "pictures")


@needs_pipes
def test_a_pipe_is_no_sheet_of_a_reviewer(tmp_path: Path) -> None:
    pipe(tmp_path / "sheet.txt")
    with pytest.raises(DialogueGameError, match="is not a file"):
        text_of(tmp_path / "sheet.txt")


@needs_pipes
def test_a_pipe_is_written_into_and_stays_and_one_that_nobody_reads_is_said(
    tmp_path: Path,
) -> None:
    place = tmp_path / "out.csv"
    pipe(place)
    with pytest.raises(FileInTheWay, match="could not be written"):
        put_file(place, ["a"], force=True)
    reader = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    put_file(place, ["a", "b"])
    assert os.read(reader, 10) == b"ab"
    os.close(reader)
    assert place.is_fifo()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_a_device_is_written_into_and_never_replaced() -> None:
    put_file(Path("/dev/null"), ["a"], force=True)
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    link, real = tmp_path / "link.csv", tmp_path / "real.csv"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("links may not be made here")
    put_file(link, ["a"])
    put_file(link, ["b"], force=True)
    assert link.is_symlink()
    assert real.read_text() == "b"
