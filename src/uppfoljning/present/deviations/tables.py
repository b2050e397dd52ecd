"""`avvikelser` as CSV for Excel in Swedish, and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from uppfoljning.followup.deviations import Departure, Deviations, OpenObservation
from uppfoljning.followup.selection import Selection
from uppfoljning.present.deviations import cells
from uppfoljning.present.figures import UNKNOWN, days
from uppfoljning.present.foot import Foot
from uppfoljning.present.safe import one_line
from uppfoljning.present.status.tables import BYTE_ORDER_MARK, escaped
from uppfoljning.present.status.tables import cell_text as cell
from uppfoljning.present.status.text import nothing

_CSV_HEAD = (
    "plan", "när", "åtagande", "titel", "slag", "läge", "platser", "moment", "vad", "hur", "skäl", "varför", "åtgärd", "ansvarig",
    "rapporterad till polisen", "fil", "rad",
)  # fmt: skip
OPEN = "öppen iakttagelse"


def deviations_csv(found: list[Deviations]) -> str:
    """A row for each departure in order of date, then one for each open observation, told apart by `slag`."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for one in found:
        writer.writerows(map(cell, _departure(one, departure)) for departure in one.departures)
        for _, group in one.observations:
            writer.writerows(map(cell, _observation(one, observation)) for observation in group)
    return BYTE_ORDER_MARK + out.getvalue()


def _stated(text: str) -> str:
    """An empty cell, rather than a dash, for what nobody has stated."""
    return "" if text in (UNKNOWN, cells.NO_REASON) else text


def _departure(found: Deviations, one: Departure) -> Iterator[str]:
    plan = found.table.plan
    yield plan.id
    yield cells.period(one)
    yield one.matter.commitment.id
    yield one.matter.commitment.title
    yield one.kind
    yield cells.state(one)
    yield ", ".join(one.entry.report.places) if one.entry is not None else ""
    yield one.part.title if one.part is not None else ""
    yield _stated(cells.what(one))
    yield _stated(cells.how(one))
    yield one.reason
    yield one.why
    yield _stated(cells.remedy(one))
    yield plan.name_of(one.part.responsible) if one.part is not None else ""
    yield ""
    yield one.file
    yield "" if one.row is None else str(one.row)


def _observation(found: Deviations, one: OpenObservation) -> Iterator[str]:
    plan, observation = found.table.plan, one.observation
    yield plan.id
    yield one.entry.span.first.isoformat()
    yield one.matter.commitment.id
    yield one.matter.commitment.title
    yield OPEN
    yield "öppen"
    yield ", ".join(one.entry.report.places)
    yield ""
    yield observation.text
    yield from ("", "", "")
    yield observation.action
    yield plan.name_of(observation.responsible)
    yield cells.told_police(one)
    yield one.entry.file
    yield "" if one.row is None else str(one.row)


def deviations_markdown(found: list[Deviations], foot: Foot, selection: Selection) -> str:
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
        counted = [
            (
                one_line(line.commitment.title),
                *cells.occasion_cells(counts),
                " · ".join(cells.occasion_remarks(found, line, counts)),
            )
            for line, counts in found.occasions
        ]
        yield _table(("Åtagande", *cells.OCCASION_COLUMNS, "Anmärkning"), counted, figures=range(1, 5))
    if found.departures:
        yield "### Det som inte blev som planerat, i datumordning\n"
        body = [
            (cells.when(one), cells.title(one), cells.described(one, plan), cells.how(one), cells.why(one),
             cells.remedy(one), cells.where(one))
            for one in found.departures
        ]  # fmt: skip
        yield _table(("När", "Åtagande", "Vad", "Hur", "Varför", "Åtgärd", "Fil"), body)
        yield "### Skäl\n"
        reasons = [(cells.reason(one), str(one.number), cells.kinds(one)) for one in found.reasons]
        yield _table(("Skäl", "Antal", "Varav"), reasons, figures=(1,))
    if found.observations:
        yield "### Öppna iakttagelser efter vem som ska göra något\n"
        seen_rows = [
            (cells.who(who, plan), one.entry.span.first.isoformat(), cells.place(one, plan), one.observation.text,
             cells.action(one), cells.told_police(one), cells.where(one))
            for who, group in found.observations
            for one in group
        ]  # fmt: skip
        yield _table(("Vem", "När", "Plats", "Vad", "Åtgärd", "Polisen underrättad", "Fil"), seen_rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[int] = ()) -> str:
    rule = "|".join("---:" if at in figures else "---" for at in range(len(head)))
    lines = ["| " + " | ".join(head) + " |", f"|{rule}|"]
    lines += ["| " + " | ".join(escaped(text) for text in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
