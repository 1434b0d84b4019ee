"""What opens over the shared screen, and what is done with the answer.

Before something that a leader may not have meant, it asks; the first row changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.app.session.shared_view import OtherPath
from dialogue_game.core.session import steps
from dialogue_game.core.session.session_state import Session
from dialogue_game.errors import NotNow
from dialogue_game.tui.base.panel import ChoiceDialog, LineDialog
from dialogue_game.tui.text.layout import Block, ListRow, heading, remark, statement
from dialogue_game.tui.text.story_blocks import action_rows
from dialogue_game.tui.text.styled import joined, line, muted, strong

if TYPE_CHECKING:
    from dialogue_game.tui.base.panel import Panel
    from dialogue_game.tui.session.shared_screen import SharedScreen

MOST_DIGITS: Final = 6


NAMED: Final = re.compile(r"\s*(entity|leader)\s*[:=]\s*", re.IGNORECASE)


def say_who_is_here(facilitation: Facilitation, text: str) -> None:
    """Set how many people are here, or a name for the record. Raises NotNow for anything else."""
    if named := NAMED.match(text):
        facilitation.name(**{named[1].casefold(): text[named.end() :]})
        return
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise NotNow(f"“{text[:20]}” is not a number.", "For example: 12.")
    facilitation.headcount(int(text))


LINES: Final[Mapping[str, tuple[str, str, Callable[[Facilitation, str], None]]]] = {
    "minority": (
        "The minority’s reason",
        "What would have to be true? Begin with the letter, as in C: … Without names.",
        Facilitation.minority,
    ),
    "park": (
        "For later",
        "What do we keep in the parking lot? Without names.",
        Facilitation.park,
    ),
    "takeaway": (
        "What we take home",
        "One line, in the room’s words. Without names.",
        Facilitation.takeaway,
    ),
    "headcount": (
        "Who is here",
        "How many people are in the room now? Or, for the record, entity: … or leader: …",
        say_who_is_here,
    ),
}
"""Title, question and what is done with it, for each line that can be written."""


async def open_dialog(screen: SharedScreen, name: str) -> None:
    """Open what is asked for by name, and do what it is answered with."""
    if name in LINES:
        await _write_line(screen, name)
    elif name == "other_path":
        await _play_other_path(screen)
    elif name == "notes":
        await _show_notes(screen)
    elif name == "phones":
        from dialogue_game.tui.session.session_panels import PhonesPanel

        if screen.facilitation.phones is None:
            screen.phones.serve()
        if screen.facilitation.phones is not None:
            await screen.app.push_screen_wait(PhonesPanel(screen))
    else:
        screen.app.push_screen(_panel(screen, name))


async def _write_line(screen: SharedScreen, name: str) -> None:
    """One line for the session; what is refused is there again to be mended."""
    title, question, take = LINES[name]
    if name == "headcount":
        session = screen.facilitation.session
        known = f"Now: {session.headcount}; {_named(session)}."
        question = f"{question}\n{known}"
    if name == "minority":
        options = (o for o in screen.view.options if o.available)
        question = "\n".join((question, *(f"{o.letter}: {o.text}" for o in options)))
    text = refused = ""
    while True:
        dialog = LineDialog(title, question, text, refused)
        text = await screen.app.push_screen_wait(dialog) or ""
        refused = (
            screen.do(lambda text=text: take(screen.facilitation, text)) if text else ""  # type: ignore[misc]
        )
        if not refused:
            return


def _named(session: Session) -> str:
    """What the record names."""
    started = session.started
    return f"entity: {started.entity or 'none'}; leader: {started.leader or 'none'}"


async def _play_other_path(screen: SharedScreen) -> None:
    """One option that was not taken, together."""
    answer = await screen.app.push_screen_wait(OtherPathDialog(screen.view.other_roads))
    if answer:
        decision, _, option = answer.partition(" ")
        screen.do(lambda: screen.facilitation.other_path(int(decision), option))


async def _show_notes(screen: SharedScreen) -> None:
    """The leader's notes; the shared view goes dark for everybody until they are closed."""
    from dialogue_game.tui.session.companion_screen import NotesPanel

    facilitation = screen.facilitation
    darkened = not facilitation.session.blanked and not screen.do(facilitation.blank)
    await screen.app.push_screen_wait(NotesPanel(facilitation))
    if darkened:
        screen.do(facilitation.blank)


def _panel(screen: SharedScreen, name: str) -> Panel:
    view = screen.view
    if name == "code":
        from dialogue_game.tui.session.session_panels import QrPanel

        return QrPanel(view.evaluation.url if view.evaluation else "")
    if name == "agenda" and view.agenda is not None:
        from dialogue_game.tui.session.session_panels import AgendaPanel

        return AgendaPanel(view.agenda)
    from dialogue_game.tui.session.session_panels import SessionHelpPanel

    return SessionHelpPanel()


