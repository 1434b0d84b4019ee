"""What both views of a session are made from: where the group is, its paths, those side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dialogue_game.app.session import session_texts as texts
from dialogue_game.app.session.agenda import Agenda, agenda
from dialogue_game.app.session.sessions import (
    GroupPlace,
    events_of,
    place,
)
from dialogue_game.app.session.shared_view import (
    ComparedGuideline,
    OtherPath,
    PathLine,
    SharedOption,
)
from dialogue_game.core import engine
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief, PathStep, debrief
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import letter_of, may_show_counts
from dialogue_game.core.session.session_state import (
    Deliberation,
    Session,
    SessionPlaythrough,
)
from dialogue_game.core.story import Option, Story
from dialogue_game.reporting.labels import REPAIRED, progress_text, verdict_text
from dialogue_game.reporting.run_text import quoted

if TYPE_CHECKING:
    from dialogue_game.app.game import Game

_WHOLE: Final = (0.0, 1.0)
UNTOUCHED: Final = ("not tested", "passed by")
TURN: Final = "{title}: most was lost at “{scene}”, with {choice}"
NO_TURN: Final = "{title}: nothing was lost at any decision."
DIVERGED: Final = "At “{scene}” we chose {one} On the other road: {other}"
SAME: Final = "Guidelines that fared alike: {numbers}."
DIFFERENT: Final = "Guidelines that fared differently: {numbers}."


@dataclass(frozen=True, slots=True)
class PathSide:
    """One path of the session: what it is called, its story, its look back, how it ended."""

    title: str
    story: Story
    back: Debrief
    ending: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SessionContext:
    """What views are made from: the session, where its path is, and what the agenda says.

    `place` is None outside a scenario; `progress` says how far in it; `path_lines` are the paths
    taken so far, in words; `sides` those that stand side by side now.
    """

    id: str
    course: Course
    session: Session
    now: int
    agenda: Agenda
    place: GroupPlace | None = None
    progress: str = ""
    path_lines: tuple[PathLine, ...] = ()
    sides: tuple[PathSide, ...] = ()
    other_paths: tuple[OtherPath, ...] = ()


class ContextBuilder:
    """Finds the stories of one session and says where the group is in them."""

    def __init__(self, game: Game) -> None:
        self.course = game.course
        self._game = game
        self._remaining: dict[str, Mapping[str, tuple[int, int]]] = {}
        self._seen: Session | None = None
        self._known: dict[str, Any] = {}

    def story(self, path: SessionPlaythrough) -> Story:
        """The edition that a path is on. Raises NotFound."""
        return self._game.edition(path.story, path.edition)

    def place(self, session: Session) -> GroupPlace | None:
        """Where the group is in its newest path; None before the first one."""
        if not session.paths:
            return None
        found: GroupPlace = self._cached(
            session, "place", lambda: place(session, self.story(session.path))
        )
        return found

    def _cached(self, session: Session, what: str, made: Callable[[], Any]) -> Any:
        """What a session's state gives, made once: it is asked for at every tick of the clock."""
        if self._seen is not session:
            self._seen, self._known = session, {}
        if what not in self._known:
            self._known[what] = made()
        return self._known[what]

    def context(self, session_id: str, session: Session, now: int) -> SessionContext:
        """Everything that views of this session are made from."""
        found = self.place(session)
        path_lines: tuple[PathLine, ...] = ()
        others: tuple[OtherPath, ...] = ()
        sides = self._cached(session, "sides", lambda: tuple(self._sides(session)))
        if session.step == steps.PROFILE:
            path_lines = self._cached(
                session, "path_lines", lambda: tuple(self.path_lines(session))
            )
        elif sides:
            path_lines = tuple(map(_path_line, sides))
        if session.step == steps.ENDING:
            others = self._cached(
                session, "others", lambda: tuple(self._other_paths(session, found))
            )
        return SessionContext(
            session_id,
            self.course,
            session,
            now,
            agenda(session, self.titles(session), now, self.share(session, found)),
            found,
            self._progress(session, found),
            path_lines,
            sides,
            others,
        )

    def titles(self, session: Session) -> dict[str, str]:
        """What the parts of the agenda are called."""
        entries = [self.course.entry(story) for story in session.started.scenarios]
        return {
            steps.WELCOME: texts.TITLES[steps.WELCOME],
            **{entry.id: entry.title for entry in entries if entry},
            steps.COMPARISON_PART: texts.TITLES[steps.COMPARISON],
            steps.CLOSING_PART: "Closing and evaluation",
        }

    def ahead(self, story: Story, scene: str) -> float:
        """About how many decisions lie ahead of a scene, its own included."""
        return sum(self._left(story, scene)) / 2

    def _left(self, story: Story, scene: str) -> tuple[int, int]:
        """How many decisions lie ahead of a scene at least, and at most."""
        if story.edition not in self._remaining:
            from dialogue_game.analysis.graph import remaining

            self._remaining[story.edition] = remaining(story)
        return self._remaining[story.edition][scene]

    def _progress(self, session: Session, found: GroupPlace | None) -> str:
        """Which decision this is, of about how many; "" outside one."""
        if not session.deciding or found is None or found.before.ended:
            return ""
        before = found.before
        return progress_text(before.decisions, *self._left(found.story, before.scene))

    def share(self, session: Session, found: GroupPlace | None) -> tuple[float, float]:
        """How much of the scenario lies behind, before and after the decision under way."""
        if session.step == steps.ENDING:
            return (1.0, 1.0)
        if not session.deciding or found is None or found.before.ended:
            return _WHOLE
        if session.path.branched_from:
            return (1.0, 1.0)
        made = found.before.decisions
        whole = made + max(self.ahead(found.story, found.before.scene), 1.0)
        return (made / whole, min((made + 1) / whole, 1.0))

    def path_lines(self, session: Session) -> Iterator[PathLine]:
        """Every path that has a choice, with its ending and what was tested, in words."""
        for path in session.paths:
            if len(path.choices) > path.branched_at:
                yield _path_line(self._look_back(path))

    def _look_back(self, path: SessionPlaythrough) -> PathSide:
        story = self.story(path)
        other = ", the other road" if path.branched_from else ""
        events = events_of(path, "")
        state = engine.read_on(story, engine.replay(story, events))[1]
        ending = story.endings.get(state.ending)
        how = (ending.title, ending.kind) if ending else ("", "")
        return PathSide(f"{story.title}{other}", story, debrief(story, events), *how)

    def _sides(self, session: Session) -> Iterator[PathSide]:
        """The paths that stand side by side: the scenarios, or at an ending a path and its other.

        Of each scenario it is the path that was taken first.
        """
        newest = session.path if session.paths else None
        for path in session.paths:
            if session.step == steps.COMPARISON:
                beside = bool(path.choices) and not path.branched_from
            elif session.step == steps.ENDING and newest and newest.branched_from:
                beside = path is newest or path.playthrough == newest.branched_from
            else:
                beside = False
            if beside:
                yield self._look_back(path)

    def _other_paths(
        self, session: Session, found: GroupPlace | None
    ) -> Iterator[OtherPath]:
        """Every decision of the path with the options not taken; what most wanted comes first."""
        if found is None:
            return
        story, path = found.story, session.path
        ranked: list[tuple[float, OtherPath]] = []
        newest = len(session.paths) - 1
        own = [d for d in session.deliberations if d.path == newest]
        deliberations = dict(enumerate(own, path.branched_at))
        for made, (_, choice) in enumerate(path.choices):
            reached = engine.replay(story, events_of(path, "", made))
            situation, _ = engine.combined_situation(story, reached)
            lettered = lettered_options(situation.options)
            others = [o for o in lettered if o.available and o.id != choice]
            if not others:
                continue
            share, wanted = _wanted(deliberations.get(made), others)
            others.sort(key=lambda option: option.letter != wanted)
            other = OtherPath(made + 1, situation.title, tuple(others), wanted)
            ranked.append((share, other))
        ranked.sort(key=lambda pair: -pair[0])
        for _, other in ranked:
            yield other


