"""The language of stories: what it says, and what it refuses."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.expressions import (
    holds,
    kind_of,
    parse,
    parse_effect,
    type_of,
    with_effects,
)
from dialogue_game.core.story import Value
from dialogue_game.errors import ExpressionError

VARIABLES: dict[str, Value] = {"trust": 2, "told": False, "tone": "calm", "half": 0.5}
KINDS = {name: kind_of(value) for name, value in VARIABLES.items()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", True),
        ("trust >= 2", True),
        ("trust > 2", False),
        ("trust != 3", True),
        ("trust - 1 == 1", True),
        ("trust + half > 2.4", True),
        ("-trust < 0", True),
        ("told", False),
        ("not told", True),
        ("told == false", True),
        ("tone == 'calm'", True),
        ('tone != "calm"', False),
        ("trust == 2 and told", False),
        ("trust == 2 and (told or tone == 'calm')", True),
        ("visited(door)", True),
        ("visited(cellar)", False),
        ("chose(door.open)", True),
        ("not chose(door.close)", True),
        ("true", True),
        ("  trust\t>= 2 ", True),
    ],
)
def test_a_condition_says_what_it_seems_to_say(condition: str, expected: bool) -> None:
    assert holds(condition, VARIABLES, {"door"}, {"door.open"}) is expected


@pytest.mark.parametrize(
    "hostile",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__",
        "trust.real",
        "trust ** 99999",
        "trust * 99999",
        "[x for x in 'abc']",
        "lambda: 1",
        "trust if told else 1",
        "f'{trust}'",
        "trust := 3",
        "1 < trust < 3",
        "visited('door')",
        "visited(door, cellar)",
        "chose(open)",
        "chose(a.b.c)",
        "visited(door=1)",
        "trust is 2",
        "trust in told",
        "b'bytes'",
        "None",
        "1e999",
        "99999999999999999999",
        "trust >=",
        "trust = 3",
        "трust > 1",
        "trust > 1\x00",
        "(" * 60 + "1" + ")" * 60 + "+",
        "not " * 60 + "told",
        "1" + "+1" * 300,
        "",
        "   ",
    ],
)
def test_what_is_not_the_language_is_refused_with_advice(hostile: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(hostile)
    assert caught.value.message
    assert caught.value.offset >= 0


@given(st.text(max_size=60))
def test_no_text_at_all_makes_the_reader_fail_in_another_way(text: str) -> None:
    with contextlib.suppress(ExpressionError):
        parse(text)


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("trust + 1", "number"),
        ("trust > 1", "flag"),
        ("tone", "word"),
        ("told", "flag"),
    ],
)
def test_every_expression_has_a_kind(condition: str, kind: str) -> None:
    assert type_of(parse(condition), KINDS) == kind


@pytest.mark.parametrize(
    ("condition", "offset"),
    [
        ("trust and told", 0),
        ("told and trust", 9),
        ("tone > 'a'", 0),
        ("trust == 'calm'", 0),
        ("told == 1", 0),
        ("tone + 1 > 2", 0),
        ("not trust", 4),
        ("-told == 1", 1),
    ],
)
def test_mixed_kinds_are_refused_where_they_stand(condition: str, offset: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        type_of(parse(condition), KINDS)
    assert caught.value.offset == offset


def test_an_expression_tells_what_it_reads() -> None:
    read = parse("trust > 1 and visited(door) or chose(door.open)")
    assert dict(read.names) == {"trust": 0}
    assert dict(read.scenes) == {"door": 22}
    assert dict(read.choices) == {"door.open": 37}
    assert not read.constant
    assert parse("1 == 1").constant


def test_effects_happen_in_order_and_leave_the_given_values_alone() -> None:
    before: dict[str, Value] = {"trust": 2, "reach": 0, "told": False}
    after = with_effects(
        ("trust += 1", "reach = trust + 1", "told = true"), before, set(), set()
    )
    assert after == {"trust": 3, "reach": 4, "told": True}
    assert before == {"trust": 2, "reach": 0, "told": False}


@pytest.mark.parametrize(
    ("effect", "offset"),
    [("trust", 0), ("trust == 1", 0), ("1 = 2", 0), ("trust += )", 9)],
)
def test_what_is_no_effect_is_refused_where_it_stands(effect: str, offset: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_effect(effect)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("effect", "expected"),
    [("n += 1", 2**53), ("n -= 1", 2**53 - 1), ("n = 0 - n - n", -(2**53))],
)
def test_numbers_stop_where_every_engine_still_holds_them_exactly(
    effect: str, expected: int
) -> None:
    assert with_effects((effect,), {"n": 2**53}, set(), set()) == {"n": expected}
