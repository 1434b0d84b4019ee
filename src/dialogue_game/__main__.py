"""`python -m dialogue_game` and the `dialogue-game` script."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code."""
    from dialogue_game.cli.main import cli
    from dialogue_game.cli.output import guarded

    return guarded(cli, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
