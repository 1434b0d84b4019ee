"""Slips that authors make, each told on its line; and nothing said against their clean twin."""

# ruff: noqa: E501  (YAML and slips stand as authors write them)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dialogue_game.analysis.findings import Finding
from dialogue_game.app.authoring.checking import check
from tests.stories.slips import Slip

CLEAN = """\
format: 2
id: slips
kind: scenario
title: The Open Window
summary: A window, a colleague and a photograph.
minutes: 8
cast:
  you: {name: You, role: new in the office}
  marit: {name: Marit, role: your supervisor, handle: marit_s}
  dani: {name: Dani, role: a colleague}
variables: {trust: 1, told: false, mood: calm}
clock:
  start: Monday 09:00
  times: {noon: Monday 12:00}
guidelines:
  g1: {short: Be honest, text: Write only what you know.}
  g2: {short: Be fair, text: Hear both sides.}
references:
  code: {symbol: CODE/1, title: A code, summary: What it asks of you., verified: "yes", guidelines: [g1, g2]}
  rule: {symbol: RULE/7, title: A rule, summary: What it forbids., verified: "yes", guidelines: [g2]}
questions:
  q1: What does Dani want from you?
start: desk
scenes:
  desk:
    title: Monday, 09:00
    as: you
    exhibits:
      - email:
          from: marit
          to: you
          subject: The window
          body: Somebody left it open. Please find out who it was.
      - post:
          author: dani
          platform: Yammer
          text: Fresh air at last!
    text: |
      Marit wants an answer before noon. It is {clock}.
    discuss: [q1]
    choices:
      ask:
        text: Ask Dani in person.
        takes: 1h
        consequence: Dani looks at the floor and says nothing for a while.
        marks:
          - {upholds: g2, why: You heard him before you wrote about him.}
        references: [rule]
        effects: [trust += 1]
        goto: hall
      write:
        text: Answer Marit with Dani's name.
        consequence: Marit thanks you within the minute, and Dani hears of it.
        marks:
          - {strains: g2, why: He could not say how it came about.}
        references: [code]
        effects: [told = true, trust -= 1]
        goto: hall
      wait:
        text: Leave the mail until noon.
        takes: 3h
        consequence: The mail stays there, and the rain comes in.
        marks:
          - {strains: g1, why: She asked and you kept what you knew.}
        references: [code]
        effects: [mood = 'cross']
        goto: hall
  hall:
    title: Monday, 11:00
    as: you
    text:
      - Dani stands by the window with his coat on.
      - {if: told, text: He does not greet you.}
      - {if: mood == 'cross', text: Marit walks past you both.}
    choices:
      stay:
        text: Stay with him at the window.
        if: trust >= 1
        locked: He turns his back on you.
        consequence: He tells you that the lock has been broken since May.
        marks:
          - {models: g2, why: Now the whole story is known.}
        references: [rule]
        effects: [trust += 1]
        goto:
          - {if: clock < noon, to: mended}
          - {to: late}
      leave:
        text: Go back to the desk.
        consequence: Behind you the window shuts with a bang.
        marks:
          - {strains: g2, why: His side of it stays untold.}
        references: [rule]
        goto: late
endings:
  mended: {kind: good, title: A New Lock, text: By four the lock is mended and Dani brings cake.}
  late: {kind: mixed, title: Rain, text: The floor is wet now and the two of them (Marit and Dani) are silent.}
"""
WALKS = """\
- {name: ask and stay, pick: [desk.ask, hall.stay], ending: mended}
- {name: go away, pick: [desk.write, hall.leave], ending: late}
"""


