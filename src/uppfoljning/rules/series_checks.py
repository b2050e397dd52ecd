"""Checks of all reports of one commitment together: totals that clash, likely duplicates, corrections, what is called done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import islice

from uppfoljning.domain.consolidation import Conflict, State, TotalsByDay, current, occasion_key, order, resolve_totals, rings
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding, Problem
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Commitment
from uppfoljning.domain.schema import nearest, sparing
from uppfoljning.rules.duplicates import Patience, alike

_MOST_NAMED = 12
_CLASHES = {
    "samma": ("T503", "perioden {period} är redan redovisad", "rätta perioden, eller skriv ersätter: om det är en rättelse"),
    "överlapp": (
        "T504",
        "perioden {period} överlappar en annan redovisad period",
        "låt perioderna ligga efter varandra, eller börja samma dag om totalen är löpande",
    ),
    "faller": ("T505", "den löpande totalen faller ({quantity})", "rätta siffran, eller den tidigare rapporten med ersätter:"),
}


@sparing
def check_series(
    commitment: Commitment, entries: Sequence[Entry], known: AbstractSet[str], lost: AbstractSet[str]
) -> list[Finding]:
    """Every clash between the reports of one commitment.

    `known` are the ids of all sound reports, `lost` those of reports and files with a fault; both may be corrected.
    """
    found = _check_corrections(entries, known, lost)
    counted = current(entries)
    found += _check_totals(commitment, counted)
    found += _check_duplicates(counted)
    found += _check_both_ways(counted)
    found += _check_side_by_side(counted)
    found += _check_done(commitment, counted)
    return found


def _check_corrections(entries: Sequence[Entry], known: AbstractSet[str], lost: AbstractSet[str]) -> list[Finding]:
    if not any(entry.report.replaces for entry in entries):
        return []
    found = []
    here = {entry.id: entry for entry in entries}
    ring = _rings(here)
    for entry in entries:
        for position, old in enumerate(entry.report.replaces):
            path = ("ersätter", position) if len(entry.report.replaces) > 1 else ("ersätter",)
            if (old not in here and old not in lost and old.partition("#")[0] not in lost) or old == entry.id:
                found.append(Finding(entry.place(*path), _wrong_correction(old, entry, known)))
            elif old in here and ring[old] == ring[entry.id]:
                problem = Problem("R314", f"rapporten och {old} ersätter varandra", "ta bort ersätter i den som kom först")
                found.append(Finding(entry.place(*path), problem, here[old].place("ersätter")))
    return found


def _rings(entries: Mapping[str, Entry]) -> dict[str, int]:
    """The same number for reports that, followed through what they replace, come back to each other."""

    def replaced(id: str) -> Sequence[str]:
        return entries[id].report.replaces if id in entries else ()

    return {name: number for number, group in enumerate(rings(entries, replaced)) for name in group}


def _wrong_correction(old: str, entry: Entry, known: AbstractSet[str]) -> Problem:
    if old == entry.id:
        return Problem("R314", "rapporten ersätter sig själv", "peka på rapporten som rättas, eller ta bort ersätter")
    if old in known:
        remedy = "en rättelse hör till samma åtagande; ta bort den gamla rapporten om den gällde fel åtagande"
        return Problem("R314", f"rapporten {old} hör till ett annat åtagande", remedy)
    remedy = "skriv rapportens sökväg under reports/ utan filändelse; en rad i en CSV-fil: sökväg#id"
    near = nearest(old, known)
    return Problem("R314", f"rapporten {old} finns inte", f"menade du {near}?" if near else remedy)


def _check_totals(commitment: Commitment, entries: Sequence[Entry]) -> list[Finding]:
    # A level may fall: it is no sum that goes on.
    levels = {target.counts.field for target in commitment.targets if target.stock}
    totals = [entry for entry in entries if entry.total and entry.carried_out]
    if not totals:
        return []
    found: dict[tuple[str, str, str, str], Finding] = {}
    for quantity, state in _quantities(totals):
        for conflict in resolve_totals(totals, state).conflicts if quantity not in levels else ():
            what = quantity if conflict.kind == "faller" else ""
            found.setdefault((conflict.kind, conflict.first.id, conflict.second.id, what), _clash(conflict, quantity))
    counted = resolve_totals(totals, lambda entry: entry.occasions).counted
    return list(found.values()) + _check_more_than_total(entries, counted)


def _quantities(totals: Sequence[Entry]) -> list[tuple[str, State]]:
    """What the totals state, by name: the occasions and each field."""
    fields = sorted({name for entry in totals for name in entry.facts})

    def field(name: str) -> State:
        return lambda entry: entry.figure(name)

    return [(_OCCASIONS, lambda entry: entry.occasions), *((name, field(name)) for name in fields)]


_OCCASIONS = "antal"


def _clash(conflict: Conflict, quantity: str) -> Finding:
    code, message, remedy = _CLASHES[conflict.kind]
    first, second = sorted((conflict.first, conflict.second), key=lambda entry: (entry.submitted, entry.id))
    where: tuple[str, ...] = ("period",)
    if conflict.kind == "faller":
        first, second = conflict.first, conflict.second
        where = (_OCCASIONS,) if quantity == _OCCASIONS else ("uppgifter", quantity)
    problem = Problem(code, message.format(period=period_name(second.span), quantity=quantity), remedy)
    return Finding(second.place(*where), problem, first.place(*where))


def _check_more_than_total(entries: Sequence[Entry], counted: Sequence[Entry]) -> list[Finding]:
    inside: dict[str, list[Entry]] = {}
    totals = TotalsByDay(counted)
    for entry in entries:
        if entry.carried_out and not entry.total and (total := totals.holding(entry)) is not None:
            inside.setdefault(total.id, []).append(entry)
    found = []
    for total in counted:
        stated, number = total.occasions, len(inside.get(total.id, ()))
        if stated is not None and stated.certainty != "minst" and number > stated.value:
            message = f"totalen är {stated.value} men {number} tillfällen är rapporterade i perioden"
            problem = Problem("T506", message, "rätta totalen, eller ta bort rapporter som är dubbla")
            found.append(Finding(total.place("antal"), problem, inside[total.id][-1].place("datum")))
    return found


def _check_duplicates(entries: Sequence[Entry]) -> list[Finding]:
    """Pairs that may be one occasion: nothing stated tells them apart, or the same occasion from the same party."""
    by_day: dict[tuple[date, str], list[Entry]] = {}
    for entry in entries:
        report = entry.report
        if report.period is None:
            by_day.setdefault((entry.span.first, report.state), []).append(entry)
    found = []
    patience = Patience(len(entries))
    for group in by_day.values():
        if len(group) > 1:
            group.sort(key=lambda entry: (entry.submitted, entry.id))
            for entry, first, problem in alike(group, patience):
                found.append(Finding(entry.place("datum"), problem, first.place("datum")))
    return found


def _check_both_ways(entries: Sequence[Entry]) -> list[Finding]:
    """An occasion that is told of both as held and as not held."""
    first: dict[object, Entry] = {}
    found = []
    for entry in sorted(entries, key=lambda entry: (entry.submitted, entry.id)):
        if (key := occasion_key(entry)) is not None:
            other = first.setdefault(key, entry)
            if other.carried_out != entry.carried_out:
                state = entry.report.state if other.carried_out else other.report.state
                message = f"samma tillfälle är både genomfört och {state[:-1]}t"
                problem = Problem("Q603", message, "ta bort den rapport som inte stämmer, eller rätta den med ersätter:")
                found.append(Finding(entry.place("datum"), problem, other.place("datum")))
    return found


def _check_side_by_side(entries: Sequence[Entry]) -> list[Finding]:
    """Totals of a day in common that add up though they may be of the same: from other parties, or for one place and for all."""
    found = []
    standing: list[Entry] = []
    for entry in sorted((one for one in entries if one.total and one.carried_out and one.states_figures), key=order):
        standing = [one for one in standing if one.span.last >= entry.span.first][-_MOST_NAMED:]
        other = next((one for one in standing if _may_be_the_same(one, entry)), None)
        if other is not None:
            if set(entry.parties) != set(other.parties):
                who, remedy = "från två parter", "skriv en summa med båda i parter:"
            else:
                who, remedy = "för en plats och för alla", "ta bort den ena"
            message = f"summor {who} för samma tid läggs ihop"
            problem = Problem("T509", message, f"gäller de samma tillfällen, {remedy}; annars är det rätt")
            found.append(Finding(entry.place("period"), problem, other.place("period")))
        standing.append(entry)
    return found


def _may_be_the_same(one: Entry, other: Entry) -> bool:
    """Whether two totals state a figure of the same kind and are kept apart only by their parties, or by one stating no place."""
    places, others = set(one.report.places), set(other.report.places)
    same_parties = set(one.parties) == set(other.parties)
    if same_parties == (places == others) or (same_parties and places and others):
        return False
    if not same_parties and places and others and places.isdisjoint(others):
        return False
    both = one.report.count is not None and other.report.count is not None
    return both or not set(one.facts).isdisjoint(other.facts)


def _check_done(commitment: Commitment, entries: Sequence[Entry]) -> list[Finding]:
    """A commitment is not done while a one-off step is undone."""
    if not any(entry.report.done for entry in entries):
        return []
    undone = {step.id: step.title for step in commitment.one_off_steps}
    found = []
    for entry in sorted(entries, key=order):
        for name, answer in entry.report.steps.items():
            if answer in ("ja", "ej aktuellt") or _some(answer):
                undone.pop(name, None)
        if entry.report.done and undone:
            remedy = "rapportera momenten med moment: {id: ja}, eller ta bort klart tills de är gjorda"
            more = f" och {len(undone) - _MOST_NAMED} till" if len(undone) > _MOST_NAMED else ""
            titles = ", ".join(islice(undone.values(), _MOST_NAMED))
            problem = Problem("M719", f"klart, men det här är inte gjort: {titles}{more}", remedy)
            found.append(Finding(entry.place("klart"), problem))
    return found


def _some(answer: str | int) -> bool:
    return isinstance(answer, int) and answer > 0
