"""`effekt --planera`: what could be found, told before the measure begins and before anyone has seen a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.analysis import before_after, power
from uppfoljning.domain.number import half_up
from uppfoljning.domain.period import Period
from uppfoljning.present.effect.account import Account, measured, where
from uppfoljning.present.figures import days, figure, plural
from uppfoljning.present.paper.model import Cell, Column, Grid, number, text

MONTHS = 12
LENGTHS = (6, 12, 24)
"""How many months after the start are looked at."""


class Baseline(NamedTuple):
    """The latest months of the treated area before the start, and of the comparison in the same months where there is one."""

    months: tuple[Period, ...]
    treated: int
    comparison: int | None


def baseline_of(account: Account) -> Baseline | None:
    """The latest twelve months before the start, or of the series where no start is set; None where it has none."""
    series, goal = account.series, account.goal
    rows = [series.areas.get(area, {}) for area in (*goal.treated, *goal.comparison)] if series is not None else []
    if not goal.treated or not rows:
        return None
    shared = (month for month in rows[0] if all(month in row for row in rows))
    known = sorted(month for month in shared if goal.start is None or month.last < goal.start)
    months = tuple(known[-MONTHS:])
    if not months:
        return None
    counts = [sum(row[month].events for month in months) for row in rows]
    cut = len(goal.treated)
    return Baseline(months, sum(counts[:cut]), sum(counts[cut:]) if goal.comparison else None)


def ahead_sentences(account: Account) -> Iterator[str]:
    """What the plan means to measure, and what it starts from."""
    yield f"Mål: {account.goal.text}. {where(account)}."
    if said := measured(account):
        yield said
    base = baseline_of(account)
    if base is None:
        yield "Serien har inga månader före start för områdena, så det går inte att säga vad som skulle synas."
        return
    reach = days(Period(base.months[0].first, base.months[-1].last), year=True)
    events = plural(base.treated, "händelse", "händelser")
    yield f"Utgångsläge: {events} i insatsområdet på {len(base.months)} månader, {reach}."
    least = before_after.fewest_before(len(base.months), MONTHS)
    if base.treated < least:
        yield f"Det är för få: med färre än {least} före kan inte ens en minskning till noll skiljas från slumpen på ett år."


def ahead_grid(account: Account) -> Grid | None:
    """How large a fall would be found four times of five, by how long one waits; None where there is nothing to start from."""
    base = baseline_of(account)
    if base is None or not base.treated:
        return None
    compared = base.comparison is not None
    columns = [Column("Månader efter start", "tal"), Column("Före och efter")]
    if compared:
        columns.append(Column("Mot jämförelsen"))
    rows = []
    for length in LENGTHS:
        ratio = Fraction(length, len(base.months))
        row: list[Cell] = [number(length), _fall(power.smallest_found(base.treated, float(ratio)), base.treated * ratio)]
        if base.comparison is not None:
            found = power.smallest_found_relative(base.treated, base.comparison, float(ratio)) if base.comparison else None
            row.append(_fall(found, base.treated * ratio))
        rows.append(tuple(row))
    title = "Minskning som skulle synas fyra gånger av fem"
    return Grid(f"planera {account.commitment.id}", title, tuple(columns), tuple(rows))


def _fall(found: float | None, expected: Fraction) -> Cell:
    """`51 %, från väntade 48 till 24`."""
    if found is None:
        return text("ingen")
    least = half_up(Fraction(1 - found) * 100)
    return text(f"{least} %, från väntade {figure(expected, decimals=0)} till {figure(expected * Fraction(found), decimals=0)}")


def planned(accounts: Iterable[Account]) -> list[tuple[Account, list[str], Grid | None]]:
    """All of it, for the faces."""
    return [(account, list(ahead_sentences(account)), ahead_grid(account)) for account in accounts]
