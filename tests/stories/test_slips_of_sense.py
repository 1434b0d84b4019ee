"""Slips that only somebody notices who reads: a wrong name, age or greeting, half a sentence.

Each stands beside a clean twin that looks much the same.
"""

# ruff: noqa: E501  (YAML and slips stand as authors write them)

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.analysis.findings import Finding
from dialogue_game.app.authoring.checking import check
from tests.stories.slips import Slip

STORY = """\
format: 2
id: sense
kind: scenario
title: The Late Bus
summary: A bus that is late, and four people who wait.
minutes: 2
cast:
  ines: {name: Ines, role: a volunteer of the club}
  bruno: {name: Bruno Adler, role: head coach, handle: bruno_adler}
  lea: {name: Lea, role: "swimmer, thirteen, the second to start"}
  okoye: {name: Mrs. Okoye, role: welfare officer}
variables: {told: false, late: false, reach: 12}
clock:
  start: Monday 09:00
  times: {start: Monday 09:30, noon: Monday 12:00}
guidelines:
  g1: {short: Be honest, text: Write only what you know.}
  g2: {short: Be fair, text: Hear both sides.}
references:
  code: {symbol: CODE/1, title: A code, summary: What it asks of you., verified: "yes", guidelines: [g1, g2]}
start: stop
scenes:
  stop:
    title: Monday, 09:00
    as: ines
    exhibits:
      - email:
          from: bruno
          to: ines
          subject: The bus
          body: Where are you? The race begins at noon.
          signature: Bruno Adler
      - photo:
          id: bus
          file: bus.png
          alt: An empty country road in the rain.
          details:
            - {look: the far end, text: A blue bus with one lamp stands there.}
    text: You stand at the stop. {reach} people have read your notice.
    choices:
      ring:
        text: Ring the coach at once.
        takes: 1h
        cost: {person: bruno, text: Bruno had to leave the pool., due: pool}
        consequence: It rings four times. Somebody answers.
        marks:
          - {upholds: g2, why: You asked before you wrote.}
        references: [code]
        effects: [told = true]
        goto: pool
      wait:
        text: Wait for the next bus.
        takes: 1h
        consequence: The rain goes on. Nobody comes.
        marks:
          - {strains: g1, why: You left them without a word.}
        references: [code]
        effects: [late = true, reach -= 4]
        goto: pool
  pool:
    title: Monday, 10:00
    as: ines
    text: The hall smells of chlorine.
    choices:
      sit:
        text: Sit down beside Lea.
        consequence: She moves over. Her towel is wet.
        marks:
          - {upholds: g1, why: You told her what had happened.}
        references: [code]
        goto: home
      stand:
        text: Stand by the door.
        consequence: You see the clock and nothing else.
        marks:
          - {breaches: g1, why: She swam and did not know.}
        references: [code]
        goto: away
endings:
  home: {kind: good, title: The Way Home, text: "Bruno Adler drives. Mrs. Okoye has your notes. {if told: You sleep.|You talk.}"}
  away: {kind: mixed, title: The Other Way, text: "You walk{if late:  and it rains}. It is far. {reach} people know."}
"""
HALL = "text: The hall smells of chlorine."


def hall(name: str, code: str, words: str, twin: str) -> Slip:
    """A slip in one text of a scene, and its twin."""
    new, other = (f"text: '{one}'" for one in (words, twin))
    return Slip(name, code, HALL, new, new, other)


