"""Days and clock times as people and programs write them in tables. What can be two days is no day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from uppfoljning.domain.clock import MINUTES_A_DAY
from uppfoljning.domain.finding import REMEMBERED
from uppfoljning.domain.mapping import DAY_FIRST


class Unreadable(NamedTuple):
    """Why a cell cannot be read; the text never holds what stood there."""

    reason: str


class Moment(NamedTuple):
    """A day, and the minutes after midnight where the cell also tells a time."""

    day: date
    minutes: int | None = None


NO_DAY = Unreadable("det går inte att läsa som ett datum; skriv till exempel 2026-03-06")
AMBIGUOUS = Unreadable("datumet kan läsas på två sätt; säg vilket med datumordning i mappningen")
_TWO_DIGITS = Unreadable("året har två siffror, så datumet kan läsas på flera sätt; skriv året med fyra")
_NO_YEAR = Unreadable("årtalet saknas i datumet")
NO_CLOCK = Unreadable("det går inte att läsa som ett klockslag; skriv till exempel 21:30")
_HALF_CLOCK = Unreadable("klockslaget kan läsas på två sätt, för en siffra fattas efter punkten; skriv till exempel 21:30")

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari february", "mar mars march", "apr april", "maj may", "jun juni june",
         "jul juli july", "aug augusti august", "sep sept september", "okt oct oktober october", "nov november",
         "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?\.?,?\s+|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\.?,?\s+"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_LATE_YEAR = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})([-/. ])\s?(\d{4}|\d\d)")
_NO_YEAR_AT_ALL = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?|(?:den )?\d{1,2}(?::?e|:?a)?[ .-]+[a-zåäö]+\.?|[a-z]+\.? \d{1,2}")
_DAY_NAMED = re.compile(r"(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)?[. -]+([a-zåäö]+)\.?[, -]+(\d{4}|\d\d)")
_MONTH_NAMED = re.compile(r"([a-zåäö]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d+))?")
_BEFORE_SERIALS = date(1899, 12, 30)
"""Day 0 of the numbers that spreadsheets keep days as."""
_HALF_OF_DAY = r"\s*[ap]\.?m\.?"
_TIME_AFTER = re.compile(
    rf"(.+?)(?:t|,?\s+(?:kl\.?\s*|klockan\s+)?|\s*,\s*)(\d{{1,2}}[:.]\d\d\S*(?:{_HALF_OF_DAY})?|\d{{1,2}}{_HALF_OF_DAY})"
)
_CLOCK = re.compile(
    rf"(?:kl\.?|klockan)?\s*(\d{{1,2}})(?:[:.](\d\d))?(?:[:.](\d\d)(?:[.,]\d+)?)?({_HALF_OF_DAY})?(z|[+-]\d\d:?\d\d)?"
)
_CLOCK_PACKED = re.compile(r"(?:kl\.?|klockan)?\s*(\d{1,2})(\d\d)")
_HALF = re.compile(r"\d{1,2}[.,]\d")
_PART_OF_DAY = re.compile(r"0[.,](\d{3,})")


def read_moment(text: str, order: str = "") -> Moment | Unreadable:
    """The day in a cell, and its clock time where there is one. `order` settles days like 05/01/2023."""
    return _read_moment(_plain(text), order)


@lru_cache(REMEMBERED)
def _read_moment(text: str, order: str) -> Moment | Unreadable:
    if serial := _SERIAL.fullmatch(text):
        return _from_serial(serial)
    day = _read_day(text, order)
    if isinstance(day, date):
        return Moment(day)
    if (split := _TIME_AFTER.fullmatch(text)) is None:
        return day
    first = _read_day(split[1].strip(), order)
    if isinstance(first, Unreadable):
        return first
    clock = _CLOCK.fullmatch(split[2].strip())
    minutes = NO_CLOCK if clock is None else _minutes(clock, until=MINUTES_A_DAY - 1)
    if isinstance(minutes, Unreadable):
        return minutes
    assert clock is not None
    return _at_home(first, minutes) if clock[5] == "z" else Moment(first, minutes)


def read_clock(text: str, *, end: bool = False) -> int | Unreadable:
    """Minutes after midnight; `end` says that it may be 24:00. A moment in the cell gives its time."""
    return _read_clock(_plain(text), end)


@lru_cache(REMEMBERED)
def _read_clock(text: str, end: bool) -> int | Unreadable:
    until = MINUTES_A_DAY if end else MINUTES_A_DAY - 1
    if _HALF.fullmatch(text):
        return _HALF_CLOCK
    if part := _PART_OF_DAY.fullmatch(text):
        return int(round(int(part[1]) * MINUTES_A_DAY / 10 ** len(part[1])) % MINUTES_A_DAY)
    if clock := _CLOCK.fullmatch(text):
        return _minutes(clock, until)
    if packed := _CLOCK_PACKED.fullmatch(text):
        return _checked(int(packed[1]), int(packed[2]), until)
    moment = _read_moment(text, "")
    if isinstance(moment, Moment) and moment.minutes is not None:
        return moment.minutes
    return NO_CLOCK


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())


def _read_day(text: str, order: str) -> date | Unreadable:
    text = _WEEKDAY.sub("", text, count=1)
    if found := _ISO.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_NAMED.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_NAMED.fullmatch(text):
        return _named(found[3], found[1], found[2])
    if found := _LATE_YEAR.fullmatch(text):
        return _late_year(found, order)
    return _NO_YEAR if _NO_YEAR_AT_ALL.fullmatch(text) else NO_DAY


def _late_year(found: re.Match[str], order: str) -> date | Unreadable:
    """A day with its year last: 1/5-23 and 1.5.2023 have the day first; 05/01/2023 and 5-1-2023 may have either."""
    first, sign, second, other_sign, written = found.groups()
    one, two = int(first), int(second)
    year = int(written) if len(written) == 4 else 2000 + int(written)
    day_first = (sign == "/" and other_sign in "- ") or (sign == other_sign == "." and len(written) == 4)
    if sign != other_sign and not day_first:
        return NO_DAY
    if day_first or one == two:
        return _day(year, two, one) if day_first or len(written) == 4 else _TWO_DIGITS
    if len(written) == 2 and (not order or sign == "-"):
        return _TWO_DIGITS
    if one > 12 or two > 12:
        return _day(year, two, one) if one > 12 else _day(year, one, two)
    if not order:
        return AMBIGUOUS
    return _day(year, two, one) if order == DAY_FIRST else _day(year, one, two)


def _named(year: str, month: str, day: str) -> date | Unreadable:
    number = _MONTHS.get(month)
    return NO_DAY if number is None else _day(int(year) + (2000 if len(year) == 2 else 0), number, int(day))


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("datumet finns inte i kalendern")


def _from_serial(found: re.Match[str]) -> Moment:
    """A day as a spreadsheet's number, 45047 or 45047,895."""
    minutes = round(int(found[2]) * MINUTES_A_DAY / 10 ** len(found[2])) if found[2] else 0
    day = _BEFORE_SERIALS + timedelta(int(found[1]), minutes=minutes)
    return Moment(day, minutes % MINUTES_A_DAY if found[2] else None)


def _minutes(clock: re.Match[str], until: int) -> int | Unreadable:
    hours, minutes = int(clock[1]), int(clock[2] or 0)
    if half := clock[4]:
        if not 1 <= hours <= 12:
            return NO_CLOCK
        hours = hours % 12 + (12 if half.strip().startswith("p") else 0)
    return _checked(hours, minutes, until)


def _checked(hours: int, minutes: int, until: int) -> int | Unreadable:
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= until else NO_CLOCK


def _at_home(day: date, minutes: int) -> Moment:
    """A moment in UTC as clocks in Sweden showed it, two hours later in summer, else one; not every computer knows zones."""
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    summer = _last_sunday(day.year, 3) <= moment < _last_sunday(day.year, 10)
    moment += timedelta(hours=2 if summer else 1)
    return Moment(moment.date(), moment.hour * 60 + moment.minute)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
