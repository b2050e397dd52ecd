"""The figures of a column as whole numbers that DuckDB adds up without rounding."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Number
from uppfoljning.rules.columns.kinds import Column
from uppfoljning.rules.columns.regular import Regular

SCALE = 10**6
"""What a figure is multiplied with: one with more decimals is for the reader of rows, and so is a very large one."""
_LARGEST = 10**18


def figures_of(column: Column, regular: Regular) -> str | None:
    """The SQL for the figure that stands in a column, times the scale; None where there are none."""
    figures = {code: scaled for code, figure in _figures(column, regular) if (scaled := _scaled(figure)) is not None}
    if not figures:
        return None
    every = ", ".join(str(figures.get(code, "NULL")) for code in range(len(column.values)))
    return f"([{every}]::BIGINT[])[c{column.at}::INTEGER + 1]"


def hand_large(column: Column, regular: Regular) -> None:
    """Hand over the rows with figures that cannot be added up as whole numbers."""
    large = {code for code, figure in _figures(column, regular) if _scaled(figure) is None}
    if large:
        regular.hand(f"SELECT r FROM v WHERE c{column.at} IN ({', '.join(map(str, large))})")


def _figures(column: Column, regular: Regular) -> Iterator[tuple[int, Number]]:
    """The figures that words of a column mean, by code: the same one in every type of field, so whose it is does not matter."""
    if column.head == "uppgifter":
        for one in regular.owned:
            for value, entry in one.means[column.name].items():
                if (figure := figure_of(entry.facts.get(column.tail))) is not None:
                    yield regular.table.code(column, value), figure.value


def _scaled(figure: Number) -> int | None:
    """The figure times the scale; None where that is no whole number, or too large a one."""
    scaled = figure * SCALE
    return int(scaled) if scaled.denominator == 1 and -_LARGEST <= scaled <= _LARGEST else None
