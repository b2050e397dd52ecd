"""Treated against comparison month by month: given each month's total, the treated part is a binomial.

That is a Poisson model with area effects and full month effects: the ratio equals that of the totals, and the dispersion is what
is left when common season and shocks are taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf
from typing import Any, NamedTuple

from uppfoljning.analysis import before_after as fitting
from uppfoljning.analysis.before_after import LEVEL, Interval, Ratio, log_ratio

FEWEST_MONTHS, FEWEST_ON_A_SIDE = 12, 6
"""How many months, in all and before or after, the month-conditional interval needs."""


class Month(NamedTuple):
    """One month's counts in the treated and the comparison area, and whether it lies after the start."""

    treated: int
    comparison: int
    after: bool


def enough_months(months: Sequence[Month]) -> bool:
    """Whether there are months enough to tell the dispersion from."""
    kept = [month for month in months if month.treated + month.comparison]
    return len(kept) >= FEWEST_MONTHS and min(sum(month.after is after for month in kept) for after in (False, True)) >= (
        FEWEST_ON_A_SIDE
    )


def month_ratio(months: Sequence[Month]) -> Ratio | None:
    """RIRR with the month-conditional dispersion; None where the months or their events are too few to say."""
    kept = [month for month in months if month.treated + month.comparison]
    totals = [sum(getattr(month, area) for month in kept if month.after is after) for area in _AREAS for after in (False, True)]
    if not enough_months(months) or not all(totals):
        return None
    fit, phi, df = _binomial(kept, [[float(month.after)] for month in kept])
    import numpy as np

    return log_ratio(float(np.exp(fit.params[1])), float(fit.bse[1]), phi=phi, df=df)


def widened(months: Sequence[Month], places: Sequence[int] | None = None) -> Ratio | None:
    """The same, with a dispersion that also reckons with how neighbouring months follow each other.

    `places` are the positions of the months in time where some are missing between them, here and below.
    """
    found = month_ratio(months)
    if found is None or found.se is None:
        return found
    more = follow_on(following(months, places))
    se = found.se / max(1.0, found.phi) ** 0.5
    return log_ratio(found.ratio, se, phi=max(1.0, found.phi) * more, df=found.df)


def neighbours(residuals: Any, places: Sequence[int]) -> float:
    """How much each month's deviation follows the one before, corrected for how few months there are; 0 where it does not.

    Months on either side of a gap are no neighbours.
    """
    import numpy as np

    residuals = np.asarray(residuals)
    beside = np.diff(np.array(places)) == 1
    total = float(residuals @ residuals)
    # Months that are exactly alike leave nothing but what rounding makes.
    if total <= 1e-6 * len(residuals) or not beside.any():
        return 0.0
    found = float((residuals[1:] * residuals[:-1])[beside].mean()) * (len(residuals) - 1) / total
    return min(max(0.0, found + 2 / len(residuals)), MOST_FOLLOWING) if found > 0 else 0.0


def follow_on(r: float) -> float:
    """How much more a mean of months that follow each other varies than one of months that do not (AR(1))."""
    return (1 + r) / (1 - r)


FOLLOWING, MOST_FOLLOWING = 0.3, 0.9
"""From how much the months are said to follow each other, and the most that is reckoned with."""


def following(months: Sequence[Month], places: Sequence[int] | None = None) -> float:
    """How much neighbouring months follow each other against the comparison; 0 where it cannot be told."""
    numbered = zip(places if places is not None else range(len(months)), months, strict=True)
    known = [(at, month) for at, month in numbered if month.treated + month.comparison]
    kept = [month for _, month in known]
    if not enough_months(months) or not all(sum(getattr(month, area) for month in kept) for area in _AREAS):
        return 0.0
    fit, _, _ = _binomial(kept, [[float(month.after)] for month in kept])
    return neighbours(fit.resid_pearson, [at for at, _ in known])


