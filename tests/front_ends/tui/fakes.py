"""A small course built by hand, a shelf that holds it, and journals that refuse."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dialogue_game.app.game import Game
from dialogue_game.app.settings import Folders, Settings
from dialogue_game.content.library import OpenCourse
from dialogue_game.core.course import Contact, Course, Guideline, Reference, StoryEntry
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Choice,
    Detail,
    Ending,
    Exhibit,
    Mark,
    Paragraph,
    Scene,
    Story,
    TransferItem,
    TransferOption,
)
from dialogue_game.errors import JournalFull
from dialogue_game.journal.memory_store import InMemoryStore
from dialogue_game.journal.store import Event, Summary

LONG = (
    "It is late, and the office is almost empty. You have read the same line three times. "
    "Outside it has begun to rain, and somebody is laughing at the far end of the corridor. "
)

GUIDELINES: Mapping[str, Guideline] = {
    f"g{number}": Guideline(f"g{number}", number, short, text)
    for number, (short, text) in enumerate(
        (
            ("Think first", "Think before posting and use common sense."),
            ("Disclaimers do not exempt", LONG.strip()),
            (
                "No private use of the name",
                "The name is reserved for official purposes.",
            ),
            ("Manage privacy settings", "Be aware of privacy settings."),
            ("Status is not private", "Your status is not private."),
            ("Protect information", "Information that is not public stays inside."),
            ("Keep work e-mail separate", "Use your own address."),
            ("No false names", "Do not use a false name."),
            ("Mind likes and shares", "A like may be read as an endorsement."),
            ("Respect others' privacy", "Ask before you show anyone."),
            ("If unsure, ask", "Ask your supervisor, or the ethics office."),
        ),
        1,
    )
}

REFERENCES: Mapping[str, Reference] = {
    reference.id: reference
    for reference in (
        Reference(
            "code_4",
            "CODE/4",
            "Honest references",
            "A reference states what its writer saw, with dates.",
            "yes",
            provision="Article 4.2",
            url="https://example.org/code#4-2",
            binding=True,
            guidelines=("g1",),
        ),
        Reference(
            "code_5",
            "CODE/5",
            "What is told in confidence",
            "What is learned at work is passed on only to those who need it.",
            "partly",
            provision="Article 5",
            binding=True,
            note="Read in a copy.",
            quote="Those who need it for their work.",
        ),
        Reference(
            "ethics", "Ethics office", "Where to ask first", "Gives advice.", "no"
        ),
    )
}


def text(*parts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(part) for part in parts)


def choice(id_: str, to: str, word: str = "upholds", guideline: str = "g1") -> Choice:
    return Choice(
        id_,
        f"Take the road that is called {id_}.",
        text(
            f"So {id_} it is. {LONG}", "By the evening three colleagues have seen it."
        ),
        (Branch(to),),
        marks=(
            Mark(guideline, word, f"Because of what {id_} shows."),  # type: ignore[arg-type]
            Mark("g11", "strains", "You did not ask anybody."),
        ),
        references=("code_4", "code_5", "ethics"),
        effects=("reach += 40",),
    )


EVERY_EXHIBIT = (
    Exhibit(
        "mail",
        "email",
        {
            "from": "mira",
            "to": "you",
            "date": "Thursday, 17:31",
            "subject": "Tiny favour",
            "body": "It is due tonight.\n\nI wrote it for you.",
            "signature": "Mira Lind\nFormer intern",
            "banner": "Vote for Horizon!",
        },
        details=(
            Detail("tag", "the last line", "A party's name, in an office e-mail."),
            Detail("hour", "the time", "It was sent in working hours."),
        ),
    ),
    Exhibit(
        "page",
        "profile",
        {
            "platform": "Chirp",
            "name": "Mira Lind",
            "handle": "@mira_l",
            "bio": "Photographer. Views my own.",
            "affiliation": "The Office",
            "followers": "210",
            "posts": "18",
            "privacy": "everyone",
        },
    ),
    Exhibit(
        "post",
        "post",
        {
            "platform": "Chirp",
            "author": "mira",
            "text": "What a day!",
            "tags": "#proud #horizon",
            "likes": "{reach}",
            "shares": "{reach}",
        },
    ),
    Exhibit(
        "talk",
        "thread",
        {"platform": "Chirp", "title": "Who got the job?"},
        items=(
            {
                "author": "mira",
                "time": "9:10",
                "text": "Not me.",
                "tags": "#fair",
                "likes": "3",
            },
            {"author": "you", "time": "9:12", "text": "Sorry."},
        ),
    ),
    Exhibit(
        "photo",
        "photo",
        {"caption": "The new desk", "credit": "© Omar"},
        alt="A young woman in a doorway holds out a form.",
        details=(Detail("badge", "her badge", "It expired in March."),),
    ),
    Exhibit(
        "clip",
        "video",
        {
            "author": "mira",
            "title": "The speech",
            "duration": "0:42",
            "caption": "Listen!",
        },
        alt="A man at a lectern.",
    ),
    Exhibit(
        "memo",
        "memo",
        {"from": "mira", "to": "All", "subject": "Folders", "body": LONG},
    ),
    Exhibit(
        "news",
        "headline",
        {"outlet": "The Scoop", "title": "Who posted it?", "text": "We."},
    ),
    Exhibit(
        "site",
        "web",
        {"address": "https://example.org", "title": "Omar", "body": "Photos."},
    ),
    Exhibit("slip", "note", {"title": "For you", "body": "Call me.", "author": "mira"}),
    Exhibit(
        "chat",
        "chat",
        {"title": "The panel's room"},
        items=(
            {"from": "mira", "text": "Hello?"},
            {"from": "you", "text": "Yes.", "time": "9:12"},
        ),
    ),
)

SCENES = {
    "door": Scene(
        "door",
        "Thursday, 17:50",
        text(LONG, "“You only have to sign,” she says. " + LONG),
        {
            "sign": choice("sign", "hall", "breaches"),
            "rewrite": choice("rewrite", "hall", "models"),
            "wait": choice("wait", "hall", "strains", "g2"),
        },
        exhibits=EVERY_EXHIBIT[:2],
        as_="you",
        discuss=("q1",),
    ),
    "hall": Scene(
        "hall",
        "Thursday, 18:10",
        text("The form is still on the table. [sic]"),
        {
            "tell": choice("tell", "phone"),
            "keep": Choice(
                "keep",
                "Keep it to yourself.",
                text("Nobody hears of it."),
                (Branch("phone"),),
                tonal=True,
            ),
            "shout": Choice(
                "shout",
                "Shout.",
                text("You shout."),
                (Branch("phone"),),
                when="chose(door.wait)",
                locked="You are too calm for that.",
            ),
        },
        exhibits=EVERY_EXHIBIT[2:5],
    ),
    "phone": Scene(
        "phone",
        "A week later",
        text("The panel calls."),
        {
            "facts": choice("facts", "good"),
            "praise": choice("praise", "poor", "breaches"),
        },
        exhibits=EVERY_EXHIBIT[5:] + EVERY_EXHIBIT[2:3],
    ),
}

STORY = Story(
    "letter",
    "The Reference Letter",
    "scenario",
    "door",
    SCENES,
    {
        "good": Ending(
            "good", "good", "A Smaller Letter", text("The panel thanks you.")
        ),
        "poor": Ending("poor", "poor", "Two Dates", text("The dates did not agree.")),
    },
    variables={"reach": 1},
    guidelines=GUIDELINES,
    references=REFERENCES,
    cast={
        "you": CastMember("you", "You", "head of a small team"),
        "mira": CastMember("mira", "Mira Lind", "former intern", "mira_l"),
    },
    questions={
        "q1": "What is she really asking you for?",
        "q2": "Who else has a claim?",
    },
    transfer={
        "badge": TransferItem(
            "badge",
            "g1",
            "A friend asks to use your badge photo for a visa letter.",
            (
                TransferOption("Send it.", "It is yours and it is not.", sound=False),
                TransferOption("Ask what for.", "You can still say yes.", sound=True),
            ),
        )
    },
    resources=("code_4", "ethics"),
    summary="A former intern needs a letter tonight. She has already written it.",
    minutes=10,
    edition="edition-1",
)

AID = Story(
    "should_i_post",
    "Should I post this?",
    "aid",
    "ask",
    {
        "ask": Scene(
            "ask",
            "Your post",
            text("Is it about your work?"),
            {
                "yes": Choice(
                    "yes", "Yes.", text("Then ask first."), (Branch("stop"),)
                ),
                "no": Choice("no", "No.", text("Then it is yours."), (Branch("post"),)),
            },
        )
    },
    {
        "stop": Ending("stop", "neutral", "Ask first", text("Ask somebody who knows.")),
        "post": Ending("post", "neutral", "Post it", text("It is yours to post.")),
    },
    guidelines=GUIDELINES,
    references=REFERENCES,
    edition="edition-aid",
)


def entry(story: Story) -> StoryEntry:
    return StoryEntry(
        story.id,
        story.title,
        story.kind,
        story.summary,
        story.minutes,
        endings=tuple(story.endings),
    )


class Shelf(OpenCourse):
    """A course whose stories are here already."""

    def __init__(self, course: Course, stories: Mapping[str, Story]) -> None:
        super().__init__(course, Path())
        self._stories = dict(stories)


def course_of(*stories: Story) -> Course:
    coming = StoryEntry(
        "later", "The Interview", "scenario", "A panel.", 15, coming=True
    )
    return Course(
        "letters",
        "Letters, and what is told in confidence",
        "A small course. It exists for our tests.",
        "Made up from end to end; nobody's rules are meant.",
        (*map(entry, stories), coming),
        GUIDELINES,
        REFERENCES,
        welcome="Three short stories. Wrong turns cost nothing.",
        contacts=(Contact("The ethics office", "Second floor", "ethics@example.org"),),
    )


@dataclass
class RefusingStore(InMemoryStore):
    """A journal whose disk is full for as long as `refusing` is true."""

    refusing: bool = False
    said: str = "There is no room left on the disk."
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        InMemoryStore.__init__(self)

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected: int,
        at: int,
        summary: Summary | None = None,
    ) -> None:
        if self.refusing:
            self.refused.append(stream)
            raise JournalFull(self.said, "Make some room.")
        super().append(stream, events, expected, at, summary)


def game_of(
    folder: Path,
    *stories: Story,
    settings: Settings | None = None,
    store: InMemoryStore | None = None,
) -> Game:
    """A whole game over these stories that keeps nothing outside `folder`."""
    course = course_of(*(stories or (STORY, AID)))
    told = [replace(story, course=course.id) for story in stories or (STORY, AID)]
    editions = {story.edition.encode(): story for story in told}
    numbers = itertools.count(1)
    return Game(
        Shelf(course, {story.id: story for story in told}),
        store or InMemoryStore(),
        settings or Settings(welcomed="yes"),
        Folders(folder, folder, folder / "cache", folder / "log"),
        lambda: 1_700_000_000_000 + next(numbers),
        lambda: f"run{next(numbers)}",
        lambda story: story.edition.encode(),
        lambda data: editions[bytes(data)],
    )
