"""One level of a factor against the rest: rates, parts, intervals, and what is left when many are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.analysis.before_after import (
    LEVEL,
    SEPARATED,
    CountWindow,
    Interval,
    Ratio,
    log_ratio,
    quasi_poisson,
    rate_interval,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_PASSES, FEWEST_EVENTS, FEWEST_EXPECTED = 5, 20, 5
"""Passes on either side, events in all and events expected in the level below which nothing is tested: E_FOR_LITET_UNDERLAG."""
FEW_PASSES = 30
"""Under so many passes p comes from shuffling the labels."""
EXACT_SHUFFLES, SHUFFLES, SEED = 20_000, 9_999, 20260101


class Pass(NamedTuple):
    """One occasion: how many of what is counted, and how many hours."""

    events: int
    hours: float


def enough(level: Sequence[Pass], rest: Sequence[Pass]) -> bool:
    """Whether there is enough to test a level against the rest."""
    events = sum(one.events for one in (*level, *rest))
    hours = sum(one.hours for one in (*level, *rest))
    expected = events * sum(one.hours for one in level) / hours if hours else 0
    fewest = min(len(level), len(rest))
    return fewest >= FEWEST_PASSES and events >= FEWEST_EVENTS and expected >= FEWEST_EXPECTED


def level_rate(level: Sequence[Pass], phi: float, df: int) -> Interval:
    """The interval of a level's rate an hour; `phi` is the dispersion within levels, with its degrees of freedom."""
    from scipy.stats import t

    events, hours = sum(one.events for one in level), sum(one.hours for one in level)
    if phi <= 1:
        return rate_interval(CountWindow(events, hours))
    if not events:
        return Interval(0.0, -_LOG_HALF * phi / hours)
    reach = float(t.ppf((1 + LEVEL) / 2, df)) * sqrt(phi / events)
    return Interval(events / hours * exp(-reach), events / hours * exp(reach))


_LOG_HALF = -3.688879454113936
"""The log of half the chance that is left outside: nothing seen is compatible with so many."""


def dispersion(levels: Sequence[Sequence[Pass]]) -> tuple[float, int]:
    """The Pearson dispersion of the passes within their levels, and its degrees of freedom."""
    passes = [one for level in levels for one in level]
    total = 0.0
    for level in levels:
        rate = sum(one.events for one in level) / sum(one.hours for one in level)
        total += sum((one.events - rate * one.hours) ** 2 / (rate * one.hours) for one in level) if rate else 0.0
    df = len(passes) - len(levels)
    return (total / df if df else 1.0), df


def against_rest(level: Sequence[Pass], rest: Sequence[Pass]) -> Ratio | None:
    """The rate of a level over that of the rest, widened by their own dispersion; None when one of them has no events."""
    (y, e), (y_rest, e_rest) = _sums(level), _sums(rest)
    if not y or not y_rest:
        return None
    phi, df = dispersion([level, rest])
    return log_ratio((y / e) / (y_rest / e_rest), sqrt(1 / y + 1 / y_rest), phi=phi, df=df)


def shuffled(level: Sequence[Pass], rest: Sequence[Pass], strata: Sequence[int] | None = None) -> float:
    """The p-value of the ratio when the labels are dealt out anew, within strata where they are given (level first).

    Every deal is tried where there are few, else a fixed number with a fixed seed.
    """
    import numpy as np

    passes = [*level, *rest]
    events, hours = np.array([one.events for one in passes], float), np.array([one.hours for one in passes], float)
    labels = np.array([True] * len(level) + [False] * len(rest))
    groups = np.zeros(len(passes), int) if strata is None else np.array(strata)
    deals = _deals(labels, groups)
    observed = abs(_log_rates(events, hours, labels[None, :])[0])
    return float(np.mean(np.abs(_log_rates(events, hours, deals)) >= observed - 1e-12))


def _log_rates(events: NDArray[Any], hours: NDArray[Any], deals: NDArray[Any]) -> NDArray[Any]:
    """The log ratio of each deal; half an event on each side keeps an empty one finite."""
    import numpy as np

    y, e = deals @ events + 0.5, deals @ hours
    return np.asarray(np.log(y / e) - np.log((events.sum() + 1 - y) / (hours.sum() - e)))


def _deals(labels: NDArray[Any], groups: NDArray[Any]) -> NDArray[Any]:
    from itertools import combinations, product
    from math import comb, prod

    import numpy as np

    places = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    chosen = [int(labels[place].sum()) for place in places]
    if prod(comb(len(place), number) for place, number in zip(places, chosen, strict=True)) <= EXACT_SHUFFLES:
        ways = product(*(combinations(place, number) for place, number in zip(places, chosen, strict=True)))
        picked = [[at for part in way for at in part] for way in ways]
    else:
        chance = np.random.default_rng(SEED)
        picked = [
            [at for place, number in zip(places, chosen, strict=True) for at in chance.permutation(place)[:number]]
            for _ in range(SHUFFLES)
        ]
        picked.append(list(np.flatnonzero(labels)))
    deals = np.zeros((len(picked), len(labels)))
    for row, deal in enumerate(picked):
        deals[row, deal] = 1
    return deals


