"""A treated area against one without the measure: the relative change in percent, and what was expected.

RIRR = (b/a)/(d/c) is the relative incident rate ratio (Wilson 2022), below 1 when the treated area fared better; RES is its
inverse (Welsh & Farrington). Period lengths cancel when both areas share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log, sqrt
from typing import NamedTuple

from uppfoljning.analysis.estimate import LEVEL, Interval, Ratio, log_ratio

FEWEST_IN_A_CELL = 5
"""Under this the log scale is a poor likeness, and the exact conditional ratio leads."""
FEWEST_CLUSTERS = 20
"""Under this many areas a standard error clustered on them means nothing (E_FOR_FA_KLUSTER)."""


class Four(NamedTuple):
    """The four counts: treated before and after, comparison before and after."""

    a: int
    b: int
    c: int
    d: int


def relative_ratio(four: Four, *, phi: float = 1.0, df: float = inf, level: float = LEVEL) -> Ratio | None:
    """RIRR on the log scale; None when a count is zero."""
    if not all(four):
        return None
    a, b, c, d = four
    return log_ratio((b / a) / (d / c), sqrt(1 / a + 1 / b + 1 / c + 1 / d), phi=phi, df=df, level=level)


class ExactRes(NamedTuple):
    """RES by the exact conditional distribution; above 1 is in favour of the measure."""

    res: float
    interval: Interval
    p: float


def exact_res(four: Four, level: float = LEVEL) -> ExactRes:
    """The conditional odds ratio of the four counts, for cells too small for the log scale."""
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio

    table = [[four.a, four.b], [four.c, four.d]]
    found = odds_ratio(table, kind="conditional")
    low, high = found.confidence_interval(level)
    return ExactRes(float(found.statistic), Interval(float(low), float(high)), float(fisher_exact(table).pvalue))


def res_of_percents(treated: float, comparison: float) -> float:
    """RES from two published changes in percent."""
    return (100 + comparison) / (100 + treated)


class Expected(NamedTuple):
    """How many there would have been at the comparison's pace, and the difference with its interval."""

    expected: float
    difference: float
    interval: Interval


def against_expected(four: Four, *, phi: float = 1.0, level: float = LEVEL) -> Expected:
    """The treated area's count after the start against what the comparison's change leads one to expect. c is above zero."""
    from scipy.stats import norm

    a, b, c, d = four
    expected = a * d / c
    spread = 1 / a + 1 / c + 1 / d if a and d else 0.0
    reach = float(norm.ppf((1 + level) / 2)) * sqrt(max(1.0, phi) * (b + expected**2 * spread))
    return Expected(expected, b - expected, Interval(b - expected - reach, b - expected + reach))


def pooled(fours: Sequence[Four], phi: float = 1.0) -> Ratio | None:
    """RIRR against several comparison areas together: their counts are added. The treated counts are the same in each."""
    first = fours[0]
    return relative_ratio(Four(first.a, first.b, sum(four.c for four in fours), sum(four.d for four in fours)), phi=phi)


def placebo_rank(changes: Sequence[float]) -> tuple[float, float]:
    """How often an area without the measure changed as much as the first, and the least that this could be.

    `changes` are log ratios, each area in turn playing the treated one against the others; the first is the treated.
    """
    others = changes[1:]
    as_much = sum(abs(one) >= abs(changes[0]) - 1e-12 for one in others)
    return (1 + as_much) / (len(others) + 1), 1 / (len(others) + 1)


def placebo_changes(areas: Sequence[tuple[int, int]]) -> list[float]:
    """The log RIRR of each area against all the others, zero counts nudged by a half for ranking only."""
    before, after = sum(one[0] for one in areas), sum(one[1] for one in areas)
    return [
        log((b + 0.5) / (a + 0.5)) - log((after - b + 0.5) / (before - a + 0.5))
        for a, b in areas
    ]  # fmt: skip


def percent_change(ratio: float) -> float:
    """A ratio as a change in percent."""
    return 100 * (ratio - 1)


def turned(interval: Interval) -> Interval:
    """An interval of a ratio turned over, as RES is RIRR turned over."""
    return Interval(1 / interval.high if interval.high else inf, 1 / interval.low if interval.low else inf)
