"""How far something has come: what was reached as a filled stair, what was planned as a broken line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell, Chart, Kind
from uppfoljning.present.figures import figure, percent
from uppfoljning.present.renderers.html.charts.drawing import HALO, LETTER, WIDTH, Spot, line, path, place, sheet, width_of, words
from uppfoljning.present.renderers.html.charts.frame import GAP, HEIGHT, Frame, axis, months, runs, value_of
from uppfoljning.present.renderers.html.charts.scale import scale
from uppfoljning.present.renderers.html.markup import SPACE, Html, tag

_ASIDE = 9
"""How far a figure is moved from the line that goes on beside it."""
_REACHED, _PLANNED = 1, 2


def progress(chart: Chart) -> Html | None:
    """The drawing; None when there is nothing to draw."""
    rows, kind = chart.grid.rows, chart.grid.columns[_REACHED].kind
    reached, planned = ([value_of(row[column]) for row in rows] for column in (_REACHED, _PLANNED))
    values = [value for value in (*reached, *planned) if value is not None]
    if not values:
        return None
    heights = scale(values, whole=kind != "andel" and max(values) >= 1)
    marks = [(_written(one, kind), one) for one in heights.lines]
    ends = [cells.shown for cells in (_last(rows, _REACHED), _last(rows, _PLANNED)) if cells is not None]
    right = WIDTH - max(map(width_of, ends)) - GAP
    frame = Frame(max(width_of(text) for text, _ in marks) + GAP, right, len(rows), heights)
    return sheet(
        HEIGHT,
        chart.title,
        chart.alt,
        *axis(frame, marks),
        *months([row[0].shown for row in rows], frame),
        *_stair(reached, frame),
        *_broken(planned, frame),
        *_ends(rows, frame),
    )


def key(chart: Chart) -> Html:
    """What the two ways of drawing mean, with the figures they end in."""
    columns, rows = chart.grid.columns, chart.grid.rows
    told = []
    for column, sample in ((_REACHED, _SOLID), (_PLANNED, _DASHED)):
        at = [at for at, row in enumerate(rows) if value_of(row[column]) is not None]
        if at:
            ends = f"{columns[column].name}: {rows[at[-1]][column].shown} ({rows[at[-1]][0].shown})"
            told.append(tag("li", sample, SPACE, ends))
    return tag("ul", *told, class_="nyckel")


_SOLID = tag(
    "svg",
    tag("rect", y=3, width=28, height=9, class_="yta"),
    tag("path", d="M0 3H28", class_="natt"),
    viewBox="0 0 28 12", aria_hidden="true",
)  # fmt: skip
_DASHED = tag("svg", tag("path", d="M0 6H28", class_="plan"), viewBox="0 0 28 12", aria_hidden="true")


def _written(value: Fraction, kind: Kind) -> str:
    return percent(value) if kind == "andel" else figure(value)


def _last(rows: Sequence[tuple[Cell, ...]], column: int) -> Cell | None:
    return next((row[column] for row in reversed(rows) if value_of(row[column]) is not None), None)


def _stair(values: Sequence[Number | None], frame: Frame) -> Iterator[Html]:
    for begins, run in runs(values):
        steps = [f"V{place(frame.level(value))}H{place(frame.edge(begins + at + 1))}" for at, value in enumerate(run)]
        first = f"M{place(frame.edge(begins))} "
        ground = place(frame.level(0))
        yield path("yta", (first, ground, *steps, f"V{ground}Z"))
        yield path("natt", (first, place(frame.level(run[0])), *steps))


def _broken(values: Sequence[Number | None], frame: Frame) -> Iterator[Html]:
    for begins, run in runs(values):
        points = [f"{place(frame.centre(begins + at))} {place(frame.level(value))}" for at, value in enumerate(run)]
        if len(points) == 1:
            level = frame.level(run[0])
            yield line("plan", (frame.edge(begins), level), (frame.edge(begins + 1), level))
        else:
            yield path("plan", ("M", "L".join(points)))


class _End(NamedTuple):
    """The last figure of a line: where it is written, and how."""

    spot: Spot
    shown: str
    class_: str

    @property
    def reach(self) -> float:
        """Where it ends to the right."""
        return self.spot[0] + width_of(self.shown)

    def moved(self, down: float) -> _End:
        """The same, further down."""
        return self._replace(spot=(self.spot[0], self.spot[1] + down))


def _ends(rows: Sequence[tuple[Cell, ...]], frame: Frame) -> Iterator[Html]:
    """The last figure of each, beside where it ends, never one upon the other nor upon the other's line."""
    reached, planned = ([value_of(row[column]) for row in rows] for column in (_REACHED, _PLANNED))
    ends = []
    if (at := _final(reached)) is not None:
        end = _End((frame.edge(at + 1) + HALO, _middle(reached, at, frame)), rows[at][_REACHED].shown, "varde")
        goal = next((value for value in planned[at + 1 :] if value is not None), None)
        value = reached[at]
        if goal is not None and value is not None:
            end = end.moved(-_ASIDE if value >= goal else _ASIDE)
        ends.append(end)
    if (at := _final(planned)) is not None:
        ends.append(_End((frame.centre(at) + HALO, _middle(planned, at, frame)), rows[at][_PLANNED].shown, "mal"))
    for end in _apart(*ends) if len(ends) == 2 else ends:
        yield words(end.shown, end.spot, end.class_)


def _final(values: Sequence[Number | None]) -> int | None:
    return next((at for at in range(len(values) - 1, -1, -1) if values[at] is not None), None)


def _middle(values: Sequence[Number | None], at: int, frame: Frame) -> float:
    """The foot of letters that stand with their middle at a value's level."""
    return frame.level(values[at] or 0) + LETTER / 3


def _apart(reached: _End, planned: _End) -> tuple[_End, _End]:
    """The two moved from each other, the higher up and the lower down, where they would meet."""
    short = LETTER + 2 - abs(reached.spot[1] - planned.spot[1])
    if reached.reach < planned.spot[0] or planned.reach < reached.spot[0] or short <= 0:
        return reached, planned
    down = short / 2 if reached.spot[1] > planned.spot[1] else -short / 2
    return reached.moved(down), planned.moved(-down)
