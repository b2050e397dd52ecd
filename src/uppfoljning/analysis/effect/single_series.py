"""Before and after in the treated area alone: the same months of earlier years, or a long series."""

from __future__ import annotations

from datetime import date

from uppfoljning.analysis import before_after, interrupted
from uppfoljning.analysis.before_after import CountWindow, Ratio
from uppfoljning.analysis.effect import result
from uppfoljning.analysis.effect.result import BeforeAfterCounts, Laid, Pick, Refusal, Study, Warning_, counts_of
from uppfoljning.analysis.interrupted import Interrupted
from uppfoljning.domain.indicator import Series

DOUBLED = 2.0
"""The dispersion that is tried where months cannot tell it."""


def alone(series: Series, start: date, laid: Laid, everything: Pick) -> Study | Refusal:
    """The estimate without a comparison; refused where no earlier year has the same months and the series is short."""
    long = _reaches(laid, everything, interrupted.BEFORE, interrupted.AFTER)
    known = laid.known(laid.treated)
    pick = result.same_months(laid, known)
    if pick is None and not long:
        return "E_OLIKA_MANADER"
    warnings: list[Warning_] = []
    if set(result.calendar(laid, everything.before)) != set(result.calendar(laid, everything.after)):
        warnings.append("W_OLIKA_MANADER")
    if pick is not None and result.is_peak(laid):
        warnings.append("W_TOPPAR")
        pick = result.same_months(laid, known, most=None)
    chosen = pick or everything
    counts = counts_of(laid.treated, chosen)
    exact = before_after.exact_ratio(
        CountWindow(counts.before, counts.months_before), CountWindow(counts.after, counts.months_after)
    )
    if exact is None:
        return "E_INGA_HANDELSER"
    by_month = result.by_month(laid, laid.treated, chosen).ratio
    phi = by_month.phi if by_month is not None else 1.0
    base = Study(
        series, start, "före och efter", laid, counts, None, result.wider(exact, by_month), exact,
        before_after.fewest_before(counts.months_before, counts.months_after), _detectable(counts, phi), years=chosen.years,
    )  # fmt: skip
    if by_month is None and counts.before and counts.after:
        warnings.append("W_OSPRIDNING_OKAND")
        base = base._replace(doubled=_doubled(counts))
    if mass := result.mass_months(laid, chosen, laid.treated):
        base = base._replace(
            mass=mass, without_mass=result.by_month(laid, laid.treated, result.without(laid, chosen, mass)).ratio
        )
    base = base._replace(without_preliminary=_counted_up(laid, known, series))
    if _reaches(laid, everything, interrupted.FEWEST_BEFORE, interrupted.FEWEST_AFTER):
        base = _with_series(base, laid, everything, leads=long)
        if base.interrupted is not None and base.interrupted.correlated:
            warnings.append("W_AUTOKORRELATION")
    if base.mass:
        warnings.append("W_MASSANMALAN")
    if base.design != "lång serie":
        return base._replace(warnings=(*warnings, "W_PAGAENDE_MINSKNING"))
    base = _beside_the_long(base, laid, everything)
    same, found = base.same_months, base.headline
    if same is not None and found is not None and same.interval.holds(1) and not found.interval.holds(1):
        warnings.append("W_SAMMA_MANADER")
    return base._replace(warnings=tuple(warnings))


def _beside_the_long(base: Study, laid: Laid, everything: Pick) -> Study:
    """A long series with what must tell the same: the same months of all earlier years, and the months that are fully counted."""
    every = result.same_months(laid, laid.known(laid.treated), most=None)
    base = base._replace(same_months=result.by_month(laid, laid.treated, every or everything).ratio)
    kept = result.counted_up(laid, everything, base.series.indicator.preliminary_from)
    if kept is not None:
        told = kept.after and sum(result.counts(laid.treated, kept.after))
        base = base._replace(without_preliminary=_modelled(laid, kept).shown if told else None)
    return base


def _counted_up(laid: Laid, known: list[int], series: Series) -> Ratio | None:
    """The ratio of the months that are fully counted, where some after the start are not."""
    everything = result.all_months(laid, known)
    kept = result.counted_up(laid, everything, series.indicator.preliminary_from)
    if kept is None or not kept.after:
        return None
    pick = result.same_months(laid, [at for at in known if at in kept.before or at in kept.after])
    return result.by_month(laid, laid.treated, pick).ratio if pick is not None else None


def _reaches(laid: Laid, pick: Pick, before: int, after: int) -> bool:
    """Whether a series is long enough, with enough a month before and something after, for a trend and a season."""
    if len(pick.before) < before or len(pick.after) < after:
        return False
    counts = counts_of(laid.treated, pick)
    return counts.before >= interrupted.FEWEST_A_MONTH * counts.months_before and counts.after > 0


def _doubled(counts: BeforeAfterCounts) -> Ratio:
    before, after = CountWindow(counts.before, counts.months_before), CountWindow(counts.after, counts.months_after)
    return before_after.totals_ratio(before, after, phi=DOUBLED)


def _modelled(laid: Laid, pick: Pick) -> Interrupted:
    places = sorted((*pick.before, *pick.after))
    reach = [laid.treated.exposures[at] for at in places]
    return interrupted.interrupted(
        result.counts(laid.treated, places),
        [int(bool(laid.after[at])) for at in places],
        exposure=[float(one) for one in reach if one is not None] if None not in reach else None,
        trend=[at + 1 for at in places],
    )


def _with_series(base: Study, laid: Laid, pick: Pick, *, leads: bool) -> Study:
    """The long series as design where it leads, else beside: a level change on trend and season, with false dates."""
    found = _modelled(laid, pick)
    numbers = result.counts(laid.treated, pick.before)
    reach = [laid.treated.exposures[at] for at in pick.before]
    exposure = [float(one) for one in reach if one is not None] if None not in reach else None
    months = [at + 1 for at in pick.before]
    false = interrupted.false_dates(numbers, len(numbers), exposure, trend=months)
    base = base._replace(interrupted=found, false_dates=tuple(false))
    if not leads:
        return base
    counts = counts_of(laid.treated, pick)
    exact = before_after.exact_ratio(
        CountWindow(counts.before, counts.months_before), CountWindow(counts.after, counts.months_after)
    )
    mass = result.mass_months(laid, pick, laid.treated)
    kept = result.without(laid, pick, mass)
    return base._replace(
        design="lång serie",
        counts=counts,
        exact=exact,
        years=0,
        fewest_before=before_after.fewest_before(counts.months_before, counts.months_after),
        detectable=_detectable(counts, found.ratio.phi),
        headline=found.shown,
        mass=mass,
        without_mass=_modelled(laid, kept).shown if mass and sum(result.counts(laid.treated, kept.after)) else None,
    )


def _detectable(counts: BeforeAfterCounts, phi: float) -> float | None:
    """The largest ratio found four times of five from the counts before; a dispersion makes them tell less, as if fewer."""
    if not counts.before:
        return None
    return before_after.smallest_found(counts.before / max(1.0, phi), counts.months_after / counts.months_before)
