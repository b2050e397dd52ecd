"""The gates that any design passes: was the year before a peak, and does one report fill a month?"""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.analysis import before_after
from uppfoljning.analysis.before_after import Monthly, Window
from uppfoljning.analysis.effect import windows
from uppfoljning.analysis.effect.windows import Laid, Line, Pick
from uppfoljning.domain.period import Period

PEAK, SURE_OF_PEAK = 1.25, 0.10
MASS = 4.0
"""How many standard errors a month lies above the others when one report may hold hundreds of events."""
SEASON = 24
"""From so many months before, the calendar months are taken out of how months differ."""


def is_peak(laid: Laid) -> bool:
    """Whether the year before was unusually high against the same months of the earlier ones."""
    pick = windows.same_months(laid, laid.known(laid.treated), most=None)
    if pick is None or pick.years < 2:
        return False
    size = len(pick.after)
    latest, earlier = _window(laid.treated, pick.before[-size:]), _window(laid.treated, pick.before[:-size])
    found = before_after.exact_ratio(earlier, latest)
    return found is not None and found.ratio > PEAK and found.p_central < SURE_OF_PEAK


def by_month(laid: Laid, line: Line, pick: Pick) -> Monthly:
    """A line's months before and after, with season taken out where there are enough of them."""
    places = (*pick.before, *pick.after)
    seasons = windows.calendar(laid, places) if len(pick.before) >= SEASON else None
    return before_after.monthly(windows.counts(line, pick.before), windows.counts(line, pick.after), seasons)


def mass_months(laid: Laid, pick: Pick, *lines: Line) -> tuple[Period, ...]:
    """The months that lie far above what the others make of them, in any of the lines."""
    places = (*pick.before, *pick.after)
    far = {
        at for line in lines for at, residual in zip(places, by_month(laid, line, pick).residuals, strict=True) if residual > MASS
    }
    return tuple(laid.months[at] for at in sorted(far))


def without(laid: Laid, pick: Pick, months: Sequence[Period]) -> Pick:
    """The months compared, but for some."""
    before, after = (tuple(at for at in side if laid.months[at] not in months) for side in (pick.before, pick.after))
    return pick._replace(before=before, after=after)


def _window(line: Line, places: Sequence[int]) -> Window:
    return Window(sum(windows.counts(line, places)), len(places))