def options_of(place: GroupPlace) -> tuple[SharedOption, ...]:
    """The options of the newest decision with their letters."""
    return lettered_options(place.situation.options)


def lettered_options(offered: Sequence[Option]) -> tuple[SharedOption, ...]:
    """Options as the room sees them: each with the letter of its card."""
    return tuple(
        SharedOption(letter_of(offered, o.id), o.id, o.text, o.available, o.locked)
        for o in offered
    )


def _path_line(side: PathSide) -> PathLine:
    """One path with its ending and what was tested, in words."""
    story, back = side.story, side.back
    lines = []
    for result in back.profile.guidelines:
        if result.verdict not in UNTOUCHED:
            known = story.guidelines[result.guideline]
            verdict = verdict_text(result)
            lines.append(f"Guideline {known.number}, {known.short}: {verdict}")
    return PathLine(story.id, side.title, side.ending, side.kind, tuple(lines))


def _wanted(
    decision: Deliberation | None, others: Sequence[SharedOption]
) -> tuple[float, str]:
    """What share chose the option that most of the others chose, and its letter; else 0 and ""."""
    rounds = decision.rounds if decision else ()
    if not rounds or not may_show_counts(rounds, len(rounds) - 1):
        return 0, ""
    last = rounds[-1]
    counts = {other.letter: last.counts.get(other.id, 0) for other in others}
    most = max(counts.values(), default=0)
    wanted = [letter for letter, count in counts.items() if count == most]
    if not most or len(wanted) > 1:
        return 0, ""
    return most / last.total, wanted[0]


