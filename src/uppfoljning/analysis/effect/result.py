"""What an estimate comes to: every figure, every reservation, and the codes of those that refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import log
from statistics import median
from typing import Literal, NamedTuple

from uppfoljning.analysis import before_after
from uppfoljning.analysis.before_after import CountWindow, Exact, Interval, Monthly, Ratio
from uppfoljning.analysis.contrasts import ExactRes, Expected
from uppfoljning.analysis.displacement import Displacement, Quotient
from uppfoljning.analysis.interrupted import Interrupted
from uppfoljning.analysis.months import FEWEST_MONTHS, EventStudy, Slope, follow_on, neighbours
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, months
from uppfoljning.domain.plan import OutcomeGoal

# The months of a series laid out for an estimate: treated, comparison and buffer areas, before and after the start.


MOST_YEARS = 3
"""How many earlier years the same months are taken from, where the series reaches so far."""


class AreaSeries(NamedTuple):
    """The counts of one or more areas together, month by month; None in a month that any of them lacks. So too the exposures."""

    areas: tuple[str, ...]
    counts: tuple[int | None, ...]
    exposures: tuple[Number | None, ...]


class Laid(NamedTuple):
    """Every month from the first to the last of the series. `after` says whether each lies after the start (None: neither).

    The month in which the measure starts is neither when it starts after its first day, nor are those after its end.
    """

    months: tuple[Period, ...]
    after: tuple[bool | None, ...]
    treated: AreaSeries
    comparison: tuple[AreaSeries, ...]
    buffer: AreaSeries | None

    def known(self, *lines: AreaSeries) -> list[int]:
        """The positions of the months before and after in which all the lines have a count."""
        return [
            at for at, side in enumerate(self.after) if side is not None and all(line.counts[at] is not None for line in lines)
        ]

    @property
    def missing(self) -> list[Period]:
        """The months before and after in which a treated or comparison area has no row."""
        lines = (self.treated, *self.comparison)
        return [
            month
            for at, (month, side) in enumerate(zip(self.months, self.after, strict=True))
            if side is not None and any(line.counts[at] is None for line in lines)
        ]


def lay_out(series: Series, goal: OutcomeGoal, start: date) -> Laid:
    """The series around a start, with the goal's areas. The series has rows."""
    every = sorted({month for rows in series.areas.values() for month in rows})
    whole = _all_months(every[0], every[-1])
    return Laid(
        whole,
        tuple(_side(month, start, goal.end) for month in whole),
        _line(series, goal.treated, whole),
        tuple(_line(series, (area,), whole) for area in goal.comparison),
        _line(series, goal.buffer, whole) if goal.buffer else None,
    )


