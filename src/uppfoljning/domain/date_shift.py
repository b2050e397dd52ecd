"""From one period to a later one: days, periods and their names moved a number of whole months forward."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.period import ONE_DAY, Period, TermName, months, parse_period, period_name, week

_YEAR, _HALF = 12, 6


class Move(NamedTuple):
    """What was in `old` comes `months` later in `new`, which is `written` in the grammar, or "" when only two days say it."""

    old: Period
    new: Period
    written: str
    months: int

    @property
    def whole_years(self) -> bool:
        """Whether the calendar is the same in both, so that the same school terms come again."""
        return self.months % _YEAR == 0

    def day(self, day: date) -> date:
        """A day moved; the last of a month stays the last of its month, and 29 February has a place every year."""
        return moved_day(day, self.months)

    def period(self, period: Period) -> Period:
        """The days of a period moved; all of the old period is all of the new one, however long that is."""
        return self.new if period == self.old else Period(self.day(period.first), self.day(period.last))

    def name(self, written: str) -> str | None:
        """A period as the grammar writes it, moved: `2026-T1` to `2027-T1`; None where the grammar has no word for it."""
        return moved_name(written, self.months)

    def words(self, written: str) -> Mapping[str, str]:
        """The old period's years and name, each with what stands for it in the new one; `written` is the old name, or ""."""
        first, last = self.old.first.year, self.old.last.year
        later = self.new.first.year - first
        found = {written: self.written} if written and self.written else {}
        if first != last:
            found |= {f"{first}{dash}{last % 100:02}": f"{first + later}{dash}{(last + later) % 100:02}" for dash in "/–-"}
        return found | {str(year): str(year + later) for year in range(first, last + 1)}


def reworded(text: str, words: Mapping[str, str]) -> str:
    """The text with each of the words exchanged once, where it is not a part of a longer figure."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.sub(rf"(?<![0-9])(?:{pattern})(?![0-9])", lambda match: words[match[0]], text)


def moved_day(day: date, by: int) -> date:
    """As `Move.day`; where the calendar ends it is the first or last day there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if by > 0 else date.min
    whole = months(year, month + 1, 1)
    if day == months(day.year, day.month, 1).last:
        return whole.last
    return min(whole.last, whole.first + (day.day - 1) * ONE_DAY)


def moved_name(written: str, by: int) -> str | None:
    """As `Move.name`. A week keeps its number a whole year later (the 53rd is the last); terms alternate by half-years."""
    period = parse_period(written)
    if isinstance(period, str):
        half = int(period[2:]) * 2 + (period[:2] == "HT") + by // _HALF
        return None if by % _HALF else f"{('VT', 'HT')[half % 2]}{half // 2:04}"
    if isinstance(period, Problem):
        return None
    if "-W" in written and by % _YEAR == 0:
        year, number = int(written[:4]) + by // _YEAR, written[-2:]
        return f"{year:04}-W{number}" if week(year, int(number)) else f"{year:04}-W52"
    moved = period_name(Period(moved_day(period.first, by), moved_day(period.last, by)))
    return moved if isinstance(parse_period(moved), Period) else None


def following(old: Period, written: str) -> Period | TermName | None:
    """The next period as long as the old one, directly after it: by whole months, or the next term.

    `written` is the old one's name, or "". None where it is not a whole number of months, or the calendar ends.
    """
    if isinstance(parse_period(written), str) and (name := moved_name(written, _HALF)):
        return TermName(name)
    if old.last == date.max:
        return None
    first = old.last + ONE_DAY
    whole = first.day == old.first.day
    return Period(first, moved_day(old.last, _months_between(old.first, first))) if whole else None


def move_to(old: Period, written: str, new: Period | TermName, terms: Mapping[str, Period]) -> Move | None:
    """The move from a period, written as `written` or "", to a new one; None when the days of a term cannot be told.

    `terms` are those that the old plan dates; a term that it does not is the same one, moved a number of whole years.
    """
    if isinstance(new, Period):
        name = period_name(new)
        named = name if isinstance(parse_period(name), Period) else ""
        return Move(old, new, named, _months_between(old.first, new.first))
    by = _terms_between(written, new)
    days = terms.get(new)
    if days is not None:
        return Move(old, days, new, by or _months_between(old.first, days.first))
    if by and by % _YEAR == 0:
        return Move(old, Period(moved_day(old.first, by), moved_day(old.last, by)), new, by)
    return None


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _terms_between(written: str, new: TermName) -> int:
    """How many months there are from one term to another by their names; 0 when the old period is no term."""
    if not isinstance(parse_period(written), str):
        return 0
    return (int(new[2:]) - int(written[2:])) * 12 + ((new[:2] == "HT") - (written[:2] == "HT")) * _HALF
