"""What differs between two moments, and from what: removed reports, the plan, corrections, late reports, new work and time."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Number, exact
from uppfoljning.domain.plan import Amendment, Plan
from uppfoljning.domain.plan_history import WHOLE, Change, Reasons, changes_between, paired
from uppfoljning.domain.schema import frozen
from uppfoljning.domain.target import Target
from uppfoljning.followup.diff_snapshots import Side
from uppfoljning.followup.matching import Kind, Matching, match
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table, follow_up
from uppfoljning.followup.variance_bridge import PlanTransition, State

# The differences between two moments as values: of a figure, a target, a commitment with its reports, a plan.


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

    before: CommitmentFollowUp | None
    after: CommitmentFollowUp | None
    targets: tuple[TargetDiff, ...]
    reports: ReportsDiff
    changes: tuple[Explained, ...]
    form_changed: bool

    @property
    def line(self) -> CommitmentFollowUp:
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


def _judged(line: CommitmentFollowUp | None) -> object:
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


def compare(before: Side, after: Side, plans: Iterable[str], selection: Selection) -> list[PlanDiff]:
    """What differs of each plan, by its id, in the order given; a plan that is the same is left out."""
    found = []
    for name in plans:
        old, new = before.plans.get(name), after.plans.get(name)
        if old is not None and new is not None:
            diff = _plan(PlanTransition(before, after, old, new, match(before, after, new)), selection)
            if diff.commitments or diff.changes:
                found.append(diff)
        else:
            side, plan, other = (before, old, after) if old is not None else (after, new, before)
            assert plan is not None
            total = sum(map(selection.concerns, _table(side, plan).lines))
            if total or not selection.limits:
                found.append(PlanDiff(old, new, total, unreadable=other.has_lost_plan(name)))
    return found


def _table(side: Side, plan: Plan) -> Table:
    return follow_up(plan, side.view, forms=side.forms, entries=side.entries.get(plan.id, {}), judgements=side.judgements)


def _plan(way: PlanTransition, selection: Selection) -> PlanDiff:
    old = {line.commitment.id: line for line in _table(way.before, way.old).lines}
    new = {line.commitment.id: line for line in _table(way.after, way.new).lines}
    changes = _explained(way.old, way.new)
    by_commitment: dict[str, list[Explained]] = {}
    for one in changes:
        by_commitment.setdefault(one.change.commitment, []).append(one)
    names = {**new, **old}
    looked_at = [name for name in names if any(selection.concerns(lines[name]) for lines in (old, new) if name in lines)]
    found = []
    for name in looked_at:
        diff = _commitment(way, name, old.get(name), new.get(name), tuple(by_commitment.get(name, ())))
        if diff.differs:
            found.append(diff)
    plan_wide = (one for one in changes if not one.change.commitment and (one.change.substance or not selection.limits))
    return PlanDiff(way.old, way.new, len(looked_at), tuple(found), tuple(plan_wide))


def _explained(old: Plan, new: Plan) -> list[Explained]:
    """What was changed, with the reasons logged since; last the reasons for what had been changed before."""
    reasons = Reasons(old, new)
    found = [Explained(one, reasons.of(one)) for one in changes_between(old, new)]
    given = {frozen(entry) for one in found for entry in one.amendments}
    for name, entry in reasons.entries:
        if frozen(entry) not in given:
            told = f"{entry.what}: {entry.before or '–'} → {entry.after or '–'}"
            found.append(Explained(Change(name, "ändringar", "", told, False), (entry,)))
    return found


def _commitment(
    way: PlanTransition, id: str, old: CommitmentFollowUp | None, new: CommitmentFollowUp | None, changes: tuple[Explained, ...]
) -> CommitmentDiff:
    states = way.states(id)
    targets = _targets(states, old, new)
    form_changed = states[0].form != states[-1].form and states[0].commitment is not None and states[-1].commitment is not None
    return CommitmentDiff(old, new, targets, _reports(way, id), changes, form_changed)


def _targets(states: list[State], old: CommitmentFollowUp | None, new: CommitmentFollowUp | None) -> tuple[TargetDiff, ...]:
    """The targets in the later order, then those that are gone. Nothing is followed up twice in the same state."""
    rows = [old.rows if old is not None else ()]
    for earlier, state in pairwise(states[:-1]):
        rows.append(rows[-1] if state == earlier else state.rows())
    rows.append(new.rows if new is not None else ())
    before, after = states[0].commitment, states[-1].commitment
    former, current = (one.targets if one is not None else () for one in (before, after))
    pairs = paired(former, current)
    at_first = {id(target): at for at, target in reversed(list(enumerate(former)))}
    places = [(at_first[id(pairs[at])] if at in pairs else None, at) for at in range(len(current))]
    kept = {at for at, _ in places}
    gone = [(at, None) for at in range(len(former)) if at not in kept]
    found = [_target([_at(some, at if step < 2 else now) for step, some in enumerate(rows)]) for at, now in [*places, *gone]]
    return tuple(one for one in found if one is not None)


def _at(rows: tuple[Row, ...], position: int | None) -> Row | None:
    return rows[position] if rows and position is not None else None


def _target(rows: list[Row | None]) -> TargetDiff | None:
    before, after = rows[0], rows[-1]
    if before is None and after is None:
        return None
    sure = tuple("" if row is None else row.outcome.certainty for row in (before, after))
    figures = (
        FigureDiff(OUTCOME, tuple(row and row.outcome.value for row in rows), sure),
        FigureDiff(WHOLE_TARGET, tuple(row and row.whole for row in rows)),
        FigureDiff(EXPECTED, tuple(row and row.expected for row in rows)),
    )
    return TargetDiff(before, after, figures)


def _reports(way: PlanTransition, id: str) -> ReportsDiff:
    matching = way.about(id)
    former = [one for one in matching.former if one.was.commitment == id]
    corrected = [one.now.entry for one in matching.former if one.fate == "rättad" and one.now and one.now.commitment == id]
    corrected += [one.was.entry for one in former if one.fate == "rättad" and one.now and one.now.commitment != id]
    corrected += _of_kind(matching, id, "rättelse")
    removed = [one.was.entry for one in former if one.fate == "borttagen"]
    left_out = [one.was.entry for one in former if one.fate in ("utelämnad", "utan löfte")]
    groups = (removed, left_out, corrected, _of_kind(matching, id, "sen"), _of_kind(matching, id, "ny"))
    return ReportsDiff(*(_looked_at(way, entries) for entries in groups))


def _of_kind(matching: Matching, id: str, kind: Kind) -> list[Entry]:
    return [one.reported.entry for one in matching.added if one.kind == kind and one.reported.commitment == id]


def _looked_at(way: PlanTransition, entries: list[Entry]) -> tuple[Entry, ...]:
    period = way.after.view.period
    kept = [entry for entry in entries if period is None or entry.span.overlaps(period)]
    return tuple(sorted(kept, key=lambda entry: (entry.span, entry.id)))
