"""The one door of the program: runs a command line and turns whatever happens into an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from errno import errorcode
from pathlib import Path
from traceback import walk_tb

import typer
from typer.main import get_command

from uppfoljning.cli import streams
from uppfoljning.cli.misuse import is_no_arguments, translate, where_to_read

PROGRAM = "uppfoljning"
DEBUG = "--felsok"
DEBUG_VARIABLE = "UPPFOLJNING_FELSOK"

MISUSE, FAULT, INTERRUPTED, PIPE_CLOSED = 2, 3, 130, 141


def run(load: Callable[[], typer.Typer], argv: Sequence[str]) -> int:
    """Runs the command line and gives its exit status: that of the command, or the ones named above.

    `load` yields the program, so that a fault while importing it is met here too. A reader that went away (`| head`) is 141,
    as for any program, so that a cut listing never passes for a sound one.
    """
    streams.make_safe()
    arguments, debug = _take_debug(argv)
    try:
        status = _status(load(), arguments)
        if sys.stdout:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        streams.let_go(sys.stdout)
        return PIPE_CLOSED
    except (KeyboardInterrupt, typer.Abort):
        return interrupted()
    except Exception as error:
        report_fault(error, debug)
        if isinstance(error, OSError):
            streams.let_go(sys.stdout)
        return FAULT


def interrupted() -> int:
    """Say that the user stopped it; the exit status."""
    print("Avbrutet.", file=sys.stderr)
    return INTERRUPTED


def _status(app: typer.Typer, arguments: list[str]) -> int:
    command = get_command(app)
    try:
        with command.make_context(PROGRAM, arguments) as ctx:
            result = command.invoke(ctx)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        if is_no_arguments(error):
            print(error.message)
            return MISUSE
        print("\n".join(filter(None, (f"fel: {translate(error)}", where_to_read(error)))), file=sys.stderr)
        return MISUSE
    return result if isinstance(result, int) else 0


def _take_debug(argv: Sequence[str]) -> tuple[list[str], bool]:
    """Takes the debug flag out wherever it stands: who has just met a fault writes it last."""
    end = argv.index("--") if "--" in argv else len(argv)
    before = [word for word in argv[:end] if word != DEBUG]
    wanted = len(before) < end or os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")
    return [*before, *argv[end:]], wanted


def report_fault(error: Exception, debug: bool) -> None:
    """One line without a word of the user's data; the traceback only for those who ask for it."""
    if debug:
        from traceback import print_exception

        print_exception(error)
    cause = f" ({errorcode.get(error.errno or 0, '?')})" if isinstance(error, OSError) else ""
    remedy = "" if debug else f" Kör igen med {DEBUG} för att se mer, och anmäl felet."
    print(f"fel i programmet: {type(error).__name__}{cause}{_place(error)}.{remedy}", file=sys.stderr)


def _place(error: Exception) -> str:
    """The innermost line of our own that the fault passed through: ` i uppfoljning/files/tree.py:12`."""
    home = Path(__file__).resolve().parents[1]
    for frame, number in reversed(list(walk_tb(error.__traceback__))):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(home) and file != Path(__file__):
            return f" i {file.relative_to(home.parent).as_posix()}:{number}"
    return ""
