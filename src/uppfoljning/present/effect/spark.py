"""A series of months as a row of bars in a terminal, and as a table for a chart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from uppfoljning.analysis.effect import windows
from uppfoljning.analysis.effect.result import Study
from uppfoljning.present.document.model import Cell, Column, Grid, number, text
from uppfoljning.present.figures import heading

_BARS = "▁▂▃▄▅▆▇█"
START = "│"
LONGEST = 60
"""How many months a row of bars shows; of a longer series the latest."""


def sparkline(study: Study, room: int = LONGEST) -> str:
    """The treated area month by month, with a line where the measure began and a dot for a month that is missing."""
    kept = max(1, min(LONGEST, room - len(START)))
    counts = study.laid.treated.counts[-kept:]
    sides = study.laid.after[-kept:]
    most = max((count for count in counts if count is not None), default=0)
    begun = next((at for at, side in enumerate(sides) if side is not False), len(sides))
    return _row(counts[:begun], most) + START + _row(counts[begun:], most)


def _row(counts: Sequence[int | None], most: int) -> str:
    return "".join("·" if count is None else _BARS[count * (len(_BARS) - 1) // most] if most else _BARS[0] for count in counts)


def series_grid(study: Study, name: str) -> Grid:
    """Every month: treated, comparison at the treated area's level, and what was to be expected."""
    laid = study.laid
    columns = [Column("Månad"), Column("Insatsområdet", "tal")]
    lines: list[list[Cell]] = [[number(count) for count in laid.treated.counts]]
    if laid.comparison:
        columns.append(Column("Jämförelsen", "tal"))
        lines.append([number(count) for count in windows.together(laid.comparison).counts])
        if (scale := _scale(study)) is not None:
            columns.append(Column("Väntat", "tal"))
            against = windows.together(laid.comparison).counts
            lines.append([_expected(count, scale) for count in against])
    elif study.interrupted is not None:
        columns.append(Column("Väntat", "tal"))
        lines.append(_modelled(study))
    begun = [text("efter" if side else "före" if side is False else "räknas inte") for side in laid.after]
    rows = zip((text(heading(month, True)) for month in laid.months), *lines, begun, strict=True)
    return Grid(f"serie {name}", "Serien månad för månad", (*columns, Column("Läge")), tuple(rows))


def _scale(study: Study) -> Fraction | None:
    """The treated area's level against the comparison's, before the start."""
    other = study.comparison_counts
    return None if other is None or not other.before else Fraction(study.counts.before, other.before)


def _expected(count: int | None, scale: Fraction) -> Cell:
    value = None if count is None else count * scale
    return number(None if value is None else round(value, 1))


def _modelled(study: Study) -> list[Cell]:
    laid = study.laid
    known = laid.known(laid.treated)
    assert study.interrupted is not None
    expected = dict(zip(known, study.interrupted.expected, strict=True))
    return [number(round(Fraction(expected[at]), 1) if at in expected else None) for at in range(len(laid.months))]
