"""Text in columns: widths by content, long words folded, figures never broken. Knows no terminal."""

from __future__ import annotations

from typing import NamedTuple
from collections.abc import Sequence

GAP = "  "


class Column(NamedTuple):
    """A column's heading and how it is laid: figures and states keep their width, `folds` may be narrowed to `least`."""

    name: str
    right: bool = False
    folds: bool = False
    least: int = 16


def width(text: str) -> int:
    """How many cells a text takes on a terminal."""
    if all("\x20" <= sign <= "\u02ff" or sign in "–—…▓░●▲■○·−”“’│" for sign in text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fold(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` cells, broken between words, or within one that is longer than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        while width(word) > room:
            if line:
                lines.append(line)
                line = ""
            cut = next(at for at in range(len(word), 0, -1) if at == 1 or width(word[:at]) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        if line and width(line) + 1 + width(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line or not lines else lines


def pad(text: str, room: int, *, right: bool = False) -> str:
    """A text filled up with spaces."""
    spaces = " " * max(0, room - width(text))
    return spaces + text if right else text + spaces


def widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None) -> list[int] | None:
    """The width of each column, or None when the figures do not fit in `room` cells (None: any width)."""
    natural = [max(width(column.name), *(width(row[at]) for row in rows)) if rows else width(column.name) for at, column in enumerate(columns)]
    if room is None:
        return natural
    over = sum(natural) + len(GAP) * (len(columns) - 1) - room
    for at, column in enumerate(columns):
        if over > 0 and column.folds:
            given = min(over, max(0, natural[at] - column.least))
            natural[at] -= given
            over -= given
    return natural if over <= 0 else None


def laid(columns: Sequence[Column], row: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    """A row as lines of padded cells; what is folded goes on below."""
    folded = [fold(cell, size) if column.folds else [cell] for column, cell, size in zip(columns, row, sizes, strict=True)]
    height = max(len(cell) for cell in folded)
    return [
        [pad(cell[line] if line < len(cell) else "", size, right=column.right) for column, cell, size in zip(columns, folded, sizes, strict=True)]
        for line in range(height)
    ]
