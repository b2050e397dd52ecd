"""Where the program begins."""

from __future__ import annotations

import gc
import sys

try:
    # At hand from the beginning: when memory is out there is none to import it with.
    from uppfoljning.cli import machine
except KeyboardInterrupt:
    sys.stderr.write("Avbrutet.\n")
    sys.exit(130)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typer


def main(argv: list[str] | None = None) -> int:
    """Runs a command line, `sys.argv` if none is given, and gives its exit status."""
    from uppfoljning.cli.errors import run_guarded

    words = sys.argv[1:] if argv is None else argv

    def load() -> typer.Typer:
        from uppfoljning.cli.app import app_for

        return app_for(words)

    return run_guarded(load, words)


def entry() -> None:
    """The `uppfoljning` command: as `main`, but a question that has been answered is not worked out again."""
    # Reading makes many values and no circles of them, and the process soon ends: looking for circles only takes time.
    gc.disable()
    try:
        status = _answered()
        machine.deaf()
    except BaseException as error:
        # What stops the program before there is a door to meet it: while it is imported, or the answer looked for.
        machine.reserve.clear()
        machine.deaf()
        told = machine.told(error)
        if told is None and (not isinstance(error, Exception) or "--felsok" in sys.argv):
            raise
        status = machine.fault(error) if told is None else told
    # Nor when Python ends, which would go through every value and every module that there is.
    gc.freeze()
    sys.exit(status)


def _answered() -> int:
    """Answers the command line, from what is kept where that is possible; the exit status."""
    from uppfoljning.fast.doors import answer

    def ready() -> None:
        from uppfoljning.cli.preload import get_ready

        get_ready(sys.argv[1:])

    try:
        return answer(sys.argv[1:], main, ready, machine.met)
    except BrokenPipeError:
        from uppfoljning.cli.errors import PIPE_CLOSED
        from uppfoljning.cli.streams import let_go

        let_go(sys.stdout)
        return PIPE_CLOSED
    except OSError as error:
        return machine.told(error) or machine.CANNOT
