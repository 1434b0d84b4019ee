"""A widget whose size follows from its layout, and asks for no second one."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


class Settled(Widget):
    """Base of our widgets.

    Textual lays the whole screen out again whenever the size of anything's content has changed,
    as it may be a scroll bar's doing. Ours have their gutters reserved, so one layout settles it:
    that halves the time from a key to its picture.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
