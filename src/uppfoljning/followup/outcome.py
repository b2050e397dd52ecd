"""The outcome of a target: what the reports add up to, what was counted, and what was not and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.domain.clock import minutes_between
from uppfoljning.domain.consolidation import State
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Number, Quantity, exact
from uppfoljning.domain.period import Days, Period, SubPeriod, after, period_name
from uppfoljning.domain.target import Target
from uppfoljning.followup.condition import meets
from uppfoljning.followup.counted_reports import CountedReports, LeftOut, certainty_of, gather, state_of
from uppfoljning.followup.view import CommitmentAsOf


class Counted(NamedTuple):
    """A report that counts, with what it adds (None: it is read but adds nothing) and a remark."""

    entry: Entry
    value: Quantity | None
    note: str = ""


class Slot(NamedTuple):
    """One sub-period of an `varje` target: what is shown of it, whether its time to be reported is over, and whether it reached.

    `value` is None where nothing shows how it went. `since` is the last day of the report that took it to the figure.
    """

    sub: SubPeriod
    value: Number | None
    closed: bool
    since: date | None

    @property
    def reached(self) -> bool:
        """Whether the figure is reached, which counts at once."""
        return self.since is not None

    def asked_by(self, day: date, *, ahead: bool = False) -> bool:
        """Whether it is among those that should have been reached by a day: its time is out, or it is reached already."""
        return (self.sub.inside.last <= day and (self.closed or ahead)) or self.reached_by(day)

    def reached_by(self, day: date) -> bool:
        """Whether the reports of a day and earlier show that it is reached."""
        return self.since is not None and self.since <= day


@dataclass(slots=True, eq=False)
class Outcome:
    """What was achieved. `value` is None when it is unknown, never 0 for want of a report.

    `reported` are the stated periods when every figure comes from such; `unshown` reports count although they do not show that
    the condition was met, `failed` show that it was not. `numerator` and `denominator` are those of a share.
    """

    value: Number | None = None
    certainty: Certainty = ""
    counted: list[Counted] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    reported: list[Period] | None = None
    unshown: int = 0
    failed: int = 0
    numerator: Number = 0
    denominator: Number = 0
    slots: list[Slot] = field(default_factory=list)
    late_days: int = 0


def _outside(matter: CommitmentAsOf) -> list[LeftOut]:
    gone = [LeftOut(entry, f"rättad av {matter.ledger.replaced[entry.id].id}") for entry in matter.ledger.replaced_entries]
    known = {entry.id for entry in matter.entries}
    return gone + [LeftOut(entry, "utanför perioden") for entry in matter.ledger.entries if entry.id not in known]


def outcome_of(matter: CommitmentAsOf, target: Target, slots: list[SubPeriod]) -> Outcome:
    """The outcome of a target in the scope. `slots` are the sub-periods that an `varje` target asks for."""
    if target.operator == "klart":
        return _one_off(matter, target)
    state = state_of(target)
    if target.each:
        return _each(matter, target, state, slots)
    found = gather(matter, target, state)
    outcome = _counted(found, state, _outside(matter))
    if target.stock:
        _level(found, state, outcome)
    elif target.counts.kind == "unika":
        _distinct(target, found, outcome)
    elif target.counts.kind == "andel":
        _share(target, found, outcome)
    elif target.counts.kind == "inom":
        _within(matter, target, found, outcome)
    else:
        _sum(found, outcome)
    return outcome


def _counted(found: CountedReports, state: State, outside: list[LeftOut]) -> Outcome:
    """An outcome with what counts and what does not; the figure itself is another's to tell."""
    outcome = Outcome(left_out=outside + found.left_out, unshown=sum(found.unshown.values()), failed=found.failed)
    for entry in found.counting:
        said = ["villkoret ej visat"] if entry.id in found.unshown else []
        said += [found.notes[entry.id]] if entry.id in found.notes else []
        outcome.counted.append(Counted(entry, state(entry), ", ".join(said)))
    outcome.counted += [Counted(entry, Quantity(0), entry.report.state) for entry in found.zeros]
    outcome.counted.sort(key=lambda one: (one.entry.span, one.entry.id))
    outcome.left_out += [LeftOut(entry, "siffran saknas") for entry in found.lacking]
    return outcome


