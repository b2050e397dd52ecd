"""A quick report as it is written: one occasion, or a statement of totals for a period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from uppfoljning.domain.clock import parse_date, parse_end, parse_start
from uppfoljning.domain.finding import REMEMBERED, Problem, Tree
from uppfoljning.domain.number import Number, Quantity, parse_count, parse_number, parse_quantity
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.plan import read_period
from uppfoljning.domain.scalars import one_of, parse_id, parse_reason, parse_text, parse_yes
from uppfoljning.domain.schema import NOTHING, Record, field, listing, nested, one_or_more, raw_table, table, things

CARRIED_OUT, CANCELLED, MOVED, NOTHING_HAPPENED = "genomförd", "inställd", "flyttad", "nollrapport"
STATES = (CARRIED_OUT, CANCELLED, MOVED, NOTHING_HAPPENED)
HOURS = ("planering", "genomförande", "efterarbete")
NOT_APPLICABLE = "ej aktuellt"


@lru_cache(REMEMBERED)
def parse_reference(text: str) -> str | Problem:
    """A commitment as `åtagande` or `plan/åtagande`."""
    plan, slash, commitment = text.rpartition("/")
    problem = parse_id(commitment)
    if isinstance(problem, Problem):
        return problem
    if slash and isinstance(problem := parse_id(plan), Problem):
        return problem
    return text


@lru_cache(REMEMBERED)
def parse_step_answer(text: str) -> str | int | Problem:
    """`ja`, `nej`, `ej aktuellt`, or for totals how many times the step was done."""
    folded = text.casefold()
    if folded in ("ja", "nej", NOT_APPLICABLE):
        return folded
    count = parse_count(text)
    if isinstance(count, Problem):
        return Problem(
            "S117", "svaret för ett moment ska vara ja, nej eller ej aktuellt", "skriv ett av de tre; för en period ett antal"
        )
    return count


@lru_cache(REMEMBERED)
def parse_hours(text: str) -> Number | Problem:
    """Hours of work, not negative."""
    hours = parse_number(text)
    if not isinstance(hours, Problem) and hours < 0:
        return Problem("S109", "timmar kan inte vara under noll", "skriv till exempel 4,25")
    return hours


_RECEIPT = re.compile(r"[0-9A-Za-zÅÄÖåäö._:/-]{1,120}")


def parse_receipt(text: str) -> str | Problem:
    """What tells one hand-in from another: a form's receipt number, or a source and the id of its row, as `forms/123`."""
    if _RECEIPT.fullmatch(text):
        return text
    return Problem(
        "S122", "kvittot är inget kvittonummer", "skriv numret som du fick det, till exempel k7m3-9qfx", "inga mellanslag"
    )


class Deviation(Record):
    """Something that did not go as planned: what, how it was changed, and why."""

    step: str = field("moment", parse_id, "Momentet det gällde", default="")
    what: str = field("vad", parse_text, "Vad som inte blev som planerat", required=True)
    how: str = field("hur", parse_text, "På vilket sätt ni ändrade", default="")
    reason: str = field("skäl", parse_reason, "Skälet, ett av de fasta orden", default="")
    why: str = field("varför", parse_text, "Skälet i ord", default="")


class Observation(Record):
    """Something seen on the spot, and what is done about it."""

    text: str = field("text", parse_text, "Vad ni såg", required=True)
    told_police: bool | None = field("rapporterad_till_polisen", parse_yes, "ja eller nej")
    action: str = field("åtgärd", parse_text, "Vad som görs åt det", default="")
    responsible: str = field("ansvarig", parse_id, "Funktion eller part som gör det", default="")
    done: date | None = field("klart", parse_date, "Dagen då det var gjort")