# fmt: off
SLIPS = (
    hall('another surname', 'DG127', 'Bruno Adams has coffee.', 'Bruno Adler has coffee.'),
    hall('a day after a name', 'DG127', 'You see Bruno Brandt there.', 'You see Bruno Thursday at ten.'),
    hall('a titled name misspelt', 'DG127', 'Mrs. Okoya has coffee.', 'Mrs. Okoye has coffee.'),
    hall('another title', 'DG135', 'Mr. Okoye has coffee.', 'The husband, Mr. Okoye, has coffee.'),
    hall('another pronoun', 'DG135', 'Mrs. Okoye listens. He has questions.', 'Mrs. Okoye looks at the coach. He has questions.'),
    hall('another pronoun in one sentence', 'DG135', 'Mrs. Okoye listens, and he has questions.', 'Mrs. Okoye listens to Bruno, and he has questions.'),
    hall('another age', 'DG135', 'Lea is eleven and has a phone.', 'Lea is thirteen and has a phone.'),
    hall('another age before the name', 'DG135', 'The 12-year-old Lea has a phone.', 'The 13-year-old Lea has a phone, and Lea is eleven minutes late.'),
    Slip('another payer', 'DG135', 'person: bruno, text', 'person: lea, text', 'person: lea'),
    Slip('the player pays', 'DG135', 'person: bruno, text: Bruno had to leave the pool.', 'person: lea, text: Mrs. Okoye has missed a call.', 'person: lea', twin='person: ines, text: Bruno asks why you stood there.'),
    Slip('the hero has another name', 'DG133', 'text: You stand at', 'text: You are Anna, and you stand at', 'text: You are Anna', twin='text: You are Ines, and you stand at'),
    Slip('the hero is told another name', 'DG133', 'text: You stand at', 'text: Your name is Anna. You stand at', 'text: Your name', twin='text: You are Kenyan, and you stand at'),
    hall('placeholder of a number', 'DG407', 'It has [number of seats] seats.', 'It has [sic] 40 seats.'),
    hall('placeholder of question marks', 'DG407', 'It has ??? seats.', 'How many seats has it???'),
    hall('placeholder in German', 'DG407', 'It has [Anzahl einfügen] seats.', 'It has seats, says [name removed].'),
    hall('placeholder of crosses', 'DG407', 'It has XX seats.', 'It is of the XX century.'),
    hall('placeholder of capitals', 'DG407', 'It belongs to <CLUB NAME>.', 'It belongs to <3 clubs.'),
    hall('a branch without a space before it', 'DG408', 'It rains. "Sit."{if told: She sits.|You sit.}', 'It rains. "Sit." {if told: She sits.|You sit.}'),
    hall('a sentence without its verb', 'DG408', 'Lea {if told: smiles}. The bus is here.', 'Lea {if told: smiles|waits}. The bus is here.'),
    hall('no space after a branch', 'DG408', '{if told: She smiles.|She waits.}The bus is here.', '{if told: She smiles.|She waits.} The bus is here.'),
    hall('two stops about a branch', 'DG408', 'She waits{if told: , and smiles.}.', 'She waits{if told: , and smiles}.'),
    hall('an empty bracket', 'DG408', 'She waits ({if told: and smiles}) here.', 'She waits{if told:  (and smiles)} here.'),
    hall('no stop without a branch', 'DG408', 'The bus is here and she waits{if told:  and smiles.}', 'The bus is here and she waits{if told:  and smiles}.'),
    Slip('a letter greets another', 'DG134', 'body: Where are', 'body: Dear Karim, where are', 'body: Dear', twin='body: Dear Ines, where are'),
    Slip('a letter greets another of the cast', 'DG134', 'body: Where are', 'body: Lea, where are', 'body: Lea', twin='body: Dear all, where are'),
    Slip('a letter signed by another', 'DG134', 'signature: Bruno Adler', 'signature: Mrs. Okoye', 'from: bruno', twin='signature: For the coach, Mrs. Okoye'),
    Slip('an alt text of another picture', 'DG410', 'minutes: 2\n', 'minutes: 2\ncover: {file: cover.png, alt: An empty country road in the rain.}\n', 'alt: An empty country road in the rain.\n          details', twin='minutes: 2\ncover: {file: cover.png, alt: A blue door.}\n'),
    Slip('another picture below an alt text', 'DG410', 'minutes: 2\n', 'minutes: 2\ncover: {file: bus.png, alt: Blue water and four swimmers beside the pool.}\n', 'file: bus.png\n          alt: An', twin='minutes: 2\ncover: {file: bus.png, alt: An empty country road beside a field.}\n'),
    Slip('an alt text tells a detail', 'DG410', 'alt: An empty country road in the rain.', 'alt: An empty road. A blue bus with one lamp stands there.', 'alt: An', twin='alt: A road with something blue.'),
    Slip('a label that is judged', 'DG331', 'text: Ring the coach at once.', 'text: (best) Ring the coach at once.', 'text: (best)', twin='text: Ring the coach (best at once).'),
    Slip('a label with a star', 'DG331', 'text: Wait for the next bus.', 'text: Wait for the next bus. ✓', 'text: Wait', twin='text: Wait for the right answer.'),
    Slip('a why of the opposite', 'DG332', 'upholds: g2, why: You asked before you wrote.', 'upholds: g2, why: Nobody asked the others.', '{upholds: g2, why: Nobody', twin='upholds: g2, why: Nobody asked before; you did.'),
    Slip('a defensible breach', 'DG332', '        consequence: You see the clock', '        defensible: true\n        consequence: You see the clock', 'defensible', twin='        coaching: What did she know?\n        consequence: You see the clock'),
    Slip('a way back that counts', 'DG215', 'goto: home', 'goto: pool', 'goto: pool\n      stand'),
    Slip('a number below zero', 'DG216', 'reach -= 4]', 'reach -= 40]', '[late = true', twin='reach -= 12]'),
    Slip('a title beside the clock', 'DG217', 'takes: 1h\n        consequence: The rain', 'takes: 2h 30m\n        consequence: The rain', 'title: Monday, 10:00', twin='takes: 1h 30m\n        consequence: The rain'),
    Slip('a named time that has passed', 'DG217', HALL + '\n', 'text: The race begins at {start}.\n', 'text: The race', twin='text: The race began at {start}, and ends before {noon}.\n'),
    hall('a sentence in German', 'DG414', 'You sit. Das Wasser ist kalt und du hast noch keine Kappe.', 'You sit. "Das Wasser ist kalt und du hast noch keine Kappe."'),
    hall('a sentence in Spanish', 'DG414', 'El agua está muy fría para los niños.', 'Los Angeles and San Marco are far.'),
    Slip('endings counted wrongly', 'DG415', 'summary: A bus', 'summary: Three endings. A bus', 'summary:', twin='summary: Two endings. A bus'),
    hall('a sentence in French', 'DG414', 'Il pleut et vous attendez le bus dans la rue.', 'Rue de la Paix, Rue du Lac et Rue des Alpes.'),
    hall('an age before a capital', 'DG135', 'Eleven-year-old Lea has a phone.', 'Thirteen-year-old Lea has a phone.'),
    Slip('a handle misspelt', 'DG127', 'body: Where', 'body: Ask @bruno_adlr. Where', 'body:', twin='body: Ask @bruno_adler. Where'),
    Slip('a profile with another handle', 'DG127', '      - photo:', '      - profile: {name: Bruno Adler, handle: bruno_swims, bio: Coach.}\n      - photo:', '- profile', twin='      - profile: {name: Bruno Adler, handle: bruno_adler, bio: Coach.}\n      - photo:'),
    hall('a small letter in one branch', 'DG408', '{if told: She smiles.|she waits.} The bus is here.', '{if told: She smiles.|She waits.} The bus is here.'),
)
# fmt: on


def found(folder: Path, old: str, words: str) -> tuple[str, list[Finding]]:
    """The story with these words in it, and what is said of it."""
    assert old in STORY
    text = STORY.replace(old, words, 1)
    (folder / "sense.yaml").write_text(text, encoding="utf-8")
    quiet = {"DG109", "DG503"}  # it comes without its picture and its walks
    told = check([str(folder / "sense.yaml")]).findings
    return text, [noticed for noticed in told if noticed.code not in quiet]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_on_its_line_and_its_twin_is_not(
    slip: Slip, tmp_path: Path
) -> None:
    text, told = found(tmp_path, slip.old, slip.new)
    assert slip.told_in(text, told)
    assert found(tmp_path, slip.old, slip.twin or slip.old)[1] == []


def test_a_number_with_a_turkish_i_is_no_number_and_no_error(tmp_path: Path) -> None:
    assert found(tmp_path, "summary: A bus", "summary: Sıx endings. A bus")[1] == []
