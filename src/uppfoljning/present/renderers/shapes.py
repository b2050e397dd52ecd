"""The colours that go with the shapes of a status: pale, so that dark text on them is easy to read."""

from __future__ import annotations

from uppfoljning.present.document.model import Cell

TINTS = {"■": "F8C9C9", "▲": "FFF2B3", "●": "CDECCD", "○": "E3E3E3"}
"""Red, green, blue as in a web page. A shape that is not here has no colour; the word is always there."""
BAR = "9DC3E6"
HEAD = "DCE6F1"


def tint(cell: Cell) -> str:
    """The colour of a status, or nothing."""
    return TINTS.get(cell.shown[:1], "")
