"""What the program says in a session: to the room at each step, and to the leader alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dialogue_game.core.session import steps
from dialogue_game.core.session.ballots import TYPED, Round, may_show_counts
from dialogue_game.core.session.session_state import Reason
from dialogue_game.core.text import counted

TITLES: Final[Mapping[str, str]] = {
    steps.WELCOME: "Welcome",
    steps.SCENE: "Read",
    steps.COMMIT: "Think and commit",
    steps.VOTE: "Vote",
    steps.TALK: "Talk",
    steps.VOTE_AGAIN: "Vote again",
    steps.REVEAL: "The ballots",
    steps.MINORITY: "The minority view",
    steps.CONSEQUENCE: "What happens",
    steps.COACHING: "Which guideline, and why",
    steps.ENDING: "The end of this road",
    steps.COMPARISON: "The scenarios side by side",
    steps.TAKEAWAYS: "What we take home",
    steps.CONTACTS: "Whom would you ask?",
    steps.PROFILE: "The road we took",
    steps.MONDAY: "On Monday I will …",
    steps.EVALUATION: "Evaluate this session",
    steps.RECORD: "Thank you",
}

ROOM: Final[Mapping[str, str]] = {
    steps.WELCOME: "We play scenarios together. There is often more than one good answer.",
    steps.SCENE: "Read. Then we decide together.",
    steps.COMMIT: "Choose for yourself, in silence. Write your letter down.",
    steps.VOTE: (
        "Show your letter. Nobody sees the count yet. "
        "The leader votes last, or not at all."
    ),
    steps.TALK: "Talk with your neighbours. Speak for the option you did not choose.",
    steps.VOTE_AGAIN: "Vote once more. You may change your mind, or keep it.",
    steps.REVEAL: "This is how we voted.",
    steps.MINORITY: "An answer that few chose may see something that many missed.",
    steps.CONSEQUENCE: "This is what happens.",
    steps.COACHING: "This is which guideline it touched, and why.",
    steps.ENDING: "This road ends here. There were others.",
    steps.COMPARISON: "What is alike in these scenarios? What is different?",
    steps.TAKEAWAYS: "Three things that we take home from today.",
    steps.CONTACTS: "If you are not sure: whom would you ask, and how do you reach them?",
    steps.PROFILE: "Our road over the guidelines. It is about the story, not about anybody here.",
    steps.MONDAY: "Write one line for yourself, on paper. Nobody collects it.",
    steps.EVALUATION: (
        "Tell how this session was led: online, or on the paper sheet. The sheet goes to the "
        "focal point, not to the leader."
    ),
    steps.RECORD: "Thank you for your time and your thoughts.",
}

ALWAYS_ASKED: Final = (
    "What speaks for each option?",
    "Who would feel what comes of it?",
)
"""For a talk on a decision to which the guide has fewer than two questions."""

SIDE_BY_SIDE: Final = (
    "Which turn made the difference? Could it be seen at the time?",
    "Whom could somebody have asked, and when?",
)
"""For paths that stand side by side."""

HANDS: Final = "Which option? A show of hands: everybody can see it."
NO_BALLOTS: Final = (
    "No ballots were taken. A show of hands: which option do most of us choose?"
)
HANDS_LEADER: Final = "The leader raises a hand last, or not at all."

CARD_TITLE: Final = "Title card, then read"
CARD_TIP: Final = (
    "The room sees the title card first: the question, through whose eyes, who is who. "
    "Then comes this scene."
)
"""What only the leader is told where a scenario opens with its title card."""
TIPS: Final[Mapping[str, tuple[str, ...]]] = {
    steps.WELCOME: (
        "Say the ground rules. Ask which languages people want to use, and who can translate.",
        "Say that you will hold back: this is about their views.",
    ),
    steps.SCENE: ("Let somebody else read aloud. Wait until everybody has read.",),
    steps.COMMIT: ("Keep the silence for a full minute. Most leaders cut it short.",),
    steps.VOTE: ("Vote last, or not at all: people follow the person who leads.",),
    steps.TALK: (
        "Listen. Ask who has not spoken yet. Keep your own view back.",
        "When a view is missing, ask somebody to speak for it.",
    ),
    steps.VOTE_AGAIN: ("Do not sum up before the ballots: a summary is a hint.",),
    steps.REVEAL: ("Say what moved, not who moved. A tie is for the room to settle.",),
    steps.MINORITY: (
        "Thank the first person who defends what few chose. Type the reason down.",
    ),
    steps.CONSEQUENCE: ("Read it slowly. Ask: what made this happen?",),
    steps.COACHING: ("Say where the rule is clear, and where it leaves a choice.",),
    steps.ENDING: ("If there is time, play the option that the minority wanted.",),
    steps.COMPARISON: ("Ask for one thing that is the same in both scenarios.",),
    steps.TAKEAWAYS: ("Let them find the words. Type what they say, without names.",),
    steps.CONTACTS: ("Name the office, and say what it does not do.",),
    steps.PROFILE: ("Talk about the story's turns, never about a person's vote.",),
    steps.MONDAY: ("Give them a quiet minute, and take one yourself.",),
    steps.EVALUATION: (
        "Leave the room while they fill it in, or look away from the screens.",
    ),
    steps.RECORD: (
        "Send the participation line to your focal point.",
        "It is in the record: dialogue-game session export.",
    ),
}
"""Each serves one of the six things that the guide's Appendix F asks about the leader."""

