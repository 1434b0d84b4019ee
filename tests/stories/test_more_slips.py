"""More slips, of kinds that authors make who come from other tools or write YAML the first time.

Each stands beside a clean twin: what the author meant, or something that only looks like the slip.
"""

# ruff: noqa: E501  (YAML and slips stand as authors write them)

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dialogue_game.analysis.findings import Finding
from dialogue_game.app.authoring.checking import check
from dialogue_game.content.new_course import write_starter
from tests.stories.slips import Slip
from tests.stories.test_planted_slips import CLEAN, word_for_word
from tests.stories.test_planted_slips import WALKS as CLEAN_WALKS

KITCHEN = """\
  kitchen:
    title: Monday, 13:00
    text: The kettle hums. You have {trust} biscuits left.
    exhibits:
      - photo:
          alt: A brass lock with a bent key in it.
          caption: The lock
      - chat:
          title: The team
          messages:
            - {from: dani, text: "Is there tea?", time: "13:02"}
    goto: mended
endings:
"""
TRANSFER = """\
transfer:
  shared_desk:
    guideline: g2
    situation: A colleague asks who ate your lunch.
    options:
      - {text: Name the one you saw., why: You saw only half of it., sound: false}
      - {text: Ask the one you saw., why: Now you know the rest., sound: true}
"""
STORY = (
    CLEAN.replace("endings:\n", KITCHEN, 1).replace(
        "clock < noon, to: mended", "clock < noon, to: kitchen"
    )
    + TRANSFER
)


