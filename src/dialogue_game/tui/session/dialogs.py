"""What opens over the shared screen, and what is done with the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from dialogue_game.app.session.facilitation import Facilitation
from dialogue_game.core.session.session_state import Session
from dialogue_game.errors import NotNow
from dialogue_game.tui.base.panel import LineDialog
from dialogue_game.tui.session.question_dialog import (
    END,
    LEAVE,
    Question,
    QuestionDialog,
    leaving,
)

if TYPE_CHECKING:
    from dialogue_game.tui.base.panel import Panel
    from dialogue_game.tui.session.shared_screen import SharedScreen

MOST_DIGITS: Final = 6


NAMED: Final = re.compile(r"\s*(entity|leader)\s*[:=]\s*", re.IGNORECASE)


def say_who_is_here(leading: Facilitation, text: str) -> None:
    """Set how many people are here, or a name for the record. Raises NotNow for anything else."""
    if named := NAMED.match(text):
        leading.name(**{named[1].casefold(): text[named.end() :]})
        return
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise NotNow(f"“{text[:20]}” is not a number.", "For example: 12.")
    leading.headcount(int(text))


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
        from dialogue_game.tui.session.qr_panel import PhonesPanel

        if screen.leading.phones is None:
            screen.phones.serve()
        if screen.leading.phones is not None:
            await screen.app.push_screen_wait(PhonesPanel(screen))
    else:
        screen.app.push_screen(_panel(screen, name))


async def _write_line(screen: SharedScreen, name: str) -> None:
    """One line for the session; what is refused is there again to be mended."""
    title, question, take = LINES[name]
    if name == "headcount":
        session = screen.leading.session
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
            screen.do(lambda text=text: take(screen.leading, text)) if text else ""  # type: ignore[misc]
        )
        if not refused:
            return


def _named(session: Session) -> str:
    """What the record names."""
    started = session.started
    return f"entity: {started.entity or 'none'}; leader: {started.leader or 'none'}"


async def _play_other_path(screen: SharedScreen) -> None:
    """One option that was not taken, together."""
    from dialogue_game.tui.session.other_path_dialog import OtherPathDialog

    answer = await screen.app.push_screen_wait(OtherPathDialog(screen.view.other_roads))
    if answer:
        decision, _, option = answer.partition(" ")
        screen.do(lambda: screen.leading.other_path(int(decision), option))


async def _show_notes(screen: SharedScreen) -> None:
    """The leader's notes; the shared view goes dark for everybody until they are closed."""
    from dialogue_game.tui.session.notes_panel import NotesPanel

    leading = screen.leading
    darkened = not leading.session.blanked and not screen.do(leading.blank)
    await screen.app.push_screen_wait(NotesPanel(leading))
    if darkened:
        screen.do(leading.blank)


def _panel(screen: SharedScreen, name: str) -> Panel:
    view = screen.view
    if name == "code":
        from dialogue_game.tui.session.qr_panel import QrPanel

        return QrPanel(view.evaluation.url if view.evaluation else "")
    if name == "agenda" and view.agenda is not None:
        from dialogue_game.tui.session.agenda_panel import AgendaPanel

        return AgendaPanel(view.agenda)
    from dialogue_game.tui.session.session_help_panel import SessionHelpPanel

    return SessionHelpPanel()


async def ask_first(
    screen: SharedScreen, question: Question, action: Callable[[], object]
) -> None:
    """Do it once the leader has said that it is meant."""
    if await screen.app.push_screen_wait(QuestionDialog(question)):
        screen.do(action)


async def ask_to_leave(screen: SharedScreen) -> None:
    """Leave the session, or end it, or go on."""
    why = screen.game.why_not_kept(screen.leading.id)
    answer = await screen.app.push_screen_wait(
        QuestionDialog(leaving(screen.leading, why))
    )
    if answer == LEAVE:
        screen.action_leave(LEAVE)
    elif answer == END:
        screen.do(screen.leading.end)
