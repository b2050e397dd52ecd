"""What of a paper may be published: no words that people wrote freely, nothing that points at who reported, no small counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from uppfoljning.present.paper.model import Cell, Chart, Column, Grid, Paper, Part, grids, reading
from uppfoljning.present.paper.suppression import Unit, Why, hidden
from uppfoljning.present.safe import covered
from uppfoljning.present.status.people import small

FEW = "färre än 5"
HIDDEN = "dold"
NOTE = (
    f"Antal personer från 1 till 4 visas som ”{FEW}”. Siffror som de skulle gå att räkna ut ur visas som ”{HIDDEN}”. "
    "Det är för att ingen ska gå att känna igen."
)
NOT_TOLD = "Läget för varje åtagande står nedan. Några lägen visas inte, eftersom de skulle röja ett litet antal personer."

_POINTING = ("fil", "rad", "i git")
"""Columns that lead to who wrote something: the file, its row, the commit."""
_COUNTS = ("hittills", "utfall", "nått", "utfall vid förra avläsningen")
"""Columns whose figure is the count of people itself. Whether another figure happens to be equal to it must not be seen."""
_KEPT_BACK = ("underlag", "iakttagelser")
"""Tables that are not published at all: what each report adds, and what was seen on a day at a place, which is nothing without
the words it was told in."""
_TOLD_BY_WORDS = "avvikelser"
"""A table whose reader's columns are mostly people's own words: its fixed words take their place."""


def public(paper: Paper) -> Paper:
    """The paper as anyone may read it, in any face: it is the model that is changed, and nothing hidden is left in it."""
    hid = hidden(_units(grids(paper.parts)))
    parts = tuple(_part(part, hid) for part in paper.parts)
    untold = any(small(part.telling) for part in _every(paper.parts))
    kept = tuple(part for part in parts if part.sentences or part.blocks or part.parts or part.status)
    published: Paper = _covered(paper._replace(parts=kept, answer=NOT_TOLD if untold else paper.answer))
    return published


def _every(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _every(part.parts)


def _units(tables: Iterable[Grid]) -> Iterator[Unit]:
    """What the cells of the tables tell of, in the order of the paper: a total stands before its months, and is rather shown."""
    for grid in tables:
        if grid.id not in _KEPT_BACK:
            for row in grid.rows:
                for column, cell in zip(grid.columns, row, strict=True):
                    if cell.people and column.kind not in ("status", "fritext"):
                        yield cell.people


def _part(part: Part, hid: Mapping[Unit, Why]) -> Part:
    sentences = part.sentences
    status = part.status
    if small(part.telling):
        sentences, status = tuple(said for said in sentences if status not in said), ""
    blocks = [_chart(block, hid) if isinstance(block, Chart) else _grid(block, hid) for block in part.blocks]
    return part._replace(
        sentences=sentences,
        blocks=tuple(block for block in blocks if block is not None),
        parts=tuple(_part(inner, hid) for inner in part.parts),
        free=(),
        status=status,
        telling=(),
    )


def _chart(chart: Chart, hid: Mapping[Unit, Why]) -> Chart | None:
    """A chart whose hidden points are left out; none where all that was reached is hidden. Its sentence then tells no figure."""
    grid = _grid(chart.grid, hid)
    if grid is None or not _hides(chart.grid, hid):
        return None if grid is None else chart._replace(grid=grid)
    if all(row[1].value is None for row in grid.rows):
        return None
    return chart._replace(alt=f"{grid.title}. Månader med små antal personer visas inte.", grid=grid)


def _grid(grid: Grid, hid: Mapping[Unit, Why]) -> Grid | None:
    """A table without what may not be published; none where it is kept back as a whole."""
    if grid.id in _KEPT_BACK:
        return None
    places = [at for at, column in enumerate(grid.columns) if _is_published(column)]
    columns = [grid.columns[at] for at in places]
    rows = [[_cell(grid.columns[at], row[at], hid) for at in places] for row in grid.rows]
    if grid.id == _TOLD_BY_WORDS:
        columns, rows = _told_by_words(columns, rows)
    note = " ".join(filter(None, (grid.note, NOTE if _hides(grid, hid) else "")))
    return grid._replace(columns=tuple(columns), rows=tuple(map(tuple, rows)), note=note)


def _is_published(column: Column) -> bool:
    return column.kind != "fritext" and column.name.casefold() not in _POINTING


def _told_by_words(columns: list[Column], rows: list[list[Cell]]) -> tuple[list[Column], list[list[Cell]]]:
    """State and reason for readers too, after what they read already."""
    places = [at for at, column in enumerate(columns) if column.name in ("läge", "skäl")]
    after = sum(column.read for column in columns)
    told = [reading(columns[at].name.capitalize()) for at in places]
    return columns[:after] + told + columns[after:], [row[:after] + [row[at] for at in places] + row[after:] for row in rows]


def _hides(grid: Grid, hid: Mapping[Unit, Why]) -> bool:
    pairs = (pair for row in grid.rows for pair in zip(grid.columns, row, strict=True))
    return any(_is_published(column) and _is_hidden(column, cell, hid) for column, cell in pairs)


def _is_hidden(column: Column, cell: Cell, hid: Mapping[Unit, Why]) -> bool:
    return bool(small(cell.people)) if column.kind == "status" else cell.people in hid


def _cell(column: Column, cell: Cell, hid: Mapping[Unit, Why]) -> Cell:
    """A cell as it is published; the single counts behind a figure name reports, so they never are.

    A dash is hidden as a figure is: that there is no pace or no need any more may follow from the count.
    """
    if not _is_hidden(column, cell, hid):
        return cell._replace(people=())
    counted = column.kind == "tal" and column.name.casefold() in _COUNTS
    return Cell(None, FEW if counted and hid.get(cell.people) == "liten" else HIDDEN)


def _covered(value: Any) -> Any:
    """Every text within, however deep, with what could point at a person covered."""
    if isinstance(value, str):
        return covered(value)
    if not isinstance(value, tuple):
        return value
    inner = map(_covered, value)
    make: Callable[..., Any] = getattr(type(value), "_make", tuple)
    return make(inner)
