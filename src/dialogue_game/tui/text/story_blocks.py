"""Scenes, consequences, coaching, references and guidelines as blocks of text; no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from dialogue_game.core.course import Guideline, Reference
from dialogue_game.reporting.labels import (
    ENDING_OUTCOMES,
    VERIFIED,
    coaching_notes,
    force_text,
    guideline_name,
    sentence,
    who_you_are,
)
from dialogue_game.tui.text.drawings import ending_drawing
from dialogue_game.tui.text.layout import (
    Block,
    ListRow,
    heading,
    paragraphs,
    remark,
    statement,
)
from dialogue_game.tui.text.styled import (
    ACCENT,
    ASCII,
    BAD,
    GOOD,
    MARK_STYLES,
    MARK_WORDS,
    MUTED,
    NOTHING,
    STRONG,
    VIEWPOINTS,
    Glyphs,
    joined,
    line,
    muted,
    prose,
    strong,
)

if TYPE_CHECKING:
    from dialogue_game.core.state import Consequence, Situation
    from dialogue_game.core.story import Mark, Option, Story, TransferItem


def title_card(story: Story, person: str, long: str) -> Iterator[Block]:
    """What a story opens with, beneath its cover: title, question, who you are, how long."""
    yield Block(line(story.title, f"{STRONG} {ACCENT}"))
    if story.question:
        yield heading(story.question)
    seen_by = who_you_are(story, person)
    if seen_by:
        yield statement(sentence(seen_by))
    yield Block(line(sentence(long), MUTED))


def viewpoint(story: Story, person: str) -> str:
    """The colour of the person whose eyes one sees with: each has their own."""
    people = list(
        dict.fromkeys(scene.as_ for scene in story.scenes.values() if scene.as_)
    )
    return (
        VIEWPOINTS[people.index(person) % len(VIEWPOINTS)]
        if person in people
        else ACCENT
    )


def scene_head(
    story: Story, situation: Situation, was: str, before: str = "", shared: int = 0
) -> Iterator[Block]:
    """Title, whose eyes where they are no longer those it `was`, what was chosen before.

    So many `shared` decisions a replay took over; they need not be read again.
    """
    seen_by = who_you_are(story, situation.as_) if situation.as_ != was else ""
    if was and seen_by:
        now = line(f"Now {seen_by[0].lower()}{seen_by[1:]}")
        yield Block(now.stylize(f"{STRONG} {viewpoint(story, situation.as_)}"))
    yield heading(situation.title)
    if seen_by and not was:
        yield remark(seen_by, above=0)
    if before and shared:
        kept = f"Decisions 1 to {shared} stay" if shared > 1 else "Decision 1 stays"
        said = f"{kept} as before (b shows them). The last: "
        yield Block(muted(said) + line(before, MUTED))
    elif before:
        yield Block(
            muted("Welcome back. Before this you chose: ") + line(before, MUTED)
        )


def option_rows(
    options: Sequence[Option], remembered: Callable[[str], str] = lambda _: ""
) -> list[ListRow]:
    """The options, numbered; locked ones with their reason, others with what they led to."""
    return [
        ListRow(
            option.id,
            line(option.text),
            key=str(number),
            note=_option_note(option, remembered(option.id)),
            available=option.available,
        )
        for number, option in enumerate(options, 1)
    ]


def _option_note(option: Option, remembered: str) -> Content:
    if option.available:
        return line(remembered, MUTED) if remembered else NOTHING
    return muted(f"Not open to you: {option.locked}")


def chosen_block(text: str, glyphs: Glyphs) -> Block:
    """What was chosen, standing out beside what came of it."""
    bar = prose(f"{glyphs.cursor} ", ACCENT)
    return Block(line(text, STRONG), bar, each=True)


def consequence_head(
    title: str, consequence: Consequence, glyphs: Glyphs
) -> Iterator[Block]:
    """Where one was, and the choice that was made there."""
    yield Block(line(title, MUTED))
    yield chosen_block(consequence.choice_text, glyphs)


def coaching_blocks(
    story: Story, consequence: Consequence, glyphs: Glyphs
) -> Iterator[Block]:
    """Each guideline that was touched: how, in sign and word, and why."""
    if consequence.marks:
        yield heading("What this touched")
    for mark in consequence.marks:
        yield from mark_blocks(story, mark, glyphs)
    for note in coaching_notes(consequence):
        yield Block(prose(note))


def mark_blocks(
    story: Story, mark: Mark, glyphs: Glyphs, indent: str = ""
) -> Iterator[Block]:
    """One mark and its why."""
    named = guideline_name(story.guidelines, mark.guideline)
    return touched_blocks(mark.word, named, mark.why, glyphs, indent)


def touched_blocks(
    mark: str, guideline: str, why: str, glyphs: Glyphs, indent: str = ""
) -> Iterator[Block]:
    """What a mark's word does to the guideline of that name, and why."""
    style = f"{STRONG} {MARK_STYLES.get(mark, '')}".strip()
    prefix = prose(f"{indent}{glyphs.mark(mark)} ", style)
    word = prose(MARK_WORDS.get(mark, mark), style)
    yield Block(word + prose(f" guideline {guideline}"), prefix)
    yield Block(prose(why), prose(indent + "   "), above=0)


