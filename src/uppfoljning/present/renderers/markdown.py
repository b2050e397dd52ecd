"""A table, and a whole paper, as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from uppfoljning.present.dead import parted
from uppfoljning.present.document.model import Chart, Column, Document, Grid, Part, for_readers
from uppfoljning.present.escape import one_line

_FIGURES = ("tal", "andel")
_DEEPEST = 6
_OPENING = re.compile(r"[-+=:]|\d+(?=[.)])")
"""What at the beginning of a line would make it a list, a heading or a rule."""


def markdown_table(grid: Grid) -> str:
    """What readers see of a table, figures to the right."""
    view = for_readers(grid)
    head = f"| {' | '.join(escaped(column.name) for column in view.columns)} |\n"
    rule = f"|{'|'.join(map(_rule, view.columns))}|\n"
    return head + rule + "".join(f"| {' | '.join(escaped(cell.shown) for cell in row)} |\n" for row in view.rows)


def _rule(column: Column) -> str:
    return "---:" if column.kind in _FIGURES else "---"


def escaped(text: str) -> str:
    """User text that Markdown and HTML leave as it is, and where no service calls on anybody or links to anything."""
    said = "".join(f"`{piece}`" if live else _plain(piece) for piece, live in parted(one_line(text)))
    # GitLab and many helpers take a line that begins so for a command.
    return f"\\{said}" if said.startswith("/") else said


def escaped_html(text: str) -> str:
    """The same where Markdown lets HTML be written."""
    return "".join(f"<code>{html.escape(piece)}</code>" if live else html.escape(piece) for piece, live in parted(one_line(text)))


def _plain(text: str) -> str:
    for sign in "\\`*_[]|~#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def paragraph(text: str) -> str:
    """User text as a paragraph of its own: no sign at its beginning makes it something else."""
    said = escaped(text)
    if (opening := _OPENING.match(said)) is None:
        return said
    at = opening.end() if opening[0].isdigit() else 0
    return f"{said[:at]}\\{said[at:]}"


def markdown_paper(paper: Document) -> str:
    """A whole paper: the title, the answer, the parts with their tables, and what it was made from."""
    pieces = [f"# {escaped(paper.title)}", paragraph(_capital(paper.when)), paragraph(paper.answer)]
    for part in paper.parts:
        pieces += _part(part, 2)
    return "\n\n".join([*pieces, "---", *map(paragraph, paper.foot)]) + "\n"


def _part(part: Part, level: int) -> Iterator[str]:
    status = f" – {part.status}" if part.status else ""
    yield f"{'#' * min(level, _DEEPEST)} {escaped(part.heading + status)}"
    yield from map(paragraph, part.sentences)
    yield from (f"> {paragraph(said)}" for said in part.free)
    for block in part.blocks:
        if isinstance(block, Chart):
            yield paragraph(block.alt)
        yield from _grid(block.grid if isinstance(block, Chart) else block, part.heading)
    for inner in part.parts:
        yield from _part(inner, level + 1)


def _grid(grid: Grid, heading: str) -> Iterator[str]:
    if for_readers(grid).columns:
        if grid.title != heading:
            yield f"**{escaped(grid.title)}**"
        yield markdown_table(grid).removesuffix("\n")
        if grid.note:
            yield paragraph(grid.note)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# A page of Markdown that stays below a number of bytes, and the cells of its tables.


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
