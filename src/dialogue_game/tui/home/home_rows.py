"""The rows of Home: the stories with their endings found and their covers, then what else to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Size

from dialogue_game.app.game import Card, Game
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.text.drawings import Drawing
from dialogue_game.tui.text.layout import ListRow
from dialogue_game.tui.text.styled import (
    ACCENT,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
)
from dialogue_game.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from dialogue_game.tui.exhibits.pictures import PictureSource

LEAD_GROUP: Final = "home:lead"
HISTORY: Final = "home:history"
SETTINGS: Final = "home:settings"
ACTIONS: Final = (
    (LEAD_GROUP, "f", "Lead a group"),
    (HISTORY, "h", "History"),
    (SETTINGS, ",", "Settings"),
)
"""What no story is called: ids of stories have no colon."""
STATE_CELLS: Final = 16
"""As wide as the longest word on a story's state, so that nothing moves when it is known."""


def no_drawing(_: str) -> Drawing:
    """No drawing, of any story."""
    return ()


def home_rows(
    cards: Sequence[Card],
    glyphs: Glyphs,
    drawn: Callable[[str], Drawing],
    *,
    whole: bool,
) -> list[ListRow]:
    """Every story as a card with its drawing, then the actions.

    With `whole`, all that a story says of itself.
    """
    most = max(
        (len(card.entry.endings) for card in cards if _has_endings(card)), default=0
    )
    rows = [
        card_row(card, number, most, glyphs, whole=whole)._replace(
            picture=drawn(card.entry.id)
        )
        for number, card in enumerate(cards, 1)
    ]
    rows += [ListRow(name, prose(title), key=key) for name, key, title in ACTIONS]
    return rows


def card_row(
    card: Card, number: int, most: int, glyphs: Glyphs, *, whole: bool
) -> ListRow:
    """A story: its title, its endings and state beside it, what it is about beneath."""
    entry = card.entry
    tool = entry.kind in ("aid", "tutorial")
    about = entry.summary if whole and not tool else first_sentence(entry.summary)
    endings, state = endings_found(card, glyphs), state_words(card, glyphs)
    beside = prose(" " * (most - endings.cell_length)) + endings + prose("  ") + state
    return ListRow(
        entry.id,
        line(entry.title, STRONG),
        key=str(number) if number <= 9 else "",
        note=line(about, MUTED) if about and (whole or not tool) else NOTHING,
        more=(muted(ending_text(card)),) if whole and _has_endings(card) else (),
        trailing=beside + prose(" " * (STATE_CELLS - state.cell_length)),
        available=not entry.coming,
        gap=0 if entry.kind == "aid" and not whole else 1,
    )


def endings_found(card: Card, glyphs: Glyphs) -> Content:
    """A sign for each ending, the found ones filled."""
    if not _has_endings(card):
        return NOTHING
    rest = len(card.entry.endings) - card.endings_found
    return prose(glyphs.found * card.endings_found, ACCENT) + muted(
        glyphs.untried * rest
    )


def ending_text(card: Card) -> str:
    """The same in words."""
    before = ", finished in an earlier edition" if card.earlier else ""
    return f"{card.endings_found} of {len(card.entry.endings)} endings found{before}"


def state_words(card: Card, glyphs: Glyphs) -> Content:
    """Where one goes on; how long it takes, before; that it is not there yet."""
    if card.entry.coming:
        return muted("not written yet")
    if card.paused:
        where = f"{glyphs.leads} at decision {card.paused_decisions + 1}"
        return prose(where[:STATE_CELLS], ACCENT)
    return muted(f"{card.entry.minutes} minutes" if card.entry.minutes else "")


def next_row(cards: Sequence[Card]) -> int:
    """What one would do next: go on with the run left last, else learn, else read something new."""
    started = [card for card in cards if card.paused and card.paused_decisions]
    if started:
        return cards.index(max(started, key=lambda card: card.left))
    return next((cards.index(card) for card in _in_order(cards)), 0)


def first_sentence(text: str) -> str:
    """The first sentence, which has to make one curious."""
    said, stop, _ = " ".join(text.split()).partition(". ")
    return f"{said}." if stop else said


def _in_order(cards: Sequence[Card]) -> Iterator[Card]:
    ready = [card for card in cards if not card.entry.coming]
    yield from (
        card for card in ready if card.entry.kind == "tutorial" and not _played(cards)
    )
    yield from (
        card for card in ready if card.entry.kind == "scenario" and not card.runs
    )
    yield from (card for card in ready if card.entry.kind == "scenario")


def _played(cards: Sequence[Card]) -> bool:
    return any(card.endings_found for card in cards)


def _has_endings(card: Card) -> bool:
    return card.entry.kind == "scenario" and bool(card.entry.endings)


COVER: Final = Size(21, 6)
"""Cells of a cover, which is about sixteen by nine."""
LEFT: Final = 5
"""Cells of a row before its picture: the cursor, and its key."""


def with_space_for_covers(drawn: Callable[[str], Drawing]) -> Callable[[str], Drawing]:
    """The drawings, each in the place of a cover that will be laid over it."""

    def placed(story: str) -> Drawing:
        lines = drawn(story)
        blank = prose(" " * COVER.width)
        whole = [line.pad_right(COVER.width - line.cell_length) for line in lines]
        return (*whole, *[blank] * (COVER.height - len(whole))) if lines else ()

    return placed


def show_covers(game: Game, cards: PickList, pictures: PictureSource) -> None:
    """Lay every story's cover over its drawing; one that cannot be shown leaves the drawing.

    Where rows have no room for covers they are taken down.
    """
    from dialogue_game.tui.exhibits.pictures import PictureRole, PictureWidget

    if not cards.laid.tops:
        return  # out of sight, under another screen
    if not any(len(row.picture) == COVER.height for row in cards.rows):
        cards.query(PictureWidget).remove()
        return
    covers = {cover.name: cover for cover in cards.query(PictureWidget)}
    for place, row in enumerate(cards.rows):
        if not row.picture:
            continue
        cover = covers.get(row.id)
        if cover is None:
            try:
                picture = game.story(row.id).cover
            except DialogueGameError:
                continue
            cover = PictureWidget(pictures, name=row.id)
            cards.mount(cover)
            cover.show(picture.file if picture else "", PictureRole.COVER)
        cover.styles.offset = (LEFT, cards.laid.tops[place])
