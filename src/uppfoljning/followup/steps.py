"""Steps: which parts of the work were done at every occasion, and which once-only parts are done."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from uppfoljning.domain.consolidation import resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.plan import Commitment, Step
from uppfoljning.domain.report import NOT_APPLICABLE
from uppfoljning.followup.view import CommitmentAsOf


class StepCount(NamedTuple):
    """A step and how far it has come: times done of the occasions that answered it, or the day a once-only step was done.

    `due` is the last day of a once-only step; `late` says that it has passed undone.
    """

    step: Step
    done: int
    occasions: int
    done_on: date | None
    due: date | None
    late: bool


def steps_of(matter: CommitmentAsOf) -> list[StepCount]:
    """Every step of the commitment, in the plan's order."""
    return [_each(matter, step) if step.each_occasion else _once(matter, step) for step in matter.commitment.steps]


def owners(commitment: Commitment, step: Step) -> tuple[str, ...]:
    """Whose a step is, by id: its own responsible, else the commitment's, else the parties."""
    one = step.responsible or commitment.responsible
    return (one,) if one else commitment.parties


def answers_of(matter: CommitmentAsOf, step: Step) -> list[tuple[date, str]]:
    """What was answered of a step at each single occasion, "" for nothing, with its day.

    At a joint occasion any party may answer, and a yes of one is enough.
    """
    partners = matter.ledger.partners()
    found = []
    for entry in matter.entries:
        if entry.carried_out and not entry.total and entry.id not in matter.ledger.joined:
            reports = [entry.report, *(other.report for other in partners.get(entry.id, ()))]
            said = {str(report.steps[step.id]) for report in reports if step.id in report.steps}
            answer = next((word for word in ("ja", "nej", NOT_APPLICABLE) if word in said), "")
            found.append((entry.span.first, answer))
    return found


class Share(NamedTuple):
    """What one report, or the reports of one occasion, add to a step: how often it was done, of how many occasions."""

    day: date
    done: int
    occasions: int


def shares_of(matter: CommitmentAsOf, step: Step) -> list[Share]:
    """What adds up to how often a step of every occasion was done. A statement of totals has its last day.

    `ej aktuellt` is neither done nor undone. A stated count is taken with the occasions of its total.
    """
    found = [Share(day, int(answer == "ja"), int(answer != NOT_APPLICABLE)) for day, answer in answers_of(matter, step)]
    for entry in resolve_totals(matter.entries, lambda entry: _count(entry, step)).counted:
        stated = entry.report.steps[step.id]
        assert isinstance(stated, int)
        found.append(Share(entry.span.last, stated, int(entry.occasions.value) if entry.occasions else stated))
    return found


def _each(matter: CommitmentAsOf, step: Step) -> StepCount:
    found = shares_of(matter, step)
    return StepCount(step, sum(one.done for one in found), sum(one.occasions for one in found), None, None, False)


def _count(entry: Entry, step: Step) -> Quantity | None:
    answer = entry.report.steps.get(step.id)
    return Quantity(answer) if isinstance(answer, int) else None


def _once(matter: CommitmentAsOf, step: Step) -> StepCount:
    due = step.due or matter.commitment.span.last
    days = [entry.span.last for entry in matter.ledger.entries if _done(entry.report.steps.get(step.id))]
    done_on = min(days, default=None)
    return StepCount(step, int(done_on is not None), 1, done_on, due, done_on is None and due < matter.view.as_of)


def _done(answer: str | int | None) -> bool:
    return answer == "ja" or (isinstance(answer, int) and answer > 0)
