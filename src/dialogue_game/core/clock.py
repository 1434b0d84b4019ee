"""Time in a story: a number of minutes since the midnight before its first day, shown as a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

DAY: Final = 24 * 60
WEEK: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A story's clock: its first reading, and its named times, in minutes since day 1, 00:00.

    `weekday` is the place of day 1 in `days` (0 for the first), or -1 where the story only counts
    its days.
    """

    start: int
    weekday: int = -1
    times: Mapping[str, int] = field(default_factory=dict)
    days: tuple[str, ...] = WEEK

    def shows(self, name: str) -> bool:
        """Whether a variable of this name is shown as a time."""
        return name == "clock" or name in self.times

    def text(self, minutes: float) -> str:
        """A reading in words: "Friday 16:20", and from the eighth day on also which day it is."""
        day, minute = divmod(int(minutes // 1), DAY)
        time = f"{minute // 60:02}:{minute % 60:02}"
        if self.weekday < 0:
            return f"day {day + 1} {time}"
        name = self.days[(self.weekday + day) % len(self.days)]
        return (
            f"{name} {time}"
            if day < len(self.days)
            else f"{name} {time}, day {day + 1}"
        )
