"""Owns stderr and the exit codes: results go to stdout, messages go here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from io import StringIO
from pathlib import Path
from typing import Final, TextIO

import click

from dialogue_game.errors import ContentInvalid, DialogueGameError, NotFound


class ExitCode(IntEnum):
    """What the program says as it leaves."""

    FINE = 0
    """All went well."""
    FINDINGS = 1
    """`check` found errors, or a story cannot be played because of them."""
    USAGE = 2
    """The command was not understood, or names something that is not there."""
    OUR_FAULT = 3
    """A fault in the program; the message names the log file."""
    INTERRUPTED = 130
    """Ctrl-C."""
    HUNG_UP = 129
    """The terminal was closed, or SIGHUP came."""
    TERMINATED = 143
    """SIGTERM."""


WHAT_IS_KEPT: Final = "What is kept is shown by: dialogue-game history"


def say(text: str) -> None:
    """One line of talk, on stderr, without what a stranger's file could command a terminal with."""
    try:
        from dialogue_game.app.invocation import with_program_name
        from dialogue_game.core.text import safe

        sys.stderr.write(safe(with_program_name(text)) + "\n")
        sys.stderr.flush()
    except OSError:
        _discard_output(sys.stderr)
    except (UnicodeError, ValueError):
        return


def confirm(question: str) -> bool:
    """Ask before something that cannot be undone; no answer is a no, and Ctrl-C is Ctrl-C."""
    try:
        return click.confirm(question, err=True)
    except click.Abort as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise
        say("\nThere was no answer. With --yes nothing is asked.")
        return False


def put(pieces: Iterable[str], file: Path | None, *, force: bool = False) -> None:
    """Pieces of text to a file, or to the output where none is named. Raises FileInTheWay."""
    if file is None or str(file) == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return
    from dialogue_game.app.files import put_file

    put_file(file, pieces, force=force)
    say(f"Wrote {file}.")


def put_json(data: object) -> None:
    """A value as one line of JSON, on stdout."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False))


def run_guarded(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command so that no traceback reaches anyone; the exit code."""
    _open_streams()
    _plain_encoding()
    if os.environ.get("_DIALOGUE_GAME_COMPLETE", "").startswith("powershell"):
        from dialogue_game.cli.parameters import complete_for_powershell

        complete_for_powershell()
    try:
        result = command.main(
            list(arguments), prog_name="dialogue-game", standalone_mode=False
        )
        sys.stdout.flush()  # what cannot be written is found out here, not as Python leaves
        return _code(result)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt) as interrupted:
        _say_stopped(interrupted)
        return ExitCode.INTERRUPTED
    except SystemExit as leaving:
        return _exit_after_signal(leaving)
    except click.ClickException as error:
        say(_usage(error))
        return ExitCode.USAGE
    except ContentInvalid as error:
        return _invalid(error)
    except NotFound as error:
        say(_error_text(error))
        return ExitCode.USAGE
    except BrokenPipeError:
        return _pipe_closed()
    except DialogueGameError as error:
        say(_error_text(error))
        return ExitCode.USAGE
    except Exception as error:  # the last door: everything else is our fault
        return _not_written(error) or report_crash(error)


@contextmanager
def stopping_with(advice: Callable[[], str]) -> Iterator[None]:
    """What a signal or Ctrl-C stops here is left with this advice, where there is some."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as stopped:
        if text := advice():
            stopped.add_note(text)
        raise


def _say_stopped(stopped: BaseException) -> None:
    """Say that it stopped, and what is advised: a note on what stopped it, or on its cause."""
    cause = stopped.__cause__ or stopped  # click's Abort comes from a KeyboardInterrupt
    advice = getattr(cause, "__notes__", [WHAT_IS_KEPT])
    say(" ".join(["Stopped.", *advice]))


def _usage(error: click.ClickException) -> str:
    """What click says of a command that was not understood, with the way to its help."""
    text = StringIO()
    error.show(text)
    return text.getvalue().rstrip("\n")


def report_crash(error: BaseException) -> int:
    """Write a log that can be pasted into a report, and say one sentence."""
    kept = _log(error)
    where = f"Details are in {kept}." if kept else "No log could be written."
    say(f"Something went wrong in dialogue-game itself, and it had to stop. {where}")
    say("What you have played is shown by: dialogue-game history")
    return ExitCode.OUR_FAULT


def _code(result: object) -> int:
    return int(result) if isinstance(result, int) else ExitCode.FINE


def _error_text(error: DialogueGameError) -> str:
    """An error's sentence and next step; its words are loaded when there is one."""
    from dialogue_game.plain.console import error_text

    return error_text(error)


