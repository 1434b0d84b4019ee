"""The exhibits of a scene, in order, each in its frame; widgets of a kind are used again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message

from dialogue_game.core.state import ShownExhibit
from dialogue_game.core.story import Story
from dialogue_game.reporting.labels import name_of
from dialogue_game.tui.exhibits.pictures import (
    NO_PICTURES,
    PictureRole,
    PictureSheet,
    PictureSource,
)
from dialogue_game.tui.exhibits.renderers import (
    COUNT_FIELDS,
    RENDERERS,
    Counts,
    kind_of,
)
from dialogue_game.tui.text.layout import Block
from dialogue_game.tui.text.styled import (
    ACCENT,
    STRONG,
    UNICODE,
    Glyphs,
    line,
    muted,
    prose,
)
from dialogue_game.tui.widgets.bases import Column

NONE_NEEDED: Mapping[str, int] = {}


END_LINES = 5


class ExhibitFrame(PictureSheet):
    """An exhibit of one kind, in the looks of that kind; details open beneath it, one by one."""

    class LookedAt(Message):
        """The exhibit was clicked: a closer look is wanted."""

        def __init__(self, exhibit: str) -> None:
            super().__init__()
            self.exhibit = exhibit

    def __init__(
        self, kind: str, glyphs: Glyphs = UNICODE, pictures: PictureSource = NO_PICTURES
    ) -> None:
        super().__init__(pictures, classes=f"exhibit -{kind}")
        self.glyphs, self._render_kind = glyphs, RENDERERS[kind]
        self.exhibit = ""
        self.border_title = line(" ")
        self.border_subtitle = line(" ")

    def present(
        self, shown: ShownExhibit, opened: int = 0, before: Counts | None = None
    ) -> None:
        """Show this exhibit with its first `opened` details, and what its counts were before."""
        self.exhibit = shown.id
        self.border_title = line(f"{name_of(shown)} ")
        details = len(shown.details)
        if opened < details:
            key = prose("l", ACCENT)
            self.border_subtitle = key + muted(f" look closer · {opened} of {details}")
        else:
            self.border_subtitle = (
                muted(f"{details} of {details} looked at") if details else None
            )
        looks = self._render_kind(shown, self.glyphs, before or {})
        self.show([*looks, *self._details(shown, opened)])

    def on_click(self, event: events.Click) -> None:
        """A click is a closer look."""
        event.stop()
        self.post_message(self.LookedAt(self.exhibit))

    def show_end(self) -> None:
        """Scroll to what was found last."""
        lines = min(self.size.height, END_LINES)
        self.bring_into_sight(
            Region(0, self.outer_size.height - lines, self.size.width, lines)
        )

    def _details(self, shown: ShownExhibit, opened: int) -> Iterator[Block]:
        for detail in shown.details[:opened]:
            prefix = prose(f"{self.glyphs.closed} ", ACCENT)
            text = line(detail.look, STRONG) + prose(f": {detail.text}")
            yield Block(text, prefix)


def needed_by(story: Story) -> dict[str, int]:
    """How many exhibits of each kind a story shows in one scene, at most."""
    most: Counter[str] = Counter()
    for scene in story.scenes.values():
        most |= Counter(kind_of(exhibit.kind) for exhibit in scene.exhibits)
    return most


class Gallery(Column):
    """Shows exhibits one below the other.

    Widgets are never removed, only hidden and filled anew: a removed widget is kept alive by
    Textual's query caches, and mounting costs ten times what filling does. Those that a story
    will need are there from its start, so that each scene stands whole in its first picture.
    """

    def __init__(
        self,
        glyphs: Glyphs = UNICODE,
        pictures: PictureSource = NO_PICTURES,
        needed: Mapping[str, int] = NONE_NEEDED,
    ) -> None:
        super().__init__()
        self.glyphs = glyphs
        self.pictures = pictures
        self._needed = needed
        self._kept: dict[str, list[ExhibitFrame]] = {}
        self._shown: list[tuple[ExhibitFrame, ShownExhibit]] = []
        self._opened: dict[str, int] = {}
        self._seen: dict[tuple[str, ...], Counts] = {}
        self._before: dict[str, Counts] = {}

    def compose(self) -> ComposeResult:
        """The widgets that the story will need, hidden."""
        for kind, number in self._needed.items():
            for _ in range(number):
                frame = self._made(kind)
                frame.display = False
                yield frame

    @property
    def details_left(self) -> int:
        """How many details are still to be looked at."""
        return sum(
            len(shown.details) - self._opened.get(shown.id, 0)
            for _, shown in self._shown
        )

    def present(
        self, exhibits: Sequence[ShownExhibit], opened: Mapping[str, int]
    ) -> None:
        """Show these instead, each with its first details opened."""
        self._opened = dict(opened)
        self._before = {shown.id: self._remembered(shown) for shown in exhibits}
        places: dict[str, int] = {}
        self._shown = []
        for shown in exhibits:
            kind = kind_of(shown.kind)
            number = places.setdefault(kind, 0)
            places[kind] += 1
            self._shown.append((self._frame(kind, number), shown))
        used = {frame for frame, _ in self._shown}
        for frame in self.children:
            frame.display = frame in used
        self._in_order()
        pictured = sum("file" in shown.fields for shown in exhibits)
        for frame, shown in self._shown:
            frame.show_picture(
                shown.fields.get("file", ""),
                PictureRole.AMONG if pictured > 1 else PictureRole.ALONE,
            )
            frame.present(shown, self._opened.get(shown.id, 0), self._before[shown.id])
        self.display = bool(self._shown)

    def look_closer(self, exhibit: str = "") -> tuple[str, str] | None:
        """Open the next detail (of that exhibit), and say which: exhibit and detail."""
        for frame, shown in self._shown:
            opened = self._opened.get(shown.id, 0)
            if opened < len(shown.details) and exhibit in ("", shown.id):
                self._opened[shown.id] = opened + 1
                frame.present(shown, opened + 1, self._before[shown.id])
                self.call_after_refresh(frame.show_end)
                return shown.id, shown.details[opened].id
        return None

    def _frame(self, kind: str, number: int) -> ExhibitFrame:
        kept = self._kept.setdefault(kind, [])
        if number == len(kept):
            self.mount(self._made(kind))
        return kept[number]

    def _made(self, kind: str) -> ExhibitFrame:
        frame = ExhibitFrame(kind, self.glyphs, self.pictures)
        self._kept.setdefault(kind, []).append(frame)
        return frame

    def _in_order(self) -> None:
        """Move the shown frames into the order of the scene, where they are not yet."""
        frames = [frame for frame, _ in self._shown]
        standing = [child for child in self.children if child in frames]
        if standing == frames:
            return
        for frame in frames:
            self.move_child(frame, after=len(self.children) - 1)

    def _remembered(self, shown: ShownExhibit) -> Counts:
        """What a post's counts were when it was last seen; and keep what they are now."""
        fields = shown.fields
        known = (shown.kind, fields.get("platform", ""), fields.get("author", ""))
        before = self._seen.get(known, {})
        now = {name: fields[name] for name in COUNT_FIELDS if fields.get(name)}
        if now:
            self._seen[known] = now
        return before
