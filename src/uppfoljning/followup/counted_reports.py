"""Which reports bear on a quantity that a target counts: joint occasions, totals and the target's condition settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from uppfoljning.domain.consolidation import State, TotalsByDay, resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Quantity, exact
from uppfoljning.domain.period import Period, union_days
from uppfoljning.domain.target import Target
from uppfoljning.followup.condition import meets
from uppfoljning.followup.view import CommitmentAsOf


class LeftOut(NamedTuple):
    """A report that does not count, and why, in Swedish."""

    entry: Entry
    why: str


@dataclass(eq=False)
class CountedReports:
    """The reports that bear on one quantity: singles and totals that count, those that state zero, those that lack the figure."""

    singles: list[Entry]
    totals: list[Entry]
    zeros: list[Entry]
    lacking: list[Entry]
    failing: list[Entry]
    left_out: list[LeftOut]
    unshown: dict[str, int]
    notes: dict[str, str]
    floor: bool = False

    @property
    def failed(self) -> int:
        """How many occasions show that they do not meet the target's condition."""
        return sum(entry.times for entry in self.failing)

    @cached_property
    def counting(self) -> list[Entry]:
        """Singles and totals in order of date; asked for when all are gathered."""
        return sorted(self.singles + self.totals, key=lambda entry: (entry.span, entry.id))

    @property
    def reported(self) -> list[Period] | None:
        """The stated periods, when figures come from nothing else."""
        stated = [entry.span for entry in (*self.totals, *self.zeros) if entry.total]
        if not stated and all(entry.total for entry in self.failing):
            stated = [entry.span for entry in self.failing]
        return union_days(stated) if stated and not self.singles else None


def gather(matter: CommitmentAsOf, target: Target, state: State, entries: Sequence[Entry] | None = None) -> CountedReports:
    """Settle which reports bear on a quantity, of those of the scope or of some given ones.

    A joint occasion is told of by all its reports together: what the first handed in leaves out stands in another.
    """
    found = CountedReports([], [], [], [], [], [], {}, {})
    partners = matter.ledger.partners()
    singles: list[Entry] = []
    lacking: list[Entry] = []
    for entry in matter.entries if entries is None else entries:
        if entry.states_zero:
            found.zeros.append(entry)
        elif (leader := matter.ledger.joined.get(entry.id)) is not None:
            found.left_out.append(LeftOut(entry, f"samma tillfälle som {leader.id}"))
        elif not entry.total:
            singles.append(_told_by_all(entry, partners.get(entry.id, ()), state, found))
        elif state(entry) is not None:
            _admit(entry, target, found, found.totals)
        elif entry.states_figures:
            lacking.append(entry)
        else:
            found.left_out.append(LeftOut(entry, "berättar utan siffror"))
    if not target.stock:
        lacking += _settle_totals(singles, target, state, found)
    else:
        # A level is what it was when it was last looked at, and is neither a sum nor a part of one.
        lacking += _take(singles, target, state, found)
    stated = TotalsByDay(found.totals)
    for entry in lacking:
        _lacks(entry, target, found, stated)
    return found


def _told_by_all(entry: Entry, others: Sequence[Entry], state: State, found: CountedReports) -> Entry:
    """A report of an occasion with what only the other parties' reports of it tell."""
    if not others:
        return entry
    facts, functions, raw = dict(entry.facts), dict(entry.report.functions), dict(entry.report.facts)
    parties = dict.fromkeys(entry.parties)
    for other in others:
        facts |= {name: answer for name, answer in other.facts.items() if name not in facts}
        functions |= {name: number for name, number in other.report.functions.items() if name not in functions}
        raw |= {name: answer for name, answer in other.report.facts.items() if name not in raw}
        parties |= dict.fromkeys(other.parties)
    whole = entry._replace(facts=facts, parties=tuple(parties), report=entry.report.but(functions=functions, facts=raw))
    if state(entry) is None and (telling := next((one for one in others if state(one) is not None), None)) is not None:
        found.notes[entry.id] = f"siffran står i {telling.id}"
    return whole


