"""What one party has carried out of the commitments it is part of, and what was done of each in a part of the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Certainty, Number, Quantity
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import CANCELLED, MOVED
from uppfoljning.domain.target import WITHOUT_NUMBER
from uppfoljning.followup.counted_reports import certainty_of, gather, state_of
from uppfoljning.followup.documentation import hours_of
from uppfoljning.followup.duties import Completeness
from uppfoljning.followup.table import CommitmentFollowUp, Table, amount_of
from uppfoljning.followup.view import CommitmentAsOf


class Fallen(NamedTuple):
    """Occasions that were cancelled or moved: how many, and how many for each stated reason."""

    number: int
    reasons: tuple[tuple[str, int], ...]


class Crew(NamedTuple):
    """At how many occasions the least crew of the party's functions was met, of those whose report states it."""

    least: tuple[tuple[str, int], ...]
    met: int
    stated: int


class OccasionCount(NamedTuple):
    """Occasions that were carried out. None where nothing is reported; `certainty` as of a sum."""

    number: Number | None
    certainty: Certainty


def together(held: Iterable[OccasionCount]) -> OccasionCount:
    """The sum of those that are known, as sure as the least sure of them."""
    known = [Quantity(one.number, one.certainty) for one in held if one.number is not None]
    return (
        OccasionCount(sum(one.value for one in known), certainty_of(known, lacking=False)) if known else OccasionCount(None, "")
    )


class Own(NamedTuple):
    """A commitment as one party has carried it out.

    `agreed` are the planned days until the view's day, `ahead` those after it; both None where no days are planned. `received`
    is None where another party is to report.
    """

    line: CommitmentFollowUp
    agreed: int | None
    ahead: int | None
    held: OccasionCount
    cancelled: Fallen
    moved: Fallen
    crew: Crew | None
    hours: Number | None
    hours_stated: tuple[int, int]
    received: Completeness | None


class Done(NamedTuple):
    """What became of a commitment's occasions in a part of the time, and how many days are planned in it."""

    line: CommitmentFollowUp
    held: OccasionCount
    cancelled: Fallen
    moved: Fallen
    planned: int


def own_of(table: Table, party: str) -> tuple[Own, ...]:
    """Every commitment of the table that binds the party. An occasion of several parties counts once for each of them."""
    return tuple(_own(table.plan, line, party) for line in table.lines if party in line.commitment.parties)


def done_in(line: CommitmentFollowUp, period: Period) -> Done:
    """What became of the occasions dated in a period. A statement of totals that reaches outside it is not of it."""
    matter = line.matter
    inside = matter._replace(entries=tuple(entry for entry in matter.entries if period.covers(entry.span)))
    planned = sum(day in period and day in matter.scope for day in line.commitment.rota)
    return Done(line, _held(inside), _fallen(inside, CANCELLED), _fallen(inside, MOVED), planned)


def _own(plan: Plan, line: CommitmentFollowUp, party: str) -> Own:
    matter = line.matter
    planned = [day for day in line.commitment.rota if day in matter.scope]
    until = sum(day <= matter.view.as_of for day in planned)
    hours = hours_of(matter._replace(entries=tuple(entry for entry in matter.entries if party in entry.parties)))
    function = plan.functions.get(line.commitment.reporter)
    reports = line.commitment.reporter == party or (function is not None and function.party == party)
    return Own(
        line,
        until if line.commitment.rota else None,
        len(planned) - until if line.commitment.rota else None,
        _held(matter, party),
        _fallen(matter, CANCELLED, party),
        _fallen(matter, MOVED, party),
        _crew(plan, matter, party),
        hours.total,
        (hours.stated, hours.reports),
        line.received if reports else None,
    )


def _of(party: str, *entries: Entry) -> bool:
    """Whether any of the reports is the party's; without a party every one is."""
    return not party or any(party in entry.parties for entry in entries)


def _occasions(matter: CommitmentAsOf, counting: Iterable[Entry], party: str) -> Iterator[tuple[Entry, list[Entry]]]:
    """The reports of occasions that count and are the party's, each with those of the others who were there."""
    partners = matter.ledger.partners()
    for entry in counting:
        together = [entry, *partners.get(entry.id, ())]
        if _of(party, *together):
            yield entry, together


def _held(matter: CommitmentAsOf, party: str = "") -> OccasionCount:
    """Without a report it is not known, and not nought, how many there were; totals without a number make it a lower bound."""
    found = gather(matter, WITHOUT_NUMBER, state_of(WITHOUT_NUMBER))
    own = (entry.occasions for entry, _ in _occasions(matter, found.counting, party))
    quantities = [quantity for quantity in own if quantity is not None]
    lacking = any(_of(party, entry) for entry in found.lacking)
    if not quantities and not any(_of(party, entry) for entry in found.zeros):
        return OccasionCount(None, "")
    return OccasionCount(sum(quantity.value for quantity in quantities), certainty_of(quantities, lacking=lacking))


def _fallen(matter: CommitmentAsOf, state: str, party: str = "") -> Fallen:
    """A report has a reason, or it is left out as wrong; one with several is told by its first."""
    reasons: Counter[str] = Counter()
    for entry in matter.entries:
        if entry.report.state == state and _of(party, entry):
            reasons[next(one.reason for one in entry.report.deviations if one.reason)] += amount_of(entry)
    return Fallen(reasons.total(), tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))))


def _crew(plan: Plan, matter: CommitmentAsOf, party: str) -> Crew | None:
    """Only the party's own functions; None where the form asks for none of them."""
    asked = matter.form.least_crew if matter.form is not None else {}
    least = {name: number for name, number in asked.items() if name in plan.functions and plan.functions[name].party == party}
    if not least:
        return None
    met = stated = 0
    counting = gather(matter, WITHOUT_NUMBER, state_of(WITHOUT_NUMBER)).singles
    for _, together in _occasions(matter, counting, party):
        there = {name: max(one.report.functions.get(name, -1) for one in together) for name in least}
        if all(number >= 0 for number in there.values()):
            stated += 1
            met += all(there[name] >= number for name, number in least.items())
    return Crew(tuple(least.items()), met, stated)
