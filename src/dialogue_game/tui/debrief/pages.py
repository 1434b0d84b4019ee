"""The pages of a debrief."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue_game.app.player import Player
from dialogue_game.core.course import Contact
from dialogue_game.core.debrief import Debrief
from dialogue_game.tui.debrief.alternatives import Alternatives
from dialogue_game.tui.debrief.changed_page import ChangedSection
from dialogue_game.tui.debrief.closing_pages import MondaySection, NextSection
from dialogue_game.tui.debrief.page import Section
from dialogue_game.tui.debrief.path_pages import EndingSection, RoadSection
from dialogue_game.tui.debrief.profile_page import GuidelinesSection
from dialogue_game.tui.debrief.questions_page import QuestionsSection
from dialogue_game.tui.debrief.transfer_page import TransferSection
from dialogue_game.tui.text.glyphs import Signs

__all__ = ["Section", "sections"]


def sections(
    player: Player,
    back: Debrief,
    signs: Signs,
    contacts: Sequence[Contact],
    others: Alternatives,
    *,
    coach: bool,
) -> list[Section]:
    """The pages this debrief has; that of a replay says what it changed."""
    story, cause = player.story, others.cause()
    pages: list[Section] = [EndingSection(player, back, signs)]
    if cause is not None:
        pages.append(ChangedSection(player, back, signs, cause))
    pages.append(RoadSection(player, back, signs, coach=coach))
    if story.scored:
        pages.append(GuidelinesSection(player, back, signs))
    if story.questions or back.resources or contacts:
        pages.append(QuestionsSection(player, back, signs, contacts))
    if story.transfer:
        pages.append(TransferSection(player, back, signs))
    return [*pages, MondaySection(player, back, signs), NextSection(player, back, signs, others)]
