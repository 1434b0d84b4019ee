"""Draws the documents' pictures from the real game: `uv run python docs/pictures/make.py`.

With `--check` nothing is written, and the exit code is 1 where a picture is not the game's any
more. Each picture is a few real key presses on the shipped course.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
PICTURES: Final = {
    "home": (100, 30, "", ()),
    "scene": (100, 34, "omar", ()),
    "closer": (100, 34, "omar", ("l",)),
    "consequence": (100, 30, "omar", ("2", "enter")),
}
"""File name: columns, rows, the story that is started, the keys that are pressed."""


def main(check: bool) -> int:
    """Draw or compare every picture."""
    stale = []
    for name in PICTURES:
        drawn = asyncio.run(draw(name))
        file = HERE / f"{name}.svg"
        if check and (not file.exists() or file.read_text(encoding="utf-8") != drawn):
            stale.append(name)
        elif not check:
            file.write_text(drawn, encoding="utf-8")
    if stale:
        sys.stderr.write(
            f"Not the game's any more: {', '.join(stale)}. Run this without --check.\n"
        )
    return 1 if stale else 0


async def draw(name: str) -> str:
    """One picture, as SVG without anything fetched from elsewhere."""
    from dialogue_game.app.bootstrap import open_game
    from dialogue_game.tui.app import DialogueGameApp

    columns, rows, story, keys = PICTURES[name]
    game = open_game(flags={"motion": "none", "welcomed": "yes"}, keep=False)
    app = DialogueGameApp(game, start=story or None)
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        svg = app.export_screenshot(title="dialogue-game")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", svg)


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as home:
        os.environ["DIALOGUE_GAME_HOME"] = home
        code = main("--check" in sys.argv[1:])
    sys.exit(code)
