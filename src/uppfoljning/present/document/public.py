"""What of a paper may be published: no words that people wrote freely, nothing that points at who reported, no small counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Part, reading
from uppfoljning.present.escape import covered
from uppfoljning.present.views.status_cells import FEW, HIDDEN

NOTE = (
    f"Antal personer är avrundade nedåt till närmaste femtal. Från 1 till 4 står ”{FEW}”, och andelar är räknade på det "
    f"avrundade. Där en siffra skulle kunna röja ett litet antal står ”{HIDDEN}”. Det är för att ingen ska gå att känna igen, "
    "inte heller när flera publiceringar läses tillsammans."
)
NOT_TOLD = "Läget för varje åtagande står nedan. Några lägen visas inte, eftersom de skulle röja ett litet antal personer."

_POINTING = ("fil", "rad", "i git")
"""Columns that lead to who wrote something: the file, its row, the commit."""
_KEPT_BACK = ("underlag", "iakttagelser")
"""Tables that are not published at all: what each report adds, and what was seen on a day at a place, which is nothing without
the words it was told in."""
_TOLD_BY_WORDS = "avvikelser"
"""A table whose reader's columns are mostly people's own words: its fixed words take their place."""


def public(paper: Document) -> Document:
    """The paper as anyone may read it, in any face: it is the model that is changed, and nothing hidden is left in it."""
    parts = tuple(map(_part, paper.parts))
    untold = any(part.untold for part in _every(paper.parts))
    kept = tuple(part for part in parts if part.sentences or part.blocks or part.parts or part.status)
    published: Document = _covered(paper._replace(parts=kept, answer=NOT_TOLD if untold else paper.answer))
    return published


def _every(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _every(part.parts)


def _part(part: Part) -> Part:
    sentences = part.sentences if part.public is None else part.public
    status = part.status
    if part.untold:
        sentences, status = tuple(said for said in sentences if status not in said), ""
    blocks = [_chart(block) if isinstance(block, Chart) else _grid(block) for block in part.blocks]
    return part._replace(
        sentences=sentences,
        blocks=tuple(block for block in blocks if block is not None),
        parts=tuple(map(_part, part.parts)),
        free=(),
        status=status,
        untold=False,
        public=None,
    )


def _chart(chart: Chart) -> Chart | None:
    """A chart; none of what is told otherwise to anyone, since its sentence and its shape would tell it."""
    grid = _grid(chart.grid)
    return None if grid is None or _hides(chart.grid) else chart._replace(grid=grid)


def _grid(grid: Grid) -> Grid | None:
    """A table without what may not be published; none where it is kept back as a whole."""
    if grid.id in _KEPT_BACK:
        return None
    places = [at for at, column in enumerate(grid.columns) if _is_published(column)]
    columns = [grid.columns[at] for at in places]
    rows = [[_cell(row[at]) for at in places] for row in grid.rows]
    if grid.id == _TOLD_BY_WORDS:
        columns, rows = _told_by_words(columns, rows)
    note = " ".join(filter(None, (grid.note, NOTE if _hides(grid) else "")))
    return grid._replace(columns=tuple(columns), rows=tuple(map(tuple, rows)), note=note)


def _is_published(column: Column) -> bool:
    return column.kind != "fritext" and column.name.casefold() not in _POINTING


def _told_by_words(columns: list[Column], rows: list[list[Cell]]) -> tuple[list[Column], list[list[Cell]]]:
    """State and reason for readers too, after what they read already."""
    places = [at for at, column in enumerate(columns) if column.name in ("läge", "skäl")]
    after = sum(column.read for column in columns)
    told = [reading(columns[at].name.capitalize()) for at in places]
    return columns[:after] + told + columns[after:], [row[:after] + [row[at] for at in places] + row[after:] for row in rows]


def _hides(grid: Grid) -> bool:
    pairs = (pair for row in grid.rows for pair in zip(grid.columns, row, strict=True))
    return any(_is_published(column) and cell.public is not None for column, cell in pairs)


def _cell(cell: Cell) -> Cell:
    """A cell as it is published."""
    return cell if cell.public is None else Cell(*cell.public)


def _covered(value: Any) -> Any:
    """Every text within, however deep, with what could point at a person covered."""
    if isinstance(value, str):
        return covered(value)
    if not isinstance(value, tuple):
        return value
    inner = map(_covered, value)
    make: Callable[..., Any] = getattr(type(value), "_make", tuple)
    return make(inner)
