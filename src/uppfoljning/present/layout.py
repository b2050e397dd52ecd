"""Text in columns: widths by content, long words folded, figures never broken. Knows no terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uppfoljning.present.escape import one_line

GAP = "  "
_SURELY = 4
ANY_WIDTH = 10**9
_FIGURE = re.compile(r"[(„”+−-]*\d+(?:[.,:]\d+)*")
_SEAM = re.compile(r"[/_]|-(?!\d)")
_ONE_CELL = frozenset(map(chr, range(0x20, 0x300))) | frozenset("–—…▓░●▲■○·−”“’│•")
_BEFORE_A_FIGURE = ("av", "v.", "ca", "minst", "högst", "rad")


class LayoutColumn(NamedTuple):
    """A column's heading and how it is laid: figures and states keep their width, `folds` may be narrowed to `least`."""

    name: str
    right: bool = False
    folds: bool = False
    least: int = 16


def width(text: str) -> int:
    """How many cells a text takes on a terminal."""
    if text.isascii() or _ONE_CELL.issuperset(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fold(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` cells, broken between words, or within one that is longer than a line.

    A figure keeps its thousands, its unit and what it is counted of (`1 412 av 2 000`) as long as they fit on a line together.
    """
    lines: list[list[str]] = [[]]
    taken = 0
    for part in _parts(one_line(text), room):
        size = width(part)
        if lines[-1] and taken + 1 + size > room:
            lines.append([])
        taken = taken + 1 + size if lines[-1] else size
        lines[-1].append(part)
    return [" ".join(line) for line in lines]


def packed(parts: Sequence[str], room: int) -> list[str]:
    """Parts divided by `·`, in lines of at most `room` cells; one is broken only where it is longer than a line."""
    lines: list[str] = []
    line = ""
    for at, part in enumerate(parts):
        piece = part if at == len(parts) - 1 else f"{part} ·"
        if line and width(line) + 1 + width(piece) > room:
            lines.append(line)
            line = ""
        *full, rest = fold(piece, room) if width(piece) > room else [piece]
        lines += full
        line = f"{line} {rest}".strip()
    return [*lines, line] if line else lines


def _parts(text: str, room: int) -> Iterator[str]:
    """What may not be broken, each at most `room` wide."""
    for together in _together(text.split()):
        for part in (together,) if width(together) <= room else together.split(" "):
            done = 0
            # What is much longer than a line is so without being measured, which would take as long for each line of it.
            while len(part) - done > _SURELY * room or width(part[done:]) > room:
                rest = part[done : done + _SURELY * room]
                done += (cut := _break(rest, fitting(rest, room)))
                yield rest[:cut]
            if done < len(part):
                yield part[done:]


def _together(words: list[str]) -> Iterator[str]:
    """Words joined where a line may not end: after a figure, before one, and before the sign that divides remarks."""
    kept: list[str] = []
    for word in words:
        if kept and not (word == "·" or _FIGURE.fullmatch(kept[-1]) or (kept[-1] in _BEFORE_A_FIGURE and word[0].isdigit())):
            yield " ".join(kept)
            kept.clear()
        kept.append(word)
    if kept:
        yield " ".join(kept)


def _break(word: str, most: int) -> int:
    """Where a word too long for a line is broken: after a slash or hyphen in the later half of what fits, else at its end."""
    seams = [match.end() for match in _SEAM.finditer(word, 0, most) if match.end() > most // 2]
    return seams[-1] if seams else most


def fitting(text: str, room: int) -> int:
    """How many signs of a text fit in `room` cells; at least one."""
    cut = max(1, min(len(text), room))
    while cut > 1 and width(text[:cut]) > room:
        cut -= 1
    return cut


def pad(text: str, room: int, *, right: bool = False) -> str:
    """A text filled up with spaces."""
    spaces = " " * max(0, room - width(text))
    return spaces + text if right else text + spaces


def widths(columns: Sequence[LayoutColumn], rows: Sequence[Sequence[str]], room: int | None) -> list[int] | None:
    """The width of each column, or None when the figures do not fit in `room` cells (None: any width)."""
    natural = [max([width(column.name), *(width(row[at]) for row in rows)]) for at, column in enumerate(columns)]
    if room is None:
        return natural
    over = sum(natural) + len(GAP) * (len(columns) - 1) - room
    for at, column in enumerate(columns):
        if over > 0 and column.folds:
            given = min(over, max(0, natural[at] - column.least))
            natural[at] -= given
            over -= given
    return natural if over <= 0 else None


def laid(columns: Sequence[LayoutColumn], row: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    """A row as lines of padded cells; what is folded goes on below."""
    folded = [fold(cell, size) if column.folds else [cell] for column, cell, size in zip(columns, row, sizes, strict=True)]
    height = max(len(cell) for cell in folded)
    return [
        [
            pad(cell[line] if line < len(cell) else "", size, right=column.right)
            for column, cell, size in zip(columns, folded, sizes, strict=True)
        ]
        for line in range(height)
    ]
