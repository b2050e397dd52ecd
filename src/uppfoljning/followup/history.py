"""What has been changed in a plan since it was decided, as far as a view reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.plan import Amendment, Commitment, Plan
from uppfoljning.domain.plan_history import POINTER, Event, Gap, Logged, PlanHistory, Wording
from uppfoljning.followup.table import Selection
from uppfoljning.followup.view import View


class DatedChange(NamedTuple):
    """One change. `commitment` is None for what stands on the plan itself, and otherwise as it last was.

    `seen` is the wording that brought it, None where git does not show it and only the plan's own log tells. `demanded` says that
    a promise was changed, which asks for a reason. `amendment` is the entry with the reason, `logged` the wording that brought it
    where that came later than the change.
    """

    commitment: Commitment | None
    what: str
    before: str
    after: str
    demanded: bool
    seen: Wording | None
    amendment: Amendment | None
    logged: Wording | None

    @property
    def day(self) -> date | None:
        """The day the change was decided, else that of the commit; None for what is not committed."""
        return self.amendment.day if self.amendment is not None else self.seen.day if self.seen is not None else None

    @property
    def unexplained(self) -> bool:
        """Whether a reason is missing."""
        return self.demanded and self.amendment is None


class PlanChangeLog(NamedTuple):
    """The changes of one plan by day, and what cannot be seen of its past.

    `decided` is None for a plan without a decision, or whose past is unknown.
    """

    plan: Plan
    decided: Wording | None
    changes: tuple[DatedChange, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether what was decided is not known."""
        return any(gap.decided for gap in self.gaps)

    @property
    def promises(self) -> int:
        """How many changes of promises there are."""
        return sum(one.demanded for one in self.changes)

    @property
    def unexplained(self) -> int:
        """How many of them have no reason."""
        return sum(one.unexplained for one in self.changes)


def account_of(
    plan: Plan, history: PlanHistory, view: View, selection: Selection, *, known: bool, gaps: Sequence[Gap]
) -> PlanChangeLog:
    """What the view sees of a plan's history, for the selected commitments; `known` says that git told it."""
    standing = {one.id: one for one in plan.commitments}
    told = [*map(_seen, history.events), *(_logged(entry, standing.get(entry.commitment)) for entry in history.unseen)]
    # Whoever moves the pointer moves what everything else is compared with, so it is told first.
    order = sorted(told, key=lambda one: (one.what != POINTER, one.day or date.max))
    changes = tuple(one for one in order if _in_view(one, view) and _selected(one, plan, selection))
    return PlanChangeLog(plan, history.decided if known else None, changes, tuple(gaps))


def _seen(event: Event) -> DatedChange:
    change = event.change
    about = change.new or change.old
    logged = event.logged if event.logged is not event.wording else None
    return DatedChange(about, change.what, change.before, change.after, change.substance, event.wording, event.amendment, logged)


def _logged(entry: Logged, commitment: Commitment | None) -> DatedChange:
    amendment = entry.amendment
    return DatedChange(commitment, amendment.what, amendment.before, amendment.after, True, None, amendment, None)


def _in_view(one: DatedChange, view: View) -> bool:
    """What is not committed has no day and belongs to the last that there is."""
    day = one.day or view.as_of
    return day <= view.as_of and (view.period is None or day in view.period)


def _selected(one: DatedChange, plan: Plan, selection: Selection) -> bool:
    """What stands on the plan itself concerns every commitment and party."""
    about = one.commitment
    if about is None:
        return True
    named = not selection.commitments or not selection.commitments.isdisjoint((about.id, f"{plan.id}/{about.id}"))
    return named and (not selection.party or selection.party in about.parties)
