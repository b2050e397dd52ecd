"""One estimate, gate by gate: what can be said, how, and with which reservations. Never drops one to keep a conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from uppfoljning.analysis.before_after import ALPHA, CountWindow, Interval, exact_ratio, log_ratio
from uppfoljning.analysis.contrasts import Four, benjamini_hochberg, exact_res, turned
from uppfoljning.analysis.effect import result
from uppfoljning.analysis.effect import result as windows
from uppfoljning.analysis.effect.controlled import compared
from uppfoljning.analysis.effect.result import FEW, Refusal, Study, Warning_
from uppfoljning.analysis.effect.single_series import alone
from uppfoljning.domain.indicator import Series, overlaps
from uppfoljning.domain.plan import OutcomeGoal

SHORT = 6


def study_of(series: Series | None, goal: OutcomeGoal) -> Study | Refusal:
    """The estimate of a goal, or why there is none."""
    refused = _refused(series, goal)
    if refused is not None:
        return refused
    assert series is not None and goal.start is not None
    laid = windows.lay_out(series, goal, goal.start)
    everything = windows.all_months(laid, laid.known(laid.treated))
    if not everything.before or not everything.after:
        return "E_INGA_MANADER"
    if not sum(windows.counts(laid.treated, (*everything.before, *everything.after))):
        return "E_INGA_HANDELSER"
    if goal.comparison:
        found = compared(series, goal.start, laid)
    else:
        found = alone(series, goal.start, laid, everything)
    if not isinstance(found, Study):
        return found
    rise = goal.direction == "öka"
    warnings = (*dict.fromkeys((*found.warnings, *_flags(found), *_of_the_choice(found, rise=rise))),)
    return found._replace(warnings=warnings, rise=rise, chosen_for=goal.chosen_for)


def _refused(series: Series | None, goal: OutcomeGoal) -> Refusal | None:
    if goal.start is None:
        return "E_INGEN_START"
    if series is None or not series.areas:
        return "E_INGEN_SERIE"
    if not goal.treated or any(area not in series.areas for area in (*goal.treated, *goal.comparison, *goal.buffer)):
        return "E_OMRADE_SAKNAS"
    areas = (*goal.treated, *goal.buffer, *goal.comparison)
    if overlaps(series.indicator.contains, *areas):
        return "E_OVERLAPP"
    return None


def _of_the_choice(found: Study, *, rise: bool) -> Iterator[Warning_]:
    """Only the year before: nobody can see whether the area was chosen at a peak, and the word of the plan does not show it.

    Where the goal is more of something, an area is chosen for being low.
    """
    if result.peak_unknown(found.laid):
        yield "W_TOPP_OKAND"
    if rise and result.is_low(found.laid):
        yield "W_BOTTEN"


def _flags(found: Study) -> Iterator[Warning_]:
    indicator, laid = found.series.indicator, found.laid
    if min(found.counts.before, found.counts.after) < FEW:
        yield "W_FA_HANDELSER"
    if laid.missing:
        yield "W_SAKNADE_MANADER"
    if indicator.depends_on_police:
        yield "W_REGISTRERING"
    if indicator.concurrent:
        yield "W_SAMTIDIGT"
    if found.counts.months_after < SHORT:
        yield "W_KORT_TID"
    if found.placebo is not None and found.placebo[0] > found.placebo[1]:
        yield "W_ANDRA_OMRADEN"
    if any(not one.interval.holds(1) for one in found.false_dates):
        yield "W_FALSKT_UTSLAG"
    # A month that only one of the areas has is not compared, and says nothing whether it is fully counted or not.
    after = [laid.months[at] for at in laid.known(laid.treated, *laid.comparison) if laid.after[at]]
    if indicator.preliminary_from is not None and after and after[-1] >= indicator.preliminary_from:
        yield "W_PRELIMINAR"


# Several outcomes of one measure: only the plan's own was chosen beforehand, so the others are adjusted for being many.


def of_the_plan(found: Sequence[Study | Refusal]) -> list[Study | Refusal]:
    """Estimates of all the goals of a plan, with p-values adjusted over them: of a dozen some would seem to work by chance."""
    if sum(isinstance(one, Study) and one.headline is not None for one in found) < 2:
        return list(found)
    return _as_one_family(found, "W_FLERA_MAL")


def besides(found: Sequence[Study | Refusal]) -> list[Study | Refusal]:
    """Estimates of other outcomes than the plan's, flagged, with p-values adjusted over them all."""
    return _as_one_family(found, "W_FLERA_UTFALL")


def _as_one_family(found: Sequence[Study | Refusal], code: Warning_) -> list[Study | Refusal]:
    """P-values by the false discovery rate, and intervals at the level that says the same (Benjamini & Yekutieli 2005)."""
    raw = {at: one.headline.p for at, one in enumerate(found) if isinstance(one, Study) and one.headline is not None}
    adjusted = dict(zip(raw, benjamini_hochberg(list(raw.values())), strict=True))
    clear = max(1, sum(p <= ALPHA for p in adjusted.values()))
    return [
        one._replace(
            warnings=(*one.warnings, code),
            p_adjusted=adjusted.get(at),
            among=_at_level(one, 1 - ALPHA * clear / len(raw)) if len(raw) > 1 else None,
            family=len(raw),
        )
        if isinstance(one, Study)
        else one
        for at, one in enumerate(found)
    ]


def _at_level(found: Study, level: float) -> Interval | None:
    """The interval of the headline at another level."""
    headline, counts, other = found.headline, found.counts, found.comparison_counts
    if headline is None:
        return None
    if headline.se is not None:
        # The error is already widened by the dispersion.
        return log_ratio(headline.ratio, headline.se, df=headline.df, level=level).interval
    if other is not None:
        return turned(exact_res(Four(counts.before, counts.after, other.before, other.after), level).interval)
    windows = CountWindow(counts.before, counts.months_before), CountWindow(counts.after, counts.months_after)
    exact = exact_ratio(*windows, level)
    return exact.interval if exact is not None else None


ENOUGH_DONE = Fraction(80, 100)
"""Under this part carried out or reported the measure was not tried as planned."""


def of_dose(found: Study | Refusal, done: Fraction | None, received: Fraction | None) -> Study | Refusal:
    """The estimate, flagged where so little was done or reported that the figures do not show what the measure gives."""
    too_little = any(share is not None and share < ENOUGH_DONE for share in (done, received))
    return found._replace(warnings=(*found.warnings, "W_DOS")) if isinstance(found, Study) and too_little else found
