"""The months of a series laid out for an estimate: treated, comparison and buffer areas, before and after the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.indicator import Series
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, months
from uppfoljning.domain.plan import OutcomeGoal

MOST_YEARS = 3
"""How many earlier years the same months are taken from, where the series reaches so far."""


class Line(NamedTuple):
    """The counts of one or more areas together, month by month; None in a month that any of them lacks. So too the exposures."""

    areas: tuple[str, ...]
    counts: tuple[int | None, ...]
    exposures: tuple[Number | None, ...]


class Laid(NamedTuple):
    """Every month from the first to the last of the series. `after` says whether each lies after the start (None: neither).

    The month in which the measure starts is neither when it starts after its first day, nor are those after its end.
    """

    months: tuple[Period, ...]
    after: tuple[bool | None, ...]
    treated: Line
    comparison: tuple[Line, ...]
    buffer: Line | None

    def known(self, *lines: Line) -> list[int]:
        """The positions of the months before and after in which all the lines have a count."""
        return [
            at for at, side in enumerate(self.after) if side is not None and all(line.counts[at] is not None for line in lines)
        ]

    @property
    def missing(self) -> list[Period]:
        """The months before and after in which a treated or comparison area has no row."""
        lines = (self.treated, *self.comparison)
        return [
            month
            for at, (month, side) in enumerate(zip(self.months, self.after, strict=True))
            if side is not None and any(line.counts[at] is None for line in lines)
        ]


def lay_out(series: Series, goal: OutcomeGoal, start: date) -> Laid:
    """The series around a start, with the goal's areas. The series has rows."""
    every = sorted({month for rows in series.areas.values() for month in rows})
    whole = _all_months(every[0], every[-1])
    return Laid(
        whole,
        tuple(_side(month, start, goal.end) for month in whole),
        _line(series, goal.treated, whole),
        tuple(_line(series, (area,), whole) for area in goal.comparison),
        _line(series, goal.buffer, whole) if goal.buffer else None,
    )


def _all_months(first: Period, last: Period) -> tuple[Period, ...]:
    begins, ends = (month.first.year * 12 + month.first.month - 1 for month in (first, last))
    return tuple(months(at // 12, at % 12 + 1, 1) for at in range(begins, ends + 1))


def _side(month: Period, start: date, end: date | None) -> bool | None:
    if month.last < start:
        return False
    if month.first < start or (end is not None and month.last > end):
        return None
    return True


def _line(series: Series, areas: Iterable[str], whole: Sequence[Period]) -> Line:
    areas = tuple(areas)
    rows = [series.areas.get(area, {}) for area in areas]
    counts = tuple(sum(row[month].events for row in rows) if all(month in row for row in rows) else None for month in whole)
    exposures = []
    for month in whole:
        found = [row[month].exposure for row in rows if month in row]
        exposures.append(sum(one for one in found if one is not None) if found and None not in found else None)
    return Line(areas, counts, tuple(exposures))


class Pick(NamedTuple):
    """The months compared: positions before and after. `years` is how many earlier years the same months were taken from."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    years: int


def same_months(laid: Laid, known: Sequence[int], most: int | None = MOST_YEARS) -> Pick | None:
    """The months after the start, and the same calendar months in as many whole earlier years as there are, at most `most`.

    None where not even one earlier year has them all.
    """
    after = [at for at in known if laid.after[at]]
    possible = {at for at in known if laid.after[at] is False}
    begin = min(after, default=0)
    # A window of more than a year is set against as many whole years back.
    stride = 12 * (-(-(max(after, default=0) - begin + 1) // 12))
    before: list[int] = []
    years = 0
    while after and (most is None or years < most):
        shifted = [at - stride * (years + 1) for at in after]
        if not possible.issuperset(shifted):
            break
        before += shifted
        years += 1
    return Pick(tuple(sorted(before)), tuple(after), years) if years else None


def all_months(laid: Laid, known: Sequence[int]) -> Pick:
    """Every known month before and after."""
    return Pick(
        tuple(at for at in known if laid.after[at] is False), tuple(at for at in known if laid.after[at]), 0
    )  # fmt: skip


def calendar(laid: Laid, places: Iterable[int]) -> list[int]:
    """The calendar month of each position, 1 to 12."""
    return [laid.months[at].first.month for at in places]


def counts(line: Line, places: Iterable[int]) -> list[int]:
    """The counts of a line at positions where they are known."""
    found = [line.counts[at] for at in places]
    return [one for one in found if one is not None]


def together(lines: Sequence[Line]) -> Line:
    """Several lines as one."""
    rows = list(zip(*(line.counts for line in lines), strict=True))
    reach = list(zip(*(line.exposures for line in lines), strict=True))
    return Line(
        tuple(area for line in lines for area in line.areas),
        tuple(None if None in row else sum(one for one in row if one is not None) for row in rows),
        tuple(None if None in row else sum(one for one in row if one is not None) for row in reach),
    )