class QuickReport(Record):
    """One quick report. `facts` is text until the commitment's form says what type each answer has."""

    commitment: str = field("åtagande", parse_reference, "Åtagandet, eller plan/åtagande", required=True)
    plan: str = field("plan", parse_id, "Planen", default="")
    day: date | None = field("datum", parse_date, "Dagen då tillfället började")
    period: Period | TermName | None = nested("period", read_period, "Perioden, när rapporten anger totaler")
    start: int | None = field("start", parse_start, "Klockslag då tillfället började")
    end: int | None = field("slut", parse_end, "Klockslag då det slutade; får vara efter midnatt")
    parties: tuple[str, ...] = nested("parter", listing(parse_id), "Parterna som genomförde det", default=())
    places: tuple[str, ...] = nested("plats", one_or_more(parse_id), "En plats eller flera", default=())
    functions: Mapping[str, int] = nested(
        "funktioner", table(parse_id, parse_count), "Hur många av varje funktion", default=NOTHING
    )
    facts: Mapping[str, Tree] = nested("uppgifter", raw_table, "Svaren på blankettens frågor", default=NOTHING)
    steps: Mapping[str, str | int] = nested(
        "moment", table(parse_id, parse_step_answer), "ja, nej eller ej aktuellt", default=NOTHING
    )
    deviations: tuple[Deviation, ...] = nested("avvikelser", things(Deviation), "Det som inte blev som planerat", default=())
    observations: tuple[Observation, ...] = nested("iakttagelser", things(Observation), "Det ni såg", default=())
    hours: Mapping[str, Number] = nested("timmar", table(one_of(HOURS), parse_hours), "Arbetade timmar", default=NOTHING)
    text: str = field("text", parse_text, "Fritt om tillfället", default="")
    submitted: date | None = field("inlämnad", parse_date, "Dagen då rapporten lämnades in")
    reporter: str = field("rapportör", parse_id, "Funktionen som rapporterar", default="")
    state: str = field("läge", one_of(STATES), "genomförd, inställd, flyttad eller nollrapport", default=CARRIED_OUT)
    moved_to: Period | TermName | None = nested("flyttad_till", read_period, "Dagen eller perioden det flyttades till")
    count: Quantity | None = field("antal", parse_quantity, "Antal tillfällen i perioden, eller så många som flyttades")
    done: bool | None = field("klart", parse_yes, "ja när en engångsåtgärd är klar")
    replaces: tuple[str, ...] = nested("ersätter", one_or_more(parse_text), "Id på rapporten som rättas", default=())
    receipt: str = field("kvitto", parse_receipt, "Kvittonumret från blanketten, eller källan och radens id", default="")
    edition: str = field("utgåva", parse_receipt, "Utgåvan av blanketten som rapporten skrevs i", default="")
    row_id: str = field("id", parse_text, "Radens id i en CSV-fil", default="")


def no_day() -> Problem:
    """A report that does not say when."""
    return Problem("S102", "varken datum eller period finns", "lägg till datum: för ett tillfälle, period: för totaler")


def as_tree(columns: Mapping[str, str | None]) -> dict[str, Any]:
    """A CSV row as the tree of a file that says the same: dots make levels, lists have commas, empty cells are left out."""
    return nesting(columns)(columns.values())


def nesting(columns: Iterable[str]) -> Callable[[Iterable[str | None]], dict[str, Any]]:
    """What makes the cells under some columns the tree of a row, as `as_tree`, when there are many rows."""
    ways = []
    for column in columns:
        head, dot, tail = column.partition(".")
        ways.append((head, tail, head in _OF_THINGS) if dot else (head, None, head in _LISTS))

    def tree_of(cells: Iterable[str | None]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for (head, tail, several), cell in zip(ways, cells, strict=True):
            if cell is None:
                continue
            if tail is None:
                listed = several and ("," in cell or head == "parter")
                tree[head] = [part.strip() for part in cell.split(",")] if listed else cell
            elif several:
                tree.setdefault(head, [{}])[0][tail] = cell
            elif head in tree:
                tree[head][tail] = cell
            else:
                tree[head] = {tail: cell}
        return tree

    return tree_of


_LISTS = ("parter", "plats", "ersätter")
_OF_THINGS = ("avvikelser", "iakttagelser")
