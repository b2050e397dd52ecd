"""The whole target, and how much of it is expected by a day. Exact fractions; rounded first when printed."""

from __future__ import annotations

from fractions import Fraction

from uppfoljning.domain.number import Number, exact, half_up
from uppfoljning.domain.period import Days, Period, SubPeriod, days_of, sub_period_count, sub_periods
from uppfoljning.domain.target import Target
from uppfoljning.followup.view import CommitmentAsOf

HALF = Fraction(1, 2)


def active_days(period: Period, paused: Days) -> int:
    """How many days of a period are outside the pauses."""
    return period.days - paused.number(period)


def slots_of(matter: CommitmentAsOf, target: Target, scope: Period) -> tuple[list[SubPeriod], list[SubPeriod]]:
    """The sub-periods that an `varje` target asks for within `scope`, and those left out because an edge cuts more than half.

    A sub-period that lies wholly in a pause is in neither.
    """
    span = matter.commitment.span
    if target.weekdays:
        days = (Period(day, day) for day in days_of(span) if day.weekday() in target.weekdays)
        subs = [SubPeriod(day, day) for day in days]
    elif target.every:
        subs = sub_periods(target.every, span, matter.terms)
    else:
        return [], []
    subs = [sub for sub in subs if sub.inside.last in scope and matter.commitment.paused_days.outside(sub.inside)]
    return [sub for sub in subs if sub.share >= HALF], [sub for sub in subs if sub.share < HALF]


def whole_target(matter: CommitmentAsOf, target: Target) -> Number | None:
    """The figure for the whole commitment: summed over sub-periods, rounded once, at least 1. None without a number."""
    if not target.testable:
        return None
    if target.operator == "klart":
        return 1
    if target.each:
        return len(slots_of(matter, target, matter.commitment.span)[0])
    if target.per:
        return max(1, half_up(_per(matter, target)))
    return target.value


def _per(matter: CommitmentAsOf, target: Target) -> Fraction:
    """The sum over the sub-periods, exact; one that lies wholly in a pause asks for nothing."""
    assert target.value is not None
    span, paused = matter.commitment.span, matter.commitment.paused_days
    count = sub_period_count(target.per, span, matter.terms)
    gone = [sub for sub in sub_periods(target.per, span, matter.terms) if not paused.outside(sub.inside)]
    count -= sum((sub.share for sub in gone), Fraction(0))
    return target.value * count


def part_target(matter: CommitmentAsOf, target: Target, reported: list[Period]) -> Number:
    """The target for the days that totals report: their part of the whole before it is rounded; of all days the whole itself."""
    share, whole = _share(matter, target, reported), whole_target(matter, target)
    assert whole is not None
    return whole if share == 1 else exact(Fraction(_per(matter, target) if target.per else whole) * share)


def expected(matter: CommitmentAsOf, target: Target, reported: list[Period] | None) -> Fraction | None:
    """What is expected in the scope by the view's day, or None for a target without a pace. Not for `varje`.

    Where every figure comes from stated periods, only their days count.
    """
    elapsed = matter.elapsed
    if not target.testable or target.share or (target.operator == "högst" and target.baseline is None):
        return None
    if target.operator == "klart":
        assert target.due is not None
        return Fraction(elapsed is not None and target.due <= elapsed.last)
    if target.stock and target.baseline is None:
        return None
    if elapsed is None:
        return Fraction(0)
    days = [elapsed] if reported is None else [cut for part in reported if (cut := part.cut(elapsed))]
    share = _share(matter, target, days)
    if target.stock:
        assert target.baseline is not None and target.value is not None
        return target.baseline.value + (target.value - target.baseline.value) * share
    whole = whole_target(matter, target)
    assert whole is not None
    return whole * share


def _share(matter: CommitmentAsOf, target: Target, days: list[Period]) -> Fraction:
    """The part of the whole target that falls on the given days: by phasing if there is one, else by days outside pauses."""
    span, paused = matter.commitment.span, matter.commitment.paused_days
    parts = _phased(matter, target) if target.phasing is not None else [(span, Fraction(1))]
    whole = sum((weight for _, weight in parts), Fraction(0))
    if not whole:
        return Fraction(0)
    given = Days(days)
    active = Days(left for some in given.periods for left in paused.outside(some))
    fallen = sum((weight * _part(part, given, active, paused) for part, weight in parts), Fraction(0))
    return fallen / whole


def _part(part: Period, days: Days, active: Days, paused: Days) -> Fraction:
    """How much of a part falls on some days; `active` are those of them that are outside the pauses."""
    whole = active_days(part, paused)
    return Fraction(active.number(part), whole) if whole else Fraction(part.last in days)


def _phased(matter: CommitmentAsOf, target: Target) -> list[tuple[Period, Fraction]]:
    phasing = target.phasing
    assert phasing is not None
    span = matter.commitment.span
    if not phasing.kind:
        dated = ((matter.terms.get(period) if isinstance(period, str) else period, share) for period, share in phasing.by_period)
        return [(cut, Fraction(share)) for period, share in dated if period is not None and (cut := period.cut(span))]
    subs = sub_periods(phasing.kind, span, matter.terms)
    return [(sub.inside, phasing.shares[_position(phasing.kind, sub)] * sub.share) for sub in subs]


def _position(kind: str, sub: SubPeriod) -> int:
    """Which of its year's sub-periods this is, from 0; a term by the half of the year it begins in."""
    size = {"månad": 1, "kvartal": 3, "tertial": 4, "halvår": 6, "termin": 6, "år": 12}[kind]
    return (sub.whole.first.month - 1) // size
