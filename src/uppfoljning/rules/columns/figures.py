"""The figures of a column as whole numbers that DuckDB adds up without rounding."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Number
from uppfoljning.rules.columns.kinds import Column
from uppfoljning.rules.columns.regular import Regular
from uppfoljning.rules.columns.values import Owned

SCALE = 10**6
"""What a figure is multiplied with: one with more decimals is for the reader of rows, and so is a very large one."""
_LARGEST = 10**18


def figures_of(column: Column, regular: Regular) -> str | None:
    """The SQL for the figure that stands in a column, times the scale; None where there are none."""
    by_owner: dict[int, dict[int, int]] = {}
    for one, value, figure in _figures(column, regular):
        o = regular.numbers[one.home.plan.id, one.home.commitment.id]
        scaled = figure * SCALE
        if isinstance(scaled, int) and abs(scaled) <= _LARGEST:
            by_owner.setdefault(o, {})[regular.table.code(column, value)] = scaled
    same = {code: number for known in by_owner.values() for code, number in known.items()}
    if not same:
        return None
    if all(number == same[code] for known in by_owner.values() for code, number in known.items()):
        return _listed(column, same)
    return f"CASE o {' '.join(f'WHEN {o} THEN {_listed(column, known)}' for o, known in by_owner.items())} END"


def hand_large(column: Column, regular: Regular) -> None:
    """Hand over the rows with figures that cannot be added up as whole numbers."""
    large = {
        regular.table.code(column, value)
        for _, value, figure in _figures(column, regular)
        if not isinstance(scaled := figure * SCALE, int) or abs(scaled) > _LARGEST
    }
    if large:
        regular.hand(f"SELECT r FROM v WHERE c{column.at} IN ({', '.join(map(str, large))})")


def _figures(column: Column, regular: Regular) -> Iterator[tuple[Owned, str, Number]]:
    """The figures that words of a column mean to those whose rows they may stand in."""
    if column.head == "uppgifter":
        for one in regular.owned:
            for value, entry in one.means[column.name].items():
                if (figure := figure_of(entry.facts.get(column.tail))) is not None:
                    yield one, value, figure.value


def _listed(column: Column, figures: dict[int, int]) -> str:
    every = ", ".join(str(figures.get(code, "NULL")) for code in range(len(column.values)))
    return f"([{every}]::BIGINT[])[c{column.at}::INTEGER + 1]"
