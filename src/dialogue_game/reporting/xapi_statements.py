"""xAPI 1.0.3 statements, derived from a playthrough's events and always the same from them.

Ids are made from the stream and the event's number, times are the events'. What an event gives
depends on the events before it and on none after it, so a playthrough that has gone on adds
statements and alters none. Rules: xAPI-Data.md of xAPI 1.0.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from dialogue_game.analysis.graph import remaining
from dialogue_game.core import engine
from dialogue_game.core.events import (
    ChoiceMade,
    Continued,
    PlaythroughStarted,
    ReferenceOpened,
)
from dialogue_game.core.scoring import Decision, GuidelineResult, Stake, profile, stake
from dialogue_game.core.session.ballots import may_show_counts
from dialogue_game.core.state import Situation, State
from dialogue_game.core.text import safe
from dialogue_game.reporting import xapi_model as xapi
from dialogue_game.reporting.xapi_model import (
    PAUSE,
    Attempt,
    Learner,
    Moment,
    duration,
    spent,
    statement_id,
    timestamp,
)

Statement = dict[str, Any]

MILESTONES: Final = (25, 50, 75)
"""Per cent of a story at which progress is told."""


def statements(
    attempt: Attempt, learner: Learner, after: int = 0
) -> Iterator[Statement]:
    """The statements of the events numbered above `after`, in order.

    Raises ValueError or KeyError where the events are none of this story's.
    """
    for seq, statement in _AttemptStatements(attempt, learner).all():
        if seq > after:
            yield statement


def serialised(statement: Statement) -> str:
    """The one spelling of a statement, as it is exported, kept and sent."""
    return msgspec.json.encode(statement).decode()


class _AttemptStatements:
    """The statements of one attempt, event by event."""

    def __init__(self, attempt: Attempt, learner: Learner) -> None:
        self.attempt, self.learner, self.story = attempt, learner, attempt.story
        self.language = learner.language
        self.start = attempt.start
        self.state: State = engine.replay(self.story, [self.start])
        self.decisions: list[Decision] = []
        self.active = self.thinking = 0
        self.left = attempt.left or remaining(self.story)
        course = self.story.course or "own"
        self.base = learner.base(attempt.moments[0].at)
        self.course_id = f"{self.base}/courses/{course}"
        self.story_id = f"{self.course_id}/stories/{self.story.id}"
        name = {self.language: safe(self.story.title)}
        self.scenario = _activity(self.story_id, {"type": xapi.SCENARIO, "name": name})
        self.parent = {"id": self.story_id}
        self.decision_type = {"type": xapi.DECISION, "interactionType": "choice"}

    def all(self) -> Iterator[tuple[int, Statement]]:
        """Every statement with the number of the event it comes from."""
        moments = self.attempt.moments
        for place, moment in enumerate(moments):
            passed = spent(moments, place)
            self.active += passed
            self.thinking += passed
            for statement in self._interruption(place):
                yield moment.seq, statement
            for statement in self._statements(moment):
                yield moment.seq, statement

    def _interruption(self, place: int) -> Iterator[Statement]:
        """Suspended and resumed, where the player was away for long."""
        if not place or self.state.ended:
            return
        last, now = self.attempt.moments[place - 1 : place + 1]
        if now.at - last.at <= PAUSE:
            return
        result = self._progress()
        yield self._statement(
            "suspended", now._replace(at=last.at), self.scenario, result
        )
        yield self._statement("resumed", now, self.scenario, result)

    def _statements(self, moment: Moment) -> Iterator[Statement]:
        event = moment.event
        if isinstance(event, PlaythroughStarted):
            yield self._statement("initialized", moment, self.scenario, rewound=True)
        elif isinstance(event, ReferenceOpened):
            yield self._reference(moment, event.reference)
        elif isinstance(event, ChoiceMade):
            yield from self._chosen(moment, event)
        elif isinstance(event, Continued):
            yield from self._continued(moment, event)

    def _continued(self, moment: Moment, event: Continued) -> Iterator[Statement]:
        """A page that was read on from: how far the story is told, and the end if it is one."""
        self.state = engine.evolve(self.story, self.state, event)
        if len(self.decisions) < self.start.branched_at:
            return
        if self.state.ended:
            yield from self._ended(moment)
        else:
            yield self._progressed(moment)

    def _chosen(self, moment: Moment, event: ChoiceMade) -> Iterator[Statement]:
        """A decision: the group's ballots, the answer, the progress, and the end if it is one."""
        self.state = engine.state_at_decision(self.story, self.state, event.scene)
        shown, position = engine.situation(self.story, self.state), len(self.decisions)
        choices = self.story.scenes[event.scene].choices
        offered = tuple(
            choices[option.id] for option in shown.options if option.available
        )
        decision = Decision(position, event.scene, choices[event.choice], offered)
        before = self._percent()
        self.state = engine.evolve(self.story, self.state, event)
        self.decisions.append(decision)
        if position >= self.start.branched_at:
            yield from self._ballots(moment, shown, position)
            yield self._answer(moment, decision, shown)
            if self.state.ended:
                yield from self._ended(moment)
            elif any(before < mark <= self._percent() for mark in MILESTONES):
                yield self._progressed(moment)
        self.thinking = 0

    def _answer(
        self, moment: Moment, decision: Decision, shown: Situation
    ) -> Statement:
        earned, chosen = stake(decision), decision.chosen
        result: dict[str, Any] = {"response": chosen.id}
        if self.story.scored:
            result["success"] = decision.success
            result |= _score(earned)
        result["duration"] = duration(self.thinking)
        if chosen.marks:
            result["extensions"] = {
                xapi.MARKS: {m.guideline: m.word for m in chosen.marks}
            }
        first = decision.position == self.start.branched_at
        rechosen = first and bool(self.start.branched_from)
        activity = self._decision(decision, shown)
        body = self._statement(
            "answered", moment, activity, result, self.parent, rewound=rechosen
        )
        ballot = self._last_ballot(moment, decision.position)
        _refer(body, self.attempt.earlier if rechosen else ballot)
        return body

    def _decision(self, decision: Decision, shown: Situation) -> dict[str, Any]:
        correct = [
            choice.id
            for choice in decision.offered
            if all(mark.weight > 0 for mark in choice.marks)
        ]
        body = self._interaction(shown)
        # An empty pattern would say that every answer is wrong, and none that each one is right.
        if self.story.scored and 0 < len(correct) < len(decision.offered):
            body["definition"]["correctResponsesPattern"] = correct
        return body

    def _interaction(self, shown: Situation) -> dict[str, Any]:
        choices = [
            {"id": option.id, "description": {self.language: safe(option.text)}}
            for option in shown.options
            if option.available
        ]
        definition = {
            "name": {self.language: safe(shown.title)},
            **self.decision_type,
            "choices": choices,
        }
        return _activity(f"{self.story_id}/scenes/{shown.scene}", definition)

    def _ballots(
        self, moment: Moment, shown: Situation, position: int
    ) -> Iterator[Statement]:
        """Each closed round; where its counts may not be told only its leading option is."""
        previous = ""
        rounds = self.attempt.rounds.get(position, ())
        for place, round_ in enumerate(rounds):
            extensions: dict[str, Any] = {xapi.ROUND: round_.number}
            if may_show_counts(rounds, place):
                extensions[xapi.TALLY] = dict(round_.counts)
            result: dict[str, Any] = {}
            if round_.leader:
                result["response"] = round_.leader
            result["extensions"] = extensions
            activity, part = self._interaction(shown), f"ballot-{round_.number}"
            body = self._statement(
                "responded", moment, activity, result, self.parent, part=part
            )
            _refer(body, previous)
            previous = body["id"]
            yield body

    def _last_ballot(self, moment: Moment, position: int) -> str:
        rounds = self.attempt.rounds.get(position, ())
        if not rounds:
            return ""
        part = f"ballot-{rounds[-1].number}"
        return statement_id(self.attempt.stream, moment.seq, part)

    def _ended(self, moment: Moment) -> Iterator[Statement]:
        """Completed, passed or failed, scored by guideline, terminated."""
        time = {"duration": duration(self.active)}
        ending = {"extensions": {xapi.ENDING: self.state.ending}}
        done = {"completion": True, **time, **ending}
        yield self._statement("completed", moment, self.scenario, done)
        result = profile(self.story, self.decisions)
        if self.story.scored and result.overall.at_stake:
            passed = result.success()
            judged = {"success": passed, **_score(result.overall), **time}
            verb = "passed" if passed else "failed"
            yield self._statement(verb, moment, self.scenario, judged)
            for line in result.guidelines:
                if line.stake.at_stake:
                    yield self._scored(moment, line)
        yield self._statement("terminated", moment, self.scenario, dict(time))

    def _scored(self, moment: Moment, line: GuidelineResult) -> Statement:
        known = self.story.guidelines[line.guideline]
        guideline = _activity(
            f"{self.course_id}/guidelines/{known.id}",
            {
                "type": xapi.GUIDELINE,
                "name": {self.language: safe(known.short)},
                "description": {self.language: safe(known.text)},
            },
        )
        result = {
            **_score(line.stake),
            "extensions": {xapi.VERDICT: line.verdict},
        }
        part = f"scored-{known.id}"
        return self._statement(
            "scored", moment, guideline, result, self.parent, part=part
        )

    def _reference(self, moment: Moment, reference: str) -> Statement:
        known = self.story.references.get(reference)
        definition: dict[str, Any] = {"type": xapi.REFERENCE}
        if known is not None:
            definition["name"] = {self.language: safe(f"{known.label}: {known.title}")}
            if known.url.startswith("https://"):
                definition["moreInfo"] = known.url
        parent = self.parent
        if not self.state.ended:
            parent = {"id": f"{self.story_id}/scenes/{self.state.scene}"}
        link = _activity(f"{self.course_id}/references/{reference}", definition)
        return self._statement("experienced", moment, link, None, parent)

    def _percent(self) -> int:
        """How far the story is told, by the middle of what may lie ahead."""
        if self.state.ended:
            return 100
        ahead = sum(self.left[self.state.scene]) / 2
        made = self.state.decisions
        return int(100 * made / (made + ahead)) if made else 0

    def _progress(self) -> dict[str, Any]:
        return {"extensions": {xapi.PROGRESS: self._percent()}}

    def _progressed(self, moment: Moment) -> Statement:
        return self._statement("progressed", moment, self.scenario, self._progress())

    def _statement(
        self,
        verb: str,
        moment: Moment,
        activity: dict[str, Any],
        result: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        *,
        rewound: bool = False,
        part: str = "",
    ) -> Statement:
        """One statement with everything that all of them have; empty results are left out."""
        body: Statement = {
            "id": statement_id(self.attempt.stream, moment.seq, part or verb),
            "timestamp": timestamp(moment.at),
            "actor": self.learner.actor(moment.at, self.base, self.start.led_by),
            "verb": xapi.verb(verb),
            "object": activity,
        }
        if result:
            body["result"] = result
        body["context"] = self._context(parent, rewound=rewound)
        return body

    def _context(
        self, parent: dict[str, Any] | None, *, rewound: bool
    ) -> dict[str, Any]:
        course = {"id": self.course_id, "definition": {"type": xapi.COURSE}}
        profile = {"id": xapi.PROFILE, "definition": {"type": xapi.PROFILE_TYPE}}
        activities: dict[str, Any] = {"parent": [parent]} if parent else {}
        activities |= {"grouping": [course], "category": [profile]}
        extensions: dict[str, Any] = {xapi.ATTEMPT: self.attempt.stream}
        if rewound and self.start.branched_from:
            extensions[xapi.REWOUND] = {
                "attempt": self.start.branched_from,
                "decisions": self.start.branched_at,
            }
        context: dict[str, Any] = {
            "registration": self.learner.registered(self.start.led_by),
            "contextActivities": activities,
            "platform": "dialogue-game",
            "language": self.language,
            "extensions": extensions,
        }
        if self.story.edition:
            context["revision"] = self.story.edition
        return context


def _refer(statement: Statement, earlier: str) -> None:
    """Let a statement refer to an earlier one, by its id; "" where there is none."""
    if earlier:
        reference = {"objectType": "StatementRef", "id": earlier}
        statement["context"]["statement"] = reference


def _activity(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    return {"objectType": "Activity", "id": name, "definition": definition}


def _score(earned: Stake) -> dict[str, Any]:
    """A score from what was earned of what was at stake; nothing where nothing was."""
    if not earned.at_stake:
        return {}
    scaled = round(earned.earned / earned.at_stake, 4)
    return {
        "score": {
            "scaled": scaled,
            "raw": earned.earned,
            "min": 0,
            "max": earned.at_stake,
        }
    }
