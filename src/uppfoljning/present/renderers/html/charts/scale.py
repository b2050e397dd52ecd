"""Where a value stands on an axis of round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Number

_STEPS = (1, 2, 5, 10)
_PARTS = 5
"""An axis has at most so many parts."""


class Scale(NamedTuple):
    """An axis from `low` to `high` with a line at every `step`."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def lines(self) -> list[Fraction]:
        """The values with a line."""
        return [self.low + self.step * at for at in range(int((self.high - self.low) / self.step) + 1)]

    def part(self, value: Number) -> float:
        """How far along the axis a value stands, from 0 to 1."""
        return (float(value) - float(self.low)) / float(self.high - self.low)


def scale(values: Sequence[Number], whole: bool) -> Scale:
    """The axis for some values, zero among them; with `whole` its lines stand at whole numbers."""
    low, high = Fraction(min(0, *values)), Fraction(max(0, *values))
    span = high - low or Fraction(1)
    step = _step(span / _PARTS)
    if whole:
        step = max(step, Fraction(1))
    return Scale(low // step * step, -(-max(high, low + step) // step) * step, step)


def _step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5, 10, 20 … and their tenths that is at least so much."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * step for step in _STEPS if power * step >= least)
