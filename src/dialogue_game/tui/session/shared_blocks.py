"""What the room may see, as blocks and rows: from a `SharedView` alone, and no widgets here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from textual.content import Content

from dialogue_game.app.session.agenda import ON_TIME, Agenda
from dialogue_game.app.session.shared_view import SharedOption, SharedView
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import TYPED
from dialogue_game.tui.text.layout import Block, ListRow, heading
from dialogue_game.tui.text.styled import (
    ACCENT,
    ASCII,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
    strong,
)

TIMED: Final = (steps.COMMIT, steps.TALK, steps.MONDAY)
"""Steps whose clock stands in big digits; the others have it in words."""
ASIDE: Final = (
    steps.COMMIT,
    steps.VOTE,
    steps.TALK,
    steps.VOTE_AGAIN,
    steps.REVEAL,
    steps.MINORITY,
)
"""Steps at which the scene was read already, and is there again for a key."""
OUTCOMES: Final = (steps.CONSEQUENCE, steps.COACHING)
"""Steps at which the room reads what comes of its choice."""


def where(view: SharedView, glyphs: Glyphs) -> Content:
    """The left of the first line: which decision of which scenario; a narrow one cuts the end."""
    decision = f"{view.progress} {glyphs.dot} " if view.progress else ""
    return line(f"{decision}{view.scenario or 'dialogue-game'}").stylize(MUTED)


def when(view: SharedView) -> Content:
    """The right of the first line: the minute, and ahead or behind; a rehearsal says so."""
    if view.agenda is None:
        return NOTHING
    rehearsal = "Rehearsal. " if view.rehearsal else ""
    return line(f"{rehearsal}{minute_words(view.agenda)}").stylize(MUTED)


def minute_words(agenda: Agenda) -> str:
    """The minute of the session, and its drift, short enough for a narrow screen."""
    sentence = f"Minute {agenda.elapsed // 60} of {agenda.minutes}"
    if abs(agenda.drift) < ON_TIME:
        return f"{sentence}, on time"
    minutes = round(abs(agenda.drift) / 60)
    return f"{sentence}, {minutes} {'behind' if agenda.drift > 0 else 'ahead'}"


def figure(view: SharedView, glyphs: Glyphs) -> str:
    """What stands in big digits: how many ballots are in, or what is left of the step.

    They are drawn with lines; where those cannot be shown, the words beside them say the same.
    """
    if glyphs is ASCII:
        return ""
    if view.ballots is not None:
        return str(view.ballots.cast)
    if view.step not in TIMED or view.timer is None:
        return ""
    left = max(view.timer.left, 0)
    return f"{left // 60}:{left % 60:02}"


def banner(view: SharedView) -> list[Block]:
    """The step, what the room does now, and the time in words."""
    title = line(view.title).stylize(STRONG).stylize(ACCENT)
    if view.timer is not None and view.timer.planned and not view.ended:
        title += muted(f"   {view.timer.said}")
    blocks = [Block(title)]
    if view.step not in OUTCOMES:  # there the title says it
        blocks += [Block(line(said), above=0) for said in view.said]
    if view.ballots is not None:
        blocks.append(Block(line(view.ballots.said).stylize(STRONG), above=0))
    return blocks


def head(view: SharedView) -> list[Block]:
    """The title of what is being read, and through whose eyes."""
    if not view.scene_title or view.step in ASIDE:
        return []
    if view.step in OUTCOMES:
        return [Block(line(view.scene_title).stylize(MUTED))]
    blocks = [heading(view.scene_title)]
    if view.as_ and view.as_.casefold() != "you":
        blocks.append(Block(muted(f"We are {view.as_}"), above=0))
    return blocks


def option_rows(view: SharedView) -> list[ListRow]:
    """The options with the letters of their cards; none where the room reads what came of one."""
    if view.step in OUTCOMES:
        return []
    return [_option_row(option) for option in view.options]


def settling(view: SharedView) -> bool:
    """Whether the letter of an option settles the decision now."""
    hands = view.step == steps.SCENE and view.form == steps.HANDS
    return bool(view.options) and (hands or view.step in (steps.REVEAL, steps.MINORITY))


def hint(view: SharedView, picked: str = "") -> list[Block]:
    """Which letters settle, and what Enter goes on with: the option with this id, if any."""
    if view.ballots is not None and view.ballots.cast and view.ballots.mode in TYPED:
        return [
            Block(muted("Miscounted? t counts again, until Enter closes the round."))
        ]
    if not settling(view):
        return []
    leading = view.rounds[-1].leading if view.rounds else ()
    if view.settled is not None:
        leading = (view.settled.letter,)
    if picked:
        leading = tuple(option.letter for option in view.options if option.id == picked)
    if len(leading) == 1:
        [text] = [option.text for option in view.options if option.letter == leading[0]]
        chosen = strong(f"{leading[0]}: {text}") + prose("   Enter goes on with it.")
        return [
            Block(chosen),
            Block(muted(f"Or press {_letters(view, leading)}."), above=0),
        ]
    said = "The room settles it" if view.rounds else "Most hands"
    return [Block(muted(f"{said}: press {_letters(view, ())}, then Enter."))]


def _letters(view: SharedView, without: Collection[str]) -> str:
    named = [o.letter for o in view.options if o.available and o.letter not in without]
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def agenda_blocks(agenda: Agenda, glyphs: Glyphs) -> Iterator[Block]:
    """Every part of the agenda with its minutes, and whether the session is on time."""
    yield Block(line(agenda.said).stylize(STRONG))
    for part in agenda.parts:
        sign = {"done": glyphs.done, "now": glyphs.cursor}.get(part.state, " ")
        text = line(part.title)
        text = text.stylize(STRONG) if part.state == "now" else text
        used = f", {round(part.used / 60)} used" if part.state != "ahead" else ""
        minutes = muted(f"  {round(part.budget / 60)} minutes{used}")
        yield Block(text + minutes, prose(f"{sign} ").stylize(ACCENT), above=0)
    if agenda.note:
        yield Block(muted(agenda.note))


def _option_row(option: SharedOption) -> ListRow:
    note = NOTHING if option.available else muted(f"Not open to us: {option.locked}")
    return ListRow(
        option.id, line(option.text), option.letter, note, available=option.available
    )
