"""A paper on a terminal: headings, sentences, and tables that become lists where they are too wide."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.present.document.model import Chart, Document, Grid, Part, for_readers
from uppfoljning.present.escape import one_line
from uppfoljning.present.layout import GAP, LayoutColumn, laid, widths
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

_FIGURES = ("tal", "andel")


def paper_text(paper: Document, room: int | None) -> Iterator[TextLine]:
    """The paper in lines of at most `room` cells."""
    yield from folded(paper.title, room, style="title")
    yield from folded(paper.when, room, style="quiet")
    yield BLANK
    yield from folded(paper.answer, room)
    for part in paper.parts:
        yield from _part(part, room)
    yield BLANK
    for said in paper.foot:
        yield from folded(said, room, style="quiet")


def _part(part: Part, room: int | None) -> Iterator[TextLine]:
    yield BLANK
    yield from folded(" ".join(filter(None, (part.heading, part.status))), room, style="title")
    for said in (*part.sentences, *(f"”{said}”" for said in part.free)):
        yield from folded(said, room, 2)
    for block in part.blocks:
        yield from _grid(block.grid if isinstance(block, Chart) else block, part.heading, room)
    for inner in part.parts:
        yield from _part(inner, room)


def _grid(grid: Grid, heading: str, room: int | None) -> Iterator[TextLine]:
    view = for_readers(grid)
    if not view.columns:
        return
    columns = [LayoutColumn(one.name, right=one.kind in _FIGURES, folds=one.kind not in _FIGURES) for one in view.columns]
    rows = [[one_line(cell.shown) for cell in row] for row in view.rows]
    if grid.title != heading:
        yield from folded(grid.title, room, 2)
    sizes = widths(columns, rows, None if room is None else room - 2)
    for row in [[column.name for column in columns], *rows] if sizes is not None else []:
        yield from (plain(f"  {GAP.join(line)}".rstrip()) for line in laid(columns, row, sizes or ()))
    for row in rows if sizes is None else []:
        yield from folded(row[0], room, 2)
        for column, cell in zip(columns[1:], row[1:], strict=True):
            yield from folded(f"{column.name}: {cell}", room, 4)
    if grid.note:
        yield from folded(grid.note, room, 2, "quiet")
