"""Where the figures come from: every report with what it adds to which target, and those that do not count and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.document.model import Cell, Grid, data, number, text

_COLUMNS = (
    data("plan"), data("åtagande"), data("mål"), data("när"), data("räknas"), data("värde", "tal"), data("säkerhet"),
    data("av", "tal"), data("anmärkning"), data("fil"), data("rad", "tal"),
)  # fmt: skip


def sources_grid(tables: Iterable[Table]) -> Grid:
    """A row for each report and target, in the order of `underlag`. It is for workbooks and programs; a page points at git."""
    rows = tuple(row for table in tables for line in table.lines for target in line.rows for row in _rows(table, line, target))
    return Grid("underlag", "Rapporterna bakom siffrorna", _COLUMNS, rows)


def _rows(table: Table, line: Line, row: Row) -> Iterator[tuple[Cell, ...]]:
    counts = row.target.counts
    for one in row.outcome.counted:
        of = one.entry.figure(counts.other) if counts.kind == "andel" else None
        value, certainty = (one.value.value, one.value.certainty) if one.value is not None else (None, "")
        figures = (number(value), text(certainty), number(of.value if of is not None else None))
        yield (*_head(table, line, row, one.entry), text("ja"), *figures, text(one.note), *_where(one.entry))
    for left in row.outcome.left_out:
        nothing = (number(None), text(""), number(None))
        yield (*_head(table, line, row, left.entry), text("nej"), *nothing, text(left.why), *_where(left.entry))


def _head(table: Table, line: Line, row: Row, entry: Entry) -> tuple[Cell, ...]:
    names = (table.plan.id, line.commitment.id, row.target.id or "", period_name(entry.span))
    return tuple(map(text, names))


def _where(entry: Entry) -> tuple[Cell, ...]:
    return text(entry.file), number(entry.sheet_row)
