"""Draws `play.svg`, half a minute of the real game: `uv run python docs/pictures/moving.py`.

With `--check` nothing is written, and the exit code is 1 where it is not the game's any more.

Each picture stands for some seconds, by CSS alone: no script, nothing fetched. Whoever asks their
system for less motion sees the first picture only.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from make import Picture, opened, run

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

FILE: Final = Path(__file__).with_name("play.svg")
SIZE: Final = (90, 30)
STEPS: Final[tuple[tuple[tuple[str, ...], float], ...]] = (
    ((), 3),
    (("l",), 4),
    (("escape", "space", "space"), 3),
    (("2",), 1.5),
    (("enter",), 5),
    (("space", "space"), 4),
    (("enter",), 3),
    (("b",), 4),
)
"""Keys, and for how many seconds what they lead to stands: a scene, looking closer, an option, its
consequence with coaching, the next scene, the look back."""


async def frames() -> list[str]:
    """The pictures, one after another, of one run."""
    app: DialogueGameApp = opened(Picture(*SIZE, "omar"))
    drawn = []
    async with app.run_test(size=SIZE) as pilot:
        for keys, _ in STEPS:
            await pilot.pause(0.4)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.4)
            drawn.append(app.export_screenshot(title="dialogue-game"))
    return drawn


def moving(drawn: list[str]) -> str:
    """One SVG of several: each is shown for its share of the time."""
    whole = sum(seconds for _, seconds in STEPS)
    box = drawn[0].partition('viewBox="')[2].partition('"')[0]
    parts, at = [], 0.0
    for number, (svg, (_, seconds)) in enumerate(zip(drawn, STEPS, strict=True)):
        start, end = 100 * at / whole, 100 * (at + seconds) / whole
        at += seconds
        inner = re.sub(
            r"<svg[^>]*>|</svg>|<!--.*?-->|@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL
        )
        inner = re.sub(r"terminal-\d+", f"t{number}", inner)
        style = (
            f"@keyframes s{number}{{0%{{visibility:hidden}}{start:.2f}%{{visibility:visible}}"
            f"{end:.2f}%{{visibility:hidden}}100%{{visibility:hidden}}}}"
            f".s{number}{{visibility:hidden;animation:s{number} {whole:g}s step-end infinite}}"
        )
        parts.append(f'<style>{style}</style><g class="s{number}">{inner}</g>')
    still = (
        "<style>@media (prefers-reduced-motion: reduce)"
        "{[class^=s]{animation:none}.s0{visibility:visible}}</style>"
    )
    return (
        f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>A decision of Omar's story, played</title>{''.join(parts)}{still}</svg>\n"
    )


def main(check: bool) -> int:
    """Draw the picture, or compare it."""
    svg = moving(asyncio.run(frames()))
    if check and (not FILE.exists() or FILE.read_text(encoding="utf-8") != svg):
        sys.stderr.write(f"{FILE.name} is not the game's any more. Run this without --check.\n")
        return 1
    if not check:
        FILE.write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
