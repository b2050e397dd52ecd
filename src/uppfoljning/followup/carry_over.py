"""What a plan leaves to the next one: occasions moved beyond it, once-only things not done, levels reached, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.plan import Plan, Step
from uppfoljning.domain.report import MOVED
from uppfoljning.domain.target import Target
from uppfoljning.followup.deviations import OpenObservation, open_observations
from uppfoljning.followup.documentation import steps_of
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.followup.view import CommitmentAsOf


class MovedOn(NamedTuple):
    """An occasion that was moved past the plan's last day, and where to; a term that the plan does not date keeps its name."""

    entry: Entry
    to: Period | TermName

    @property
    def day(self) -> date | None:
        """The day it was moved to, when it is a single one."""
        return self.to.first if isinstance(self.to, Period) and self.to.days == 1 else None


class OneOff(NamedTuple):
    """A target that is done once, and the day that a report says it was done."""

    target: Target
    done: date | None


class Level(NamedTuple):
    """The latest reported level of a stock that has a baseline, and its day."""

    target: Target
    value: Number
    day: date

    @property
    def reached(self) -> bool:
        """Whether it is where the target wanted it, so that the target asks for nothing more."""
        return self.target.operator in ("minst", "antal") and self.target.value is not None and self.value >= self.target.value


class Carried(NamedTuple):
    """What one commitment leaves to the next plan."""

    line: CommitmentFollowUp
    moved: tuple[MovedOn, ...]
    undone: tuple[Step, ...]
    one_offs: tuple[OneOff, ...]
    levels: tuple[Level, ...]
    observations: tuple[OpenObservation, ...]


def carried_from(table: Table) -> tuple[Carried, ...]:
    """What each commitment leaves, in the plan's order, at the table's view."""
    return tuple(_carried(table.plan, line) for line in table.lines)


def _carried(plan: Plan, line: CommitmentFollowUp) -> Carried:
    matter = line.matter
    return Carried(
        line,
        tuple(_moved_on(plan, matter)),
        tuple(count.step for count in steps_of(matter) if not count.step.each_occasion and count.done_on is None),
        tuple(OneOff(row.target, _done_on(row)) for row in line.rows if row.target.operator == "klart"),
        tuple(_levels(line)),
        tuple(sorted(open_observations(matter), key=lambda one: one.entry.span)),
    )


def _moved_on(plan: Plan, matter: CommitmentAsOf) -> Iterator[MovedOn]:
    for entry in matter.entries:
        to = entry.report.moved_to
        if entry.report.state == MOVED and to is not None and entry.id not in matter.ledger.joined:
            days = plan.terms.get(to, to) if isinstance(to, str) else to
            if isinstance(days, str) or days.last > plan.span.last:
                yield MovedOn(entry, days)


def _done_on(row: Row) -> date | None:
    """The first day a report says that it was done; one that only tells of the work says nothing of that."""
    return min((one.entry.span.last for one in row.outcome.counted if one.entry.report.done), default=None)


def _levels(line: CommitmentFollowUp) -> Iterator[Level]:
    for row in line.rows:
        if row.target.baseline is not None and row.outcome.value is not None:
            yield Level(row.target, row.outcome.value, row.outcome.counted[0].entry.span.last)
