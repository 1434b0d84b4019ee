"""Events as lines: what comes back, what is upgraded, what stays unread."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.core.events import (
    ChoiceMade,
    Looked,
    PlaythroughStarted,
    ReferenceOpened,
    Reflected,
    TransferAnswered,
)
from dialogue_game.core.session.session_events import (
    BallotCast,
    MinorityReason,
    SessionStarted,
    StepReached,
    Undone,
)
from dialogue_game.errors import JournalUnreadable
from dialogue_game.journal.codec import (
    CODEC,
    Codec,
    checksum,
    decode_summary,
    encode_summary,
    event_types,
    without_surrogates,
)
from dialogue_game.journal.store import Event, Unknown

TEXT = st.text() | st.sampled_from(
    ["[sic]", "[@click=app.quit]", "\x1b]0;x\x07", "\u202eab", "{}"]
)
NUMBER = st.integers(0, 2**53)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(PlaythroughStarted, TEXT, TEXT, TEXT, NUMBER, TEXT),
    st.builds(ChoiceMade, TEXT, TEXT),
    st.builds(ReferenceOpened, TEXT),
    st.builds(Looked, TEXT, TEXT, TEXT),
    st.builds(Reflected, TEXT),
    st.builds(TransferAnswered, TEXT, NUMBER),
    st.builds(
        SessionStarted,
        TEXT,
        TEXT,
        TEXT,
        NUMBER,
        NUMBER,
        st.tuples(TEXT, TEXT),
        st.booleans(),
    ),
    st.builds(StepReached, TEXT, TEXT, TEXT),
    st.builds(BallotCast, st.dictionaries(TEXT, NUMBER, max_size=4), st.booleans()),
    st.builds(MinorityReason, TEXT),
    st.just(Undone()),
)


@given(EVENTS)
def test_any_event_comes_back_as_it_was(event: Event) -> None:
    assert CODEC.decode(CODEC.encode(event)) == event


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_kept_with_only_its_lone_surrogates_replaced(text: str) -> None:
    assert CODEC.decode(CODEC.encode(Reflected(text))) == Reflected(
        without_surrogates(text)
    )
    assert without_surrogates(without_surrogates(text)) == without_surrogates(text)
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert without_surrogates(text) == text


@given(st.lists(EVENTS, max_size=8))
def test_many_events_come_back_in_order(events: list[Event]) -> None:
    assert CODEC.decode_all([(1, CODEC.encode(event)) for event in events]) == events


def test_a_line_says_type_version_and_body_for_a_human_eye() -> None:
    line = CODEC.encode(ChoiceMade("office", "rewrite"))
    assert line == 'choice_made 1 {"scene":"office","choice":"rewrite"}'


def test_every_event_of_the_core_has_its_name() -> None:
    assert set(event_types()) == {
        "playthrough_started",
        "choice_made",
        "continued",
        "reference_opened",
        "looked",
        "reflected",
        "transfer_answered",
        "session_started",
        "step_reached",
        "road_opened",
        "form_chosen",
        "ballot_opened",
        "ballot_cast",
        "ballot_closed",
        "count_corrected",
        "settled",
        "minority_reason",
        "parked",
        "takeaway",
        "blanked",
        "extended",
        "undone",
        "paused",
        "headcount_changed",
        "names_changed",
        "session_ended",
    }


def test_lone_surrogates_are_replaced_wherever_a_text_stands_in_an_event() -> None:
    started = SessionStarted("c", "\ud800", "l", 1, 30, ("\udfff",))
    kept = CODEC.decode(CODEC.encode(started))
    assert kept == SessionStarted("c", "\ufffd", "l", 1, 30, ("\ufffd",))
    assert CODEC.decode(CODEC.encode(BallotCast({"\ud800": 1}))) == BallotCast(
        {"\ufffd": 1}
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "choice_made",
        "choice_made 1 ",
        'choice_made 1 {"scene":"office"}',
        'choice_made 1 {"scene":"office","choice":7}',
        'choice_made one {"scene":"office","choice":"rewrite"}',
        'choice_made 0 {"scene":"office","choice":"rewrite"}',
        'choice_made 1 {"scene":"office","choice":"rewrite"',
        None,
        b"choice_made",
    ],
)
def test_a_damaged_line_is_refused_with_a_way_on(line: str) -> None:
    with pytest.raises(JournalUnreadable) as caught:
        CODEC.decode(line)
    assert caught.value.next_step


def test_an_unknown_event_stays_as_it_was_found() -> None:
    line = 'dice_rolled 4 {"eyes": [1, 2] }'
    event = CODEC.decode(line)
    assert event == Unknown("dice_rolled", '{"eyes": [1, 2] }', 4)
    assert CODEC.encode(event) == line


def test_a_known_event_with_a_later_body_stays_unread() -> None:
    assert CODEC.decode('looked 2 {"eye":"left"}') == Unknown(
        "looked", '{"eye":"left"}', 2
    )


def test_an_unknown_event_cannot_pass_itself_off_as_a_known_one() -> None:
    line = CODEC.encode(Unknown('reflected 1 {"text":"forged"} x', "{}"))
    assert isinstance(CODEC.decode(line), Unknown)


def test_a_body_may_gain_fields_with_defaults_without_a_new_version() -> None:
    assert CODEC.decode('playthrough_started 1 {"story":"omar","edition":"e"}') == (
        PlaythroughStarted("omar", "e")
    )
    assert CODEC.decode('reflected 1 {"text":"a","mood":"b"}') == Reflected("a")


@dataclass(frozen=True, slots=True)
class Moved:
    """An event whose body is at its third version."""

    place: str
    steps: int


def test_an_old_body_is_upgraded_step_by_step() -> None:
    codec = Codec(
        {"moved": Moved},
        {"moved": 3},
        {
            ("moved", 1): lambda body: {"place": body["where"]},
            ("moved", 2): lambda body: body | {"steps": 1},
        },
    )
    assert codec.decode('moved 1 {"where":"a"}') == Moved("a", 1)  # type: ignore[comparison-overlap]
    assert codec.decode('moved 2 {"place":"b"}') == Moved("b", 1)  # type: ignore[comparison-overlap]
    assert codec.decode('moved 3 {"place":"c","steps":2}') == Moved("c", 2)  # type: ignore[comparison-overlap]
    assert isinstance(codec.decode('moved 4 {"place":"d"}'), Unknown)
    with pytest.raises(JournalUnreadable):
        codec.decode('moved 1 {"somewhere":"a"}')


def test_the_checksum_goes_on_where_it_stopped_and_sees_every_change() -> None:
    rows = [(1, "a 1 {}"), (2, "b 1 {}"), (3, "c 1 {}")]
    whole = checksum(rows, 0)
    assert checksum(rows[2:], checksum(rows[:2], 0)) == whole
    assert checksum([(1, "a 1 {}"), (2, "b 1 []"), (3, "c 1 {}")], 0) != whole
    assert checksum([rows[1], rows[0], rows[2]], 0) != whole


def test_a_damaged_summary_is_empty_because_it_can_be_rebuilt() -> None:
    assert decode_summary(encode_summary({"percent": 50})) == {"percent": 50}
    assert decode_summary('{"percent": 50') == {}
    assert decode_summary('{"percent": []}') == {}
