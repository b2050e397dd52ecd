"""The treated area against areas without the measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import exp, inf, log

from uppfoljning.analysis import before_after, comparison, displacement, months, power
from uppfoljning.analysis.before_after import Window
from uppfoljning.analysis.comparison import Four
from uppfoljning.analysis.effect import windows
from uppfoljning.analysis.effect.result import FEW, Counts, Refusal, Study, Trend, Warning_, counts_of, pair
from uppfoljning.analysis.effect.windows import Laid, Line, Pick
from uppfoljning.analysis.estimate import Ratio
from uppfoljning.analysis.months import Month
from uppfoljning.domain.indicator import Series

SURE_OF_TREND = 0.10
UNLIKE = 2.0
DOUBLED = 2.0
"""The dispersion that is tried where months cannot tell it."""


def compared(series: Series, start: date, laid: Laid) -> Study | Refusal:
    """The estimate against the comparison areas together."""
    known = laid.known(laid.treated, *laid.comparison)
    pick = windows.all_months(laid, known)
    if not pick.before or not pick.after:
        return "E_INGA_MANADER"
    against = windows.together(laid.comparison)
    treated, other = counts_of(laid.treated, pick), counts_of(against, pick)
    four = Four(treated.before, treated.after, other.before, other.after)
    if not other.before and not other.after:
        return "E_JAMFORELSE_NOLL"
    if not treated.before and not treated.after:
        return "E_INGA_HANDELSER"
    rows = [
        Month(laid.treated.counts[at] or 0, against.counts[at] or 0, bool(laid.after[at]))
        for at in sorted((*pick.before, *pick.after))
    ]
    by_month = months.month_ratio(rows)
    plain = comparison.relative_ratio(four)
    warnings = list(_about_comparison(laid, pick, four))
    exact = before_after.exact_ratio(Window(four.a, treated.months_before), Window(four.b, treated.months_after))
    small = min(four) < FEW
    res = comparison.exact_res(four) if small else None
    headline = by_month or plain
    if res is not None:
        headline = Ratio(1 / res.res if res.res else inf, comparison.turned(res.interval), res.p)
    phi = by_month.phi if by_month is not None else 1.0
    trend = _trend(rows, pick)
    if trend is not None and headline is not None and _drifts(trend, headline):
        warnings.append("W_FORTREND")
    if by_month is None:
        warnings.append("W_OSPRIDNING_OKAND")
    found = Study(
        series, start, "flera jämförelser" if len(laid.comparison) > 1 else "jämförelse", laid, treated, other, headline, exact,
        before_after.fewest_before(treated.months_before, treated.months_after),
        _detectable_relative(four, treated, phi),
        relative=by_month or plain,
        exact_res=res,
        expected=comparison.against_expected(four, phi=phi) if four.c else None,
        trend=trend,
        events=months.event_study(rows, 12 if len(pick.before) >= 36 else 6),
        placebo=_placebo(laid, pick),
        false_dates=tuple(months.false_starts(rows)),
        doubled=comparison.relative_ratio(four, phi=DOUBLED) if by_month is None else None,
        warnings=tuple(warnings),
    )  # fmt: skip
    return _with_buffer(found, laid, pick, against, phi)


def _about_comparison(laid: Laid, pick: Pick, four: Four) -> Iterator[Warning_]:
    if four.c < four.a:
        yield "W_LITEN_JAMFORELSE"
    scale = 1.0
    against = windows.together(laid.comparison)
    reach = [line.exposures[at] for line in (laid.treated, against) for at in pick.before]
    if None not in reach:
        half = len(reach) // 2
        scale = float(sum(one or 0 for one in reach[half:]) / sum(one or 0 for one in reach[:half]))
    if four.c and four.a and not 1 / UNLIKE <= four.a * scale / four.c <= UNLIKE:
        yield "W_OLIKA_NIVA"


def _trend(rows: Sequence[Month], pick: Pick) -> Trend | None:
    slope = months.pre_trend(rows)
    if slope is None:
        return None
    middle_before, middle_after = (sum(places) / len(places) for places in (pick.before, pick.after))
    return Trend(slope, exp(slope.slope * (middle_after - middle_before)))


def _drifts(trend: Trend, headline: Ratio) -> bool:
    """Whether the drift is sure, or would alone explain at least half of what was found."""
    if trend.slope.p < SURE_OF_TREND:
        return True
    if headline.ratio <= 0 or headline.ratio == inf:
        return False
    alone, found = log(trend.unbroken), log(headline.ratio)
    return alone * found > 0 and abs(alone) >= abs(found) / 2


def _placebo(laid: Laid, pick: Pick) -> tuple[float, float] | None:
    """The rank of the treated area among all, where there are several without the measure."""
    if len(laid.comparison) < 2:
        return None
    areas = [pair(line, pick) for line in (laid.treated, *laid.comparison)]
    return comparison.placebo_rank(comparison.placebo_changes(areas))


def _with_buffer(found: Study, laid: Laid, pick: Pick, against: Line, phi: float) -> Study:
    """The difference in numbers, and where there is a buffer whether it moved there."""
    pairs = [pair(line, pick) for line in (laid.treated, against)]
    lengths = (len(pick.before), len(pick.after))
    if laid.buffer is None:
        return found._replace(difference=displacement.displacement(*pairs, lengths=lengths, phi=phi))
    known = laid.known(laid.treated, laid.buffer, *laid.comparison)
    pick = windows.all_months(laid, known)
    if not pick.before or not pick.after:
        return found
    lengths = (len(pick.before), len(pick.after))
    treated, other, buffer = (pair(line, pick) for line in (laid.treated, against, laid.buffer))
    difference = displacement.displacement(treated, other, buffer, lengths=lengths, phi=phi)
    moved = displacement.quotient(treated, buffer, other) if all((*treated, *other, *buffer)) else None
    notes: tuple[Refusal, ...] = ("E_WDQ_EJ_TOLKBAR",) if moved is None or moved.quotient is None else ()
    return found._replace(difference=difference, quotient=moved, notes=notes)


def _detectable_relative(four: Four, counts: Counts, phi: float) -> float | None:
    if not four.a or not four.c:
        return None
    return power.smallest_found_relative(four.a, four.c, counts.months_after / counts.months_before, phi=phi)
