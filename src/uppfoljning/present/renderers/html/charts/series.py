"""A series month by month: what was counted as a line, what was to be expected broken, and where the measure began."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Chart
from uppfoljning.present.figures import figure
from uppfoljning.present.renderers.html.charts.drawing import HALO, WIDTH, line, path, place, sheet, width_of, words
from uppfoljning.present.renderers.html.charts.frame import FOOT, GAP, HEIGHT, TOP, Frame, axis, months, runs, value_of
from uppfoljning.present.renderers.html.charts.scale import scale
from uppfoljning.present.renderers.html.markup import SPACE, Html, tag

BEFORE, AFTER, EXPECTED = "före", "efter", "Väntat"
_START = "start"
_DRAWN = ("natt", "jamforelse")
"""The lines of what was counted; what was to be expected is `plan`, broken as in other charts."""


def series(chart: Chart) -> Html | None:
    """The drawing; None when there is nothing to draw."""
    lines = _lines(chart)
    values = [value for _, _, column in lines for value in column if value is not None]
    if not values:
        return None
    heights = scale(values, whole=max(values) >= 1)
    marks = [(figure(one), one) for one in heights.lines]
    frame = Frame(max(width_of(text) for text, _ in marks) + GAP, WIDTH - GAP, len(chart.grid.rows), heights)
    return sheet(
        HEIGHT,
        chart.title,
        chart.alt,
        *axis(frame, marks),
        *months([row[0].shown for row in chart.grid.rows], frame),
        *(one for _, class_, column in reversed(lines) for one in _line(class_, column, frame)),
        *_start(chart, frame),
    )


def key(chart: Chart) -> Html:
    """What each line is."""
    told = (
        tag("li", tag("svg", tag("path", d="M0 6H28", class_=class_), viewBox="0 0 28 12", aria_hidden="true"), SPACE, name)
        for name, class_, column in _lines(chart)
        if any(value is not None for value in column)
    )
    return tag("ul", *told, class_="nyckel")


Line = tuple[str, str, list[Number | None]]


def _lines(chart: Chart) -> list[Line]:
    """The name, the way of drawing and the values of each line."""
    found: list[Line] = []
    for at, column in enumerate(chart.grid.columns[1:-1], 1):
        counted = sum(class_ != "plan" for _, class_, _ in found)
        class_ = "plan" if column.name == EXPECTED else _DRAWN[min(counted, len(_DRAWN) - 1)]
        found.append((column.name, class_, [value_of(row[at]) for row in chart.grid.rows]))
    return found


def _line(class_: str, values: list[Number | None], frame: Frame) -> Iterator[Html]:
    """A line through the months, open where one is missing; a month alone is a short line of its own."""
    for begins, run in runs(values):
        points = [f"{place(frame.centre(begins + at))} {place(frame.level(value))}" for at, value in enumerate(run)]
        if len(points) > 1:
            yield path(class_, ("M", "L".join(points)))
        else:
            level = frame.level(run[0])
            yield line(class_, (frame.edge(begins), level), (frame.edge(begins + 1), level))


def _start(chart: Chart, frame: Frame) -> Iterator[Html]:
    """A line where the measure began: before the first month that is not before it."""
    sides = [row[-1].shown for row in chart.grid.rows]
    at = next((at for at, side in enumerate(sides) if side != BEFORE), None)
    if at is None:
        return
    edge = frame.edge(at)
    yield line("start", (edge, float(Fraction(TOP, 2))), (edge, FOOT))
    late = edge + HALO + width_of(_START) > WIDTH
    yield words(_START, (edge - HALO if late else edge + HALO, TOP - 8), "liten", "end" if late else None)
