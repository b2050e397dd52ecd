"""The formats of `avvikelser`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.deviations import Departure, Deviations, OpenObservation, ReasonCount, totals_in
from uppfoljning.followup.table import DeviationCounts, Selection
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Column, Document, Grid, data, number, reading, stacked
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.document.tables import plan_part, small_paper
from uppfoljning.present.escape import json_text
from uppfoljning.present.figures import UNKNOWN, days, plural
from uppfoljning.present.layout import GAP, LayoutColumn, laid, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain
from uppfoljning.present.views import deviation_cells as cells
from uppfoljning.present.views.status import head, nothing

# `avvikelser --format json`: a contract with a version. Numbers are numbers, what nobody has stated is null.


VERSION = 1


def deviations_json(found: list[Deviations], foot: Provenance, view: View) -> str:
    """The deviations as JSON text."""
    content = {
        "version": VERSION,
        "plan": found[0].table.plan.id if len(found) == 1 else None,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
        "planer": [_json_plan(one) for one in found],
    }
    return json_text(content)


def _json_plan(found: Deviations) -> dict[str, Any]:
    plan = found.table.plan
    return {
        "id": plan.id,
        "titel": plan.title,
        "tillfällen": _occasions(found.total),
        "åtaganden": [
            {
                "id": line.commitment.id,
                "titel": line.commitment.title,
                "parter": list(line.commitment.parties),
                "tillfällen": _occasions(counts),
                "moment": sum(one.kind == "moment" and one.matter is line.matter for one in found.departures),
                "planändringar": sum(one.kind == "plan" and one.matter is line.matter for one in found.departures),
                "rapporter_med_summor": totals_in(line.matter),
                "skäl": dict(counts.reasons),
            }
            for line, counts in found.occasions
        ],
        "avvikelser": [_json_departure(one) for one in found.departures],
        "skäl": [_reason(one) for one in found.reasons],
        "öppna_iakttagelser": [_json_observation(one) for _, group in found.observations for one in group],
    }


def _occasions(counts: DeviationCounts) -> dict[str, int]:
    return {
        "som_planerat": counts.as_planned,
        "ändrade": counts.changed,
        "inställda": counts.cancelled,
        "flyttade": counts.moved,
    }


def _json_departure(one: Departure) -> dict[str, Any]:
    stated, amendment, sequel = one.deviation, one.amendment, one.sequel
    to = one.entry.report.moved_to if one.entry is not None else None
    return {
        "slag": one.kind,
        "när": period_name(one.when),
        "åtagande": one.matter.commitment.id,
        "titel": one.matter.commitment.title,
        "platser": list(one.entry.report.places) if one.entry is not None else [],
        "moment": one.part.id if one.part is not None else None,
        "vad": stated.what if stated else amendment.what if amendment else one.part.title if one.part else None,
        "hur": (stated.how or None) if stated else None,
        "före": (amendment.before or None) if amendment else None,
        "efter": (amendment.after or None) if amendment else None,
        "skäl": one.reason or None,
        "varför": one.why or None,
        "beslut": (amendment.decision or None) if amendment else None,
        "flyttad_till": period_name(to) if to is not None else None,
        "vad_det_blev": None if sequel is None else {"läge": sequel.fate, "när": sequel.days and period_name(sequel.days)},
        "ansvarig": (one.part.responsible or None) if one.part is not None else None,
        "fil": one.file,
        "rad": one.row,
    }


def _reason(one: ReasonCount) -> dict[str, Any]:
    return {"skäl": one.reason or None, "antal": one.number, "slag": dict(one.kinds)}


def _json_observation(one: OpenObservation) -> dict[str, Any]:
    observation = one.observation
    return {
        "när": period_name(one.entry.span),
        "åtagande": one.matter.commitment.id,
        "platser": list(one.entry.report.places),
        "text": observation.text,
        "åtgärd": observation.action or None,
        "ansvarig": observation.responsible or None,
        "rapporterad_till_polisen": observation.told_police,
        "fil": one.file,
        "rad": one.row,
    }


# `avvikelser` as tables, as CSV for Excel in Swedish, and as Markdown.


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
        (model_text(line.commitment.title), *_counts(counts), model_text(" · ".join(cells.occasion_remarks(found, line, counts))))
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
        (*_tables_departure(plans.table.plan, one), *_departure_data(plans.table.plan, one))
        for plans in found
        for one in plans.departures
    )
    return Grid("avvikelser", "Det som inte blev som planerat, i datumordning", columns, tuple(rows))


def _tables_departure(plan: Plan, one: Departure) -> Iterator[Cell]:
    yield model_text(cells.when(one))
    yield model_text(cells.title(one))
    yield model_text(cells.described(one, plan))
    yield model_text(cells.how(one))
    yield model_text(cells.why(one))
    yield model_text(cells.remedy(one))
    yield model_text(cells.where(one))


def _departure_data(plan: Plan, one: Departure) -> Iterator[Cell]:
    yield model_text(plan.id)
    yield model_text(cells.period(one))
    yield model_text(one.matter.commitment.id)
    yield model_text(one.matter.commitment.title)
    yield model_text(one.kind)
    yield model_text(cells.state(one))
    yield model_text(", ".join(one.entry.report.places) if one.entry is not None else "")
    yield model_text(one.part.title if one.part is not None else "")
    yield model_text(_stated(cells.what(one)))
    yield model_text(_stated(cells.how(one)))
    yield model_text(one.reason)
    yield model_text(one.why)
    yield model_text(_stated(cells.remedy(one)))
    yield model_text(plan.name_of(one.part.responsible) if one.part is not None else "")
    yield model_text("")
    yield model_text(one.file)
    yield number(one.row)


def _stated(said: str) -> str:
    """An empty cell, rather than a dash, for what nobody has stated."""
    return "" if said in (UNKNOWN, cells.NO_REASON) else said


def reasons_grid(found: Deviations) -> Grid:
    """How often each reason was given."""
    columns = (Column("Skäl"), Column("Antal", "tal"), Column("Varav"))
    rows = ((model_text(cells.reason(one)), number(one.number), model_text(cells.kinds(one))) for one in found.reasons)
    return Grid("skäl", "Skäl", columns, tuple(rows), of=(("plan", found.table.plan.id),))


def observations_grid(found: Iterable[Deviations]) -> Grid:
    """The open observations of some plans, each plan's by who is to act."""
    columns = (
        reading("Vem"), reading("När"), reading("Plats"), reading("Vad", "fritext"), reading("Åtgärd", "fritext"),
        reading("Polisen underrättad"), reading("Fil"), *_DATA,
    )  # fmt: skip
    rows = (
        (*_tables_observation(plans.table.plan, who, one), *_observation_data(plans.table.plan, one))
        for plans in found
        for who, group in plans.observations
        for one in group
    )
    return Grid("iakttagelser", "Öppna iakttagelser efter vem som ska göra något", columns, tuple(rows))


