"""Entries found by the days they concern, without looking through all of them for each day or period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.ledger import part_of
from uppfoljning.domain.period import Period


class Touching:
    """Entries in order of date, to find those that have a day in common with a period."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._days: list[date] = []
        self._of_a_day: list[Entry] = []
        self._longer: list[Entry] = []
        for entry in entries:
            if entry.span.first == entry.span.last:
                self._days.append(entry.span.first)
                self._of_a_day.append(entry)
            else:
                self._longer.append(entry)

    def find(self, period: Period) -> list[Entry]:
        """Those of a day first, then the longer ones."""
        found = self._of_a_day[bisect_left(self._days, period.first) : bisect_right(self._days, period.last)]
        return found + [entry for entry in self._longer if entry.span.overlaps(period)]


class TotalsByDay:
    """Stated totals, to find the one that an occasion is part of; each day is looked up once."""

    def __init__(self, totals: Sequence[Entry]) -> None:
        self._totals = totals
        self._by_day: dict[date, list[Entry]] = {}

    def of(self, day: date) -> list[Entry]:
        """The totals whose days a day is one of, in their order."""
        found = self._by_day.get(day)
        if found is None:
            found = self._by_day[day] = [total for total in self._totals if day in total.span]
        return found

    def holding(self, entry: Entry) -> Entry | None:
        """As `part_of` all the totals."""
        return part_of(entry, self.of(entry.span.first)) if self._totals else None
