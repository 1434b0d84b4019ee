"""The run as a story about its player: each rule by example."""

from __future__ import annotations

from dialogue_game.core import engine
from dialogue_game.core.debrief import Debrief, debrief
from dialogue_game.core.events import ChoiceMade, PlayEvent
from dialogue_game.core.story import Cost
from tests.builders import choice, scene, story

TOLD = story(
    *(
        scene(
            f"s{n}",
            choice(
                "ask", f"s{n + 1}" if n < 4 else "end", "g1 upholds", stance="consult"
            ),
            choice("go", f"s{n + 1}" if n < 4 else "end", "g2 breaches", stance="bold"),
            choice(
                "dear",
                f"s{n + 1}" if n < 4 else "end",
                "g2 models",
                cost=Cost("Ann waits {days} days.", "ann", ("end",)),
            ),
        )
        for n in range(5)
    ),
    variables={"days": 3},
)


def looked_back(*picks: str) -> Debrief:
    events: list[PlayEvent] = list(engine.begin(TOLD))
    events += [ChoiceMade(f"s{n}", pick) for n, pick in enumerate(picks)]
    return debrief(TOLD, events)


def test_a_pattern_counts_stances_and_names_the_one_taken_most() -> None:
    back = looked_back("ask", "ask", "ask", "go", "dear")
    assert back.pattern.text.startswith("You tend to ask others first: 3 of 5 times")
    consult = back.pattern.stances["consult"]
    assert (consult.offered, len(consult.taken), consult.earned, consult.at_stake) == (
        5,
        3,
        9,
        12,
    )
    assert "wait" not in back.pattern.stances


def test_a_pattern_is_the_stance_taken_most_where_it_was_offered() -> None:
    rare = scene(
        "rare", choice("ask", "s1"), choice("hush", "s1", "g1 upholds", stance="wait")
    )
    others = [
        scene(f"s{n}", choice("ask", f"s{n + 1}" if n < 4 else "end", stance="consult"),
              choice("go", f"s{n + 1}" if n < 4 else "end"))
        for n in range(1, 5)
    ]  # fmt: skip
    tale = story(rare, *others)
    picks = [
        ("rare", "hush"),
        ("s1", "ask"),
        ("s2", "ask"),
        ("s3", "ask"),
        ("s4", "go"),
    ]
    events: list[PlayEvent] = [*engine.begin(tale)]
    back = debrief(tale, [*events, *(ChoiceMade(*pick) for pick in picks)])
    assert back.pattern.text.endswith("1 of 1 times. It earned 1 of 1 points.")
    untold = [*events, *(ChoiceMade(f"s{n}", "ask") for n in range(1, 5))]
    back = debrief(story(*others), [*engine.begin(story(*others)), *untold[1:]])
    assert back.pattern.text.endswith("4 of 4 times.")


def test_too_few_tagged_decisions_make_no_pattern() -> None:
    assert looked_back("ask", "dear", "dear", "go", "dear").pattern.text == ""


def test_the_moments_are_the_breach_left_open_and_what_earned_most() -> None:
    back = looked_back("dear", "ask", "go", "go", "ask")
    assert [(m.scene, m.choice) for m in back.moments] == [("s0", "dear"), ("s3", "go")]
    assert "no later choice upheld it" in back.moments[1].why


def test_without_an_open_breach_the_greatest_loss_is_a_moment() -> None:
    back = looked_back("go", "dear", "ask", "ask", "ask")
    assert [(m.scene, m.choice) for m in back.moments] == [("s0", "go"), ("s1", "dear")]


def test_protected_is_the_weightiest_good_mark_of_a_guideline_not_breached() -> None:
    kept = looked_back("ask", "dear", "go", "ask", "ask").protected
    assert kept is not None
    assert (kept.scene, kept.guideline) == ("s0", "g1")


def test_what_is_protected_is_told_of_another_choice_than_what_is_paid_with() -> None:
    back = looked_back("dear", "ask", "ask", "ask", "ask")
    assert back.protected is not None
    assert back.paid is not None
    assert (back.protected.scene, back.paid.scene) == ("s1", "s0")
    assert back.paid.text == "Ann waits 3 days."


def test_where_one_choice_alone_protected_and_cost_that_is_said() -> None:
    back = looked_back("dear")
    assert back.protected is not None
    assert back.paid is not None
    assert back.protected.choice == back.paid.choice == "dear"
    assert back.paid.text == "The same choice had its price. Ann waits 3 days."


def test_paid_is_the_newest_cost_in_words() -> None:
    paid = looked_back("dear", "go", "dear", "ask", "ask").paid
    assert paid is not None
    assert (paid.text, paid.scene, paid.person) == ("Ann waits 3 days.", "s2", "ann")


def test_without_a_cost_the_weightiest_bad_mark_was_paid_with() -> None:
    paid = looked_back("ask", "go", "ask", "go", "ask").paid
    assert paid is not None
    assert (paid.scene, paid.guideline) == ("s1", "g2")
    assert looked_back("ask", "ask", "ask", "ask", "ask").paid is None
