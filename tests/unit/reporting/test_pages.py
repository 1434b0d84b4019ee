"""Pages: what is in them, and that no story can break out of its place."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue_game.analysis.graph import scene_graph
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import debrief
from dialogue_game.core.events import PlayEvent, Reflected
from dialogue_game.core.story import (
    Branch,
    CastMember,
    Cost,
    Detail,
    Exhibit,
    Paragraph,
    Story,
    TransferItem,
    TransferOption,
)
from dialogue_game.reporting.pages.markup import (
    Block,
    Drawing,
    Heading,
    Items,
    Link,
    Page,
    Para,
    Strong,
    Table,
    as_html,
    as_markdown,
    in_language,
    paper_page,
)
from dialogue_game.reporting.pages.player_pages import (
    Completed,
    certificate_page,
    debrief_page,
    digest,
)
from dialogue_game.reporting.pages.story_pages import reader_page
from dialogue_game.reporting.story_map import HEIGHT, WIDTH, layout, story_svg
from tests.builders import choice, scene, story
from tests.unit.reporting.attempts import events, tale

VOID = {"meta", "br", "wbr", "link", "img", "path", "rect"}


class Reader(HTMLParser):
    """Reads a page as strictly as it takes to see that it is whole."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def full() -> Story:
    """A story with one of everything."""
    exhibit = Exhibit(
        "letter",
        "email",
        {"from": "you", "subject": "Favour", "body": "It is <due> tonight."},
        alt="A letter",
        details=(Detail("last", "the last line", "Five years."),),
        when="visited(door)",
    )
    first = scene(
        "door",
        choice(
            "sign",
            goto=(Branch("end", "trust >= 3"), Branch("door")),
            text="Sign & send.",
            effects=("trust += 1",),
            when="trust >= 1",
            locked="You would have to be on speaking terms.",
            consequence=(
                Paragraph("She hugs you."),
                Paragraph("They knew.", "trust > 4"),
            ),
        ),
        choice("ask", "end", "g1 models"),
        exhibits=(exhibit,),
        as_="you",
        group="full",
        discuss=("q1",),
        notes="Let the room sit with it.",
        todo="A third option.",
    )
    sound = TransferOption("Ask what for.", "You can still say yes.", sound=True)
    return story(
        first,
        variables={"trust": 2, "told": False},
        cast={"you": CastMember("you", "You", "head of a team", "you_1")},
        questions={"q1": "What is she asking?"},
        transfer={"badge": TransferItem("badge", "g1", "A friend asks.", (sound,))},
        resources=("code",),
        course="fake",
    )


def debrief_of(told: Story, *picks: str, more: tuple[PlayEvent, ...] = ()) -> Page:
    return debrief_page(
        told, debrief(told, [*events(told, *picks), *more]), "2026-01-05"
    )


def test_a_reader_reads_all_that_a_player_is_told_afterwards() -> None:
    paid = replace(
        choice("pay", "page"),
        coaching="It was dear.",
        defensible=True,
        stance="bold",
        cost=Cost("The bill lies there.", "", ("page",)),
    )
    hall = replace(
        scene("hall", paid), settled="That bills are paid.", enter=("a = 1",)
    )
    page = replace(scene("page"), goto=(Branch("end"),))
    shown = reader_page(replace(story(hall, page), variables={"a": 0}))
    told = as_markdown(shown)
    for words in (
        "What the rule settles: That bills are paid.",
        "each time: a = 1",
        "**What it costs:** The bill lies there.",
        "- told at “Page”",
        "A reasonable colleague could choose this.",
        "**Coaching:** It was dear.",
        "stance: bold",
        "- to the end “End”",
    ):
        assert words in told
    # The way on of a page that is only read stands on the map, too.
    assert as_html(shown).count("<path d=") == 1 + 2


COURSE = Course("fake", "A Course", "", "Independent work.", (), {}, {})
DONE = (
    Completed("tale", "A Tale", "e" * 64, "run1", "2026-01-05T09:12:33Z", ("a.b",)),
)

