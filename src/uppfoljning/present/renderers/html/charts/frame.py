"""Where the points of a chart over time stand: an axis of round numbers, a band for each point, the names below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell
from uppfoljning.present.renderers.html.charts.drawing import WIDTH, line, width_of, words
from uppfoljning.present.renderers.html.charts.scale import Scale
from uppfoljning.present.renderers.html.markup import Html

HEIGHT, TOP, FOOT = 230, 26, 200
GAP = 8


class Frame(NamedTuple):
    """Where the points of a chart stand: each has a band of its own between the figures to the left and those to the right."""

    left: float
    right: float
    number: int
    axis: Scale

    @property
    def band(self) -> float:
        """How wide a point's band is."""
        return (self.right - self.left) / self.number

    def edge(self, at: int) -> float:
        """Where a band begins."""
        return self.left + self.band * at

    def centre(self, at: int) -> float:
        """The middle of a band."""
        return self.left + self.band * (at + 0.5)

    def level(self, value: Number) -> float:
        """How high a value stands."""
        return FOOT - (FOOT - TOP) * self.axis.part(value)


def value_of(cell: Cell) -> Number | None:
    """The figure of a cell, where it has one."""
    return cell.value if isinstance(cell.value, (int, Fraction)) else None


def axis(frame: Frame, marks: Sequence[tuple[str, Fraction]]) -> Iterator[Html]:
    """The lines of the axis with their figures."""
    for text, value in marks:
        level = frame.level(value)
        yield line("axel" if value == 0 else "rutnat", (frame.left, level), (frame.right, level))
        yield words(text, (frame.left - GAP / 2, level + 5), anchor="end")


def months(names: Sequence[str], frame: Frame) -> Iterator[Html]:
    """As many of the names as there is room for, and a short line at every point."""
    room = max(map(width_of, names)) + GAP
    every = max(1, -int(-room // frame.band))
    written = -float(GAP)
    for at, name in enumerate(names):
        centre, half = frame.centre(at), width_of(name) / 2
        yield line("axel", (centre, FOOT), (centre, FOOT + (6 if at % every == 0 else 3)))
        # The last name is moved in from the edge, and then may have no room.
        middle = min(max(centre, half), WIDTH - half)
        if at % every == 0 and middle - half >= written - GAP / 2:
            yield words(name, (middle, FOOT + 22), anchor="middle")
            written = middle + half


def runs(values: Sequence[Number | None]) -> Iterator[tuple[int, list[Number]]]:
    """The stretches without a gap, each with where it begins."""
    run: list[Number] = []
    for at, value in enumerate([*values, None]):
        if value is not None:
            run.append(value)
        elif run:
            yield at - len(run), run
            run = []
