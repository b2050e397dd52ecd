"""The follow-up table: a row for each target, for readers and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.document.model import Cell, Column, Grid, carried, data, number, reading, share, text
from uppfoljning.present.document.words import manner
from uppfoljning.present.figures import figure
from uppfoljning.present.status import beside, cells
from uppfoljning.present.status.people import FEW, HIDDEN, Published, fives, is_small, published
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
IN_WORDS = (
    carried("ordalag", "status"), carried("verb"), carried("nått", "tal"), carried("av", "tal"),
    carried("behövs i månaden", "tal"),
)  # fmt: skip
NONE = Cell(None, "")
"""A cell with nothing to say: what was decided is today's promise, or there is no earlier reading."""


def status_grid(tables: Iterable[Table], selection: Selection) -> Grid:
    """The follow-up of some plans in one table. What was decided and an earlier reading have columns where any row has them."""
    shown = [
        (table, line, row, public)
        for table in tables
        for line in table.lines
        for row, public in zip(line.rows, published(line), strict=True)
    ]
    changed = any(beside.decided_row(line, row) is not None for _, line, row, _ in shown)
    since = next((table.since for table, *_ in shown if table.since), "")
    columns = [*_reading(since, changed), *DATA, *IN_WORDS]
    rows = (
        (
            *_read(table, line, row, public, selection, since, changed),
            *_data(table, line, row, public, selection),
            *_in_words(row, public),
        )
        for table, line, row, public in shown
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


def told(make: Callable[[Row], Cell], row: Row, public: Published | None, words: str = "") -> Cell:
    """A cell about a row, and as anyone may see it: of the row at whole fives, or with words in its place."""
    cell = make(row)
    if public is None:
        return cell
    if public.row is None:
        return cell._replace(public=(None, words or public.words))
    return cell._replace(public=make(public.row)[:2])


def _ratio_of(public: Published | None) -> str:
    """The words in the place of a ratio: of a small count nothing is said."""
    return HIDDEN if public is not None and public.words == FEW else ""


def _read(
    table: Table, line: Line, row: Row, public: Published | None, selection: Selection, since: str, changed: bool
) -> Iterator[Cell]:
    yield text(cells.title(line, row))
    yield text(", ".join(line.commitment.parties))
    yield told(lambda one: number(one.outcome.value, cells.so_far(one)), row, public)
    if since:
        yield number(None, beside.since(line, row))._replace(public=_public_change(line, row, public))
    yield number(row.whole, cells.whole(row))
    yield told(lambda one: share(cells.against_plan(one)), row, public, _ratio_of(public))
    if changed:
        was = beside.decided_row(line, row)
        yield number((was or row).whole, cells.whole(was or row))
        if was is None:
            yield told(lambda one: share(cells.against_plan(one)), row, public, _ratio_of(public))
        else:
            yield _kept(share(cells.against_plan(was)), public)
    yield _status(row, public)
    yield text(" · ".join(remarks_of(line, row, selection)))


def _kept(cell: Cell, public: Published | None) -> Cell:
    """A cell that is not told where its row counts people."""
    return cell if public is None else cell._replace(public=(None, HIDDEN))


def _status(row: Row, public: Published | None) -> Cell:
    cell = Cell(row.status.value, cells.status(row.status))
    return cell if public is None or public.settled else _kept(cell, public)


def _fives(public: Published, value: Number) -> tuple[int | None, str]:
    """An earlier count of the same row in whole fives."""
    if public.words not in ("", FEW):
        return None, HIDDEN
    return (None, FEW) if is_small(value) else (low := fives(value), figure(low))


def _public_change(line: Line, row: Row, public: Published | None) -> tuple[None, str] | None:
    """The change between two readings as anyone sees them."""
    before = line.former.get(row.target.id) if line.former is not None else None
    if public is None or before is None or before.outcome.value is None:
        return None
    was, _ = _fives(public, before.outcome.value)
    if was is None or public.row is None:
        return None, HIDDEN
    return None, beside.change(row, was, public.row.outcome.value)


def _data(table: Table, line: Line, row: Row, public: Published | None, selection: Selection) -> Iterator[Cell]:
    commitment, target, outcome, departures = line.commitment, row.target, row.outcome, line.departures
    yield text(table.plan.id)
    yield text(commitment.id)
    yield text(commitment.title)
    yield text(target.id or "")
    yield text(", ".join(commitment.parties))
    yield text(promise(target))
    yield text(target.unit)
    yield number(row.expected)
    yield told(lambda one: number(one.outcome.value), row, public)
    yield text(outcome.certainty)
    yield number(row.whole)
    yield told(lambda one: share(one.fulfilment), row, public, _ratio_of(public))
    yield told(lambda one: share(one.pace), row, public, _ratio_of(public))
    yield _status(row, public)
    yield text(str(line.verdict or ""))
    yield share(line.received.share)
    yield share(line.received.timeliness)
    yield number(departures.changed)
    yield number(departures.cancelled)
    yield number(departures.moved)
    yield number(len(line.missing))
    yield from _beside(line, row, public)
    yield text(" · ".join(remarks_of(line, row, selection)))


def _in_words(row: Row, public: Published | None) -> Iterator[Cell]:
    """What the sentence about a row is made of besides its other cells."""
    # Whether the whole is spoken of tells as much as the status does.
    yield told(lambda one: Cell(how := manner(one), how), row, public)
    done = row.target.testable and row.target.operator != "högst" and row.target.counts.kind == "tillfällen"
    yield text("genomförts" if done else "redovisats")
    yield told(lambda one: number(one.outcome.value, cells.reached_so_far(one)), row, public)
    yield told(lambda one: number(one.whole if cells.as_a_whole(one) else _whole_units(one.expected)), row, public)
    yield told(lambda one: number(one.needed_a_month, figure(one.needed_a_month, decimals=1)), row, public, _ratio_of(public))


def _whole_units(value: Fraction | None) -> int | None:
    return None if value is None else value.numerator // value.denominator


def _beside(line: Line, row: Row, public: Published | None) -> Iterator[Cell]:
    """What was decided, empty where it is today's promise, and the earlier reading, empty where there is none."""
    was = beside.decided_row(line, row)
    yield NONE if was is None else text(promise(was.target))
    yield NONE if was is None else number(was.whole)
    yield NONE if was is None else _kept(share(was.fulfilment), public)
    yield NONE if was is None else _kept(Cell(was.status.value, cells.status(was.status)), public)
    before = line.former.get(row.target.id) if line.former is not None else None
    if before is None:
        yield NONE
    elif public is None or before.outcome.value is None:
        yield number(before.outcome.value)
    else:
        yield number(before.outcome.value)._replace(public=_fives(public, before.outcome.value))
    yield NONE if before is None else _kept(Cell(before.status.value, cells.status(before.status)), public)
