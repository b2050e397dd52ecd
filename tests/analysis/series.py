"""Outcome series and goals in as few words as the case needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from uppfoljning.analysis.effect.result import Refusal, Study
from uppfoljning.analysis.effect.study import study_of
from uppfoljning.domain.indicator import Indicator, Observed, Series
from uppfoljning.domain.period import Period, months
from uppfoljning.domain.plan import OutcomeGoal

FIRST = (2020, 1)
Counts = Sequence[int | None]


def month(at: int) -> Period:
    """The month so many after the first of every series."""
    number = FIRST[0] * 12 + FIRST[1] - 1 + at
    return months(number // 12, number % 12 + 1, 1)


def series_of(areas: Mapping[str, Counts], exposure: Mapping[str, int] | None = None, **indicator: Any) -> Series:
    """A series from January 2020; None is a month without a row."""
    rows = {
        area: {month(at): Observed(count, (exposure or {}).get(area)) for at, count in enumerate(counts) if count is not None}
        for area, counts in areas.items()
    }
    described = Indicator.make(id="prov", title="Anmälda brott", **indicator)
    return Series(described, "reports/indikatorer/prov.csv", {area: row for area, row in rows.items() if row})


def goal_of(start: int | date | None, areas: Sequence[str] = ("insats",), **more: Any) -> OutcomeGoal:
    """A goal whose work begins on the first day of a month, or a given day."""
    begun = month(start).first if isinstance(start, int) else start
    return OutcomeGoal.make(text="Färre brott", indicator="prov", treated=tuple(areas), start=begun, **more)


def found(areas: Mapping[str, Counts], start: int | date, **more: Any) -> Study | Refusal:
    """What is found of areas named insats, jämförelse… and buffert, each with its role."""
    comparison = tuple(area for area in areas if area.startswith("jämförelse"))
    buffer = tuple(area for area in areas if area.startswith("buffert"))
    indicator = {key: more.pop(key) for key in ("depends_on_police", "preliminary_from", "concurrent", "contains") if key in more}
    series = series_of(areas, more.pop("exposure", None), **indicator)
    return study_of(series, goal_of(start, comparison=comparison, buffer=buffer, **more))


def study(areas: Mapping[str, Counts], start: int | date, **more: Any) -> Study:
    """The same, where it is an estimate."""
    made = found(areas, start, **more)
    assert isinstance(made, Study), made
    return made


def drawn(seed: int, *parts: tuple[int, float], dispersion: float = 1.0) -> list[int]:
    """Counts: so many months with a mean, one stretch after the other, with a variance that is so many times it."""
    chance = np.random.default_rng(seed)
    means = np.array([mean for length, mean in parts for _ in range(length)], float)
    if dispersion <= 1:
        return [int(one) for one in chance.poisson(means)]
    size = means / (dispersion - 1)
    return [int(one) for one in chance.negative_binomial(size, size / (size + means))]
