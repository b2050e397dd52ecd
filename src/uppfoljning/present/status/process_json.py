"""How the work was done, as plain values for JSON: the documentation chain, the hours, the steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from uppfoljning.domain.number import Number
from uppfoljning.domain.report import HOURS
from uppfoljning.followup.documentation import documentation
from uppfoljning.followup.hours import hours_of
from uppfoljning.followup.steps import StepCount, owners, steps_of
from uppfoljning.followup.table import Line


def process(line: Line, number: Callable[[Number | None], int | float | None]) -> dict[str, Any]:
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


def _step(line: Line, count: StepCount) -> dict[str, Any]:
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
