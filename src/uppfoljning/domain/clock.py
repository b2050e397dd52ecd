"""Clock times, moments and lengths. Clock times are minutes after midnight; what passes midnight belongs to the day it began."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from uppfoljning.domain.finding import REMEMBERED, Problem
from uppfoljning.domain.number import Number, exact, parse_number

MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")

_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00(?:\.0+)?)?")
"""Seconds that are zero say nothing new, and are what other programs write back."""
_SPAN = re.compile(r"[0-9]{1,2}[:.][0-9]{2}\s*[–—-]\s*[0-9]{1,2}[:.][0-9]{2}")
_LENGTH_AS_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")
_CLOCK_SAID = re.compile(r"(?:kl(?:ockan|\.)? ?)?([0-9]{1,2})[:. ]?([0-9]{2})?(?:[:.][0-9]{2})?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LENGTH = re.compile(
    r"(?:(\S+)\s*(?:timmar|timme|tim|h)\.?)?\s*(?:([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:minuter|minut|min)\.?)?"
    r"\s*(?:([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:sekunder|sekund|sek|s)\.?)?"
)
_WITHIN = re.compile(r"(\S+)\s*(minuter|minut|min|timmar|timme|tim|dygn|dagar|dag|veckor|vecka)\.?")
_UNIT_MINUTES = {"min": 1, "tim": 60, "dyg": MINUTES_A_DAY, "dag": MINUTES_A_DAY, "vec": 7 * MINUTES_A_DAY}


@lru_cache(REMEMBERED)
def parse_date(text: str) -> date | Problem:
    """A day written as 2026-03-06."""
    match = _DATE.fullmatch(text)
    if match is None:
        return Problem("S105", "värdet är inget datum", _date_meant(text), _date_note(text))
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            return Problem("S105", "datumet finns inte", "rätta månaden", "månaderna går från 01 till 12")
        if year < 1:
            return Problem("S105", "datumet finns inte", "rätta året", "åren börjar på 0001")
        from calendar import monthrange

        last = monthrange(year, month)[1]
        return Problem("S105", "datumet finns inte", "rätta dagen", f"{match[1]}-{match[2]} går från 01 till {last}")


_MONTH_NAMES = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ].*)?")
_DAY_NAMED = re.compile(r"(?:den )?([0-9]{1,2})(?::e)? ([a-zåäö]{3,9}),? ([0-9]{4})")


def month_named(text: str) -> int:
    """The number of the month whose name a text begins with; 0 when it is none."""
    return next((at for at, name in enumerate(_MONTH_NAMES, 1) if text.casefold().startswith(name)), 0)


def _date_meant(text: str) -> str:
    """How a day is written, with the day itself where it can only be one."""
    shown = "skriv år, månad och dag som 2026-03-06"
    found = _YEAR_FIRST.fullmatch(text)
    year, month, day = (int(part) for part in found.groups()) if found else (0, 0, 0)
    if named := _DAY_NAMED.fullmatch(text.casefold()):
        month = month_named(named[2])
        year, day = int(named[3]), int(named[1])
    try:
        return f"skriv {date(year, month, day)}" if year else shown
    except ValueError:
        return shown


def _date_note(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return "månad och dag skrivs med två siffror"
    return ""


@lru_cache(REMEMBERED)
def parse_start(text: str) -> int | Problem:
    """A clock time from 00:00 to 23:59, as minutes after midnight."""
    minutes = parse_end(text)
    if minutes == MINUTES_A_DAY:
        return Problem(
            "S104", "värdet är inget klockslag", "skriv 00:00 för midnatt då något börjar", "24:00 går bara som sluttid"
        )
    return minutes


@lru_cache(REMEMBERED)
def parse_end(text: str) -> int | Problem:
    """A clock time from 00:00 to 24:00, as minutes after midnight."""
    match = _CLOCK.fullmatch(text)
    remedy = "skriv till exempel 02:15; ett tillfälle får gå över midnatt"
    if match is None:
        said = _CLOCK_SAID.fullmatch(text.casefold())
        if said and int(said[1]) < 24 and int(said[2] or 0) < 60:
            remedy = f"skriv {int(said[1]):02}:{said[2] or '00'}"
        note = "två klockslag står i samma värde; skriv dem som start och slut" if _SPAN.fullmatch(text) else ""
        return Problem("S104", "värdet är inget klockslag", remedy, note)
    hours, minutes = int(match[1]), int(match[2])
    if minutes > 59:
        return Problem("S104", "värdet är inget klockslag", remedy, "minuterna går från 00 till 59")
    if hours > 24 or (hours == 24 and minutes):
        return Problem("S104", "värdet är inget klockslag", remedy, "timmarna går från 00 till 23; 24:00 går som sluttid")
    return hours * 60 + minutes


def parse_moment(text: str) -> datetime | Problem:
    """A day and a clock time: 2026-03-06 21:30."""
    day_text, _, clock_text = text.replace("T", " ", 1).partition(" ")
    if not clock_text:
        return Problem("S111", "värdet är ingen tidpunkt", "skriv dag och klockslag, till exempel 2026-03-06 21:30")
    day, minutes = parse_date(day_text), parse_start(clock_text.strip())
    if isinstance(day, Problem):
        return day
    if isinstance(minutes, Problem):
        return minutes
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60)


def parse_length(text: str) -> Number | Problem:
    """A length of time as hours: `3:45` (hours and minutes), `2 tim 30 min`, `45 min`, `1,5 tim` or `7 min 30 s`."""
    if clock := _LENGTH_AS_CLOCK.fullmatch(text):
        return exact(Fraction(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0), 3600))
    length = parse_unit_length(text)
    return length if isinstance(length, Problem) else length.hours


class Length(NamedTuple):
    """A length of time, and how many of the smallest unit it is written in go to an hour."""

    hours: Number
    an_hour: int

    @property
    def amount(self) -> Number:
        """The length in the unit that it is written in."""
        return exact(Fraction(self.hours) * self.an_hour)


UNITS_OF_LENGTH = {1: "timmar", 60: "minuter", 3600: "sekunder"}
"""The name of a unit of time, by how many go to an hour."""


def parse_unit_length(text: str) -> Length | Problem:
    """A length of time that names its units. `8:04` could be minutes and seconds or hours and minutes, and is refused."""
    if clock := _LENGTH_AS_CLOCK.fullmatch(text):
        first, second = int(clock[1]), int(clock[2])
        if clock[3] is not None:
            return Problem("S112", "en tidslängd skrivs med enhet", f"skriv {first} tim {second} min {int(clock[3])} s")
        remedy = f"skriv {first} min {second} s eller {first} tim {second} min"
        return Problem("S112", "tiden kan läsas på två sätt", remedy)
    match = _LENGTH.fullmatch(text)
    if match is None or not any(match.groups()) or (match[1] or "").startswith(("-", "−")):
        return Problem("S112", "värdet är ingen tidslängd", "skriv till exempel 3:45, 45 min, 2 tim 30 min eller 7 min 30 s")
    hours = Fraction(0)
    for part, an_hour in zip(match.groups(), UNITS_OF_LENGTH, strict=True):
        read = parse_number(part) if part else 0
        if isinstance(read, Problem):
            return read
        hours += Fraction(read) / an_hour
    smallest = max(an_hour for part, an_hour in zip(match.groups(), UNITS_OF_LENGTH, strict=True) if part)
    return Length(exact(hours), smallest)


def parse_within(text: str) -> int | Problem:
    """A limit such as `24 timmar` or `3 dygn`, as minutes."""
    match = _WITHIN.fullmatch(text)
    value = parse_number(match[1]) if match else None
    if match is None or value is None or isinstance(value, Problem) or value <= 0:
        return Problem("S112", "värdet är ingen tidsgräns", "skriv till exempel 24 timmar eller 3 dygn")
    minutes = exact(Fraction(value) * _UNIT_MINUTES[match[2][:3]])
    if not isinstance(minutes, int):
        return Problem("S112", "gränsen ska bli hela minuter", "skriv den i minuter")
    return minutes


def parse_weekday(text: str) -> int | Problem:
    """A weekday by its first three letters; Monday is 0."""
    if text in WEEKDAYS:
        return WEEKDAYS.index(text)
    short = next((day for day in WEEKDAYS if text.casefold().startswith(day)), "")
    remedy = f"skriv {short}" if short else "välj bland: " + ", ".join(WEEKDAYS)
    return Problem("S113", "veckodagen skrivs med tre bokstäver", remedy)


def minutes_between(first: datetime, last: datetime) -> int:
    """Whole minutes from one moment to another in Sweden: real time, also over a change of clocks.

    Of an hour that is there twice, the first is meant.
    """
    if MINYEAR in (first.year, last.year) or MAXYEAR in (first.year, last.year):
        return (last - first) // timedelta(minutes=1)
    return (_utc(last) - _utc(first)) // timedelta(minutes=1)


@cache
def _sweden() -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Stockholm")


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=_sweden()).astimezone(UTC)


class Window(NamedTuple):
    """Hours of the day, both ends included; `end` below `start` passes midnight."""

    start: int
    end: int

    @property
    def passes_midnight(self) -> bool:
        """Whether the hours after midnight belong to the day before."""
        return self.end < self.start

    def opened(self, minutes: int) -> int | None:
        """How many days before it a clock time's window opened: 0, 1, or None outside the window."""
        if not self.passes_midnight:
            if self.start <= minutes <= self.end:
                return 0
            return 1 if minutes + MINUTES_A_DAY <= self.end else None
        if minutes >= self.start:
            return 0
        return 1 if minutes <= self.end else None


def parse_window(text: str) -> Window | Problem:
    """Hours written as 20:00–02:00; a dash of any kind stands between."""
    ends = re.split(r"\s*[–—-]\s*", text)
    if len(ends) != 2:
        return Problem("S114", "värdet är ingen tid på dygnet", "skriv från och till, som 20:00–02:00")
    start, end = parse_start(ends[0]), parse_end(ends[1])
    if isinstance(start, Problem):
        return start
    if isinstance(end, Problem):
        return end
    return Window(start, end)
