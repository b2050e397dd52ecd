"""Where the program begins."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from uppfoljning.cli.door import run

if TYPE_CHECKING:
    import typer


def main(argv: list[str] | None = None) -> int:
    """Runs a command line, `sys.argv` if none is given, and gives its exit status."""
    words = sys.argv[1:] if argv is None else argv

    def load() -> typer.Typer:
        from uppfoljning.cli.app import app_for

        return app_for(words)

    return run(load, words)


def entry() -> None:
    """The `uppfoljning` command."""
    # Reading makes many values and no circles of them, and the process soon ends: looking for circles only takes time.
    gc.disable()
    sys.exit(main())
