"""Asked before something that a leader may not have meant: the first row changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual import on
from textual.widget import Widget

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session import steps
from dialogue_game.tui.base.panel import Panel
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.story_blocks import action_row
from dialogue_game.tui.text.styled import STRONG, line, muted
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.sheet import Sheet

DO: Final = "do"
LEAVE: Final = "leave"
END: Final = "end"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what it would do, and the answers after “go on with the session”."""

    asked: str
    said: str
    answers: tuple[tuple[str, str], ...]


class QuestionDialog(Panel):
    """One question; closes with the id of the answer, "" where the session simply goes on."""

    HEADING = "Before you do that"

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def content(self) -> Iterable[Widget]:
        """What is asked, and the ways on."""
        asked = Block(line(self._question.asked).stylize(STRONG))
        yield Sheet([asked, Block(muted(self._question.said), above=0)])
        rows = [action_row("", "Go on with the session", "1")]
        for number, (answer, text) in enumerate(self._question.answers, 2):
            rows.append(action_row(answer, text, str(number)))
        yield PickList(rows, glyphs=self.glyphs)

    @on(PickList.Picked)
    def choose_row(self, message: PickList.Picked) -> None:
        """The leader has said."""
        self.dismiss(message.row)


def question_before(leading: Facilitation, action: str) -> Question | None:
    """What is asked before an action of a key; None where it is done at once."""
    asks = {"reveal": _reveal, "next": _uncounted, "skip": _skip}.get(action)
    return asks(leading) if asks else None


def leaving(leading: Facilitation, why_not_kept: str) -> Question:
    """Leaving loses nothing of what the journal has; ending is for good."""
    if leading.session.started.rehearsal:
        return Question(
            "Leave the rehearsal?",
            "Nothing of it is kept.",
            ((LEAVE, "Leave the rehearsal"),),
        )
    end = (END, "End it here, for good")
    if why_not_kept:
        said = f"{why_not_kept} Once left, it cannot be resumed."
        return Question("Leave the session?", said, ((LEAVE, "Leave it"), end))
    return Question(
        "Leave the session?",
        "Left, everything waits for you. A session that has ended cannot be resumed.",
        ((LEAVE, "Leave it; everything waits"), end),
    )


def _reveal(leading: Facilitation) -> Question | None:
    if leading.session.step == steps.VOTE_AGAIN:
        return None
    return Question(
        "Show the ballots now?",
        "A talk and a second vote are planned first. A first count sways the second.",
        ((DO, "Show the ballots"),),
    )


def _uncounted(leading: Facilitation) -> Question | None:
    held = leading.shared().ballots
    if held is None or held.cast or held.kept:
        return None
    return Question(
        "Go on without ballots?",
        "No ballot of this round is in. Without one there is nothing to compare later.",
        ((DO, "Go on without them"),),
    )


def _skip(leading: Facilitation) -> Question:
    agenda = leading.shared().agenda
    parts = [part for part in agenda.parts if part.state != "done"] if agenda else []
    now = parts[0].title if parts else "this part"
    ahead = parts[1].title if len(parts) > 1 else "the end of the session"
    return Question(
        f"Skip what is left of “{now}”?",
        f"Next is: {ahead}. u takes it back, until the next step.",
        ((DO, "Skip it"),),
    )
