"""The outcome of a target: what the reports add up to, what was counted, and what was not and why."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from uppfoljning.domain.consolidation import State, TotalsByDay, first_touching, resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Number, Quantity, exact
from uppfoljning.domain.period import Period, SubPeriod, after, union_days
from uppfoljning.domain.target import Target
from uppfoljning.followup.condition import meets
from uppfoljning.followup.view import CommitmentAsOf

MINUTE = timedelta(minutes=1)


class Counted(NamedTuple):
    """A report that counts, with what it adds (None: it is read but adds nothing) and a remark."""

    entry: Entry
    value: Quantity | None
    note: str = ""


class LeftOut(NamedTuple):
    """A report that does not count, and why, in Swedish."""

    entry: Entry
    why: str


class Slot(NamedTuple):
    """One sub-period of an `varje` target: what was reached, and whether its time to be reported is over."""

    sub: SubPeriod
    value: Number | None
    closed: bool
    reached: bool


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


@dataclass(eq=False)
class CountedReports:
    """The reports that bear on one quantity: singles and totals that count, those that state zero, those that lack the figure."""

    singles: list[Entry]
    totals: list[Entry]
    zeros: list[Entry]
    lacking: list[Entry]
    left_out: list[LeftOut]
    unshown: dict[str, int]
    failed: int

    @cached_property
    def counting(self) -> list[Entry]:
        """Singles and totals in order of date; asked for when all are gathered."""
        return sorted(self.singles + self.totals, key=lambda entry: (entry.span, entry.id))

    @property
    def reported(self) -> list[Period] | None:
        """The stated periods, when figures come from nothing else."""
        stated = [entry.span for entry in self.totals] + [entry.span for entry in self.zeros if entry.total]
        return union_days(stated) if stated and not self.singles else None


def gather(matter: CommitmentAsOf, target: Target, state: State) -> CountedReports:
    """Settle which reports bear on a quantity: corrections, joint occasions, totals, then the target's condition."""
    found = CountedReports([], [], [], [], _outside(matter), {}, 0)
    totals = resolve_totals(matter.entries, state)
    stated = TotalsByDay(totals.counted)
    lacking: list[Entry] = []
    for entry in matter.entries:
        if entry.states_zero:
            found.zeros.append(entry)
        elif entry.total:
            if (newer := totals.stands_for.get(entry.id)) is not None:
                found.left_out.append(LeftOut(entry, f"ersatt av summan i {newer.id}"))
            elif state(entry) is not None:
                _admit(entry, target, found, found.totals)
            elif entry.states_figures:
                lacking.append(entry)
            else:
                found.left_out.append(LeftOut(entry, "berättar utan siffror"))
        elif (total := stated.holding(entry)) is not None:
            found.left_out.append(LeftOut(entry, f"ingår i summan i {total.id}"))
        elif (leader := matter.ledger.joined.get(entry.id)) is not None:
            found.left_out.append(LeftOut(entry, f"samma tillfälle som {leader.id}"))
        elif state(entry) is None:
            lacking.append(entry)
        else:
            _admit(entry, target, found, found.singles)
    for entry in lacking:
        _lacks(entry, target, found, stated)
    return found


def _lacks(entry: Entry, target: Target, found: CountedReports, totals: TotalsByDay) -> None:
    """A report without the figure makes the sum a lower bound, unless the figure stands elsewhere or would not count."""
    if totals.stand_for(entry):
        found.left_out.append(LeftOut(entry, "siffran står i en annan summa"))
    elif target.condition is None or meets(entry, target.condition) != "nej":
        found.lacking.append(entry)


def _admit(entry: Entry, target: Target, found: CountedReports, to: list[Entry]) -> None:
    met = "ja" if target.condition is None else meets(entry, target.condition)
    if met == "nej":
        found.failed += entry.times
        found.left_out.append(LeftOut(entry, "uppfyller inte villkoret"))
        return
    if met == "ej visat":
        found.unshown[entry.id] = entry.times
    to.append(entry)


def _outside(matter: CommitmentAsOf) -> list[LeftOut]:
    gone = [LeftOut(entry, f"rättad av {matter.ledger.replaced[entry.id].id}") for entry in matter.ledger.replaced_entries]
    known = {entry.id for entry in matter.entries}
    return gone + [LeftOut(entry, "utanför perioden") for entry in matter.ledger.entries if entry.id not in known]


