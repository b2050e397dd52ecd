"""What `effekt` has to tell of one commitment, before any face draws it."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.analysis.effect.result import Refusal, Study
from uppfoljning.domain.indicator import Series
from uppfoljning.domain.plan import Commitment, OutcomeGoal, Plan
from uppfoljning.followup.dose import Dose
from uppfoljning.present.escape import one_line


class Account(NamedTuple):
    """A commitment's goal, its series where there is one, and the estimate or why there is none."""

    plan: Plan
    commitment: Commitment
    goal: OutcomeGoal
    series: Series | None
    outcome: Study | Refusal
    dose: Dose


def where(account: Account) -> str:
    """The areas by their names: `Centrum, jämfört med Norra stan`."""
    places = account.plan.places
    goal = account.goal

    def named(ids: tuple[str, ...]) -> str:
        return one_line(", ".join(places.get(name, name) for name in ids))

    told = named(goal.treated) or "inget område"
    if goal.comparison:
        told += f", jämfört med {named(goal.comparison)}"
    return f"{told}, med {named(goal.buffer)} intill" if goal.buffer else told


def measured(account: Account) -> str:
    """What is counted and where it comes from."""
    if account.series is None:
        return ""
    indicator = account.series.indicator
    source = f" Källa: {one_line(indicator.source)}" if indicator.source else ""
    fetched = f", hämtad {indicator.fetched}" if indicator.fetched else ""
    return f"Mäts med: {one_line(indicator.title)}.{source}{fetched}" + ("." if source else "")
