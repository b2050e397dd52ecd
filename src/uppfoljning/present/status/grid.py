"""The follow-up table: a row for each target, for readers and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.domain.promise import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.paper.model import Cell, Column, Grid, data, number, reading, share, text
from uppfoljning.present.status import beside, cells
from uppfoljning.present.status.people import people_of
from uppfoljning.present.status.text import remarks_of

DATA = (
    data("plan"), data("åtagande"), data("titel"), data("mål"), data("parter"), data("löfte"), data("enhet"),
    data("förväntat hittills", "tal"), data("utfall", "tal"), data("säkerhet"), data("hela målet", "tal"),
    data("andel procent", "andel"), data("takt procent", "andel"), data("status", "status"), data("bedömning"),
    data("fullständighet procent", "andel"), data("punktlighet procent", "andel"), data("ändrade", "tal"),
    data("inställda", "tal"), data("flyttade", "tal"), data("saknade rapporter", "tal"), data("beslutat löfte"),
    data("beslutat mål", "tal"), data("beslutad andel procent", "andel"), data("beslutad status", "status"),
    data("utfall vid förra avläsningen", "tal"), data("status vid förra avläsningen", "status"), data("anmärkning", "fritext"),
)  # fmt: skip
NONE = Cell(None, "")
"""A cell with nothing to say: what was decided is today's promise, or there is no earlier reading."""


def status_grid(tables: Iterable[Table], selection: Selection) -> Grid:
    """The follow-up of some plans in one table. What was decided and an earlier reading have columns where any row has them."""
    shown = [(table, line, row) for table in tables for line in table.lines for row in line.rows]
    changed = any(beside.decided_row(line, row) is not None for _, line, row in shown)
    since = next((table.since for table, _, _ in shown if table.since), "")
    columns = [*_reading(since, changed), *DATA]
    rows = (
        (*_read(table, line, row, selection, since, changed), *_data(table, line, row, selection)) for table, line, row in shown
    )
    return Grid("uppföljning", "Genomfört jämfört med mål", tuple(columns), tuple(rows))


def _reading(since: str, changed: bool) -> Iterator[Column]:
    yield reading("Åtagande")
    yield reading("Part")
    yield reading("Hittills", "tal")
    if since:
        yield reading(since[0].upper() + since[1:], "tal")
    yield reading("Hela målet", "tal")
    yield reading("Mot planen", "andel")
    if changed:
        yield reading("Beslutat mål", "tal")
        yield reading("Mot beslutat", "andel")
    yield reading("Status", "status")
    yield reading("Anmärkning", "fritext")


def _read(table: Table, line: Line, row: Row, selection: Selection, since: str, changed: bool) -> Iterator[Cell]:
    people = people_of(line, row)
    yield text(cells.title(line, row))
    yield text(", ".join(line.commitment.parties))
    yield number(row.outcome.value, cells.so_far(row), people)
    if since:
        yield number(None, beside.since(line, row), people)
    yield number(row.whole, cells.whole(row))
    yield share(cells.against_plan(row), people)
    if changed:
        was = beside.decided_row(line, row) or row
        yield number(was.whole, cells.whole(was))
        yield share(cells.against_plan(was), people)
    yield Cell(row.status.value, cells.status(row.status))
    yield text(" · ".join(remarks_of(line, row, selection)))


def _data(table: Table, line: Line, row: Row, selection: Selection) -> Iterator[Cell]:
    commitment, target, outcome, departures = line.commitment, row.target, row.outcome, line.departures
    people = people_of(line, row)
    yield text(table.plan.id)
    yield text(commitment.id)
    yield text(commitment.title)
    yield text(target.id or "")
    yield text(", ".join(commitment.parties))
    yield text(promise(target))
    yield text(target.unit)
    yield number(row.expected)
    yield number(outcome.value, people=people)
    yield text(outcome.certainty)
    yield number(row.whole)
    yield share(row.fulfilment, people)
    yield share(row.pace, people)
    yield Cell(row.status.value, cells.status(row.status))
    yield text(str(line.verdict or ""))
    yield share(line.received.share)
    yield share(line.received.timeliness)
    yield number(departures.changed)
    yield number(departures.cancelled)
    yield number(departures.moved)
    yield number(len(line.missing))
    yield from _beside(line, row, people)
    yield text(" · ".join(remarks_of(line, row, selection)))


def _beside(line: Line, row: Row, people: frozenset[str]) -> Iterator[Cell]:
    """What was decided, empty where it is today's promise, and the earlier reading, empty where there is none."""
    was = beside.decided_row(line, row)
    yield NONE if was is None else text(promise(was.target))
    yield NONE if was is None else number(was.whole)
    yield NONE if was is None else share(was.fulfilment, people)
    yield NONE if was is None else Cell(was.status.value, cells.status(was.status))
    before = line.former.get(row.target.id) if line.former is not None else None
    yield NONE if before is None else number(before.outcome.value, people=people_of(line, before))
    yield NONE if before is None else Cell(before.status.value, cells.status(before.status))
