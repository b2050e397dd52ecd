"""A long series without comparison: a level change on top of trend and season, and what was to be expected without it."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.analysis import before_after as fitting
from uppfoljning.analysis.before_after import Ratio, log_ratio, quasi_poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEFORE, AFTER = 24, 12
"""How many months before and after it should have."""
FEWEST_BEFORE, FEWEST_AFTER = 18, 6
"""Under this it is refused."""
FEWEST_A_MONTH = 3
"""How many events a month before it takes, on average."""
HARMONICS = 2
STRONG_CORRELATION, SURE_CORRELATION = 0.3, 0.01
LAGS = 12
_EXACT = 1e-9
"""Residuals smaller than this are rounding, and hang together in no way that means anything."""


class Interrupted(NamedTuple):
    """The level change, the counts to be expected without it after the start, and how neighbouring months hang together.

    `plain` has the standard error of dispersion 1, `ratio` that of the model; `robust` is set where residuals are correlated, and
    the larger of the two errors is then the one to show.
    """

    ratio: Ratio
    plain: Ratio
    robust: Ratio | None
    expected: tuple[float, ...]
    correlation: float
    p_correlation: float

    @property
    def correlated(self) -> bool:
        """W_AUTOKORRELATION."""
        return abs(self.correlation) > STRONG_CORRELATION or self.p_correlation < SURE_CORRELATION

    @property
    def leading(self) -> str:
        """Which error is shown: the model's or the robust one."""
        return "modell" if self.shown is self.ratio else "HAC"

    @property
    def shown(self) -> Ratio:
        """The wider of the model's and the robust one."""
        if self.robust is None or (self.robust.se or 0) < (self.ratio.se or 0):
            return self.ratio
        return self.robust


def interrupted(
    counts: Sequence[int],
    step: Sequence[int],
    *,
    exposure: Sequence[float] | None = None,
    trend: Sequence[float] | None = None,
    harmonics: int = HARMONICS,
    lags: int = LAGS,
) -> Interrupted:
    """A Poisson model of monthly counts; `step` is 0 before the start and 1 after, `trend` the number of the month.

    Uses the dispersion floored at 1 and t limits.
    """
    import numpy as np
    from statsmodels.stats.diagnostic import acorr_ljungbox

    y = np.array(counts, float)
    months = np.array(trend if trend is not None else range(1, len(counts) + 1), float)
    columns = _design(np.array(step, float), months, harmonics)
    offset = None if exposure is None else np.array(exposure, float)
    fit, phi, df = quasi_poisson(y, columns, offset)
    change, se = float(np.exp(fit.params[1])), float(fit.bse[1])
    without = columns.copy()
    without[:, 1] = 0
    expected = fit.predict(without, offset=None if offset is None else np.log(offset))
    residuals = np.asarray(fit.resid_deviance)
    # A month that is missing says nothing of its neighbours: it lies where it is, and as much as expected.
    at = np.round(months - months[0]).astype(int)
    centred = np.zeros(at[-1] + 1)
    centred[at] = residuals - residuals.mean()
    first, p = 0.0, 1.0
    if centred @ centred > _EXACT:
        first = float((centred[1:] @ centred[:-1]) / (centred @ centred))
        p = float(acorr_ljungbox(centred, lags=[min(lags, len(centred) - 1)])["lb_pvalue"].iloc[0])
    ratio = log_ratio(change, se, phi=phi, df=df)
    found = Interrupted(ratio, log_ratio(change, se), None, tuple(map(float, expected)), first, p)
    if not found.correlated:
        return found
    hac = {"cov_type": "HAC", "cov_kwds": {"maxlags": lags, "use_correction": False}}
    robust = fitting.poisson(y, columns, offset, **hac)
    return found._replace(robust=log_ratio(change, float(robust.bse[1]), df=df))


def _design(step: NDArray[Any], months: NDArray[Any], harmonics: int) -> NDArray[Any]:
    import numpy as np

    columns = [np.ones_like(months), step, months]
    for one in range(1, harmonics + 1):
        columns += [np.sin(2 * pi * one * months / 12), np.cos(2 * pi * one * months / 12)]
    return np.column_stack(columns)


def false_dates(
    counts: Sequence[int],
    start: int,
    exposure: Sequence[float] | None = None,
    number: int = 3,
    trend: Sequence[float] | None = None,
) -> list[Ratio]:
    """The same model with the start moved to dates before it, evenly spread, on the months before alone."""
    before = list(counts[:start])
    reach = None if exposure is None else list(exposure[:start])
    places = [round(FEWEST_AFTER + (start - 2 * FEWEST_AFTER) * (at + 1) / (number + 1)) for at in range(number)]
    found = []
    for place in dict.fromkeys(places):
        if FEWEST_AFTER <= place <= start - FEWEST_AFTER and any(before[:place]) and any(before[place:]):
            steps = [int(at >= place) for at in range(start)]
            season = HARMONICS if start >= BEFORE else 0
            found.append(interrupted(before, steps, exposure=reach, trend=trend, harmonics=season).shown)
    return found
