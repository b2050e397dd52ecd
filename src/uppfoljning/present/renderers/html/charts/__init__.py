"""Charts as drawings by hand: lines and words at places reckoned here, colours and letters from the page's style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell, Chart, Kind
from uppfoljning.present.figures import figure, percent
from uppfoljning.present.renderers.html.markup import SPACE, Html, tag

# What every chart is made of: its sheet, words at a place, and lines through points.


WIDTH = 340
"""The width of every chart in its own units: on a phone a unit is a little less than a pixel, so letters of 14 stay readable."""
LETTER = 14
HALO = 5
Spot = tuple[float, float]


def sheet(height: float, title: str, alt: str, *inside: Html) -> Html:
    """A chart that tells in words what it shows."""
    held = Html("".join(inside))
    return tag(
        "svg", tag("title", title), held, class_="bild", viewBox=f"0 0 {WIDTH} {place(height)}", role="img", aria_label=alt
    )


def place(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(text: str, size: float = LETTER) -> float:
    """How wide a text is, on the safe side for figures and short words."""
    return len(text) * size * 0.58


def words(text: str, at: Spot, class_: str | None = None, anchor: str | None = None) -> Html:
    """A text at a place; `anchor` is `middle` or `end` where it does not begin there."""
    return tag("text", text, x=place(at[0]), y=place(at[1]), class_=class_, text_anchor=anchor)


def line(class_: str, one: Spot, other: Spot) -> Html:
    """A straight line."""
    return tag("path", d=f"M{place(one[0])} {place(one[1])}L{place(other[0])} {place(other[1])}", class_=class_)


def path(class_: str, d: Iterable[str]) -> Html:
    """A drawn line of pieces."""
    return tag("path", d="".join(d), class_=class_)


def box(class_: str, at: Spot, size: Spot) -> Html:
    """A rectangle."""
    x, y, width, height = map(place, (*at, *size))
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_)


# How much of each: a bar for every row, with its name above and its figure at the end.


_ROW, _BAR, _NAME = 40, 14, 14
_LONGEST = int(WIDTH / width_of("a")) - 1
"""So many letters of a name have room; the table has it whole."""


def bars(chart: Chart) -> Html | None:
    """The drawing; None when no row has anything."""
    rows = [(row[0].shown, row[1]) for row in chart.grid.rows]
    most = max((_value(cell) for _, cell in rows), default=0)
    if most <= 0:
        return None
    room = WIDTH - max(width_of(cell.shown) for _, cell in rows) - 8
    return sheet(_ROW * len(rows), chart.title, chart.alt, *_drawn(rows, most, room))


def _value(cell: Cell) -> Number:
    return cell.value if isinstance(cell.value, (int, Fraction)) else 0


def _drawn(rows: list[tuple[str, Cell]], most: Number, room: float) -> Iterator[Html]:
    for at, (name, cell) in enumerate(rows):
        top = _ROW * at
        long = float(room * max(Fraction(_value(cell)) / Fraction(most), Fraction(0)))
        yield words(name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…", (0, top + _NAME))
        if long:
            yield box("stapel", (0, top + _NAME + 6), (long, _BAR))
        yield words(cell.shown, (long + 6, top + _NAME + 6 + _BAR - 2), "varde")


# Where a value stands on an axis of round numbers.


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


# Where the points of a chart over time stand: an axis of round numbers, a band for each point, the names below.


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


# How far something has come: what was reached as a filled stair, what was planned as a broken line.


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


def progress_key(chart: Chart) -> Html:
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


# A series month by month: what was counted as a line, what was to be expected broken, and where the measure began.


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


def series_key(chart: Chart) -> Html:
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
