"""What the own map says of one place: a scene with its options as doors, or an ending.

Also the page on which all endings that were found stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dialogue_game.core.discovery import Discovery, KnownEnding, KnownOption, KnownScene
from dialogue_game.core.played_path import Visit
from dialogue_game.core.story import CONTINUE
from dialogue_game.core.text import counted
from dialogue_game.reporting.story_outline import hidden_text, reached_text
from dialogue_game.tui.base.panel import ChoiceDialog
from dialogue_game.tui.text.drawings import ending_drawing
from dialogue_game.tui.text.layout import Block, ListRow, remark, statement
from dialogue_game.tui.text.story_blocks import ENDING_WORDS, action_row, map_glyphs
from dialogue_game.tui.text.styled import (
    ACCENT,
    ASCII,
    MUTED,
    NOTHING,
    STRONG,
    Glyphs,
    line,
    muted,
    prose,
)

PATH: Final = "map:path"
LOOK_BACK: Final = "map:look back"
"""Rows of an ending; ids of options have no colon."""
TAKES: Final = "Enter takes it. The run it comes from is kept."
REPLAYS: Final = "Enter goes back to this decision. That run is kept."
CLOSED: Final = "Every decision opens for replay once you have reached an ending."
NEVER_MET: Final = "You have not met this one yet."


def titles_of(known: Discovery) -> dict[str, str]:
    """What every scene and ending on the map is called."""
    scenes = {scene.id: scene.title for scene in known.scenes}
    return scenes | {ending.id: ending.title for ending in known.endings}


def scene_rows(
    scene: KnownScene, titles: Mapping[str, str], glyphs: Glyphs
) -> list[ListRow]:
    """The options of a scene: tried ones with what they led to, the others as doors."""
    if scene.onward:
        leads = " or ".join(titles.get(lead.to, "") for lead in scene.onward)
        return [
            ListRow(
                CONTINUE, prose("Read on"), trailing=muted(f"{glyphs.leads} {leads}")
            )
        ]
    return [
        _option_row(option, str(number), titles, glyphs)
        for number, option in enumerate(scene.options, 1)
    ]


def _option_row(
    option: KnownOption, key: str, titles: Mapping[str, str], glyphs: Glyphs
) -> ListRow:
    text = line(option.text)
    if option.state == "locked":
        note = muted(f"Not open whenever you met it. {option.locked}".rstrip())
        return ListRow(option.id, text.stylize(MUTED), key=key, note=note, brief=True)
    if option.state == "tried":
        led = dict.fromkeys(
            titles[lead.to] for lead in option.leads if lead.to in titles
        )
        words = f"{glyphs.leads} {' or '.join(led)}" if led else f"{glyphs.done} tried"
        return ListRow(option.id, text, key=key, trailing=line(words, MUTED))
    words = (
        f"{glyphs.door} {'not tried yet' if option.state == 'untried' else 'never met'}"
    )
    return ListRow(option.id, text, key=key, trailing=prose(words, ACCENT), brief=True)


def ending_rows(ending: KnownEnding | None) -> list[ListRow]:
    """What can be done with an ending that was found; of others, how one comes there."""
    if ending is None or not ending.found:
        return [ListRow("", muted("An option that you have not tried may lead here."))]
    return [
        action_row(PATH, "Show the path that led here last", "1"),
        action_row(LOOK_BACK, "Look back on that run", "2"),
    ]


def scene_head(scene: KnownScene, number: int) -> Block:
    """A scene's number, its title, how often one was here."""
    lead = prose(f"{number}. ", MUTED)
    return Block(lead + line(scene.title, STRONG) + muted(f"  {_visits(scene)}"))


def _visits(scene: KnownScene) -> str:
    return (
        f"visited {counted(scene.visits, 'time')}" if scene.seen else "not visited yet"
    )


