"""The calendar's sub-periods: days, weeks, months, quarters, tertials, half-years, school terms, years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.period import ONE_DAY, Period, months

SUB_PERIODS = ("dygn", "vecka", "månad", "kvartal", "tertial", "halvår", "termin", "år")
_MONTHS = {"månad": 1, "kvartal": 3, "tertial": 4, "halvår": 6, "år": 12}
Terms = Mapping[str, Period]
"""The school terms that a plan dates, by name."""


class SubPeriod(NamedTuple):
    """A calendar sub-period: `whole` as the calendar has it, `inside` as much of it as lies within the commitment."""

    whole: Period
    inside: Period

    @property
    def share(self) -> Fraction:
        """The part of its days that lies inside, more than 0 and at most 1."""
        return Fraction(self.inside.days, self.whole.days)


def sub_periods(kind: str, period: Period, terms: Terms) -> list[SubPeriod]:
    """The sub-periods that have a day in `period`, in order. Days between terms belong to none."""
    wholes = sorted(terms.values()) if kind == "termin" else _calendar(kind, period)
    return [SubPeriod(whole, inside) for whole in wholes if (inside := whole.cut(period))]


def _calendar(kind: str, period: Period) -> list[Period]:
    if kind == "dygn":
        return [Period(day, day) for day in days_of(period)]
    if kind == "vecka":
        monday = period.first - timedelta(days=period.first.weekday())
        mondays = [monday + timedelta(days=at) for at in range(0, (period.last - monday).days + 1, 7)]
        return [Period(monday, monday + min(timedelta(days=6), date.max - monday)) for monday in mondays]
    size = _MONTHS[kind]
    first = period.first.year * 12 + (period.first.month - 1) // size * size
    last = period.last.year * 12 + period.last.month - 1
    return [months(at // 12, at % 12 + 1, size) for at in range(first, last + 1, size)]


def days_of(period: Period) -> list[date]:
    """Every day of a period, in order."""
    return [period.first + ONE_DAY * n for n in range(period.days)]


def sub_period_count(kind: str, period: Period, terms: Terms) -> Fraction:
    """How many sub-periods a period amounts to, cut ones by their days.

    An agreement that runs a whole number of years from any day, 1 March to 28 February, has just so many years: a leap day in
    one of its calendar years does not change what was promised.
    """
    if kind == "år" and (whole := _whole_years(period)):
        return Fraction(whole)
    return sum((sub.share for sub in sub_periods(kind, period, terms)), Fraction(0))


def _whole_years(period: Period) -> int:
    if period.last == date.max:
        return 0
    after = period.last + ONE_DAY
    years = after.year - period.first.year
    start = (period.first.month, period.first.day)
    whole = start == (after.month, after.day)
    leap_day_between = start in ((2, 29), (3, 1)) and (period.last.month, period.last.day) == (2, 28)
    return years if whole or leap_day_between else 0
