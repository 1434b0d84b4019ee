"""The keys of the panels that open over more than one kind of screen."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

GUIDELINES: Final = Binding(
    "g",
    "app.panel('guidelines')",
    "Guidelines",
    id="panel.guidelines",
    tooltip="The guidelines, as the source prints them",
)
REFERENCES: Final = Binding(
    "r",
    "app.panel('references')",
    "References",
    id="panel.references",
    tooltip="Every provision and office the course cites",
)
