"""The tables of a paper as JSON, with plain values: a ratio as a number, a day as text, unknown as null."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from uppfoljning.present.document.model import Cell, Document, Grid
from uppfoljning.present.document.tables import plain_names, tables_of
from uppfoljning.present.escape import one_line

VERSION = 1
Plain = str | int | float | None


def json_tables(paper: Document) -> str:
    """The document; each row stands on a line of its own, so that two of them can be compared."""
    head = {
        "version": VERSION,
        "titel": one_line(paper.title),
        "gäller": one_line(paper.when),
        "vid": paper.as_of.isoformat(),
        "svar": one_line(paper.answer),
        "kommando": one_line(paper.command),
        "underlag": [one_line(line) for line in paper.foot],
    }
    lines = [f"  {_written(key)}: {_written(value)}" for key, value in head.items()]
    tables = _block("{}", "  ", [f"    {_written(grid.id)}: {_block('[]', '    ', _rows(grid))}" for grid in tables_of(paper)])
    return _block("{}", "", [*lines, f'  "tabeller": {tables}']) + "\n"


def _block(brackets: str, indent: str, lines: Iterable[str]) -> str:
    """Finished lines within brackets."""
    body = ",\n".join(lines)
    return f"{brackets[0]}\n{body}\n{indent}{brackets[1]}" if body else brackets


def _rows(grid: Grid) -> Iterator[str]:
    names = plain_names(grid.columns)
    for row in grid.rows:
        yield "      " + _written(dict(zip(names, map(plain, row), strict=True)))


def plain(cell: Cell) -> Plain:
    """A value as JSON has it."""
    match cell.value:
        case Fraction() as value:
            return value.numerator if value.denominator == 1 else float(value)
        case date() as value:
            return value.isoformat()
        case str() as value:
            return one_line(value)
        case value:
            return value


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
