"""Periods of days: one grammar everywhere, `2026`, `2026-H1`, `2026-T2`, `2026-K3`, `2026-03`, `2026-W14`, `2026-03-06`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, NewType

from uppfoljning.domain.clock import month_named, parse_date
from uppfoljning.domain.finding import REMEMBERED, Problem

TermName = NewType("TermName", str)
"""A school term such as `VT2026`; only a plan knows its days."""

ONE_DAY = timedelta(days=1)
_PERIOD_MONTHS = {"H": 6, "T": 4, "K": 3}
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:([HTK])([1-4])|W([0-9]{2})|([0-9]{2})))?")
_TERM = re.compile(r"(VT|HT)[0-9]{4}")


class Period(NamedTuple):
    """The days from `first` to `last`, both included, as they are written; a period always has at least one day."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def covers(self, other: Period) -> bool:
        """Whether every day of `other` is in this period."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def cut(self, other: Period) -> Period | None:
        """The days that both have, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def until(self, day: date) -> Period | None:
        """The days up to and including `day`, or None when it has not begun."""
        return Period(self.first, min(self.last, day)) if day >= self.first else None


def after(day: date, days: int) -> date:
    """A number of days later, or the last day there is."""
    return date.max if days >= (date.max - day).days else day + days * ONE_DAY


