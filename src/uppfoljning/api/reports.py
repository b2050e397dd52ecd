"""The reports of a project as a table: a row for each, its own fields and the answers of its form as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from uppfoljning.api.columns import ColumnKind, FrameColumn, joined
from uppfoljning.domain.clock import WEEKDAYS
from uppfoljning.domain.consolidation import Ledger, ledger_at
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Form, figure_of
from uppfoljning.domain.number import Certainty, Number, Quantity, written
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import HOURS, STATES

CERTAINTIES = tuple(word for word in get_args(Certainty) if word)
FIGURES = ("antal", "tal", "andel", "längd", "ja/nej")
"""The kinds of answers that are figures; a ja is 1 and a nej 0, so that they add up with the number of ja in a total."""


class ReportRow(NamedTuple):
    """What a row is made of: a report in its plan, with what became of it among the others."""

    plan: str
    commitment: str
    entry: Entry
    ledger: Ledger


def reported(plans: Iterable[Plan], entries: Mapping[str, Mapping[str, tuple[Entry, ...]]], as_of: date) -> list[ReportRow]:
    """The reports that a day can see, by plan and commitment and in order of date, corrected ones among them."""
    found = []
    for plan in plans:
        for commitment in plan.commitments:
            ledger = ledger_at(entries.get(plan.id, {}).get(commitment.id, ()), as_of)
            seen = sorted((*ledger.entries, *ledger.replaced_entries), key=lambda entry: (entry.span, entry.submitted, entry.id))
            found += [ReportRow(plan.id, commitment.id, entry, ledger) for entry in seen]
    return found


def _clock(minutes: int | None) -> str | None:
    """A clock time as it is written; what is past midnight is past 24."""
    return None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


def _stated_period(one: ReportRow) -> str | None:
    return period_name(one.entry.span) if one.entry.total else None


def _count(one: ReportRow) -> Number | None:
    return None if one.entry.report.count is None else one.entry.report.count.value


def _count_sure(one: ReportRow) -> str | None:
    return None if one.entry.report.count is None else one.entry.report.count.certainty or None


def _hours(kind: str) -> Callable[[ReportRow], Number | None]:
    return lambda one: one.entry.report.hours.get(kind)


REPORTS: tuple[FrameColumn, ...] = (
    FrameColumn("plan", "text", "Planens id", lambda one: one.plan),
    FrameColumn("åtagande", "text", "Åtagandets id", lambda one: one.commitment),
    FrameColumn("id", "text", "Rapportens id, som en rättelse nämner den med", lambda one: one.entry.id),
    FrameColumn("fil", "text", "Filen den står i", lambda one: one.entry.file),
    FrameColumn("rad", "whole", "Raden i en CSV-fil, som ett kalkylark visar den", lambda one: one.entry.sheet_row),
    FrameColumn("summa", "yes", "Den anger summor för en period och inte ett tillfälle", lambda one: one.entry.total),
    FrameColumn("period", "text", "Perioden som summorna gäller", _stated_period),
    FrameColumn("från", "day", "Tillfällets dag, eller periodens första", lambda one: one.entry.span.first),
    FrameColumn("till", "day", "Tillfällets dag, eller periodens sista", lambda one: one.entry.span.last),
    FrameColumn(
        "veckodag",
        WEEKDAYS,
        "Tillfällets veckodag",
        lambda one: None if one.entry.total else WEEKDAYS[one.entry.span.first.weekday()],
    ),
    FrameColumn("start", "text", "Klockslag då det började", lambda one: _clock(one.entry.report.start)),
    FrameColumn("slut", "text", "Klockslag då det slutade; får vara efter midnatt", lambda one: _clock(one.entry.report.end)),
    FrameColumn("läge", STATES, "Vad som hände", lambda one: one.entry.report.state),
    FrameColumn("parter", "text", "Parterna som gjorde det, med komma emellan", lambda one: joined(one.entry.parties)),
    FrameColumn("plats", "text", "Platsen, eller flera med komma emellan", lambda one: joined(one.entry.report.places)),
    FrameColumn("rapportör", "text", "Funktionen som rapporterar", lambda one: one.entry.report.reporter or None),
    FrameColumn("inlämnad", "day", "Dagen då den lämnades in, när den är angiven", lambda one: one.entry.report.submitted),
    FrameColumn("antal", "figure", "Antal tillfällen, när rapporten anger det", _count),
    FrameColumn("antal_säkerhet", CERTAINTIES, "Hur säkert antalet är", _count_sure),
    FrameColumn(
        "flyttad_till",
        "text",
        "Dagen eller perioden det flyttades till",
        lambda one: None if one.entry.report.moved_to is None else period_name(one.entry.report.moved_to),
    ),
    FrameColumn("klart", "yes", "Om en engångsåtgärd är klar", lambda one: one.entry.report.done),
    FrameColumn("avvikelser", "whole", "Hur många avvikelser den anger", lambda one: len(one.entry.report.deviations)),
    FrameColumn("iakttagelser", "whole", "Hur många iakttagelser den anger", lambda one: len(one.entry.report.observations)),
    FrameColumn("rättad_av", "text", "Rapporten som har ersatt den", lambda one: _id(one.ledger.replaced.get(one.entry.id))),
    FrameColumn(
        "samma_tillfälle_som",
        "text",
        "En annan parts rapport om samma tillfälle, som räknas",
        lambda one: _id(one.ledger.joined.get(one.entry.id)),
    ),
    *(FrameColumn(f"timmar.{kind}", "figure", f"Timmar, {kind}", _hours(kind)) for kind in HOURS),
)
"""The columns that every table of reports has; after them come those of its plans and forms."""


def _id(entry: Entry | None) -> str | None:
    return None if entry is None else entry.id


def report_columns(plans: Iterable[Plan], forms: Mapping[str, Form]) -> list[FrameColumn]:
    """All columns of the reports of some plans: what every report has, then its functions, steps and answers.

    They depend on the plans and forms alone and not on what has been reported. An answer that two forms have as different kinds
    is text.
    """
    plans = list(plans)
    commitments = [one for plan in plans for one in plan.commitments]
    functions = dict.fromkeys(name for plan in plans for name in plan.functions)
    steps = dict.fromkeys(step.id for one in commitments for step in one.steps)
    kinds: dict[str, set[str]] = {}
    for name in dict.fromkeys(one.form for one in commitments if one.form in forms):
        for field, about in forms[name].fields.items():
            kinds.setdefault(field, set()).add(about.type)
    found = list(REPORTS)
    found += [FrameColumn(f"funktioner.{name}", "figure", "Hur många av funktionen", _function(name)) for name in functions]
    found += [FrameColumn(f"moment.{name}", "text", "Svaret för momentet", _step(name)) for name in steps]
    for field, types in kinds.items():
        found += _answers(field, types)
    return found


def _answers(field: str, types: set[str]) -> list[FrameColumn]:
    name, about = f"uppgifter.{field}", f"Svaret på en fråga av typen {' eller '.join(sorted(types))}"
    if types <= set(FIGURES):
        found = [FrameColumn(name, "figure", about, lambda one: _figure(one, field))]
        if types & {"antal", "tal"}:
            found.append(FrameColumn(f"{name}.säkerhet", CERTAINTIES, "Hur säkert det är", lambda one: _figure_sure(one, field)))
        return found
    kind: ColumnKind = "day" if types <= {"datum", "tidpunkt"} else "text"
    return [FrameColumn(name, kind, about, lambda one: _answer(one.entry.facts.get(field), types))]


def _figure(one: ReportRow, field: str) -> Number | None:
    """The figure of an answer, also in a report of what was not carried out."""
    said = figure_of(one.entry.facts.get(field))
    return None if said is None else said.value


def _figure_sure(one: ReportRow, field: str) -> str | None:
    said = figure_of(one.entry.facts.get(field))
    return None if said is None else said.certainty or None


def _answer(answer: Any, types: set[str]) -> Any:
    """An answer that is no figure; where the kinds differ, as text."""
    if types <= {"datum", "tidpunkt"} or answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, Quantity):
        return " ".join(filter(None, (answer.certainty, written(answer.value) if _finite(answer) else str(answer.value))))
    if isinstance(answer, bool):
        return "ja" if answer else "nej"
    if isinstance(answer, datetime):
        return answer.isoformat(" ", "minutes")
    if isinstance(answer, date):
        return answer.isoformat()
    return _clock(answer)


def _finite(said: Quantity) -> bool:
    """Whether a figure can be written with decimals; a length of time may be thirds of an hour."""
    rest = said.value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _function(name: str) -> Callable[[ReportRow], int | None]:
    return lambda one: one.entry.report.functions.get(name)


def _step(name: str) -> Callable[[ReportRow], str | None]:
    return lambda one: None if (said := one.entry.report.steps.get(name)) is None else str(said)
