"""What opens over the shared screen, and what is done with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dialogue_game.tui.base.host import Host
from dialogue_game.tui.base.line_dialog import LineDialog
from dialogue_game.tui.base.wishes import Led

if TYPE_CHECKING:
    from dialogue_game.tui.base.panel import Panel

WRITTEN: Final[Mapping[str, tuple[str, str]]] = {
    "minority": ("The minority’s reason", "What would have to be true? Without names."),
    "park": ("For later", "What do we keep in the parking lot? Without names."),
    "takeaway": ("What we take home", "One line, in the room’s words. Without names."),
    "headcount": ("How many are here", "How many people are in the room now?"),
}
"""Title and question for each line that can be written."""
END: Final = "end"


def open_drawer(app: Host, room: Led, name: str) -> None:
    """Open what is asked for by name."""
    if name in WRITTEN:
        _write(app, room, name, "")
        return
    opened, command = _made(room, name)

    def answered(answer: str | None) -> None:
        if answer and command:
            room.do(f"{command} {answer}" if command != END else END)

    app.push_screen(opened, answered)


def _write(app: Host, room: Led, word: str, text: str, trouble: str = "") -> None:
    """One line for the session; what is refused is there again to be mended."""

    def named(answer: str | None) -> None:
        refused = room.do(f"{word} {answer}") if answer else ""
        if answer and refused:
            _write(app, room, word, answer, refused)

    app.push_screen(LineDialog(*WRITTEN[word], text, trouble), named)


def _made(room: Led, name: str) -> tuple[Panel, str]:
    """The drawer of that name, and the command that its answer belongs to."""
    view = room.view
    if name == "road":
        from dialogue_game.tui.session.other_path_dialog import OtherPathDialog

        return OtherPathDialog(view.other_roads), "road"
    if name == "end":
        from dialogue_game.tui.session.end_dialog import EndSessionDialog

        return EndSessionDialog(), END
    if name == "code":
        from dialogue_game.tui.session.qr_panel import QrPanel

        return QrPanel(view.evaluation.url if view.evaluation else ""), ""
    if name == "notes":
        from dialogue_game.tui.session.notes_panel import NotesPanel

        return NotesPanel(room), ""
    if name == "agenda" and view.agenda is not None:
        from dialogue_game.tui.session.agenda_panel import AgendaPanel

        return AgendaPanel(view.agenda), ""
    from dialogue_game.tui.session.session_help_panel import SessionHelpPanel

    return SessionHelpPanel(), ""
