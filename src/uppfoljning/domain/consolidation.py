"""What the reports of one commitment amount to at a day: corrections settled, joint occasions joined, totals resolved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number, Quantity
from uppfoljning.domain.period import Period, after

# What leads to what, step by step: corrections of corrections, parts of parts. Each step is taken once, however long the way.


def rings(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> Iterator[list[str]]:
    """All that can be reached from some names, in groups: those that lead round to each other are one.

    A group comes after all that it leads to. `leads_to` is asked once for each name. It is Tarjan's algorithm, without recursion.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    done: set[str] = set()
    kept: list[str] = []
    for name in names:
        way = [] if name in number else [(name, iter(leads_to(name)))]
        if way:
            number[name] = lowest[name] = len(number)
            kept.append(name)
        while way:
            at, steps = way[-1]
            for step in steps:
                if step not in number:
                    number[step] = lowest[step] = len(number)
                    kept.append(step)
                    way.append((step, iter(leads_to(step))))
                    break
                if step not in done:
                    lowest[at] = min(lowest[at], number[step])
            else:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[at])
                if lowest[at] == number[at]:
                    group = [kept.pop()]
                    while group[-1] != at:
                        group.append(kept.pop())
                    done.update(group)
                    yield group


def first_reaching(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """For each that can be reached from some names, in at least one step, the first of the names that leads to it."""
    found: dict[str, str] = {}
    for name in names:
        waiting = [name]
        while waiting:
            for step in leads_to(waiting.pop()):
                if step not in found:
                    found[step] = name
                    waiting.append(step)
    return found


Clash = Literal["samma", "överlapp", "faller"]


class Conflict(NamedTuple):
    """Two statements of totals that cannot both stand: the same period twice, overlapping periods, a running total that falls."""

    kind: Clash
    first: Entry
    second: Entry


class Ledger(NamedTuple):
    """The entries of one commitment that a day can see, in order of date.

    `replaced` are the corrected ones by what corrects them; `joined` are reports of an occasion that another party reported
    first; `first_submitted` is when each was first handed in, before any correction.
    """

    entries: tuple[Entry, ...]
    replaced: dict[str, Entry]
    replaced_entries: tuple[Entry, ...]
    joined: dict[str, Entry]
    first_submitted: dict[str, date]

    def partners(self) -> dict[str, list[Entry]]:
        """The reports of other parties about the same occasion, by the id of the report that counts."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries if self.joined else ():
            if (leader := self.joined.get(entry.id)) is not None:
                found.setdefault(leader.id, []).append(entry)
        return found


def order(entry: Entry) -> tuple[date, date, date, str]:
    """The order in which entries are read: by date, then by when they were handed in, then by name."""
    first, last = entry.span
    return (first, last, entry.report.submitted or last, entry.id)


def ledger_at(entries: Iterable[Entry], as_of: date) -> Ledger:
    """What a day can see: entries dated by then and handed in by then."""
    seen = sorted((e for e in entries if e.span.last <= as_of and e.submitted <= as_of), key=order)
    by_id = {entry.id: entry for entry in seen}
    replaced = _replaced(seen, by_id)
    current = tuple(entry for entry in seen if entry.id not in replaced)
    first = _first_submitted(current, by_id)
    gone = tuple(entry for entry in seen if entry.id in replaced)
    return Ledger(current, replaced, gone, _joined(current, first), first)


def current(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that no correction has replaced, in order of date: those that count when all has been seen."""
    seen = sorted(entries, key=order)
    if any(entry.report.replaces for entry in seen):
        replaced = _replaced(seen, {entry.id: entry for entry in seen})
        return [entry for entry in seen if entry.id not in replaced]
    return seen


def _replaced(seen: Iterable[Entry], by_id: Mapping[str, Entry]) -> dict[str, Entry]:
    return {old: entry for entry in seen for old in entry.report.replaces if old in by_id and old != entry.id}


def _first_submitted(entries: Iterable[Entry], by_id: Mapping[str, Entry]) -> dict[str, date]:
    """When each was first handed in, itself or what it corrects, step by step."""
    found = {entry.id: entry.submitted for entry in entries}
    correcting = [entry.id for entry in entries if entry.report.replaces]
    if not correcting:
        return found

    def replaced(id: str) -> list[str]:
        return [old for old in by_id[id].report.replaces if old in by_id]

    first: dict[str, date] = {}
    for group in rings(correcting, replaced):
        days = [by_id[name].submitted for name in group]
        days += [first[old] for name in group for old in replaced(name) if old in first]
        first |= dict.fromkeys(group, min(days))
    return {name: first.get(name, day) for name, day in found.items()}


def occasion_key(entry: Entry) -> tuple[date, tuple[str, ...], int] | None:
    """What makes two reports one joint occasion, or None where date, place, start or parties are not all stated.

    A cancelled or moved occasion is told of as one that was held is; `_joined` keeps them apart. Reports that stand for several
    are known not to be joint.
    """
    report = entry.report
    if report.start is None or not report.places or not report.parties or entry.total or entry.times > 1:
        return None
    places = report.places if len(report.places) == 1 else tuple(sorted(report.places))
    return (entry.span.first, places, report.start)


def _joined(entries: Iterable[Entry], first_submitted: dict[str, date]) -> dict[str, Entry]:
    """Entries that report an occasion already reported by another party, by the report that counts."""
    by_occasion: dict[object, list[Entry]] = {}
    for entry in entries:
        if (found := occasion_key(entry)) is not None:
            by_occasion.setdefault((found, entry.report.state), []).append(entry)
    joined: dict[str, Entry] = {}
    for group in by_occasion.values():
        if len(group) > 1:
            group.sort(key=lambda entry: (first_submitted[entry.id], entry.id))
            leaders: list[tuple[Entry, set[str]]] = []
            # The parties of an occasion only grow: one that has been passed by for some parties never fits the same again.
            passed: dict[frozenset[str], int] = {}
            for entry in group:
                own = frozenset(entry.report.parties)
                at = max(passed.get(own, 0), *(passed.get(frozenset({party}), 0) for party in own))
                while at < len(leaders) and not leaders[at][1].isdisjoint(own):
                    at += 1
                passed[own] = at
                if at < len(leaders):
                    joined[entry.id] = leaders[at][0]
                    leaders[at][1].update(own)
                else:
                    leaders.append((entry, set(own)))
    return joined


State = Callable[[Entry], Quantity | None]
"""What an entry states of one quantity, or None."""


class Totals(NamedTuple):
    """Statements of totals of one quantity: those that count, what stands for each of the others, and those in conflict."""

    counted: list[Entry]
    stands_for: dict[str, Entry]
    conflicts: list[Conflict]


def resolve_totals(entries: Iterable[Entry], state: State) -> Totals:
    """Running totals never add; periods apart do. Of periods that overlap those count that together say most, nothing twice.

    So a sum is never less than what any of the statements says of its own days. Of equals it is those of most days, then the
    fewest, then those handed in first.
    """
    groups: dict[tuple[frozenset[str], frozenset[str]], list[Entry]] = {}
    for entry in entries:
        if entry.total and entry.carried_out and state(entry) is not None:
            groups.setdefault((frozenset(entry.parties), frozenset(entry.report.places)), []).append(entry)
    totals = Totals([], {}, [])
    for group in groups.values():
        _resolve_group(sorted(group, key=order), state, totals)
    totals.counted.sort(key=order)
    return totals


def _resolve_group(group: list[Entry], state: State, totals: Totals) -> None:
    totals.conflicts.extend(_conflicts(group, state))
    counted = _most(group, state)
    totals.counted.extend(counted)
    kept = {entry.id for entry in counted}
    lasts = [entry.span.last for entry in counted]
    for entry in group:
        if entry.id not in kept:
            totals.stands_for[entry.id] = counted[min(bisect_left(lasts, entry.span.first), len(counted) - 1)]


def _most(group: Sequence[Entry], state: State) -> list[Entry]:
    """Of some statements of totals those apart from each other that together say most, in order of date."""
    settled = _settled(group, state)
    by_end = sorted(settled, key=lambda entry: (entry.span.last, entry.submitted, entry.id))
    lasts = [entry.span.last for entry in by_end]
    # Weighted intervals: for each, the most that it and those that ended before it come to, or those before it without it.
    most: list[tuple[Number, int, int]] = [(0, 0, 0)]
    taken: list[int | None] = [None]
    for at, entry in enumerate(by_end):
        before = bisect_left(lasts, entry.span.first, 0, at)
        quantity = state(entry)
        value, days, number = most[before]
        own = (value + (quantity.value if quantity is not None else 0), days + entry.span.days, number - 1)
        taken.append(before if own > most[at] else None)
        most.append(max(own, most[at]))
    found: list[Entry] = []
    at = len(by_end)
    while at:
        reached = taken[at]
        if reached is None:
            at -= 1
        else:
            found.append(by_end[at - 1])
            at = reached
    return found[::-1]


def _settled(group: Sequence[Entry], state: State) -> list[Entry]:
    """The statements without those about so many that a later one, from the same day on, tells the number of."""
    known: dict[date, list[Entry]] = {}
    for entry in group:
        running = known.setdefault(entry.span.first, [])
        own = state(entry)
        while running and own is not None and not own.certainty and (before := state(running[-1])) is not None:
            if before.certainty != "ca" or before.value <= own.value or running[-1].span == entry.span:
                break
            running.pop()
        running.append(entry)
    return [entry for running in known.values() for entry in running]


def _conflicts(group: Sequence[Entry], state: State) -> Iterator[Conflict]:
    """The statements that cannot both stand, each with the last before it that it meets."""
    standing: Entry | None = None
    for entry in group:
        # In order of beginning: whoever reaches furthest is the one that others meet.
        if standing is None or not standing.span.overlaps(entry.span):
            standing = entry
        elif standing.span == entry.span:
            yield Conflict("samma", standing, entry)
        elif standing.span.first == entry.span.first:
            if _falls(state(standing), state(entry)):
                yield Conflict("faller", standing, entry)
            standing = entry
        else:
            yield Conflict("överlapp", standing, entry)
            standing = max(standing, entry, key=lambda one: one.span.last)


def _falls(before: Quantity | None, after: Quantity | None) -> bool:
    if before is None or after is None or before.certainty == "ca" or after.certainty:
        return False
    return after.value < before.value


def part_of(entry: Entry, totals: Iterable[Entry]) -> Entry | None:
    """The stated total that a single occasion is part of: same days, a party in common, and no other place stated."""
    for total in totals:
        if entry.span.first in total.span and not set(entry.parties).isdisjoint(total.parties):
            here, there = entry.report.places, total.report.places
            if not here or not there or not set(here).isdisjoint(there):
                return total
    return None


# Entries found by the days they concern, without looking through all of them for each day or period.


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
