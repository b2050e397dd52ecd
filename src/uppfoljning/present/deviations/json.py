"""`avvikelser --format json`: a contract with a version. Numbers are numbers, what nobody has stated is null."""

from __future__ import annotations

from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.followup.deviations import Departure, Deviations, OpenObservation, ReasonCount, totals_in
from uppfoljning.followup.table import DeviationCounts
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance

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
        "planer": [_plan(one) for one in found],
    }
    return json_text(content)


def _plan(found: Deviations) -> dict[str, Any]:
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
        "avvikelser": [_departure(one) for one in found.departures],
        "skäl": [_reason(one) for one in found.reasons],
        "öppna_iakttagelser": [_observation(one) for _, group in found.observations for one in group],
    }


def _occasions(counts: DeviationCounts) -> dict[str, int]:
    return {
        "som_planerat": counts.as_planned,
        "ändrade": counts.changed,
        "inställda": counts.cancelled,
        "flyttade": counts.moved,
    }


def _departure(one: Departure) -> dict[str, Any]:
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


def _observation(one: OpenObservation) -> dict[str, Any]:
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