def spread(months: Sequence[Month]) -> float:
    """How much more than chance the treated area's part of each month's events differs; 1 where it does not, or none can tell."""
    kept = [month for month in months if month.treated + month.comparison]
    if len(kept) < FEWEST_ON_A_SIDE or not all(sum(getattr(month, area) for month in kept) for area in _AREAS):
        return 1.0
    part = sum(month.treated for month in kept) / sum(month.treated + month.comparison for month in kept)
    chi2 = sum(
        (month.treated - total * part) ** 2 / (total * part * (1 - part))
        for month in kept
        for total in (month.treated + month.comparison,)
    )
    return max(1.0, chi2 / (len(kept) - 1))


_AREAS = ("treated", "comparison")


def false_starts(months: Sequence[Month], places: Sequence[int] | None = None, number: int = 3) -> list[Ratio]:
    """The ratio with the start moved to dates before it, on the months before alone: the last half a year before, others even.

    Half a year before is where a step that the work had no part in is most easily taken for its effect.
    """
    numbered = zip(places if places is not None else range(len(months)), months, strict=True)
    known = [(at, month) for at, month in numbered if not month.after and month.treated + month.comparison]
    before, positions = [month for _, month in known], [at for at, _ in known]
    room = len(before) - 2 * FEWEST_ON_A_SIDE
    evenly = [FEWEST_ON_A_SIDE + round(room * (at + 1) / (number + 1)) for at in range(number - 1)]
    starts = [*evenly, FEWEST_ON_A_SIDE + room] if room >= 0 else []
    moved = ([month._replace(after=at >= start) for at, month in enumerate(before)] for start in dict.fromkeys(starts))
    return [found for months in moved if (found := widened(months, positions)) is not None]


class Slope(NamedTuple):
    """How the treated area's part of all events drifted a month, on the log-odds scale, before the start."""

    slope: float
    se: float
    phi: float
    df: int
    p: float

    @property
    def se_adjusted(self) -> float:
        """The standard error, widened by the dispersion."""
        return float(self.se * max(1.0, self.phi) ** 0.5)

    def over(self, distance: float) -> tuple[float, Interval]:
        """What an unbroken drift alone makes of the ratio over so many months, with its interval."""
        from scipy.stats import t

        reach = float(t.ppf((1 + LEVEL) / 2, self.df)) * self.se_adjusted
        ends = sorted((self.slope + sign * reach) * distance for sign in (-1, 1))
        return _exp(self.slope * distance), Interval(*map(_exp, ends))


def _exp(value: float) -> float:
    """The exponential; so much or so little that no number holds it is endless or next to nothing, never nothing."""
    return inf if value > _LARGEST else exp(max(value, -_LARGEST))


_LARGEST = 700.0


def pre_trend(months: Sequence[Month], places: Sequence[int] | None = None, *, follow: bool = False) -> Slope | None:
    """The drift before the start; None where fewer than three months before have events, or they cannot tell a drift.

    With `follow` it is reckoned with that neighbouring months follow each other, as the ratio that it is set against is.
    """
    from scipy.stats import t

    numbered = zip(places if places is not None else range(len(months)), months, strict=True)
    before = [(at, month) for at, month in numbered if not month.after and month.treated + month.comparison]
    counts = [month for _, month in before]
    if len(before) < 3 or not all(sum(getattr(month, area) for month in counts) for area in _AREAS):
        return None
    fit, phi, df = _binomial(counts, [[float(at)] for at, _ in before])
    slope, se = float(fit.params[1]), float(fit.bse[1])
    if not 0 < se < fitting.SEPARATED:
        return None
    if follow and len(before) >= FEWEST_MONTHS:
        phi = max(1.0, phi) * follow_on(neighbours(fit.resid_pearson, [at for at, _ in before]))
    wide = se * max(1.0, phi) ** 0.5
    return Slope(slope, se, phi, df, float(2 * t.sf(abs(slope) / wide, df)))


class MonthBlock(NamedTuple):
    """A block of months counted back from the start, against the last before it: first and last position, log ratio, error."""

    first: int
    last: int
    log_ratio: float
    se: float


