"""Runs of a story that was edited since, or is gone: how far they hold, and why no further."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue_game.app.explore.carry_over import BroughtOver, bring_over
from dialogue_game.app.game import Game
from dialogue_game.content.folders import pictures_folder
from dialogue_game.content.library import open_course, shipped_course
from dialogue_game.core.events import ChoiceMade, PlaythroughStarted
from dialogue_game.core.story import Branch, Choice, Scene, Story
from dialogue_game.errors import NotFound
from tests import fakes
from tests.app.tales import TALE, edited, play, shelf, with_choice, with_scene


def brought(after: Story, *choices: str, before: Story = TALE) -> BroughtOver:
    game = fakes.game(before)
    run = play(game, *choices)
    shelf(game).edit(after)
    return bring_over(game, run)


def test_a_story_that_was_not_edited_says_so() -> None:
    over = brought(TALE, "tell", "sit")
    assert over.same_edition
    assert over.sentences == ("The story has not been edited since this run.",)


def test_every_decision_gets_a_verdict() -> None:
    hall = TALE.scenes["hall"]
    tell = replace(hall.choices["tell"], text="Tell Omar at once.")
    room = TALE.scenes["room"]
    sit = replace(room.choices["sit"], marks=())
    choices = {**room.choices, "sit": sit}
    scenes = {
        **TALE.scenes,
        "hall": replace(hall, choices={**hall.choices, "tell": tell}),
        "room": replace(room, choices=choices),
    }
    over = brought(edited(TALE, scenes=scenes), "tell", "sit")
    assert [step.verdict for step in over.steps] == [
        "wording changed",
        "effect changed",
    ]
    assert over.steps[1].note == "What differs: its marks, what it counts for."
    assert (over.carried, over.made, over.stopped) == (2, 2, "")


def test_a_deleted_scene_stops_it_there_and_play_can_start_there() -> None:
    hall = TALE.scenes["hall"]
    wait = replace(hall.choices["wait"], goto=(Branch("room"),))
    scenes = {
        "hall": replace(hall, choices={**hall.choices, "wait": wait}),
        "room": TALE.scenes["room"],
    }
    over = brought(edited(TALE, scenes=scenes), "wait", "back", "sit")
    assert [step.verdict for step in over.steps] == ["effect changed", "gone"]
    assert over.stopped == (
        "It stops at decision 2, “Yard”: this scene is no longer in the story. "
        "You can start from there."
    )
    player = over.start()
    assert player.situation.scene == "room"
    assert player.events[0] == PlaythroughStarted("tale", "second", over.playthrough, 1)
    player.choose("sit")
    assert player.ended


def without(choice_id: str) -> Callable[[Scene], Scene]:
    return lambda scene: replace(
        scene, choices={key: c for key, c in scene.choices.items() if key != choice_id}
    )


def test_a_deleted_choice_stops_it_at_its_decision() -> None:
    over = brought(with_scene(TALE, "room", without("sit")), "tell", "sit")
    assert "the choice “Sit down.” is no longer there" in over.stopped
    assert over.start().situation.scene == "room"


def test_a_choice_that_is_locked_now_is_not_taken() -> None:
    lock = {"when": "not told", "locked": "Too late."}
    over = brought(
        with_choice(TALE, "room", "sit", lambda c: replace(c, **lock)),  # type: ignore[arg-type]
        "tell",
        "sit",
    )
    assert "is locked now. Too late." in over.stopped
    assert over.carried == 1


def test_a_changed_variable_is_noticed_where_it_first_matters() -> None:
    def forget(choice: Choice) -> Choice:
        return replace(choice, effects=())

    over = brought(with_choice(TALE, "hall", "tell", forget), "tell", "ask")
    assert over.steps[0].note == "What differs: what it sets."
    assert "“Do ask.” is locked now. He knows nothing yet." in over.stopped


def test_a_story_that_leads_elsewhere_now_stops_it() -> None:
    onward = (Branch("room"),)
    over = brought(
        with_choice(TALE, "hall", "wait", lambda c: replace(c, goto=onward)),
        "wait",
        "back",
    )
    assert "the story leads to “Room” now." in over.stopped


def test_a_story_that_ends_earlier_now_stops_it() -> None:
    onward = (Branch("sad"),)
    over = brought(
        with_choice(TALE, "hall", "tell", lambda c: replace(c, goto=onward)),
        "tell",
        "sit",
    )
    assert "the story ends before it now, in “Sad”." in over.stopped


def test_another_ending_after_the_same_choices_is_said() -> None:
    onward = (Branch("sad"),)
    over = brought(
        with_choice(TALE, "room", "sit", lambda c: replace(c, goto=onward)),
        "tell",
        "sit",
    )
    assert over.sentences[-1] == "It ends in “Sad” now, rather than in “End”."


def test_a_renamed_choice_is_carried_by_its_alias_and_not_guessed_without() -> None:
    def renamed(scene: Scene) -> Scene:
        choices = dict(scene.choices)
        choices["sit_down"] = replace(choices.pop("sit"), id="sit_down")
        return replace(scene, choices=choices)

    told = with_scene(TALE, "room", renamed)
    assert "no longer there" in brought(told, "tell", "sit").stopped
    over = brought(replace(told, aliases={"room.sit": "room.sit_down"}), "tell", "sit")
    assert [step.verdict for step in over.steps] == ["same", "renamed"]
    assert over.events[-1] == ChoiceMade("room", "sit_down")


def test_nothing_is_kept_until_something_is_chosen() -> None:
    game = fakes.game(TALE)
    run = play(game, "tell")
    shelf(game).edit(edited(TALE))
    over = bring_over(game, run)
    again = over.start()
    assert len(game.history()) == 1
    again.choose("sit")
    assert len(game.history()) == 2
    assert game.open(run).story.edition == "first"


def test_a_run_of_a_story_that_is_no_longer_installed_can_be_read_and_replayed() -> (
    None
):
    game = fakes.game(TALE)
    run = play(game, "tell", "sit")
    shelf(game).remove("tale")
    assert game.open(run).steps()[0].consequence.choice_text == "Tell Omar first."
    assert game.open(run).debrief().ending is not None
    assert game.rewind(run, 1).situation.scene == "room"
    assert len(game.explore.compare(run, run).shared) == 2
    with pytest.raises(NotFound):
        bring_over(game, run)


# Real edits of a shipped story's file, at a decision in the middle of a road through it.

STORY = "gumisai"
Edit = Callable[[str, str, str], str]


def scene_block(text: str, scene: str) -> re.Match[str]:
    found = re.search(rf"^  {scene}:\n(?:(?:    .*|\s*|  *#.*)\n)*", text, re.MULTILINE)
    assert found is not None
    return found


def delete_scene(text: str, scene: str, choice: str) -> str:
    block = scene_block(text, scene)
    onward = re.search(r"\bgoto: (\w+)|\bto: (\w+)", block.group())
    assert onward is not None
    target = onward.group(1) or onward.group(2)
    text = text[: block.start()] + text[block.end() :]
    text = re.sub(rf"\bgoto: {scene}\b", f"goto: {target}", text)
    text = re.sub(rf"\bto: {scene}\b", f"to: {target}", text)
    text = re.sub(rf"\bdue: {scene}\b", f"due: {target}", text)
    return re.sub(rf"(visited\({scene}\)|chose\({scene}\.\w+\))", "false", text)


def rename_choice(text: str, scene: str, choice: str) -> str:
    block = scene_block(text, scene)
    told = re.sub(
        rf"^      {choice}:",
        f"      {choice}_again:",
        block.group(),
        flags=re.MULTILINE,
    )
    text = text[: block.start()] + told + text[block.end() :]
    return text.replace(f"chose({scene}.{choice})", f"chose({scene}.{choice}_again)")


def rename_with_alias(text: str, scene: str, choice: str) -> str:
    aliases = f"aliases: {{{scene}.{choice}: {scene}.{choice}_again}}\nvariables:"
    return rename_choice(text, scene, choice).replace("variables:", aliases, 1)


def lock_choice(text: str, scene: str, choice: str) -> str:
    block = scene_block(text, scene)
    key, lock = (
        f"      {choice}:\n",
        "        if: never\n        locked: Not any more.\n",
    )
    told = block.group().replace(key, key + lock)
    text = text[: block.start()] + told + text[block.end() :]
    return text.replace("variables:\n", "variables:\n  never: false\n", 1)


def shipped(tmp_path: Path, edit: Callable[[str], str] = lambda text: text) -> Story:
    """The story from its file, edited as a text, through the real loader."""
    course = tmp_path / "stories" / shipped_course().name
    if not course.exists():
        shutil.copytree(shipped_course(), course)
        pictures = pictures_folder(shipped_course())
        if pictures.is_dir():
            shutil.copytree(pictures, tmp_path / "assets" / shipped_course().name)
    file = course / f"{STORY}.yaml"
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    return open_course(course).story(STORY)


def played(game: Game) -> tuple[str, ChoiceMade]:
    """A finished run that takes the first option everywhere, and a decision in its middle."""
    player = game.start(STORY)
    while not player.ended:
        if player.situation.continues:
            player.read_on()
        else:
            player.choose(next(o.id for o in player.situation.options if o.available))
    made = [event for event in player.events if isinstance(event, ChoiceMade)]
    return player.playthrough, made[len(made) // 2]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (delete_scene, "this scene is no longer in the story"),
        (rename_choice, "is no longer there"),
        (lock_choice, "is locked now. Not any more."),
    ],
)
def test_a_real_edit_of_a_shipped_story_stops_a_run_where_it_bites(
    tmp_path: Path, edit: Edit, why: str
) -> None:
    game = fakes.game(shipped(tmp_path))
    run, middle = played(game)
    shelf(game).edit(
        shipped(tmp_path, lambda text: edit(text, middle.scene, middle.choice))
    )
    over = bring_over(game, run)
    assert not over.same_edition
    assert why in over.stopped
    assert (over.steps[-1].scene, over.steps[-1].verdict) == (middle.scene, "gone")
    assert 0 < over.carried < over.made
    player = over.start()
    assert player.shared == over.carried
    assert player.situation.options
    assert game.open(run).ended


def test_a_real_rename_with_its_alias_loses_nothing(tmp_path: Path) -> None:
    game = fakes.game(shipped(tmp_path))
    run, middle = played(game)
    told = shipped(
        tmp_path, lambda t: rename_with_alias(t, middle.scene, middle.choice)
    )
    shelf(game).edit(told)
    over = bring_over(game, run)
    assert over.stopped == ""
    assert "renamed" in {step.verdict for step in over.steps}
    again = over.start()
    assert again.ended
    made = {event.choice for event in again.events if isinstance(event, ChoiceMade)}
    assert f"{middle.choice}_again" in made