def _tables_observation(plan: Plan, who: str, one: OpenObservation) -> Iterator[Cell]:
    yield model_text(cells.who(who, plan))
    yield model_text(one.entry.span.first.isoformat())
    yield model_text(cells.place(one, plan))
    yield model_text(one.observation.text)
    yield model_text(cells.action(one))
    yield model_text(cells.told_police(one))
    yield model_text(cells.where(one))


def _observation_data(plan: Plan, one: OpenObservation) -> Iterator[Cell]:
    yield model_text(plan.id)
    yield model_text(one.entry.span.first.isoformat())
    yield model_text(one.matter.commitment.id)
    yield model_text(one.matter.commitment.title)
    yield model_text(OPEN)
    yield model_text("öppen")
    yield model_text(", ".join(one.entry.report.places))
    yield model_text("")
    yield model_text(one.observation.text)
    yield from map(model_text, ("", "", ""))
    yield model_text(one.observation.action)
    yield model_text(plan.name_of(one.observation.responsible))
    yield model_text(cells.told_police(one))
    yield model_text(one.entry.file)
    yield number(one.row)


def deviations_csv(found: list[Deviations]) -> str:
    """For each plan a row for each departure, then one for each open observation, told apart by `slag`."""
    empty = departures_grid([])
    return csv_text(stacked(empty, *(grid for one in found for grid in (departures_grid([one]), observations_grid([one])))))


def deviations_markdown(found: list[Deviations], foot: Provenance, selection: Selection) -> str:
    """For each plan a heading, the answer, and a table for each list."""
    parts = [] if found else [f"{nothing(selection)}\n"]
    for one in found:
        parts += _tables_markdown(one, selection)
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def _tables_markdown(found: Deviations, selection: Selection) -> Iterator[str]:
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


# `avvikelser` as a small paper.


def deviations_paper(found: list[Deviations], foot: Provenance, view: View, selection: Selection) -> Document:
    """The answer and the tables of each plan."""
    parts = [
        plan_part(
            one.table.plan,
            (cells.answer(one), cells.limited(selection)),
            occasions_grid(one),
            departures_grid([one]),
            reasons_grid(one),
            observations_grid([one]),
        )
        for one in found
    ]
    return small_paper("Avvikelser", view, foot, parts, nothing(selection))


# `avvikelser` as text: the answer first, then each commitment, the list, the reasons, what is open. Cards on a narrow screen.


WIDEST_IN_A_PIPE = 160
"""How wide the list is laid where a line may be of any width: what a page of text in landscape holds."""

_STYLES = {"inställd": "bad", "moment": "warn", "flyttad": "warn"}


def deviations_text(found: list[Deviations], foot: Provenance, room: int | None, selection: Selection) -> Iterator[TextLine]:
    """The deviations of each plan, then one foot for all."""
    if not found:
        yield from folded(nothing(selection), room)
        yield BLANK
    for one in found:
        yield from _text_plan(one, room, selection)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _text_plan(found: Deviations, room: int | None, selection: Selection) -> Iterator[TextLine]:
    yield from head(found.table.plan.title, found.table.view, room)
    yield from folded(cells.answer(found), room)
    if text := cells.limited(selection):
        yield from folded(text, room, style="quiet")
    if found.occasions:
        yield BLANK
        yield from _commitments(found, room)
    if found.departures:
        yield BLANK
        yield from folded("Det som inte blev som planerat, i datumordning", room, style="title")
        yield from _list(found, room)
        yield BLANK
        yield from folded(f"Skäl, för {plural(len(found.departures), 'rad', 'rader')} ovan", room, style="title")
        yield from _reasons(found, room)
    if found.observations:
        yield BLANK
        yield from _observations(found, room)


