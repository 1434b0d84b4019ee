"""Places: where a value stands, and what is shown of its line."""

from __future__ import annotations

import pytest

from dialogue_game.analysis.findings import EXCERPT_LENGTH, PathKey, Place
from dialogue_game.content.places import excerpt
from dialogue_game.content.source import read_text

TEXT = """\
# a comment
title: The title
scenes:
  a:
    text: |
      One {x} line.
      Another {y}.
    list: [one, {k: v}]
    more:
      - first
      - key: value
quoted: "trust >= 3"
é: ü
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 8),
        (("scenes",), 3, 1),
        (("scenes", "a"), 4, 3),
        (("scenes", "a", "text"), 5, 11),
        (("scenes", "a", "list"), 8, 5),
        (("scenes", "a", "list", 0), 8, 12),
        (("scenes", "a", "list", 1), 8, 17),
        (("scenes", "a", "list", 1, "k"), 8, 21),
        (("scenes", "a", "more", 0), 10, 9),
        (("scenes", "a", "more", 1, "key"), 11, 14),
        (("é",), 13, 4),
        ((), 0, 0),
    ],
)
@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
def test_every_value_has_its_line_and_column(
    path: PathKey, line: int, column: int, pure: bool
) -> None:
    place = read_text(TEXT, "f", pure=pure).places[path]
    assert (place.file, place.line, place.column) == ("f", line, column)


def test_a_key_has_a_place_of_its_own() -> None:
    places = read_text(TEXT, "f").places
    assert places.key(("title",)).column == 1
    assert places.key(("scenes", "a", "list", 1, "k")).column == 18


def test_the_places_are_a_mapping_over_every_path() -> None:
    places = read_text(TEXT, "f").places
    assert len(places) == len(list(places)) == 15
    assert all(places[path] for path in places)
    assert ("nothing",) not in places
    assert ("scenes", "a", "list", 7) not in places
    assert ("title", "deeper") not in places


def test_an_offset_counts_inside_quotes_and_below_a_pipe() -> None:
    places = read_text(TEXT, "f").places
    assert places.inside(("quoted",), 6).column == len('quoted: "trust ') + 1
    assert places.inside(("scenes", "a", "text"), 4).line == 6


def test_words_are_found_in_the_lines_of_a_text() -> None:
    places = read_text(TEXT, "f").places
    place = places.mention(("scenes", "a", "text"), "{y}")
    assert (place.line, place.column) == (7, 15)
    assert places.mention(("scenes", "a", "text"), "{zz}").line == 5


def test_an_excerpt_is_the_line_with_nothing_that_a_terminal_would_obey() -> None:
    assert excerpt("  a: \x1b[31mred\tb\u202e", 6) == "  a: \ufffd[31mred b\ufffd"


@pytest.mark.parametrize("column", [1, 100, 120, 121, 400, 999, 1000])
def test_a_long_line_is_clipped_around_its_place(column: int) -> None:
    line = "".join(chr(ord("a") + number % 26) for number in range(1000))
    shown = excerpt(line, column)
    assert len(shown) <= EXCERPT_LENGTH + 1
    at = Place(column=column, excerpt=shown).caret
    assert shown[at] == line[column - 1]
