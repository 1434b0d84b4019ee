"""Texts with conditions inside: what stands there when a branch is shown, and when it is not.

Each text is put together for both outcomes of its conditions, and looked at where a branch begins
or ends. What looks wrong there is told only where some play reads it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from dialogue_game.analysis.condition_queries import Case, reachable_cases
from dialogue_game.analysis.conditions import Watched
from dialogue_game.analysis.findings import Finding, finding
from dialogue_game.analysis.rules.prose import DOUBLED, LETTERS
from dialogue_game.analysis.rules.subject import Subject, Text
from dialogue_game.core.story import Paragraph, Story
from dialogue_game.core.template import ConditionalText, Piece, Placeholder, template

MOST_AT_ONCE: Final = 4
"""Conditions of a text of which all combinations are tried; with more each is tried alone."""
MOST_LOOKED_AT: Final = 32
"""Conditions of a text that are looked at, from its first: the work grows with their square."""
AROUND: Final = 80
"""Characters on each side of an edge in which a slip is looked for."""
VALUE: Final = "7"
"""What stands for a variable's value."""
TEXTS: Final = frozenset(("text", "consequence", "ending", "why", "label", "settled"))
"""Kinds of text that begin and end as sentences do."""
GLUED: Final = re.compile(
    r"[a-zà-ÿ][.!?,;:][\"”’)»]*[A-Za-zÀ-ÿ“«(]|[a-zà-ÿ][“«(]|[)”»][A-Za-zÀ-ÿ]"
)
STOPS: Final = re.compile(
    r"(?<!\.)(?:[,;:][.,;:!?]|(?<!etc)(?<!\.m)\.[,;:]|[!?]\.|\.\.)(?!\.)"
)
EMPTY: Final = re.compile(r"\(\s*\)|“\s*”|«\s*»|(?<!\w)\"\s?\"(?!\w)")
SPACED: Final = re.compile(r"(?<=[\w)”\"]) [.,](?=\s|$|[\"”’])")
SPACED_MARK: Final = re.compile(r"\w [;!?](?=\s|$)")
TWO_SPACES: Final = re.compile(r"(?<=\S)  +(?=\S)")
SMALL_START: Final = re.compile(r"(?<=[a-z]{3})(?<!etc)\. [a-z]")
LOOSE_STOP: Final = re.compile(r"(?:^|[.!?][\"”]? )[.,;:!?](?=\s|$)")
HALF: Final = (
    r"(?:^|(?<=[.!?] )|(?<=[.!?][\"”] ))"
    r"(?:{who}|You|He|She|They|We|(?:The|A|An) \w+) ?[.!?](?=\s|$)"
)
"""A sentence of its subject alone."""
ENDED: Final = frozenset('.!?…"”’»)')
_WHOLE: Final = (
    "again alone already also even never not now once only still then today too twice"
)
WHOLE_WORDS: Final = frozenset(_WHOLE.split())
"""Words that are never the ending of another, as the s of {if many:s} is."""
LONG_WORD: Final = 7
"""Letters from which what follows a word at once is no ending of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as one outcome of its conditions shows it, and where each branch begins and ends."""

    words: str
    edges: Sequence[tuple[int, ConditionalText]]
    outcome: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class EdgeSlip:
    """What is wrong, and the conditions that bring it about."""

    message: str
    advice: str
    piece: ConditionalText
    when: str


def edges_of_branches(subject: Subject) -> Iterator[Finding]:
    """DG408: a space or a stop too many or missing, or half a sentence, where a branch ends."""
    if "{if" not in subject.all_text:
        return
    look = _Look(subject)
    suspects: dict[str, tuple[Text, EdgeSlip]] = {}
    cases: list[Case] = []
    for number, text in enumerate(subject.texts):
        if "{if" not in text.content:
            continue
        for slip in look.slips(text):
            watched = _watched(subject.story, text, slip.when)
            if watched is not None:
                name = f"{number} {slip.when}"
                suspects[name] = (text, slip)
                cases.append(Case(name, text.path, watched))
    told: set[tuple[Text, str]] = set()
    for case in reachable_cases(subject.solution, cases) if cases else ():
        text, slip = suspects[case.what]
        key = (text, slip.piece.condition)
        if key not in told:
            told.add(key)
            place = subject.mention(text.path, "{if " + slip.piece.condition)
            yield finding("DG408", place, slip.message, slip.advice)