def _commitments(found: Deviations, room: int | None) -> Iterator[TextLine]:
    columns = [
        LayoutColumn("Åtagande", folds=True, least=18),
        *(LayoutColumn(name, right=True) for name in cells.OCCASION_COLUMNS),
    ]
    body = [[line.commitment.title, *cells.occasion_cells(counts)] for line, counts in found.occasions]
    sizes = widths(columns, body, room)
    if sizes is not None:
        yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for (line, counts), row in zip(found.occasions, body, strict=True):
        if sizes is not None:
            yield from (plain(GAP.join(parts)) for parts in laid(columns, row, sizes))
        else:
            yield from folded(row[0], room, style="title")
            named = zip(cells.OCCASION_COLUMNS, row[1:], strict=True)
            yield from folded(" · ".join(f"{name.lower()} {figure}" for name, figure in named), room, 2)
        if said := cells.occasion_remarks(found, line, counts):
            yield from folded(" · ".join(said), room, 4, "quiet")


def _list(found: Deviations, room: int | None) -> Iterator[TextLine]:
    plan = found.table.plan
    columns = [
        LayoutColumn("När"),
        LayoutColumn("Åtagande", folds=True, least=20),
        LayoutColumn("Vad", folds=True, least=20),
        LayoutColumn("Hur", folds=True, least=20),
        LayoutColumn("Varför", folds=True, least=20),
        LayoutColumn("Åtgärd", folds=True, least=18),
    ]
    body = [_row(one, plan) for one in found.departures]
    sizes = widths(columns, body, room or WIDEST_IN_A_PIPE)
    if sizes is None:
        for one, row in zip(found.departures, body, strict=True):
            yield from _card(one, row, room)
        return
    yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for one, row in zip(found.departures, body, strict=True):
        yield from (plain(GAP.join(parts)) for parts in laid(columns, row, sizes))
        yield from folded(cells.where(one), room, 4, "quiet")


def _row(one: Departure, plan: Plan) -> list[str]:
    text = cells.described(one, plan)
    return [cells.when(one), cells.title(one), text, cells.how(one), cells.why(one), cells.remedy(one)]


def _card(one: Departure, row: Sequence[str], room: int | None) -> Iterator[TextLine]:
    """One departure, one thing a line; what nobody has stated is left out, but never that there is no reason."""
    when, title, what, how, why, remedy = row
    yield from folded(f"{when} · {title}", room, style="title")
    yield from folded(what, room, 2, _STYLES.get(one.kind, ""))
    for name, text in (("hur", how), ("varför", why), ("åtgärd", remedy)):
        if text != UNKNOWN:
            yield from folded(f"{name}: {text}", room, 2)
    yield from folded(cells.where(one), room, 2, "quiet")


def _reasons(found: Deviations, room: int | None) -> Iterator[TextLine]:
    columns = [LayoutColumn("Skäl"), LayoutColumn("Antal", right=True), LayoutColumn("Varav", folds=True, least=20)]
    body = [[cells.reason(one), str(one.number), cells.kinds(one)] for one in found.reasons]
    sizes = widths(columns, body, room - 2 if room else None)
    for row in body:
        if sizes is None:
            yield from folded(f"{row[0]}: {row[1]}, varav {row[2]}", room, 2)
        else:
            yield from (plain("  " + GAP.join(parts)) for parts in laid(columns, row, sizes))


def _observations(found: Deviations, room: int | None) -> Iterator[TextLine]:
    plan = found.table.plan
    yield from folded(f"Öppna iakttagelser efter vem som ska göra något ({found.open})", room, style="title")
    for who, observations in found.observations:
        yield from folded(f"{cells.who(who, plan)} ({len(observations)})", room, 2, "title")
        for one in observations:
            yield from _text_observation(one, plan, room)


def _text_observation(one: OpenObservation, plan: Plan, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{one.entry.span.first} {cells.place(one, plan)}: {one.observation.text}", room, 4)
    said = [f"åtgärd: {cells.action(one)}", f"polisen underrättad: {cells.told_police(one)}", cells.where(one)]
    yield from folded(" · ".join(said), room, 6, "quiet")


Writer = Callable[[list[Deviations], Provenance, View, Selection, Screen], None]


def _text(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:

    screen.show(deviations_text(found, foot, screen.width, selection))


def _json(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:

    screen.write_data(deviations_json(found, foot, view))


def _csv(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:

    screen.write_data(deviations_csv(found))


def _formats_markdown(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:

    screen.write_data(deviations_markdown(found, foot, selection))


def _paper(face: str) -> Writer:
    def write(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, deviations_paper(found, foot, view, selection)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _formats_markdown,
    **{face: _paper(face) for face in PAPERS},
}
