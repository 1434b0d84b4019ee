from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.text import split_paragraphs
from dialogue_game.tui.text.layout import Block, ListRow, RowLayout, laid_out
from dialogue_game.tui.text.styled import ASCII, UNICODE, prose

HOSTILE = (
    "[sic]",
    "see [/] here",
    "[@click=app.quit]x[/]",
    "[link=http://e.com]x",
    "\x1b]0;x\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "[",
    "]]",
    "\ud800",
    "\u2028",
    "$primary {reach}",
)
ANY_TEXT = st.one_of(
    st.text(), st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE)).map("".join)
)


@given(ANY_TEXT)
def test_prose_never_lets_a_control_code_or_an_override_through(text: str) -> None:
    shown = str(prose(text))
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert not prose(text).spans


def test_prose_keeps_square_brackets_as_they_are() -> None:
    for text in ("[sic]", "see [/] here", "[@click=app.quit]x[/]", "[bold]", "]["):
        assert str(prose(text)) == text


@given(st.lists(ANY_TEXT, max_size=4), st.integers(min_value=1, max_value=120))
def test_no_line_is_wider_than_the_measure(texts: list[str], width: int) -> None:
    blocks = [Block(prose(text), prose("> ")) for text in texts]
    assert all(line.cell_length <= max(width, 8) for line in laid_out(blocks, width))


@given(st.text(alphabet="ab ", min_size=1), st.integers(min_value=10, max_value=80))
def test_no_word_is_lost_in_wrapping(text: str, width: int) -> None:
    lines = laid_out([Block(prose(text))], width)
    assert "".join("".join(str(line).split()) for line in lines) == "".join(
        text.split()
    )


@given(
    st.lists(ANY_TEXT, min_size=1, max_size=5), st.integers(min_value=0, max_value=90)
)
def test_a_list_lays_out_whatever_it_is_given(texts: list[str], width: int) -> None:
    rows = [
        ListRow(str(n), prose(t), key=str(n), note=prose(t), gap=1)
        for n, t in enumerate(texts)
    ]
    layout = RowLayout(rows)
    layout.set_width(width)
    assert layout.height >= len(rows)


def test_paragraphs_are_parted_by_blank_lines_and_other_line_ends_are_the_authors() -> (
    None
):
    written = "one " * 20 + "\n" + "two " * 3 + "\n\nthree"
    first, second = split_paragraphs(written)
    assert first.split("\n") == [("one " * 20).rstrip(), ("two " * 3).rstrip()]
    assert second == "three"


def test_short_lines_stay_lines() -> None:
    assert split_paragraphs("Omar Rodriguez\nPhotographer") == [
        "Omar Rodriguez\nPhotographer"
    ]


def test_the_four_marks_have_four_signs_in_both_sets() -> None:
    for glyphs in (UNICODE, ASCII):
        told = {
            glyphs.mark(word) for word in ("models", "upholds", "strains", "breaches")
        }
        assert len(told) == 4
        assert {len(sign) for sign in told} == {2}
