"""A certificate of completion: which scenarios, on which editions, and a digest to check it by.

It says that somebody came to an end, not how well, and it speaks for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from dialogue_game.core.course import Course
from dialogue_game.reporting.pages.blocks import Block, Page, Para, Strong, Table


@dataclass(frozen=True, slots=True)
class Completed:
    """One scenario that was brought to an end; `ended` is when, ISO 8601, UTC.

    `choices` are `scene.choice` paths: they count for the digest and are not printed.
    """

    story: str
    title: str
    edition: str
    run: str
    ended: str
    choices: tuple[str, ...]


def digest(course: str, completed: Sequence[Completed]) -> str:
    """What only these runs give: SHA-256 over course, scenarios, editions, times and choices."""
    content = [course, [asdict(one) for one in completed]]
    spelled = json.dumps(
        content, ensure_ascii=True, separators=(",", ":"), sort_keys=True
    )
    return sha256(spelled.encode()).hexdigest()


def certificate_page(
    course: Course, completed: Sequence[Completed], name: str = ""
) -> Page:
    """The certificate; without a name there is a line to write one on."""
    rows = [(one.title, one.ended[:10], one.run, one.edition) for one in completed]
    whole = "All scenarios" if _whole(course, completed) else "Scenarios"
    blocks: list[Block] = [
        Para(
            (Strong(name.strip()),)
            if name.strip()
            else "Name: ______________________________"
        ),
        Para(("has come to the end of these scenarios of ", Strong(course.title), ".")),
        Table(
            f"{whole} of the course that were completed",
            ("Scenario", "Completed on", "Run", "Edition (SHA-256)"),
            rows,
        ),
        Para(("Digest of these runs: ", Strong(digest(course.id, completed)))),
        Para(
            "The same runs give the same digest at any time; whoever holds the journal can make "
            "this page again and compare. The name is not part of it.",
            "note",
        ),
        Para(
            "This page was made by the player's own program. It is no qualification, and no "
            "organization endorses it or has checked it.",
            "note",
        ),
    ]
    return Page("Certificate of completion", blocks, course.notice)


def _whole(course: Course, completed: Sequence[Completed]) -> bool:
    done = {one.story for one in completed}
    return all(
        e.id in done for e in course.stories if e.kind == "scenario" and not e.coming
    )
