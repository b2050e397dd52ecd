"""`diff --format json`: a contract with a version. Numbers are numbers, what is unknown or not there is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import period_name
from uppfoljning.followup.differences import CommitmentDiff, Explained, FigureDiff, PlanDiff, TargetDiff
from uppfoljning.followup.table import Line
from uppfoljning.followup.variance_bridge import STEPS
from uppfoljning.present.diff import promises
from uppfoljning.present.diff.moments import Moments
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.json import number

VERSION = 1
_REPORTS = {"removed": "borttagna", "left_out": "utelämnade", "corrected": "rättade", "late": "sena", "new": "nya"}


def diff_json(found: Sequence[PlanDiff], moments: Moments) -> str:
    """What differs as JSON text; nothing when nothing does."""
    if not found:
        return ""
    content = {
        "version": VERSION,
        "från": _side(moments.before),
        "till": _side(moments.after),
        "period": period_name(moments.period) if moments.period else None,
        "planer": [_plan(one) for one in found],
    }
    return json_text(content)


def _side(foot: Provenance) -> dict[str, Any]:
    return {
        "vid": foot.as_of.isoformat(),
        "commit": foot.commit or None,
        **foot.json(),
        "mappen": not foot.exact,
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
    }


def _plan(found: PlanDiff) -> dict[str, Any]:
    state = "ändrad" if found.before and found.after else "ny" if found.after else "borttagen"
    return {
        "id": found.plan.id,
        "titel": found.plan.title,
        "läge": "oläslig" if found.unreadable else state,
        "antal_åtaganden": found.total,
        "ändringar": [_change(one) for one in promises.changes(found)],
        "åtaganden": [_commitment(one) for one in found.commitments],
    }


def _change(one: Explained) -> dict[str, Any]:
    return {
        "åtagande": one.change.commitment or None,
        "vad": one.change.what,
        "före": one.change.before or None,
        "efter": one.change.after or None,
        "ändrar_löftet": one.change.substance,
        "orsaker": [
            {
                "datum": entry.day.isoformat(),
                "skäl": entry.reason,
                "varför": entry.why or None,
                "beslut": entry.decision or None,
            }
            for entry in one.amendments
        ],
    }


def _commitment(one: CommitmentDiff) -> dict[str, Any]:
    return {
        "id": one.line.commitment.id,
        "titel": one.line.commitment.title,
        "parter": list(one.line.commitment.parties),
        "status": _both(*(line and line.status.value for line in (one.before, one.after))),
        "fullständighet": _both(*(line and number(line.received.share) for line in (one.before, one.after))),
        "bedömning": _both(*map(_verdict, (one.before, one.after))),
        "blankett_ändrad": one.form_changed,
        "mål": [_target(target) for target in one.targets],
        "rapporter": {name: [_report(entry) for entry in getattr(one.reports, kind)] for kind, name in _REPORTS.items()},
    }


def _both(before: Any, after: Any) -> dict[str, Any]:
    return {"före": before, "efter": after}


def _verdict(line: Line | None) -> dict[str, Any] | None:
    if line is None or line.verdict is None:
        return None
    verdict = line.verdict
    return {"period": line.verdict_period, "genomförande": verdict.carried_out or None, "resultat": verdict.result or None}


def _target(one: TargetDiff) -> dict[str, Any]:
    return {
        "id": one.target.id,
        "operator": one.target.operator,
        "enhet": one.target.unit,
        "status": _both(*(row and row.status.value for row in (one.before, one.after))),
        **{figure.name.replace(" ", "_"): _figure(figure) for figure in one.figures},
    }


def _figure(one: FigureDiff) -> dict[str, Any]:
    parts = {name.replace(" ", "_"): number(part) for name, part in zip(STEPS, one.parts, strict=True)}
    return {**_both(number(one.before), number(one.after)), "skillnad": number(one.change), "varav": parts}


def _report(entry: Entry) -> dict[str, Any]:
    return {"fil": entry.file, "rad": entry.sheet_row, "när": period_name(entry.span), "inlämnad": entry.submitted.isoformat()}
