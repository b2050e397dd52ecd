"""The documentation chain of a commitment: without it one cannot say what in the work gave the result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.consolidation import part_of, resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number, Quantity
from uppfoljning.domain.plan import Commitment, Step
from uppfoljning.domain.report import HOURS, NOT_APPLICABLE
from uppfoljning.domain.target import WITHOUT_NUMBER
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp
from uppfoljning.followup.view import CommitmentAsOf


def documentation(commitment: Commitment) -> dict[str, bool]:
    """Each link from causes to follow-up, in order, and whether the plan has it.

    A target is there when one is written, with a number or not; the follow-up when it is said how it is reported, or there is a
    rota of planned days.
    """
    return {
        "orsaker": bool(commitment.causes),
        "val": bool(commitment.choice),
        "syfte": bool(commitment.purpose),
        "arbetssätt": bool(commitment.method),
        "mål": commitment.targets[0] is not WITHOUT_NUMBER,
        "uppföljning": commitment.reporting is not None or bool(commitment.rota),
    }


# How much of a measure was tried: what must be known before its effect is spoken of.


class Dose(NamedTuple):
    """The least part done of what was expected, over the targets that count what is done, and the part of due reports received.

    None where nothing was expected.
    """

    done: Fraction | None
    received: Fraction | None


def dose_of(line: CommitmentFollowUp) -> Dose:
    """The dose of a commitment at the table's view."""
    done = [share for row in line.rows if (share := _dose_done(row)) is not None]
    return Dose(min(done, default=None), line.received.share)


def _dose_done(row: Row) -> Fraction | None:
    """A ceiling and a share say how well, not how much; a stock is where one stands."""
    target = row.target
    if not target.testable or target.share or target.stock or target.operator in ("högst", "klart"):
        return None
    return row.fulfilment if row.settled else row.pace


# The hours of a commitment: planning, doing and following up, summed over what was carried out.


class Hours(NamedTuple):
    """Hours by kind, only those that are stated, exact; `stated` of `reports` carried-out reports state any."""

    kinds: dict[str, Number]
    stated: int
    reports: int

    @property
    def total(self) -> Number | None:
        """All hours, or None when none are stated."""
        return sum(self.kinds.values()) if self.kinds else None


def hours_of(matter: CommitmentAsOf) -> Hours:
    """The hours in the scope. Both reports of a joint occasion count: they are the hours of different people.

    A correction takes the place of what it corrects, a running total that of the one before, and an occasion inside a stated
    total that has hours is part of it.
    """
    carried_out = [entry for entry in matter.entries if entry.carried_out]
    kinds: dict[str, Number] = {}
    counted: dict[str, Entry] = {}
    for kind in HOURS:
        found = counted_for(carried_out, kind)
        if found:
            kinds[kind] = sum(entry.report.hours[kind] for entry in found)
            counted |= {entry.id: entry for entry in found}
    totals = [entry for entry in counted.values() if entry.total]
    silent = sum(entry.id not in counted and not _within(entry, totals) for entry in carried_out)
    return Hours(kinds, len(counted), len(counted) + silent)


def counted_for(entries: list[Entry], kind: str) -> list[Entry]:
    """The reports whose hours of a kind are summed, of those carried out."""
    totals = resolve_totals(entries, lambda entry: _hours(entry, kind)).counted
    singles = (entry for entry in entries if not entry.total and kind in entry.report.hours)
    return totals + [entry for entry in singles if part_of(entry, totals) is None]


def _hours(entry: Entry, kind: str) -> Quantity | None:
    hours = entry.report.hours.get(kind)
    return None if hours is None else Quantity(hours)


def _within(entry: Entry, totals: Iterable[Entry]) -> bool:
    """Whether a stated total with hours already speaks for a report."""
    if not entry.total:
        return part_of(entry, totals) is not None
    return any(total.span.covers(entry.span) and total.parties == entry.parties for total in totals)


# Steps: which parts of the work were done at every occasion, and which once-only parts are done.


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
    days = [entry.span.last for entry in matter.ledger.entries if _steps_done(entry.report.steps.get(step.id))]
    done_on = min(days, default=None)
    return StepCount(step, int(done_on is not None), 1, done_on, due, done_on is None and due < matter.view.as_of)


def _steps_done(answer: str | int | None) -> bool:
    return answer == "ja" or (isinstance(answer, int) and answer > 0)
