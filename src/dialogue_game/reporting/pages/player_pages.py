"""Pages that a player keeps: a run's debrief, and the certificate of completion."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from dialogue_game.core.course import Course, Reference
from dialogue_game.core.debrief import Debrief, PathStep
from dialogue_game.core.scoring import GuidelineResult
from dialogue_game.core.story import Story
from dialogue_game.reporting.about import Section, law_section
from dialogue_game.reporting.labels import (
    ADDING_UP,
    VERIFIED,
    coaching_notes,
    earned_text,
    force_text,
    verdict_text,
)
from dialogue_game.reporting.pages.markup import (
    Block,
    Heading,
    Items,
    Link,
    Page,
    Para,
    Strong,
    Table,
    Text,
    paragraphs,
)
from dialogue_game.reporting.run_text import (
    TITLES,
    Remark,
    questions,
    quoted,
    run_remarks,
)


def debrief_page(
    story: Story, debrief: Debrief, ended: str = "", course: Course | None = None
) -> Page:
    """The debrief of one run; `ended` is the day it ended, "" while it is under way."""
    blocks: list[Block] = list(_head(story, debrief, ended))
    for title, remarks in run_remarks(debrief):
        blocks += [Heading(2, title), Items([_remark(remark) for remark in remarks])]
    blocks += _guidelines(story, debrief)
    blocks.append(Heading(2, TITLES["path"]))
    for step in debrief.path:
        blocks += _step(story, step)
    blocks += _questions(story, debrief)
    if debrief.reflection:
        blocks += [Heading(2, "In your own words"), Para(debrief.reflection, "quote")]
    blocks += _reading(debrief)
    law = law_section(course) if course else Section("")
    if law.paragraphs or law.items:
        blocks += [Heading(2, law.title), *paragraphs(law.paragraphs), Items(law.items)]
    notice = f"{course.notice} " if course and course.notice else ""
    return Page(f"Debrief: {story.title}", blocks, f"{notice}Edition {story.edition}.")


def reference_text(reference: Reference) -> Text:
    """A reference on one line: what it is, whether it binds, how far it was checked."""
    name = f"{reference.label}: {reference.title}"
    named = Link(name, reference.url) if reference.url else Strong(name)
    return (named, f". {force_text(reference)} {VERIFIED[reference.verified]}")


def _head(story: Story, debrief: Debrief, ended: str) -> Iterator[Block]:
    ending, overall = debrief.ending, debrief.profile.overall
    if ending is None:
        yield Para("This run is still under way.")
    else:
        when = f" on {ended}" if ended else ""
        yield Para((f"You came to the end{when}: ", Strong(ending.title), "."))
        yield from paragraphs(ending.text)
    if story.scored and overall.at_stake:
        share = f"{earned_text(overall.earned, overall.at_stake)} points, {overall.percent} %"
        yield Para(
            ("Of what was at stake on your road you earned ", Strong(share), ".")
        )
        yield Para(ADDING_UP, "note")
    if story.status != "reviewed":
        yield Para(
            "This scenario is drafted and has not been reviewed by an office.", "note"
        )


def _guidelines(story: Story, debrief: Debrief) -> Iterator[Block]:
    if not story.scored:
        return
    yield Heading(2, "Guidelines")
    rows = [
        (
            f"{story.guidelines[line.guideline].number}. {story.guidelines[line.guideline].short}",
            verdict_text(line),
            earned_text(line.stake.earned, line.stake.at_stake),
        )
        for line in debrief.profile.guidelines
    ]
    yield Table("How each guideline fared", ("Guideline", "Verdict", "Earned"), rows)
    for line in debrief.profile.guidelines:
        yield from _evidence(story, line)


def _evidence(story: Story, line: GuidelineResult) -> Iterator[Block]:
    if not line.evidence:
        return
    known = story.guidelines[line.guideline]
    yield Heading(3, f"Guideline {known.number}: {known.short}")
    yield Para(known.text)
    yield Items(
        [
            (Strong(item.mark.word), f", decision {item.position + 1}: {item.mark.why}")
            for item in line.evidence
        ]
    )


def _step(story: Story, step: PathStep) -> Iterator[Block]:
    consequence = step.consequence
    yield Heading(3, f"{step.decision.position + 1}. {step.before.title}")
    yield Para(("You chose ", Strong(quoted(consequence.choice_text))))
    yield from paragraphs(consequence.text)
    if consequence.marks:
        yield Items(
            [
                (
                    Strong(
                        f"{mark.word} guideline {story.guidelines[mark.guideline].number}"
                    ),
                    f", {story.guidelines[mark.guideline].short}: {mark.why}",
                )
                for mark in consequence.marks
            ]
        )
    yield from paragraphs(coaching_notes(consequence))
    if consequence.references:
        yield Items([reference_text(reference) for reference in consequence.references])


def _remark(remark: Remark) -> Text:
    return (Strong(remark.at), f" {remark.text}") if remark.at else remark.text


def _questions(story: Story, debrief: Debrief) -> Iterator[Block]:
    first, others = questions(story, debrief)
    for title, listed in (
        (TITLES["questions"], first),
        (TITLES["questions_others"], others),
    ):
        if listed:
            yield Heading(2, title)
            yield Items(listed)


def _reading(debrief: Debrief) -> Iterator[Block]:
    if debrief.resources:
        yield Heading(2, "To read further")
        yield Items([reference_text(reference) for reference in debrief.resources])


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
