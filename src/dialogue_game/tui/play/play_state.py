"""Where a playthrough stands on screen: the state behind the Play screen, without widgets."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from dialogue_game.core.course import Reference
from dialogue_game.core.events import Looked
from dialogue_game.reporting.labels import (
    coaching_notes,
    length_text,
    progress_text,
    skipped_text,
)
from dialogue_game.tui.text.layout import Block, ListRow, paragraphs
from dialogue_game.tui.text.story_blocks import (
    action_row,
    coaching_blocks,
    consequence_head,
    ending_head,
    option_rows,
    reference_blocks,
    reference_row,
    scene_head,
    title_card,
    viewpoint,
)
from dialogue_game.tui.text.styled import MUTED, STRONG, Glyphs, line, prose

if TYPE_CHECKING:
    from dialogue_game.app.explore.rewind import Memory
    from dialogue_game.app.player import Player
    from dialogue_game.core.state import Consequence

GO_ON = "play:go on"
DEBRIEF = "play:debrief"
AGAIN = "play:again"
LEAVE = "play:leave"
"""Rows beside the options; no choice or reference is called so, for ids have no colon."""
NOT_WRITTEN = "Not written yet. The story goes no further here."


class Phase(StrEnum):
    """What is being read."""

    TITLE = "title"
    SCENE = "scene"
    CONSEQUENCE = "consequence"
    COACHING = "coaching"
    ENDING = "ending"


class PlayState:
    """Goes from scene to consequence to coaching to the next scene, and says what each shows.

    A story with a question or a cover opens with its title card.
    """

    def __init__(
        self,
        player: Player,
        glyphs: Glyphs,
        *,
        coaching: bool,
        memory: Memory,
    ) -> None:
        self.player, self.memory = player, memory
        self.glyphs = glyphs
        self.coaching = coaching
        self.comes_from = ""
        """What the screen is called to which one leaves, where it has a name."""
        self.consequence: Consequence | None = None
        self.title = self.skipped = ""
        self.opened = ""
        self.path_shown: int | None = None
        """How much of the path stands at an ending, while it draws itself."""
        self.back = bool(player.state.decisions)
        self._was = ""
        """Whose eyes one saw with on the page before."""
        self.phase = Phase.ENDING if player.ended else Phase.SCENE
        if player.untouched and player.story.titled:
            self.phase = Phase.TITLE

    def choose(self, choice: str) -> None:
        """Take a choice. Raises what `Player.choose` raises, and then nothing has moved."""
        before = self.player.situation
        self.consequence = self.player.choose(choice)
        self.title, self._was, self.back, self.opened = (
            before.title,
            before.as_,
            False,
            "",
        )
        self.phase = Phase.CONSEQUENCE

    def return_to_consequence(self) -> None:
        """To what came of the last choice."""
        step = self.player.steps()[-1]
        self.consequence, self.title = step.consequence, step.before.title
        self._was = step.before.as_
        self.back, self.phase = False, Phase.CONSEQUENCE

    def read_on(self) -> None:
        """From a continue page to the next. Raises what `Player.read_on` raises."""
        before = self.player.situation.as_
        self.player.read_on()
        self._was, self.back = before, False
        self.phase = Phase.ENDING if self.player.ended else Phase.SCENE

    def go_on(self) -> None:
        """To what comes after what is being read."""
        self.opened = ""
        if self.phase is Phase.TITLE:
            self._was = self.player.situation.as_
        if self.phase is Phase.CONSEQUENCE and self.coaches:
            self.phase = Phase.COACHING
        else:
            self.phase = Phase.ENDING if self.player.ended else Phase.SCENE

    def may_skip(self, to_difference: bool) -> bool:
        """Whether what is being read was read in an earlier run."""
        taken = self.consequence
        if self.phase in (Phase.CONSEQUENCE, Phase.COACHING) and taken is not None:
            return bool(self.memory.note(taken.scene, taken.choice))
        if self.phase is not Phase.SCENE:
            return False
        if to_difference:
            return self.memory.as_before(self.player) is not None
        return self.memory.has_read(self.player)

    def skip(self, to_difference: bool) -> None:
        """Over what was read before, to the next choice or to what is new. Raises JournalError.

        To a difference it goes on as on an earlier path, over choices too.
        """
        self.opened = self.skipped = ""
        if to_difference:
            gone = self.memory.skip_to_difference(self.player)
            self.skipped = skipped_text(gone.decisions, gone.pages)
            if gone.differs:
                self.return_to_consequence()
                return
        else:
            self.memory.skip_pages(self.player)
        self.back = False
        self.phase = Phase.ENDING if self.player.ended else Phase.SCENE

    @property
    def person(self) -> str:
        """Whose eyes one sees with; of a consequence, whose choice it was."""
        after_choice = self.phase in (Phase.CONSEQUENCE, Phase.COACHING)
        return self._was if after_choice else self.player.situation.as_

    @property
    def tone(self) -> str:
        """The colour of that person."""
        return viewpoint(self.player.story, self.person)

    @property
    def coaches(self) -> bool:
        """Whether coaching follows the consequence."""
        consequence = self.consequence
        return (
            self.coaching
            and consequence is not None
            and bool(
                consequence.marks
                or consequence.references
                or coaching_notes(consequence)
            )
        )

    @property
    def reference(self) -> Reference | None:
        """The reference whose card is open."""
        cited = self.consequence.references if self.consequence else ()
        return next(
            (reference for reference in cited if reference.id == self.opened), None
        )

    def card(self) -> list[Block]:
        """The card of the reference that is open, if one is."""
        return (
            list(reference_blocks(self.reference, self.glyphs))
            if self.reference
            else []
        )

    def looked(self) -> dict[str, int]:
        """How many details of each exhibit of this scene have been looked at."""
        scene = self.player.state.scene
        found: dict[str, int] = {}
        for event in self.player.events:
            if isinstance(event, Looked) and event.scene == scene:
                found[event.exhibit] = found.get(event.exhibit, 0) + 1
        return found

    def place(self) -> str:
        """Where in the story this is, in words."""
        if self.phase is Phase.ENDING:
            made = self.player.state.decisions
            return f"{made} decision{'' if made == 1 else 's'}"
        if self.phase is Phase.TITLE:
            return ""
        if self.phase is Phase.SCENE:
            ahead = self.player.progress
            return progress_text(ahead.made, ahead.least, ahead.most)
        return f"Decision {self.player.state.decisions}"

    def head(self) -> list[Block]:
        """Where this is, and through whose eyes."""
        player = self.player
        if self.phase is Phase.TITLE:
            ahead = player.progress
            long = length_text(player.story, ahead.least, ahead.most)
            return list(title_card(player.story, player.situation.as_, long))
        if self.phase is Phase.SCENE:
            before = player.last_consequence if self.back else None
            reminder = before.choice_text if before else ""
            shared = player.shared if player.shared == player.state.decisions else 0
            head = partial(scene_head, player.story, player.situation, self._was)
            return list(head(reminder, shared))
        if self.phase is Phase.ENDING or self.consequence is None:
            return ending_head(
                player.situation, player.state.decisions, self.glyphs, self.path_shown
            )
        return list(consequence_head(self.title, self.consequence, self.glyphs))

    def text(self) -> list[Block]:
        """What is read: what happens, or what came of it."""
        if self.phase is Phase.TITLE:
            return []
        if self.phase in (Phase.SCENE, Phase.ENDING) or self.consequence is None:
            situation = self.player.situation
            unwritten = (NOT_WRITTEN,) if situation.stub else ()
            return paragraphs((*situation.text, *unwritten))
        return paragraphs(self.consequence.text)

    def page(self, *, whole: bool) -> tuple[list[Block], list[Block]]:
        """What is read above the exhibits and beneath them.

        A `whole` page has none between, and no head: one sheet less to lay out and to paint.
        """
        head, text = self.head(), self.text()
        return ([], [*head, *text]) if whole else (head, text)

    def coached(self) -> list[Block]:
        """What the choice touched, beneath what came of it."""
        if self.phase is not Phase.COACHING or self.consequence is None:
            return []
        return list(coaching_blocks(self.player.story, self.consequence, self.glyphs))

    def rows(self) -> list[ListRow]:
        """What can be done."""
        if self.phase is Phase.TITLE:
            return [action_row(GO_ON, "Begin", "Enter")]
        if self.phase is Phase.SCENE:
            situation = self.player.situation
            if situation.stub:
                return self._last_rows()
            if situation.continues:
                return [action_row(GO_ON, "Read on", "Enter")]
            scene = self.player.state.scene
            return option_rows(situation.options, partial(self.memory.note, scene))
        if self.phase is Phase.ENDING:
            return self._last_rows()
        if self.phase is Phase.CONSEQUENCE:
            return [
                action_row(
                    GO_ON, "Why this matters" if self.coaches else "Go on", "Enter"
                )
            ]
        cited = self.consequence.references if self.consequence else ()
        rows = [
            reference_row(
                reference, number, self.glyphs, opened=reference.id == self.opened
            )
            for number, reference in enumerate(cited, 1)
        ]
        return [*rows, action_row(GO_ON, "Go on", "" if rows else "Enter")]

    def _last_rows(self) -> list[ListRow]:
        leave = (
            f"Back to {self.comes_from}"
            if self.comes_from
            else "Back to where you were"
        )
        leave = "Home" if self.comes_from == "Home" else leave
        rows = [action_row(AGAIN, "Play it again", "2"), action_row(LEAVE, leave, "3")]
        if self.player.story.kind == "aid":
            return [
                action_row(LEAVE, leave, "1"),
                action_row(AGAIN, "Begin again", "2"),
            ]
        if self.player.story.scored or self.player.story.questions:
            return [action_row(DEBRIEF, "Look back: the debrief", "1"), *rows]
        return [action_row(LEAVE, leave, "1"), action_row(AGAIN, "Play it again", "2")]


def story_and_person(state: PlayState, course: str) -> Content:
    """Title of the story, and the name of the person whose eyes one sees with.

    Over its title card, which says both, that of the course.
    """
    if state.phase is Phase.TITLE:
        return line(course, MUTED)
    story, person = state.player.story, state.person
    name = story.name_of(person) if person else ""
    title = line(story.title, MUTED)
    if not name or name.casefold() == "you":
        return title
    sign = prose(f"  {state.glyphs.cursor} ", state.tone)
    return title + sign + line(name, f"{STRONG} {state.tone}")