# fmt: off
SLIPS = (
    Slip('no equals in effect', 'DG201', 'effects: [trust += 1]\n        goto: hall', 'effects: [trust + 1]\n        goto: hall', 'trust + 1]', twin='effects: [trust += 2]\n        goto: hall'),
    Slip('plus plus', 'DG201', 'effects: [trust += 1]\n        goto: hall', 'effects: [trust++]\n        goto: hall', 'trust++', twin='effects: [trust += 2]\n        goto: hall'),
    Slip('bare flag effect', 'DG201', 'effects: [told = true, trust -= 1]', 'effects: [told, trust -= 1]', 'told, trust -=', twin='effects: [trust -= 1, told = true]'),
    Slip('flag gets number', 'DG202', 'effects: [told = true, trust -= 1]', 'effects: [told = 1, trust -= 1]', 'told = 1', twin='effects: [told = true, trust -= 2]'),
    Slip('word without quotes', 'DG104', "effects: [mood = 'cross']", 'effects: [mood = cross]', 'mood = cross', twin='effects: [\'mood = "cross"\']'),
    Slip('condition word without quotes', 'DG104', "mood == 'cross', text", 'mood == cross, text', 'mood == cross', twin="mood != 'calm', text"),
    Slip('number compared to word', 'DG202', 'if: trust >= 1\n', "if: trust >= 'high'\n", "trust >= 'high'", twin='if: trust >= 0 + 1\n'),
    Slip('arrow the wrong way', 'DG201', 'if: trust >= 1\n', 'if: trust => 1\n', 'trust => 1', twin='if: 1 <= trust\n'),
    Slip('capital AND', 'DG201', '{if: told, text: He', '{if: told AND trust > -1, text: He', 'told AND', twin='{if: told and trust > -1, text: He'),
    Slip('is true', 'DG201', '{if: told, text: He', '{if: told is true, text: He', 'told is true', twin='{if: told == true, text: He'),
    Slip('else if', 'DG010', "{if: mood == 'cross', text", "{else if: mood == 'cross', text", 'else if', twin="{if: not (mood == 'calm'), text"),
    Slip('visited misspelt', 'DG101', '{if: told, text: He', '{if: visited(dsk), text: He', 'visited(dsk)', twin='{if: visited(desk) and told, text: He'),
    Slip('chose without scene', 'DG201', '{if: told, text: He', '{if: chose(write), text: He', 'chose(write)', twin='{if: told and chose(desk.write), text: He'),
    Slip('chose misspelt', 'DG105', '{if: told, text: He', '{if: chose(desk.wrote), text: He', 'chose(desk.wrote)', twin='{if: told and chose(desk.write), text: He'),
    Slip('unrepaired unknown', 'DG102', '{if: told, text: He', '{if: unrepaired(g7), text: He', 'unrepaired(g7)', twin='{if: told and earned < 100, text: He'),
    Slip('contradiction', 'DG203', '{if: told, text: He', '{if: told and not told, text: He', 'told and not told', twin='{if: told and trust < 5, text: He'),
    Slip('said before it happens', 'DG203', 'It is {clock}.', 'It is {clock}.{if chose(hall.stay):  He stayed.}', '{if chose(hall'),
    Slip('always open', 'DG204', 'if: trust >= 1\n', 'if: trust >= -3\n', 'trust >= -3'),
    Slip('goto a choice', 'DG114', 'goto: hall\n      write', 'goto: write\n      write', 'goto: write'),
    Slip("goto with its file's word", 'DG014', 'goto: hall\n      write', 'goto: scenes.hall\n      write', 'goto: scenes.hall'),
    Slip('the free way first', 'DG013', '          - {if: clock < noon, to: kitchen}\n          - {to: late}', '          - {to: late}\n          - {if: clock < noon, to: kitchen}', '- {to: late}\n          - {if: clock'),
    Slip('round to itself', 'DG124', 'goto: late\n  kitchen', 'goto: hall\n  kitchen', 'hall:\n    title'),
    Slip('deadline before it starts', 'DG203', 'times: {noon: Monday 12:00}', 'times: {noon: day 1 08:00}', '{if: clock < noon', twin='times: {noon: day 1 12:00}'),
    Slip('minutes without a unit', 'DG013', 'takes: 1h', 'takes: 60', 'takes: 60', twin='takes: 60m'),
    Slip('choices as a list', 'DG015', '    choices:\n      stay:\n        text: Stay', '    choices:\n      - stay:\n        text: Stay', '- stay:'),
    Slip('no colon after a key', 'DG003', '        text: Ask Dani in person.', '        text Ask Dani in person.', 'text Ask'),
    Slip('plural key', 'DG010', '        consequence: Dani looks', '        consequences: Dani looks', 'consequences:'),
    Slip('marks as a mapping', 'DG012', '        marks:\n          - {upholds: g2, why: You heard', '        marks:\n          {upholds: g2, why: You heard', 'marks:\n          {upholds'),
    Slip('reference by its symbol', 'DG014', 'references: [rule]\n        effects: [trust += 1]\n        goto: hall', 'references: [RULE/7]\n        effects: [trust += 1]\n        goto: hall', 'RULE/7]'),
    Slip('transfer without an answer that is sound', 'DG329', 'sound: true}', 'sound: false}', 'shared_desk:'),
    Slip('transfer all sound', 'DG329', 'sound: false}', 'sound: true}', 'shared_desk:'),
    Slip('double braces', 'DG406', 'You have {trust} biscuits', 'You have {{trust}} biscuits', '{{trust}}'),
    Slip('sugarcube', 'DG406', 'Dani stands by the window', '<<if told>>Dani stands<</if>> by the window', '<<if told'),
    Slip('percent variable', 'DG406', 'The kettle hums.', 'The kettle hums for %trust% minutes.', '%trust%', twin='The kettle is at 100% now.'),
    Slip('entity', 'DG406', 'The kettle hums.', 'The kettle &amp; the tap hum.', '&amp;', twin='The kettle & the tap hum.'),
    Slip('backslash n', 'DG406', 'The kettle hums.', 'The kettle hums.\\n\\nIt is hot.', '\\n\\nIt', twin='The kettle hums. It is hot.'),
    Slip('markdown link', 'DG406', 'The kettle hums.', 'The kettle [hums](https://example.org).', '[hums](', twin='The kettle hums (softly).'),
    Slip('placeholder in angle brackets', 'DG407', 'The kettle hums.', 'The kettle of <name> hums.', '<name>', twin='The kettle hums at <80 degrees.'),
    Slip('placeholder in brackets', 'DG003', 'The kettle hums.', '[Insert description here.]', '[Insert', twin='The kettle hums [softly].'),
    Slip('consequence is the label', 'DG314', 'consequence: Behind you the window shuts with a bang.', 'consequence: Go back to the desk.', 'Go back to the desk.\n        marks'),
    Slip('why is the consequence', 'DG314', 'why: His side of it stays untold.', 'why: Behind you the window shuts with a bang.', 'Behind you the window shuts with a bang.}'),
    Slip('locked reason is the label', 'DG314', 'locked: He turns his back on you.', 'locked: Stay with him at the window.', 'locked: Stay'),
    Slip('alt that says image', 'DG410', 'alt: A brass lock with a bent key in it.', 'alt: image', 'alt: image'),
    Slip('name of the cast misspelt in prose', 'DG127', 'Marit walks past you both.', 'Marrit walks past you both.', 'Marrit walks'),
    Slip('name misspelt in prose twice told right', 'DG127', 'Dani stands by the window', 'Danni stands by the window', 'Danni stands'),
    Slip('space before punctuation', 'DG408', 'The kettle hums.', 'The kettle hums .', 'hums .'),
    Slip('two full stops', 'DG408', 'The kettle hums.', 'The kettle hums..', 'hums..', twin='The kettle hums...'),
    Slip('walk with a locked step', 'DG502', '{name: go away, pick: [desk.write, hall.leave]', '{name: go away, pick: [desk.write, hall.stay]', 'hall.stay], ending: late', walks=True),
    Slip('fact without a place', 'DG101', '- {name: ask', '- {fact: nobody told yet, at: dusk, always: not told}\n- {name: ask', 'at: dusk', twin='- {fact: nobody told yet, at: desk, always: not told}\n- {name: ask', walks=True),
    Slip('fact that does not hold', 'DG506', '- {name: ask', '- {fact: nobody told yet, at: hall, always: not told}\n- {name: ask', 'fact: nobody', twin='- {fact: nobody told yet, at: desk, always: not told}\n- {name: ask', walks=True),
    Slip('number in quotes', 'DG202', 'variables: {trust: 1,', 'variables: {trust: "1",', 'trust >= 1'),
    Slip('flag as a word', 'DG214', 'told: false, mood', 'told: no, mood', 'told: no'),
    Slip('curly apostrophe yaml quote', 'DG003', 'text: He does not greet you.', 'text: “He does not: greet” you.', '“He does not:', twin='text: “He does not greet you.”'),
    Slip('effects as text', 'DG012', 'effects: [trust += 1]\n        goto: hall', 'effects: trust += 1\n        goto: hall', 'trust += 1\n        goto: hall'),
    Slip('cost nowhere met', 'DG101', 'takes: 1h', 'takes: 1h\n        cost: {person: dani, text: He loses an hour., due: [hall, kichen]}', 'kichen', twin='takes: 1h\n        cost: {person: dani, text: He loses an hour., due: [hall, kitchen]}'),
    Slip('use of no fragment', 'DG115', '      - Dani stands by the window with his coat on.\n', '      - Dani stands by the window with his coat on.\n      - use: rain\n', 'use: rain'),
    Slip('fragment nobody uses', 'DG132', 'start: desk\nscenes', 'fragments: {rain: The rain goes on.}\nstart: desk\nscenes', 'rain: The'),
    Slip('time goes nowhere', 'DG211', 'takes: 3h', 'takes: 0h', '0h'),
    Slip('hash2', 'DG403', '        consequence: Behind you the window shuts with a bang.', '        consequence: Behind you # the window shuts with a bang.', 'Behind you #'),
    Slip('dash prose', 'DG003', '      - Dani stands by', '      -Dani stands by', '-Dani'),
    Slip('cast twice', 'DG314', '  dani: {name: Dani, role: a colleague}', '  dani: {name: Marit, role: a colleague}', 'dani: {name: Marit'),
    Slip('handle twice', 'DG314', '  dani: {name: Dani, role: a colleague}', '  dani: {name: Dani, role: a colleague, handle: marit_s}', 'dani: {name'),
    Slip('choice if without quotes colon', 'DG003', 'if: trust >= 1\n', 'if: trust: 1\n', 'trust: 1\n        locked'),
    Slip('mark both ways', 'DG108', '          - {models: g2, why: Now the whole story is known.}', '          - {models: g2, why: Now the whole story is known.}\n          - {strains: g2, why: It took an hour.}', '{strains: g2, why: It took'),
    Slip('same mark twice', 'DG108', '          - {models: g2, why: Now the whole story is known.}', '          - {models: g2, why: Now the whole story is known.}\n          - {models: g2, why: Nobody was left out.}', '{models: g2, why: Nobody'),
    Slip('unused second shared exhibit', 'DG132', 'start: desk\nscenes', 'shared_exhibits: {lock: {note: {title: Lock, body: A lock.}}}\nstart: desk\nscenes', 'lock: {note'),
    Slip('chained eq words', 'DG202', "mood == 'cross', text", "mood == 'cross' or 'angry', text", "'cross' or 'angry'", twin="mood == 'cross' or told, text"),
    Slip('alias to nothing', 'DG113', 'start: desk\nscenes', 'aliases: {dock: dask}\nstart: desk\nscenes', 'dask', twin='aliases: {dock: desk}\nstart: desk\nscenes'),
    Slip('alias of a living id', 'DG113', 'start: desk\nscenes', 'aliases: {hall: desk}\nstart: desk\nscenes', 'hall: desk', twin='aliases: {dock: desk}\nstart: desk\nscenes'),
    Slip('hash in quotes', 'DG019', '      - Dani stands by the window with his coat on.', '      - Dani stands by window #4 with his coat on.', 'window #4', twin="      - 'Dani stands by window #4 with his coat on.'"),
    Slip('a threshold that nobody gets to', 'DG203', 'if: trust >= 1\n', 'if: trust >= 9\n', 'if: trust >= 9', twin='if: trust >= 1 \n'),
    Slip("condition of Ink's", 'DG406', '      - Dani stands by the window with his coat on.', "      - 'Dani stands by the {told: open|shut} window.'", '{told: open', twin="      - 'Dani stands by the {{open}} window.'"),
    Slip('caption is the alt', 'DG410', 'caption: The lock', 'caption: A brass lock with a bent key in it.', 'alt: A brass'),
    Slip('all of a consequence in a condition', 'DG126', 'consequence: Behind you the window shuts with a bang.', 'consequence: "{if told: Behind you the window shuts with a bang.}"', '"{if told: Behind', twin='consequence: "{if told: Behind you the window shuts with a bang.|It is still open behind you.}"'),
    Slip('a condition with one thing to say', 'DG314', 'It is {clock}.', 'It is {clock}.{if mood == \'calm\':  Now.| Now.}', 'Marit wants an answer', twin='It is {clock} now.'),
    Slip('the clock goes back on entering', 'DG210', '    title: Monday, 11:00\n', '    title: Monday, 11:00\n    enter: [clock = 600]\n', 'clock = 600', twin='    title: Monday, 11:00\n    enter: [clock += 1]\n'),
    Slip('the clock goes back on choosing', 'DG210', 'references: [rule]\n        goto: late', 'references: [rule]\n        effects: [clock = 600]\n        goto: late', 'clock = 600', twin='references: [rule]\n        effects: [clock = 780]\n        goto: late'),
    Slip('a message before the one above it', 'DG210', 'time: "13:02"}', 'time: "13:02"}\n            - {from: marit, text: "No.", time: "12:58"}', '"12:58"', twin='time: "23:58"}\n            - {from: marit, text: "No.", time: "00:03"}'),
    Slip('a letter from tonight', 'DG210', '          subject: The window\n', '          date: Monday, 19:00\n          subject: The window\n', 'Monday, 19:00', twin='          date: Monday, 09:20\n          subject: The window\n'),
    Slip('an hour with 75 minutes', 'DG408', 'title: Monday, 11:00', 'title: Monday, 11:75', 'Monday, 11:75', twin='title: Monday, 11:57'),
    Slip('a weekday misspelt', 'DG408', 'title: Monday, 13:00', 'title: Modnay, 13:00', 'Modnay', twin='title: Mondays, 13:00'),
    Slip('a label without a stop', 'DG408', 'text: Go back to the desk.', 'text: Go back to the desk', 'Go back to', twin='text: Go back to the desk!'),
    Slip('other eyes', 'DG133', '      - Dani stands by the window with his coat on.', '      - You are Dani. He stands by the window with his coat on.', 'You are Dani', twin="      - You are Dani's only friend, and he stands by the window."),
    Slip('a why of another guideline', 'DG330', 'why: His side of it stays untold.', 'why: Guideline 1 asks for his side of it.', 'Guideline 1', twin='why: Guideline 2 asks for his side of it.'),
    Slip('an option by its place', 'DG412', '      Marit wants an answer before noon. It', '      Take the second option. It', 'Take the second', twin='      The second optional answer? It', shuffled=True),
    Slip('a key swallowed by the text above it', 'DG406', '    discuss: [q1]', '      discuss: [q1]', '      discuss: [q1]'),
    Slip('a condition as the locked reason', 'DG406', 'locked: He turns his back on you.', 'locked: trust >= 1 is needed.', 'trust >= 1 is', twin='locked: "{if told: He turns|He looks} away."'),
    Slip('no space before a condition', 'DG408', '      - Dani stands by the window with his coat on.', '      - "Dani stands by the window with his coat on.{if told: He is silent.}"', '"Dani stands', twin='      - "Dani stands by the window with his coat on.{if told:  He is silent.}"'),
    Slip('a comma before the stop', 'DG408', 'The kettle hums.', 'The kettle hums,.', 'hums,.', twin='The kettle hums, etc.,'),
    Slip('a question twice', 'DG314', '  q1: What does Dani want from you?', '  q1: What does Dani want from you?\n  q2: What does Dani want from you?', 'q2: What', twin='  q1: What does Marit want from you?'),
    Slip('the same answer twice', 'DG314', 'text: Ask the one you saw.', 'text: Name the one you saw.', 'Name the one you saw., why: Now'),
    Slip('the same look twice', 'DG314', '          caption: The lock\n', '          caption: The lock\n          details: [{look: the key, text: It is bent.}, {look: the key, text: It is rusty.}]\n', 'details: [{look', twin='          caption: The lock\n          details: [{look: the key, text: It is bent.}, {look: the lock, text: It is rusty.}]\n'),
    Slip('a paragraph twice', 'DG314', '      - {if: told, text: He', '      - Dani stands by the window with his coat on.\n      - {if: told, text: He', 'Dani stands by the window with his coat on.\n      - {if: told', twin='      - The coat is wet.\n      - {if: told, text: He'),
    Slip('an exhibit twice', 'DG314', '      - chat:\n', '      - photo:\n          alt: A brass lock with a bent key in it.\n          caption: The lock\n      - chat:\n', 'photo:\n          alt: A brass lock with a bent key in it.\n          caption: The lock\n      - chat', twin='      - photo:\n          alt: A brass lock with a bent key in it.\n          caption: The lock again\n      - chat:\n'),
    Slip('plus and equals turned round', 'DG201', 'effects: [trust += 1]\n        goto: hall', 'effects: [trust =+ 1]\n        goto: hall', 'trust =+ 1', twin='effects: [trust=1]\n        goto: hall'),
    Slip('minus and equals turned round', 'DG201', 'effects: [told = true, trust -= 1]', 'effects: [told = true, trust =- 1]', 'trust =- 1', twin='effects: [told = true, trust -=1]'),
    Slip('a colon in an effect', 'DG012', 'effects: [trust += 1]\n        goto: hall', 'effects: [told: true]\n        goto: hall', 'told: true]', twin='effects: [told = true]\n        goto: hall'),
    Slip('a quote read in another encoding', 'DG408', 'The kettle hums.', "The kettleâ€™s lid hums.", 'The kettleâ', twin='The kettle à la Château hums.'),
    Slip('a word glued to the one before', 'DG408', '      - Dani stands by the window with his coat on.', '      - "Dani stands by the window{if told: again} with his coat on."', '"Dani stands', twin='      - "Dani stands by the window{if told:s|} with his coat on."'),
    Slip('none of the above', 'DG412', 'text: Leave the mail until noon.', 'text: None of the above, wait.', 'None of the', twin='text: Above all, wait.', shuffled=True),
    Slip('a why that is its guideline', 'DG314', 'why: You heard him before you wrote about him.', 'why: Hear both sides.', 'Hear both sides.}\n        references', twin='why: You hear both sides.'),
    Slip('a cost that nobody comes to', 'DG203', 'takes: 1h', 'takes: 1h\n        cost: {person: dani, text: He loses an hour., due: desk}', 'cost: {person', twin='takes: 1h\n        cost: {person: dani, text: He loses an hour., due: hall}'),
    Slip('a fact asked of nobody', 'DG203', '- {name: ask', '- {fact: nobody told yet, at: hall, when: trust > 5, always: not told}\n- {name: ask', 'fact: nobody', twin='- {fact: nobody told yet, at: hall, when: trust > 1, always: not told}\n- {name: ask', walks=True),
    Slip("a person's id in capitals", 'DG127', '          author: dani\n', '          author: DANI\n', 'author: DANI', twin='          author: Dani\n'),
    Slip('prose with line ends kept', 'DG408', '    text: The kettle hums. You have', '    text: |\n      The kettle hums, and over there by the door you see the two of them\n      talk. You have', 'The kettle hums, and', twin='    text: |\n      The kettle hums.\n      talk, talk. You have'),
    Slip('minutes with a nought too many', 'DG413', 'minutes: 8', 'minutes: 80', 'minutes: 80', twin='minutes: 9'),
    Slip('a placeholder in round brackets', 'DG407', 'The kettle hums.', 'The kettle of (insert name of colleague) hums.', '(insert name', twin='The kettle hums (insert the plug first, says the note).'),
    Slip('a check left for later', 'DG407', 'The kettle hums.', 'The kettle hums (check with legal!).', '(check with', twin='The kettle hums (check with a finger).'),
    Slip('a text that breaks off', 'DG408', 'His side of it stays untold.', 'He waits. His side of it stays with', 'He waits.', twin='He waits. His side of it stays with him.'),
    Slip('a consequence that breaks off', 'DG408', 'Behind you the window shuts with a bang.', 'Behind you the window shuts. You hear,', 'Behind you', twin='Behind you hangs a sign. It reads EXIT'),
    Slip('a condition in square brackets', 'DG406', '      - Dani stands by the window with his coat on.', "      - 'Dani stands by the [if told: open|shut] window.'", "'Dani stands", twin="      - 'Dani stands by the [if you ask him: open] window.'"),
    Slip('a condition in round brackets', 'DG406', '      - Dani stands by the window with his coat on.', "      - 'Dani stands by the (if not told: open|shut) window.'", "'Dani stands", twin="      - 'Dani stands there (if only for now).'"),
    Slip('a variable in square brackets', 'DG406', 'It is {clock}.', 'It is [clock].', 'Marit wants', twin='It is {clock} [sic].'),
    Slip('options by their number', 'DG412', 'It is {clock}.', 'The first two options are dear.', 'Marit wants', twin='The first two optional answers are dear.', shuffled=True),
    Slip('options above', 'DG412', 'text: Leave the mail until noon.', 'text: Take no options above that.', 'text: Take no', twin='text: Above all, wait.', shuffled=True),
    Slip('an earlier time past a scene without one', 'DG210', '    goto: mended\nendings:\n', '    goto: shed\n  shed:\n    title: In the shed\n    text: It is dark.\n    goto: roof\n  roof:\n    title: Monday, 12:30\n    text: It is cold.\n    goto: mended\nendings:\n', 'Monday, 12:30', twin='    goto: shed\n  shed:\n    title: In the shed\n    text: It is dark.\n    goto: roof\n  roof:\n    title: Monday, 13:30\n    text: It is cold.\n    goto: mended\nendings:\n'),
    Slip('back to the first time after hours', 'DG210', '        goto: late\n  kitchen:\n    title: Monday, 13:00', '        goto: desk\n  kitchen:\n    title: In the kitchen', 'Monday, 09:00\n    as'),
    Slip('a person spoken of beside you', 'DG133', '    as: you\n    text:\n      - Dani stands by the window with his coat on.', '    as: dani\n    text:\n      - Dani stands by the window, and you see his coat.', 'dani\n    text', twin='    as: dani\n    text:\n      - A mail says “Dani stands by the window”, and you stand there.'),
)
# fmt: on


