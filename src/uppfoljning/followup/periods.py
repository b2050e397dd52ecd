"""One target period by period: the same follow-up, each time limited to one sub-period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number, exact
from uppfoljning.domain.period import Period, sub_periods, without
from uppfoljning.domain.target import Target
from uppfoljning.followup.counted_reports import gather, state_of
from uppfoljning.followup.duties import completeness, duties_of
from uppfoljning.followup.outcome import Counted, Outcome
from uppfoljning.followup.pace import expected
from uppfoljning.followup.row import Row, row_of
from uppfoljning.followup.view import CommitmentAsOf, View, matter_of

_BY_LENGTH = ((45, "vecka"), (400, "månad"), (1200, "kvartal"))


class PeriodRow(NamedTuple):
    """What one sub-period had: expectation and outcome, and the reports due and received."""

    period: Period
    expected: Fraction | None
    outcome: Outcome
    due: int
    answered: int


def by_period(matter: CommitmentAsOf, target: Target) -> list[PeriodRow]:
    """Every sub-period that has begun: those of the target's phasing, else of its reporting, else such that the list is short."""
    commitment = matter.commitment
    kind = _kind(matter, target)
    rows = []
    for sub in sub_periods(kind, matter.scope, matter.terms):
        if sub.inside.first > matter.view.as_of:
            break
        part = matter_of(
            matter.plan,
            commitment,
            form=matter.form,
            terms=matter.terms,
            readings=matter.readings,
            entries=matter.entries + matter.ledger.replaced_entries,
            view=View(matter.view.as_of, sub.inside),
        )
        assert part is not None
        duties = duties_of(part)
        received = completeness(duties, matter.view.as_of)
        row = row_of(part, target, duties, received)
        rows.append(PeriodRow(sub.inside, row.expected, row.outcome, received.due, received.answered))
    return rows


def _kind(matter: CommitmentAsOf, target: Target) -> str:
    if target.phasing is not None and target.phasing.kind:
        return target.phasing.kind
    reporting = matter.commitment.reporting
    if reporting is not None and reporting.every in ("månad", "kvartal", "tertial", "halvår", "termin", "år"):
        return reporting.every
    return next((kind for days, kind in _BY_LENGTH if matter.scope.days <= days), "år")


# Where a figure comes from: the rule, the reports that count with their values, and those that do not and why.


class Explanation(NamedTuple):
    """A row and the days that belong to no school term, where terms are counted."""

    row: Row
    between_terms: list[Period]


def explain(matter: CommitmentAsOf, row: Row) -> Explanation:
    """What is needed to make a figure again by hand."""
    if "termin" not in (row.target.per, row.target.every):
        return Explanation(row, [])
    in_terms = [sub.inside for sub in sub_periods("termin", matter.scope, matter.terms)]
    return Explanation(row, without(matter.scope, in_terms))


# How a target has come along: where it stood at the end of each month, and where it was planned to stand.


class Point(NamedTuple):
    """A target at the end of a calendar month that has a day in its scope.

    `reached` is what the reports dated until then add up to, in the unit of the target (a ratio for a share); None before the
    first report and after the day looked at. `planned` is what was expected by then; None where the target has no pace.
    """

    month: Period
    reached: Number | None
    planned: Number | None


def progress_of(matter: CommitmentAsOf, row: Row) -> list[Point]:
    """A point for each calendar month of the scope, those to come included."""
    months = [sub.whole for sub in sub_periods("månad", matter.scope, {})]
    reached = _reach(matter, row)
    return [_point(matter, row, month, reached) for month in months]


Reach = Callable[[date], Number | None]
"""What had been reached by the end of a day."""


def _point(matter: CommitmentAsOf, row: Row, month: Period, reached: Reach) -> Point:
    to_come = month.first > matter.view.as_of
    return Point(month, None if to_come else reached(month.last), _planned(matter, row, month.last))


def _planned(matter: CommitmentAsOf, row: Row, day: date) -> Number | None:
    target = row.target
    if target.each:
        ahead = day > matter.view.as_of
        return sum(slot.asked_by(day, ahead=ahead) for slot in row.outcome.slots)
    if target.share and target.testable:
        return target.value
    planned = expected(matter._replace(view=View(day, matter.view.period)), target, None)
    return None if planned is None else exact(planned)


def _reach(matter: CommitmentAsOf, row: Row) -> Reach:
    """How what was reached is told, by what the target counts."""
    target, outcome = row.target, row.outcome
    if target.each:
        first = min((one.entry.span.first for one in outcome.counted), default=date.max)
        return lambda day: None if day < first else sum(slot.reached_by(day) for slot in outcome.slots)
    if target.operator == "klart" or target.counts.kind == "inom":
        return _judged(outcome.counted, ratio=target.counts.kind == "inom")
    found = gather(matter, target, state_of(target))
    if target.counts.kind == "andel":
        return _share(found.counting, target)
    if target.counts.kind == "unika":
        return _distinct(found.counting, found.zeros, target.counts.field)
    state = state_of(target)
    figures = [(entry.span.last, quantity.value) for entry in found.counting if (quantity := state(entry)) is not None]
    if target.stock:
        return lambda day: next((value for when, value in reversed(figures) if when <= day), None)
    figures += [(entry.span.last, 0) for entry in found.zeros]
    return lambda day: _sum([value for when, value in figures if when <= day])


def _sum(values: Sequence[Number]) -> Number | None:
    return sum(values) if values else None


def _judged(counted: Sequence[Counted], *, ratio: bool) -> Reach:
    """Occasions that are each met or not: whether any is, or how large a part."""

    def reached(day: date) -> Number | None:
        met = [one.value.value for one in counted if one.value is not None and one.entry.span.last <= day]
        if not met:
            return None
        return exact(Fraction(sum(met)) / len(met)) if ratio else max(met)

    return reached


def _share(entries: Sequence[Entry], target: Target) -> Reach:
    def reached(day: date) -> Number | None:
        until = [entry for entry in entries if entry.span.last <= day]
        parts = [entry.figure(target.counts.field) for entry in until]
        wholes = [entry.figure(target.counts.other) for entry in until]
        whole = sum(one.value for one in wholes if one is not None)
        return exact(Fraction(sum(one.value for one in parts if one is not None)) / Fraction(whole)) if whole else None

    return reached


def _distinct(entries: Sequence[Entry], zeros: Sequence[Entry], field: str) -> Reach:
    def reached(day: date) -> Number | None:
        if all(entry.span.last > day for entry in (*entries, *zeros)):
            return None
        return len({" ".join(str(entry.facts[field]).casefold().split()) for entry in entries if entry.span.last <= day})

    return reached
