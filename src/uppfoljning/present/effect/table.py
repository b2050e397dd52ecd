"""The figures of an estimate as a table, every measure with its interval and which way is favourable."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf, isfinite
from typing import NamedTuple

from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.estimate import Interval, Ratio
from uppfoljning.present.document.model import Cell, Column, Grid, data, number, reading, text
from uppfoljning.present.figures import figure

BELOW, ABOVE = "under 1", "över 1"


class _Figure(NamedTuple):
    """A measure, its value, its interval where it has one, what is favourable to a measure against crime, and its p-value."""

    name: str
    value: float
    interval: Interval | None = None
    favourable: str = ""
    p: float | None = None


def figures_grid(study: Study, name: str) -> Grid:
    """A row for every measure that the design and the data give."""
    columns = (
        Column("Mått"), Column("Värde", "tal"), reading("95 % KI"), data("KI låg", "tal"), data("KI hög", "tal"),
        Column("Talar för insatsen"), Column("p"),
    )  # fmt: skip
    return Grid(f"effektmått {name}", "Skattningens siffror", columns, tuple(map(_row, _figures(study))))


def _row(one: _Figure) -> tuple[Cell, ...]:
    low, high = one.interval if one.interval is not None else (None, None)
    reach = f"{_shown(one.interval.low)} till {_shown(one.interval.high)}" if one.interval is not None else ""
    p = "" if one.p is None else "<0,001" if one.p < 0.001 else figure(Fraction(one.p), decimals=3)
    return text(one.name), _cell(one.value), text(reach), _cell(low), _cell(high), text(one.favourable), text(p)


def _cell(value: float | None) -> Cell:
    if value is None:
        return number(None, "")
    return number(round(Fraction(value), 6), _shown(value)) if isfinite(value) else text(_shown(value))


def _shown(value: float) -> str:
    return "obegränsat" if value == inf else figure(Fraction(value))


def _figures(study: Study) -> Iterator[_Figure]:
    if study.exact is not None:
        exact = study.exact
        yield _Figure("Efter mot före, exakt", exact.ratio, exact.interval, BELOW, exact.p_central)
    if study.headline is not None:
        yield _of("Skattning", study.headline)
    if study.relative is not None:
        yield _of("RIRR", study.relative)
        res = study.relative.interval
        yield _Figure("RES", 1 / study.relative.ratio, Interval(1 / res.high, 1 / res.low), ABOVE, study.relative.p)
    if study.exact_res is not None:
        yield _Figure("RES, exakt betingad", study.exact_res.res, study.exact_res.interval, ABOVE, study.exact_res.p)
    if study.expected is not None:
        yield _Figure("Antal mot väntat", study.expected.difference, study.expected.interval, "under 0")
    if study.difference is not None:
        found = study.difference
        yield _Figure("WDD per månad", found.local, found.local_interval, "under 0", None if study.with_buffer else found.p)
        if study.with_buffer:
            yield _Figure("WDD per månad, med bufferten", found.total, found.interval, "under 0", found.p)
    if study.quotient is not None and study.quotient.quotient is not None:
        yield _Figure("WDQ", study.quotient.quotient, None, "över −1")
        yield _Figure("TNE", study.quotient.total_net, None, "över 0")
    if study.trend is not None:
        yield _Figure(
            "Skillnad i riktning före start, ensam", study.trend.unbroken, study.trend.interval, "", study.trend.slope.p
        )
    yield from _others(study)


def _others(study: Study) -> Iterator[_Figure]:
    """The same ratio in other ways, and for other starts."""
    if study.interrupted is not None:
        yield _of("Lång serie, modellens fel", study.interrupted.ratio)
        if study.interrupted.robust is not None:
            yield _of("Lång serie, HAC", study.interrupted.robust)
    for name, found in study.sensitivity:
        yield _of(f"Känslighet, {name}", found)
    if study.doubled is not None:
        yield _of("Med dubbelt så stora svängningar", study.doubled)
    if study.without_mass is not None:
        yield _of("Utan månader med massanmälan", study.without_mass)
    for at, found in enumerate(study.false_dates):
        yield _of(f"Påhittad start {at + 1}", found)


def _of(name: str, found: Ratio) -> _Figure:
    return _Figure(name, found.ratio, found.interval, BELOW, found.p)
