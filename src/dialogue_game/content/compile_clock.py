"""Times as authored: `2h`, `1d 2h` as minutes; `Monday 09:00`, `day 12 10:00` as clock readings."""

from __future__ import annotations

import re
from typing import Final

from dialogue_game.analysis.findings import PathKey
from dialogue_game.content.file_findings import FileFindings, did_you_mean
from dialogue_game.content.story_models import ClockModel
from dialogue_game.core.clock import DAY, WEEK, Clock

_DURATION: Final = re.compile(r"(?:(\d{1,4})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,5})m)?\Z")
_MOMENT: Final = re.compile(
    r"(?:day (?P<number>\d{1,4})|(?P<name>.+?))\s+(\d{1,2}):(\d{2})\Z"
)


def minutes_of(written: str) -> int | None:
    """How many minutes a duration is; None where it is none."""
    found = _DURATION.match(written.strip())
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * DAY + hours * 60 + minutes


def clock_of(model: ClockModel, findings: FileFindings) -> Clock:
    """A story's clock, with its named times; a finding for each that cannot be read."""
    return _Times(model, findings).clock()


class _Times:
    """Reads the times of one clock."""

    def __init__(self, model: ClockModel, findings: FileFindings) -> None:
        self.model, self.findings = model, findings
        self.days = tuple(model.days or WEEK)
        if model.days and len(model.days) != len(WEEK):
            message = "A week has seven days."
            findings.add(
                "DG013", ("clock", "days"), message, "Name all seven, from Monday on."
            )

    def clock(self) -> Clock:
        start = self.moment(self.model.start, ("clock", "start"))
        weekday, at = start or (-1, 0)
        times = {}
        for name, written in self.model.times.items():
            path = ("clock", "times", name)
            found = self.moment(written, path)
            times[name] = at
            if start is not None and found is not None:
                times[name] = self.after(found, weekday, at, path)
        return Clock(at, weekday, times, self.days)

    def after(
        self, found: tuple[int, int], weekday: int, start: int, path: PathKey
    ) -> int:
        """A named time in minutes: the first such weekday's at or after the start."""
        day, minute = found
        if day < 0:
            return minute
        if weekday < 0:
            message = "The clock counts days here, and this is a weekday."
            self.findings.add(
                "DG013", path, message, "Write day 3 10:00, or start on a weekday."
            )
            return minute
        at = (day - weekday) % 7 * DAY + minute
        return at if at >= start else at + 7 * DAY

    def moment(self, written: str, path: PathKey) -> tuple[int, int] | None:
        """A weekday (from 0; -1 where days are counted) and its minutes."""
        found = _MOMENT.match(written.strip())
        if found is None or int(found[3]) > 23 or int(found[4]) > 59:
            message = f"“{written}” is no time."
            self.findings.add(
                "DG013", path, message, "Write Monday 09:00, or day 1 09:00."
            )
            return None
        minute = int(found[3]) * 60 + int(found[4])
        if found["number"] is not None:
            if int(found["number"]) < 1:
                self.findings.add(
                    "DG013", path, "Days count from 1.", "Write day 1 09:00."
                )
                return None
            return -1, (int(found["number"]) - 1) * DAY + minute
        name = found["name"]
        for days in (self.days, WEEK):
            if name in days:
                return days.index(name), minute
        advice = (
            did_you_mean(name, (*self.days, *WEEK)) or f"Days: {', '.join(self.days)}."
        )
        self.findings.add("DG013", path, f"“{name}” is no day of the week.", advice)
        return None
