"""`effekt --planera`: what could be found, told before the measure begins and before anyone has seen a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.analysis import before_after, contrasts, power
from uppfoljning.analysis.contrasts import Pass
from uppfoljning.analysis.effect.gates import SEASON
from uppfoljning.analysis.months import Month, spread
from uppfoljning.domain.number import half_up
from uppfoljning.domain.period import Period
from uppfoljning.present.document.model import Cell, Column, Grid, number, text
from uppfoljning.present.effect.account import Account, measured, where
from uppfoljning.present.figures import days, figure, plural

MONTHS = 12
LENGTHS = (6, 12, 24)
"""How many months after the start are looked at."""


class Baseline(NamedTuple):
    """The latest months of the treated area before the start, and of the comparison in the same months where there is one.

    `phi` is how much more than chance the treated area's months differ, `phi_relative` its part of all events.
    """

    months: tuple[Period, ...]
    treated: int
    comparison: int | None
    phi: float
    phi_relative: float


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
    cut = len(goal.treated)
    every = [
        (month, sum(row[month].events for row in rows[:cut]), sum(row[month].events for row in rows[cut:])) for month in known
    ]
    return Baseline(
        months,
        sum(own for month, own, _ in every if month in months),
        sum(other for month, _, other in every if month in months) if goal.comparison else None,
        _spread({month: own for month, own, _ in every}),
        spread([Month(own, other, False) for _, own, other in every]),
    )


def _spread(counts: dict[Period, int]) -> float:
    """The dispersion around the calendar months' means where there are two years of them, else around one mean."""
    levels: dict[int, list[Pass]] = {}
    for month, count in counts.items():
        levels.setdefault(month.first.month if len(counts) >= SEASON else 0, []).append(Pass(count, 1.0))
    return max(1.0, contrasts.dispersion(list(levels.values()))[0])


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
    phi = base.phi if base.comparison is None else base.phi_relative
    if phi > 1:
        yield f"Månaderna svänger {figure(Fraction(phi), decimals=1)} gånger mer än slumpen gör; det är inräknat."
    least = before_after.fewest_before(len(base.months), MONTHS)
    if base.treated < least:
        yield f"Det är för få: med färre än {least} före kan inte ens en minskning till noll skiljas från slumpen på ett år."


def ahead_grid(account: Account) -> Grid | None:
    """How large a fall would be found four times of five, by how long one waits; None where there is nothing to start from."""
    base = baseline_of(account)
    if base is None or not base.treated:
        return None
    columns = [Column("Månader efter start", "tal"), Column("Före och efter")]
    if base.comparison is not None:
        columns += [Column("Mot jämförelsen"), Column("I antal")]
    rows = []
    for length in LENGTHS:
        ratio = Fraction(length, len(base.months))
        own = power.smallest_found(base.treated / base.phi, float(ratio))
        row: list[Cell] = [number(length), _fall(own, base.treated * ratio)]
        if base.comparison is not None:
            row += _against(base, base.comparison, ratio)
        rows.append(tuple(row))
    title = "Minskning som skulle synas fyra gånger av fem"
    return Grid(f"planera {account.commitment.id}", title, tuple(columns), tuple(rows))


def _against(base: Baseline, comparison: int, ratio: Fraction) -> list[Cell]:
    """The fall against the comparison, in percent and in numbers (WDD) over the time after."""
    k, phi = float(ratio), base.phi_relative
    found = power.smallest_found_relative(base.treated, comparison, k, phi=phi) if comparison else None
    both = base.treated + comparison
    fewer = power.smallest_difference(both * k**2, both * k, phi=phi)
    return [_fall(found, base.treated * ratio), text(f"{figure(Fraction(fewer), decimals=0)} färre")]


def _fall(found: float | None, expected: Fraction) -> Cell:
    """`51 %, från väntade 48 till 24`."""
    if found is None:
        return text("ingen")
    least = half_up(Fraction(1 - found) * 100)
    return text(f"{least} %, från väntade {figure(expected, decimals=0)} till {figure(expected * Fraction(found), decimals=0)}")


def planned(accounts: Iterable[Account]) -> list[tuple[Account, list[str], Grid | None]]:
    """All of it, for the faces."""
    return [(account, list(ahead_sentences(account)), ahead_grid(account)) for account in accounts]
