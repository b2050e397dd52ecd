"""A page of Markdown that stays below a number of bytes, and the cells of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.markdown import escaped

_LONGEST_CELL = 300


class Page:
    """Text that stays below a number of bytes: what does not fit is counted and left out."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._pieces: list[str] = []
        self.lost = 0

    def add(self, text: str) -> bool:
        """Takes a text where it fits."""
        fits = (size := len(text.encode())) <= self._room
        self._room -= size if fits else 0
        self.lost += not fits
        self._pieces += [text] if fits else []
        return fits

    def block(self, opening: str, lines: Sequence[str], closing: str = "") -> None:
        """Takes lines between two texts, which both are there or neither."""
        reserved = len(closing.encode())
        self._room -= reserved
        if lines and self.add(opening):
            for line in lines:
                self.add(line)
            self._pieces.append(closing)
        else:
            self._room += reserved
            self.lost += max(0, len(lines) - 1)

    def text(self) -> str:
        """The whole."""
        return "".join(self._pieces)


def cell(text: str) -> str:
    """User text in a cell: harmless, and never so long that it drowns the rest."""
    text = one_line(text)
    return escaped(text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…")
