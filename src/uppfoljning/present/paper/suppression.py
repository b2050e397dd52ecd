"""Which figures must be hidden so that no small count of people is shown, nor can be worked out from what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.paper.known import Known, Vector, along, tells_small
from uppfoljning.present.paper.model import Count, Sum
from uppfoljning.present.status.people import FEWEST, is_small

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

    seen: dict[Count, int] = {}
    for at, unit in enumerate(units):
        for counts in unit:
            for one in counts:
                if one.value:
                    lead[first(at)] = first(seen.setdefault(one, at))
    groups: dict[int, list[Unit]] = {}
    for at, unit in enumerate(units):
        groups.setdefault(first(at), []).append(unit)
    return list(groups.values())


class _Told(NamedTuple):
    """A unit as vectors over the parts, and those of its sums that are small."""

    unit: Unit
    vectors: tuple[Vector, ...]
    small: tuple[Vector, ...]


class _Field:
    """Units that hang together. Its parts are the single counts that are always summed together, each with its weight."""

    def __init__(self, units: Sequence[Unit]) -> None:
        sums = list(dict.fromkeys(counts for unit in units for counts in unit))
        marks: dict[Count, int] = {}
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

    def _known(self, shown: Iterable[_Told]) -> Known:
        return Known(len(self.weights)).with_sums(vector for one in shown for vector in one.vectors)

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
        labels = [one for one in hid if one.small and len(one.vectors) == 1]
        moves = self._known(shown).moves()
        steps = [*moves, *(_plus(one, other, sign) for one, other in combinations(moves, 2) for sign in (1, -1))]
        secrets = {id(one): one.small or [v for v in one.vectors if any(along(move, v) for move in moves)] for one in hid}
        while True:
            limits = [one.vectors[0] for one in labels]
            possible = [moved for moved in map(self._moved, _both_ways(steps)) if _allowed(moved, limits)]
            stuck = next((one for one in hid if not all(self._can_differ(v, possible) for v in secrets[id(one)])), None)
            if stuck is None:
                said = {id(one) for one in labels}
                return {one.unit: "liten" if id(one) in said else "dold" for one in hid}
            if not labels:
                return None
            labels.remove(stuck if stuck in labels else labels[-1])

    def _moved(self, step: Vector) -> list[Number]:
        return [weight + amount for weight, amount in zip(self.weights, step, strict=True)]

    def _can_differ(self, vector: Vector, possible: Iterable[Sequence[Number]]) -> bool:
        value = _sum(self.weights, vector)
        return any(_sum(weights, vector) != value for weights in possible)


def _allowed(weights: Sequence[Number], limits: Iterable[Vector]) -> bool:
    """Whether no part is below nothing, and all that are said to be small are."""
    return all(weight >= 0 for weight in weights) and all(is_small(_sum(weights, one)) for one in limits)


def _both_ways(steps: Iterable[Vector]) -> Iterable[Vector]:
    for step in steps:
        yield step
        yield tuple(-amount for amount in step)


def _plus(one: Vector, other: Vector, sign: int) -> Vector:
    return tuple(left + sign * right for left, right in zip(one, other, strict=True))


def _sum(weights: Sequence[Number], vector: Vector) -> Number:
    return sum(weight for weight, inside in zip(weights, vector, strict=True) if inside)
