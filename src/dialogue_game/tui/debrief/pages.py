"""The pages of a debrief."""

from __future__ import annotations

from dialogue_game.app.player import Player
from dialogue_game.core.course import Course
from dialogue_game.core.debrief import Debrief
from dialogue_game.reporting.about_you import about_you
from dialogue_game.tui.debrief.about_you_page import AboutYouPage
from dialogue_game.tui.debrief.alternatives import Alternatives
from dialogue_game.tui.debrief.changed_page import ChangedPage
from dialogue_game.tui.debrief.closing_pages import MondayPage, NextPage
from dialogue_game.tui.debrief.page import DebriefPage
from dialogue_game.tui.debrief.path_page import PathPage
from dialogue_game.tui.debrief.profile_page import ProfilePage
from dialogue_game.tui.debrief.questions_page import QuestionsPage
from dialogue_game.tui.debrief.transfer_page import TransferPage
from dialogue_game.tui.debrief.what_if_page import WhatIfPage
from dialogue_game.tui.text.styled import Glyphs


def debrief_pages(
    player: Player,
    back: Debrief,
    glyphs: Glyphs,
    course: Course,
    others: Alternatives,
    *,
    coach: bool,
) -> list[DebriefPage]:
    """The pages this debrief has; that of a replay says what it changed."""
    story, cause = player.story, others.cause()
    pages: list[DebriefPage] = []
    if about_you(back):
        pages.append(AboutYouPage(player, back, glyphs))
    if cause is not None:
        pages.append(ChangedPage(player, back, glyphs, cause))
    if story.scored:
        pages.append(WhatIfPage(player, back, glyphs, others))
    pages.append(PathPage(player, back, glyphs, coach=coach))
    if story.scored:
        pages.append(ProfilePage(player, back, glyphs))
    if story.questions or back.resources or course.contacts:
        pages.append(QuestionsPage(player, back, glyphs, course))
    if story.transfer:
        pages.append(TransferPage(player, back, glyphs))
    return [*pages, MondayPage(player, back, glyphs), NextPage(player, back, glyphs)]
