"""Copy and paste: the same text twice, or nearly; options alike in all that they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import combinations
from typing import Final

from dialogue_game.analysis.findings import Finding, PathKey, finding
from dialogue_game.analysis.rules.subject import Subject
from dialogue_game.core.story import Choice, Paragraph, Story
from dialogue_game.core.template import Placeholder, conditional_texts

SAME_FROM: Final = 5
"""Words from which the same text counts as copied; “Say nothing.” may stand in several scenes."""
LONG: Final = 8
"""Words from which nearly the same text counts as copied."""
NEARLY: Final = 0.8
"""The share of neighbouring words that two texts have in common, from which they are nearly one."""
SAMPLE: Final = 5
"""Words in a row by which texts are found that may be nearly one."""
ANCHORED: Final = 20
"""Words of a text for which one more sample is taken at each end of the alphabet."""
COMMON: Final = 20
"""A sample that stands in more texts than this tells nothing of copying."""

Entry = tuple[str, PathKey, tuple[str, ...]]
"""What a text is, where it stands, and its words."""
Piece = tuple[str, PathKey, str]
"""What a text is, where it stands, and the text."""


def copied_texts(subject: Subject) -> Iterator[Finding]:
    """DG314: a why, a consequence, a label or an ending's text that stands twice, or nearly.

    Fragments and costs stand in several texts by their author's will, and are left out.
    """
    costs = {
        choice.cost.text
        for _, choice in subject.story.choices()
        if choice.cost is not None
    }
    for kind in ("why", "consequence", "label", "text"):
        # One kind after the other, as those of a long story take much memory.
        texts = _texts(subject.story, kind, costs)
        entries = [
            (name, path, words)
            for name, path, text in texts
            if (words := subject.casefolded_words(text))
        ]
        yield from _same(subject, kind, entries)
        yield from _nearly(
            subject, kind, [entry for entry in entries if len(entry[2]) >= LONG]
        )


def _texts(story: Story, kind: str, costs: Set[str]) -> Iterator[Piece]:
    """The texts of one kind."""
    if kind == "text":
        for scene in story.scenes.values():
            yield scene.id, ("scenes", scene.id, "text"), _own(scene.text, costs)
        for ending in story.endings.values():
            yield ending.id, ("endings", ending.id, "text"), _own(ending.text, costs)
        return
    for scene, choice in story.choices():
        here: PathKey = ("scenes", scene.id, "choices", choice.id)
        name = f"{scene.id}.{choice.id}"
        if kind == "label":
            yield name, (*here, "text"), choice.text
        elif kind == "consequence":
            yield name, (*here, "consequence"), _own(choice.consequence, costs)
        else:
            for number, mark in enumerate(choice.marks):
                yield name, (*here, "marks", number, "why"), mark.why


def _whole(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _own(paragraphs: Sequence[Paragraph], costs: Set[str]) -> str:
    """The words that stand in this text alone."""
    return _whole([p for p in paragraphs if not p.fragment and p.text not in costs])


def _same(subject: Subject, kind: str, entries: list[Entry]) -> Iterator[Finding]:
    """Texts that are one word for word; short ones only beside each other, and only labels."""
    first: dict[tuple[str, ...], int] = {}
    for number, (name, path, words) in enumerate(entries):
        before = first.setdefault(words, number)
        if before == number:
            continue
        other = entries[before][0]
        if len(words) >= SAME_FROM or (kind == "label" and _neighbours(name, other)):
            yield _copied(subject, kind, name, other, path, "the same")


def _neighbours(name: str, before: str) -> bool:
    return name.partition(".")[0] == before.partition(".")[0]


def _nearly(subject: Subject, kind: str, entries: list[Entry]) -> Iterator[Finding]:
    """Long texts that share nearly all runs of three words.

    Compared are only those that share one of their samples. A text that is nearly another differs
    from it in few places, so that some sample is the same.
    """
    # By the hash of each sample: most stand in one text alone, and a million would be held.
    first: dict[int, int] = {}
    more: dict[int, list[int]] = defaultdict(list)
    for number, (_, _, words) in enumerate(entries):
        for sample in map(hash, _samples(words)):
            before = first.setdefault(sample, number)
            if before != number:
                more[sample].append(number)
    pairs = {
        pair
        for sample, others in more.items()
        if len(others) < COMMON
        for pair in combinations((first[sample], *others), 2)
    }
    reported: set[int] = set()
    for one, two in sorted(pairs):
        this, that = entries[one][2], entries[two][2]
        if two in reported or this == that:
            continue
        mine, theirs = set(_runs(this)), set(_runs(that))
        if len(mine & theirs) >= NEARLY * len(mine | theirs):
            reported.add(two)
            name, path, _ = entries[two]
            yield _copied(subject, kind, name, entries[one][0], path, "nearly the same")


def _samples(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The first and last words of a text, and those around the first and last of the alphabet."""
    ordered = sorted(set(words))
    samples = {words[:SAMPLE], words[-SAMPLE:]}
    many = 2 + len(words) // ANCHORED
    for word in (*ordered[:many], *ordered[-many:]):
        place = words.index(word)
        samples.add(words[max(0, place - 2) : place + 3])
    return samples


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Every three words in a row."""
    return zip(words, words[1:], words[2:], strict=False)


def _copied(
    subject: Subject, kind: str, name: str, before: str, path: PathKey, how: str
) -> Finding:
    return finding(
        "DG314",
        subject.at(*path),
        f"The {kind} of {name} is {how} as that of {before}.",
        "Say what is true of this one.",
    )


def same_twice_over(subject: Subject) -> Iterator[Finding]:
    """DG314: a choice whose label, reason, consequence or whys say the same words."""
    for scene, choice in subject.story.choices():
        here: PathKey = ("scenes", scene.id, "choices", choice.id)
        pieces: list[tuple[str, PathKey, str]] = [
            ("label", ("text",), choice.text),
            ("locked reason", ("locked",), choice.locked),
            ("consequence", ("consequence",), _whole(choice.consequence)),
        ]
        for number, mark in enumerate(choice.marks):
            pieces.append(("why", ("marks", number, "why"), mark.why))
        first: dict[tuple[str, ...], str] = {}
        for kind, path, text in pieces:
            words = subject.casefolded_words(text)
            before = first.setdefault(words, kind) if words else kind
            if before != kind:
                name = f"{scene.id}.{choice.id}"
                yield finding(
                    "DG314",
                    subject.at(*here, *path),
                    f"The {kind} of {name} is the same as its {before}.",
                    "Say here what belongs here.",
                )


def whys_of_the_guideline(subject: Subject) -> Iterator[Finding]:
    """DG314: a why that only says the guideline again."""
    said = {
        name: {_bare(guideline.text), _bare(guideline.short)}
        for name, guideline in subject.story.guidelines.items()
    }
    for scene, choice, mark, path in subject.whys():
        if _bare(mark.why) in said.get(mark.guideline, ()):
            yield finding(
                "DG314",
                subject.at(*path),
                f"This why of {scene.id}.{choice.id} only says {mark.guideline} again.",
                "Say what this act does to it, and by what.",
            )


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!")


def repeats(subject: Subject) -> Iterator[Finding]:
    """DG314: what is read once and stands twice: costs, coaching, questions, answers, looks."""
    for group in _read_once(subject.story):
        first: dict[str, tuple[str, PathKey]] = {}
        for name, path, text in group:
            words = " ".join(text.casefold().split())
            before = first.setdefault(words, (name, path)) if words else (name, path)
            if before[1] != path and _both_read(subject.story, before[1], path):
                yield finding(
                    "DG314",
                    subject.at(*path),
                    f"{name} says the same as {before[0]}.",
                    "Say what is true of this one.",
                )


def _both_read(story: Story, one: PathKey, two: PathKey) -> bool:
    """Whether one play can come by both: one scene leads to the other, some way on."""
    if one[0] != "scenes" or one[:4] == two[:4]:
        return True
    follows: dict[str, set[str]] = defaultdict(set)
    for scene, choice in story.transitions():
        follows[scene.id].update(branch.to for branch in choice.goto)
    for start, end in ((one[1], two[1]), (two[1], one[1])):
        waiting, seen = [str(start)], set[str]()
        while waiting:
            fresh = follows[waiting.pop()] - seen
            seen |= fresh
            waiting += fresh
        if end in seen:
            return True
    return False


def _read_once(story: Story) -> Iterator[list[Piece]]:
    """Groups of texts of which each is to say something else."""
    yield [
        (f"The question {q}", ("questions", q), text)
        for q, text in story.questions.items()
    ]
    yield [
        (
            f"What is settled in {scene.id}",
            ("scenes", scene.id, "settled"),
            scene.settled,
        )
        for scene in story.scenes.values()
    ]
    costs: list[Piece] = []
    coaching: list[Piece] = []
    for scene, choice in story.choices():
        here: PathKey = ("scenes", scene.id, "choices", choice.id)
        name = f"{scene.id}.{choice.id}"
        coaching.append(
            (f"The coaching of {name}", (*here, "coaching"), choice.coaching)
        )
        if choice.cost is not None:
            costs.append(
                (f"The cost of {name}", (*here, "cost", "text"), choice.cost.text)
            )
    yield from (costs, coaching)
    for item in story.transfer.values():
        yield [
            (
                f"Answer {number + 1} of {item.id}",
                ("transfer", item.id, "options", number),
                o.text,
            )
            for number, o in enumerate(item.options)
        ]
    for scene in story.scenes.values():
        for number, exhibit in enumerate(scene.exhibits):
            path = ("scenes", scene.id, "exhibits", number, exhibit.kind, "details")
            yield [
                (f"Look {position + 1} of {exhibit.id}", (*path, position), detail.look)
                for position, detail in enumerate(exhibit.details)
            ]


def twice_on_a_page(subject: Subject) -> Iterator[Finding]:
    """DG314: a paragraph or exhibit that one page may show twice at once."""
    story = subject.story
    texts: list[tuple[str, PathKey, Sequence[Paragraph]]] = [
        (node.id, (where, node.id, "text"), node.text)
        for where, nodes in (("scenes", story.scenes), ("endings", story.endings))
        for node in nodes.values()
    ]
    for name, path, paragraphs in texts:
        yield from _twice(
            subject, name, path, [(p.text, p.when, p.fragment) for p in paragraphs]
        )
    for scene in story.scenes.values():
        shown = [
            (repr((e.kind, dict(e.fields), list(map(dict, e.items)))), e.when, e.shared)
            for e in scene.exhibits
        ]
        yield from _twice(subject, scene.id, ("scenes", scene.id, "exhibits"), shown)


def _twice(
    subject: Subject, name: str, path: PathKey, shown: Sequence[tuple[str, str, str]]
) -> Iterator[Finding]:
    conditions: dict[str, list[str]] = {}
    for number, (text, when, shared) in enumerate(shown):
        before = conditions.setdefault(text, [])
        if when in before or (before and not all((when, *before))):
            what = "exhibit" if path[-1] == "exhibits" else "paragraph"
            yield finding(
                "DG314",
                subject.at(*path) if shared else subject.at(*path, number),
                f"“{name}” shows this {what} twice.",
                "Keep one of them.",
            )
        before.append(when)


def branches_alike(subject: Subject) -> Iterator[Finding]:
    """DG314: a condition inside a sentence whose two branches say the same."""
    for text in subject.texts:
        for piece in conditional_texts(text.content):
            if _plain(piece.then) == _plain(piece.otherwise):
                yield finding(
                    "DG314",
                    subject.mention(text.path, "{if " + piece.condition),
                    f"Both branches of “{piece.condition}” say the same.",
                    "Say what is true of each, or take the condition away.",
                )


def _plain(branch: Sequence[str | Placeholder]) -> list[str]:
    return " ".join(
        piece if isinstance(piece, str) else f"{{{piece.name}}}" for piece in branch
    ).split()


def options_alike(subject: Subject) -> Iterator[Finding]:
    """DG315: two options of a scene that mark, change and lead to the same, in scenarios."""
    if not subject.story.scored:
        return
    for scene in subject.story.scenes.values():
        first: dict[object, str] = {}
        for choice in scene.choices.values():
            before = first.setdefault(_doing(choice), choice.id)
            if before != choice.id:
                yield finding(
                    "DG315",
                    subject.at("scenes", scene.id, "choices", choice.id),
                    f"{scene.id}.{choice.id} has the same marks, effects and goto as “{before}”.",
                    "Let the two differ in what they do, or make one of them.",
                )


def _doing(choice: Choice) -> object:
    """What a choice does; a tonal one that changes nothing is its own kind of answer."""
    if choice.tonal and not choice.marks and not choice.effects:
        return choice.id
    marks = frozenset((mark.guideline, mark.word) for mark in choice.marks)
    return (marks, choice.effects, choice.goto, choice.cost)


RULES = (
    copied_texts,
    same_twice_over,
    whys_of_the_guideline,
    repeats,
    twice_on_a_page,
    branches_alike,
    options_alike,
)
