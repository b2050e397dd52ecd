"""A table as CSV: as Swedish Excel wants it, or plain for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.files.text import ascii_name
from uppfoljning.present.document.model import Cell, Column, Document, Grid, for_programs, is_withheld
from uppfoljning.present.document.tables import tables_of
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import figure

BYTE_ORDER_MARK = "\ufeff"
DECIMALS = 4
_FORMULA_SIGNS = ("=", "+", "-", "@")


class Dialect(NamedTuple):
    """How a file of rows is written. `begins` is its first sign, `point` the decimal sign."""

    begins: str
    between: str
    point: str


SWEDISH = Dialect(BYTE_ORDER_MARK, ";", ",")
"""`;`, decimal comma, CRLF and a byte order mark, as Swedish Excel wants it."""
STANDARD = Dialect("", ",", ".")
"""RFC 4180, UTF-8 without a mark, decimal point."""


def csv_text(grid: Grid, dialect: Dialect = SWEDISH) -> str:
    """The data of a table. No cell can become a formula."""
    view = for_programs(grid)
    head = (column.name for column in view.columns)
    return rows_text([head, *(csv_row(view.columns, row, dialect) for row in view.rows)], dialect)


def csv_files(paper: Document, dialect: Dialect = SWEDISH) -> dict[str, bytes]:
    """A file for each table of a paper, by its name."""
    return {f"{ascii_name(grid.id)}.csv": csv_text(grid, dialect).encode() for grid in tables_of(paper)}


def rows_text(rows: Iterable[Iterable[str]], dialect: Dialect = SWEDISH) -> str:
    """Finished cells as a file."""
    out = io.StringIO()
    csv.writer(out, delimiter=dialect.between, lineterminator="\r\n").writerows(rows)
    return dialect.begins + out.getvalue()


def csv_row(columns: Sequence[Column], row: Sequence[Cell], dialect: Dialect = SWEDISH) -> list[str]:
    """The cells of a row, each by its column."""
    return [_cell(column, cell, dialect) for column, cell in zip(columns, row, strict=True)]


def _cell(column: Column, cell: Cell, dialect: Dialect) -> str:
    value = cell.value
    if isinstance(value, (int, Fraction)):
        of = value * 100 if column.kind == "andel" else value
        return figure(of, decimals=DECIMALS).replace(" ", "").replace("−", "-").replace(",", dialect.point)
    if value is None:
        return cell_text(cell.shown) if dialect == SWEDISH and is_withheld(cell) else ""
    return cell_text(str(value))


def cell_text(text: str) -> str:
    """Text as a cell; what a spreadsheet would run as a formula begins with an apostrophe."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
