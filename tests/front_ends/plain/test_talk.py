"""The plain face's voice: stops at sentence ends, help at a prompt, an answer always heard."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dialogue_game.app.settings import Settings
from dialogue_game.core.text import safe
from dialogue_game.plain.console import Console
from dialogue_game.plain.home import show_home
from dialogue_game.plain.playthrough import PlainPlay
from tests import fakes
from tests.builders import choice, scene, story

SENTENCE = "Here is a sentence that has some words in it, and it ends."
MORE = "More (Enter, ? for help):"


class Terminal(io.StringIO):
    """An input at which a person sits."""

    def isatty(self) -> bool:
        return True


class Reader(Terminal):
    """Presses Enter at every stop, and answers questions in turn."""

    def __init__(self, answers: str, sink: io.StringIO) -> None:
        super().__init__(answers)
        self._sink = sink

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        if self._sink.getvalue().rstrip().endswith(MORE):
            return "\n"
        return super().readline(size)


def talked(
    answers: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    stops: bool = True,
    person: bool = True,
) -> tuple[Console, io.StringIO]:
    """A voice at a terminal of 60 columns and 12 rows: ten lines at once."""
    monkeypatch.setenv("COLUMNS", "61")
    monkeypatch.setenv("LINES", "12")
    sink = io.StringIO()
    source = Terminal(answers) if person else io.StringIO(answers)
    return Console(source, sink, stops=stops), sink


def pages(said: str) -> list[str]:
    return said.split(MORE)


def test_long_text_stops_at_the_end_of_a_sentence_and_nothing_of_it_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console, sink = talked("\n\n\n", monkeypatch)
    console.say(" ".join([SENTENCE] * 25))
    told = pages(sink.getvalue())
    assert len(told) == 3
    for page in told:
        assert page.rstrip().endswith("ends.")
        assert len(page.strip("\n").split("\n")) <= 10
    assert " ".join("".join(told).split()) == " ".join([SENTENCE] * 25)


def test_paragraphs_that_fit_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    console, sink = talked("\n\n", monkeypatch)
    console.all([" ".join([SENTENCE] * 6), " ".join([SENTENCE] * 6)])
    first, second = pages(sink.getvalue())
    assert first.count(SENTENCE.partition(" ")[0]) >= 6
    assert second.strip()


def test_one_endless_sentence_is_said_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    console, sink = talked("\n", monkeypatch)
    console.say("word " * 400)
    assert MORE not in sink.getvalue()
    assert sink.getvalue().count("word") == 400


def test_a_list_that_is_read_as_one_is_not_parted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console, sink = talked("\n", monkeypatch)
    console.say(" ".join([SENTENCE] * 6))
    console.together(["What do you do?", *(f"{number}. Go." for number in range(1, 7))])
    before, after = pages(sink.getvalue())
    assert "What do you do?" not in before
    assert after.strip().startswith("What do you do?")
    assert after.rstrip().endswith("6. Go.")


def test_a_question_begins_a_new_page(monkeypatch: pytest.MonkeyPatch) -> None:
    console, sink = talked("1\n2\n", monkeypatch)
    for _ in range(2):
        console.say(" ".join([SENTENCE] * 7))
        console.ask("Which?")
    assert MORE not in sink.getvalue()


def test_help_is_there_at_a_stop_and_a_wrong_answer_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console, sink = talked("?\nwhat\n\n", monkeypatch)
    console.say(" ".join([SENTENCE] * 18))
    assert sink.getvalue().count("Enter reads on. s reads to the next question") == 2
    assert len(pages(sink.getvalue())) == 4


@pytest.mark.parametrize(("answer", "said"), [("s", False), ("q", True), ("", False)])
def test_the_rest_can_be_heard_without_a_stop(
    answer: str, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the input ends: nobody is asked again."""
    console, sink = talked(f"{answer}\n" if answer else "", monkeypatch)
    console.say(" ".join([SENTENCE] * 80))
    assert len(pages(sink.getvalue())) == 2
    assert ("You can leave at the next question." in sink.getvalue()) == said


def test_after_a_question_the_stops_are_back(monkeypatch: pytest.MonkeyPatch) -> None:
    console, sink = talked("s\nyes\n\n", monkeypatch)
    console.say(" ".join([SENTENCE] * 25))
    console.ask("Which?")
    console.say(" ".join([SENTENCE] * 18))
    assert len(pages(sink.getvalue())) == 3