def adjusted(passes: Sequence[Pass], factors: Sequence[Sequence[int]]) -> Ratio | None:
    """The ratio of the first factor (0 or 1 for each pass) with the others held, in a Poisson model with its dispersion.

    None where there are fewer than ten passes a coefficient, or the model cannot tell the factors apart.
    """
    import numpy as np

    columns = np.column_stack([np.ones(len(passes)), *(np.array(factor, float) for factor in factors)])
    if np.linalg.matrix_rank(np.delete(columns, 1, axis=1)) == np.linalg.matrix_rank(columns):
        return None
    kept = columns[:, :2]
    for at in range(2, columns.shape[1]):
        wider = np.column_stack([kept, columns[:, at]])
        if np.linalg.matrix_rank(wider) > np.linalg.matrix_rank(kept):
            kept = wider
    if len(passes) < 10 * kept.shape[1] or np.linalg.matrix_rank(kept) < kept.shape[1]:
        return None
    events, hours = np.array([one.events for one in passes], float), np.array([one.hours for one in passes], float)
    if not all(events[columns[:, 1] == side].sum() for side in (0, 1)):
        return None
    fit, phi, df = quasi_poisson(events, kept, hours)
    se = float(fit.bse[1])
    return log_ratio(float(np.exp(fit.params[1])), se, phi=phi, df=df) if se < SEPARATED else None


def wilson(part: int, whole: int, level: float = LEVEL) -> Interval:
    """The interval of a part (Wilson 1927)."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(part, whole, alpha=1 - level, method="wilson")
    return Interval(float(low), float(high))


def newcombe(one: tuple[int, int], other: tuple[int, int], level: float = LEVEL) -> Interval:
    """The interval of the difference of two parts (Newcombe 1998)."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=1 - level)
    return Interval(float(low), float(high))


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The exact p-value of two parts being the same."""
    from scipy.stats import fisher_exact

    return float(fisher_exact([[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]]).pvalue)


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """The p-values adjusted for being so many, by the false discovery rate."""
    from scipy.stats import false_discovery_control

    return [float(one) for one in false_discovery_control(list(p))] if p else []


def cramers_v(one: Sequence[int], other: Sequence[int]) -> float:
    """How far two factors go together, from 0 to 1."""
    import numpy as np
    from scipy.stats.contingency import association

    table = np.zeros((len(set(one)), len(set(other))), int)
    rows, columns = sorted(set(one)), sorted(set(other))
    for a, b in zip(one, other, strict=True):
        table[rows.index(a), columns.index(b)] += 1
    return float(association(table, method="cramer")) if min(table.shape) > 1 else 0.0


TOGETHER = 0.5
"""Above this two factors go together so much that they can hardly be told apart: W_SAMVARIATION."""


def rates_within(passes: Sequence[Pass], factor: Sequence[int], strata: Sequence[int]) -> float | None:
    """The rate ratio of a factor (0 or 1) within strata, weighted by Mantel and Haenszel for person-time; None without events."""
    above = below = 0.0
    for stratum in sorted(set(strata)):
        inside = [(one, with_it) for one, with_it, at in zip(passes, factor, strata, strict=True) if at == stratum]
        hours = sum(one.hours for one, _ in inside)
        (y1, e1), (y0, e0) = (_sums([one for one, side in inside if side == with_it]) for with_it in (1, 0))
        above, below = above + y1 * e0 / hours, below + y0 * e1 / hours
    return above / below if below else None


def _sums(passes: Sequence[Pass]) -> tuple[int, float]:
    return sum(one.events for one in passes), sum(one.hours for one in passes)


class Strata(NamedTuple):
    """The odds ratio within strata (Mantel–Haenszel), its interval, the crude one, and the test with correction."""

    ratio: float
    interval: Interval
    crude: float
    chi2: float


def mantel_haenszel(tables: Sequence[Sequence[Sequence[int]]]) -> Strata:
    """Of two-by-two tables, one for each stratum; together they have something in every cell."""
    import numpy as np
    from statsmodels.stats.contingency_tables import StratifiedTable

    found = StratifiedTable([np.array(table, float) for table in tables])
    low, high = found.oddsratio_pooled_confint()
    (a, b), (c, d) = np.sum(np.array(tables, float), axis=0)
    chi2 = found.test_null_odds(correction=True).statistic
    return Strata(float(found.oddsratio_pooled), Interval(float(low), float(high)), float(a * d / (b * c)), float(chi2))


# A treated area against one without the measure: the relative change in percent, and what was expected.


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