# fmt: off
SLIPS = (
    Slip('reserved variable', 'DG018', 'variables: {trust: 1,', 'variables: {and: 2, trust: 1,', 'and: 2'),
    Slip('reserved clock', 'DG108', 'variables: {trust: 1,', 'variables: {clock: 2, trust: 1,', 'clock: 2'),
    Slip('reserved true', 'DG018', 'variables: {trust: 1,', 'variables: {"true": 2, trust: 1,', '"true": 2'),
    Slip('reserved visited', 'DG018', 'variables: {trust: 1,', 'variables: {visited: 2, trust: 1,', 'visited: 2'),
    Slip('double equals', 'DG201', 'if: trust >= 1\n', 'if: trust = 1\n', 'if: trust = 1'),
    Slip('ampersand', 'DG201', '{if: told, text: He', '{if: told && trust > 1, text: He', 'told &&'),
    Slip('bang', 'DG201', '{if: told, text: He', "{if: '!told', text: He", '!told'),
    Slip('curly quotes', 'DG017', "mood == 'cross', text", 'mood == ‘cross’, text', '‘cross’'),
    Slip('effect set', 'DG209', 'effects: [trust += 1]\n        goto: hall', 'effects: [trust = 2]\n        goto: hall', 'trust = 2'),
    Slip('back clock', 'DG210', "effects: [mood = 'cross']", "effects: [mood = 'cross', clock -= 30]", 'clock -= 30'),
    Slip('enter back', 'DG210', '    title: Monday, 11:00\n', '    title: Monday, 11:00\n    enter: [clock -= 60]\n', 'enter: [clock'),
    Slip('title time back', 'DG210', 'title: Monday, 11:00', 'title: Monday, 08:00', '08:00'),
    Slip('cast near', 'DG127', 'author: dani', 'author: danni', 'danni'),
    Slip('cast near from', 'DG127', 'from: marit', 'from: marrit', 'marrit'),
    Slip('cast unmentioned', 'DG128', '  dani: {name: Dani, role: a colleague}', '  dani: {name: Dani, role: a colleague}\n  iris: {name: Iris, role: the director}', 'iris:'),
    Slip('copy why', 'DG314', 'why: His side of it stays untold.', 'why: He could not say how it came about.', 'He could not say how it came about.}\n        references: [rule]\n        goto'),
    Slip('copy consequence', 'DG314', 'Behind you the window shuts with a bang.', 'The mail stays there, and the rain comes in.', 'The mail stays there, and the rain comes in.\n        marks:\n          - {strains: g2, why: His'),
    Slip('near copy', 'DG314', 'Behind you the window shuts with a bang.', 'He tells you that the lock has been broken since June.', 'since June'),
    Slip('label twice', 'DG314', 'text: Go back to the desk.', 'text: Stay with him at the window.', 'text: Stay with him at the window.\n        consequence: Behind'),
    Slip('alike', 'DG315', '          - {strains: g2, why: His side of it stays untold.}\n        references: [rule]\n        goto: late', '          - {models: g2, why: You go and he may rest.}\n        references: [rule]\n        effects: [trust += 1]\n        goto:\n          - {if: clock < noon, to: mended}\n          - {to: late}', '      leave:'),
    Slip('idle ref', 'DG316', 'references: [code]\n        effects: [mood', 'references: [rule]\n        effects: [mood', '[rule]\n        effects: [mood'),
    Slip('uncited ref', 'DG317', '  rule: {symbol: RULE/7', '  spare: {symbol: SPARE/9, title: A spare, summary: Nothing., verified: "yes"}\n  rule: {symbol: RULE/7', 'spare:'),
    Slip('ref twice', 'DG319', 'references: [rule]\n        effects: [trust += 1]\n        goto: hall', 'references: [rule, rule]\n        effects: [trust += 1]\n        goto: hall', '[rule, rule]'),
    Slip('blank', 'DG126', '      - Dani stands by the window with his coat on.\n', '', 'text:\n      - {if: told'),
    Slip('goto same', 'DG212', '- {if: clock < noon, to: mended}', '- {if: clock < noon, to: late}', 'goto:\n          - {if: clock < noon, to: late}'),
    Slip('noop', 'DG211', "effects: [mood = 'cross']", 'effects: [mood = mood]', 'mood = mood'),
    Slip('markdown', 'DG406', 'Dani stands by the window', 'Dani stands by the **window**', '**window**'),
    Slip('html', 'DG406', 'Dani stands by the window', 'Dani stands by the <b>window</b>', '<b>window'),
    Slip('twine', 'DG406', 'Dani stands by the window', 'Dani stands by the [[window]]', '[[window'),
    Slip('todo', 'DG407', 'Dani stands by the window', 'Dani stands TODO by the window', 'TODO'),
    Slip('doubled', 'DG408', 'Dani stands by the window', 'Dani stands by the the window', 'the the'),
    Slip('quote', 'DG409', 'He does not greet you.', '\'He says: "No.\'', 'He says'),
    Slip('bracket', 'DG409', '(Marit and Dani)', '(Marit and Dani', '(Marit and Dani'),
    Slip('unknown var shown', 'DG104', 'It is {clock}.', 'It is {cloc}.', '{cloc}'),
    Slip('case var', 'DG104', 'It is {clock}.', 'It is {Clock}.', '{Clock}'),
    Slip('question twice', 'DG405', 'discuss: [q1]', 'discuss: [q1, q1]', '[q1, q1]'),
    Slip('weekday typo', 'DG013', 'start: Monday 09:00', 'start: Moonday 09:00', 'Moonday'),
    Slip('time 25', 'DG013', 'noon: Monday 12:00', 'noon: Monday 25:00', '25:00'),
    Slip('negative takes', 'DG013', 'takes: 1h', 'takes: -1h', '-1h'),
    Slip('takes word', 'DG013', 'takes: 1h', 'takes: one hour', 'one hour'),
    Slip('stance typo', 'DG013', 'takes: 1h', 'takes: 1h\n        stance: consulting', 'consulting'),
    Slip('cost nobody', 'DG107', 'takes: 1h', 'takes: 1h\n        cost: {person: danni, text: Dani loses an hour., due: hall}', 'danni'),
    Slip('cost due unknown', 'DG101', 'takes: 1h', 'takes: 1h\n        cost: {person: dani, text: Dani loses an hour., due: hal}', 'due: hal}'),
    Slip('cost due earlier', 'DG203', '      stay:\n        text', '      stay:\n        cost: {person: dani, text: Dani loses an hour., due: desk}\n        text', 'due: desk'),
    Slip('inline unclosed', 'DG201', 'It is {clock}.', 'It is {if told: late.', '{if told'),
    Slip('inline unknown', 'DG104', 'It is {clock}.', 'It is {if toold: late}.', 'toold'),
    Slip('inline never', 'DG203', 'It is {clock}.', 'It is {if told: late|early}.', '{if told'),
    Slip('reviewed without names', 'DG318', 'minutes: 8', 'minutes: 8\nstatus: reviewed', 'status: reviewed'),
    Slip('unused mood read', 'DG203', "mood == 'cross'", "mood == 'angry'", "'angry'"),
    Slip('word never set', 'DG213', "effects: [mood = 'cross']", "effects: [mood = 'cros']", 'cros'),
    Slip('locked no if', 'DG207', '        if: trust >= 1\n', '', 'locked:'),
    Slip('ending text same', 'DG314', 'By four the lock is mended and Dani brings cake.', 'The floor is wet now and the two of them (Marit and Dani) are silent.', 'late: {kind'),
    Slip('ending title same', 'DG314', 'title: Rain,', 'title: A New Lock,', 'late: {kind'),
    Slip('guideline text same', 'DG314', 'g2: {short: Be fair, text: Hear both sides.}', 'g2: {short: Be fair, text: Write only what you know.}', 'g2: {short'),
    Slip('url', 'DG411', 'symbol: CODE/1,', 'symbol: CODE/1, url: htp//un.org,', 'htp'),
    Slip('mark no why', 'DG304', '{upholds: g2, why: You heard him before you wrote about him.}', '{upholds: g2, why: ""}', 'upholds: g2, why: ""'),
    Slip('email to self', 'DG130', 'to: you\n', 'to: marit\n', 'to: marit'),
    Slip('variable raw in text', 'DG406', 'Dani stands by the window', 'Dani has $trust and stands by the window', '$trust'),
    Slip('divert in text', 'DG406', 'He does not greet you.', 'He goes -> late', '-> late'),
    Slip('trailing goto', 'DG014', 'goto: hall\n      write', 'goto: hall.\n      write', 'hall.'),
    Slip('tab', 'DG003', '        text: Ask Dani', '\ttext: Ask Dani', '\ttext'),
)
# fmt: on


def checked(folder: Path, text: str) -> list[Finding]:
    (folder / "slips.yaml").write_text(text, encoding="utf-8")
    (folder / "slips.walks.yaml").write_text(WALKS, encoding="utf-8")
    return check([str(folder / "slips.yaml")]).findings


def word_for_word(findings: Sequence[Finding]) -> list[str]:
    """All that an author reads, save the folder."""
    return [
        f"{n.code} {Path(n.place.file).name}:{n.place.line}:{n.place.column} "
        f"{n.message} {n.advice}"
        for n in findings
    ]


def test_nothing_is_said_against_the_clean_twin(tmp_path: Path) -> None:
    assert checked(tmp_path, CLEAN) == []


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_each_slip_is_told_on_its_line(
    slip: Slip, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    assert slip.old in CLEAN
    text = CLEAN.replace(slip.old, slip.new, 1)
    found = checked(tmp_path, text)
    assert slip.told_in(text, found)
    assert word_for_word(found) == snapshot
