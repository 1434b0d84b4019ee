"""Reading a file: what plain words mean, what is refused, and that nothing can hurt."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.content.folders import MAX_BYTES
from dialogue_game.content.places import UNSAFE
from dialogue_game.content.reader import Decimal
from dialogue_game.content.source import (
    Source,
    read_bytes,
    read_source,
    read_text,
)
from dialogue_game.content.yaml_errors import MAX_FINDINGS

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])


def read(text: str, *, pure: bool = False) -> Source:
    return read_text(text, "story.yaml", pure=pure)


def codes(source: Source) -> list[str]:
    return [noticed.code for noticed in source.findings]


@BOTH
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("2.5", 2.5),
        ("1.50", 1.5),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("True", "True"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("017", "017"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("+1", "+1"),
        ("- 1", None),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("1234567890123456789012345", "1234567890123456789012345"),
    ],
)
def test_only_true_false_and_plain_decimals_are_not_text(
    written: str, value: object, pure: bool
) -> None:
    found = read(f"a: {written}\n", pure=pure)
    if value is None:
        assert codes(found) == ["DG003"]
    else:
        assert found.data == {"a": value}
        wanted = Decimal if isinstance(value, float) else type(value)
        assert type(found.data["a"]) is wanted


@BOTH
def test_keys_are_always_words(pure: bool) -> None:
    found = read("no: 1\ntrue: 2\n12: 3\n", pure=pure)
    assert found.data == {"no": 1, "true": 2, "12": 3}


@BOTH
@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_missing_value_is_found_at_its_key(written: str, pure: bool) -> None:
    found = read(f"a: 1\nb: {written}\n", pure=pure)
    assert codes(found) == ["DG015"]
    assert (found.findings[0].place.line, found.findings[0].place.column) == (2, 1)
    assert found.findings[0].advice


def test_a_byte_order_mark_is_tolerated() -> None:
    assert read_bytes(b"\xef\xbb\xbfa: 1\n", "f").data == {"a": 1}


@pytest.mark.parametrize(
    "ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"]
)
def test_line_ends_of_every_system_are_read_alike(ending: str) -> None:
    text = ending.join(["a: 1", "b: |", "  one", "  two", ""])
    found = read_bytes(text.encode(), "f")
    assert found.data == {"a": 1, "b": "one\ntwo\n"}
    assert found.places["b",].line == 2


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("a: é\n".encode("latin-1"), (1, 4)),
        (b"a: 1\nb: \xff\xfe\xfa\n", (2, 4)),
        ("a: 1\n".encode("utf-16"), (0, 0)),
        ("a: 1\n".encode("utf-16-be"), (0, 0)),
        (b"\x89PNG\r\n\x1a\n\x00\x00", (1, 1)),
        (b"GIF89a\x00\x00\x01", (0, 0)),
        (bytes(range(256)), (0, 0)),
    ],
)
def test_a_file_that_is_not_utf8_is_one_finding(
    raw: bytes, place: tuple[int, int]
) -> None:
    found = read_bytes(raw, "f")
    assert codes(found)[:1] == ["DG002"]
    assert len(found.findings) == 1
    assert found.data is None
    if place != (0, 0):
        assert (found.findings[0].place.line, found.findings[0].place.column) == place


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # a hole; reading it would cost 100 MB
    started = time.perf_counter()
    assert codes(read_source(path)) == ["DG006"]
    assert time.perf_counter() - started < 0.5
    assert MAX_BYTES < 100_000_000


def test_a_file_that_is_not_there_or_is_a_folder_is_one_finding(tmp_path: Path) -> None:
    assert codes(read_source(tmp_path / "gone.yaml")) == ["DG001"]
    assert codes(read_source(tmp_path)) == ["DG001"]


def test_a_device_that_never_ends_is_refused() -> None:
    device = Path("/dev/zero")
    if device.exists():
        assert codes(read_source(device)) == ["DG001"]


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "[{" * 50_000,
        "- " * 100_000 + "x",
        "".join(" " * depth + "a:\n" for depth in range(3_000)),
        "? " * 50_000,
    ],
    ids=["open", "balanced", "braces", "mixed", "dashes", "lines", "questions"],
)
def test_deep_nesting_is_a_finding_and_neither_a_crash_nor_a_hang(
    text: str, pure: bool
) -> None:
    started = time.perf_counter()
    found = read(text, pure=pure)
    assert time.perf_counter() - started < 5
    assert set(codes(found)) <= {"DG006", "DG003", "DG015"}
    assert found.findings or isinstance(found.data, str)


@BOTH
def test_an_alias_bomb_grows_to_nothing(pure: bool) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    found = read(bomb, pure=pure)
    assert set(codes(found)) == {"DG005"}


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogue_game.content.reader.MAX_VALUES", 1_000)
    assert codes(read(f"a: [{'[1, 2, 3], ' * 300}1]")) == ["DG006"]


def test_a_thousand_equal_complaints_are_cut_short() -> None:
    found = read("a:\n" * 1_000)
    assert len(found.findings) <= MAX_FINDINGS


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n}: 1\n" for n in range(20_000)) + "k19999: 1\n" * 20_000,
        "a: {" + "b, " * 100_000 + "}",
        "a: [" + "&a x, " * 50_000 + "]",
        "a: [" + '"\\e", ' * 50_000 + "]",
        "a: '" + "\x1b" * 500_000 + "'\n",
        "a: [" + "[], " * 100_000 + "\x1b]",
    ],
    ids=[
        "equal keys",
        "empty values",
        "anchors",
        "escapes",
        "controls",
        "one long line",
    ],
)
def test_a_file_made_to_be_slow_is_not(text: str) -> None:
    started = time.perf_counter()
    found = read(text)
    assert time.perf_counter() - started < 5
    assert 0 < len(found.findings) <= MAX_FINDINGS


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "a: \u0645\u0631\u062d\u0628\u0627\n",
        "a: \u05e9\u05dc\u05d5\u05dd\n",
        "a: \u200fx\u200e\n",
        "a: \U0001f469\u200d\U0001f680 e\u0301\n",
        "a: \u6f22\u5b57\n",
    ],
    ids=["Arabic", "Hebrew", "marks of direction", "joined signs", "Chinese"],
)
def test_letters_of_every_script_are_welcome(text: str, pure: bool) -> None:
    found = read(text, pure=pure)
    assert not found.findings
    assert found.data == {"a": text[3:-1]}


@BOTH
def test_a_question_mark_inside_braces_is_text_with_either_parser(pure: bool) -> None:
    assert read("{a: What now?, b: [x?, y?z]}", pure=pure).data == {
        "a": "What now?",
        "b": ["x?", "y?z"],
    }


@given(st.text(max_size=200))
def test_any_text_is_data_or_findings_with_both_parsers_and_never_an_exception(
    text: str,
) -> None:
    for pure in (False, True):
        found = read(text, pure=pure)
        assert found.data is not None or found.findings
        for noticed in found.findings:
            assert not UNSAFE.search(
                noticed.message + noticed.advice + noticed.place.excerpt
            )


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_findings(raw: bytes) -> None:
    found = read_bytes(raw, "f")
    assert found.data is not None or found.findings


@given(st.characters())
def test_every_character_can_be_read_or_is_found(character: str) -> None:
    for pure in (False, True):
        found = read(f"a: 'x{character}x'\n", pure=pure)
        assert found.data is not None or "DG003" in codes(found)
        if UNSAFE.match(character) and character != "\r":
            assert codes(found) == ["DG007"]


def test_unsafe_characters_written_as_escapes_are_found() -> None:
    for escape in [
        r"\e",
        r"\0",
        r"\a",
        r"\b",
        r"\x9b",
        r"\u202e",
        r"\u2066",
        r"\N",
        r"\L",
        r"\P",
    ]:
        found = read(f'a: "x{escape}y"\n')
        assert codes(found) == ["DG007"], escape
        assert not UNSAFE.search(found.data["a"])


def test_reading_goes_on_past_what_can_be_told_apart() -> None:
    found = read("a: 1\na: 2\nb: &x y\nc:\nd: z\x1b\n")
    assert sorted(codes(found)) == ["DG004", "DG005", "DG007", "DG015"]
