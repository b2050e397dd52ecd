"""Targets against sub-periods: a row for each target, a column for each month, quarter or tertial, the whole last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from uppfoljning.domain.period import Period
from uppfoljning.followup.grouping import Grouped, across, of_plan
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.figures import heading
from uppfoljning.present.layout import ANY_WIDTH, GAP, Column, laid, packed, widths
from uppfoljning.present.status import cells
from uppfoljning.present.status.text import of_which, style_of
from uppfoljning.present.terminal import TextLine, folded, plain

ROUNDED = "Det väntade är avrundat nedåt i varje kolumn."


def matrix(grouped: Grouped, table: Table, room: int | None) -> Iterator[TextLine]:
    """The figures of one plan; where the columns do not fit, each target with its sub-periods in folded lines."""
    names = headings(period for group, _ in of_plan(grouped, table) if (period := group.period) is not None)
    columns = [
        Column("Åtagande", folds=True, least=22),
        *(Column(name, right=True) for name in names),
        Column("Hittills", right=True),
        Column("Status", folds=True, least=17),
    ]
    shown = list(across(grouped, table))
    body = [
        [cells.title(line, row), *map(_cell, parts), cells.so_far(row), cells.status(row.status)] for line, row, parts in shown
    ]
    sizes = widths(columns, body, room)
    if sizes is None:
        for (line, row, _), found in zip(shown, body, strict=True):
            yield from _card(line, row, names, found, room or ANY_WIDTH, grouped.selection)
        return
    yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for (line, row, _), found in zip(shown, body, strict=True):
        for parts in laid(columns, found, sizes):
            yield ((GAP.join(parts[:-1]) + GAP, ""), (parts[-1], style_of(row.status)))
        if said := of_which(line, row, grouped.selection):
            yield from folded(said, room, 4, "quiet")


def headings(periods: Iterator[Period]) -> list[str]:
    """The names of the columns, with their years where there is more than one."""
    found = list(periods)
    several = len({day.year for period in found for day in period}) > 1
    return [heading(period, several) for period in found]


def rounded(grouped: Grouped) -> bool:
    """Whether an expectation that is shown was rounded down, so that the columns need not add up to it."""
    rows = (part for table in grouped.tables for _, _, parts in across(grouped, table) for part in parts if part is not None)
    return any(" av " in cells.so_far(row) and Fraction(row.expected or 0).denominator > 1 for row in rows)


def _cell(row: Row | None) -> str:
    """Empty where the commitment has no day; a dash where nothing is known."""
    return "" if row is None else cells.so_far(row)


def _card(line: Line, row: Row, names: Sequence[str], found: list[str], room: int, selection: Selection) -> Iterator[TextLine]:
    title, *parts, so_far, status = found
    yield from folded(title, room, style="title")
    # After a name that ends in a digit the figure would look like a part of it: `T1 572`.
    called = (f"{name}:" if name[-1].isdigit() else name for name in names)
    named = [f"{name} {part}" for name, part in zip(called, parts, strict=True) if part]
    for text in packed(named, room - 2):
        yield plain(f"  {text}")
    yield from folded(f"hittills {so_far}", room, 2)
    yield from folded(status, room, 2, style_of(row.status))
    if said := of_which(line, row, selection):
        yield from folded(said, room, 2, "quiet")