def state_of(target: Target) -> State:
    """What a report states of the quantity that a target counts."""
    counts = target.counts
    match counts.kind:
        case "tillfällen":
            return lambda entry: entry.occasions
        case "unika":
            return lambda entry: None if entry.total or counts.field not in entry.facts else Quantity(1)
        case "inom":
            return lambda entry: None if entry.total or counts.field not in entry.facts else Quantity(1)
        case "andel":
            return lambda entry: None if entry.figure(counts.other) is None else entry.figure(counts.field)
        case _:
            return lambda entry: entry.figure(counts.field)


def outcome_of(matter: CommitmentAsOf, target: Target, slots: list[SubPeriod]) -> Outcome:
    """The outcome of a target in the scope. `slots` are the sub-periods that an `varje` target asks for."""
    if target.operator == "klart":
        return _one_off(matter, target)
    state = state_of(target)
    found = gather(matter, target, state)
    outcome = Outcome(left_out=found.left_out, unshown=sum(found.unshown.values()), failed=found.failed)
    outcome.counted = [
        Counted(entry, state(entry), "villkoret ej visat" if entry.id in found.unshown else "") for entry in found.counting
    ]
    outcome.counted += [Counted(entry, Quantity(0), entry.report.state) for entry in found.zeros]
    outcome.counted.sort(key=lambda one: (one.entry.span, one.entry.id))
    outcome.left_out += [LeftOut(entry, "siffran saknas") for entry in found.lacking]
    if target.each:
        _each(matter, target, found, state, slots, outcome)
    elif target.stock:
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


def _sum(found: CountedReports, outcome: Outcome) -> None:
    if not (found.counting or found.zeros):
        return
    quantities = [one.value for one in outcome.counted if one.value is not None]
    outcome.value = sum(quantity.value for quantity in quantities)
    outcome.certainty = certainty_of(quantities, lacking=bool(found.lacking))
    outcome.reported = found.reported


def certainty_of(quantities: list[Quantity], *, lacking: bool) -> Certainty:
    """How sure a sum is: a lower bound when a part of it is one or is lacking."""
    words = {quantity.certainty for quantity in quantities}
    if lacking or "minst" in words:
        return "minst"
    return "ca" if "ca" in words else ""


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
        if ended is None and (day_ends - begun) // MINUTE < limit:
            outcome.left_out.append(LeftOut(entry, "inte avslutad, tiden har inte gått ut"))
            continue
        within = ended is not None and (ended - begun) // MINUTE <= limit
        outcome.numerator += within
        outcome.denominator += 1
        counted.append(Counted(entry, Quantity(int(within)), "inom tiden" if within else "inte inom tiden"))
    outcome.counted = counted
    _ratio(outcome)


def _each(
    matter: CommitmentAsOf, target: Target, found: CountedReports, state: State, subs: list[SubPeriod], outcome: Outcome
) -> None:
    """Count the closed sub-periods that reached the figure; a total longer than a sub-period shows nothing of any one of them."""
    starts = [sub.whole.first for sub in subs]
    by_slot: dict[int, list[Entry]] = {}
    for entry in found.counting:
        at = bisect_right(starts, entry.span.first) - 1
        if at >= 0 and subs[at].whole.covers(entry.span):
            by_slot.setdefault(at, []).append(entry)
        else:
            why = "visar ingen enskild delperiod" if entry.span.days > 1 else "i ingen räknad delperiod"
            outcome.left_out.append(LeftOut(entry, why))
    shown = {entry.id for group in by_slot.values() for entry in group} | {entry.id for entry in found.zeros}
    outcome.counted = [one for one in outcome.counted if one.entry.id in shown]
    assert target.value is not None
    zeros = first_touching(found.zeros, [sub.inside for sub in subs])
    for at, sub in enumerate(subs):
        values = [quantity.value for entry in by_slot.get(at, ()) if (quantity := state(entry)) is not None]
        value = sum(values) if values or zeros[at] is not None else None
        closed = after(sub.inside.last, matter.commitment.grace) <= matter.view.as_of
        outcome.slots.append(Slot(sub, value, closed, value is not None and value >= target.value))
    if shown:
        outcome.value = sum(slot.reached and slot.closed for slot in outcome.slots)


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
