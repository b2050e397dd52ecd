"""What a follow-up looks at: the day it is made, and the part of the plan's time it is limited to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from uppfoljning.domain.consolidation import Ledger, ledger_at
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form
from uppfoljning.domain.period import Period, Terms
from uppfoljning.domain.plan import Commitment


class View(NamedTuple):
    """`as_of` sees what is dated and handed in by then; `period` limits occasions, duties and expectation."""

    as_of: date
    period: Period | None = None


class CommitmentAsOf(NamedTuple):
    """One commitment with everything that is needed to follow it up at a view. `scope` is the part of its days looked at."""

    plan: str
    commitment: Commitment
    form: Form | None
    terms: Terms
    readings: tuple[date, ...]
    view: View
    scope: Period
    ledger: Ledger
    entries: tuple[Entry, ...]

    @property
    def whole(self) -> bool:
        """Whether the scope is the commitment's whole period."""
        return self.scope == self.commitment.span

    @property
    def elapsed(self) -> Period | None:
        """The days of the scope that have been, or None before it begins."""
        return self.scope.until(self.view.as_of)


def matter_of(
    plan: str,
    commitment: Commitment,
    *,
    form: Form | None,
    terms: Terms,
    readings: tuple[date, ...],
    entries: tuple[Entry, ...],
    view: View,
) -> CommitmentAsOf | None:
    """A commitment at a view, or None when the view's period has none of its days."""
    scope = commitment.span if view.period is None else commitment.span.cut(view.period)
    if scope is None:
        return None
    ledger = ledger_at(entries, view.as_of)
    inside = tuple(entry for entry in ledger.entries if scope.covers(entry.span))
    return CommitmentAsOf(plan, commitment, form, terms, readings, view, scope, ledger, inside)
