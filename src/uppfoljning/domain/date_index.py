"""Entries found by the days they concern, without looking through all of them for each day or period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from uppfoljning.domain.consolidation import order, part_of
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period, after


class TotalsByDay:
    """Stated totals in order of date, to find the one that an occasion is part of without looking through them all."""

    def __init__(self, totals: Sequence[Entry]) -> None:
        self._alike: dict[tuple[str, str | None], list[Entry]] = {}
        self._wide: list[Entry] = []
        self._first: dict[tuple[str, str | None], _FirstByDay] = {}
        self._reach: dict[tuple[str, ...], tuple[list[date], list[date]]] = {}
        for total in totals:
            places = total.report.places
            if len(total.parties) * len(places) > _WIDE:
                self._wide.append(total)
                continue
            for party in dict.fromkeys(total.parties):
                for place in dict.fromkeys((None, *(places or (_NOWHERE,)))):
                    self._alike.setdefault((party, place), []).append(total)
        for total in totals:
            firsts, lasts = self._reach.setdefault(total.parties, ([], []))
            firsts.append(total.span.first)
            lasts.append(max(total.span.last, lasts[-1]) if lasts else total.span.last)

    def holding(self, entry: Entry) -> Entry | None:
        """As `part_of` all the totals."""
        day, places = entry.span.first, entry.report.places
        found = [part_of(entry, self._wide)]
        for party in entry.parties if self._alike else ():
            found += [self._first_of(party, place, day) for place in ((*places, _NOWHERE) if places else (None,))]
        return min((total for total in found if total is not None), key=order, default=None)

    def _first_of(self, party: str, place: str | None, day: date) -> Entry | None:
        first = self._first.get((party, place))
        if first is None:
            first = self._first[party, place] = _FirstByDay(self._alike.get((party, place), ()))
        return first.at(day)

    def stand_for(self, entry: Entry) -> bool:
        """Whether one of the totals, from the very same parties, has all the days of an entry."""
        firsts, lasts = self._reach.get(entry.parties, ((), ()))
        at = bisect_right(firsts, entry.span.first)
        return at > 0 and lasts[at - 1] >= entry.span.last


_WIDE = 100
"""Totals of so many parties at so many places are few, and looked through."""
_NOWHERE = ""


class _FirstByDay:
    """Of some entries in order of date, the first that each day is one of."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._from: list[date] = []
        self._first: list[Entry | None] = []
        ends = (after(entry.span.last, 1) for entry in entries if entry.span.last < date.max)
        days = sorted({*(entry.span.first for entry in entries), *ends})
        begun = first = 0
        for day in days:
            while begun < len(entries) and entries[begun].span.first <= day:
                begun += 1
            # Entries go in the order they begin in, so one that has ended is never the first again.
            while first < begun and entries[first].span.last < day:
                first += 1
            self._from.append(day)
            self._first.append(entries[first] if first < begun else None)

    def at(self, day: date) -> Entry | None:
        """The first that has the day among its own."""
        at = bisect_right(self._from, day)
        return self._first[at - 1] if at else None


def first_touching(entries: Sequence[Entry], periods: Sequence[Period]) -> list[Entry | None]:
    """For each period the first of some entries, in the order they are given, that has a day in common with it."""
    lasts = sorted({entry.span.last for entry in entries})
    best = [len(entries)] * (len(lasts) + 1)
    begins = sorted(range(len(entries)), key=lambda at: entries[at].span.first)
    found: list[Entry | None] = [None] * len(periods)
    begun = 0
    for asked in sorted(range(len(periods)), key=lambda at: periods[at].last):
        while begun < len(begins) and entries[begins[begun]].span.first <= periods[asked].last:
            # A Fenwick tree from the end: of those that have begun and end on a day or later, the least number.
            at = len(lasts) - bisect_left(lasts, entries[begins[begun]].span.last)
            while at < len(best):
                best[at] = min(best[at], begins[begun])
                at += at & -at
            begun += 1
        at = len(lasts) - bisect_left(lasts, periods[asked].first)
        least = len(entries)
        while at > 0:
            least = min(least, best[at])
            at -= at & -at
        found[asked] = entries[least] if least < len(entries) else None
    return found
