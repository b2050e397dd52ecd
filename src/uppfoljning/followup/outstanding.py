"""What is outstanding: reports and steps that are missing, came late, or soon fall due, by the function they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.plan import Commitment, Plan, Step
from uppfoljning.followup.documentation import StepCount, answers_of, owners, steps_of
from uppfoljning.followup.duties import Duty
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.followup.view import CommitmentAsOf, View

SOON = 14
"""How many days ahead something is said to fall due soon, that day included."""


class Responsible(NamedTuple):
    """Whom it rests on: a function, or a party that acts as one; never a person."""

    id: str
    title: str
    party: str
    party_title: str


class Report(NamedTuple):
    """A report that is expected. `days` is how long after its due day it came, has been missing, or until it falls due.

    `number` is which of the commitment's expected reports it is, counted from the first.
    """

    commitment: Commitment
    duty: Duty
    days: int
    number: int = 0

    @property
    def due(self) -> date:
        """The last day in time."""
        return self.duty.due


class Once(NamedTuple):
    """A step that is done once and is not done yet. `days` is how long since its last day, when `late`, or until it."""

    commitment: Commitment
    step: Step
    due: date
    late: bool
    days: int


class Partly(NamedTuple):
    """A step of every occasion that was not done at all of them.

    `undone` are the days on which a report says so, `unanswered` those on which it says nothing. A report that counts several
    occasions has no days, so the two may be fewer than `occasions - done`.
    """

    commitment: Commitment
    step: Step
    done: int
    occasions: int
    undone: tuple[date, ...]
    unanswered: tuple[date, ...]


class Outstanding(NamedTuple):
    """All that rests on one function: what is missing, what came late, and what falls due from the day looked at."""

    who: Responsible
    missing: tuple[Report, ...]
    late: tuple[Report, ...]
    undone: tuple[Once, ...]
    partly: tuple[Partly, ...]
    ahead: tuple[Report | Once, ...]

    @property
    def lacking(self) -> int:
        """How many reports and once-only steps are missing."""
        return len(self.missing) + len(self.undone)

    @property
    def soon(self) -> tuple[Report | Once, ...]:
        """What falls due within a fortnight."""
        return tuple(item for item in self.ahead if item.days <= SOON)

    @property
    def unanswered(self) -> tuple[Partly, ...]:
        """The steps that reports of some occasions do not say a word of."""
        return tuple(step for step in self.partly if step.unanswered)

    @property
    def asked(self) -> bool:
        """Whether there is anything to ask it for; a step that a report says was not done is answered."""
        return bool(self.lacking or self.unanswered)

    @property
    def told(self) -> bool:
        """Whether there is anything to tell of it now."""
        return bool(self.lacking or self.late or self.partly or self.soon)


class Overview(NamedTuple):
    """What is outstanding in a plan at a view, most missing first; `commitments` is how many the view has."""

    plan: Plan
    view: View
    commitments: int
    functions: tuple[Outstanding, ...]

    @property
    def told(self) -> list[Outstanding]:
        """The functions there is something to tell of."""
        return [one for one in self.functions if one.told]


def outstanding(table: Table, *, party: str = "", function: str = "") -> Overview:
    """What is outstanding in a plan; `party` and `function` limit it to what rests on them."""
    found: dict[str, tuple[list[Report], list[Once], list[Partly]]] = {}
    for line in table.lines:
        for report in _reports(line):
            found.setdefault(line.commitment.reporter, ([], [], []))[0].append(report)
        for count in steps_of(line.matter):
            _, once, partly = found.setdefault(_owner(line.commitment, count.step), ([], [], []))
            if count.step.each_occasion:
                partly += _partly(line.matter, count)
            else:
                once += _once(line.matter, count)
    functions = [_function(table.plan, who, *items) for who, items in found.items() if not function or who == function]
    kept = [one for one in functions if not party or one.who.party == party]
    place = {name: at for at, name in enumerate([*table.plan.functions, *table.plan.parties])}
    # Most missing first; of those alike, in the plan's order.
    kept.sort(key=lambda one: (-one.lacking, -len(one.partly), -len(one.late), place[one.who.id]))
    return Overview(table.plan, table.view, len(table.lines), tuple(kept))


def responsible(plan: Plan) -> set[str]:
    """Every function of a plan, and the parties that something rests on directly."""
    reporters = {commitment.reporter for commitment in plan.commitments}
    return {*plan.functions, *reporters, *(_owner(one, step) for one in plan.commitments for step in one.steps)}


def party_of(plan: Plan, who: str) -> str:
    """The party of a function; a party is its own."""
    role = plan.functions.get(who)
    return role.party if role is not None else who


def _owner(commitment: Commitment, step: Step) -> str:
    """Where a step is nobody's in particular, the first party is asked."""
    return owners(commitment, step)[0]


def _reports(line: CommitmentFollowUp) -> Iterator[Report]:
    as_of = line.matter.view.as_of
    for number, duty in enumerate(line.duties):
        until = duty.answered if duty.answered is not None else as_of
        yield Report(line.commitment, duty, abs((until - duty.due).days), number)


FEWEST_IN_A_RUN = 3
"""As many days after each other without a report are told as one."""


def runs(reports: Sequence[Report]) -> list[tuple[Report, ...]]:
    """The reports, those of single days that are expected right after each other for the same commitment together.

    Each run stands where its first report stood. Shorter runs than `FEWEST_IN_A_RUN` are given one report at a time.
    """
    found: list[list[Report]] = []
    open_run: dict[str, list[Report]] = {}
    for one in reports:
        last = open_run.get(one.commitment.id)
        follows = last is not None and last[-1].number + 1 == one.number and last[-1].duty.about.days == one.duty.about.days == 1
        if follows and last is not None:
            last.append(one)
        else:
            open_run[one.commitment.id] = [one]
            found.append(open_run[one.commitment.id])
    return [tuple(part) for run in found for part in ([run] if len(run) >= FEWEST_IN_A_RUN else [[report] for report in run])]


def _once(matter: CommitmentAsOf, count: StepCount) -> Iterator[Once]:
    """Only what falls due in the view's period, where it has one."""
    view = matter.view
    if count.done_on is None and count.due is not None and (view.period is None or count.due in view.period):
        yield Once(matter.commitment, count.step, count.due, count.late, abs((count.due - view.as_of).days))


def _partly(matter: CommitmentAsOf, count: StepCount) -> Iterator[Partly]:
    if count.done < count.occasions:
        answers = answers_of(matter, count.step)
        undone = tuple(day for day, answer in answers if answer == "nej")
        unanswered = tuple(day for day, answer in answers if not answer)
        yield Partly(matter.commitment, count.step, count.done, count.occasions, undone, unanswered)


def _function(plan: Plan, who: str, reports: list[Report], once: list[Once], partly: list[Partly]) -> Outstanding:
    party = party_of(plan, who)
    by_due = sorted(reports, key=lambda report: report.due)
    late_steps = sorted((item for item in once if item.late), key=lambda item: item.due)
    ahead: list[Report | Once] = [report for report in by_due if report.duty.state == "väntar"]
    ahead += [item for item in once if not item.late]
    return Outstanding(
        Responsible(who, plan.name_of(who), party, plan.parties.get(party, party)),
        tuple(report for report in by_due if report.duty.state == "saknas"),
        tuple(report for report in by_due if report.duty.state == "sen"),
        tuple(late_steps),
        tuple(partly),
        tuple(sorted(ahead, key=lambda item: item.due)),
    )
