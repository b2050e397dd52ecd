"""When something takes place: a square for each weekday and time of day, the darker the more, with the number in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell, Chart
from uppfoljning.present.figures import UNKNOWN
from uppfoljning.present.renderers.html.charts import WIDTH, box, sheet, width_of, words
from uppfoljning.present.renderers.html.markup import Html

_SHADES = 4
_LEFT, _TOP, _ROW = 38, 40, 32
_LETTERS = 3
"""A weekday is known by its first letters."""
_SMALL = 13


def calendar(chart: Chart) -> Html | None:
    """The drawing, without the columns before the first and after the last with anything in it; None when all are empty."""
    grid = chart.grid
    used = [at for at in range(1, len(grid.columns)) if any(_weight(row[at]) for row in grid.rows)]
    if not used:
        return None
    shown = range(used[0], used[-1] + 1)
    names = [grid.columns[at].name for at in shown]
    most = max(_weight(row[at]) for row in grid.rows for at in used)
    height = _TOP + _ROW * len(grid.rows)
    return sheet(height, chart.title, chart.alt, *_squares(grid.rows, shown, names, most))


def _weight(cell: Cell) -> Number:
    """How much a square holds; what is hidden is more than nothing and as little as can be."""
    return cell.value if isinstance(cell.value, (int, Fraction)) else 0


def _squares(rows: Sequence[tuple[Cell, ...]], shown: Sequence[int], names: Sequence[str], most: Number) -> Iterator[Html]:
    widths = _widths(names)
    edges = [_LEFT + sum(widths[:at]) for at in range(len(widths))]
    folded = any(width_of(name, _SMALL) > wide - 4 for name, wide in zip(names, widths, strict=True))
    for name, left, wide in zip(names, edges, widths, strict=True):
        lines = _two(name) if folded else [name]
        for number, text in enumerate(lines):
            yield words(text, (left + wide / 2, _TOP - 8 - 15 * (len(lines) - 1 - number)), "liten", "middle")
    for row_number, row in enumerate(rows):
        top = _TOP + _ROW * row_number
        yield words(row[0].shown[:_LETTERS], (_LEFT - 8, top + _ROW / 2 + 4), anchor="end")
        for at, left, wide in zip(shown, edges, widths, strict=True):
            yield from _square(row[at], (left, top), wide, most)


def _square(cell: Cell, at: tuple[float, float], wide: float, most: Number) -> Iterator[Html]:
    value = _weight(cell)
    shade = -(-value * _SHADES // most) if value > 0 else 0
    yield box(f"ruta n{shade}", (at[0] + 1, at[1] + 1), (wide - 2, _ROW - 2))
    if value or not cell.is_figure:
        text = cell.shown if width_of(cell.shown) <= wide else UNKNOWN
        yield words(text, (at[0] + wide / 2, at[1] + _ROW / 2 + 5), f"i n{shade}", "middle")


def _two(name: str) -> list[str]:
    """A heading in two lines where it is of two parts: `18–` and `21`."""
    if "–" in name:
        first, _, rest = name.partition("–")
        return [f"{first}–", rest]
    return name.split(" ", 1)


def _widths(names: Sequence[str]) -> list[float]:
    """The width of each column: what its heading needs, the rest shared alike, never wider than twice a row is high."""
    needed = [max(width_of(text, _SMALL) for text in _two(name)) + 4 for name in names]
    spare = max(0.0, WIDTH - _LEFT - sum(needed)) / len(names)
    return [min(one + spare, max(one, 2 * _ROW)) for one in needed]
