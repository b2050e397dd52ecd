"""An outcome series: what is counted, where and in which months, so that a change can be estimated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.consolidation import first_reaching, rings
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import Number, parse_count, parse_number
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.domain.scalars import parse_id, parse_text, parse_yes
from uppfoljning.domain.schema import NOTHING, Record, field, listing, nested, table

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def parse_month(text: str) -> Period | Problem:
    """A calendar month written as 2026-03."""
    month = parse_period(text) if _MONTH.fullmatch(text) else None
    if isinstance(month, Period):
        return month
    return Problem("S106", "värdet är ingen månad", "skriv år och månad, till exempel 2026-03")


def parse_exposure(text: str) -> Number | Problem:
    """What a count is to be set against, such as inhabitants: a number above zero."""
    value = parse_number(text)
    if not isinstance(value, Problem) and value <= 0:
        return Problem("S109", "exponeringen ska vara över noll", "skriv till exempel antalet invånare, eller lämna tomt")
    return value


class Indicator(Record):
    """What an outcome series is. `contains` names the areas that lie within another one."""

    id: str = field("indikator", parse_id, "Seriens id, samma som filens namn", required=True)
    title: str = field("titel", parse_text, "Vad serien räknar", required=True)
    source: str = field("källa", parse_text, "Varifrån siffrorna kommer", default="")
    fetched: date | None = field("hämtad", parse_date, "Dagen då de hämtades")
    depends_on_police: bool = field(
        "beror_på_polisens_arbete", parse_yes, "ja om mer arbete ger fler registrerade händelser", default=False
    )
    preliminary_from: Period | None = field("preliminär_från", parse_month, "Månaden från vilken siffrorna är preliminära")
    concurrent: str = field("samtidigt", parse_text, "Annat som hände samtidigt och kan ha spelat roll", default="")
    contains: Mapping[str, tuple[str, ...]] = nested(
        "rymmer", table(parse_id, listing(parse_id), nested=True), "Områden som rymmer andra områden", default=NOTHING
    )


class MonthlyCount(Record):
    """One row of a series: how many there were in an area in a month. A month without a row is missing, not zero."""

    area: str = field("område", parse_id, "Området", required=True)
    month: Period = field("månad", parse_month, "Månaden, som 2026-03", required=True)
    count: int = field("antal", parse_count, "Hur många händelser", required=True)
    exposure: Number | None = field("exponering", parse_exposure, "Vad antalet ställs mot, till exempel invånare")


class Observed(NamedTuple):
    """What a month of an area holds."""

    events: int
    exposure: Number | None = None


class Series(NamedTuple):
    """The months of each area, by area and month."""

    indicator: Indicator
    file: str
    areas: Mapping[str, Mapping[Period, Observed]]

    def until(self, day: date) -> Series:
        """What could be known that day: the months that had ended."""
        areas = {area: {month: one for month, one in rows.items() if month.last <= day} for area, rows in self.areas.items()}
        return self._replace(areas={area: rows for area, rows in areas.items() if rows})


def first_overlapping(contains: Mapping[str, Iterable[str]], areas: Iterable[str]) -> Callable[[str], str | None]:
    """What gives the first of some areas that another is the same as, lies within or holds, however many steps down."""
    within: dict[str, list[str]] = {}
    for outer, inner in contains.items():
        for one in inner:
            within.setdefault(one, []).append(outer)
    known = list(areas)
    place = {area: at for at, area in reversed(list(enumerate(known)))}
    holding = first_reaching(known, lambda area: contains.get(area, ()))
    held = first_reaching(known, lambda area: within.get(area, ()))

    def overlapping(area: str) -> str | None:
        found = [one for one in (area if area in place else None, holding.get(area), held.get(area)) if one is not None]
        return min(found, key=place.__getitem__, default=None)

    return overlapping


def overlaps(contains: Mapping[str, Iterable[str]], *areas: str) -> bool:
    """Whether any two of some areas are the same, or one lies within the other, however many steps down."""
    asked = set(areas)
    below: set[str] = set()
    for group in rings(areas, lambda area: contains.get(area, ())):
        held = sum(area in asked for area in group)
        deeper = any(inner in below for area in group for inner in contains.get(area, ()))
        if held > 1 or (held and deeper):
            return True
        if held or deeper:
            below.update(group)
    return len(asked) < len(areas)