async def ask_first(
    screen: SharedScreen, question: Question, action: Callable[[], object]
) -> None:
    """Do it once the leader has said that it is meant."""
    if await screen.app.push_screen_wait(QuestionDialog(question)):
        screen.do(action)


async def ask_to_leave(screen: SharedScreen) -> None:
    """Leave the session, or end it, or go on."""
    why = screen.game.why_not_kept(screen.facilitation.id)
    answer = await screen.app.push_screen_wait(
        QuestionDialog(leaving(screen.facilitation, why))
    )
    if answer == LEAVE:
        screen.action_leave(LEAVE)
    elif answer == END:
        screen.do(screen.facilitation.end)


DO: Final = "do"
LEAVE: Final = "leave"
END: Final = "end"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what it would do, and the answers after “go on with the session”."""

    question: str
    said: str
    answers: tuple[tuple[str, str], ...]


class QuestionDialog(ChoiceDialog):
    """One question; closes with the id of the answer, "" where the session simply goes on."""

    HEADING = "Before you do that"

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def question(self) -> Iterable[Block]:
        """What is asked."""
        yield heading(self._question.question)
        yield remark(self._question.said, above=0)

    def answers(self) -> list[ListRow]:
        """The ways on; the first changes nothing."""
        answers = (("", "Go on with the session"), *self._question.answers)
        return action_rows(answers)


def question_before(facilitation: Facilitation, action: str) -> Question | None:
    """What is asked before an action of a key; None where it is done at once."""
    asks = {"reveal": _reveal, "next": _uncounted, "skip": _skip}.get(action)
    return asks(facilitation) if asks else None


def leaving(facilitation: Facilitation, why_not_kept: str) -> Question:
    """Leaving loses nothing of what the journal has; ending is for good."""
    if facilitation.session.started.rehearsal:
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


def _reveal(facilitation: Facilitation) -> Question | None:
    if facilitation.session.step == steps.VOTE_AGAIN:
        return None
    return Question(
        "Show the ballots now?",
        "A talk and a second vote are planned first. A first count sways the second.",
        ((DO, "Show the ballots"),),
    )


def _uncounted(facilitation: Facilitation) -> Question | None:
    held = facilitation.shared().ballots
    if held is None or held.cast or held.kept:
        return None
    return Question(
        "Go on without ballots?",
        "No ballot of this round is in. Without one there is nothing to compare later.",
        ((DO, "Go on without them"),),
    )


def _skip(facilitation: Facilitation) -> Question:
    agenda = facilitation.shared().agenda
    parts = [part for part in agenda.parts if part.state != "done"] if agenda else []
    now = parts[0].title if parts else "this part"
    ahead = parts[1].title if len(parts) > 1 else "the end of the session"
    return Question(
        f"Skip what is left of “{now}”?",
        f"Next is: {ahead}. u takes it back, until the next step.",
        ((DO, "Skip it"),),
    )


LINES_A_ROW: Final = 3
"""How many lines an option and its decision take at most, as a rule."""


class OtherPathDialog(ChoiceDialog):
    """Each decision with its other options. Closes with decision and option, as "2 ask"."""

    HEADING = "The other road, together"

    def __init__(self, paths: Sequence[OtherPath]) -> None:
        super().__init__()
        self._paths = paths

    def question(self) -> Iterable[Block]:
        """What that does."""
        yield statement("Which one did a minority want?")
        yield remark("Both roads are kept, and can be compared later.", above=0)

    def answers(self) -> list[ListRow]:
        """A row for each option that was not taken."""
        return path_rows(self._paths)

    def action_turn(self, pages: int) -> None:
        """A page of options on: the cursor goes along, so that Enter never takes an unseen one."""
        rows = max(1, self.reading.size.height // LINES_A_ROW)
        last = len(self.rows.rows) - 1
        self.rows.cursor = max(0, min(self.rows.cursor + pages * rows, last))


def path_rows(paths: Sequence[OtherPath]) -> list[ListRow]:
    """A row for each option that was not taken, with its decision."""
    rows: list[ListRow] = []
    for path in paths:
        for option in path.options:
            number = len(rows) + 1
            sentence = f"Decision {path.decision}: {path.title}"
            if option.letter == path.wanted:
                sentence += ". Most of the others chose this."
            rows.append(
                ListRow(
                    f"{path.decision} {option.id}",
                    joined([strong(option.letter), line(option.text)], "  "),
                    key=str(number) if number <= 9 else "",
                    note=muted(sentence),
                )
            )
    return rows
