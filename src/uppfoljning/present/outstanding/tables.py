"""`saknas` as a table, as CSV for Excel in Swedish, and as Markdown: one row for each thing that is missing, late or soon due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Commitment, Step
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Partly, Report
from uppfoljning.present.document.model import Cell, Grid, data, day, number, reading, text
from uppfoljning.present.figures import days, plural
from uppfoljning.present.outstanding.words import about, name, since, summary, until
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table

_COLUMNS = (
    *map(reading, ("Ansvarig", "Läge", "Åtagande", "Vad", "När")),
    data("plan"), data("funktion"), data("funktionens titel"), data("part"), data("läge"), data("slag"), data("åtagande"),
    data("åtagandets titel"), data("moment"), data("momentets titel"), data("avser"), data("förfaller", "datum"),
    data("inkom", "datum"), data("dagar", "tal"), data("gjort", "tal"), data("tillfällen", "tal"),
)  # fmt: skip


class _Fact(NamedTuple):
    """One thing of a function. `days` is how late it is or was, or how long is left; `told` says when in words."""

    state: str
    commitment: Commitment
    told: str
    report: Report | None = None
    step: Step | None = None
    due: date | None = None
    days: int | None = None
    partly: Partly | None = None


def _facts(one: Outstanding) -> Iterator[_Fact]:
    yield from (_report(item, "saknas", since(item)) for item in one.missing)
    yield from (_once(item, "inte gjort", since(item)) for item in one.undone)
    for item in one.late:
        yield _report(item, "kom sent", f"kom {item.duty.answered}, {plural(item.days, 'dag', 'dagar')} efter {item.due}")
    for step in one.partly:
        told = f"{step.done} av {plural(step.occasions, 'tillfälle', 'tillfällen')}"
        yield _Fact("inte varje gång", step.commitment, told, step=step.step, partly=step)
    for soon in one.soon:
        make = _report(soon, "snart", until(soon)) if isinstance(soon, Report) else _once(soon, "snart", until(soon))
        yield make


def _report(item: Report, state: str, told: str) -> _Fact:
    return _Fact(state, item.commitment, told, report=item, due=item.due, days=item.days)


def _once(item: Once, state: str, told: str) -> _Fact:
    return _Fact(state, item.commitment, told, step=item.step, due=item.due, days=item.days)


def outstanding_grid(overviews: Iterable[Overview]) -> Grid:
    """A row for each thing that is missing, late or soon due in some plans."""
    rows = tuple(
        (*_read(one, fact), *_data(overview, one, fact))
        for overview in overviews
        for one in overview.told
        for fact in _facts(one)
    )
    return Grid("saknas", "Det som saknas, kom sent eller snart ska vara klart", _COLUMNS, rows)


def _read(one: Outstanding, fact: _Fact) -> Iterator[Cell]:
    what = f"rapport för {about(fact.report)}" if fact.report else f"moment: {fact.step.title}" if fact.step else ""
    return map(text, (name(one.who), fact.state, fact.commitment.title, what, fact.told))


def _data(overview: Overview, one: Outstanding, fact: _Fact) -> Iterator[Cell]:
    duty, step, partly = fact.report and fact.report.duty, fact.step, fact.partly
    yield from map(text, (overview.plan.id, one.who.id, one.who.title, one.who.party))
    yield from map(text, (fact.state, "rapport" if duty else "moment"))
    yield from map(text, (fact.commitment.id, fact.commitment.title))
    yield from map(text, (step.id, step.title) if step else ("", ""))
    yield text(period_name(duty.about) if duty else "")
    yield day(fact.due)
    yield day(duty.answered if duty else None)
    yield number(fact.days)
    yield from map(number, (partly.done, partly.occasions) if partly else (None, None))


def outstanding_csv(overviews: list[Overview]) -> str:
    """One row for each thing."""
    return csv_text(outstanding_grid(overviews))


def outstanding_markdown(overviews: list[Overview], foot: Provenance) -> str:
    """A heading and the answer for each plan, then a table where there is anything to tell."""
    parts = [] if overviews else ["Inga planer.\n"]
    for overview in overviews:
        view = overview.view
        when = f"Per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
        parts.append(f"## {escaped(overview.plan.title)}\n\n{when}. {summary([overview])}\n")
        if overview.told:
            parts.append(markdown_table(outstanding_grid([overview])))
    parts.append(f"{foot}\n")
    return "\n".join(parts)
