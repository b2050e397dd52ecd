"""What a reader can work out from sums that are shown: exact elimination over the parts they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import gcd, lcm
from typing import NamedTuple

from uppfoljning.domain.number import Number

Vector = tuple[int, ...]
"""A whole number for each part."""

_MARK = 6364136223846793005
"""Steps from mark to mark: any large odd number does."""


class DisclosedSums:
    """The sums that follow from those shown. `size` is how many parts there are."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._rows: dict[int, Vector] = {}

    def with_sums(self, sums: Iterable[Vector]) -> DisclosedSums:
        """What is known when more sums are shown."""
        more = DisclosedSums(self.size)
        more._rows = dict(self._rows)
        for one in sums:
            more._add(one)
        return more

    def _add(self, one: Vector) -> None:
        for at, row in self._rows.items():
            one = _without(one, row, at)
        pivot = next((at for at, value in enumerate(one) if value), None)
        if pivot is not None:
            self._rows = {at: _without(row, one, pivot) for at, row in self._rows.items()}
            self._rows[pivot] = one

    def moves(self) -> list[Vector]:
        """The ways in which the parts can change without any known sum changing: every such change is made of these."""
        scale = lcm(*(row[pivot] for pivot, row in self._rows.items()))
        return [self._move(at, scale) for at in range(self.size) if at not in self._rows]

    def changes(self) -> list[int]:
        """For each part a mark of how the moves change it, nothing where it is known. A sum has the marks of its parts added.

        Each move has a large number of its own, so that other sums than known ones come to nothing only by a chance that is next
        to none, and then too little is shown and never too much.
        """
        numbers = [1]
        for _ in range(self.size):
            numbers.append((numbers[-1] * _MARK + 1) % (1 << 64))
        scale = lcm(*(row[pivot] for pivot, row in self._rows.items()))
        marks = [number * scale for number in numbers[1:]]
        for pivot, row in self._rows.items():
            free = sum(amount * marks[at] for at, amount in enumerate(row) if amount and at not in self._rows)
            marks[pivot] = -free // row[pivot]
        return marks

    def _move(self, free: int, scale: int) -> Vector:
        move = [0] * self.size
        move[free] = scale
        for pivot, row in self._rows.items():
            move[pivot] = -row[free] * scale // row[pivot]
        return _shortest(move)


def tells_small(known: DisclosedSums, weights: Sequence[Number], fewest: int) -> bool:
    """Whether the sum of any of the parts can be worked out that is below `fewest`. No part weighs nothing.

    A sum is known just when no move changes it: so parts are looked for whose changes cancel, one at a time, then up to four.
    """
    changes = known.changes()
    light = [at for at, weight in enumerate(weights) if weight < fewest]
    if not all(changes[at] for at in light):
        return True
    by_change: dict[int, list[_Group]] = {}
    for group in _groups(light, weights, changes, fewest):
        if not group.change or any(
            group.weight + other.weight < fewest and group.parts.isdisjoint(other.parts)
            for other in by_change.get(-group.change, ())
        ):
            return True
        by_change.setdefault(group.change, []).append(group)
    return False


class _Group(NamedTuple):
    """Some parts, their weight, and the mark of how the moves change their sum."""

    parts: frozenset[int]
    weight: Number
    change: int


def _groups(light: Sequence[int], weights: Sequence[Number], changes: Sequence[int], fewest: int) -> Iterator[_Group]:
    """One or two parts that together weigh less than `fewest`."""
    for at in light:
        yield _Group(frozenset((at,)), weights[at], changes[at])
    for one, other in combinations(light, 2):
        if (weight := weights[one] + weights[other]) < fewest:
            yield _Group(frozenset((one, other)), weight, changes[one] + changes[other])


def along(step: Vector, one: Vector) -> int:
    """How much a step changes a sum."""
    return sum(left * right for left, right in zip(step, one, strict=True))


def _without(one: Vector, row: Vector, at: int) -> Vector:
    """A vector whose figure at a place is taken away by a row; its sign is kept."""
    if not one[at]:
        return one
    size, sign = abs(row[at]), 1 if row[at] > 0 else -1
    return _shortest([value * size - sign * one[at] * other for value, other in zip(one, row, strict=True)])


def _shortest(values: Sequence[int]) -> Vector:
    size = gcd(*values) or 1
    return tuple(value // size for value in values)