class EventStudy(NamedTuple):
    """The blocks, and a joint test of those before the start; `p` is None with fewer than two of them."""

    blocks: tuple[MonthBlock, ...]
    f: float | None
    p: float | None
    df: tuple[int, int]


def event_study(months: Sequence[Month], size: int) -> EventStudy | None:
    """Blocks of `size` months counted back from the start, the first of them with what is left.

    None where one has no events in an area, or there is only one before.
    """
    import numpy as np
    from scipy.stats import f as f_law

    start = sum(not month.after for month in months)
    number = [(at - start) // size for at in range(len(months))]
    labels = sorted(set(number) - {-1})
    if not any(label < -1 for label in labels) or not any(label >= 0 for label in labels):
        return None
    kept = [(label, month) for label, month in zip(number, months, strict=True) if month.treated + month.comparison]
    for label in (*labels, -1):
        inside = [month for one, month in kept if one == label]
        if not all(sum(getattr(month, area) for month in inside) for area in _AREAS):
            return None
    fit, phi, df = _binomial([month for _, month in kept], [[float(label == one) for label in labels] for one, _ in kept])
    wide = max(1.0, phi) ** 0.5
    blocks = tuple(
        MonthBlock(
            number.index(label),
            len(number) - 1 - number[::-1].index(label),
            float(fit.params[at + 1]),
            float(fit.bse[at + 1]) * wide,
        )
        for at, label in enumerate(labels)
    )
    before = [at + 1 for at, label in enumerate(labels) if label < -1]
    covariance = np.asarray(fit.cov_params())[np.ix_(before, before)]
    effects = np.asarray(fit.params)[before]
    wald = float(effects @ np.linalg.solve(covariance, effects))
    f = wald / (len(before) * max(1.0, phi))
    return EventStudy(blocks, f, float(f_law.sf(f, len(before), df)), (len(before), df))


def _binomial(months: Sequence[Month], columns: Sequence[Sequence[float]], **covariance: Any) -> tuple[Any, float, int]:
    """The treated part of each month's events, with its Pearson dispersion."""
    import numpy as np

    counts = np.array([[month.treated, month.comparison] for month in months], float)
    design = np.column_stack([np.ones(len(months)), np.array(columns, float)])
    fit = fitting.binomial(counts, design, **covariance)
    return fit, float(fit.pearson_chi2 / fit.df_resid), int(fit.df_resid)


def robust_ratios(months: Sequence[Month]) -> dict[str, Ratio]:
    """The same ratio with errors that suppose less (HC0). For comparison only; months enough are given.

    Newey and West's is not among them: with so many lags against so few months after it is far too narrow.
    """
    import numpy as np

    kept = [month for month in months if month.treated + month.comparison]
    fit, _, df = _binomial(kept, [[float(month.after)] for month in kept], cov_type="HC0")
    return {"HC0": log_ratio(float(np.exp(fit.params[1])), float(fit.bse[1]), df=df)}


def negative_binomial(months: Sequence[Month]) -> Ratio | None:
    """The ratio where months differ more than chance by a variance that grows with the mean (NB2); None where it finds none."""
    import warnings

    import numpy as np
    from statsmodels.discrete.discrete_model import NegativeBinomial

    counts = np.array([month.treated for month in months] + [month.comparison for month in months], float)
    after = np.array([month.after for month in months] * 2, float)
    treated = np.repeat([1.0, 0.0], len(months))
    design = np.column_stack([np.ones_like(after), after, treated, after * treated])
    with warnings.catch_warnings():
        # It warns on its way; whether it came to an answer is asked below.
        warnings.simplefilter("ignore")
        fit = NegativeBinomial(counts, design).fit(disp=0, maxiter=200)
    change, se = float(fit.params[3]), float(fit.bse[3])
    if not fit.mle_retvals["converged"] or not np.isfinite(se) or se <= 0:
        return None
    return log_ratio(float(np.exp(change)), se)
