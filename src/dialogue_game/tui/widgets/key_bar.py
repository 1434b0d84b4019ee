"""The last line: the keys that do something now; and how a key is made that is not among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen

from dialogue_game.tui.text.styled import ACCENT, NOTHING, joined, muted, prose
from dialogue_game.tui.widgets.bases import StableWidget

NAMES: Final[Mapping[str, str]] = {
    "enter": "Enter",
    "space": "Space",
    "comma": ",",
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "left": "←",
    "right": "→",
}
PLAIN: Final[Mapping[str, str]] = {"←": "<-", "→": "->"}
"""Names of keys in ASCII."""
ORDER: Final = (
    "rows.pick",
    "ballots.enter",
    "ballots.close",
    "notes.show",
    "room.next",
    "room.look",
    "room.vote.count",
    "room.vote.correct",
    "room.vote.round",
    "room.open.phones",
    "phones.address",
    "phones.off",
    "room.do.reveal",
    "room.do.reopen",
    "room.do.form",
    "room.open.minority",
    "room.open.takeaway",
    "room.open.other_path",
    "room.open.code",
    "room.extend",
    "room.scene",
    "room.do.undo",
    "room.do.blank",
    "room.do.pause",
    "room.open.park",
    "room.open.agenda",
    "preparation.copy",
    "debrief.next",
    "debrief.before",
    "debrief.map",
    "play.look",
    "play.skip",
    "play.as_before",
    "play.map",
    "search",
    "home.anew",
    "home.question",
    "home.map",
    "history.compare",
    "history.replay",
    "map.follow",
    "map.back",
    "map.untried",
    "map.endings",
    "map.zoom",
    "compare.map",
    "look_back.replay",
    "history.apart",
    "history.map",
    "history.delete",
    "history.export",
    "history.file",
    "references.search",
    "read.on",
    "panel.look_back",
    "panel.guidelines",
    "panel.references",
    "aid",
    "settings",
    "help",
    "leave",
    "quit",
    "close",
)
"""In which order keys stand, by the ids of their bindings."""
KEPT: Final = (
    "rows.pick",
    "ballots.enter",
    "ballots.close",
    "room.next",
    "help",
    "leave",
    "quit",
    "close",
)
"""Keys that keep their place where there is no room for all."""
SPARE: Final = ("aid", "settings")
"""Keys for which no other is shortened."""
LAST: Final = ("panel.look_back", "panel.guidelines", *SPARE)
"""Keys that take what room the others leave."""
SHORT: Final[Mapping[str, str]] = {
    "play.look": "Look",
    "panel.look_back": "Path",
    "home.anew": "Anew",
    "debrief.next": "Next",
    "debrief.before": "Before",
    "history.apart": "Best",
    "history.file": "File",
}
"""What a key says where not all can be said in full."""
SHORTER: Final = {**SHORT, "rows.pick": ""}
SHORTEST: Final = {**SHORTER, "map.follow": "", "map.back": ""}
WORDINGS: Final[tuple[tuple[Mapping[str, str], tuple[str, ...]], ...]] = (
    ({}, SPARE),
    (SHORT, SPARE),
    (SHORTER, (*LAST, "panel.references")),
    (SHORTEST, SPARE),
)
"""Ways to word the keys, the fullest first; each with the keys that need not fit for it."""
GAP: Final = 2


def hidden_key(keys: str, action: str, id: str, does: str) -> Binding:
    """A key that works and stands in no bar."""
    return Binding(keys, action, does, show=False, id=id, tooltip=does)


class ShownKey(NamedTuple):
    """A key in the bar: the id of its binding, what is pressed, how that and what it does read."""

    id: str
    key: str
    display: str
    label: str


class KeyBar(StableWidget):
    """The keys of the moment, each also a button; those that do not fit are in Help."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[ShownKey, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Show what can be pressed now."""
        shown: dict[str, ShownKey] = {}
        for active in reversed(screen.active_bindings.values()):
            binding = active.binding
            if binding.show and binding.description:
                id_, display = binding.id or "", self._display(binding)
                shown[id_] = ShownKey(id_, binding.key, display, binding.description)
        if "leave" in shown and (beneath := getattr(screen, "comes_from", "")):
            shown["leave"] = shown["leave"]._replace(label=beneath)
        if not getattr(screen, "more_to_read", True):
            shown.pop("read.on", None)
        keys = tuple(shown[id_] for id_ in ORDER if id_ in shown)
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _display(self, binding: Binding) -> str:
        name = binding.key_display or NAMES.get(binding.key, binding.key)
        return PLAIN.get(name, name) if self.app.has_class("-ascii") else name

    def render(self) -> RenderResult:
        """As many keys as there is room for, leaving and help always among them."""
        width = self.content_size.width
        bar, self._places = NOTHING, []
        for key, text in self._fitting(width):
            start = bar.cell_length
            bar += text
            self._places.append((start, bar.cell_length, key))
            bar += prose(" " * GAP)
        return bar.truncate(max(width, 1))

    def on_click(self, event: events.Click) -> None:
        """A key that is clicked is pressed."""
        offset = event.get_content_offset(self)
        for start, end, key in self._places:
            if offset is not None and start <= offset.x < end:
                self.app.simulate_key(key)

    def _fitting(self, width: int) -> Iterator[tuple[str, Content]]:
        """The keys that there is room for, each with its text."""
        room = width + GAP
        texts = self._worded(room)
        fitting = set()
        for id_ in sorted(texts, key=lambda id_: (id_ not in KEPT, id_ in LAST)):
            cells = texts[id_].cell_length + GAP
            if id_ in KEPT or cells <= room:
                fitting.add(id_)
                room -= cells
        for shown in self._keys:
            if shown.id in fitting:
                yield shown.key, texts[shown.id]

    def _worded(self, room: int) -> dict[str, Content]:
        """Every key by its id, in the fullest wording for which there is room."""
        texts: dict[str, Content] = {}
        for wording, spare in WORDINGS:
            needed = 0
            for shown in self._keys:
                text = prose(shown.display, ACCENT)
                label = muted(wording.get(shown.id, shown.label))
                texts[shown.id] = joined([text, label], " ")
                if shown.id not in spare:
                    needed += texts[shown.id].cell_length + GAP
            if needed <= room:
                break
        return texts
