"""Entries for the tests, in as few words as the case needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.domain.report import QuickReport


def period(text: str) -> Period:
    """A period by its name, or by its first and last day with two dots between."""
    first, dots, last = text.partition("..")
    if dots:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    found = parse_period(text)
    assert isinstance(found, Period)
    return found


def entry(
    id: str,
    when: str,
    *,
    submitted: str | None = None,
    count: int | Quantity | None = None,
    parties: tuple[str, ...] = ("polisen",),
    places: tuple[str, ...] = (),
    start: int | None = None,
    replaces: tuple[str, ...] = (),
    state: str = "genomförd",
    **facts: Any,
) -> Entry:
    """An occasion on a day, or a statement of totals for a longer period; what is not named is not stated."""
    span = period(when)
    report = QuickReport.make(
        commitment="x",
        day=span.first if span.days == 1 else None,
        period=None if span.days == 1 else span,
        submitted=date.fromisoformat(submitted) if submitted else None,
        count=Quantity(count) if isinstance(count, int) else count,
        parties=parties,
        places=places,
        start=start,
        replaces=replaces,
        state=state,
    )
    return Entry(id, f"reports/{id}.yaml", (), report, span, parties, facts)
