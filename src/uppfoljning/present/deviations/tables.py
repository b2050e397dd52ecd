"""`avvikelser` as tables, as CSV for Excel in Swedish, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.domain.plan import Plan
from uppfoljning.followup.deviations import Departure, Deviations, OpenObservation
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import DeviationCounts
from uppfoljning.present.deviations import cells
from uppfoljning.present.document.model import Cell, Column, Grid, data, number, reading, stacked, text
from uppfoljning.present.figures import UNKNOWN, days
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.status.text import nothing

_DATA = (
    data("plan"), data("när"), data("åtagande"), data("titel"), data("slag"), data("läge"), data("platser"), data("moment"),
    data("vad", "fritext"), data("hur", "fritext"), data("skäl"), data("varför", "fritext"), data("åtgärd", "fritext"),
    data("ansvarig"), data("rapporterad till polisen"), data("fil"), data("rad", "tal"),
)  # fmt: skip
OPEN = "öppen iakttagelse"


def occasions_grid(found: Deviations) -> Grid:
    """How the occasions of each commitment went."""
    columns = (Column("Åtagande"), *(Column(name, "tal") for name in cells.OCCASION_COLUMNS), Column("Anmärkning", "fritext"))
    rows = (
        (text(line.commitment.title), *_counts(counts), text(" · ".join(cells.occasion_remarks(found, line, counts))))
        for line, counts in found.occasions
    )
    return Grid("tillfällen", "Per åtagande", columns, tuple(rows), of=(("plan", found.table.plan.id),))


def _counts(counts: DeviationCounts) -> Iterator[Cell]:
    figures = (counts.as_planned, counts.changed, counts.cancelled, counts.moved)
    return (number(value if any(figures) else None) for value in figures)


def departures_grid(found: Iterable[Deviations]) -> Grid:
    """A row for each departure of some plans, each plan's in order of date."""
    columns = (
        reading("När"), reading("Åtagande"), reading("Vad", "fritext"), reading("Hur", "fritext"), reading("Varför", "fritext"),
        reading("Åtgärd", "fritext"), reading("Fil"), *_DATA,
    )  # fmt: skip
    rows = (
        (*_departure(plans.table.plan, one), *_departure_data(plans.table.plan, one))
        for plans in found
        for one in plans.departures
    )
    return Grid("avvikelser", "Det som inte blev som planerat, i datumordning", columns, tuple(rows))


def _departure(plan: Plan, one: Departure) -> Iterator[Cell]:
    yield text(cells.when(one))
    yield text(cells.title(one))
    yield text(cells.described(one, plan))
    yield text(cells.how(one))
    yield text(cells.why(one))
    yield text(cells.remedy(one))
    yield text(cells.where(one))


def _departure_data(plan: Plan, one: Departure) -> Iterator[Cell]:
    yield text(plan.id)
    yield text(cells.period(one))
    yield text(one.matter.commitment.id)
    yield text(one.matter.commitment.title)
    yield text(one.kind)
    yield text(cells.state(one))
    yield text(", ".join(one.entry.report.places) if one.entry is not None else "")
    yield text(one.part.title if one.part is not None else "")
    yield text(_stated(cells.what(one)))
    yield text(_stated(cells.how(one)))
    yield text(one.reason)
    yield text(one.why)
    yield text(_stated(cells.remedy(one)))
    yield text(plan.name_of(one.part.responsible) if one.part is not None else "")
    yield text("")
    yield text(one.file)
    yield number(one.row)


def _stated(said: str) -> str:
    """An empty cell, rather than a dash, for what nobody has stated."""
    return "" if said in (UNKNOWN, cells.NO_REASON) else said


def reasons_grid(found: Deviations) -> Grid:
    """How often each reason was given."""
    columns = (Column("Skäl"), Column("Antal", "tal"), Column("Varav"))
    rows = ((text(cells.reason(one)), number(one.number), text(cells.kinds(one))) for one in found.reasons)
    return Grid("skäl", "Skäl", columns, tuple(rows), of=(("plan", found.table.plan.id),))


def observations_grid(found: Iterable[Deviations]) -> Grid:
    """The open observations of some plans, each plan's by who is to act."""
    columns = (
        reading("Vem"), reading("När"), reading("Plats"), reading("Vad", "fritext"), reading("Åtgärd", "fritext"),
        reading("Polisen underrättad"), reading("Fil"), *_DATA,
    )  # fmt: skip
    rows = (
        (*_observation(plans.table.plan, who, one), *_observation_data(plans.table.plan, one))
        for plans in found
        for who, group in plans.observations
        for one in group
    )
    return Grid("iakttagelser", "Öppna iakttagelser efter vem som ska göra något", columns, tuple(rows))


def _observation(plan: Plan, who: str, one: OpenObservation) -> Iterator[Cell]:
    yield text(cells.who(who, plan))
    yield text(one.entry.span.first.isoformat())
    yield text(cells.place(one, plan))
    yield text(one.observation.text)
    yield text(cells.action(one))
    yield text(cells.told_police(one))
    yield text(cells.where(one))


def _observation_data(plan: Plan, one: OpenObservation) -> Iterator[Cell]:
    yield text(plan.id)
    yield text(one.entry.span.first.isoformat())
    yield text(one.matter.commitment.id)
    yield text(one.matter.commitment.title)
    yield text(OPEN)
    yield text("öppen")
    yield text(", ".join(one.entry.report.places))
    yield text("")
    yield text(one.observation.text)
    yield from map(text, ("", "", ""))
    yield text(one.observation.action)
    yield text(plan.name_of(one.observation.responsible))
    yield text(cells.told_police(one))
    yield text(one.entry.file)
    yield number(one.row)


def deviations_csv(found: list[Deviations]) -> str:
    """For each plan a row for each departure, then one for each open observation, told apart by `slag`."""
    empty = departures_grid([])
    return csv_text(stacked(empty, *(grid for one in found for grid in (departures_grid([one]), observations_grid([one])))))


def deviations_markdown(found: list[Deviations], foot: Provenance, selection: Selection) -> str:
    """For each plan a heading, the answer, and a table for each list."""
    parts = [] if found else [f"{nothing(selection)}\n"]
    for one in found:
        parts += _markdown(one, selection)
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def _markdown(found: Deviations, selection: Selection) -> Iterator[str]:
    plan, view = found.table.plan, found.table.view
    seen = f"Per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
    yield f"## {escaped(plan.title)}\n\n{seen}. {cells.answer(found)} {escaped(cells.limited(selection))}".rstrip() + "\n"
    if found.occasions:
        yield "### Per åtagande\n"
        yield markdown_table(occasions_grid(found))
    if found.departures:
        yield "### Det som inte blev som planerat, i datumordning\n"
        yield markdown_table(departures_grid([found]))
        yield "### Skäl\n"
        yield markdown_table(reasons_grid(found))
    if found.observations:
        yield "### Öppna iakttagelser efter vem som ska göra något\n"
        yield markdown_table(observations_grid([found]))