def found(folder: Path, slip: Slip, words: str) -> tuple[str, list[Finding]]:
    """The file with these words in it, and what is said of the story."""
    files = {"slips.yaml": STORY, "slips.walks.yaml": CLEAN_WALKS}
    changed = "slips.walks.yaml" if slip.walks else "slips.yaml"
    assert slip.old in files[changed]
    files[changed] = files[changed].replace(slip.old, words, 1)
    if slip.shuffled:
        files[changed] = files[changed].replace(
            "start: desk", "order: shuffled\nstart: desk", 1
        )
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    told = check([str(folder / "slips.yaml")]).findings
    return files[changed], [
        n for n in told if n.place.file.endswith(changed) or words != slip.new
    ]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_on_its_line_and_its_twin_is_not(
    slip: Slip, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    text, told = found(tmp_path, slip, slip.new)
    assert slip.told_in(text, told)
    assert found(tmp_path, slip, slip.twin or slip.old)[1] == []
    assert word_for_word(told) == snapshot


def test_endings_that_share_a_fragment_are_no_copies(tmp_path: Path) -> None:
    shared = "The square lies there in the rain, and nobody says a word about it."
    told = STORY.replace(
        "start: desk", f"fragments: {{square: '{shared}'}}\nstart: desk", 1
    )
    for old in (
        "By four the lock is mended and Dani brings cake.",
        "The floor is wet now and",
    ):
        line = next(row for row in told.splitlines() if old in row)
        text = line[line.index("text: ") + 6 : -1]
        told = told.replace(
            f"text: {text}", f"text: [{{use: square}}, '{old} so on.']", 1
        )
    (tmp_path / "slips.yaml").write_text(told, encoding="utf-8")
    (tmp_path / "slips.walks.yaml").write_text(CLEAN_WALKS, encoding="utf-8")
    assert check([str(tmp_path / "slips.yaml")]).findings == []


def test_what_only_waits_for_an_unwritten_scene_is_no_error(tmp_path: Path) -> None:
    told = STORY.replace("clock < noon, to: kitchen", "clock < noon, to: attic", 1)
    told = told.replace(
        "endings:\n", "  shed: {title: The shed, text: A shed., goto: late}\nendings:\n"
    )
    (tmp_path / "slips.yaml").write_text(told, encoding="utf-8")
    (tmp_path / "slips.walks.yaml").write_text(CLEAN_WALKS, encoding="utf-8")
    found = {
        (n.code, n.severity.value)
        for n in check([str(tmp_path / "slips.yaml")]).findings
    }
    assert ("DG114", "warning") in found
    assert {code for code, severity in found if severity == "error"} == {"DG120"}


ADVICE = (
    (
        "      - {if: told, text: He does not greet you.}\n",
        "      - if: told\n        text: He is silent.\n        if: trust > 1\n        text: He nods.\n",
        "Begin another item: - if: ….",
    ),
    (
        "          - {if: clock < noon, to: kitchen}\n          - {to: late}",
        "          - {to: late}\n          - {if: clock < noon, to: kitchen}",
        "The two are in the wrong order: move this one below the other.",
    ),
    (
        "          - {if: clock < noon, to: kitchen}\n",
        "          - if: clock < noon\n          - to: kitchen\n",
        "Take the dash before “to” below away: it begins another item.",
    ),
    (
        "    text: The kettle hums. You have {trust} biscuits left.\n",
        "    text: >-\n    The kettle hums. You have\n    some biscuits left.\n",
        "Begin each line of the text two spaces deeper than its key.",
    ),
    (
        "      leave:\n        text: Go back to the desk.\n",
        "    leave:\n        text: Go back to the desk.\n",
        "It looks like a choice of “hall”: begin it as deep as the others.",
    ),
    (
        "{if: told, text: He",
        "{if: not told or not visited(hall) or not (mood == 'cross'), text: He",
        "Was “and” meant? One of several things is nearly always not so.",
    ),
    (
        "effects: [trust += 1]\n        goto: hall",
        "effects: [trust =+ 1]\n        goto: hall",
        "Write trust += 1.",
    ),
    (
        "effects: [told = true, trust -= 1]",
        "effects: [told: true]",
        "Write it as one text: told = true.",
    ),
    (
        "          alt: A brass lock with a bent key in it.\n          caption: The lock\n",
        "          alt: A lock.\n        details: [{look: the key, text: It is bent.}]\n",
        "It belongs to “photo”: begin it deeper, as the keys of “photo”.",
    ),
    (
        "      stay:\n        text: Stay",
        "      - id: stay\n        text: Stay",
        "Write each id as a key, with its fields below it: stay: ….",
    ),
    (
        "      leave:\n        text: Go back to the desk.\n",
        "        leave: {text: Go back., consequence: You do., goto: late}\n",
        "If it is another one beside “stay”, begin it as far to the left.",
    ),
    (
        "    title: Monday, 13:00\n    text: The",
        "    title: Monday, 13:00\n    alt: The lock.\n    minutes: 3\n    text: The",
        "It is a key of the file itself: begin it further to the left.",
    ),
)


@pytest.mark.parametrize(("old", "new", "advice"), ADVICE)
def test_a_slip_of_shape_is_told_with_what_to_write(
    old: str, new: str, advice: str, tmp_path: Path
) -> None:
    assert old in STORY
    changed = STORY.replace(old, new, 1)
    if "- id:" in new:
        changed = changed[: changed.index("      leave:\n")] + "endings: {}\n"
    (tmp_path / "slips.yaml").write_text(changed, encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert advice in [noticed.advice for noticed in told]


def test_endings_among_the_scenes_are_one_finding(tmp_path: Path) -> None:
    start = STORY.index("endings:")
    deeper = "".join(f"  {line}\n" for line in STORY[start:].splitlines())
    (tmp_path / "slips.yaml").write_text(STORY[:start] + deeper, encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert [noticed.message for noticed in told] == [
        "“endings” stands among the scenes.",
        "“transfer” stands among the scenes.",
    ]


def test_walks_under_nearly_the_right_name_are_told(tmp_path: Path) -> None:
    write_starter(tmp_path / "mine", {})
    walks = tmp_path / "mine" / "first_story.walks.yaml"
    assert check([str(tmp_path / "mine")]).findings == []
    walks.rename(walks.with_name("first_story.walk.yml"))
    told = check([str(tmp_path / "mine")]).findings
    assert "Rename it first_story.walks.yaml." in [noticed.advice for noticed in told]


ALONE = (
    ("format: 2", "format: 1", "“clock” is a field of format 2; so are 3 more here."),
    ("start: Monday 09:00", "start: Monday 9.00", "“Monday 9.00” is no time."),
    ("noon: Monday 12:00", "noon: Monday noon", "“Monday noon” is no time."),
    (
        "          alt: A brass",
        "          alt: A lock.\n          details: [{look at: it, text: Old.}]\n          caption: A brass",
        "“look at” is not a key that belongs here.",
    ),
)


@pytest.mark.parametrize(("old", "new", "message"), ALONE)
def test_what_only_follows_from_a_slip_is_not_told_beside_it(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    changed = STORY.replace("          caption: The lock\n", "", 1)
    assert old in changed
    (tmp_path / "slips.yaml").write_text(changed.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "slips.walks.yaml").write_text(CLEAN_WALKS, encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert [noticed.message[: len(message)] for noticed in told] == [message]


def test_references_that_cannot_be_read_are_one_finding(tmp_path: Path) -> None:
    write_starter(tmp_path / "mine", {})
    file = tmp_path / "mine" / "references.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("verified: partly", "verified: true"), encoding="utf-8"
    )
    told = check([str(tmp_path / "mine")]).findings
    assert [noticed.code for noticed in told] == ["DG013"]


def test_a_condition_on_a_named_time_says_when_that_is(tmp_path: Path) -> None:
    changed = STORY.replace("noon: Monday 12:00", "noon: Monday 08:00", 1)
    (tmp_path / "slips.yaml").write_text(changed, encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert any("“noon” is Monday 08:00, day 8." in noticed.message for noticed in told)


FRENCH = """\
format: 2
id: porte
kind: aid
title: La porte
start: porte
scenes:
  porte:
    title: La porte
    text: Vous attendez dans la rue.
    goto: maison
endings:
  maison: {kind: neutral, title: Chez vous, text: Vous voilà chez vous.}
"""
ENGLISH = "The door is open, and you can hear them before you see them."


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", ENGLISH, ["DG414"]),
        ("fr-CA", ENGLISH, ["DG414"]),
        ("ru", ENGLISH, ["DG414"]),
        ("fr", f"L'affiche annonce : « {ENGLISH} »", []),
        ("fr", "The Press and Public Affairs Office", []),
        ("ru", f"Вы читаете: {ENGLISH}", []),
        ("sw", ENGLISH, []),
        ("en", ENGLISH, []),
    ],
)
def test_a_text_left_in_english_is_told_in_a_course_of_another_language(
    language: str, text: str, codes: list[str], tmp_path: Path
) -> None:
    files = {
        "course.yaml": "format: 1\nid: cours\ntitle: Un cours\nsummary: Court.\n"
        f"notice: De nous.\nlanguage: {language}\nstories: [porte]\n",
        "guidelines.yaml": "{}\n",
        "references.yaml": "{}\n",
        "porte.yaml": FRENCH.replace("Vous attendez dans la rue.", json.dumps(text)),
    }
    for name, words in files.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    told = check([str(tmp_path)]).findings
    assert [n.code for n in told if n.code != "DG503"] == codes


def test_a_fraction_of_what_is_earned_is_told_to_be_none(tmp_path: Path) -> None:
    changed = STORY.replace("{if: clock < noon, to:", "{if: earned < 0.5, to:", 1)
    (tmp_path / "slips.yaml").write_text(changed, encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert any("“earned” is a whole per cent" in noticed.message for noticed in told)


def test_a_flag_that_begins_as_a_word_is_one_error(tmp_path: Path) -> None:
    changed = STORY.replace("told: false, mood", "told: no, mood", 1)
    (tmp_path / "slips.yaml").write_text(changed, encoding="utf-8")
    checked = check([str(tmp_path / "slips.yaml")])
    assert checked.failed(strict=False)
    (told,) = [n for n in checked.findings if n.code in ("DG202", "DG214")]
    assert told.message.endswith("2 more follow from it.")


def test_a_dash_that_is_missing_is_told_once(tmp_path: Path) -> None:
    old, new, _ = ADVICE[0]
    (tmp_path / "slips.yaml").write_text(STORY.replace(old, new, 1), encoding="utf-8")
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert [n.code for n in told].count("DG004") == 1


@pytest.mark.parametrize(
    ("guard", "told"), [("", True), ("if: not visited(talk), ", False)]
)
def test_a_time_that_conditions_keep_ahead_is_not_told(
    guard: str, told: bool, tmp_path: Path
) -> None:
    story = f"""\
format: 2
id: porch
kind: aid
title: The porch
start: porch
scenes:
  porch:
    title: The porch
    text: Two doors.
    choices:
      meet: {{{guard}text: Go to the meeting., consequence: You go there., goto: meeting}}
      listen: {{text: Go to the talk., consequence: You go there., goto: talk}}
      leave: {{text: Leave now., consequence: You go there., goto: home}}
  meeting: {{title: "Monday, 10:00, a meeting", text: It is dull., goto: porch}}
  talk: {{title: "Monday, 14:00, a talk", text: It is long., goto: porch}}
endings:
  home: {{kind: neutral, title: Home, text: You are home.}}
"""
    (tmp_path / "porch.yaml").write_text(story, encoding="utf-8")
    found = check([str(tmp_path / "porch.yaml")]).findings
    assert ("DG210" in {noticed.code for noticed in found}) is told


def test_a_way_back_to_a_title_after_hours_is_told_at_its_goto(tmp_path: Path) -> None:
    changed = STORY.replace("title: Monday, 11:00", "title: In the hall", 1)
    old = "        goto: late\n  kitchen:"
    changed = changed.replace(old, "        goto: desk\n  kitchen:", 1)
    (tmp_path / "slips.yaml").write_text(changed, encoding="utf-8")
    line = changed[: changed.index("goto: desk\n  kitchen:")].count("\n") + 1
    told = check([str(tmp_path / "slips.yaml")]).findings
    assert ("DG210", line) in {(n.code, n.place.line) for n in told}
