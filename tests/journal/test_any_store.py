"""What every store does, in memory and on disk alike."""

from __future__ import annotations

import math

import pytest

from dialogue_game.core.events import (
    ChoiceMade,
    Looked,
    PlaythroughStarted,
    ReferenceOpened,
    Reflected,
    TransferAnswered,
)
from dialogue_game.errors import JournalBusy, NotFound
from dialogue_game.journal.store import Event, Recorded, Store, StreamInfo, Unknown

STARTED = PlaythroughStarted("omar", "e1")
ALL: tuple[Event, ...] = (
    STARTED,
    ChoiceMade("office", "rewrite"),
    ReferenceOpened("sr_1_2_f"),
    Looked("office", "post", "handle"),
    Reflected("On Monday I will [ask] first.\nReally: \x1b[31m \x00 نعم 🙂"),
    TransferAnswered("badge", 1),
)


class TestAnyStore:
    def test_a_new_store_is_empty(self, store: Store) -> None:
        assert store.streams() == ()
        assert store.editions() == ()
        assert store.edition("e1") is None
        assert store.setting("player") is None

    def test_events_come_back_as_they_were_in_order_and_counted_from_one(
        self, store: Store
    ) -> None:
        store.create("p", "playthrough", ALL[:2], at=10)
        store.append("p", ALL[2:], expected=2, at=20)
        assert store.read("p") == tuple(
            Recorded("p", seq, 10 if seq <= 2 else 20, event)
            for seq, event in enumerate(ALL, 1)
        )

    def test_a_follower_reads_only_what_is_new(self, store: Store) -> None:
        store.create("p", "playthrough", ALL, at=10)
        assert [recorded.seq for recorded in store.read("p", after=4)] == [5, 6]
        assert store.read("p", after=4)[0].event == ALL[4]
        assert store.read("p", after=6) == ()
        assert store.read("p", after=99) == ()
        assert len(store.read("p", after=-3)) == 6

    def test_a_stream_that_is_not_there_is_said_to_be_missing(
        self, store: Store
    ) -> None:
        for ask in (store.read, store.info, store.delete):
            with pytest.raises(NotFound, match="“nobody”"):
                ask("nobody")
        with pytest.raises(NotFound):
            store.append("nobody", ALL, expected=0, at=1)
        store.put_setting("player", "somebody")
        with pytest.raises(NotFound):
            store.read("nobody")

    def test_a_stream_cannot_begin_twice(self, store: Store) -> None:
        store.create("p", "playthrough", [STARTED], at=1)
        with pytest.raises(JournalBusy):
            store.create("p", "playthrough", ALL, at=2)
        assert [recorded.event for recorded in store.read("p")] == [STARTED]

    def test_a_writer_who_missed_something_is_refused_and_nothing_is_doubled(
        self, store: Store
    ) -> None:
        store.create("p", "playthrough", [STARTED], at=1)
        store.append("p", [ALL[1]], expected=1, at=2)
        for expected in (0, 1, 3):
            with pytest.raises(JournalBusy, match="another copy of the game"):
                store.append(
                    "p", [ALL[1]], expected=expected, at=3, summary={"choices": 9}
                )
        assert store.info("p") == StreamInfo("p", "playthrough", 2, 1, 2, {})

    def test_several_events_are_kept_together_or_not_at_all(self, store: Store) -> None:
        store.create("p", "playthrough", [STARTED], at=1)
        with pytest.raises(KeyError):
            store.append("p", [ALL[1], object()], expected=1, at=2)  # type: ignore[list-item]
        assert store.info("p").length == 1

    def test_streams_are_listed_newest_first_and_by_kind(self, store: Store) -> None:
        store.create("a", "playthrough", [STARTED], at=10)
        store.create("b", "session", [], at=20)
        store.create("c", "playthrough", [STARTED], at=20)
        store.append("a", [ALL[1]], expected=1, at=30)
        assert [info.id for info in store.streams()] == ["a", "c", "b"]
        assert [info.id for info in store.streams("playthrough")] == ["a", "c"]
        assert [info.id for info in store.streams("session")] == ["b"]
        assert store.streams()[0] == store.info("a")

    def test_a_clock_that_was_in_the_future_makes_no_run_the_newest_for_good(
        self, store: Store
    ) -> None:
        store.create("p", "playthrough", [STARTED], at=10**15)
        store.create("q", "playthrough", [STARTED], at=20)
        assert [info.id for info in store.streams()] == ["q", "p"]
        store.append("p", [ALL[1]], expected=1, at=30)
        assert [info.id for info in store.streams()] == ["p", "q"]
        store.append("q", [ALL[1]], expected=1, at=25)
        store.append("p", [], expected=2, at=26, summary={"choices": 1})
        assert [info.id for info in store.streams()] == ["q", "p"]

    def test_a_summary_stays_until_another_one_comes(self, store: Store) -> None:
        store.create(
            "p", "playthrough", [STARTED], 1, {"story": "omar", "percent": None}
        )
        store.append("p", [ALL[1]], expected=1, at=2)
        assert store.info("p").summary == {"story": "omar", "percent": None}
        store.append(
            "p", [ALL[2]], expected=2, at=3, summary={"percent": 66.5, "ended": True}
        )
        assert store.info("p").summary == {"percent": 66.5, "ended": True}
        store.append("p", [ALL[3]], expected=3, at=4, summary={})
        assert store.info("p").summary == {}

    def test_a_rebuilt_summary_makes_a_stream_no_younger(self, store: Store) -> None:
        store.create("p", "playthrough", [STARTED], at=1)
        store.append("p", [], expected=1, at=99, summary={"choices": 0})
        assert store.info("p") == StreamInfo(
            "p", "playthrough", 1, 1, 1, {"choices": 0}
        )

    def test_what_json_cannot_say_in_a_summary_is_nothing(self, store: Store) -> None:
        store.create(
            "p", "playthrough", [], 1, {"percent": math.nan, "title": "a\ud800b"}
        )
        assert store.info("p").summary == {"percent": None, "title": "a\ufffdb"}

    def test_a_clock_that_goes_backwards_changes_no_order(self, store: Store) -> None:
        store.create("p", "playthrough", [STARTED], at=1000)
        store.append("p", [ALL[1]], expected=1, at=500)
        store.append("p", [ALL[2]], expected=2, at=-7)
        assert [recorded.event for recorded in store.read("p")] == list(ALL[:3])
        assert [recorded.at for recorded in store.read("p")] == [1000, 500, -7]
        assert (store.info("p").started, store.info("p").updated) == (1000, 1000)

    def test_a_deleted_stream_is_gone_and_its_name_free_again(
        self, store: Store
    ) -> None:
        store.create("p", "playthrough", ALL, at=1)
        store.create("q", "playthrough", ALL, at=2)
        store.delete("p")
        assert [info.id for info in store.streams()] == ["q"]
        with pytest.raises(NotFound):
            store.read("p")
        with pytest.raises(NotFound):
            store.delete("p")
        store.create("p", "session", [STARTED], at=3)
        assert len(store.read("p")) == 1
        assert len(store.read("q")) == 6

    def test_many_streams_are_deleted_at_once_or_none_is(self, store: Store) -> None:
        for name in "abc":
            store.create(name, "playthrough", ALL, at=1)
        with pytest.raises(NotFound):
            store.delete("a", "nobody")
        assert len(store.streams()) == 3
        store.delete("a", "c", "a")
        assert [info.id for info in store.streams()] == ["b"]

    def test_an_edition_is_kept_once_and_never_altered(self, store: Store) -> None:
        store.keep_edition("e2", b"\x00\xffsecond" * 1000)
        store.keep_edition("e1", b"")
        store.keep_edition("e2", b"another text")
        assert store.edition("e2") == b"\x00\xffsecond" * 1000
        assert store.edition("e1") == b""
        assert store.editions() == ("e1", "e2")

    def test_a_setting_is_what_was_put_last(self, store: Store) -> None:
        store.put_setting("player", "otter-12")
        store.put_setting("player", "heron-7")
        store.put_setting("other", "x")
        assert store.setting("player") == "heron-7"

    def test_lone_surrogates_are_replaced_everywhere(self, store: Store) -> None:
        store.create("p\udc80", "playthrough", [Reflected("a\ud800b")], at=1)
        store.append("p\udc80", [Reflected("\ud83d\ude42")], expected=1, at=2)
        assert [recorded.event for recorded in store.read("p\ufffd")] == [
            Reflected("a\ufffdb"),
            Reflected("🙂"),
        ]
        assert store.info("p\udc80").id == "p\ufffd"
        store.put_setting("k\ud800", "v\ud800")
        assert store.setting("k\ud800") == "v\ufffd"
        store.keep_edition("e\ud800", b"x")
        assert store.edition("e\ud800") == b"x"

    def test_an_event_of_a_later_version_is_kept_and_given_back_unread(
        self, store: Store
    ) -> None:
        foreign = Unknown("dice_rolled", '{"eyes":[1,{"a":null}]}', 3)
        store.create("p", "playthrough", [STARTED, foreign], at=1)
        assert [recorded.event for recorded in store.read("p")] == [STARTED, foreign]

    def test_a_quiet_journal_has_not_changed(self, store: Store) -> None:
        assert not store.changed()
        store.create("p", "playthrough", [STARTED], at=1)
        store.changed()
        assert not store.changed()
        store.read("p")
        assert not store.changed()

    def test_a_closed_store_opens_again_when_it_is_asked(self, store: Store) -> None:
        store.create("p", "playthrough", ALL, at=1)
        store.close()
        assert len(store.read("p")) == 6
        store.append("p", [ALL[1]], expected=6, at=2)
        store.close()
        store.close()
