"""One target followed up: target, expectation, outcome, fulfilment, status and forecast. A row of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, SubPeriod, sub_periods, without
from uppfoljning.domain.target import Target
from uppfoljning.followup.duties import Completeness, Duty
from uppfoljning.followup.outcome import Outcome, outcome_of
from uppfoljning.followup.pace import expected, part_target, slots_of, whole_target
from uppfoljning.followup.status import Standing, Status, suggested
from uppfoljning.followup.view import CommitmentAsOf

FEWEST_TO_FORECAST = 3


class Row(NamedTuple):
    """A target and where it stands.

    `whole` is the figure for the whole commitment, `expected` what is expected so far (None without a pace), `fulfilment`
    outcome/target as the operator counts it, `pace` outcome/expected (of a level with a baseline the way gone of the way
    expected), `forecast` and `needed_a_month` None when mute.
    `part` is the target for the reported days where that is what was used; `unreported` are the days that totals do not cover.
    """

    target: Target
    outcome: Outcome
    whole: Number | None
    expected: Fraction | None
    fulfilment: Fraction | None
    pace: Fraction | None
    status: Status
    part: Number | None
    unreported: list[Period]
    skipped_slots: list[SubPeriod]
    forecast: Fraction | None
    needed_a_month: Fraction | None
    more_than_promised: bool
    over: bool

    @property
    def settled(self) -> bool:
        """Whether the target is compared as a whole: its time is over, or it is already reached."""
        return self.over or self.status == Status.REACHED


def row_of(matter: CommitmentAsOf, target: Target, duties: Sequence[Duty], received: Completeness) -> Row:
    """Follow up one target."""
    slots, skipped = slots_of(matter, target, matter.scope)
    return _judged(matter, target, duties, received, outcome_of(matter, target, slots), slots, skipped)


def row_at(matter: CommitmentAsOf, row: Row, duties: Sequence[Duty], received: Completeness, value: Number) -> Row:
    """The row as it would be, had its outcome been another figure."""
    slots, skipped = slots_of(matter, row.target, matter.scope)
    return _judged(matter, row.target, duties, received, replace(row.outcome, value=value), slots, skipped)


def _judged(
    matter: CommitmentAsOf,
    target: Target,
    duties: Sequence[Duty],
    received: Completeness,
    outcome: Outcome,
    slots: list[SubPeriod],
    skipped: list[SubPeriod],
) -> Row:
    """What an outcome is against the target."""
    reported = outcome.reported if adds_up(target) else None
    whole = whole_target(matter, target)
    hoped = Fraction(_asked(outcome)) if target.each else expected(matter, target, reported)
    value = outcome.value
    met = _met(target, value, whole)
    # A part of the time in which no sub-period ends asks for nothing yet, whatever reports were due in it.
    asked = bool(slots) or not target.each or matter.whole
    over = matter.whole and _over(matter, duties)
    part = None
    if reported is not None and over and not met and target.testable and target.operator in ("minst", "antal"):
        part = part_target(matter, target, reported)
    pace = _pace(target, value, hoped)
    standing = Standing(
        started=matter.view.as_of >= matter.scope.first,
        testable=target.testable,
        on_request=target.no_number == "vid behov",
        has_report=bool(matter.entries),
        known=value is not None,
        above_zero=_above_zero(target, value),
        met=met,
        exceeded=_exceeded(target, value, whole),
        at_once=target.operator in ("minst", "antal", "alla", "klart") and not target.share and not target.each,
        not_due=target.due is not None and matter.view.as_of < target.due,
        part_met=part is not None and value is not None and value >= part > 0 and part != whole,
        over=over,
        elapsed=asked and _over(matter, duties),
        duty_due=asked and received.due > 0,
        completeness=received.share,
        floor_only=outcome.certainty == "minst",
        paced=hoped is not None,
        expects_one=hoped is not None and _expects_one(target, hoped),
        pace=pace,
    )
    status = suggested(standing)
    open_ended = status in (Status.REACHED, Status.REACHED_IN_PART_REPORTED) or over or met
    return Row(
        target=target,
        outcome=outcome,
        whole=whole,
        expected=hoped,
        fulfilment=_fulfilment(target, outcome, whole, part),
        pace=pace,
        status=status,
        part=part,
        unreported=without(matter.scope.until(matter.view.as_of) or matter.scope, reported) if reported else [],
        skipped_slots=skipped,
        forecast=None if open_ended else _forecast(matter, target, value, whole, hoped),
        needed_a_month=None if open_ended else _needed(matter, target, value, whole),
        more_than_promised=target.operator == "antal" and not target.falls and value is not None and (whole or value) < value,
        over=over,
    )


def _asked(outcome: Outcome) -> int:
    """How many sub-periods should have reached the figure: those whose time is out, and those that have reached it already."""
    return sum(slot.closed or slot.reached for slot in outcome.slots)


def adds_up(target: Target) -> bool:
    """Whether figures of apart periods add, so that stated periods can stand for a part of the target."""
    return not (target.stock or target.share or target.each) and target.counts.kind in ("tillfällen", "fält")


def _over(matter: CommitmentAsOf, duties: Sequence[Duty]) -> bool:
    """Whether the scope's last day has come and no duty waits for its report."""
    return matter.view.as_of >= matter.scope.last and not any(duty.state == "väntar" for duty in duties)


