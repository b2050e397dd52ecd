"""Days and clock times as people say them: `igår`, `fre`, `5/3`, `5 mars`, `2030`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from uppfoljning.domain.clock import WEEKDAYS, parse_date
from uppfoljning.domain.finding import Problem

WEEKDAY_NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_NEAR = {"idag": 0, "igår": -1, "förrgår": -2, "iförrgår": -2, "imorgon": 1}
_DAY_MONTH = re.compile(r"([0-9]{1,2})\s*(?:/|\s)\s*([0-9]{1,2}|[a-zåäö]{3,9})\.?(?:[\s/-]+([0-9]{4}))?")
_CLOCK = re.compile(r"(?:kl\.?\s*)?([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
_HELP = "skriv till exempel igår, fre, 5/3 eller 2026-03-06"


def said(day: date) -> str:
    """A day in words: `fredag 6 mars 2026`."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_day(text: str, today: date) -> date | Problem:
    """A day as it is said on `today`. A weekday or a day without year is the latest that has been, today included."""
    word = text.casefold().strip()
    if (days := _NEAR.get(word.replace(" ", ""))) is not None:
        return _moved(today, days)
    if (weekday := _weekday(word)) is not None:
        return _moved(today, -((today.weekday() - weekday) % 7))
    if match := _DAY_MONTH.fullmatch(word):
        return _of_month(match, today)
    found = parse_date(word)
    return found._replace(remedy=_HELP) if isinstance(found, Problem) and not found.note else found


def as_clock(text: str) -> str:
    """A clock time as `parse_start` reads it: `2030`, `20` and `kl 20.30` become 20:30, 20:00 and 20:30."""
    match = _CLOCK.fullmatch(text.casefold().strip())
    return f"{int(match[1])}:{match[2] or '00'}".rjust(5, "0") if match else text


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock time."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moved(day: date, days: int) -> date | Problem:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return Problem("S105", "datumet finns inte", _HELP)


def _weekday(word: str) -> int | None:
    """The weekday of `fre`, `fredag`, `fredags` and `i fredags`."""
    bare = word.removeprefix("i ").removesuffix("s") if word not in WEEKDAYS else word
    return next((at for at, name in enumerate(WEEKDAY_NAMES) if len(bare) >= 3 and name.startswith(bare)), None)


def _of_month(match: re.Match[str], today: date) -> date | Problem:
    named = match[2]
    if named.isdigit():
        month = int(named)
    else:
        month = next((at for at, name in enumerate(MONTHS, 1) if name.startswith(named)), 0)
    if match[3]:
        return parse_date(f"{match[3]}-{month:02}-{int(match[1]):02}")
    found = parse_date(f"{today.year:04}-{month:02}-{int(match[1]):02}")
    if isinstance(found, date) and found <= today:
        return found
    # 29 February is the latest there was; other days that do not exist this year do not exist last year either.
    earlier = (parse_date(f"{today.year - back:04}-{month:02}-{int(match[1]):02}") for back in range(1, 9) if today.year > back)
    return next((day for day in earlier if isinstance(day, date)), found)