def _sum(found: CountedReports, outcome: Outcome) -> None:
    """Reports that are in, and only of something else than the condition asks for, come to nought; they are not lacking."""
    if not (found.counting or found.zeros or found.failing):
        return
    quantities = [one.value for one in outcome.counted if one.value is not None]
    outcome.value = sum(quantity.value for quantity in quantities)
    outcome.certainty = certainty_of(quantities, lacking=bool(found.lacking) or found.floor)
    outcome.reported = found.reported


def _level(found: CountedReports, state: State, outcome: Outcome) -> None:
    if found.counting:
        latest = max(found.counting, key=lambda entry: (entry.span.last, entry.submitted, entry.id))
        quantity = state(latest)
        assert quantity is not None
        outcome.value, outcome.certainty = quantity.value, quantity.certainty
        outcome.counted = [Counted(latest, quantity, "senaste läget")]
        outcome.left_out += [LeftOut(entry, "äldre läge") for entry in found.counting if entry is not latest]


def _distinct(target: Target, found: CountedReports, outcome: Outcome) -> None:
    if found.counting or found.zeros:
        values = {" ".join(str(entry.facts[target.counts.field]).casefold().split()) for entry in found.counting}
        outcome.value = len(values)
        outcome.certainty = "minst" if found.lacking else ""


def _share(target: Target, found: CountedReports, outcome: Outcome) -> None:
    for entry in found.counting:
        part, whole = entry.figure(target.counts.field), entry.figure(target.counts.other)
        assert part is not None and whole is not None
        outcome.numerator += part.value
        outcome.denominator += whole.value
    _ratio(outcome)


def _ratio(outcome: Outcome) -> None:
    if outcome.denominator:
        outcome.value = exact(Fraction(outcome.numerator) / Fraction(outcome.denominator))


def _within(matter: CommitmentAsOf, target: Target, found: CountedReports, outcome: Outcome) -> None:
    """An occasion that has begun and not ended counts as not within once its time has run out."""
    limit = target.counts.limit
    day_ends = datetime.combine(matter.view.as_of, time(23, 59))
    counted: list[Counted] = []
    for entry in found.counting:
        begun, ended = entry.facts[target.counts.field], entry.facts.get(target.counts.other)
        if ended is None and minutes_between(begun, day_ends) < limit:
            outcome.left_out.append(LeftOut(entry, "inte avslutad, tiden har inte gått ut"))
            continue
        within = ended is not None and minutes_between(begun, ended) <= limit
        outcome.numerator += within
        outcome.denominator += 1
        counted.append(Counted(entry, Quantity(int(within)), "inom tiden" if within else "inte inom tiden"))
    outcome.counted = counted
    _ratio(outcome)


def _each(matter: CommitmentAsOf, target: Target, state: State, subs: list[SubPeriod]) -> Outcome:
    """Count the sub-periods that reached the figure, each on its own evidence and whatever part of the time is looked at.

    A total of more than a sub-period shows nothing of any one of them, but two running totals show what came between them.
    """
    outcome = Outcome()
    starts = [sub.whole.first for sub in subs]
    within: dict[int, list[Entry]] = {}
    wide: list[Entry] = []
    nothing: list[Period] = []
    for entry in matter.ledger.entries:
        at = bisect_right(starts, entry.span.first) - 1
        if entry.states_zero and entry.total:
            nothing.append(entry.span)
        elif at >= 0 and subs[at].whole.covers(entry.span):
            within.setdefault(at, []).append(entry)
        elif entry.carried_out and entry.total:
            wide.append(entry)
    differences = _differences(matter, target, state, subs)
    nought = Days(nothing)
    shown: set[str] = set()
    for at, sub in enumerate(subs):
        found = gather(matter, target, state, within.get(at, ()))
        own = _counted(found, state, [])
        outcome.counted += own.counted
        outcome.left_out += own.left_out
        outcome.unshown += own.unshown
        outcome.failed += own.failed
        value, since = _reaching(found, state, target)
        if (step := differences.get(at)) is not None and (value is None or step.value > value):
            value, since = step.value, step.later.span.last if step.value >= (target.value or 0) else None
            outcome.counted.append(
                Counted(step.later, Quantity(step.value), f"{period_name(sub.inside)}, utöver {step.earlier.id}")
            )
            shown |= {step.later.id, step.earlier.id}
        if value is None and (found.zeros or found.failing or nought.number(sub.inside) == sub.inside.days):
            value = 0
        closed = after(sub.inside.last, matter.commitment.grace) <= matter.view.as_of
        outcome.slots.append(Slot(sub, value, closed, since))
    _account(matter, outcome, shown | {entry.id for group in within.values() for entry in group})
    if any(slot.value is not None for slot in outcome.slots):
        outcome.value = sum(slot.reached for slot in outcome.slots)
    return outcome


