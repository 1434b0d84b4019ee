"""Situations, consequences and debriefs as plain data: the machine contract of `play --json`."""

from __future__ import annotations

from typing import Any

from dialogue_game.core.course import Reference
from dialogue_game.core.debrief import Debrief
from dialogue_game.core.scoring import GuidelineResult, Stake
from dialogue_game.core.state import Consequence, ShownExhibit, Situation
from dialogue_game.core.story import Mark, Story


def situation_data(
    story: Story, situation: Situation, playthrough: str
) -> dict[str, Any]:
    """The value of a `situation` line. In an ending, `scene` is empty and `ending` is set."""
    data: dict[str, Any] = {
        "playthrough": playthrough,
        "scene": situation.scene,
        "title": situation.title,
        "text": "\n\n".join(situation.text),
        "as": story.name_of(situation.as_),
        "exhibits": [exhibit_data(exhibit) for exhibit in situation.exhibits],
        "options": [
            {"id": o.id, "text": o.text, "available": o.available, "locked": o.locked}
            for o in situation.options
        ],
        "group": situation.group,
        "discuss": list(situation.discuss),
        "decision": situation.decision,
    }
    if situation.continues:
        data["continue"] = True
    if situation.stub:
        data["stub"] = True
    if situation.ending:
        data["ending"] = ending_data(situation)
    return data


def ending_data(reached: Situation | None) -> dict[str, str] | None:
    """An ending that was reached; None where there is none."""
    if reached is None:
        return None
    return {
        "id": reached.ending,
        "kind": reached.ending_kind,
        "title": reached.title,
    }


def stake_data(stake: Stake) -> dict[str, int | None]:
    """What was earned of what was at stake."""
    return {
        "earned": stake.earned,
        "at_stake": stake.at_stake,
        "percent": stake.percent,
    }


def verdict_data(result: GuidelineResult) -> dict[str, Any]:
    """How a guideline fared, in a word and in numbers."""
    return {
        "verdict": result.verdict,
        "repaired": result.repaired,
        **stake_data(result.stake),
    }


def exhibit_data(exhibit: ShownExhibit) -> dict[str, Any]:
    """One exhibit, its fields under their own names in the story format."""
    data: dict[str, Any] = {
        "id": exhibit.id,
        "kind": exhibit.kind,
        "alt": exhibit.alt,
        "details": [
            {"id": d.id, "look": d.look, "text": d.text} for d in exhibit.details
        ],
        "fields": dict(exhibit.fields),
    }
    if exhibit.items:
        data["items"] = [dict(item) for item in exhibit.items]
    return data


def mark_data(mark: Mark) -> dict[str, str]:
    """One mark with its why."""
    return {"guideline": mark.guideline, "mark": mark.word, "why": mark.why}


def reference_data(reference: Reference) -> dict[str, Any]:
    """One reference, with how far it was verified."""
    return {
        "id": reference.id,
        "symbol": reference.symbol,
        "provision": reference.provision,
        "title": reference.title,
        "summary": reference.summary,
        "verified": reference.verified,
        "binding": reference.binding,
        "force": reference.known_force,
        "url": reference.url,
        "note": reference.note,
    }


def consequence_data(consequence: Consequence) -> dict[str, Any]:
    """The value of a `consequence` line."""
    return {
        "scene": consequence.scene,
        "choice": consequence.choice,
        "choice_text": consequence.choice_text,
        "text": "\n\n".join(consequence.text),
        "marks": [mark_data(mark) for mark in consequence.marks],
        "references": [
            reference_data(reference) for reference in consequence.references
        ],
        "coaching": consequence.coaching,
        "settled": consequence.settled,
        "defensible": consequence.defensible,
        "cost": {"person": consequence.cost.person, "text": consequence.cost.text}
        if consequence.cost
        else None,
    }


def debrief_data(story: Story, debrief: Debrief) -> dict[str, Any]:
    """The value of a `debrief` line."""
    return {
        "story": story.id,
        "edition": story.edition,
        "status": story.status,
        "ending": ending_data(debrief.ending),
        "overall": stake_data(debrief.profile.overall),
        "success": debrief.profile.success(),
        "guidelines": [guideline_data(result) for result in debrief.profile.guidelines],
        "path": [
            {
                "scene": step.decision.scene,
                "choice": step.decision.chosen.id,
                "earned": step.stake.earned,
                "at_stake": step.stake.at_stake,
            }
            for step in debrief.path
        ],
        "questions": {
            "asked": list(debrief.passed_questions),
            "others": list(debrief.other_questions),
        },
        "resources": [reference_data(reference) for reference in debrief.resources],
        "reflection": debrief.reflection,
        **run_remarks_data(debrief),
    }


def run_remarks_data(debrief: Debrief) -> dict[str, Any]:
    """The run as a story about its player: pattern, moments, protected, paid."""
    stances = {
        name: {
            "offered": stance.offered,
            "taken": len(stance.taken),
            "earned": stance.earned,
            "at_stake": stance.at_stake,
            "where": [f"{d.scene}.{d.chosen.id}" for d in stance.taken],
        }
        for name, stance in debrief.pattern.stances.items()
    }
    kept, paid = debrief.protected, debrief.paid
    return {
        "pattern": {"stances": stances, "text": debrief.pattern.text},
        "moments": [
            {"scene": moment.scene, "choice": moment.choice, "why": moment.why}
            for moment in debrief.moments
        ],
        "protected": None
        if kept is None
        else {
            "text": kept.text,
            "scene": kept.scene,
            "choice": kept.choice,
            "guideline": kept.guideline,
        },
        "paid": None
        if paid is None
        else {
            "text": paid.text,
            "scene": paid.scene,
            "choice": paid.choice,
            "person": paid.person,
            "guideline": paid.guideline,
        },
    }


def guideline_data(result: GuidelineResult) -> dict[str, Any]:
    """One line of the profile."""
    return {
        "id": result.guideline,
        **verdict_data(result),
        "evidence": [
            {
                "scene": item.scene,
                "choice": item.choice,
                "mark": item.mark.word,
                "why": item.mark.why,
            }
            for item in result.evidence
        ],
    }
