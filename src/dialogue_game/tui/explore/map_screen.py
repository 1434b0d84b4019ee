"""The own map: the whole story as its player knows it on one screen, and the place at the cursor.

There is one cursor: up and down go through the options of a scene, right follows one to where it
led, left comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dialogue_game.app.explore.rewind import may_rechoose
from dialogue_game.app.runs import StoryKey
from dialogue_game.core.discovery import Discovery, KnownOption
from dialogue_game.errors import DialogueGameError
from dialogue_game.tui.base.framed_screen import MainScreen
from dialogue_game.tui.explore import map_rows
from dialogue_game.tui.explore.map_drawing import StoryDrawing
from dialogue_game.tui.explore.map_layout import Node, StoryGraph
from dialogue_game.tui.explore.map_rows import EndingsPanel
from dialogue_game.tui.explore.replay import open_run, replay
from dialogue_game.tui.text.layout import row_index
from dialogue_game.tui.text.remedy_keys import in_keys
from dialogue_game.tui.text.styled import MUTED, line
from dialogue_game.tui.widgets.bases import DetailSheet, Sheet
from dialogue_game.tui.widgets.key_bar import hidden_key
from dialogue_game.tui.widgets.pick_list import PickList
from dialogue_game.tui.widgets.split_view import ChoicePane


class MapScreen(MainScreen):
    """The map of a story, with the path of one run; of the newest one where none is named."""

    PLACE = "Map"

    CSS_PATH = Path(__file__).with_name("map.tcss")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,l",
            "follow",
            "Follow",
            key_display="→",
            id="map.follow",
            tooltip="To where this option led",
        ),
        Binding(
            "left",
            "back",
            "Back",
            key_display="←",
            id="map.back",
            tooltip="Back to where one comes from",
        ),
        Binding(
            "u",
            "untried",
            "Untried",
            id="map.untried",
            tooltip="To the next option that you have not tried",
        ),
        Binding(
            "e",
            "endings",
            "Endings",
            id="map.endings",
            tooltip="The endings that you have found, and how many there are",
        ),
        Binding(
            "z",
            "zoom",
            "Zoom",
            id="map.zoom",
            tooltip="A stretch of it with titles, or the whole again",
        ),
        hidden_key("space,pagedown", "turn(1)", "read.on", "The next scene or ending"),
        hidden_key("m", "leave", "map.close", "Close this"),
    ]

    def __init__(self, story: str | StoryKey, run: str = "") -> None:
        super().__init__()
        self._story, self._run = story, run
        self._known: Discovery | None = None
        self._trail: list[tuple[int, int]] = []
        self._open = False

    def body(self) -> Iterable[Widget]:
        """How much is known, the drawing, the place at the cursor."""
        self.above, self.drawing = Sheet(classes="above"), StoryDrawing(self.glyphs)
        self.head, self.option_hint = DetailSheet(id="place"), DetailSheet(id="does")
        self.rows = PickList(glyphs=self.glyphs, id="doors")
        self.reading = ChoicePane(self.rows)  # type: ignore[assignment]
        yield self.above
        yield self.drawing
        yield self.divider
        yield self.head
        yield self.reading
        yield self.option_hint
        # Not by its message, which comes a frame later: list and drawing move together.
        self.watch(self.rows, "cursor", self.show_option, init=False)

    def on_screen_resume(self) -> None:
        """Lay all runs over one another, now and whenever one comes back from a replay."""
        explore = self.game.explore
        try:
            known = explore.discovery(self._story, run=self._run)
            self._open = may_rechoose(self.game, self._story)
        except DialogueGameError as error:
            self.app.say(in_keys(error))
            self.action_leave()
            return
        if known != self._known:
            self.show_map(known)

    def show_map(self, known: Discovery) -> None:
        """Put it all on screen; the cursor stays where it was, or goes to where the path stands."""
        before = self.place.id if self._known else ""
        self._known, self._trail = known, []
        self.graph, self._titles = StoryGraph(known), map_rows.titles_of(known)
        self._scenes = {scene.id: scene for scene in known.scenes}
        self._endings = {ending.id: ending for ending in known.endings}
        found = (
            f"{known.coverage.endings_found} of {known.coverage.endings} endings found"
        )
        self.top.show(line(f"{known.title}: your map", MUTED), line(found, MUTED))
        self.above.show(
            map_rows.overview(known, self.glyphs, brief=self.has_class("-short"))
        )
        self.drawing.show(self.graph, self.glyphs)
        if self.graph.nodes:
            self.go_to(self.graph.number.get(before, self._first_place()))
        else:
            self.rows.show([])
            self.head.show([])

    def _first_place(self) -> int:
        """Where the path stands: the last scene on it that has a door still, else its end."""
        assert self._known  # noqa: S101 - called once it is known
        number = self.graph.number
        path = [number[id_] for id_ in self._known.path if id_ in number]
        with_doors = [node for node in path if self.graph.nodes[node].doors]
        return (with_doors or path or [0])[-1]

    @property
    def place(self) -> Node:
        """The scene or ending at the cursor."""
        nodes = self.graph.nodes
        return (
            nodes[self.drawing.node]
            if nodes
            else Node("", "", ending=False, seen=False)
        )

    @property
    def option(self) -> KnownOption | None:
        """The option at the cursor."""
        scene = self._scenes.get(self.place.id) if self._known else None
        row = self.rows.current
        if scene is None or row is None:
            return None
        return next((each for each in scene.options if each.id == row.id), None)

    def go_to(self, node: int, row: int = 0) -> None:
        """Put the cursor on a scene or ending, on one of its options."""
        self.drawing.node = node
        scene = self._scenes.get(self.place.id)
        if scene is not None:
            self.head.show([map_rows.scene_head(scene, node + 1)])
            self.rows.show(map_rows.scene_rows(scene, self._titles, self.glyphs), row)
        else:
            ending = self._endings.get(self.place.id)
            self.head.show([map_rows.ending_head(ending)])
            self.rows.show(map_rows.ending_rows(ending), row)
        self.reading.scroll_home(animate=False)
        self.show_option()

    def show_option(self) -> None:
        """Where the option at the cursor led, and what Enter does there."""
        option = self.option
        self.drawing.point(self.drawing.node, self._leads(option))
        self.option_hint.show([map_rows.what_enter_does(option, replayable=self._open)])

    def _leads(self, option: KnownOption | None) -> list[int]:
        scene = self._scenes.get(self.place.id)
        onward = scene.onward if scene else ()
        leads = option.leads if option else onward
        number = self.graph.number
        return [number[lead.to] for lead in leads if lead.to in number]

    @on(PickList.Picked)
    def take(self, message: PickList.Picked) -> None:
        """Replay from this decision; an untried option is taken at once."""
        self.rows.cursor = row_index(message.row, self.rows.rows)
        option, ending = self.option, self._endings.get(self.place.id)
        starts = map_rows.opens(option) if option else None
        if starts:
            (visit, take) = starts
            self.app.attempt(replay(self.app, visit.run, visit.decision, take))
        elif ending and message.row == map_rows.LOOK_BACK:
            self.app.attempt(open_run(self.app, ending.latest))
        elif ending:
            self._run = ending.latest
            self.on_screen_resume()
        elif option is None:
            self.action_follow()

    def action_follow(self) -> None:
        """To where the option at the cursor led."""
        leads = self._leads(self.option)
        if leads:
            self._trail.append((self.drawing.node, self.rows.cursor))
            self.go_to(leads[0])
        elif self._known and self.graph.nodes:
            why = map_rows.why_not_followed(self.option, replayable=self._open)
            self.app.say(why)

    def action_back(self) -> None:
        """To where one followed from; else along the path, else to what led here first."""
        if self._trail:
            self.go_to(*self._trail.pop())
            return
        here = self.drawing.node
        before = [a for a, leads in enumerate(self.graph.targets) if here in leads]
        on_path = [node for node in before if node in self.graph.on_path]
        if before:
            node = (on_path or before)[0]
            scene = self._scenes[self.graph.nodes[node].id]
            led = [
                any(lead.to == self.place.id for lead in o.leads) for o in scene.options
            ]
            self.go_to(node, led.index(True) if True in led else 0)

    def action_turn(self, pages: int) -> None:
        """To the next place in the order of the story, or the one before."""
        last = len(self.graph.nodes) - 1
        if last >= 0:
            self.go_to(max(0, min(last, self.drawing.node + pages)))

    @on(PickList.AtEdge)
    def go_to_neighbour(self, message: PickList.AtEdge) -> None:
        """Past the last option, to the scene below; past the first one, to the one above."""
        message.stop()
        nodes, here = self.graph.nodes, self.drawing.node
        node = self.graph.neighbour(here, message.direction) if nodes else None
        if node is not None:
            self.go_to(node)
            if message.direction < 0 and self.rows.rows:
                self.rows.cursor = len(self.rows.rows) - 1

    @on(StoryDrawing.Pointed)
    def go_to_pointed(self, message: StoryDrawing.Pointed) -> None:
        """To what was clicked."""
        self.go_to(message.node)

    def action_untried(self) -> None:
        """To the next option that was not tried, from the start again after the last one."""
        doors = [
            (node, place)
            for node, known in enumerate(self.graph.nodes)
            if known.doors
            for place, option in enumerate(self._scenes[known.id].options)
            if option.state == "untried"
        ]
        here = (self.drawing.node, self.rows.cursor)
        ahead = [door for door in doors if door > here]
        if doors:
            self.go_to(*(ahead or doors)[0])

    def action_endings(self) -> None:
        """The endings side by side; to the one that is chosen."""

        def go(ending: str | None) -> None:
            if ending:
                self.go_to(self.graph.number[ending])

        if self._known:
            self.app.push_screen(EndingsPanel(self._known), go)

    def action_zoom(self) -> None:
        """A stretch with titles, or the whole again."""
        self.drawing.zoom()
