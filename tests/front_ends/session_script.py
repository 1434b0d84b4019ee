"""A leader who can be replayed: the next command follows from what both views show, and no more."""

from __future__ import annotations

from typing import Any

PEOPLE = 40
QUIET = ("session", "timer", "agenda")
"""What differs between two runs of the same session."""


def next_command(shared: dict[str, Any]) -> str:
    """What this leader types at these views; "" when the session has ended."""
    if shared["ended"]:
        return ""
    step, turn = shared["step"], shared["decision"]
    if step == "scene" and shared["form"] == "hands":
        return f"settle {_letter(shared, turn)}"
    if step in ("vote", "vote_again") and not shared["ballots"]["cast"]:
        first, second = _letter(shared, turn), _letter(shared, turn + 1)
        if step == "vote":
            return f"tally {first}=21 {second}=17"
        return f"ballots {' '.join([first] * 15 + [second] * 23)}"
    if step == "minority" and not shared["reasons"]:
        return "minority Where nobody else could be asked in time."
    if step == "takeaways" and len(shared["takeaways"]) < 3:
        return f"takeaway Number {len(shared['takeaways']) + 1}: ask before you post."
    return "next"


def fingerprint(shared: dict[str, Any]) -> dict[str, Any]:
    """The view without what differs between two runs of the same session."""
    return {name: value for name, value in shared.items() if name not in QUIET}


def _letter(shared: dict[str, Any], turn: int) -> str:
    letters = [option["letter"] for option in shared["options"] if option["letter"]]
    return str(letters[turn % len(letters)]).lower()
