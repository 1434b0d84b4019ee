"""Times as they are said: UTC, whatever a clock once claimed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST: Final = -62_135_510_400_000
_MOST: Final = 253_402_214_400_000
"""Milliseconds of the second day and the last that a calendar here has, in every time zone."""


def moment(milliseconds: int) -> datetime:
    """Milliseconds since the epoch; what no calendar has is its nearest day."""
    return _EPOCH + timedelta(milliseconds=min(max(milliseconds, _LEAST), _MOST))


def day(milliseconds: int) -> str:
    """A date."""
    return moment(milliseconds).date().isoformat()


def to_the_second(milliseconds: int) -> str:
    """A time for programs, in ISO 8601."""
    return moment(milliseconds).isoformat(timespec="seconds").replace("+00:00", "Z")
