"""A whole road of each story in plain lines, as it was when it was last read over.

After a change that is meant, write them anew: `TRANSCRIPTS=write uv run --group dev python -m
pytest tests/faces/plain/test_transcripts.py`, and read what `git diff` shows.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.content.build import build_course
from dialogue_game.content.library import shipped_course
from dialogue_game.plain.face import PlainFace
from dialogue_game.plain.talk import Talk

FOLDER = Path(__file__).with_name("transcripts")
STORIES = ("how_to_play", "omar", "sepideh", "gumisai", "should_i_post")


def transcript(story: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The first walk of a story, answered by choice ids at 60 columns, in ASCII."""
    monkeypatch.setenv("COLUMNS", "61")
    walk = build_course(shipped_course()).stories[story].walks[0]
    answers = ["l", *(path.partition(".")[2] for path in walk.pick)]
    game = open_game(flags={"transfer": "off"}, keep=False)
    sink = io.StringIO()
    source = io.StringIO("\n".join(answers) + "\n")
    PlainFace(game, game.start(story), Talk(source, sink, ascii_=True)).play()
    return sink.getvalue()


@pytest.mark.parametrize("story", STORIES)
def test_a_story_reads_in_lines_as_it_did(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told, file = transcript(story, monkeypatch), FOLDER / f"{story}.txt"
    if os.environ.get("TRANSCRIPTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(told, encoding="ascii")
    assert told == file.read_text(encoding="ascii")


@pytest.mark.parametrize("story", STORIES)
def test_lines_fit_a_narrow_serial_line_and_command_nothing(
    story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = transcript(story, monkeypatch)
    words = [word for word in told.split() if len(word) > 60]
    assert [ln for ln in told.split("\n") if len(ln) > 60 and not any(w in ln for w in words)] == []
    assert all(" " <= character <= "~" or character == "\n" for character in told)
    assert "\n\n\n" not in told