class _Look:
    """Looks at texts of one story."""

    def __init__(self, subject: Subject) -> None:
        self.whole = subject.all_text
        names = [
            name
            for member in subject.story.cast.values()
            for name in (member.name, member.name.split()[0])
            if len(name) > 1 and not name.endswith(".")
        ]
        who = "|".join(map(re.escape, names)) or r"(?!)"
        self.half = re.compile(HALF.replace("{who}", who))
        self.spaced = [SPACED]
        if not SPACED_MARK.search(self.whole):
            self.spaced.append(re.compile(r"(?<=\w) [;!?](?=\s|$)"))
        self.patterns = tuple(self._patterns())

    def slips(self, text: Text) -> Iterator[EdgeSlip]:
        """What is wrong in some outcome, once for each condition."""
        pieces = template(text.content).pieces
        looked_at = _first_conditions(pieces)
        shown = list(_outcomes(looked_at))
        found: set[str] = set()
        for one in shown:
            for piece, message, advice in self._at_edges(one):
                if piece.condition not in found:
                    found.add(piece.condition)
                    yield EdgeSlip(message, advice, piece, _when(piece, one))
        whole = len(looked_at) == len(pieces)
        if whole and not found and text.kind in TEXTS:
            yield from _ends(shown)

    def _at_edges(self, shown: Shown) -> Iterator[tuple[ConditionalText, str, str]]:
        words = shown.words
        for edge, piece in shown.edges:
            near = words[max(0, edge - 24) : edge + 24].strip()
            begin, end = max(0, edge - AROUND), edge + AROUND
            for pattern, what, advice in self.patterns:
                matches = pattern.finditer(words, begin, end)
                match = next((m for m in matches if m.start() <= edge <= m.end()), None)
                inside = match and (
                    match.start() < edge < match.end() or len(match[0]) > 1
                )
                if match and inside and _of_edge(match, edge, pattern):
                    yield piece, f"{what} in “{near}”, as some play shows it.", advice
                    break
            else:
                if self._words_glued(words, edge):
                    yield piece, f"No space parts two words in “{near}”.", PARTED

    def _patterns(self) -> Iterator[tuple[re.Pattern[str], str, str]]:
        yield (
            self.half,
            "Half a sentence is left",
            "Give the condition an otherwise: {if …: a|b}.",
        )
        yield GLUED, "No space stands", PARTED
        yield (
            EMPTY,
            "Nothing stands between two marks",
            "Take the marks into the branch.",
        )
        yield LOOSE_STOP, "A stop stands alone", "Take it into the branch."
        yield STOPS, "Two stops stand", "Take one of them out."
        for pattern in self.spaced:
            yield (
                pattern,
                "A space stands before a stop",
                "Take the space into the branch.",
            )
        yield TWO_SPACES, "Two spaces stand", "Take one of them into the branch."
        yield DOUBLED, "A word stands twice", "Take one of them out."
        yield (
            SMALL_START,
            "A sentence begins small",
            "Begin it with a capital, or take the stop out.",
        )

    def _words_glued(self, words: str, edge: int) -> bool:
        """Whether a word begins at once where another ended."""
        start = LETTERS.match(words, edge)
        word = start[0] if start else ""
        if not words[edge - 1 : edge].isalpha():
            return False
        return (
            word in WHOLE_WORDS
            or len(word) >= LONG_WORD
            or (
                len(word) > 2
                and re.search(rf"(?<![\w{{:|]){word}\b", self.whole) is not None
            )
        )


PARTED: Final = (
    "Write two spaces after its colon, or one after its brace: one belongs to the form."
)


def _of_edge(match: re.Match[str], edge: int, pattern: re.Pattern[str]) -> bool:
    """Whether the edge lies within what was found, and not only beside it."""
    if pattern is GLUED or pattern is STOPS:
        return match.start() < edge < match.end()
    return True


