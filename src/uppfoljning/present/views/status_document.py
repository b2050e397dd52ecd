"""`status --format json`: a contract with a version. Numbers are numbers, what is unknown is null."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from uppfoljning.domain.judgement import CARRIED_OUT_WORDS, RESULT_WORDS
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.report import HOURS
from uppfoljning.domain.target import promise
from uppfoljning.followup.documentation import StepCount, documentation, hours_of, owners, steps_of
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document, Part
from uppfoljning.present.document.tables import plan_part, small_paper
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import days, sentences
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.views import status_cells as beside
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status import nothing, status_grid, summary

# How the work was done, as plain values for JSON: the documentation chain, the hours, the steps.


def process(line: CommitmentFollowUp, number: Callable[[Number | None], int | float | None]) -> dict[str, Any]:
    """The keys that a commitment has of it; hours that nobody states are null."""
    hours = hours_of(line.matter)
    return {
        "dokumentation": documentation(line.commitment),
        "timmar": {
            **{kind: number(hours.kinds.get(kind)) for kind in HOURS},
            "summa": number(hours.total),
            "rapporter_med_timmar": hours.stated,
            "rapporter": hours.reports,
        },
        "moment": [_step(line, count) for count in steps_of(line.matter)],
    }


def _step(line: CommitmentFollowUp, count: StepCount) -> dict[str, Any]:
    """A step of every occasion is counted; one that is done once has days."""
    each = count.step.each_occasion
    return {
        "id": count.step.id,
        "titel": count.step.title,
        "ansvariga": list(owners(line.commitment, count.step)),
        "varje_tillfälle": each,
        "gjort": count.done if each else None,
        "tillfällen": count.occasions if each else None,
        "gjort_den": _day(count.done_on),
        "senast": _day(count.due),
        "försenat": count.late,
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


VERSION = 1


def status_json(tables: list[Table], foot: Provenance, view: View, selection: Selection) -> str:
    """The follow-up as JSON text."""
    return json_text(content(tables, foot, view, selection))


def content(tables: list[Table], foot: Provenance, view: View, selection: Selection) -> dict[str, Any]:
    """The follow-up as plain values."""
    only = tables[0].plan.id if len(tables) == 1 else None
    return {
        "version": VERSION,
        "plan": only,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
        "planer": [_plan(table) for table in tables],
        "åtaganden": [commitment(table, line, selection) for table in tables for line in table.lines],
    }


def commitment(table: Table, line: CommitmentFollowUp, selection: Selection) -> dict[str, Any]:
    """One commitment as plain values."""
    verdict = line.verdict
    return {
        "plan": table.plan.id,
        "id": line.commitment.id,
        "titel": line.commitment.title,
        "parter": list(line.commitment.parties),
        "status": line.status.value,
        "bedömning": None
        if verdict is None
        else {"period": line.verdict_period, "genomförande": verdict.carried_out or None, "resultat": verdict.result or None},
        "fullständighet": number(line.received.share),
        "punktlighet": number(line.received.timeliness),
        "innehåll": number(line.content),
        "avvikelser": {
            "som planerat": line.departures.as_planned,
            "ändrade": line.departures.changed,
            "inställda": line.departures.cancelled,
            "flyttade": line.departures.moved,
            "skäl": dict(line.departures.reasons),
        },
        "saknade": [
            {"avser": period_name(duty.about), "förföll": duty.due.isoformat(), "från": line.commitment.reporter}
            for duty in line.missing
        ],
        "mål": [_target(line, row, selection) for row in line.rows],
        "tillagt_efter_beslutet": line.promised is not None and line.promised.added is not None,
        "borttagna_mål": [_decided(row) for row in line.promised.gone] if line.promised is not None else [],
        **process(line, number),
    }


def _target(line: CommitmentFollowUp, row: Row, selection: Selection) -> dict[str, Any]:
    target, outcome = row.target, row.outcome
    was = beside.decided_row(line, row)
    before = line.former.get(target.id) if line.former is not None else None
    return {
        "id": target.id,
        "operator": target.operator,
        "värde": [number(target.value), number(target.ceiling)] if target.operator == "mellan" else number(row.whole),
        "enhet": target.unit,
        "förväntat": number(row.expected),
        "mål_för_redovisad_del": number(row.part),
        "utfall": number(outcome.value),
        "säkerhet": outcome.certainty or None,
        "andel": number(row.fulfilment),
        "takt": number(row.pace),
        "mot_planen": number(beside.against_plan(row)),
        "status": row.status.value,
        "prognos": number(row.forecast),
        "ej_redovisat": [days(part, year=True) for part in row.unreported],
        "villkor_ej_visat": outcome.unshown,
        "varav": number(selection.share_of(line, row)),
        "beslutat": None if was is None else _decided(was),
        "förra": None if before is None else {"utfall": number(before.outcome.value), "status": before.status.value},
    }


def _decided(row: Row) -> dict[str, Any]:
    """A promise as it was decided, with today's reports."""
    return {
        "löfte": promise(row.target),
        "värde": number(row.whole),
        "förväntat": number(row.expected),
        "utfall": number(row.outcome.value),
        "andel": number(row.fulfilment),
        "status": row.status.value,
    }


