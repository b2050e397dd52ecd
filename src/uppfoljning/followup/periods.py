"""One target period by period: the same follow-up, each time limited to one sub-period."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.calendar import sub_periods
from uppfoljning.domain.period import Period
from uppfoljning.domain.target import Target
from uppfoljning.followup.duties import completeness, duties_of
from uppfoljning.followup.outcome import Outcome
from uppfoljning.followup.row import row_of
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
