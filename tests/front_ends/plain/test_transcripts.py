"""Whole sessions with each story in plain lines, as they were when they were last read over.

Between them they hold everything that the plain face can do for one person. After a change that
is meant, write them anew: `TRANSCRIPTS=write uv run --group dev python -m pytest
tests/front_ends/plain/test_transcripts.py`, and read what `git diff` shows.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count, pairwise
from pathlib import Path

import pytest

from dialogue_game.app.bootstrap import open_game
from dialogue_game.app.game import Game
from dialogue_game.content.build_course import build_course
from dialogue_game.content.build_story import BuiltStory
from dialogue_game.content.library import shipped_course
from dialogue_game.plain.console import Console
from dialogue_game.plain.home import show_home
from tests.fakes import TickingClock

FOLDER = Path(__file__).with_name("transcripts")
WIDTH = 60
DRAWN = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff]"
)
"""Arrows, boxes, blocks, shapes: nothing of it reads well aloud."""

SEED = 7
"""Options stand in one order, although a story shuffles them."""

PROMPTS = (
    *(
        "Which one (",
        "Your choice (",
        "Your answer (",
        "What now (",
        "One line of your own.",
    ),
    *("y to take it", "Enter goes on where", "Back to which", "Delete it for good?"),
    "A scene's number, an option as",
)
PROMPT_END = re.compile(r"(help\)|q to leave\))[:?] ")


@cache
def shipped() -> Mapping[str, BuiltStory]:
    """The stories of the shipped course."""
    return build_course(shipped_course()).stories


def walk(story: str, number: int = 0) -> list[str]:
    """The choices of one of a story's own walks."""
    recorded = shipped()[story].walks[number]
    return [path.partition(".")[2] for path in recorded.pick]


@cache
def scripts() -> dict[str, list[str]]:
    """What is typed in each session: a number at Home first, and q at its end."""
    tutorial, omar, gumisai = walk("how_to_play"), walk("omar"), walk("gumisai")
    sepideh, aid = walk("sepideh", 2), walk("should_i_post")
    return {
        # Help everywhere, settings, everything beside a story; stopped and gone on with.
        "how_to_play": [
            *(
                "?",
                "i",
                "g",
                "c",
                "c coaching end",
                "c coaching after",
                "c coaching never",
            ),
            *(
                "1",
                "?",
                "l",
                "99",
                "",
                "b",
                "r",
                tutorial[0],
                "r",
                "r 1",
                "b",
                "m",
                "e",
                "",
                "q",
            ),
            *(
                "1",
                "?",
                "perhaps",
                "",
                *tutorial[1:],
                "?",
                "knock before I take a picture",
            ),
            *("m 1", "nonsense", "e", "e1", "", "t", "q"),
        ],
        # Played, then a decision taken anew from history, and both runs compared.
        "omar": [
            *(
                "2",
                "l",
                *omar,
                "1",
                "perhaps",
                "?",
                "",
                "",
                "",
                "?",
                "n",
                "never mind",
                "",
            ),
            *("h", "?", "r 1", "?", "11", "2", "", "", "", "q", ""),
            *("h", "c 1 2", "o 2", "d 1", "?", "", ""),
            *("m 2", "e", "", "q"),
        ],
        # Coaching at the end, references of the course, and another road from the debrief.
        "sepideh": [
            *("c coaching end", "3", "l", "r all", "r all 3", "g", *sepideh),
            *("", "?", "7", "2", "", "", "y", "1", "q", "q"),
        ],
        # A post of one's own, checked in the middle of a story.
        "gumisai": [
            "4",
            "t",
            gumisai[0],
            "s",
            "l",
            *aid,
            *gumisai[1:],
            "",
            "",
            "",
            "",
            "",
            "q",
        ],
        "should_i_post": ["s", "l", *aid, "r", "r 2", "q"],
    }


