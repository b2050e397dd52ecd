"""Which figures must be hidden so that no small count of people is shown, nor can be worked out from what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.document.disclosure import DisclosedSums, Vector, along, tells_small
from uppfoljning.present.document.model import PeopleCount, Sum
from uppfoljning.present.views.status_cells import FEWEST, is_small

Unit = tuple[Sum, ...]
"""The sums that a cell tells of: they are shown together or hidden together."""

Why = Literal["liten", "dold"]
"""`liten`: a small count, and that much may be said of it. `dold`: nothing may be said, or it is hidden for another's sake."""


def hidden(units: Iterable[Unit]) -> Mapping[Unit, Why]:
    """The units to hide, and what may be said of each. Those that come first are rather shown than those that come last.

    Every small sum is hidden; then units are shown one by one, as long as neither a small sum nor a small difference – the new
    ones of a month, those of one place – can be worked out. Counts that are nought are taken as known.
    """
    found: dict[Unit, Why] = {}
    for together in _apart(list(dict.fromkeys(units))):
        found |= _Field(together).hidden()
    return found


def _apart(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units in groups that have no single count in common, so that each can be settled alone."""
    lead = list(range(len(units)))

    def first(at: int) -> int:
        while lead[at] != at:
            lead[at] = lead[lead[at]]
            at = lead[at]
        return at

    seen: dict[PeopleCount, int] = {}
    for at, unit in enumerate(units):
        for counts in unit:
            for one in counts:
                if one.value:
                    lead[first(at)] = first(seen.setdefault(one, at))
    groups: dict[int, list[Unit]] = {}
    for at, unit in enumerate(units):
        groups.setdefault(first(at), []).append(unit)
    return list(groups.values())


_FEW_MOVES = 24


class _Told(NamedTuple):
    """A unit as vectors over the parts, and those of its sums that are small."""

    unit: Unit
    vectors: tuple[Vector, ...]
    small: tuple[Vector, ...]


class _Field:
    """Units that hang together. Its parts are the single counts that are always summed together, each with its weight."""

    def __init__(self, units: Sequence[Unit]) -> None:
        sums = list(dict.fromkeys(counts for unit in units for counts in unit))
        marks: dict[PeopleCount, int] = {}
        for at, counts in enumerate(sums):
            for one in counts:
                if one.value:
                    marks[one] = marks.get(one, 0) | 1 << at
        weights: dict[int, Number] = {}
        for one, mark in marks.items():
            weights[mark] = weights.get(mark, 0) + one.value
        self.weights = list(weights.values())
        vectors = {counts: tuple(mark >> at & 1 for mark in weights) for at, counts in enumerate(sums)}
        self.all = [self._told(unit, tuple(vectors[counts] for counts in unit)) for unit in units]

    def _told(self, unit: Unit, vectors: tuple[Vector, ...]) -> _Told:
        return _Told(unit, vectors, tuple(one for one in vectors if is_small(_sum(self.weights, one))))

    def hidden(self) -> dict[Unit, Why]:
        """What to hide of them."""
        if not any(map(is_small, self.weights)):
            return {}
        shown = self._shown()
        while (settled := self._settled(shown)) is None:
            shown.pop()
        return settled

    def _known(self, shown: Iterable[_Told]) -> DisclosedSums:
        return DisclosedSums(len(self.weights)).with_sums(vector for one in shown for vector in one.vectors)

    def _shown(self) -> list[_Told]:
        """As many units as may be shown, first come first."""
        rest = [one for one in self.all if not one.small]
        if not tells_small(self._known(rest), self.weights, FEWEST):
            return rest
        shown: list[_Told] = []
        known = self._known(())
        for one in rest:
            more = known.with_sums(one.vectors)
            if not tells_small(more, self.weights, FEWEST):
                known = more
                shown.append(one)
        return shown

    def _settled(self, shown: Sequence[_Told]) -> dict[Unit, Why] | None:
        """Of which hidden units it may be said that they are small, so that each hidden figure could still be another.

        Two counts below five that are eight together are both four. None where silence does not help: more must be hidden.
        """
        kept = {id(one) for one in shown}
        hid = [one for one in self.all if id(one) not in kept]
        steps = _Steps(self.weights, self._known(shown).moves(), {vector for one in hid for vector in one.vectors})
        labels = [one for one in hid if one.small and len(one.vectors) == 1]
        while True:
            can_differ = steps.within([one.vectors[0] for one in labels])
            stuck = next((one for one in hid if not can_differ.issuperset(one.small or steps.unknown(one.vectors))), None)
            if stuck is None:
                said = {id(one) for one in labels}
                return {one.unit: "liten" if id(one) in said else "dold" for one in hid}
            if not labels:
                return None
            labels.remove(stuck if stuck in labels else labels[-1])


class _Steps:
    """Other figures that the parts could have: the moves, and two moves at a time where they are few.

    Behind the parts stand the hidden sums, so that a step tells what becomes of them too.
    """

    def __init__(self, weights: Sequence[Number], moves: Sequence[Vector], sums: Iterable[Vector]) -> None:
        self._parts = len(weights)
        self._place = {vector: self._parts + at for at, vector in enumerate(sums)}
        self._now = [*weights, *(_sum(weights, vector) for vector in self._place)]
        steps = [(*move, *(along(move, vector) for vector in self._place)) for move in moves]
        self._moved = {vector for vector, at in self._place.items() if any(step[at] for step in steps)}
        pairs = combinations(steps if len(steps) <= _FEW_MOVES else (), 2)
        steps += [_plus(one, other, sign) for one, other in pairs for sign in (1, -1)]
        self._steps = [way for step in steps for way in (step, tuple(-amount for amount in step)) if self._is_possible(way)]

    def _is_possible(self, step: Vector) -> bool:
        """No part can be below nothing."""
        return all(self._now[at] + step[at] >= 0 for at in range(self._parts))

    def unknown(self, sums: Iterable[Vector]) -> list[Vector]:
        """Those of the sums that do not follow from what is shown."""
        return [vector for vector in sums if vector in self._moved]

    def within(self, limits: Sequence[Vector]) -> set[Vector]:
        """The sums that can have another figure while all of `limits` are small."""
        places = [self._place[vector] for vector in limits]
        left = [step for step in self._steps if all(is_small(self._now[at] + step[at]) for at in places)]
        return {vector for vector, at in self._place.items() if any(step[at] for step in left)}


def _plus(one: Vector, other: Vector, sign: int) -> Vector:
    return tuple(left + sign * right for left, right in zip(one, other, strict=True))


def _sum(weights: Sequence[Number], vector: Vector) -> Number:
    return sum(weight for weight, inside in zip(weights, vector, strict=True) if inside)