def _all_months(first: Period, last: Period) -> tuple[Period, ...]:
    begins, ends = (month.first.year * 12 + month.first.month - 1 for month in (first, last))
    return tuple(months(at // 12, at % 12 + 1, 1) for at in range(begins, ends + 1))


def _side(month: Period, start: date, end: date | None) -> bool | None:
    if month.last < start:
        return False
    if month.first < start or (end is not None and month.last > end):
        return None
    return True


def _line(series: Series, areas: Iterable[str], whole: Sequence[Period]) -> AreaSeries:
    areas = tuple(areas)
    rows = [series.areas.get(area, {}) for area in areas]
    counts = tuple(sum(row[month].events for row in rows) if all(month in row for row in rows) else None for month in whole)
    exposures = []
    for month in whole:
        found = [row[month].exposure for row in rows if month in row]
        exposures.append(sum(one for one in found if one is not None) if found and None not in found else None)
    return AreaSeries(areas, counts, tuple(exposures))


class Pick(NamedTuple):
    """The months compared: positions before and after. `years` is how many earlier years the same months were taken from."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    years: int


def same_months(laid: Laid, known: Sequence[int], most: int | None = MOST_YEARS) -> Pick | None:
    """The months after the start, and the same calendar months in as many whole earlier years as there are, at most `most`.

    None where not even one earlier year has them all.
    """
    after = [at for at in known if laid.after[at]]
    possible = {at for at in known if laid.after[at] is False}
    begin = min(after, default=0)
    # A window of more than a year is set against as many whole years back.
    stride = 12 * (-(-(max(after, default=0) - begin + 1) // 12))
    before: list[int] = []
    years = 0
    while after and (most is None or years < most):
        shifted = [at - stride * (years + 1) for at in after]
        if not possible.issuperset(shifted):
            break
        before += shifted
        years += 1
    return Pick(tuple(sorted(before)), tuple(after), years) if years else None


def all_months(laid: Laid, known: Sequence[int]) -> Pick:
    """Every known month before and after."""
    return Pick(
        tuple(at for at in known if laid.after[at] is False), tuple(at for at in known if laid.after[at]), 0
    )  # fmt: skip


def calendar(laid: Laid, places: Iterable[int]) -> list[int]:
    """The calendar month of each position, 1 to 12."""
    return [laid.months[at].first.month for at in places]


def counts(line: AreaSeries, places: Iterable[int]) -> list[int]:
    """The counts of a line at positions where they are known."""
    found = [line.counts[at] for at in places]
    return [one for one in found if one is not None]


def together(lines: Sequence[AreaSeries]) -> AreaSeries:
    """Several lines as one."""
    rows = list(zip(*(line.counts for line in lines), strict=True))
    reach = list(zip(*(line.exposures for line in lines), strict=True))
    return AreaSeries(
        tuple(area for line in lines for area in line.areas),
        tuple(None if None in row else sum(one for one in row if one is not None) for row in rows),
        tuple(None if None in row else sum(one for one in row if one is not None) for row in reach),
    )


Refusal = Literal[
    "E_INGEN_START", "E_INGEN_SERIE", "E_OMRADE_SAKNAS", "E_OVERLAPP", "E_INGA_MANADER", "E_INGA_HANDELSER", "E_JAMFORELSE_NOLL",
    "E_OLIKA_MANADER", "E_WDQ_EJ_TOLKBAR", "E_FOR_FA_KLUSTER",
]  # fmt: skip
Warning_ = Literal[
    "W_FA_HANDELSER", "W_OSPRIDNING_OKAND", "W_OLIKA_MANADER", "W_TOPPAR", "W_MASSANMALAN", "W_LITEN_JAMFORELSE", "W_FORTREND",
    "W_OLIKA_NIVA", "W_AUTOKORRELATION", "W_REGISTRERING", "W_SAMTIDIGT", "W_KORT_TID", "W_PRELIMINAR", "W_SAKNADE_MANADER",
    "W_ANDRA_OMRADEN", "W_FALSKT_UTSLAG", "W_FLERA_UTFALL", "W_FLERA_MAL", "W_TOPP_OKAND", "W_EGEN_NIVA", "W_DOS",
    "W_PAGAENDE_MINSKNING", "W_BOTTEN", "W_SAMMA_MANADER",
]  # fmt: skip
Design = Literal["före och efter", "jämförelse", "flera jämförelser", "lång serie"]


FEW = 5
"""Fewer events than this before or after make every estimate shaky."""


class BeforeAfterCounts(NamedTuple):
    """How many before and after, and in how many months each."""

    before: int
    after: int
    months_before: int
    months_after: int


class Trend(NamedTuple):
    """The drift before the start, and what it alone would make of the ratio if it went on unbroken."""

    slope: Slope
    unbroken: float
    interval: Interval


class Study(NamedTuple):
    """Everything of one estimate; None is what the design or the data do not give.

    `headline` is the ratio that the sentence is about: below 1 fewer than before, or than expected from the comparison. `doubled`
    is it with the dispersion that is tried where none can be seen, `without_mass` without the months of mass reports,
    `without_preliminary` without those not yet fully counted, `same_months` that of the same months of all earlier years beside a
    long series, `own` that of the treated area alone beside a comparison, and `sensitivity` by other errors. `rise` says that the
    goal was more, not fewer, and `chosen_for` what the plan says that the area was chosen for. Of several goals or outcomes
    `p_adjusted` is adjusted for the `family` of them, and so is the interval `among`.
    """

    series: Series
    start: date
    design: Design
    laid: Laid
    counts: BeforeAfterCounts
    comparison_counts: BeforeAfterCounts | None
    headline: Ratio | None
    exact: Exact | None
    fewest_before: int
    detectable: float | None
    relative: Ratio | None = None
    exact_res: ExactRes | None = None
    expected: Expected | None = None
    difference: Displacement | None = None
    quotient: Quotient | None = None
    trend: Trend | None = None
    events: EventStudy | None = None
    placebo: tuple[float, float] | None = None
    interrupted: Interrupted | None = None
    false_dates: tuple[Ratio, ...] = ()
    doubled: Ratio | None = None
    without_mass: Ratio | None = None
    without_preliminary: Ratio | None = None
    same_months: Ratio | None = None
    own: Ratio | None = None
    mass: tuple[Period, ...] = ()
    years: int = 0
    sensitivity: tuple[tuple[str, Ratio], ...] = ()
    with_buffer: bool = False
    rise: bool = False
    chosen_for: str = ""
    p_adjusted: float | None = None
    among: Interval | None = None
    family: int = 0
    warnings: tuple[Warning_, ...] = ()
    notes: tuple[Refusal, ...] = ()

    @property
    def one_sided(self) -> bool:
        """Whether the comparison lacks events on one side, so that the ratio can only be bounded from one end."""
        other = self.comparison_counts
        return other is not None and not (other.before and other.after)


def counts_of(line: AreaSeries, pick: Pick) -> BeforeAfterCounts:
    """A line's events and months before and after."""
    return BeforeAfterCounts(*pair(line, pick), len(pick.before), len(pick.after))


def pair(line: AreaSeries, pick: Pick) -> tuple[int, int]:
    """A line's events before and after."""
    return sum(counts(line, pick.before)), sum(counts(line, pick.after))


# The gates that any design passes: was the year before a peak, and does one report fill a month?


PEAK, SURE_OF_PEAK = 1.25, 0.10
ENOUGH_OF_A_YEAR = 0.75
"""How much of the year before must have an earlier year to be set against."""
MASS = 4.0
"""How many standard errors a month lies above the others when one report may hold hundreds of events."""
NORMAL_MEDIAN = 0.6745
"""The median of how far a normal value lies from its mean, in standard deviations."""
SEASON = 24
"""From so many months before, the calendar months are taken out of how months differ."""


def is_peak(laid: Laid) -> bool:
    """Whether the year before was unusually high against the same months of the earlier ones."""
    found = _latest_year(laid)
    return found is not None and found.ratio > PEAK and found.p_central < SURE_OF_PEAK


def is_low(laid: Laid) -> bool:
    """Whether it was unusually low."""
    found = _latest_year(laid)
    return found is not None and found.ratio < 1 / PEAK and found.p_central < SURE_OF_PEAK


def peak_unknown(laid: Laid) -> bool:
    """Whether there is no year before the latest to set its months against, so that nobody can see if it was unusual."""
    latest, _, asked = _years_before(laid)
    return len(latest) < ENOUGH_OF_A_YEAR * asked


def _latest_year(laid: Laid) -> Exact | None:
    """The year before the start against the same months of the earlier ones; None where they are too few, or have no events."""
    latest, earlier, asked = _years_before(laid)
    if not latest or len(latest) < ENOUGH_OF_A_YEAR * asked:
        return None
    return before_after.exact_ratio(_window(laid.treated, earlier), _window(laid.treated, latest))


def _years_before(laid: Laid) -> tuple[list[int], list[int], int]:
    """The calendar months of the first year after, in the year before and in all the earlier ones that have them.

    A month that is missing, or has no earlier year, is left out; the last value is how many months were asked for.
    """
    known = laid.known(laid.treated)
    after = [at for at in known if laid.after[at]]
    before = {at for at in known if laid.after[at] is False}
    asked = [at for at in after if at < after[0] + 12]
    earlier = {at: [one for one in range(at - 24, -1, -12) if one in before] for at in asked}
    told = [at for at in asked if at - 12 in before and earlier[at]]
    return [at - 12 for at in told], [one for at in told for one in earlier[at]], len(asked)


def counted_up(laid: Laid, pick: Pick, preliminary_from: Period | None) -> Pick | None:
    """The months compared, but for those after the start that are not yet fully counted; None where all are."""
    if preliminary_from is None:
        return None
    after = tuple(at for at in pick.after if laid.months[at] < preliminary_from)
    return None if len(after) == len(pick.after) else pick._replace(after=after)


def by_month(laid: Laid, line: AreaSeries, pick: Pick) -> Monthly:
    """A line's months before and after, season taken out where there are enough, and neighbours that follow reckoned with."""
    places = (*pick.before, *pick.after)
    seasons = calendar(laid, places) if len(pick.before) >= SEASON else None
    found = before_after.monthly(counts(line, pick.before), counts(line, pick.after), seasons)
    ratio = found.ratio
    if ratio is None or ratio.se is None or len(places) < FEWEST_MONTHS:
        return found
    phi, more = max(1.0, ratio.phi), follow_on(neighbours(found.residuals, places))
    return found._replace(ratio=before_after.log_ratio(ratio.ratio, ratio.se / phi**0.5, phi=phi * more, df=ratio.df))


def wider(exact: Exact, found: Ratio | None) -> Ratio:
    """The wider of the exact interval and that of the months."""
    plain = Ratio(exact.ratio, exact.interval, exact.p_central)
    if found is None:
        return plain
    width = log(found.interval.high / found.interval.low)
    return found if width > log(exact.interval.high / exact.interval.low) else plain


def mass_months(laid: Laid, pick: Pick, *lines: AreaSeries) -> tuple[Period, ...]:
    """The months that lie far above what the others make of them, in any of the lines.

    Far is told in what months usually differ by, so that a large series that swings by itself has none: the median of how far
    they lie, which no single month moves.
    """
    places = (*pick.before, *pick.after)
    far = set()
    for line in lines:
        residuals = by_month(laid, line, pick).residuals
        usual = max(1.0, median(map(abs, residuals)) / NORMAL_MEDIAN) if residuals else 1.0
        far |= {at for at, residual in zip(places, residuals, strict=True) if residual > MASS * usual}
    return tuple(laid.months[at] for at in sorted(far))


def without(laid: Laid, pick: Pick, months: Sequence[Period]) -> Pick:
    """The months compared, but for some."""
    before, after = (tuple(at for at in side if laid.months[at] not in months) for side in (pick.before, pick.after))
    return pick._replace(before=before, after=after)


def _window(line: AreaSeries, places: Sequence[int]) -> CountWindow:
    return CountWindow(sum(counts(line, places)), len(places))
