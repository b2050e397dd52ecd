"""The suggested status: the first row of a fixed table that holds. A person sets the status; this is only a suggestion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

ENOUGH_REPORTS = Fraction(80, 100)
"""Completeness under which an outcome is only a lower bound; fixed in version 1."""

NEARLY = Fraction(85, 100)
"""The part of the expectation from which a target is nearly in pace; fixed in version 1."""


class Status(StrEnum):
    """Every status, worst first: a commitment has that of its worst target."""

    EXCEEDED = "överskridet"
    NOT_REACHED = "ej uppnått"
    BEHIND = "efter"
    PARTLY = "delvis"
    NO_DATA = "underlag saknas"
    UNCERTAIN = "osäkert"
    NEARLY_ON_PACE = "nästan i fas"
    TOO_EARLY = "för tidigt"
    NOT_DUE = "ej förfallet"
    NOT_STARTED = "inte påbörjat"
    ON_PACE = "i fas"
    REACHED_IN_PART_REPORTED = "uppnått för redovisad del"
    REACHED = "uppnått"
    REPORTED = "redovisat"
    NOT_ASKED_FOR = "inget önskemål"


WORST_FIRST = tuple(Status)


class Standing(NamedTuple):
    """All that the status depends on, each settled beforehand.

    `pace` is outcome over expectation so far, with `expects_one` telling that at least 1 is expected; both are None and False for
    a target without a pace, which is judged by `met` alone. `floor_only` says that the outcome is a lower bound ("minst x").
    `at_once` says that reaching the figure settles it. `elapsed` says that the days looked at are over and no duty waits, `over`
    the same for the whole commitment.
    """

    started: bool
    testable: bool = True
    on_request: bool = False
    has_report: bool = False
    known: bool = False
    above_zero: bool = False
    met: bool = False
    exceeded: bool = False
    at_once: bool = True
    not_due: bool = False
    part_met: bool = False
    over: bool = False
    elapsed: bool = False
    duty_due: bool = False
    completeness: Fraction | None = None
    floor_only: bool = False
    paced: bool = True
    expects_one: bool = False
    pace: Fraction | None = None

    @property
    def enough(self) -> bool:
        """Whether enough of the due reports have come, or none were due."""
        return self.completeness is None or self.completeness >= ENOUGH_REPORTS

    @property
    def settled(self) -> bool:
        """Met in a way that missing reports cannot undo."""
        if self.at_once:
            return self.met
        return self.met and self.over and self.enough and not self.floor_only

    @property
    def early(self) -> bool:
        """Nothing known yet, or nothing done while less than one is expected."""
        return not self.known or (self.paced and not self.expects_one and not self.above_zero)

    @property
    def on_pace(self) -> bool:
        """Outcome at least as expected; without a pace, met so far in a way that is known."""
        if self.paced:
            return self.pace is None or self.pace >= 1
        return self.met and not self.floor_only


Row = tuple[Status, Callable[[Standing], bool]]

TABLE: tuple[Row, ...] = (
    (Status.NOT_STARTED, lambda s: not s.started),
    (Status.NOT_ASKED_FOR, lambda s: s.on_request and not s.has_report),
    (Status.REPORTED, lambda s: not s.testable and s.has_report),
    (Status.NOT_DUE, lambda s: s.not_due and not s.met),
    (Status.NO_DATA, lambda s: not s.known and (s.duty_due or s.expects_one or s.elapsed)),
    (Status.EXCEEDED, lambda s: s.known and s.exceeded),
    (Status.REACHED, lambda s: s.known and s.settled),
    (Status.REACHED_IN_PART_REPORTED, lambda s: s.known and s.over and s.part_met),
    (Status.UNCERTAIN, lambda s: s.known and not s.enough),
    (Status.UNCERTAIN, lambda s: s.known and s.floor_only and s.over),
    (Status.PARTLY, lambda s: s.known and s.over and s.above_zero),
    (Status.NOT_REACHED, lambda s: s.known and s.over),
    (Status.TOO_EARLY, lambda s: s.early),
    (Status.ON_PACE, lambda s: s.on_pace),
    (Status.UNCERTAIN, lambda s: s.floor_only),
    (Status.NEARLY_ON_PACE, lambda s: s.paced and s.pace is not None and s.pace >= NEARLY),
    (Status.BEHIND, lambda s: True),
)


def suggested(standing: Standing) -> Status:
    """The status of the first row of the table that holds."""
    return next(status for status, holds in TABLE if holds(standing))


def worst(statuses: Iterable[Status]) -> Status:
    """A commitment's status: that of its worst target."""
    return min(statuses, key=WORST_FIRST.index)
