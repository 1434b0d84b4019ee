"""`python -m dialogue_game` and the `dialogue-game` script."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code."""
    try:
        from dialogue_game.cli.main import cli
        from dialogue_game.cli.output import end_at_signals, run_guarded

        end_at_signals()
        return run_guarded(cli, sys.argv[1:])
    except (
        KeyboardInterrupt
    ):  # while the first modules load nothing of ours is there to say it
        sys.stderr.write("Stopped. What is kept is shown by: dialogue-game history\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