def _first_conditions(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces up to the last condition that is looked at; all where there are few."""
    conditions = 0
    for number, piece in enumerate(pieces):
        conditions += isinstance(piece, ConditionalText)
        if conditions > MOST_LOOKED_AT:
            return pieces[:number]
    return pieces


def _outcomes(pieces: Sequence[Piece]) -> Iterator[Shown]:
    """The text for each outcome of its conditions; the same condition comes out the same."""
    conditional = [piece for piece in pieces if isinstance(piece, ConditionalText)]
    asked = list(dict.fromkeys(_positive(piece.condition)[0] for piece in conditional))
    rows: Iterator[tuple[bool, ...]]
    if len(asked) <= MOST_AT_ONCE:
        rows = product((True, False), repeat=len(asked))
    else:
        alone = range(len(asked))
        rows = iter(
            [
                *(tuple(n != one for n in alone) for one in alone),
                *(tuple(n == one for n in alone) for one in alone),
            ]
        )
    for row in rows:
        yield _shown(pieces, dict(zip(asked, row, strict=True)))


def _positive(condition: str) -> tuple[str, bool]:
    """A condition without a leading not, and whether it had none."""
    bare = condition.strip()
    if re.fullmatch(r"not [\w.]+(?:\([^()]*\))?", bare):
        return bare[4:], False
    return bare, True


def _shown(pieces: Sequence[Piece], outcome: Mapping[str, bool]) -> Shown:
    words = ""
    edges: list[tuple[int, ConditionalText]] = []
    for piece in pieces:
        if isinstance(piece, ConditionalText):
            name, plain = _positive(piece.condition)
            branch = piece.then if outcome[name] is plain else piece.otherwise
            edges.append((len(words), piece))
            words += "".join(_plain(part) for part in branch)
            if edges[-1][0] != len(words):
                edges.append((len(words), piece))
        else:
            words += _plain(piece)
    return Shown(words, edges, outcome)


def _plain(piece: str | Placeholder) -> str:
    return piece if isinstance(piece, str) else VALUE


def _when(piece: ConditionalText, shown: Shown) -> str:
    """The condition under which this outcome shows: of the branch, and of others at its edges."""
    name, _ = _positive(piece.condition)
    places = {edge for edge, other in shown.edges if other is piece}
    beside = [other for edge, other in shown.edges if edge in places]
    names = dict.fromkeys((name, *(_positive(other.condition)[0] for other in beside)))
    return " and ".join(
        f"({one})" if shown.outcome[one] else f"not ({one})" for one in names
    )


def _ends(shown: Sequence[Shown]) -> Iterator[EdgeSlip]:
    """A text that ends with a stop in one outcome and without one in another, or begins small."""
    ended = [one for one in shown if one.words.rstrip()[-1:] in ENDED]
    bare = [
        one
        for one in shown
        if one.words.rstrip()[-1:].isalpha() or one.words.rstrip()[-1:] == ","
    ]
    if ended and bare:
        one = bare[0]
        edge, piece = one.edges[-1]
        if edge >= len(one.words.rstrip()):
            message = f"This text ends without a stop where “{piece.condition}” decides its end."
            yield EdgeSlip(
                message, "End each branch as a sentence ends.", piece, _when(piece, one)
            )
    upper = [one for one in shown if one.words.lstrip()[:1].isupper()]
    lower = [one for one in shown if one.words.lstrip()[:1].islower()]
    if upper and lower:
        edge, piece = lower[0].edges[0]
        if not lower[0].words[:edge].strip():
            message = f"This text begins small where “{piece.condition}” decides its beginning."
            advice = "Begin each branch with a capital."
            yield EdgeSlip(message, advice, piece, _when(piece, lower[0]))


def _watched(story: Story, text: Text, when: str) -> Watched | None:
    """Where a text is read, and the condition that shows it so."""
    kind, node, *rest = (str(part) for part in text.path)
    if kind == "endings":
        content: Sequence[Paragraph] = story.endings[node].text
        choice = ""
    elif kind == "scenes":
        scene = story.scenes[node]
        choice = rest[1] if text.kind == "consequence" else ""
        content = scene.choices[choice].consequence if choice else scene.text
    else:
        return None
    if text.kind not in ("text", "ending", "consequence"):
        return Watched(node, when)
    number = text.path[-1] if isinstance(text.path[-1], int) else 0
    shown = content[number].when if number < len(content) else ""
    return Watched(node, f"({shown}) and {when}" if shown else when, choice)


RULES = (edges_of_branches,)