GROUND_RULES: Final = (
    "Speak for yourself. Use the language in which you can.",
    "What is said here stays here. No names in what we write down.",
    "Nobody has to give a reason. Nobody is asked how they voted.",
    "We disagree with ideas, not with people.",
)

RULES: Final[Mapping[str, str]] = {
    "majority": "more than half chose it",
    "most": "most ballots",
    "show_of_hands": "a show of hands",
    "room": "the room agreed",
    "leader": "the leader chose",
    "other_road": "the other road, together",
}
"""How an option can be settled."""

MODES: Final[Mapping[str, str]] = {
    "counts": "cards, counted and typed",
    "letters": "letters from a chat",
    "secret": "the keyboard passed around",
    "hands": "open show of hands",
    "phones": "phones",
}


FEW: Final = "With fewer than five ballots no more is shown."
NEARLY_ALIKE: Final = "Another round had a few more or fewer, so that no more is shown."
"""Why a round names no more than its leading option."""
KEPT: Final = "Round {kept} is kept. Now comes round {next}."
COUNTED: Final = "Counted so far: {counts}."
BALLOTS_IN: Final = "{cast} of {headcount} ballots are in."


def in_words(round_: Round, headcount: int) -> str:
    """How many ballots are in, and no more than that."""
    return BALLOTS_IN.format(cast=round_.total, headcount=headcount)


def counted_words(round_: Round | None, letters: Mapping[str, str]) -> str:
    """For the leader, a count that they typed and that can still be mended; "" for any other."""
    if round_ is None or round_.added or not round_.total or round_.mode not in TYPED:
        return ""
    return COUNTED.format(counts=_counts(round_, letters))


def reason_words(reason: Reason, letters: Mapping[str, str]) -> str:
    """A reason with the letter of its option, where it has one."""
    letter = letters.get(reason.option, "")
    return f"{letter}: {reason.text}" if letter else reason.text


def _counts(round_: Round, letters: Mapping[str, str]) -> str:
    return ", ".join(
        f"{letter} {round_.counts.get(o, 0)}" for o, letter in letters.items()
    )


def round_words(round_: Round, letters: Mapping[str, str], *, whole: bool) -> str:
    """A closed round in words; where it may not be told whole only its leading option is named."""
    if not round_.leader:
        lead = "No single option leads."
    else:
        lead = f"{letters.get(round_.leader, round_.leader)} leads."
    if not whole:
        ballots = counted(round_.total, "ballot")
        return f"Round {round_.number}: {ballots}. {lead} {FEW if round_.few else NEARLY_ALIKE}"
    tie = _tie(round_, letters)
    return f"Round {round_.number}: {_counts(round_, letters)}. {tie or lead}"


def _tie(round_: Round, letters: Mapping[str, str]) -> str:
    if len(round_.leading) < 2:
        return ""
    level = sorted(letters.get(option, option) for option in round_.leading)
    return f"A tie between {' and '.join(level)}. The room settles it."


def shift_words(rounds: Sequence[Round], letters: Mapping[str, str]) -> tuple[str, ...]:
    """What moved from the first round to the last, in words."""
    if len(rounds) < 2:
        return ()
    first, last = rounds[0], rounds[-1]
    if not (may_show_counts(rounds, 0) and may_show_counts(rounds, len(rounds) - 1)):
        return (_lead_shift(first, last, letters),)
    said = []
    for option, letter in letters.items():
        before, after = first.counts.get(option, 0), last.counts.get(option, 0)
        if before != after:
            more = "more" if after > before else "fewer"
            said.append(
                f"{letter}: {before}, then {after}: {abs(after - before)} {more}."
            )
    return tuple(said) or ("Nothing moved between the rounds.",)


def _lead_shift(first: Round, last: Round, letters: Mapping[str, str]) -> str:
    was, now = (
        letters.get(found.leader, "no single option") for found in (first, last)
    )
    if was == now:
        return f"In both rounds {now} led."
    return f"First {was} led, then {now}."


def what_would(letters: Sequence[str]) -> tuple[str, ...]:
    """The question for options that are not the one that leads."""
    return tuple(f"What would have to be true for {letter}?" for letter in letters)


def spread_words(round_: Round) -> str:
    """For the leader, after the first round: how much talk it needs, without any count."""
    if round_.few:
        return "Too few ballots to say more. Ask what speaks for each option."
    if round_.spread:
        return "The room is of different minds. Give the talk its time."
    return "Nearly everybody chose the same. Ask what speaks for the other options, and be short."
