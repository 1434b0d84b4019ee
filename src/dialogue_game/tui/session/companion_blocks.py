"""What only the leader may see, as blocks and rows; the companion and the notes show it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from textual.content import Content

from dialogue_game.app.session.leader_view import (
    CompanionView,
    OptionPreview,
    ballot_words,
)
from dialogue_game.app.started import as_started
from dialogue_game.core.text import unfolded
from dialogue_game.reporting.labels import force_words
from dialogue_game.tui.session.shared_blocks import minute_words
from dialogue_game.tui.text.layout import Block, ListRow, bulleted, heading
from dialogue_game.tui.text.story_blocks import reference_row
from dialogue_game.tui.text.styled import (
    ACCENT,
    MARK_WORDS,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
    strong,
)

MORE: Final = "more questions"


def where(view: CompanionView, glyphs: Glyphs) -> Content:
    """The left of the first line."""
    decision = (f"Decision {view.decision}",) if view.decision else ()
    parts = ("Companion", *decision, view.scenario or view.title)
    return line(f" {glyphs.dot} ".join(parts)).stylize(MUTED)


def when(view: CompanionView) -> Content:
    """The right of the first line."""
    return line(minute_words(view.budget)).stylize(MUTED)


def now_blocks(view: CompanionView) -> list[Block]:
    """The step, its time, what comes next; ballots that are missing; what is switched off."""
    if view.ended:
        return [
            Block(line("The session has ended.").stylize(STRONG)),
            Block(muted(as_started("Its record: dialogue-game session export"))),
            Block(
                muted("To follow another session, leave this and begin it again."),
                above=0,
            ),
        ]
    title = line(view.title).stylize(STRONG).stylize(ACCENT)
    if view.scene_title:
        title += prose(f"  {view.scene_title}").stylize(STRONG)
    follows = f" Next: {view.following}." if view.following else ""
    blocks = [Block(title), Block(line(f"{view.timer.said}{follows}"), above=0)]
    if sentence := ballot_words(view):
        blocks.append(Block(line(sentence).stylize(STRONG), above=0))
    if view.counted:
        blocks.append(Block(line(view.counted).stylize(STRONG), above=0))
    if view.blanked:
        blocks.append(
            Block(line("The shared screen is blank.").stylize(STRONG), above=0)
        )
    return blocks


def advice_blocks(view: CompanionView, glyphs: Glyphs) -> Iterator[Block]:
    """What to do at this step, what the room is like, the notes, what a rule settles."""
    if view.ended:
        return
    tips = [as_started(tip) for tip in (view.spread, *view.tips) if tip]
    yield from bulleted(tips, glyphs)
    notes = " ".join(view.notes.split())
    for settled in view.settles:
        notes = notes.replace(settled, "")
    if notes.strip():
        yield heading("Notes")
        yield Block(line(notes), above=0)
    if view.settles:
        yield heading("What a rule settles, and what it does not")
        yield from bulleted(view.settles, glyphs)
    if view.questions:
        yield heading("Questions for the talk")
        yield from bulleted(view.questions, glyphs)


def rows(view: CompanionView, opened: Collection[str], glyphs: Glyphs) -> list[ListRow]:
    """What comes on each option, the references, more questions: each opens where it stands."""
    if view.ended:
        return []
    shown = [_outcome_row(outcome, opened, glyphs) for outcome in view.consequences]
    for number, cited in enumerate(view.references, len(shown) + 1):
        row = reference_row(cited, number, glyphs, opened=cited.id in opened)
        if cited.id in opened:
            more = [line(part) for part in unfolded(cited.summary)]
            row = row._replace(more=(*more, muted(force_words(cited))), gap=1)
        shown.append(row)
    if view.more_questions:
        shown.append(_more_row(view, opened, glyphs, len(shown) + 1))
    return shown


def _outcome_row(
    outcome: OptionPreview, opened: Collection[str], glyphs: Glyphs
) -> ListRow:
    is_open = outcome.id in opened
    sign = glyphs.opened if is_open else glyphs.closed
    locked = NOTHING if outcome.letter else muted("Locked: ")
    text = prose(f"{sign} ") + locked + line(outcome.text)
    more = tuple(_outcome_lines(outcome, glyphs)) if is_open else ()
    note = muted(f"  {glyphs.leads} {outcome.follow}")
    return ListRow(outcome.id, text, outcome.letter, note, more, gap=int(is_open))


def _outcome_lines(outcome: OptionPreview, glyphs: Glyphs) -> Iterator[Content]:
    for text in outcome.consequence:
        yield from (prose(part) for part in unfolded(text))
    for mark in outcome.marks:
        word = strong(
            f"{glyphs.mark(mark.word).strip()} {MARK_WORDS.get(mark.word, mark.word)}"
        )
        yield word + prose(f" guideline {mark.guideline}. {mark.why}")


def _more_row(
    view: CompanionView, opened: Collection[str], glyphs: Glyphs, number: int
) -> ListRow:
    is_open = MORE in opened
    sign = glyphs.opened if is_open else glyphs.closed
    more = tuple(line(f"{glyphs.bullet} {asked}") for asked in view.more_questions)
    key = str(number) if number <= 9 else ""
    text = prose(f"{sign} ") + strong("Other questions of the scenario")
    return ListRow(MORE, text, key, more=more if is_open else ())
