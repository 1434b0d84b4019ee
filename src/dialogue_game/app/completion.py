"""What a certificate says: each scenario's first run of one's own that came to an end."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.game import Game
from dialogue_game.app.runs import PlaythroughInfo, StoryKey
from dialogue_game.core.events import ChoiceMade
from dialogue_game.errors import NotFound
from dialogue_game.reporting.pages.certificate import Completed
from dialogue_game.reporting.xapi.attempt import timestamp


def completed(game: Game, stories: Sequence[str] = ()) -> tuple[Completed, ...]:
    """The scenarios asked for (all of the course by default), in the course's order.

    Raises NotFound where one of them has not been brought to an end by one person.
    """
    first: dict[StoryKey, PlaythroughInfo] = {}
    for run in sorted(game.history(), key=lambda run: (run.ended, run.id)):
        if run.finished and run.alone:
            first.setdefault(run.key, run)
    entries = [e for e in game.course.stories if e.kind == "scenario" and not e.coming]
    wanted = [e for e in entries if not stories or e.id in stories]
    unknown = set(stories) - {entry.id for entry in entries}
    if unknown or not wanted:
        named = ", ".join(sorted(unknown)) or "any"
        raise NotFound(f"There is no scenario “{named}” in this course.")
    missing = [entry.title for entry in wanted if game.key(entry.id) not in first]
    if missing:
        raise NotFound(
            f"Not brought to an end yet: {', '.join(missing)}.",
            "Play them, or name those that you have ended with --story.",
        )
    return tuple(
        _completed(game, entry.title, first[game.key(entry.id)]) for entry in wanted
    )


def _completed(game: Game, title: str, run: PlaythroughInfo) -> Completed:
    recorded = game.store.read(run.id)
    made = (item.event for item in recorded if isinstance(item.event, ChoiceMade))
    choices = tuple(f"{event.scene}.{event.choice}" for event in made)
    return Completed(
        run.story, title, run.edition, run.id, timestamp(run.ended), choices
    )
