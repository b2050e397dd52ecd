"""How a command writes: the terminal's width and colour, settled once."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from typing import TextIO

from uppfoljning.present.terminal import Screen


class OutputFormat(StrEnum):
    """The formats of the reading commands."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"


def screen(stream: TextIO) -> Screen:
    """A terminal has a width and, unless NO_COLOR is set, colour; a pipe has neither, so that nothing is folded or dressed up.

    COLUMNS sets a width anywhere.
    """
    columns = os.environ.get("COLUMNS", "")
    wide = int(columns) if columns.isdigit() and int(columns) > 0 else None
    if not stream.isatty():
        return Screen(stream, max(wide, 20) if wide else None, bool(os.environ.get("FORCE_COLOR")))
    width = wide or shutil.get_terminal_size((80, 24)).columns
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(stream, max(width, 20), colour)