@pytest.mark.parametrize(("stops", "person"), [(False, True), (True, False)])
def test_neither_a_pipe_nor_a_person_who_turned_them_off_meets_a_stop(
    stops: bool, person: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    console, sink = talked("", monkeypatch, stops=stops, person=person)
    console.say(" ".join([SENTENCE] * 80))
    assert MORE not in sink.getvalue()


def test_a_prompt_is_no_wider_than_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    console, sink = talked("\n", monkeypatch)
    console.ask(
        "A question that is rather long, so that it would not fit (Enter, ? for help)?"
    )
    assert max(map(len, sink.getvalue().split("\n"))) <= 61


def test_a_prompt_with_help_gives_it_and_asks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console, sink = talked("?\nhelp\nyes\n", monkeypatch)
    assert console.ask("Which?", "Type yes or no.") == "yes"
    assert sink.getvalue().count("Type yes or no.") == 2


def test_a_whole_story_is_read_at_a_terminal_stop_by_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game = fakes.game(
        story(scene("hall", choice("in", "room")), scene("room", choice("sit")))
    )
    _, sink = talked("", monkeypatch)
    reader = Reader("1\n?\nwhat\n\n1\n\n\n\n", sink)
    PlainPlay(game, game.start("tale"), Console(reader, sink, stops=True)).play()
    said = " ".join(sink.getvalue().split())
    assert MORE in said
    assert "Enter reads on; the next choice comes after that." in said
    assert "Press Enter to read on. The next choice comes after that." in said
    assert "The end: " in said


def test_settings_hold_at_once_for_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story(scene("hall", choice("in", text="Say “no”.")))
    game = fakes.game(told, folder=tmp_path)
    console, sink = talked("c more off\nc symbols ascii\n1\nq\nq\n", monkeypatch)
    show_home(game, console)
    assert not console.stops
    before, after = sink.getvalue().split("symbols is now ascii.")
    assert 'Say "no".' in after
    assert after.isascii()
    assert safe(before)


@pytest.mark.parametrize("person", [True, False])
def test_a_first_visit_is_told_how_it_goes_and_a_person_is_told_once(
    person: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = fakes.game(story(scene("hall", choice("in"))), folder=tmp_path)
    game.settings = Settings()
    for told in (True, not person):
        console, sink = talked("s\nq\n", monkeypatch, stops=False, person=person)
        show_home(game, console)
        assert ("A wrong turn is useful here." in sink.getvalue()) == told


def test_drawers_are_there_within_a_story(tmp_path: Path) -> None:
    game = fakes.game(story(scene("hall", choice("in"))), folder=tmp_path)
    sink = io.StringIO()
    answers = "a\nm\nc\nr all\nr all 1\nc coaching end\nin\n\n"
    PlainPlay(game, game.start("tale"), Console(io.StringIO(answers), sink)).play()
    said = sink.getvalue()
    for heading in (
        "Good to know.",
        "Your map.",
        "Settings.",
        "References.",
        "CODE/1.",
    ):
        assert heading in said, heading
    assert game.settings.coaching == "end"
    opened = [type(event).__name__ for event in game.open("run1").events]
    assert "ReferenceOpened" in opened


def test_where_nothing_can_be_saved_help_says_what_each_answer_means() -> None:
    store = fakes.FailingStore()
    game = fakes.game(story(scene("hall", choice("in"))), store=store)
    player = game.start("tale")
    store.fail()
    sink = io.StringIO()
    PlainPlay(game, player, Console(io.StringIO("1\n?\nx\nw\n\n"), sink)).play()
    said = " ".join(sink.getvalue().split())
    assert "w goes on without saving" in said
    assert "That was not understood. Type t or w." in said
    assert "Nothing is saved from here." in said
    assert "The end: " in said


@pytest.mark.parametrize("answer", ["?", "q", ""])
def test_no_answer_but_a_line_of_ones_own_is_kept_as_one(answer: str) -> None:
    game = fakes.game(story(scene("hall", choice("in"))))
    sink = io.StringIO()
    PlainPlay(
        game, game.start("tale"), Console(io.StringIO(f"in\n{answer}\n\n"), sink)
    ).play()
    assert game.open("run1").debrief().reflection == ""
    assert "Skipped." in sink.getvalue()
