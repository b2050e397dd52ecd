"""Whether an occasion meets a target's condition: it does, it does not, or the report does not show it."""

from __future__ import annotations

from typing import Literal

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import days_of
from uppfoljning.domain.target import Condition

Met = Literal["ja", "nej", "ej visat"]


def meets(entry: Entry, condition: Condition) -> Met:
    """Only a stated other value fails. What a report lacks, or a total over several values blurs, is not shown."""
    answers = [_place(entry, condition), _time(entry, condition), *_functions(entry, condition), *_facts(entry, condition)]
    if "nej" in answers:
        return "nej"
    return "ej visat" if "ej visat" in answers else "ja"


def _place(entry: Entry, condition: Condition) -> Met:
    if not condition.places:
        return "ja"
    stated = set(entry.report.places)
    if not stated:
        return "ej visat"
    if stated.isdisjoint(condition.places):
        return "nej"
    return "ej visat" if entry.total and not stated.issubset(condition.places) else "ja"


def _time(entry: Entry, condition: Condition) -> Met:
    """Hours after midnight belong to the weekday on which the window opened."""
    window, weekdays = condition.window, condition.weekdays
    if window is None and not weekdays:
        return "ja"
    if entry.span.days > 1:
        days = set(range(7)) if entry.span.days >= 7 else {day.weekday() for day in days_of(entry.span)}
        if window is not None and window.passes_midnight:
            days |= {(day - 1) % 7 for day in days}
        return "nej" if weekdays and days.isdisjoint(weekdays) else "ej visat"
    day, start = entry.span.first.weekday(), entry.report.start
    if window is None:
        return "ja" if day in weekdays else "nej"
    if start is not None:
        opened = window.opened(start)
        if opened is None:
            return "nej"
        return "ja" if not weekdays or (day - opened) % 7 in weekdays else "nej"
    possible = {day, (day - 1) % 7} if window.passes_midnight else {day}
    return "nej" if weekdays and possible.isdisjoint(weekdays) else "ej visat"


def _functions(entry: Entry, condition: Condition) -> list[Met]:
    stated = entry.report.functions
    return [
        "ej visat" if name not in stated else "ja" if stated[name] >= least else "nej"
        for name, least in condition.functions.items()
    ]


def _facts(entry: Entry, condition: Condition) -> list[Met]:
    return [_fact(entry, name, values) for name, values in condition.facts.items()]


def _fact(entry: Entry, name: str, values: tuple[str, ...]) -> Met:
    written = entry.report.facts.get(name)
    if not isinstance(written, str):
        return "ej visat"
    if entry.total and isinstance(number := entry.facts.get(name), Quantity):
        # Of how many it holds that they said ja; of which is not told. A figure of its own is none of the words.
        return "nej" if number.value == 0 and not number.certainty else "ej visat"
    return "ja" if written.casefold() in (value.casefold() for value in values) else "nej"
