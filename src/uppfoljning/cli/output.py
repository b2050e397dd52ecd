"""How a command writes: the terminal's width and colour, settled once."""

from __future__ import annotations

import os
import shutil
import sys

from uppfoljning.present.terminal import Screen

NARROWEST = 20


def standard_output() -> Screen:
    """A terminal has a width and, unless NO_COLOR is set, colour; a pipe has neither, so that nothing is folded or dressed up.

    COLUMNS sets a width anywhere, FORCE_COLOR colour unless NO_COLOR is set.
    """
    columns = os.environ.get("COLUMNS", "")
    wide = max(int(columns), NARROWEST) if columns.isascii() and columns.isdigit() and int(columns) > 0 else None
    plain = bool(os.environ.get("NO_COLOR"))
    if not sys.stdout.isatty():
        return Screen(sys.stdout, wide, bool(os.environ.get("FORCE_COLOR")) and not plain)
    width = wide or max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)
    return Screen(sys.stdout, width, not plain and os.environ.get("TERM") != "dumb")