PAGES = {
    "debrief": debrief_of(
        tale(), "sign", "tell", "out", more=(Reflected("On Monday I ask."),)
    ),
    "under way": debrief_of(tale(), "sign"),
    "unscored": debrief_of(tale(kind="aid"), "sign", "tell", "out"),
    "reader": reader_page(full()),
    "certificate": certificate_page(COURSE, DONE, "Mira Lind"),
    "unnamed": certificate_page(COURSE, DONE),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_asks_for_nothing(name: str) -> None:
    html = as_html(PAGES[name])
    reader = read(html)
    tags = [tag for tag, _ in reader.tags]
    assert html.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(tags)
    assert tags.count("h1") == tags.count("main") == 1
    for _, attributes in reader.tags:
        assert not {
            name for name in attributes if name.startswith("on") or name == "src"
        }
        assert not (attributes.get("href") or "").startswith("http:")
    assert "url(http" not in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("name", PAGES)
def test_headings_never_skip_a_level_and_anchors_are_there_once(name: str) -> None:
    reader = read(as_html(PAGES[name]))
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    links = [a["href"] or "" for tag, a in reader.tags if tag == "a"]
    assert all(link[1:] in ids for link in links if link.startswith("#"))


@pytest.mark.parametrize("name", PAGES)
def test_tables_have_captions_and_headers(name: str) -> None:
    tags = [tag for tag, _ in read(as_html(PAGES[name])).tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    scopes = [
        a.get("scope") for tag, a in read(as_html(PAGES[name])).tags if tag == "th"
    ]
    assert set(scopes) <= {"col", "row"}


def test_a_debrief_tells_path_guidelines_and_the_players_own_line() -> None:
    words = read(as_html(PAGES["debrief"])).words
    for told in ("You came to the end on 2026-01-05", "4 of 6 points, 67 %", "Do sign.",
                 "breached, later upheld", "On Monday I ask.", "drafted"):  # fmt: skip
        assert told in words


def test_a_readers_edition_tells_everything_with_its_conditions() -> None:
    for words in (read(as_html(PAGES["reader"])).words, as_markdown(PAGES["reader"])):
        plain = words.replace("\\", "")
        for told in ("Sign & send.", "only if trust >= 1", "You would have to be on speaking",
                     "only if trust > 4", "They knew.", "then: trust += 1", "Five years.",
                     "It is <due> tonight.", "Let the room sit with it.", "What is she asking?",
                     "Sound: You can still say yes.", "if trust >= 3, to", "@you_1",
                     "models guideline 1", "CODE/1: A code", "A third option."):  # fmt: skip
            assert told in plain, told


def test_a_certificate_endorses_nothing_and_its_digest_is_the_runs_alone() -> None:
    named, unnamed = (as_markdown(PAGES[name]) for name in ("certificate", "unnamed"))
    assert digest("fake", DONE) in named
    assert digest("fake", DONE) in unnamed
    assert "Mira Lind" in named
    assert "no organization endorses it" in named
    assert "%" not in named
    other = Completed(
        "tale", "A Tale", "e" * 64, "run1", "2026-01-05T09:12:33Z", ("a.c",)
    )
    assert digest("fake", [other]) != digest("fake", DONE)


HOSTILE = st.text() | st.sampled_from(
    ["</title><script>alert(1)</script>", '" onload="x', "](javascript:alert(1))", "`|\n# x",
     "<!--", "&lt;", "\x1b[2J", "]]>", "{{x}}"]
)  # fmt: skip


@given(HOSTILE)
def test_no_text_breaks_out_of_its_place(text: str) -> None:
    blocks: list[Block] = [
        Heading(2, text),
        Para((text, Strong(text), Link(text, "https://x.example/"), Link(text, text))),
        Items([text]),
        Table(text, (text, "b"), [(text, text)]),
    ]
    page = Page(text, blocks, text)
    tags = [tag for tag, _ in read(as_html(page)).tags]
    assert "script" not in tags
    assert tags.count("td") == 1
    marked = as_markdown(page)
    assert sum(line.startswith("|") for line in marked.splitlines()) == 3
    assert not re.search(r"(?<!\\)<(?!https:)", marked)
    assert not re.search(r"(?<!\\)\]\((?!<https:)", marked)


@given(HOSTILE)
def test_no_title_breaks_a_map(text: str) -> None:
    told = story(scene("a", choice("b", text=text), title=text), title=text)
    root = ET.fromstring(story_svg(told))  # noqa: S314 - our own
    assert root.tag.endswith("svg")
    assert root.get("role") == "img"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "desc", "defs", "marker", "path", "rect", "text",
    }  # fmt: skip


def test_a_map_has_every_place_once_and_none_upon_another() -> None:
    told = story(
        scene("a", choice("b", "c"), choice("back", "a"), choice("d", "d")),
        scene("c", choice("again", "a"), choice("on", "d")),
        scene("d", choice("out"), choice("back", "c")),
        scene("island", choice("out")),
    )
    placed = layout(scene_graph(told))
    assert len(placed.at) == 5
    boxes = sorted(placed.at.values())
    for place, (x1, y1) in enumerate(boxes):
        assert 0 <= x1 <= placed.width - WIDTH
        assert 0 <= y1 <= placed.height - HEIGHT
        for x2, y2 in boxes[place + 1 :]:
            assert abs(x1 - x2) >= WIDTH or abs(y1 - y2) >= HEIGHT


def test_a_drawing_is_told_in_words_where_it_cannot_be_shown() -> None:
    page = Page("A", [Drawing("<svg></svg>", "What it shows.")])
    assert as_markdown(page) == "# A\n\nWhat it shows.\n"


def test_numbers_and_signs_at_the_start_of_a_line_are_not_taken_for_lists() -> None:
    marked = as_markdown(
        Page("1. Think", [Para("- no"), Para("+ no"), Para("2) no"), Para("= no")])
    )
    assert marked == "# 1\\. Think\n\n\\- no\n\n\\+ no\n\n2\\) no\n\n\\= no\n"


def test_a_page_says_the_language_and_direction_of_its_course() -> None:
    told = as_html(Page("عنوان", (), language="ar", direction="rtl"))
    assert told.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    kit = in_language(paper_page("A kit", "<p>x</p>"), "fr", "ltr")
    assert kit.count('<html lang="fr" dir="ltr">') == 1


def test_words_of_two_directions_stay_isolated_on_a_page_and_nothing_overrides_them() -> (
    None
):
    page = Page("a", [Para("\u2066abc\u2069 \u202eevil\u200f")], "")
    text = as_html(page)
    assert "\u2066abc\u2069" in text
    assert "\u202e" not in text
