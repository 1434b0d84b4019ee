"""The frame around every exhibit: its name above, looking closer below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.text import unfolded
from dialogue_game.reporting.exhibits import name_of
from dialogue_game.tui.exhibits.graphics import NO_PICTURES, PictureSource
from dialogue_game.tui.exhibits.picture import PictureSheet
from dialogue_game.tui.text.blocks import Block
from dialogue_game.tui.text.glyphs import UNICODE, Glyphs
from dialogue_game.tui.text.prose import ACCENT, MUTED, NOTHING, STRONG, joined, line, muted, prose

Counts = Mapping[str, str]
COUNTED: tuple[str, ...] = ("likes", "comments", "shares")
LABEL_CELLS = 9
END_LINES = 5


class ExhibitFrame(PictureSheet):
    """An exhibit. Kinds say how they look in `picture`; details open beneath it, one by one."""

    KIND: ClassVar[str] = ""

    class LookedAt(Message):
        """The exhibit was clicked: a closer look is wanted."""

        def __init__(self, exhibit: str) -> None:
            super().__init__()
            self.exhibit = exhibit

    def __init__(self, glyphs: Glyphs = UNICODE, pictures: PictureSource = NO_PICTURES) -> None:
        super().__init__(pictures, classes=f"exhibit -{self.KIND}")
        self.glyphs = glyphs
        self.exhibit = ""
        self.border_title = line(" ")
        self.border_subtitle = line(" ")

    def present(self, shown: ShownExhibit, opened: int = 0, before: Counts | None = None) -> None:
        """Show this exhibit with its first `opened` details, and what its counts were before."""
        self.exhibit = shown.id
        self.border_title = line(f"{name_of(shown)} ")
        details = len(shown.details)
        if opened < details:
            key = prose("l").stylize(ACCENT)
            self.border_subtitle = key + muted(f" look closer · {opened} of {details}")
        else:
            self.border_subtitle = muted(f"{details} of {details} looked at") if details else None
        self.show([*self.picture(shown, before or {}), *self._details(shown, opened)])

    def picture(self, shown: ShownExhibit, before: Counts) -> Iterable[Block]:
        """The exhibit as blocks of text."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """A click is a closer look."""
        event.stop()
        self.post_message(self.LookedAt(self.exhibit))

    def show_end(self) -> None:
        """Scroll to what was found last."""
        lines = min(self.size.height, END_LINES)
        self.bring_into_sight(Region(0, self.outer_size.height - lines, self.size.width, lines))

    def _details(self, shown: ShownExhibit, opened: int) -> Iterator[Block]:
        for detail in shown.details[:opened]:
            lead = prose(f"{self.glyphs.closed} ").stylize(ACCENT)
            text = line(detail.look).stylize(STRONG) + prose(f": {detail.text}")
            yield Block(text, lead)


def labelled(fields: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[Block]:
    """Header lines, `From  Mira Lind`, of the fields that are there."""
    for name, label in labels.items():
        if fields.get(name):
            yield Block(line(fields[name]), muted(label.ljust(LABEL_CELLS)), above=0)


def body(text: str, style: str = "", above: int = 1) -> Iterator[Block]:
    """Paragraphs of a field, if it is there."""
    for number, part in enumerate(unfolded(text)):
        content = prose(part)
        yield Block(content.stylize(style) if style else content, above=1 if number else above)


def person(fields: Mapping[str, str], name: str = "author") -> Content:
    """Who wrote it, with handle and time."""
    who = line(fields.get(name, "")).stylize(STRONG)
    rest = [line(fields[key]).stylize(MUTED) for key in ("handle", "time") if fields.get(key)]
    return joined([who, *rest], "  ")


def counts(fields: Mapping[str, str], before: Counts, dot: str) -> Content:
    """Likes, comments and shares, and what they were when last seen."""
    parts = []
    for name in COUNTED:
        now = fields.get(name)
        if not now:
            continue
        told = line(f"{now} {name if now != '1' else name.removesuffix('s')}")
        then = before.get(name)
        if then and then != now:
            told = told.stylize(ACCENT).stylize(STRONG) + muted(f" (was {then})")
        parts.append(told)
    return joined(parts, f" {dot} ")


def maybe(content: Content, above: int = 1) -> Iterator[Block]:
    """The content as a block, unless it is empty."""
    if content and content is not NOTHING:
        yield Block(content, above=above)
