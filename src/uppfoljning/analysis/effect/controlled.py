"""The treated area against areas without the measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf, log

from uppfoljning.analysis import before_after, displacement, months
from uppfoljning.analysis import contrasts as comparison
from uppfoljning.analysis.before_after import CountWindow, Ratio
from uppfoljning.analysis.contrasts import Four
from uppfoljning.analysis.effect import result
from uppfoljning.analysis.effect.result import (
    FEW,
    AreaSeries,
    BeforeAfterCounts,
    Laid,
    Pick,
    Refusal,
    Study,
    Trend,
    Warning_,
    counts_of,
    pair,
)
from uppfoljning.analysis.effect.single_series import DOUBLED
from uppfoljning.analysis.months import Month
from uppfoljning.domain.indicator import Series

SURE_OF_TREND = 0.10
UNLIKE = 2.0
WIDE = 1.5
"""Over this dispersion the negative binomial stands beside."""


def compared(series: Series, start: date, laid: Laid) -> Study | Refusal:
    """The estimate against the comparison areas together."""
    pick = result.all_months(laid, laid.known(laid.treated, *laid.comparison))
    if not pick.before or not pick.after:
        return "E_INGA_MANADER"
    against = result.together(laid.comparison)
    treated, other = counts_of(laid.treated, pick), counts_of(against, pick)
    four = Four(treated.before, treated.after, other.before, other.after)
    if not other.before and not other.after:
        return "E_JAMFORELSE_NOLL"
    if not treated.before and not treated.after:
        return "E_INGA_HANDELSER"
    places = sorted((*pick.before, *pick.after))
    rows = _rows(laid, against, places)
    by_month = months.widened(rows, places)
    plain = comparison.relative_ratio(four)
    phi = by_month.phi if by_month is not None else 1.0
    found = Study(
        series, start, "flera jämförelser" if len(laid.comparison) > 1 else "jämförelse", laid, treated, other,
        _headline(four, by_month or plain),
        before_after.exact_ratio(CountWindow(four.a, treated.months_before), CountWindow(four.b, treated.months_after)),
        before_after.fewest_before(treated.months_before, treated.months_after),
        _detectable(four, treated, phi),
        relative=by_month or plain,
        exact_res=comparison.exact_res(four) if min(four) < FEW and _tells(four) else None,
        expected=comparison.against_expected(four, phi=phi) if four.c else None,
        trend=_trend(rows, pick, places),
        events=months.event_study(rows, 12 if len(pick.before) >= 36 else 6),
        placebo=_placebo(laid, pick),
        false_dates=tuple(months.false_starts(rows, places)),
        doubled=None if months.enough_months(rows) else comparison.relative_ratio(four, phi=DOUBLED),
        sensitivity=_sensitivity(rows, by_month),
        notes=("E_FOR_FA_KLUSTER",) if 2 <= len(laid.comparison) < comparison.FEWEST_CLUSTERS - 1 else (),
    )  # fmt: skip
    mass = result.mass_months(laid, pick, laid.treated, against)
    if mass:
        found = found._replace(mass=mass, without_mass=_without(laid, against, result.without(laid, pick, mass)))
    kept = result.counted_up(laid, pick, series.indicator.preliminary_from)
    if kept is not None and kept.after:
        found = found._replace(without_preliminary=_without(laid, against, kept))
    if found.exact is not None:
        found = found._replace(own=result.wider(found.exact, result.by_month(laid, laid.treated, pick).ratio))
    found = _with_buffer(found, laid, pick, against, phi)
    return found._replace(warnings=tuple(_warnings(found, rows, places, four, _level(laid, pick, against))))


def _rows(laid: Laid, against: AreaSeries, places: Sequence[int]) -> list[Month]:
    return [Month(laid.treated.counts[at] or 0, against.counts[at] or 0, bool(laid.after[at])) for at in places]


def _headline(four: Four, by_log: Ratio | None) -> Ratio | None:
    """The ratio that the sentence is about: exact where a count is too small for the log scale."""
    if min(four) >= FEW:
        return by_log
    if not _tells(four):
        return None
    res = comparison.exact_res(four)
    return Ratio(1 / res.res if res.res else inf, comparison.turned(res.interval), res.p)


def _tells(four: Four) -> bool:
    """Whether anything happened both before and after: else the areas cannot be told apart."""
    return four.a + four.c > 0 and four.b + four.d > 0


def _without(laid: Laid, against: AreaSeries, pick: Pick) -> Ratio | None:
    """The ratio of fewer months."""
    (a, b), (c, d) = pair(laid.treated, pick), pair(against, pick)
    places = sorted((*pick.before, *pick.after))
    return months.widened(_rows(laid, against, places), places) or comparison.relative_ratio(Four(a, b, c, d))


def _sensitivity(rows: Sequence[Month], by_month: Ratio | None) -> tuple[tuple[str, Ratio], ...]:
    """The same ratio by other errors, to see whether they say otherwise; never what is concluded from."""
    if by_month is None:
        return ()
    found = list(months.robust_ratios(rows).items())
    if by_month.phi > WIDE and (wide := months.negative_binomial(rows)) is not None:
        found.append(("NB2", wide))
    return tuple(found)


def _warnings(found: Study, rows: Sequence[Month], places: Sequence[int], four: Four, level: float | None) -> Iterator[Warning_]:
    if result.is_peak(found.laid):
        yield "W_TOPPAR"
    if found.headline is not None and found.own is not None and _of_the_other(found.headline, found.own):
        yield "W_EGEN_NIVA"
    if months.following(rows, places) > months.FOLLOWING:
        yield "W_AUTOKORRELATION"
    if found.mass:
        yield "W_MASSANMALAN"
    if four.c < four.a:
        yield "W_LITEN_JAMFORELSE"
    if level is not None and not 1 / UNLIKE <= level <= UNLIKE:
        yield "W_OLIKA_NIVA"
    if found.trend is not None and found.headline is not None and _drifts(found.trend, found.headline):
        yield "W_FORTREND"
    if not months.enough_months(rows):
        yield "W_OSPRIDNING_OKAND"


def _of_the_other(headline: Ratio, own: Ratio) -> bool:
    """Whether the treated area by itself shows no change the way that the comparison makes it seem."""
    return not headline.interval.holds(1) and (own.interval.holds(1) or (own.ratio > 1) != (headline.ratio > 1))


def _level(laid: Laid, pick: Pick, against: AreaSeries) -> float | None:
    """The treated area's count before over the comparison's, by what it is set against where the series has that."""
    (a, _), (c, _) = pair(laid.treated, pick), pair(against, pick)
    reach = [[line.exposures[at] for at in pick.before] for line in (laid.treated, against)]
    sizes = [float(sum(one for one in side if one is not None)) for side in reach]
    scale = sizes[1] / sizes[0] if all(None not in side for side in reach) else 1.0
    return a * scale / c if a and c else None


def _trend(rows: Sequence[Month], pick: Pick, places: Sequence[int]) -> Trend | None:
    slope = months.pre_trend(rows, places, follow=True)
    if slope is None:
        return None
    middle_before, middle_after = (sum(side) / len(side) for side in (pick.before, pick.after))
    return Trend(slope, *slope.over(middle_after - middle_before))


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


def _with_buffer(found: Study, laid: Laid, pick: Pick, against: AreaSeries, phi: float) -> Study:
    """The difference in numbers, and where there is a buffer whether it moved there."""
    pairs = [pair(line, pick) for line in (laid.treated, against)]
    lengths = (len(pick.before), len(pick.after))
    alone = found._replace(difference=displacement.displacement(*pairs, lengths=lengths, phi=phi))
    if laid.buffer is None:
        return alone
    pick = result.all_months(laid, laid.known(laid.treated, laid.buffer, *laid.comparison))
    if not pick.before or not pick.after:
        return alone
    lengths = (len(pick.before), len(pick.after))
    treated, other, buffer = (pair(line, pick) for line in (laid.treated, against, laid.buffer))
    difference = displacement.displacement(treated, other, buffer, lengths=lengths, phi=phi)
    moved = displacement.quotient(treated, buffer, other) if all((*treated, *other, *buffer)) else None
    notes: tuple[Refusal, ...] = ("E_WDQ_EJ_TOLKBAR",) if moved is None or moved.quotient is None else ()
    return found._replace(difference=difference, quotient=moved, with_buffer=True, notes=(*found.notes, *notes))


def _detectable(four: Four, counts: BeforeAfterCounts, phi: float) -> float | None:
    if not four.a or not four.c:
        return None
    return before_after.smallest_found_relative(four.a, four.c, counts.months_after / counts.months_before, phi=phi)