def compared_guidelines(paths: Sequence[PathSide]) -> tuple[ComparedGuideline, ...]:
    """Every guideline that one of these paths touched, with a verdict for each of them."""
    results = [{r.guideline: r for r in path.back.profile.guidelines} for path in paths]
    known = {
        name: g for path in reversed(paths) for name, g in path.story.guidelines.items()
    }
    rows = []
    for name, guideline in sorted(known.items(), key=lambda item: item[1].number):
        verdicts = tuple(_verdict(result.get(name)) for result in results)
        if any(verdict not in UNTOUCHED for verdict in verdicts):
            label = f"{guideline.number}, {guideline.short}"
            rows.append(ComparedGuideline(guideline.number, label, verdicts))
    return tuple(rows)


def what_differed(
    paths: Sequence[PathSide], guidelines: Sequence[ComparedGuideline]
) -> tuple[str, ...]:
    """What differs between these paths, in sentences: their turns, then the guidelines."""
    if _one_story(paths):
        return (*_fork(paths[0], paths[1]), *_alike(guidelines))
    return (*map(_turn, paths), *_alike(guidelines))


def _one_story(paths: Sequence[PathSide]) -> bool:
    return len(paths) == 2 and paths[0].story.edition == paths[1].story.edition


def _fork(one: PathSide, other: PathSide) -> tuple[str, ...]:
    """The first decision at which two paths of one story took different options."""
    for here, there in zip(one.back.path, other.back.path, strict=False):
        if here.decision.chosen.id != there.decision.chosen.id:
            scene, one_choice = here.before.title, _choice(here)
            return (DIVERGED.format(scene=scene, one=one_choice, other=_choice(there)),)
    return ()


def _turn(path: PathSide) -> str:
    """The decision of a path that fell furthest short of what was open at it."""
    turn = max(path.back.path, key=lambda step: step.stake.lost, default=None)
    if turn is None or not turn.stake.lost:
        return NO_TURN.format(title=path.title)
    return TURN.format(title=path.title, scene=turn.before.title, choice=_choice(turn))


def _choice(step: PathStep) -> str:
    return quoted(step.consequence.choice_text)


def _alike(guidelines: Sequence[ComparedGuideline]) -> Iterator[str]:
    for sentence, alike in ((SAME, True), (DIFFERENT, False)):
        listed = [g for g in guidelines if (len(set(g.verdicts)) == 1) == alike]
        numbers = [str(guideline.number) for guideline in listed]
        if numbers:
            yield sentence.format(numbers=", ".join(numbers))


def _verdict(result: GuidelineResult | None) -> str:
    if result is None:
        return "not tested"
    return REPAIRED if result.repaired else result.verdict
