"""The words for what stands beside a row: what was decided from the start, and how it was at an earlier reading."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.domain.plan_changes import named
from uppfoljning.domain.plan_history import Event
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, figure, percent, plural
from uppfoljning.present.status import cells

NO_REASON = "ingen orsak angiven"


def decided_row(line: Line, row: Row) -> Row | None:
    """The row of what was decided, where that is something else."""
    return line.promised.rows.get(row.target.id) if line.promised is not None else None


def decided(line: Line, row: Row) -> str:
    """`beslutat från början: minst 30 kontroller per år, 21 av 24, 88 %, ▲ nästan i fas`, or nothing where it is the same.

    Where git does not show what was decided, the plan's own log of the target tells what it can.
    """
    was = decided_row(line, row)
    if was is not None:
        return f"beslutat från början: {_stands(was)}"
    log = [one for one in line.commitment.amendments if one.what in ("mål", named(row.target)) and one.before]
    first = min(log, key=lambda one: one.day, default=None)
    return "" if first is None else one_line(f"{first.before} före ändringen {first.day} ({first.reason})")


def came_and_went(line: Line) -> Iterator[str]:
    """What a commitment as a whole should say: that it was added, and which of its promises are gone."""
    if line.promised is None:
        return
    if line.promised.added is not None:
        yield f"tillagt efter beslutet ({reason(line.promised.added)})"
    for row in line.promised.gone:
        yield f"beslutat från början men borttaget: {_stands(row)}"


def dropped(table: Table) -> Iterator[str]:
    """The commitments that were decided and are no longer in the plan."""
    for event in table.decided.dropped if table.decided is not None else ():
        yield one_line(f"Utgått sedan beslutet: {event.change.before} ({reason(event)})")


def changed(table: Table) -> str:
    """How many promises are other than decided, for the summary."""
    number = sum(len(line.promised.rows) + len(line.promised.gone) for line in table.lines if line.promised is not None)
    return plural(number, "löfte ändrat sedan beslutet", "löften ändrade sedan beslutet") if number else ""


def reason(event: Event) -> str:
    """The reason's word, or that there is none."""
    return event.amendment.reason if event.amendment is not None else NO_REASON


def _stands(row: Row) -> str:
    share = cells.against_plan(row)
    parts = [
        promise(row.target),
        f"hittills {cells.so_far(row)}",
        percent(share) if share is not None else "",
        cells.status(row.status),
    ]
    return one_line(", ".join(part for part in parts if part))


def since(line: Line, row: Row) -> str:
    """How the outcome has changed since an earlier reading: `+6 från 13`."""
    before = line.former.get(row.target.id) if line.former is not None else None
    return change(row, None if before is None else before.outcome.value, row.outcome.value)


def change(row: Row, was: Number | None, now: Number | None) -> str:
    """How an outcome has changed from one figure to another."""
    if now is None or was is None:
        return UNKNOWN if now is None and was is None else "nytt" if was is None else "okänt nu"
    if now == was:
        return "oförändrat"
    if row.target.operator == "klart":
        return "blev klart" if now else "inte klart längre"
    if row.target.share:
        return f"{_signed((now - was) * 100, decimals=0)} från {percent(Fraction(was))}"
    return f"{_signed(now - was)} från {figure(was)}"


def _signed(value: Number, decimals: int = 2) -> str:
    return ("+" if value > 0 else "") + figure(value, decimals=decimals)


def status_before(line: Line, row: Row) -> str:
    """The status of an earlier reading, where it was another."""
    before = line.former.get(row.target.id) if line.former is not None else None
    return "" if before is None or before.status == row.status else f"status förut: {before.status}"
