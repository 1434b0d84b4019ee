"""Paragraphs come from how a text is written in YAML, never from how long its lines are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue_game.content.source import read_text

LONG = (
    "This line has many more than fifty letters, as an editor's margin would make them."
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (f"a: >-\n  {LONG}\n  {LONG}\n\n  {LONG}\n", f"{LONG} {LONG}\n\n{LONG}"),
        ("a: >-\n  One.\n\n  Two.\n\n  Three.\n", "One.\n\nTwo.\n\nThree."),
        ("a: >-\n  One.\n\n\n  Two.\n", "One.\n\nTwo."),
        (
            "a: >-\n  List:\n    - one\n    - two\n  End.\n",
            "List:\n  - one\n  - two\nEnd.",
        ),
        (f"a: |-\n  {LONG}\n  {LONG}\n", f"{LONG}\n{LONG}"),
        ("a: |-\n  One.\n\n  Two.\n", "One.\n\nTwo."),
        ("a: One.\n\n  Two.\n", "One.\n\nTwo."),
        ("a: 'One.\n\n  Two.'\n", "One.\n\nTwo."),
        ('a: "One.\n\n  Two."\n', "One.\n\nTwo."),
        ('a: "One.\\nTwo."\n', "One.\nTwo."),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_a_text_has_the_paragraphs_it_was_written_with(
    written: str, value: str, pure: bool
) -> None:
    assert read_text(written, str(Path("story.yaml")), pure=pure).data == {"a": value}
