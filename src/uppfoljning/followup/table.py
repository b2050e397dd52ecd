"""The follow-up of a plan: a line for each commitment with a row for each target, and the counts for the head and foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form
from uppfoljning.domain.judgement import Judgement, Verdict
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.plan_history import Event, Gap, Wording
from uppfoljning.domain.report import CANCELLED, MOVED
from uppfoljning.followup.duties import Completeness, Duty, completeness, duties_of
from uppfoljning.followup.row import Row, row_of
from uppfoljning.followup.status import WORST_FIRST, Status, worst
from uppfoljning.followup.view import CommitmentAsOf, View, matter_of


class DeviationCounts(NamedTuple):
    """How many occasions were changed, cancelled and moved, how many went as planned, and the reasons stated."""

    as_planned: int
    changed: int
    cancelled: int
    moved: int
    reasons: tuple[tuple[str, int], ...]


class OriginalPromise(NamedTuple):
    """What was promised when the plan was decided, followed up with today's reports, where today's promise is another.

    `rows` are by the id of today's target; `gone` are the targets that are no longer there. `added` tells of a commitment
    that came after the decision.
    """

    rows: Mapping[str | None, Row]
    gone: tuple[Row, ...] = ()
    added: Event | None = None


class Decided(NamedTuple):
    """The wording that was decided, the commitments dropped since, and how many changes of promises have no reason."""

    wording: Wording
    dropped: tuple[Event, ...]
    unexplained: int


class CommitmentFollowUp(NamedTuple):
    """A commitment followed up: its rows, its duties and how they were met, its departures, and what people judged.

    `promised` is None where it is promised what was decided, or where that is not known; `former` are the rows of an earlier
    reading by target, None where it is not compared with one.
    """

    matter: CommitmentAsOf
    rows: tuple[Row, ...]
    duties: tuple[Duty, ...]
    received: Completeness
    content: Fraction | None
    departures: DeviationCounts
    status: Status
    verdict: Verdict | None
    verdict_period: str
    promised: OriginalPromise | None = None
    former: Mapping[str | None, Row] | None = None

    @property
    def commitment(self) -> Commitment:
        """The commitment followed up."""
        return self.matter.commitment

    @property
    def missing(self) -> list[Duty]:
        """The duties that have fallen due without a report."""
        return [duty for duty in self.duties if duty.state == "saknas"]

    @property
    def late(self) -> list[Duty]:
        """The duties that were answered after they fell due."""
        return [duty for duty in self.duties if duty.state == "sen"]

    @property
    def testable(self) -> bool:
        """Whether any target has something to be met."""
        return any(row.target.testable for row in self.rows)

    @property
    def reached(self) -> bool:
        """Whether every testable target is met; totals for a part of the time do not count as met."""
        return self.testable and all(row.status == Status.REACHED for row in self.rows if row.target.testable)


class Table(NamedTuple):
    """A plan followed up at a view.

    `decided` is None where it is not known what was decided; `gaps` are what cannot be seen of the plan's past; `since` names the
    earlier reading that the lines are compared with.
    """

    plan: Plan
    view: View
    lines: tuple[CommitmentFollowUp, ...]
    decided: Decided | None = None
    gaps: tuple[Gap, ...] = ()
    since: str = ""

    @property
    def cut(self) -> bool:
        """Whether what was decided is out of sight."""
        return any(gap.decided for gap in self.gaps)


def follow_up(
    plan: Plan,
    view: View,
    *,
    forms: Mapping[str, Form],
    entries: Mapping[str, tuple[Entry, ...]],
    judgements: Iterable[Judgement] = (),
) -> Table:
    """Follow up every commitment of a plan that has a day in the view. `entries` are by commitment id."""
    verdicts = _verdicts(judgements, plan, view)
    lines = []
    for commitment in plan.commitments:
        matter = matter_of(
            plan.id,
            commitment,
            form=forms.get(commitment.form),
            terms=plan.terms,
            readings=plan.readings,
            entries=entries.get(commitment.id, ()),
            view=view,
        )
        if matter is not None:
            verdict, period = verdicts.get(commitment.id, (None, ""))
            lines.append(line_of(matter, verdict, period))
    return Table(plan, view, tuple(lines))


def line_of(matter: CommitmentAsOf, verdict: Verdict | None = None, verdict_period: str = "") -> CommitmentFollowUp:
    """Follow up one commitment."""
    duties = duties_of(matter)
    received = completeness(duties, matter.view.as_of)
    rows = tuple(row_of(matter, target, duties, received) for target in matter.commitment.targets)
    return CommitmentFollowUp(
        matter,
        rows,
        tuple(duties),
        received,
        _content(matter),
        departures_in(occasions_in(matter)),
        worst(row.status for row in rows),
        verdict,
        verdict_period,
    )


def _content(matter: CommitmentAsOf) -> Fraction | None:
    """Carried-out reports with every required field, of all carried-out reports."""
    occasions = [entry for entry in matter.entries if entry.carried_out and not entry.total]
    required = matter.form.required if matter.form else []
    full = sum(entry.times for entry in occasions if all(name in entry.facts for name in required))
    return Fraction(full, sum(entry.times for entry in occasions)) if occasions else None


class Occasion(NamedTuple):
    """The report of an occasion that counts, or of none, with the reports of the other parties who were there."""

    entry: Entry
    others: tuple[Entry, ...] = ()

    @property
    def reports(self) -> tuple[Entry, ...]:
        """All reports of it."""
        return (self.entry, *self.others)


def occasions_in(matter: CommitmentAsOf) -> list[Occasion]:
    """The reports of the scope, a joint occasion once."""
    partners = matter.ledger.partners()
    if not partners and not matter.ledger.joined:
        return [Occasion(entry) for entry in matter.entries]
    return [
        Occasion(entry, tuple(partners.get(entry.id, ()))) for entry in matter.entries if entry.id not in matter.ledger.joined
    ]


def departures_in(occasions: Iterable[Occasion]) -> DeviationCounts:
    """What became of some occasions. A deviation that only the other party's report tells makes a joint one changed.

    Any split of the occasions adds up to the whole.
    """
    told = [(one.entry, [deviation for report in one.reports for deviation in report.report.deviations]) for one in occasions]
    reasons: Counter[str] = Counter()
    for entry, found in told:
        for deviation in found:
            if deviation.reason:
                reasons[deviation.reason] += entry.times
    return DeviationCounts(
        sum(entry.times for entry, found in told if entry.carried_out and not entry.total and not found),
        sum(entry.times for entry, found in told if entry.carried_out and found),
        sum(amount_of(entry) for entry, _ in told if entry.report.state == CANCELLED),
        sum(amount_of(entry) for entry, _ in told if entry.report.state == MOVED),
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def amount_of(entry: Entry) -> int:
    """How many occasions a cancelled or moved report stands for."""
    count = entry.report.count
    return int(count.value) if count is not None and not entry.carried_out else entry.times


def _verdicts(judgements: Iterable[Judgement], plan: Plan, view: View) -> dict[str, tuple[Verdict, str]]:
    """The latest judgement of each commitment that the view can see."""
    found: dict[str, tuple[Verdict, str]] = {}
    for judgement in sorted(judgements, key=lambda one: one.day):
        if judgement.plan == plan.id and judgement.day <= view.as_of and _concerns(judgement.period, view, plan):
            for commitment, verdict in judgement.verdicts.items():
                found[commitment] = (verdict, period_name(judgement.period))
    return found


def _concerns(period: object, view: View, plan: Plan) -> bool:
    days = plan.terms.get(period) if isinstance(period, str) else period
    return view.period is None or (isinstance(days, Period) and days.overlaps(view.period))


# What part of a follow-up is looked at: some commitments, those of a party, those of a place.


class Selection(NamedTuple):
    """The commitments, party and place that a table is limited to; empty is no limit.

    A joint promise is not split: its figures stay whole, and what the party or place had of them is said beside.
    """

    commitments: frozenset[str] = frozenset()
    party: str = ""
    place: str = ""

    @property
    def limits(self) -> bool:
        """Whether anything is left out."""
        return bool(self.commitments or self.party or self.place)

    def concerns(self, line: CommitmentFollowUp) -> bool:
        """Whether a commitment is named, binds the party, and promises or has something at the place."""
        commitment = line.commitment
        if self.commitments and self.commitments.isdisjoint((commitment.id, f"{line.matter.plan}/{commitment.id}")):
            return False
        if self.party and self.party not in commitment.parties:
            return False
        if not self.place:
            return True
        conditions = (row.target.condition for row in line.rows)
        promised = any(self.place in condition.places for condition in conditions if condition is not None)
        return promised or any(self.place in entry.report.places for entry in line.matter.entries)

    def share_of(self, line: CommitmentFollowUp, row: Row) -> Number | None:
        """What the party and place had of an outcome that adds up, or None when the table is limited to neither.

        An occasion that several parties carried out counts once for each of them.
        """
        if not (self.party or self.place) or row.target.stock or row.target.share or row.target.each or row.outcome.value is None:
            return None
        if row.target.counts.kind not in ("tillfällen", "fält") or row.target.operator == "klart":
            return None
        partners = line.matter.ledger.partners()
        counted = ((one, [one.entry, *partners.get(one.entry.id, ())]) for one in row.outcome.counted)
        return sum(one.value.value for one, reports in counted if one.value is not None and self._had(one.entry, reports))

    def _had(self, entry: Entry, reports: list[Entry]) -> bool:
        parties = {party for one in reports for party in one.parties}
        return (not self.party or self.party in parties) and (not self.place or self.place in entry.report.places)


def selected(tables: list[Table], selection: Selection) -> list[Table]:
    """The tables with only the selected commitments; a plan without any is left out."""
    if not selection.limits:
        return tables
    kept = (one._replace(lines=tuple(line for line in one.lines if selection.concerns(line))) for one in tables)
    return [table for table in kept if table.lines]


MISSING = "saknas"


class Looks(NamedTuple):
    """How much of the follow-up is shown as text, and in what order.

    `full` tells all of each row: parties, deviations, judgements. `ended` shows plans whose time is over whole, also beside one
    that is running. `only` are the words of the states that are shown, with `saknas` for those that lack reports; empty shows
    all. `by_state` puts the worst first.
    """

    full: bool = False
    ended: bool = False
    only: tuple[str, ...] = ()
    by_state: bool = False

    def of(self, table: Table) -> Table:
        """A table with the rows that are shown, in the order they are."""
        lines = [line for line in table.lines if not self.only or self._has(line)]
        if self.by_state:
            lines.sort(key=lambda line: WORST_FIRST.index(line.status))
        return table._replace(lines=tuple(lines))

    def _has(self, line: CommitmentFollowUp) -> bool:
        states = {row.status.value for row in line.rows}
        return not states.isdisjoint(self.only) or (MISSING in self.only and bool(line.missing))


WHOLE = Looks(full=True, ended=True)