def found_rows(known: Discovery, glyphs: Glyphs) -> list[ListRow]:
    """The endings that are known, each as it is drawn; then how many there are besides."""
    symbols = "ascii" if glyphs is ASCII else "unicode"
    rows = [
        ListRow(
            ending.id,
            line(ending.title, STRONG if ending.found else MUTED),
            key=str(number) if number <= 9 else "",
            note=muted(
                ", ".join(
                    filter(None, (_kind_of_ending(ending.kind), reached_text(ending)))
                )
            ),
            gap=1,
            picture=ending_drawing(ending.kind, symbols) if ending.found else (),
        )
        for number, ending in enumerate(known.endings, 1)
    ]
    if known.hidden_endings:
        signs = glyphs.untried * known.hidden_endings
        more = counted(
            known.hidden_endings, "ending not found yet", "endings not found yet"
        )
        rows.append(ListRow("", muted(f"{signs}  {more}")))
    return rows


def _kind_of_ending(kind: str) -> str:
    return ENDING_WORDS.get(kind, ("", ""))[0]


def ending_head(ending: KnownEnding | None) -> Block:
    """An ending's title and kind; of one that was not found, only that it is there."""
    if ending is None:
        return remark("An ending that you have not found yet.")
    said = muted(f"  {ending.kind} ending, {reached_text(ending)}")
    return Block(line(ending.title, STRONG) + said)


def what_enter_does(option: KnownOption | None, *, replayable: bool) -> Block:
    """What comes of Enter on an option."""
    if option is None or option.state == "locked":
        return Block(NOTHING)
    if option.state == "unseen":
        return remark(NEVER_MET)
    if not replayable:
        return remark(CLOSED)
    return remark(TAKES if option.state == "untried" else REPLAYS)


def why_not_followed(option: KnownOption | None, *, replayable: bool) -> str:
    """Why the map shows no place that an option leads to, and what to do."""
    if option is None:
        return "Nothing leads on from here."
    if option.state == "unseen":
        return NEVER_MET
    if option.state == "locked":
        return "It was not open whenever you met it."
    if option.state == "tried":
        return "You have not come to where it leads."
    return f"You have not tried it yet. {'Enter takes it.' if replayable else CLOSED}"


def opens(option: KnownOption) -> tuple[Visit, str] | None:
    """Where a replay of an option begins, and the option to take there; a tried one is not."""
    if option.opens is None:
        return None
    return option.opens, option.id if option.state == "untried" else ""


def legend(glyphs: Glyphs) -> Block:
    """What the signs of the drawing mean, in one line."""
    signs = [(sign, said) for sign, said, _ in map_glyphs(glyphs) if said]
    pieces = [prose(sign, ACCENT) + muted(f" {said}") for sign, said in signs]
    return Block(prose("  ").join(pieces), above=0)


def overview(known: Discovery, glyphs: Glyphs, *, brief: bool) -> Iterator[Block]:
    """How much of the story is known, and what the signs mean; if `brief`, only the signs."""
    if not known.runs:
        yield statement(runs_words(known))
        return
    if not brief:
        tried = f"Options tried: {known.coverage.options_tried} of {known.coverage.options}."
        yield statement(f"{tried} {hidden_text(known)}")
    yield legend(glyphs)
    if known.older:
        apart = f"Not counted: {counted(known.older, 'run')} of an earlier edition."
        yield remark(apart, above=0)


def runs_words(known: Discovery) -> str:
    """Why there is nothing to see yet."""
    if known.older:
        runs = counted(known.older, "run")
        return f"You have {runs} of an earlier edition, in history; this one is new."
    return "You have not played this story yet, so its map is empty."


class EndingsPanel(ChoiceDialog):
    """Closes with the ending that was chosen, or with ""."""

    HEADING = "Endings"

    def __init__(self, known: Discovery) -> None:
        super().__init__()
        self._known = known

    def question(self) -> Iterable[Block]:
        """How many there are stands in the first line."""
        covered = self._known.coverage
        found = f"{covered.endings_found} of {covered.endings} endings found"
        self.top.show(line(f"{self._known.title}: {found}"))
        return ()

    def answers(self) -> list[ListRow]:
        """One row an ending."""
        return found_rows(self._known, self.glyphs)
