"""The figures of a column as whole numbers that DuckDB adds up without rounding."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import NamedTuple

from uppfoljning.domain.form import figure_of
from uppfoljning.fast.bulk_csv.kinds import Column
from uppfoljning.fast.bulk_csv.regular import Regular


class Figures(NamedTuple):
    """The SQL for the figure that stands in a column, times a scale that makes all of them whole."""

    sql: str
    scale: int


def figures_of(column: Column, regular: Regular) -> Figures | None:
    """The figures of a column; None where there are none.

    A word is the same figure in every form that takes it for one. None is large: a row with many digits in a cell is looked at
    by itself, for they may be somebody's number.
    """
    found: dict[int, Fraction] = {}
    for one in regular.owned if column.head == "uppgifter" else ():
        for value, entry in one.means[column.name].items():
            if (figure := figure_of(entry.facts.get(column.tail))) is not None:
                found[regular.table.code(column, value)] = Fraction(figure.value)
    if not found:
        return None
    scale = lcm(*(figure.denominator for figure in found.values()))
    every = (str(found[code] * scale) if code in found else "NULL" for code in range(len(column.values)))
    return Figures(f"([{', '.join(every)}]::BIGINT[])[c{column.at}::INTEGER + 1]", scale)