def _plan(table: Table) -> dict[str, Any]:
    """What is known of the wording that was decided; the commit is null where it is not known."""
    known = table.decided
    return {
        "id": table.plan.id,
        "beslutad_i": known.wording.commit or None if known is not None else None,
        "avkortad": table.cut,
        "utgångna": [event.change.commitment for event in known.dropped] if known is not None else [],
        "ändringar_utan_skäl": known.unexplained if known is not None else None,
    }


def number(value: Number | Fraction | None) -> int | float | None:
    """An exact figure as a JSON number."""
    if value is None or isinstance(value, int):
        return value
    return value.numerator if value.denominator == 1 else float(value)


# The judgement file to fill in: every commitment with the suggested status beside an empty verdict.


def judgement_file(table: Table, period: Period, by: str) -> str:
    """The text of the file. An empty verdict is no verdict, so that it can be filled in little by little."""
    return "".join(f"{line}\n" for line in _lines(table, period, by))


def _lines(table: Table, period: Period, by: str) -> Iterator[str]:
    yield f"# Bedömning av {one_line(table.plan.title)}. Fyll i efter kolonen; det som lämnas tomt är inte bedömt."
    yield f"# genomförande: {' | '.join(CARRIED_OUT_WORDS)}"
    yield f"# resultat: {' | '.join(RESULT_WORDS)}"
    yield f"bedömning: {period_name(period)}"
    yield f"plan: {table.plan.id}"
    yield f"datum: {table.view.as_of}"
    yield f"av: {json.dumps(one_line(by), ensure_ascii=False)}"
    yield "åtaganden:"
    for line in table.lines:
        yield f"  {line.commitment.id}:"
        yield f"    # {one_line(line.commitment.title)}"
        for text in _suggestions(line):
            yield f"    # {text}"
        yield "    genomförande:"
        yield "    resultat:"
        yield "    motivering:"


def _suggestions(line: CommitmentFollowUp) -> Iterator[str]:
    for row in line.rows:
        name = f"{row.target.id}: " if len(line.rows) > 1 else ""
        said = [f"hittills {cells.so_far(row)}", f"hela målet {cells.whole(row)}"]
        if against := cells.against_plan_said(row):
            said.append(f"mot planen {against}")
        yield one_line(f"{name}förslag: {row.status}; {', '.join(said)}")
    for text in (cells.departures(line.departures), cells.missing(line.missing, line.commitment.reporter)):
        if text:
            yield one_line(text)


# `status` as a small paper, for a workbook, a document or a web page.


def status_paper(tables: list[Table], foot: Provenance, view: View, selection: Selection) -> Document:
    """The follow-up of each plan."""
    return small_paper("Uppföljning", view, foot, status_parts(tables, selection), nothing(selection))


def status_parts(tables: Iterable[Table], selection: Selection, of: tuple[tuple[str, str], ...] = ()) -> list[Part]:
    """A part for each plan; `of` is what tells its table from those of the same plan elsewhere."""
    return [
        plan_part(
            table.plan,
            (f"{summary(table).removesuffix('.')}.", *beside.dropped(table), *sentences(table.gaps)),
            status_grid([table], selection)._replace(of=of),
        )
        for table in tables
    ]


# `status` as CSV for Excel in Swedish, and as Markdown.


def status_csv(tables: list[Table], selection: Selection) -> str:
    """A row for each target."""
    return csv_text(status_grid(tables, selection))


def status_markdown(tables: list[Table], foot: Provenance, selection: Selection) -> str:
    """A heading and a table for each plan."""
    parts = [] if tables else [f"{nothing(selection)}\n"]
    for table in tables:
        parts += markdown_parts(table, selection)
    parts += [f"{escaped(text)}\n" for text in sentences(gap for table in tables for gap in table.gaps)]
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def markdown_parts(table: Table, selection: Selection, level: str = "##") -> Iterator[str]:
    """A plan's heading with the answer, and its table."""
    when = (
        f"Per {table.view.as_of}"
        if table.view.period is None
        else f"{days(table.view.period, year=True)}, per {table.view.as_of}"
    )
    yield f"{level} {escaped(table.plan.title)}\n\n{when}. {summary(table)}.\n"
    if table.lines:
        dropped = "".join(f"\n{escaped(text)}\n" for text in beside.dropped(table))
        yield markdown_table(status_grid([table], selection)) + dropped
