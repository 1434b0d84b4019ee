"""A bare Textual app that replaces a scene in place: a title, prose, a list of three options."""

from __future__ import annotations

import random
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, OptionList, Static

WORDS = (
    *("desk", "rain", "mail", "phone", "badge", "photo", "list", "friend"),
    *("rule", "team", "note", "door", "public", "quiet", "word"),
)


class InPlace(App[None]):
    """Taking an option goes to the next scene, by updating the same widgets."""

    BINDINGS: ClassVar = [("n", "next", "Next")]

    def compose(self) -> ComposeResult:
        """A title, prose and three options, as a first version of a game would have them."""
        self.heading = Static(markup=False)
        self.prose = Static(markup=False)
        self.choices = OptionList(markup=False)
        with VerticalScroll(can_focus=False):
            yield self.heading
            yield self.prose
        yield self.choices
        yield Footer()

    def on_mount(self) -> None:
        """The first scene."""
        self.show_scene()
        self.choices.focus()

    def on_option_list_option_selected(self) -> None:
        """The next scene."""
        self.show_scene()

    def action_next(self) -> None:
        """The next scene."""
        self.show_scene()

    def show_scene(self) -> None:
        """Other words everywhere."""
        self.heading.update(words(3))
        self.prose.update("\n\n".join(words(20) for _ in range(2)))
        self.choices.clear_options()
        self.choices.add_options(words(8) for _ in range(3))
        self.choices.highlighted = 0


def words(count: int) -> str:
    """So many words, the first of which the benchmark waits for."""
    return " ".join(["Scene", *random.choices(WORDS, k=count)])  # noqa: S311


if __name__ == "__main__":
    InPlace().run()