def visited(
    answers: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    ascii_: bool = False,
    welcomed: str = "yes",
) -> tuple[str, Game]:
    """What a pipe reads at 60 columns, and the game as it was left."""
    monkeypatch.setenv("COLUMNS", str(WIDTH + 1))
    monkeypatch.setattr("dialogue_game.app.game.random_seed", lambda: SEED)
    flags = {"symbols": "ascii" if ascii_ else None, "welcomed": welcomed}
    game = open_game(flags=flags, keep=False)
    numbers = count(1)
    game.clock, game.new_id = TickingClock(), lambda: f"run{next(numbers)}"
    sink = io.StringIO()
    show_home(
        game, Console(io.StringIO("\n".join(answers) + "\n"), sink, ascii_=ascii_)
    )
    return sink.getvalue(), game


def typed(name: str) -> list[str]:
    return scripts()[name.removesuffix("_ascii")]


def without_answers(told: str, name: str) -> list[str]:
    """The lines as they were said, before something was typed behind them."""
    answers = "|".join(map(re.escape, sorted(typed(name), key=len, reverse=True)))
    return re.sub(rf"(?<=[?:] )({answers})$", "", told, flags=re.MULTILINE).split("\n")


@pytest.fixture(scope="module", params=[*scripts(), "how_to_play_ascii"])
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str]:
    """A session's name and its transcript; one of them once more in ASCII."""
    name = str(request.param)
    plain = name.removesuffix("_ascii")
    welcomed = "no" if plain == "how_to_play" else "yes"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIALOGUE_GAME_HOME", str(tmp_path_factory.mktemp("home")))
        told, _ = visited(typed(name), patch, ascii_=name != plain, welcomed=welcomed)
    return name, told


def test_a_session_reads_in_lines_as_it_did(session: tuple[str, str]) -> None:
    name, told = session
    file = FOLDER / f"{name}.txt"
    if os.environ.get("TRANSCRIPTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def test_every_answer_was_asked_for_and_heard(session: tuple[str, str]) -> None:
    """A script that has run out would end in the middle; one too long would not be read whole."""
    name, told = session
    assert told.endswith("\nLeft. Nothing was being saved.\n")
    assert [answer for answer in typed(name) if f" {answer}\n" not in told] == []


def test_no_answer_is_passed_over_in_silence(session: tuple[str, str]) -> None:
    """Between a prompt and the next one something is always said."""
    name, told = session
    paragraphs = [part for part in told.split("\n\n") if part.startswith(PROMPTS)]
    assert len(paragraphs) == len(typed(name))
    silent = [
        part
        for part, after in pairwise(told.split("\n\n"))
        if part.startswith(PROMPTS) and after.startswith(PROMPTS) and not heard(part)
    ]
    assert silent == []


def heard(paragraph: str) -> bool:
    """Whether something is said after the prompt, which may be of two lines."""
    prompt, *rest = paragraph.split("\n")
    return len(rest) > (0 if PROMPT_END.search(prompt) else 1)


def test_lines_fit_a_narrow_serial_line_and_command_nothing(
    session: tuple[str, str],
) -> None:
    name, told = session
    long = [line for line in without_answers(told, name) if len(line) > WIDTH]
    assert [line for line in long if max(map(len, line.split())) < WIDTH] == []
    assert all(character == "\n" or character.isprintable() for character in told)
    assert DRAWN.findall(told) == []
    assert told.isascii() == name.endswith("_ascii")
    assert "\n\n\n" not in told


@pytest.mark.parametrize("name", scripts())
def test_asking_for_help_at_every_prompt_is_answered_each_time_and_changes_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = scripts()[name]
    _, game = visited(answers, monkeypatch)
    said, asked = visited(
        [line for answer in answers for line in ("?", answer)], monkeypatch
    )
    lines = [line for line in said.split("\n") if line]
    helped = [
        after for line, after in pairwise(lines) if line.endswith((" ?", "help): ?"))
    ]
    assert len(helped) == len(answers) + answers.count("?")
    assert not [line for line in helped if line.endswith(("?", "):"))]
    assert left(asked) == left(game)
    assert asked.settings == game.settings


def left(game: Game) -> list[tuple[str, list[object]]]:
    """Everything that was recorded, without times."""
    return [
        (info.id, [recorded.event for recorded in game.store.read(info.id)])
        for info in sorted(game.store.streams(), key=lambda info: info.id)
    ]
