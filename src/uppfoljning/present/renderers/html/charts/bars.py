"""How much of each: a bar for every row, with its name above and its figure at the end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell, Chart
from uppfoljning.present.renderers.html.charts.drawing import WIDTH, box, sheet, width_of, words
from uppfoljning.present.renderers.html.markup import Html

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