def reference_row(
    reference: Reference, number: int, glyphs: Glyphs, *, opened: bool
) -> ListRow:
    """A reference as something to open."""
    sign = glyphs.opened if opened else glyphs.closed
    text = joined([line(reference.label, STRONG), line(reference.title)], "  ")
    key = str(number) if number <= 9 else ""
    return ListRow(reference.id, prose(f"{sign} ") + text, key=key, brief=True)


def reference_blocks(reference: Reference, glyphs: Glyphs) -> Iterator[Block]:
    """A reference in full: what, where, how binding, how sure we are."""
    yield heading(reference.label)
    yield statement(reference.title, above=0)
    yield from paragraphs([reference.summary])
    if reference.quote:
        bar = prose(f"{glyphs.quote} ", MUTED)
        yield Block(prose(reference.quote, "italic"), bar, each=True)
    yield Block(prose(force_text(reference)))
    sure = f"{VERIFIED[reference.verified]} {reference.note}".strip()
    yield remark(sure, above=0)
    if reference.url:
        yield Block(line(reference.url, "underline"), above=0)


ENDING_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "good": (ENDING_OUTCOMES["good"], GOOD),
    "mixed": (ENDING_OUTCOMES["mixed"], ACCENT),
    "poor": (ENDING_OUTCOMES["poor"], BAD),
}
"""How an ending is told beside its sign: in a word, and in a colour."""


def ending_head(
    situation: Situation, decisions: int, glyphs: Glyphs, shown: int | None = None
) -> list[Block]:
    """The path that was walked, a sign for each decision; how it ends, and as what it is drawn.

    Of the path only so much is `shown` while it draws itself; it takes the same room.
    """
    words, style = ENDING_WORDS.get(situation.ending_kind, ("", ACCENT))
    sign = {"good": glyphs.upholds, "poor": glyphs.strains}.get(
        situation.ending_kind, glyphs.full
    )
    steps = glyphs.found + glyphs.rule
    drawn = ending_drawing(
        situation.ending_kind, "ascii" if glyphs is ASCII else "unicode"
    )
    if shown is not None and shown < decisions:
        walked = prose(steps * shown, MUTED)
        return [
            *(Block(NOTHING, above=0) for _ in drawn),
            Block(walked),
            Block(NOTHING),
        ]
    path = prose(steps * decisions + glyphs.rule, MUTED)
    end = prose(f"{sign} The end", f"{STRONG} {style}")
    said = prose(f": {words}" if words else "", style)
    title = line(situation.title, STRONG)
    return [
        *(Block(row, above=0) for row in drawn),
        Block(path + end + said),
        Block(title),
    ]


def guideline_blocks(guidelines: Mapping[str, Guideline]) -> Iterator[Block]:
    """All guidelines, as the source prints them."""
    for guideline in guidelines.values():
        prefix = prose(f"{guideline.number:>2}  ", ACCENT)
        yield Block(strong(guideline.short), prefix)
        yield Block(prose(guideline.text), prose("    "), above=0)


def action_row(id_: str, text: str, key: str = "", note: str = "") -> ListRow:
    """A row of ours."""
    content: Content = muted(note) if note else NOTHING
    return ListRow(id_, prose(text), key=key, note=content)


def action_rows(actions: Iterable[tuple[str, str]]) -> list[ListRow]:
    """Rows of ours, numbered: what each is called, and its words."""
    return [
        action_row(id_, text, str(number))
        for number, (id_, text) in enumerate(actions, 1)
    ]


def answer_rows(item: TransferItem, answer: int | None) -> list[ListRow]:
    """The answers to a new situation; once one is given, what comes of each."""
    from dialogue_game.reporting.run_text import transfer_result

    rows = []
    for number, option in enumerate(item.options):
        note = NOTHING
        if answer is not None:
            yours = "Your answer. " if number == answer else ""
            note = strong(yours) + prose(transfer_result(option))
        text, key = line(option.text), str(number + 1)
        rows.append(ListRow(str(number), text, key, note, gap=1))
    return rows


def map_glyphs(glyphs: Glyphs) -> tuple[tuple[str, str, str], ...]:
    """The signs of a story's map, each with a word or two and with a sentence."""
    return (
        (glyphs.full, "read", "a scene that you have read"),
        (glyphs.empty, "", "a scene not read yet, where everything is open"),
        (
            glyphs.door,
            "door left",
            "beside a scene: there are options that you have not taken",
        ),
        (glyphs.found, "ending", "an ending that you have found"),
        (glyphs.untried, "not found", "an ending that you have not found yet"),
        (glyphs.path[3], "path", "the path of the run that is shown"),
        (glyphs.edges[3], "", "other ways that you have gone"),
        (glyphs.cursor, "", "where you stand"),
    )
