"""The keys of the drawers that open over more than one kind of screen."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

GUIDELINES: Final = Binding(
    "g",
    "app.drawer('guidelines')",
    "Guidelines",
    id="drawer.guidelines",
    tooltip="The guidelines, as the source prints them",
)
REFERENCES: Final = Binding(
    "r",
    "app.drawer('references')",
    "References",
    id="drawer.references",
    tooltip="Every provision and office the course cites",
)