def _met(target: Target, value: Number | None, whole: Number | None) -> bool:
    if value is None or whole is None:
        return False
    if target.stock and target.falls:
        return value <= whole
    match target.operator:
        case "högst":
            return value <= whole
        case "mellan":
            return target.ceiling is not None and whole <= value <= target.ceiling
        case _:
            return value >= whole


def _exceeded(target: Target, value: Number | None, whole: Number | None) -> bool:
    """Above a ceiling. A stock that is to fall from its baseline is judged by its pace until the end."""
    ceiling = target.ceiling if target.operator == "mellan" else whole if target.operator == "högst" else None
    if target.stock and target.falls:
        return False
    return value is not None and ceiling is not None and value > ceiling


def _above_zero(target: Target, value: Number | None) -> bool:
    """Whether anything was achieved; with a baseline, whether the level moved towards the target."""
    if value is None:
        return False
    if target.baseline is None or target.value is None:
        return value > 0
    towards = target.value - target.baseline.value
    return (value - target.baseline.value) * towards > 0


def _pace(target: Target, value: Number | None, hoped: Fraction | None) -> Fraction | None:
    """Outcome over expectation; with a baseline, the way gone over the way expected. None where nothing is expected yet."""
    if target.baseline is not None and value is not None and hoped is not None:
        return _ratio(value - target.baseline.value, hoped - target.baseline.value)
    return _ratio(value, hoped)


def _ratio(value: Number | None, whole: Number | None) -> Fraction | None:
    return Fraction(value) / Fraction(whole) if value is not None and whole else None


def _expects_one(target: Target, hoped: Fraction) -> bool:
    if target.baseline is not None:
        return abs(hoped - target.baseline.value) >= 1
    return hoped >= 1


def _fulfilment(target: Target, outcome: Outcome, whole: Number | None, part: Number | None) -> Fraction | None:
    """Outcome over target as each operator counts it, never capped; None where there is no percentage."""
    value = outcome.value
    if value is None or whole is None or target.operator in ("mellan", "klart"):
        return None
    if target.share:
        return Fraction(value)
    if target.each:
        return _ratio(value, _asked(outcome))
    if target.baseline is not None:
        return _ratio(value - target.baseline.value, whole - target.baseline.value)
    return _ratio(value, part if part is not None else whole)


def _forecast(
    matter: CommitmentAsOf, target: Target, value: Number | None, whole: Number | None, hoped: Fraction | None
) -> Fraction | None:
    """Outcome at the end if the pace holds over the days that reports cover."""
    if value is None or value < FEWEST_TO_FORECAST or not hoped or whole is None or not matter.whole:
        return None
    if not adds_up(target) or target.operator not in ("minst", "antal", "mellan"):
        return None
    return value * whole / hoped


def _needed(matter: CommitmentAsOf, target: Target, value: Number | None, whole: Number | None) -> Fraction | None:
    """What is needed a month from here, over the months that remain outside the pauses."""
    if value is None or whole is None or not matter.whole or not adds_up(target) or target.operator not in ("minst", "antal"):
        return None
    span, as_of = matter.commitment.span, matter.view.as_of
    rest = without(span, [Period(span.first, as_of)] if as_of >= span.first else [])
    left = [part for some in rest for part in matter.commitment.paused_days.outside(some)]
    months = sum((sub.share for part in left for sub in sub_periods("månad", part, {})), Fraction(0))
    return (whole - value) / months if months and whole > value else None
