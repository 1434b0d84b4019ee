"""What the stories of a course share: guidelines, references, contacts, the evaluation form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verified = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Guideline:
    """One of the things choices are marked against; `number` is its place in the course, from 1."""

    id: str
    number: int
    short: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited provision or office, with how far its content was verified.

    `force` says what it has: binding, guidance, judgment, office or unknown; `binding` tells *must*
    (true) from everything else. `cited_in` names the parts of the source
    that cite it; empty means that the course added it. `quote` is used only where the source
    itself quotes the text.
    """

    id: str
    symbol: str
    title: str
    summary: str
    verified: Verified
    provision: str = ""
    url: str = ""
    binding: bool = False
    note: str = ""
    quote: str = ""
    cited_in: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    force: str = ""

    @property
    def known_force(self) -> str:
        """Its force; of an edition kept before there were five words, what `binding` says."""
        return self.force or ("binding" if self.binding else "guidance")

    @property
    def label(self) -> str:
        """Symbol and provision in one line, without saying the same thing twice."""
        if not self.provision or self.provision == self.symbol:
            return self.symbol
        return f"{self.symbol} · {self.provision}"


@dataclass(frozen=True, slots=True)
class Contact:
    """An office to ask."""

    name: str
    address: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        """Who, where and how to reach them, in one line."""
        return ", ".join(
            filter(None, (self.name, self.address, self.email, self.phone))
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of preparing for the course."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class EvaluationForm:
    """The form that participants fill in about the facilitator."""

    title: str
    instructions: str
    url: str
    items: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """What survives of a diagram in the source: its labels, and what is missing."""

    title: str
    text: str
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story as the course lists it; enough for a card, without the story itself.

    `coming` stories are announced and not written yet. `decisions` is the least and the most
    decisions on a path through it; `question` is the opening question that it puts.
    """

    id: str
    title: str
    kind: str
    summary: str = ""
    minutes: int = 0
    scenes: int = 0
    choices: int = 0
    endings: tuple[str, ...] = ()
    decisions: tuple[int, int] = (0, 0)
    edition: str = ""
    status: str = "drafted"
    coming: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed since the source of a course was written."""

    since: str
    text: str


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of stories and what they share."""

    id: str
    title: str
    summary: str
    notice: str
    stories: tuple[StoryEntry, ...]
    guidelines: Mapping[str, Guideline]
    references: Mapping[str, Reference]
    welcome: str = ""
    steps: tuple[Step, ...] = ()
    pre_reading: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    evaluation: EvaluationForm | None = None
    diagram: Diagram | None = None
    guide_note: str = ""
    video_note: str = ""
    folder: str = field(default="", compare=False)
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    law_as_of: str = ""
    disclaimer: str = ""
    changes: tuple[Change, ...] = ()

    def entry(self, story: str) -> StoryEntry | None:
        """The listed story of that id, or None."""
        return next((entry for entry in self.stories if entry.id == story), None)
