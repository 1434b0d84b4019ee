"""Draws `play.svg`, half a minute of the real game: `uv run python docs/pictures/moving.py`.

With `--check` nothing is written, and the exit code is 1 where it is not the game's any more.

Each picture stands for some seconds, by CSS alone: no script, nothing fetched. Whoever asks their
system for less motion sees one picture only. There are two, as of all pictures: for dark colours
and for light ones.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from make import THEMES, Picture, opened, play_to_an_ending, run

if TYPE_CHECKING:
    from dialogue_game.tui.app import DialogueGameApp

HERE: Final = Path(__file__).parent
SIZE: Final = (90, 30)
STEPS: Final[tuple[tuple[tuple[str, ...], float], ...]] = (
    ((), 2),
    (("enter",), 4),
    (("l",), 4),
    (("escape", "space", "space"), 3),
    (("2",), 1.5),
    (("enter",), 6),
    (("q", "h", "enter"), 4.5),
    (("right",), 5),
)
"""Keys, and for how many seconds what they lead to stands: the title, a scene, looking closer, an
option, its consequence with coaching; then the debrief of a run that has ended, and what if."""
STILL: Final = 1
"""The picture for those who want no motion."""


async def frames() -> dict[str, list[str]]:
    """The pictures, one after another, of one run; by theme."""
    from dialogue_game.tui.themes import theme_name

    app: DialogueGameApp = opened(Picture(*SIZE, "omar"))
    drawn: dict[str, list[str]] = {theme: [] for theme in THEMES}
    async with app.run_test(size=SIZE) as pilot:
        for keys, _ in STEPS:
            await pilot.pause(0.4)
            if "h" in keys:  # what the history is to show, played by nobody
                play_to_an_ending(app.game, 0)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.4)
            for theme, pictures in drawn.items():
                app.theme = theme_name(theme)
                await pilot.pause(0.1)
                pictures.append(app.export_screenshot(title="dialogue-game"))
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
            r"<svg[^>]*>|</svg>|<!--.*?-->|@font-face \{.*?\}\s*",
            "",
            svg,
            flags=re.DOTALL,
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
        f"{{[class^=s]{{animation:none}}.s{STILL}{{visibility:visible}}}}</style>"
    )
    return (
        f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>A decision of Omar's story, played</title>{''.join(parts)}{still}</svg>\n"
    )


def main(check: bool) -> int:
    """Draw the pictures, or compare them."""
    stale = []
    for theme, drawn in asyncio.run(frames()).items():
        file, svg = HERE / f"play{THEMES[theme]}.svg", moving(drawn)
        if not check:
            file.write_text(svg, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != svg:
            stale.append(file.name)
    if stale:
        sys.stderr.write(
            f"Not the game's any more: {', '.join(stale)}. Run without --check.\n"
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(run(main))