def months(year: int, month: int, count: int) -> Period:
    """`count` whole months from the first day of a month."""
    end = year * 12 + month - 1 + count
    after = date(end // 12, end % 12 + 1, 1) if end // 12 <= date.max.year else None
    return Period(date(year, month, 1), after - ONE_DAY if after else date.max)


def week(year: int, number: int) -> Period | None:
    """An ISO week of an ISO year, or None when the year does not have it."""
    try:
        monday = date.fromisocalendar(year, number, 1)
        return Period(monday, monday + timedelta(days=6))
    except (ValueError, OverflowError):
        return None


_HELP = "skriv till exempel 2026, 2026-H1, 2026-T2, 2026-K3, 2026-03, 2026-W14 eller 2026-03-06"


@lru_cache(REMEMBERED)
def parse_period(text: str) -> Period | TermName | Problem:
    """A period in the grammar of the format. A term keeps its name until a plan dates it."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        if _TERM.fullmatch(text):
            return TermName(text)
        day = parse_date(text)
        if not isinstance(day, Problem):
            return Period(day, day)
        known = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
        return Problem("S106", "värdet är ingen period", _hint(text), day.note if known else "")
    year = int(match[1])
    if year < 1:
        return Problem("S106", "värdet är ingen period", _HELP, "åren börjar på 0001")
    if match[2]:
        size, number = _PERIOD_MONTHS[match[2]], int(match[3])
        if number * size > 12:
            return Problem("S106", "perioden finns inte", _HELP, f"{match[2]} går från 1 till {12 // size}")
        return months(year, (number - 1) * size + 1, size)
    if match[4]:
        found = week(year, int(match[4]))
        return found or Problem("S106", "perioden finns inte", _HELP, f"året {year} har ingen vecka {match[4]}")
    if match[5]:
        if not 1 <= int(match[5]) <= 12:
            return Problem("S106", "perioden finns inte", _HELP, "månaderna går från 01 till 12")
        return months(year, int(match[5]), 1)
    return months(year, 1, 12)


def _hint(text: str) -> str:
    if (ends := re.fullmatch(r"(\S+?)\s*(?:--?|–|—|/|\.\.|\s+till\s+)\s*(\S+)", text)) and len(text) < 40:
        first, last = parse_period(ends[1]), parse_period(ends[2])
        if isinstance(first, Period) and isinstance(last, Period) and first.first <= last.last:
            return f"skriv {{från: {first.first}, till: {last.last}}}"
    if part := re.fullmatch(r"(\d{4})[ -]?([THKthk])(\d)|([THKthk])(\d)[ -]?(\d{4})", text):
        return f"skriv {part[1] or part[6]}-{(part[2] or part[4]).upper()}{part[3] or part[5]}"
    if named := re.fullmatch(r"(?:(\d{4})\s)?([a-zåäö]{3,9})(?:\s(\d{4}))?", text.casefold()):
        month = month_named(named[2])
        if month and (named[1] or named[3]):
            return f"skriv {named[1] or named[3]}-{month:02}"
    if quarter := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text):
        return f"skriv {quarter[1]}-K{quarter[2]} för kvartalet"
    if (said := re.fullmatch(r"(\d{4})?-?[vVwW]\.?\s?(\d{1,2})", text)) and 1 <= int(said[2]) <= 53:
        number = f"W{int(said[2]):02}"
        return f"skriv {said[1]}-{number} för veckan" if said[1] else f"skriv året först, som 2026-{number}"
    if term := re.fullmatch(r"([vVhH][tT])\s?-?(\d{2})?(\d{2})", text):
        return f"skriv {term[1].upper()}{term[2] or '20'}{term[3]} för terminen"
    return _HELP


def period_name(period: Period | TermName) -> str:
    """A period as it is written: the shortest form of the grammar that means just these days."""
    if isinstance(period, str):
        return period
    first, last = period.first, period.last
    year = f"{first.year:04}"
    if first == last:
        return first.isoformat()
    if first.day == 1:
        for letter, size in (("", 12), ("H", 6), ("T", 4), ("K", 3), ("-", 1)):
            if (first.month - 1) % size == 0 and months(first.year, first.month, size) == period:
                number = (first.month - 1) // size + 1
                return f"{year}" if not letter else f"{year}-{number:02}" if letter == "-" else f"{year}-{letter}{number}"
    iso = first.isocalendar()
    if iso.weekday == 1 and period.days == 7:
        return f"{iso.year:04}-W{iso.week:02}"
    return f"{first}–{last}"


def union_days(periods: list[Period]) -> list[Period]:
    """The same days as the given periods, in order and without overlap; periods that meet are joined."""
    joined: list[Period] = []
    for period in sorted(periods):
        if joined and (period.first - joined[-1].last).days <= 1:
            joined[-1] = Period(joined[-1].first, max(joined[-1].last, period.last))
        else:
            joined.append(period)
    return joined


class Days:
    """Some days, as periods that may overlap; whatever is asked of them takes little longer for many periods than for few."""

    def __init__(self, periods: Iterable[Period]) -> None:
        self.periods = union_days(list(periods))
        self._lasts = [period.last for period in self.periods]
        self._before = [0, *accumulate(period.days for period in self.periods)]

    def __contains__(self, day: date) -> bool:
        at = bisect_left(self._lasts, day)
        return at < len(self.periods) and self.periods[at].first <= day

    def number(self, period: Period) -> int:
        """How many of them a period has."""
        return self._until(period.last) - self._until(period.first - ONE_DAY if period.first > date.min else None)

    def _until(self, day: date | None) -> int:
        if day is None:
            return 0
        at = bisect_left(self._lasts, day)
        rest = self.periods[at].until(day) if at < len(self.periods) else None
        return self._before[at] + (rest.days if rest is not None else 0)

    def outside(self, period: Period) -> list[Period]:
        """The days of a period that are none of these, in order."""
        left: list[Period] = []
        first = period.first
        at = bisect_left(self._lasts, first)
        while at < len(self.periods) and self.periods[at].first <= period.last:
            gone = self.periods[at]
            if first < gone.first:
                left.append(Period(first, gone.first - ONE_DAY))
            if gone.last >= period.last:
                return left
            first = gone.last + ONE_DAY
            at += 1
        left.append(Period(first, period.last))
        return left


def without(period: Period, taken: list[Period]) -> list[Period]:
    """The days of `period` that are in none of `taken`, in order."""
    return Days(cut for one in taken if (cut := period.cut(one))).outside(period)


# The calendar's sub-periods: days, weeks, months, quarters, tertials, half-years, school terms, years.


SUB_PERIODS = ("dygn", "vecka", "månad", "kvartal", "tertial", "halvår", "termin", "år")
_CALENDAR_MONTHS = {"månad": 1, "kvartal": 3, "tertial": 4, "halvår": 6, "år": 12}
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
    size = _CALENDAR_MONTHS[kind]
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
