"""Reports of one day that may be of one occasion, found without comparing every report with every other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from uppfoljning.domain.consolidation import occasion_key
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Problem

_AGAIN = Problem(
    "Q601",
    "troligen samma tillfälle två gånger",
    "är det två tillfällen, skriv start eller plats på båda; är det en rättelse, skriv ersätter:; annars ta bort den ena",
)
_OTHERWISE = Problem(
    "Q602",
    "samma tillfälle är rapporterat med olika siffror",
    "jämför rapporterna; siffrorna i den som lämnades in först räknas",
)


_UNSEEN = Problem(
    "Q601",
    "den här dagens rapporter svarar på så olika frågor att alla inte är jämförda",
    "skriv start och plats på alla rapporter från dagen, så skiljs de åt",
)


class Patience:
    """How many comparisons are left to make for so many reports: some for each, so that the time does not grow as a square."""

    def __init__(self, reports: int) -> None:
        self.left = 20_000 + 20 * reports


def alike(entries: Sequence[Entry], patience: Patience | None = None) -> Iterator[tuple[Entry, Entry, Problem]]:
    """Each report of a day that is like an earlier one in the sequence, with the first that it is like, and in what way.

    Two are alike when nothing that both state differs. Two of the same place and time are alike when a party is in both; from
    different parties they are one joint occasion, and only their answers may be at odds. Where patience runs out, that is said.
    """
    # When all say where and when they were, and no two say the same, none is like another.
    told_apart = {_where_and_when(entry) for entry in entries if entry.report.places and entry.report.start is not None}
    if len(told_apart) == len(entries):
        return
    patience = patience or Patience(len(entries))
    others = _Before(patience)
    placed = _Before(patience)
    joint: dict[object, _Joint] = {}
    for at, entry in enumerate(entries):
        if patience.left <= 0:
            yield entry, entries[0], _UNSEEN
            return
        key, stated = occasion_key(entry), _stated(entry)
        first, problem = others.first_agreeing(stated), _AGAIN
        if key is None:
            first = min(first, placed.first_agreeing(stated))
            others.add(at, stated)
        else:
            same = joint.setdefault(key, _Joint(patience))
            first = min(first, same.first_of_party(entry))
            if (other := same.answers.first_differing(entry.facts)) < first:
                first, problem = other, _OTHERWISE
            placed.add(at, stated)
            same.add(at, entry)
        if first < at:
            yield entry, entries[first], problem


def _where_and_when(entry: Entry) -> tuple[tuple[str, ...], int | None]:
    return tuple(sorted(entry.report.places)), entry.report.start


def _stated(entry: Entry) -> dict[str, object]:
    """What a report states that could tell it from another; the id of an answer has no point."""
    report = entry.report
    stated = dict(entry.facts)
    if report.start is not None:
        stated[".start"] = report.start
    if report.places:
        stated[".plats"] = tuple(sorted(report.places))
    if report.end is not None:
        stated[".slut"] = report.end
    return stated


_NONE = 1 << 62
"""A position after every other."""


class _Group:
    """Reports that state something under the same names, with their positions, in order."""

    def __init__(self, names: tuple[str, ...], start: int) -> None:
        self.names = names
        self.start = start
        self._members: list[tuple[int, Mapping[str, object]]] = []
        self._firsts: dict[tuple[str, ...], dict[tuple[object, ...], int]] = {}

    def add(self, at: int, stated: Mapping[str, object]) -> None:
        self._members.append((at, stated))
        for names, firsts in self._firsts.items():
            firsts.setdefault(tuple([stated[name] for name in names]), at)

    def firsts(self, names: tuple[str, ...], patience: Patience) -> Mapping[tuple[object, ...], int]:
        """The first position of each set of values under some of the names, the earliest first; kept up to date from now on."""
        known = self._firsts.get(names)
        if known is None:
            known = self._firsts[names] = {}
            patience.left -= len(self._members)
            for at, stated in self._members:
                known.setdefault(tuple([stated[name] for name in names]), at)
        return known


class _Before:
    """Earlier reports by what they state."""

    def __init__(self, patience: Patience) -> None:
        self._groups: dict[frozenset[str], _Group] = {}
        self._patience = patience

    def add(self, at: int, stated: Mapping[str, object]) -> None:
        """Take in the report at a position, which is after all so far."""
        names = frozenset(stated)
        group = self._groups.get(names)
        if group is None:
            group = self._groups[names] = _Group(tuple(stated), at)
        group.add(at, stated)

    def first_agreeing(self, stated: Mapping[str, object]) -> int:
        """The position of the first that differs in nothing that both state."""
        best = _NONE
        for group, values, firsts in self._compared(stated):
            if group.start > best:
                break
            best = min(best, firsts.get(values, _NONE))
        return best

    def first_differing(self, stated: Mapping[str, object]) -> int:
        """The position of the first that differs in something that both state."""
        best = _NONE
        for group, values, firsts in self._compared(stated):
            if group.start > best:
                break
            best = min([best, *(at for other, at in islice(firsts.items(), 2) if other != values)])
        return best

    def _compared(
        self, stated: Mapping[str, object]
    ) -> Iterator[tuple[_Group, tuple[object, ...], Mapping[tuple[object, ...], int]]]:
        """Each group, in order of its first: the values under the names that are common, and the first position of all such."""
        for group in self._groups.values():
            names = tuple([name for name in group.names if name in stated])
            self._patience.left -= 1
            yield group, tuple([stated[name] for name in names]), group.firsts(names, self._patience)


class _Joint:
    """Earlier reports of one occasion: their answers, and the first from each party."""

    def __init__(self, patience: Patience) -> None:
        self.answers = _Before(patience)
        self._first: dict[str, int] = {}

    def add(self, at: int, entry: Entry) -> None:
        self.answers.add(at, entry.facts)
        for party in entry.report.parties:
            self._first.setdefault(party, at)

    def first_of_party(self, entry: Entry) -> int:
        """The position of the first that has a party in common with a report."""
        return min(self._first.get(party, _NONE) for party in entry.report.parties)
