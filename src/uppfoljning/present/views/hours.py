"""The formats of `timmar`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from uppfoljning.domain.number import Number, exact
from uppfoljning.domain.period import period_name
from uppfoljning.domain.report import HOURS
from uppfoljning.followup.hours import Kinds, WorkedHours
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Document, Grid, data, number, reading, text
from uppfoljning.present.document.tables import plan_part, small_paper
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, plural
from uppfoljning.present.layout import GAP, LayoutColumn, laid, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.drawn import PAPERS, drawn
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain
from uppfoljning.present.views.status import head

VERSION = 1
_SUM = "tillsammans"
_COLUMNS = (*HOURS, _SUM)

_HoursRow = tuple[str, str, str, Kinds]
"""How a row is told apart: what kind of row it is, its id for programs, its name for those who read, and its hours."""


def _rows(found: WorkedHours) -> Iterator[_HoursRow]:
    plan = found.table.plan
    for line, hours in found.commitments:
        yield "åtagande", line.commitment.id, line.commitment.title, hours.kinds
    for parties, kinds in found.parties:
        yield "part", ", ".join(parties), ", ".join(plan.name_of(one) for one in parties), kinds
    for month, kinds in found.months:
        yield "månad", period_name(month), days(month, year=True), kinds


def _total(kinds: Kinds) -> Number | None:
    return sum(kinds.values()) if kinds else None


def answer(found: WorkedHours) -> str:
    """All hours in a sentence, and how many reports state any: what is not stated is not seen."""
    stated, reports = found.stated
    total = _total(found.total)
    if total is None:
        return f"Inga timmar är angivna i {plural(reports, 'rapport', 'rapporter')}." if reports else "Inga rapporter än."
    said = f"{figure(total)} timmar, angivna i {figure(stated)} av {plural(reports, 'rapport', 'rapporter')}."
    return said if stated == reports else f"{said} Timmarna i de andra syns inte här."


# For those who read, and for programs.


_DATA = (data("plan"), data("slag"), data("id"), data("namn"), *(data(name, "tal") for name in _COLUMNS))


def hours_grid(several: Iterable[WorkedHours]) -> Grid:
    """A row for each commitment, each company of parties and each month of some plans; each kind of row has the same sum."""
    columns = (reading("Per"), reading("Vad"), *(reading(name.capitalize(), "tal") for name in _COLUMNS), *_DATA)
    rows = []
    for found in several:
        for kind, name, title, kinds in _rows(found):
            figures = [*_figures(kinds)]
            rows.append(
                (text(kind), text(title), *figures, *map(text, (found.table.plan.id, kind, name, title)), *figures),
            )
    return Grid("timmar", "Timmar per åtagande, part och månad", columns, tuple(rows))


def _figures(kinds: Kinds) -> Iterator[Cell]:
    yield from (number(kinds.get(kind)) for kind in HOURS)
    yield number(_total(kinds))


def hours_json(several: list[WorkedHours], foot: Provenance, view: View) -> str:
    """The hours as JSON text: a contract with a version. What nobody has stated is null."""
    content = {
        "version": VERSION,
        "plan": several[0].table.plan.id if len(several) == 1 else None,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
        "planer": [_json_plan(one) for one in several],
    }
    return json_text(content)


def _json_plan(found: WorkedHours) -> dict[str, Any]:
    plan = found.table.plan
    stated, reports = found.stated
    return {
        "id": plan.id,
        "titel": plan.title,
        "timmar": _json_kinds(found.total),
        "rapporter": {"med_timmar": stated, "alla": reports},
        "åtaganden": [
            {"id": line.commitment.id, "titel": line.commitment.title, "timmar": _json_kinds(one.kinds),
             "rapporter": {"med_timmar": one.stated, "alla": one.reports}}
            for line, one in found.commitments
        ],
        "parter": [{"parter": list(parties), "timmar": _json_kinds(kinds)} for parties, kinds in found.parties],
        "månader": [{"period": period_name(month), "timmar": _json_kinds(kinds)} for month, kinds in found.months],
    }  # fmt: skip


def _json_kinds(kinds: Kinds) -> dict[str, float | int | None]:
    return {kind: _as_number(kinds.get(kind)) for kind in HOURS} | {_SUM: _as_number(_total(kinds))}


def _as_number(value: Number | None) -> float | int | None:
    if value is None:
        return None
    whole = exact(Fraction(value))
    return whole if isinstance(whole, int) else float(whole)


def hours_markdown(several: list[WorkedHours], foot: Provenance) -> str:
    """A heading, the answer and a table for each plan."""
    parts = [] if several else ["Inga planer.\n"]
    for found in several:
        parts.append(f"## {escaped(found.table.plan.title)}\n\n{answer(found)}\n")
        if found.total:
            parts.append(markdown_table(hours_grid([found])))
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def hours_paper(several: list[WorkedHours], foot: Provenance, view: View) -> Document:
    """The answer and the table of each plan."""
    parts = [plan_part(one.table.plan, (answer(one),), hours_grid([one])) for one in several]
    return small_paper("Timmar", view, foot, parts)


# Text: the answer, then the three ways to part the hours.


def hours_text(several: list[WorkedHours], foot: Provenance, view: View, room: int | None) -> Iterator[TextLine]:
    """The hours of each plan, then one foot for all."""
    if not several:
        yield plain("Inga planer.")
        yield BLANK
    for found in several:
        yield from head(found.table.plan.title, view, room)
        yield from folded(answer(found), room)
        if found.total:
            yield from _text_rows(found, room)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


_HEADINGS = {"åtagande": "Per åtagande", "part": "Per part, och parter som arbetat tillsammans", "månad": "Per månad"}


def _text_rows(found: WorkedHours, room: int | None) -> Iterator[TextLine]:
    columns = [LayoutColumn("Vad", folds=True), *(LayoutColumn(name.capitalize(), right=True) for name in _COLUMNS)]
    rows = [(kind, _text_row(one_line(title), kinds)) for kind, _, title, kinds in _rows(found)]
    total = _text_row("Tillsammans", found.total)
    sizes = widths(columns, [*(row for _, row in rows), total], room)
    for kind, heading in _HEADINGS.items():
        yield BLANK
        yield plain(heading, "title")
        of_kind = [row for each, row in rows if each == kind]
        if sizes is None:
            for row in (*of_kind, total):
                said = ", ".join(f"{name} {value}" for name, value in zip(_COLUMNS, row[1:], strict=True) if value != UNKNOWN)
                yield from folded(f"{row[0]}: {said or 'inga angivna'}", room, 2)
            continue
        for row in ([column.name for column in columns], *of_kind, total):
            for line in laid(columns, row, sizes):
                yield plain(GAP.join(line).rstrip())


def _text_row(name: str, kinds: Kinds) -> list[str]:
    return [name, *(figure(kinds.get(kind)) for kind in HOURS), figure(_total(kinds))]


Writer = Callable[[list[WorkedHours], Provenance, View, Screen], None]


def _text(several: list[WorkedHours], foot: Provenance, view: View, screen: Screen) -> None:
    screen.show(hours_text(several, foot, view, screen.width))


def _json(several: list[WorkedHours], foot: Provenance, view: View, screen: Screen) -> None:
    screen.write_data(hours_json(several, foot, view))


def _csv(several: list[WorkedHours], foot: Provenance, view: View, screen: Screen) -> None:
    screen.write_data(csv_text(hours_grid(several)))


def _markdown(several: list[WorkedHours], foot: Provenance, view: View, screen: Screen) -> None:
    screen.write_data(hours_markdown(several, foot))


def _paper(face: str) -> Writer:
    def write(several: list[WorkedHours], foot: Provenance, view: View, screen: Screen) -> None:
        screen.write_bytes(drawn(face, hours_paper(several, foot, view)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text, "json": _json, "csv": _csv, "md": _markdown, **{face: _paper(face) for face in PAPERS},
}  # fmt: skip
