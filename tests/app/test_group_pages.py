"""A group and continue pages: read together with the decision they lead to, and kept in the run."""

from __future__ import annotations

from dataclasses import replace

from dialogue_game.core.events import Continued
from dialogue_game.core.story import Branch, Paragraph, Scene
from tests.app.rooms import led, shown, sitting
from tests.builders import choice, scene, story


def page(name: str, to: str) -> Scene:
    return replace(scene(name, text=(Paragraph(f"Page {name}."),)), goto=(Branch(to),))


TOLD = story(
    page("first", "hall"),
    scene("hall", choice("go", "last"), choice("stay", "last")),
    page("last", "end"),
    id="pages",
)


def test_a_group_reads_pages_together_with_the_decision_they_lead_to() -> None:
    leading, game, _ = sitting(TOLD)
    led(leading, "next")
    view = shown(leading)
    assert (view["step"], view["scene"]) == ("scene", "hall")
    assert view["text"] == ["First", "Page first.", "Hall", "This is hall."]
    led(leading, "settle a", "next", "next")
    view = shown(leading)
    assert view["step"] == "ending"
    assert view["text"] == ["Last", "Page last.", "End", "It ends in end."]
    (run,) = game.history()
    assert run.ending == "end"
    events = game.open(run.id).events
    assert [event.scene for event in events if isinstance(event, Continued)] == [
        "first",
        "last",
    ]
