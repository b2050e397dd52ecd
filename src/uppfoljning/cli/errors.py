"""The one door of the program: runs a command line and turns whatever happens into an exit status."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import errorcode
from pathlib import Path
from traceback import walk_tb

import typer
from typer.main import get_command

from uppfoljning.cli import machine, streams
from uppfoljning.cli.misuse import is_no_arguments, translate, where_to_read

PROGRAM = "uppfoljning"
DEBUG = "--felsok"
DEBUG_VARIABLE = "UPPFOLJNING_FELSOK"

NOWHERE = "svaret har ingenstans att ta vägen, för standard ut är stängd. Kör utan >&-, eller med > FIL."

MISUSE, FAULT, INTERRUPTED, PIPE_CLOSED = 2, machine.FAULT, machine.INTERRUPTED, 141


def run_guarded(load: Callable[[], typer.Typer], argv: Sequence[str]) -> int:
    """Runs the command line and gives its exit status: that of the command, or the ones named above.

    `load` yields the program, so that a fault while importing it is met here too. A reader that went away (`| head`) is 141,
    as for any program, so that a cut listing never passes for a sound one. What the machine cannot do is 1, told in words.
    """
    streams.make_safe()
    arguments, debug = _take_debug(argv)
    try:
        with _ended_as_interrupted():
            if sys.stdout is None:
                raise machine.Cannot(NOWHERE)
            status = _status(load(), arguments)
            sys.stdout.flush()
            return status
    except BrokenPipeError:
        streams.let_go(sys.stdout)
        return PIPE_CLOSED
    except typer.Abort:
        return machine.interrupted()
    except BaseException as error:
        machine.reserve.clear()
        if debug and isinstance(error, Exception):
            from traceback import print_exception

            print_exception(error)
        status_of_machine = machine.told(error)
        if status_of_machine is not None:
            return status_of_machine
        if not isinstance(error, Exception):
            raise
        report_fault(error, debug)
        return FAULT


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Has a request of the system to end (TERM) come as an interruption, so that what was begun is taken away."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGTERM"):
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
    """One line without a word of the user's data; the traceback is only for those who ask for it."""
    cause = f" ({errorcode.get(error.errno or 0, '?')})" if isinstance(error, OSError) else ""
    remedy = "" if debug else f" Kör igen med {DEBUG} för att se mer, och anmäl felet."
    machine.say(f"fel i programmet: {type(error).__name__}{cause}{_place(error)}.{remedy}")


def _place(error: BaseException) -> str:
    """The innermost line of our own that the fault passed through: ` i uppfoljning/files/tree.py:12`."""
    home = Path(__file__).resolve().parents[1]
    for frame, number in reversed(list(walk_tb(error.__traceback__))):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(home) and file != Path(__file__):
            return f" i {file.relative_to(home.parent).as_posix()}:{number}"
    return ""
