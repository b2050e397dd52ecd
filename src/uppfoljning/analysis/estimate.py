"""What every estimate has: a ratio with its interval, and the limits that a test keeps to."""

from __future__ import annotations

from math import exp, inf, log, sqrt
from typing import NamedTuple

LEVEL = 0.95
"""The coverage of every interval that is shown."""
ALPHA = 1 - LEVEL


class Interval(NamedTuple):
    """An interval with both ends; `inf` where there is no upper one."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it, ends included."""
        return self.low <= value <= self.high


class Ratio(NamedTuple):
    """A ratio of rates, its standard error on the log scale (None: an exact one has none), its interval and p-value.

    `phi` is the dispersion that widened it (at least 1), `df` the degrees of freedom of t, `inf` for a normal limit.
    """

    ratio: float
    interval: Interval
    p: float
    se: float | None = None
    phi: float = 1.0
    df: float = inf


def log_ratio(ratio: float, se: float, *, phi: float = 1.0, df: float = inf, level: float = LEVEL) -> Ratio:
    """A ratio above zero whose log has a standard error, widened by a dispersion that never makes it narrower."""
    from scipy.stats import norm, t

    wide = se * sqrt(max(1.0, phi))
    law = norm if df == inf else t(df)
    reach = float(law.ppf((1 + level) / 2)) * wide
    p = float(2 * law.sf(abs(log(ratio)) / wide)) if wide else 1.0
    return Ratio(ratio, Interval(ratio * exp(-reach), ratio * exp(reach)), p, wide, phi, df)
