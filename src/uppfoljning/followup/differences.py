"""The differences between two moments as values: of a figure, a target, a commitment with its reports, a plan."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Number, exact
from uppfoljning.domain.plan import Amendment, Plan
from uppfoljning.domain.plan_changes import WHOLE, Change
from uppfoljning.domain.target import Target
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Line

OUTCOME, WHOLE_TARGET, EXPECTED = "utfall", "hela målet", "förväntat"


class FigureDiff(NamedTuple):
    """One figure in the six states between two moments; None is unknown and counts as 0 in the differences."""

    name: str
    values: tuple[Number | None, ...]
    certainty: tuple[Certainty, ...] = ("", "")

    @property
    def before(self) -> Number | None:
        """What the earlier moment says."""
        return self.values[0]

    @property
    def after(self) -> Number | None:
        """What the later moment says."""
        return self.values[-1]

    @property
    def change(self) -> Number:
        """The whole difference, the sum of its parts."""
        return _minus(self.after, self.before)

    @property
    def parts(self) -> tuple[Number, ...]:
        """The difference that each of `STEPS` makes."""
        return tuple(_minus(later, earlier) for earlier, later in pairwise(self.values))

    @property
    def differs(self) -> bool:
        """Whether the two moments say different things, or alike for reasons that outweigh each other."""
        return self.before != self.after or self.certainty[0] != self.certainty[1] or any(self.parts)


def _minus(later: Number | None, earlier: Number | None) -> Number:
    return exact(Fraction(later or 0) - Fraction(earlier or 0))


class TargetDiff(NamedTuple):
    """A target in both moments, None where it is not there, with its figures."""

    before: Row | None
    after: Row | None
    figures: tuple[FigureDiff, ...]

    @property
    def target(self) -> Target:
        """The target as it stands, or last stood."""
        row = self.after or self.before
        assert row is not None
        return row.target

    @property
    def differs(self) -> bool:
        """Whether a figure or the status does."""
        return _status(self.before) != _status(self.after) or any(figure.differs for figure in self.figures)

    def figure(self, name: str) -> FigureDiff:
        """One of the figures by its name."""
        return next(figure for figure in self.figures if figure.name == name)


def _status(row: Row | None) -> Status | None:
    return None if row is None else row.status


class ReportsDiff(NamedTuple):
    """The reports that are not in both moments as they were. `left_out` are there but cannot be read any more."""

    removed: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()
    corrected: tuple[Entry, ...] = ()
    late: tuple[Entry, ...] = ()
    new: tuple[Entry, ...] = ()


class Explained(NamedTuple):
    """A change of the plan and the entries that give its reason, by day."""

    change: Change
    amendments: tuple[Amendment, ...]

    @property
    def unexplained(self) -> bool:
        """Whether a promise was changed without a reason."""
        return self.change.substance and not self.amendments


class CommitmentDiff(NamedTuple):
    """A commitment in both moments, None where it is not followed up, and all that differs. `form_changed`: its form does."""

    before: Line | None
    after: Line | None
    targets: tuple[TargetDiff, ...]
    reports: ReportsDiff
    changes: tuple[Explained, ...]
    form_changed: bool

    @property
    def line(self) -> Line:
        """The later of the two follow-ups."""
        line = self.after or self.before
        assert line is not None
        return line

    @property
    def dropped(self) -> bool:
        """Whether the later plan has not got it."""
        return any(one.change.what == WHOLE and one.change.new is None for one in self.changes)

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell."""
        return _judged(self.before) != _judged(self.after) or bool(
            self.changes or any(self.reports) or any(target.differs for target in self.targets)
        )


def _judged(line: Line | None) -> object:
    """What is said of a commitment as a whole; an empty verdict is none."""
    if line is None:
        return None
    verdict = str(line.verdict or "")
    return line.status, line.received.share, verdict and line.verdict_period, verdict


class PlanDiff(NamedTuple):
    """A plan that differs. Without an earlier or later wording it was added or removed, or with `unreadable` could not be read.

    `total` is the number of commitments looked at, `changes` are those of the plan itself.
    """

    before: Plan | None
    after: Plan | None
    total: int
    commitments: tuple[CommitmentDiff, ...] = ()
    changes: tuple[Explained, ...] = ()
    unreadable: bool = False

    @property
    def plan(self) -> Plan:
        """The plan as it stands, or last stood."""
        plan = self.after or self.before
        assert plan is not None
        return plan
