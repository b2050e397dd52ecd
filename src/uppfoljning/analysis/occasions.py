"""The occasions of a commitment as passes: what each met, how long it was, and under which conditions it took place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from uppfoljning.domain.clock import MINUTES_A_DAY, WEEKDAYS
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form
from uppfoljning.domain.number import Number
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import NOT_APPLICABLE
from uppfoljning.followup.occasion_heatmap import HOURS
from uppfoljning.followup.view import CommitmentAsOf

BANDS = ((1, 2), (3, 4), (5, 6), (7, None))
"""Sizes of a group; the last has no upper end."""
YES, NO = "ja", "nej"
QUARTER = "kvartal"
"""The time of the year, and the drift over years."""
LENGTH = "längd"
"""How long a pass was: what takes the same time however long it is makes long passes meet less an hour."""
ONLY_HELD = (QUARTER, LENGTH)
"""What is held alike where it can be, and never a hypothesis of its own."""
LONGEST = 4
"""Passes longer than so many hours are as long."""


class Factor(NamedTuple):
    """A condition that passes differ in: its id, what it is called, and whether its only question is yes or no.

    `declared` says that the plan expected it to matter before anything was seen.
    """

    id: str
    name: str
    yes_no: bool = False
    declared: bool = False


class AnalysedOccasion(NamedTuple):
    """A carried-out occasion. `hours` is None when its length is not known; a factor it does not tell of is missing."""

    entry: Entry
    hours: Number | None
    levels: Mapping[str, frozenset[str]]


class Passes(NamedTuple):
    """All occasions with the factors that any of them tells of."""

    occasions: tuple[AnalysedOccasion, ...]
    factors: tuple[Factor, ...]


def passes_of(plan: Plan, matter: CommitmentAsOf) -> Passes:
    """The single carried-out occasions of a scope; a joint one is one, with what all its reports tell."""
    partners = matter.ledger.partners()
    found = []
    for entry in matter.entries:
        if entry.carried_out and not entry.total and entry.id not in matter.ledger.joined:
            together = [entry, *partners.get(entry.id, ())]
            levels = dict(_levels(matter.commitment, matter.form, together))
            found.append(AnalysedOccasion(entry, hours_of(entry), levels))
    known = {name for one in found for name in one.levels}
    return Passes(tuple(found), tuple(one for one in _factors(plan, matter) if one.id in known))


def hours_of(entry: Entry) -> Number | None:
    """How long an occasion was, past midnight too; else the hours stated for carrying it out."""
    start, end = entry.report.start, entry.report.end
    if start is not None and end is not None and start != end:
        minutes = (end - start) % MINUTES_A_DAY
        return Fraction(minutes, 60) if minutes % 60 else minutes // 60
    return entry.report.hours.get("genomförande") or None


def _levels(commitment: Commitment, form: Form | None, together: list[Entry]) -> Iterator[tuple[str, frozenset[str]]]:
    """What an occasion tells of each factor; what no report states is left out."""
    entry = together[0]
    yield "veckodag", frozenset((WEEKDAYS[entry.span.first.weekday()],))
    yield QUARTER, frozenset((f"{entry.span.first.year}-K{(entry.span.first.month + 2) // 3}",))
    if (hours := hours_of(entry)) is not None:
        yield LENGTH, frozenset((duration(hours),))
    if entry.report.start is not None:
        yield "tid", frozenset((band(entry.report.start),))
    if places := frozenset(place for one in together for place in one.report.places):
        yield "plats", places
    functions: dict[str, int] = {}
    for one in together:
        for name, number in one.report.functions.items():
            functions[name] = max(functions.get(name, 0), number)
    if functions:
        yield "grupp", frozenset((size(sum(functions.values())),))
        yield "funktion", frozenset(name for name, number in functions.items() if number)
    for step in commitment.steps:
        said = {str(one.report.steps[step.id]) for one in together if step.id in one.report.steps} - {NOT_APPLICABLE}
        if step.each_occasion and said:
            yield f"moment {step.id}", frozenset((YES if YES in said else NO,))
    for name, field in form.fields.items() if form is not None else ():
        answer = next((one.facts[name] for one in together if name in one.facts), None)
        if field.type == "val" and isinstance(answer, str):
            yield f"fält {name}", frozenset((answer,))
        elif field.type == "ja/nej" and isinstance(answer, bool):
            yield f"fält {name}", frozenset((YES if answer else NO,))
    yield from _expected(commitment, entry, functions)


def _expected(commitment: Commitment, entry: Entry, functions: Mapping[str, int]) -> Iterator[tuple[str, frozenset[str]]]:
    """Whether an occasion was as the plan expected to matter."""
    declared = commitment.expectation
    if declared is None:
        return
    if declared.weekdays:
        yield "väntad veckodag", _yes(entry.span.first.weekday() in declared.weekdays)
    if declared.window is not None and entry.report.start is not None:
        yield "väntad tid", _yes(declared.window.opened(entry.report.start) is not None)
    if functions:
        for name in declared.functions:
            yield f"väntad funktion {name}", _yes(functions.get(name, 0) > 0)


def _yes(holds: bool) -> frozenset[str]:
    return frozenset((YES if holds else NO,))


def _factors(plan: Plan, matter: CommitmentAsOf) -> Iterator[Factor]:
    """Every factor there can be, in the order they are told; those that the plan expected first."""
    commitment = matter.commitment
    if (declared := commitment.expectation) is not None:
        days = ", ".join(WEEKDAYS[day] for day in declared.weekdays)
        yield Factor("väntad veckodag", f"veckodagen var {'en av ' if len(declared.weekdays) > 1 else ''}{days}", True, True)
        if declared.window is not None:
            yield Factor("väntad tid", f"passet började {clock(declared.window.start)}–{clock(declared.window.end)}", True, True)
        for name in declared.functions:
            yield Factor(f"väntad funktion {name}", f"{plan.name_of(name)} var med", True, True)
    yield Factor("funktion", "funktion")
    yield Factor("tid", "klockslag då passet började")
    yield Factor("veckodag", "veckodag")
    yield Factor("plats", "plats")
    yield Factor("grupp", "gruppens storlek")
    yield Factor(QUARTER, "tid på året")
    yield Factor(LENGTH, "passets längd")
    for step in commitment.steps:
        yield Factor(f"moment {step.id}", f"momentet {step.title}", True)
    for name, field in matter.form.fields.items() if matter.form is not None else ():
        yield Factor(f"fält {name}", (field.question or name).rstrip("?"), field.type == "ja/nej")


def band(start: int) -> str:
    """The three hours in which a clock time lies: `18–21`."""
    first = start // 60 // HOURS * HOURS
    return f"{first:02}–{(first + HOURS) % 24:02}"


def duration(hours: Number) -> str:
    """The hour that the length of a pass is begun in: `högst 2 tim`, `över 4 tim`."""
    return f"högst {max(1, ceil(hours))} tim" if hours <= LONGEST else f"över {LONGEST} tim"


def size(number: int) -> str:
    """The band of a group's size: `3–4`, `7 eller fler`."""
    for least, most in BANDS:
        if most is None:
            return f"{least} eller fler"
        if number <= most:
            return f"{least}–{most}"
    raise AssertionError("the last band has no end")


def clock(minutes: int) -> str:
    """A clock time: `20:30`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