def _invalid(error: ContentInvalid) -> int:
    from dialogue_game.analysis.findings import Finding
    from dialogue_game.reporting.check_report import as_text

    findings = [item for item in error.findings if isinstance(item, Finding)]
    if findings:
        say(as_text(findings))
    say(_error_text(error))
    return ExitCode.FINDINGS


def end_at_signals() -> None:
    """SIGTERM and SIGHUP clear away what was begun, as Ctrl-C does, and then end the program.

    One that is ignored (nohup) stays so. After the first, others wait: a service manager sends
    both, and the second would cut the clearing short.
    """
    import signal

    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    heard = [
        number
        for number in numbers
        if number and signal.getsignal(number) != signal.SIG_IGN
    ]

    def leave(number: int, _: object) -> None:
        for other in heard:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in heard:
        signal.signal(number, leave)
    sys.unraisablehook = _raise_again


def _raise_again(dropped: sys.UnraisableHookArgs) -> None:
    """Leave a moment later where Python dropped it: in a destructor, in the midst of an import."""
    import signal

    if not isinstance(dropped.exc_value, SystemExit | KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
    elif hasattr(signal, "setitimer"):
        leaving = dropped.exc_value

        def leave(_: int, __: object) -> None:
            raise leaving

        signal.signal(signal.SIGALRM, leave)
        signal.setitimer(signal.ITIMER_REAL, 0.05)


def _exit_after_signal(leaving: SystemExit) -> int:
    """The exit code after a signal; what cannot be written any more is dropped."""
    code = leaving.code if isinstance(leaving.code, int) else ExitCode.FINE
    if code in (ExitCode.HUNG_UP, ExitCode.TERMINATED):
        _say_stopped(leaving)
    try:
        sys.stdout.flush()
    except OSError:
        _discard_output(sys.stdout)
    return code


def _pipe_closed() -> int:
    """The reader of our output has gone; leave quietly, as other tools do."""
    _discard_output(sys.stdout)
    return ExitCode.FINE


def _discard_output(stream: TextIO) -> None:
    """Let what is written to this stream go nowhere, also as Python leaves."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _not_written(error: Exception) -> int:
    """The exit code where our output could not be written, with a sentence; 0 where it could.

    Another line fails again, which tells a full disk below our output from a fault of ours.
    """
    if not isinstance(error, OSError):
        return ExitCode.FINE
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError as again:
        say(
            f"The output could not be written: {again.strerror}. Nothing of yours is lost."
        )
        _pipe_closed()
        return ExitCode.USAGE
    return ExitCode.FINE


def _open_streams() -> None:
    """What was closed before we began reads as empty, and drops what is written to it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  stays open
            setattr(sys, name, nothing)


def _plain_encoding() -> None:
    """Never die of a character that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def _log(error: BaseException) -> Path | None:
    import platform
    import traceback
    from datetime import UTC, datetime

    from dialogue_game import __version__
    from dialogue_game.app.files import PRIVATE, write_whole
    from dialogue_game.app.settings import folders
    from dialogue_game.content.folders import make_private

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    python, machine = platform.python_version(), platform.platform()
    head = f"dialogue-game {__version__}, Python {python}, {machine}\n"
    trace = "".join(traceback.format_exception(error))
    try:
        folder = folders().log
        make_private(folder)
        file = folder / f"{stamp}.log"
        write_whole(file, [head, trace], force=True, mode=PRIVATE)
    except OSError:
        return None
    return file