def _settle_totals(singles: Sequence[Entry], target: Target, state: State, found: CountedReports) -> list[Entry]:
    """Let totals stand for what they overlap and for the occasions within them, unless these say more; what lacks the figure."""
    totals = resolve_totals(found.totals, state)
    for entry in found.totals:
        if (newer := totals.stands_for.get(entry.id)) is not None:
            found.left_out.append(LeftOut(entry, f"ersatt av summan i {newer.id}"))
            found.unshown.pop(entry.id, None)
    stated = TotalsByDay(totals.counted)
    inside: dict[str, list[Entry]] = {}
    outside: list[Entry] = []
    for entry in singles:
        total = stated.holding(entry)
        (outside if total is None else inside.setdefault(total.id, [])).append(entry)
    found.totals.clear()
    for total in totals.counted:
        parts = inside.get(total.id, ())
        if parts and target.counts.kind in ("tillfällen", "fält") and _say_more(parts, total, target, state):
            found.left_out.append(LeftOut(total, "säger mindre än tillfällena i den"))
            found.unshown.pop(total.id, None)
            found.floor = found.floor or certainty_of([state(total)], lacking=False) == "minst"
            outside += parts
        else:
            found.totals.append(total)
            found.left_out += [LeftOut(entry, f"ingår i summan i {total.id}") for entry in parts]
    return _take(outside, target, state, found)


def _say_more(parts: Sequence[Entry], total: Entry, target: Target, state: State) -> bool:
    """Whether occasions within a total, as far as they meet the condition, come to more than it says."""
    stated = state(total)
    told = (
        quantity.value
        for entry in parts
        if (quantity := state(entry)) is not None and (target.condition is None or meets(entry, target.condition) != "nej")
    )
    return stated is not None and sum(told) > stated.value


def _take(singles: Iterable[Entry], target: Target, state: State, found: CountedReports) -> list[Entry]:
    """Take in occasions that stand for themselves; those that lack the figure are given back."""
    lacking = []
    for entry in singles:
        if state(entry) is None:
            lacking.append(entry)
        else:
            _admit(entry, target, found, found.singles)
    return lacking


def _lacks(entry: Entry, target: Target, found: CountedReports, totals: TotalsByDay) -> None:
    """A report without the figure makes the sum a lower bound, unless the figure stands elsewhere or would not count."""
    if totals.stand_for(entry):
        found.left_out.append(LeftOut(entry, "siffran står i en annan summa"))
    elif target.condition is None or meets(entry, target.condition) != "nej":
        found.lacking.append(entry)


def _admit(entry: Entry, target: Target, found: CountedReports, to: list[Entry]) -> None:
    met = "ja" if target.condition is None else meets(entry, target.condition)
    if met == "nej":
        found.failing.append(entry)
        found.left_out.append(LeftOut(entry, "uppfyller inte villkoret"))
        return
    if met == "ej visat":
        found.unshown[entry.id] = entry.times
    to.append(entry)


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
        case _ if counts.an_hour > 1:
            return lambda entry: _in_unit(entry.figure(counts.field), counts.an_hour)
        case _:
            return lambda entry: entry.figure(counts.field)


def _in_unit(hours: Quantity | None, an_hour: int) -> Quantity | None:
    """A length of time, answered in hours, in the unit of its target."""
    return None if hours is None else Quantity(exact(Fraction(hours.value) * an_hour), hours.certainty)


def certainty_of(quantities: Sequence[Quantity | None], *, lacking: bool) -> Certainty:
    """How sure a sum is: a lower bound when a part of it is one or is lacking."""
    words = {quantity.certainty for quantity in quantities if quantity is not None}
    if lacking or "minst" in words:
        return "minst"
    return "ca" if "ca" in words else ""
