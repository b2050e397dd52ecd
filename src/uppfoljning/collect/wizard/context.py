"""What the questions of one commitment are asked around: the day, the period that is due, who was likely there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from uppfoljning.collect.sheet import Choice
from uppfoljning.domain.calendar import sub_periods
from uppfoljning.domain.form import Form
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.followup.duties import Duty
from uppfoljning.followup.steps import steps_of
from uppfoljning.followup.table import Line

_RECENT = timedelta(days=14)


class Around(NamedTuple):
    """`day` is the one that is shown first and `due` the period that a zero report would be for, None when there is none.

    `crew` are the functions asked for one by one, `undone` the once-only steps that are left, and `finishes` says that the
    commitment itself is done once. `hours` asks for hours of work too.
    """

    today: date
    day: date
    due: Period | None
    crew: tuple[Choice, ...]
    undone: tuple[Choice, ...] = ()
    finishes: bool = False
    hours: bool = False


def around(plan: Plan, line: Line, form: Form | None, today: date, *, after_noon: bool, hours: bool = False) -> Around:
    """What is known of a commitment beforehand, from its follow-up as of `today`."""
    commitment = line.commitment
    day = _day(line, today, after_noon)
    return Around(
        today,
        day,
        _due(plan, line, day),
        _crew(plan, commitment, form),
        tuple(
            Choice(one.step.id, one.step.title) for one in steps_of(line.matter) if not one.step.each_occasion and not one.done_on
        ),
        any(target.operator == "klart" for target in commitment.targets),
        hours,
    )


def _day(line: Line, today: date, after_noon: bool) -> date:
    """Today, before noon yesterday; where there is a rota of other days, the latest of them that has no report."""
    span = line.commitment.span
    day = today if after_noon or today == date.min else today - timedelta(days=1)
    if (rota := line.commitment.rota) and day not in rota:
        reported = {duty.about for duty in line.duties if duty.received}
        recent = [one for one in rota if one <= today and today - one < _RECENT and Period(one, one) not in reported]
        day = max(recent, default=day)
    return min(max(day, span.first), span.last)


def _due(plan: Plan, line: Line, day: date) -> Period | None:
    """The earliest period that lacks its report, else the one that the day lies in, unless something is reported in it."""
    if line.missing:
        return min(duty.about for duty in line.missing)
    period = _period_of(plan, line.commitment, line.duties, day)
    entries = line.matter.ledger.entries
    return None if period is None or any(entry.span.overlaps(period) for entry in entries) else period


def _period_of(plan: Plan, commitment: Commitment, duties: Sequence[Duty], day: date) -> Period | None:
    every = commitment.reporting.every if commitment.reporting else ""
    if every:
        return next((one.inside for one in sub_periods(every, commitment.span, plan.terms) if day in one.inside), None)
    if commitment.rota:
        return Period(day, day) if day in commitment.rota else None
    return next((duty.about for duty in duties if day in duty.about), commitment.span)


def _crew(plan: Plan, commitment: Commitment, form: Form | None) -> tuple[Choice, ...]:
    """The functions that the form demands or the commitment names; where it names none of its own parties, all of theirs."""
    named = [*(form.least_crew if form else ()), *_named(commitment)]
    own = [name for name, function in plan.functions.items() if function.party in commitment.parties]
    asked = [name for name in dict.fromkeys(named) if name in plan.functions]
    if not any(name in own for name in asked):
        asked += [name for name in own if name not in asked]
    return tuple(Choice(name, plan.functions[name].title) for name in asked)


def _named(commitment: Commitment) -> Iterable[str]:
    yield commitment.reporter
    yield commitment.responsible
    yield from (step.responsible for step in commitment.steps if step.each_occasion)
    yield from commitment.expectation.functions if commitment.expectation else ()
