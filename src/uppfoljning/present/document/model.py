"""The one model of what is shown: a paper of parts, each with sentences, tables and charts. A face only draws it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, figure, percent

Kind = Literal["text", "fritext", "tal", "andel", "datum", "status"]
"""What a column holds. `fritext` is what people wrote freely and is never published; `andel` is a ratio, shown as percent."""

Value = str | int | Fraction | date | None


class Column(NamedTuple):
    """A column: its heading, what it holds, and whom it is for: readers of a page, data for a program or workbook, or both.

    A reader is served by `13 av 14` in one cell, a program by 13 and 14 in two.
    """

    name: str
    kind: Kind = "text"
    read: bool = True
    data: bool = True


def reading(name: str, kind: Kind = "text") -> Column:
    """A column for readers only."""
    return Column(name, kind, data=False)


def data(name: str, kind: Kind = "text") -> Column:
    """A column for programs and workbooks only; the heading of a share ends in `procent`, since that is what a program reads."""
    return Column(name, kind, read=False)


def carried(name: str, kind: Kind = "text") -> Column:
    """A column for neither: what whoever puts the figures in words must know, shown nowhere itself."""
    return Column(name, kind, read=False, data=False)


class PeopleCount(NamedTuple):
    """A single count of people. It is never shown, nor is the id."""

    id: str
    value: Number


Sum = frozenset[PeopleCount]
"""Single counts that a figure is the sum of."""


class Cell(NamedTuple):
    """A value and how a reader sees it. `public` is both as anyone may see them, where that is something else."""

    value: Value
    shown: str
    public: tuple[Value, str] | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it is a number that a workbook can reckon with."""
        return isinstance(self.value, (int, Fraction))


class Grid(NamedTuple):
    """A table: `id` names its sheet or file, `title` is its caption, `note` stands below it. Every row has a cell a column.

    Tables of one kind, such as `moment` of each commitment, begin their ids with the same word. `of` tells them apart where they
    are put together in one sheet or file: names of columns, each with the value of all rows.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    of: tuple[tuple[str, str], ...] = ()

    @property
    def family(self) -> str:
        """The kind of table it is."""
        return self.id.partition(" ")[0]


class Chart(NamedTuple):
    """A picture of a table, which stands below it. `alt` says in a sentence what it shows.

    `utveckling`: the table's rows are points in time; its second column is what was reached so far, its third what was planned.
    `kalender`: rows are weekdays, the columns after the first hours. `staplar`: a bar for each row, by its second column.
    `serie`: rows are months, the last column says `före`, `efter` or `räknas inte`, and those between are lines.
    """

    kind: Literal["utveckling", "kalender", "staplar", "serie"]
    title: str
    alt: str
    grid: Grid


class Part(NamedTuple):
    """A section: heading, sentences, then tables and charts in order, its own parts. `free` is people's own words."""

    id: str
    heading: str
    sentences: tuple[str, ...] = ()
    blocks: tuple[Grid | Chart, ...] = ()
    parts: tuple[Part, ...] = ()
    free: tuple[str, ...] = ()
    status: str = ""
    """A status word with its shape, shown beside the heading."""
    untold: bool = False
    """Whether the status may not be published."""
    public: tuple[str, ...] | None = None
    """The sentences as anyone may read them, where those are others."""


class Document(NamedTuple):
    """A whole document: title, what time it is about, the answer first, the parts, and what it was made from.

    `as_of` dates the file, `command` makes it anew, `about` says in sentences what the matter is to who has not seen the plan.
    """

    title: str
    when: str
    answer: str
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    as_of: date = date(1980, 1, 1)
    command: str = ""
    about: tuple[str, ...] = ()


class ShownColumns(NamedTuple):
    """The columns of a table that are for someone, with the cells of every row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def for_readers(grid: Grid) -> ShownColumns:
    """What a page shows of a table."""
    return _kept(grid, [at for at, column in enumerate(grid.columns) if column.read])


def for_programs(grid: Grid) -> ShownColumns:
    """What a workbook or a file for programs holds of a table."""
    return _kept(grid, [at for at, column in enumerate(grid.columns) if column.data])


def is_withheld(cell: Cell) -> bool:
    """Whether there is a value that is not told, with words in its place; unknown is something else."""
    return cell.value is None and cell.shown not in ("", UNKNOWN)


def stacked(first: Grid, *others: Grid) -> Grid:
    """The data of tables with the same columns for programs, one below the other."""
    view = for_programs(first)
    rows = [*view.rows, *(row for other in others for row in for_programs(other).rows)]
    return first._replace(columns=view.columns, rows=tuple(rows))


def beside(column: Column, cells: Iterable[Cell], grid: Grid) -> Grid:
    """The same table with a column before the others."""
    rows = tuple((cell, *row) for cell, row in zip(cells, grid.rows, strict=True))
    return grid._replace(columns=(column, *grid.columns), rows=rows)


def _kept(grid: Grid, places: list[int]) -> ShownColumns:
    columns = tuple(grid.columns[at] for at in places)
    return ShownColumns(columns, tuple(tuple(row[at] for at in places) for row in grid.rows))


@lru_cache(maxsize=1 << 14)
def text(value: str) -> Cell:
    """A cell of words. The same few stand in most rows of a long table, so each is made once."""
    value = one_line(value)
    return Cell(value, value)


def number(value: Number | None, shown: str = "") -> Cell:
    """A cell with a number; unknown is nothing to a machine and a dash to a reader."""
    return Cell(value, shown or figure(value))


def share(value: Fraction | None, *limits: Number) -> Cell:
    """A cell with a ratio, read as percent, with the decimals that tell it from the limits."""
    return Cell(value, percent(value, *limits))


def day(value: date | None) -> Cell:
    """A cell with a day."""
    return Cell(value, UNKNOWN if value is None else value.isoformat())


def grids(parts: Iterable[Part]) -> list[Grid]:
    """Every table of some parts, those under charts too, in order."""
    found = []
    for part in parts:
        found += [block.grid if isinstance(block, Chart) else block for block in part.blocks]
        found += grids(part.parts)
    return found
