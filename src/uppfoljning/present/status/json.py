"""`status --format json`: a contract with a version. Numbers are numbers, what is unknown is null."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from uppfoljning.domain.number import Number
from uppfoljning.domain.period import period_name
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.row import Row
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import Line, Table
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text
from uppfoljning.present.figures import days
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status import beside
from uppfoljning.present.status.process_json import process

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


def commitment(table: Table, line: Line, selection: Selection) -> dict[str, Any]:
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


def _target(line: Line, row: Row, selection: Selection) -> dict[str, Any]:
    target, outcome = row.target, row.outcome
    was = beside.decided_row(line, row)
    before = line.former.get(target.id) if line.former is not None else None
    return {
        "id": target.id,
        "operator": target.operator,
        "värde": [number(target.value), number(target.ceiling)] if target.operator == "mellan" else number(row.whole),
        "enhet": target.unit,
        "förväntat": number(row.expected),
        "utfall": number(outcome.value),
        "säkerhet": outcome.certainty or None,
        "andel": number(row.fulfilment),
        "takt": number(row.pace),
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
