"""Sums by key, exact and in whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.national.schema import Table

Value = str | int | bool | None
Row = tuple[object, ...]

LARGEST = 10**12
"""The largest numerator or denominator of one figure: a million of them still add up within 64 bits. No count comes near."""


class Tally:
    """The rows of a table whose values are sums."""

    def __init__(self, table: Table) -> None:
        self._place = {column.name: at for at, column in enumerate(table.values)}
        self._sums: dict[tuple[Value, ...], list[int]] = {}
        self.too_large: set[str] = set()

    def add(self, key: tuple[Value, ...], **amounts: int) -> None:
        """Add to the sums of a key. What is too large to be a count is told as missing, and whose it was is noted."""
        if any(isinstance(one, int) and abs(one) > LARGEST for one in (*key, *amounts.values())):
            self.too_large.add(f"{key[0]}/{key[1]}")
            key = tuple(1 if isinstance(one, int) and one > LARGEST else one for one in key)
            amounts = {"saknas": 1}
        sums = self._sums.setdefault(key, [0] * len(self._place))
        for name, amount in amounts.items():
            sums[self._place[name]] += amount

    def take(self, other: Tally) -> None:
        """Add all that another tally of the same table has."""
        for key, amounts in other._sums.items():
            sums = self._sums.setdefault(key, [0] * len(self._place))
            sums[:] = map(sum, zip(sums, amounts, strict=True))
        self.too_large |= other.too_large

    def by_last_key(self, name: str) -> list[Row]:
        """One of the sums for each value of the last key, in order, where it is more than nothing."""
        at, found = self._place[name], Counter[Value]()
        for key, sums in self._sums.items():
            found[key[-1]] += sums[at]
        return sorted((key, amount) for key, amount in found.items() if amount)

    def total(self) -> tuple[int, ...]:
        """The sums of all keys together."""
        return tuple(map(sum, zip(*self._sums.values(), strict=True))) if self._sums else (0,) * len(self._place)

    def latest(self, name: str) -> str:
        """The last month, which ends every key, where a sum is more than nothing."""
        at = self._place[name]
        return max((str(key[-1]) for key, sums in self._sums.items() if sums[at]), default="")

    def rows(self) -> Iterable[Row]:
        """Keys with their sums, in order."""
        return sorted((*key, *sums) for key, sums in self._sums.items())


def ratio(value: Number | None) -> tuple[int, int] | None:
    """Numerator and denominator, or None for what is unknown or too large to be carried over."""
    if value is None:
        return None
    exact = Fraction(value)
    return (exact.numerator, exact.denominator) if max(abs(exact.numerator), exact.denominator) <= LARGEST else None
