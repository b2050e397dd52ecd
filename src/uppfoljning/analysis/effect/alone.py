"""Before and after in the treated area alone: the same months of earlier years, or a long series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import log

from uppfoljning.analysis import before_after, interrupted, power
from uppfoljning.analysis.before_after import Exact, Window
from uppfoljning.analysis.effect import windows
from uppfoljning.analysis.effect.result import Counts, Refusal, Study, Warning_, counts_of
from uppfoljning.analysis.effect.windows import Laid, Line, Pick
from uppfoljning.analysis.estimate import Ratio
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.period import Period

PEAK, SURE_OF_PEAK = 1.25, 0.10
MASS = 4.0
"""How many standard errors a month lies above the others when one report may hold hundreds of events."""


def alone(series: Series, start: date, laid: Laid, everything: Pick) -> Study | Refusal:
    """The estimate without a comparison; refused where no earlier year has the same months and the series is short."""
    long = len(everything.before) >= interrupted.FEWEST_BEFORE and len(everything.after) >= interrupted.FEWEST_AFTER
    pick = windows.same_months(laid, laid.known(laid.treated))
    if pick is None and not long:
        return "E_OLIKA_MANADER"
    warnings: list[Warning_] = []
    if len(set(windows.calendar(laid, everything.before))) > len(set(windows.calendar(laid, everything.after))):
        warnings.append("W_OLIKA_MANADER")
    chosen = pick or everything
    if pick is not None and _is_peak(laid, pick):
        warnings.append("W_TOPPAR")
    counts = counts_of(laid.treated, chosen)
    exact = before_after.exact_ratio(Window(counts.before, counts.months_before), Window(counts.after, counts.months_after))
    headline = _months_ratio(laid, chosen)
    mass = _mass(laid, chosen)
    base = Study(
        series, start, "före och efter", laid, counts, None, _wider(exact, headline), exact,
        before_after.fewest_before(counts.months_before, counts.months_after), _detectable(counts), years=chosen.years,
    )  # fmt: skip
    if mass:
        sides = [tuple(at for at in side if laid.months[at] not in mass) for side in (chosen.before, chosen.after)]
        kept = chosen._replace(before=sides[0], after=sides[1])
        warnings.append("W_MASSANMALAN")
        base = base._replace(mass=tuple(mass), without_mass=_months_ratio(laid, kept))
    if long:
        base = _with_series(base, laid, everything)
        if base.interrupted is not None and base.interrupted.correlated:
            warnings.append("W_AUTOKORRELATION")
    return base._replace(warnings=tuple(warnings))


def _months_ratio(laid: Laid, pick: Pick) -> Ratio | None:
    places = (*pick.before, *pick.after)
    seasons = windows.calendar(laid, places) if len(pick.before) >= 24 else None
    return before_after.months_ratio(windows.counts(laid.treated, pick.before), windows.counts(laid.treated, pick.after), seasons)


def _wider(exact: Exact | None, by_month: Ratio | None) -> Ratio | None:
    """The wider of the exact interval and that of the months."""
    if exact is None:
        return None
    plain = Ratio(exact.ratio, exact.interval, exact.p_central)
    if by_month is None or not exact.ratio:
        return plain
    width = log(by_month.interval.high / by_month.interval.low)
    return by_month if exact.interval.low > 0 and width > log(exact.interval.high / exact.interval.low) else plain


def _is_peak(laid: Laid, pick: Pick) -> bool:
    """Whether the year before was unusually high against the earlier ones."""
    if pick.years < 2:
        return False
    size = len(pick.after)
    latest, earlier = pick.before[-size:], pick.before[:-size]
    one, other = _window(laid.treated, earlier), _window(laid.treated, latest)
    found = before_after.exact_ratio(one, other)
    return found is not None and found.ratio > PEAK and found.p_central < SURE_OF_PEAK


def _window(line: Line, places: Sequence[int]) -> Window:
    return Window(sum(windows.counts(line, places)), len(places))


def _mass(laid: Laid, pick: Pick) -> list[Period]:
    """The months that lie far above their side's mean: one report can hold hundreds of events."""
    found = []
    for places in (pick.before, pick.after):
        for at in places:
            others = [one for one in places if one != at]
            mean = sum(windows.counts(laid.treated, others)) / len(others) if others else 0
            count = laid.treated.counts[at] or 0
            if mean and (count - mean) / mean**0.5 > MASS:
                found.append(laid.months[at])
    return found


def _with_series(base: Study, laid: Laid, pick: Pick) -> Study:
    """The long series as design: a level change on trend and season, with false dates beside."""
    places = sorted((*pick.before, *pick.after))
    steps = [int(bool(laid.after[at])) for at in places]
    numbers = windows.counts(laid.treated, places)
    reach = [laid.treated.exposures[at] for at in places]
    exposure = [float(one) for one in reach if one is not None] if None not in reach else None
    if not sum(windows.counts(laid.treated, pick.before)) or not sum(windows.counts(laid.treated, pick.after)):
        return base
    found = interrupted.interrupted(numbers, steps, exposure=exposure, trend=[at + 1 for at in places])
    false = interrupted.false_dates(numbers[: len(pick.before)], len(pick.before), exposure)
    enough = len(pick.before) >= interrupted.BEFORE and len(pick.after) >= interrupted.AFTER
    if not enough:
        return base._replace(interrupted=found, false_dates=tuple(false))
    return base._replace(
        design="lång serie",
        counts=counts_of(laid.treated, pick),
        headline=found.shown,
        interrupted=found,
        false_dates=tuple(false),
    )


def _detectable(counts: Counts) -> float | None:
    """The largest ratio that would have been found four times of five, from the counts before."""
    if not counts.before:
        return None
    return power.smallest_found(counts.before, counts.months_after / counts.months_before)