def _reaching(found: CountedReports, state: State, target: Target) -> tuple[Number | None, date | None]:
    """What the reports of a sub-period come to, and the day on which they had come to the figure."""
    if not found.counting:
        return None, None
    assert target.value is not None
    value: Number = 0
    since = None
    for entry in sorted(found.counting, key=lambda entry: entry.span.last):
        quantity = state(entry)
        value += quantity.value if quantity is not None else 0
        if since is None and value >= target.value:
            since = entry.span.last
    return value, since


class _Step(NamedTuple):
    """What came between two running totals."""

    value: Number
    earlier: Entry
    later: Entry


def _differences(matter: CommitmentAsOf, target: Target, state: State, subs: Sequence[SubPeriod]) -> dict[int, _Step]:
    """What two running totals, one that ends where a sub-period begins and one that ends within it, show of that sub-period."""
    running: dict[object, list[Entry]] = {}
    for entry in matter.ledger.entries:
        counts = entry.total and entry.carried_out and state(entry) is not None
        if counts and (target.condition is None or meets(entry, target.condition) != "nej"):
            key = frozenset(entry.parties), frozenset(entry.report.places), entry.span.first
            running.setdefault(key, []).append(entry)
    found: dict[int, _Step] = {}
    starts = [sub.whole.first for sub in subs]
    for group in running.values():
        group.sort(key=lambda entry: entry.span.last)
        for earlier, later in pairwise(group):
            before, now = state(earlier), state(later)
            assert before is not None and now is not None
            between = Period(after(earlier.span.last, 1), later.span.last) if earlier.span.last < later.span.last else None
            at = bisect_right(starts, between.first) - 1 if between is not None else -1
            if between is None or at < 0 or not subs[at].whole.covers(between) or before.certainty or now.certainty == "ca":
                continue
            step = now.value - before.value
            if step >= 0 and (at not in found or found[at].later is earlier):
                first = found[at].earlier if at in found else earlier
                total = step + (found[at].value if at in found else 0)
                found[at] = _Step(total, first, later)
    return found


def _account(matter: CommitmentAsOf, outcome: Outcome, shown: set[str]) -> None:
    """Say of every report of the scope that no sub-period counted why, and put all in order."""
    for entry in matter.entries:
        if entry.states_zero and entry.total:
            outcome.counted.append(Counted(entry, Quantity(0), entry.report.state))
        elif entry.id not in shown:
            why = "visar ingen enskild delperiod" if entry.total and entry.span.days > 1 else "i ingen räknad delperiod"
            outcome.left_out.append(LeftOut(entry, why))
    counted = {one.entry.id for one in outcome.counted} | {one.entry.id for one in outcome.left_out}
    outcome.left_out += [one for one in _outside(matter) if one.entry.id not in counted]
    outcome.counted.sort(key=lambda one: (one.entry.span, one.entry.id))


def _one_off(matter: CommitmentAsOf, target: Target) -> Outcome:
    """1 when a report says it is done, 0 when something was carried out without that, else unknown."""
    outcome = Outcome(left_out=_outside(matter))
    assert target.due is not None
    for entry in matter.entries:
        if entry.report.done:
            outcome.value = 1
            outcome.late_days = max(0, (entry.span.last - target.due).days)
            outcome.counted.append(Counted(entry, Quantity(1), "klart"))
        elif entry.carried_out and entry.total and not entry.states_figures:
            outcome.left_out.append(LeftOut(entry, "berättar utan siffror"))
        elif not entry.states_zero:
            outcome.value = outcome.value or 0
            outcome.counted.append(Counted(entry, Quantity(0), "inte klart"))
    return outcome
