"""`saknas --format json`: a contract with a version. Numbers are numbers, what is unknown is null."""

from __future__ import annotations

from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.followup.outstanding import SOON, Once, Outstanding, Overview, Partly, Report
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance

VERSION = 1


def outstanding_json(overviews: list[Overview], foot: Provenance, view: View) -> str:
    """What is outstanding as JSON text; `snart` reaches `snart_dagar` days ahead."""
    functions = [one for overview in overviews for one in overview.functions]
    content = {
        "version": VERSION,
        "plan": overviews[0].plan.id if len(overviews) == 1 else None,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
        "snart_dagar": SOON,
        "antal": {
            "saknade": sum(len(one.missing) for one in functions),
            "moment_kvar": sum(len(one.undone) for one in functions),
            "funktioner": sum(one.lacking > 0 for one in functions),
            "sena": sum(len(one.late) for one in functions),
            "moment_delvis": sum(len(one.partly) for one in functions),
        },
        "funktioner": [_function(overview.plan.id, one) for overview in overviews for one in overview.told],
    }
    return json_text(content)


def _function(plan: str, one: Outstanding) -> dict[str, Any]:
    return {
        "plan": plan,
        "id": one.who.id,
        "titel": one.who.title,
        "part": one.who.party,
        "part_titel": one.who.party_title,
        "saknade": [_report(report) | {"dagar_sedan": report.days} for report in one.missing],
        "sena": [_late(report) for report in one.late],
        "moment_kvar": [_once(step) | {"dagar_sedan": step.days} for step in one.undone],
        "moment_delvis": [_partly(step) for step in one.partly],
        "snart": [(_report(one) if isinstance(one, Report) else _once(one)) | {"dagar_kvar": one.days} for one in one.soon],
    }


def _report(report: Report) -> dict[str, Any]:
    commitment, duty = report.commitment, report.duty
    return {
        "slag": "rapport",
        "åtagande": commitment.id,
        "titel": commitment.title,
        "avser": period_name(duty.about),
        "förfaller": duty.due.isoformat(),
    }


def _late(report: Report) -> dict[str, Any]:
    answered = report.duty.answered
    return _report(report) | {"inkom": answered.isoformat() if answered else None, "dagar_sent": report.days}


def _once(item: Once) -> dict[str, Any]:
    return _step(item) | {"förfaller": item.due.isoformat()}


def _partly(item: Partly) -> dict[str, Any]:
    return _step(item) | {
        "gjort": item.done,
        "tillfällen": item.occasions,
        "inte_gjort": [day.isoformat() for day in item.undone],
        "inget_svar": [day.isoformat() for day in item.unanswered],
    }


def _step(item: Once | Partly) -> dict[str, Any]:
    commitment, step = item.commitment, item.step
    return {"slag": "moment", "åtagande": commitment.id, "titel": commitment.title, "moment": step.id, "moment_titel": step.title}
