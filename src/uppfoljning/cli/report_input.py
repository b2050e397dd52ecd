"""Everything that a report of one plan is made from, as the options ask for it."""

from __future__ import annotations

from typing import NamedTuple

import typer

from uppfoljning.cli import reading
from uppfoljning.cli.command_line import again
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.reading import Opened
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.history import account_of
from uppfoljning.followup.outstanding import outstanding
from uppfoljning.followup.table import Selection, selected
from uppfoljning.present.document.report import ReportInput
from uppfoljning.project.load import CheckedProject


class ReportOptions(NamedTuple):
    """What the options say, as the user wrote it."""

    plan: str = ""
    party: str = ""
    place: str = ""
    period: str = ""
    day: str = ""
    since: str = ""


def whole_of(ctx: typer.Context, opened: Opened, asked: ReportOptions) -> ReportInput:
    """Follow up the one plan that is asked for, or the only one that runs on the day."""
    project = opened.project
    plan = _plan(project, asked.plan, asked.day)
    reading.check_party(asked.party, [plan])
    reading.check_place(asked.place, [plan])
    view = reading.view_of(asked.day, asked.period, [plan])
    selection = Selection(party=asked.party, place=asked.place)
    found = selected(reading.followed(project, [plan], view), selection)
    if not found:
        raise Misuse("inget åtagande passar urvalet.")
    past = reading.past_of(opened, [plan])
    history = past.histories.get(plan.id)
    (table,) = map(reading.decided_beside(opened, past), found)
    (table,) = reading.beside_former(opened, [table], asked.since)
    return ReportInput(
        table,
        selection,
        deviations_of(table),
        outstanding(table),
        account_of(plan, history, view, selection, known=True, gaps=history.gaps) if history is not None else None,
        opened.foot(view.as_of).seeing(table.gaps),
        again(ctx, view.as_of),
    )


def _plan(project: CheckedProject, wanted: str, day: str) -> Plan:
    plans = reading.chosen_plans(project, wanted, [])
    as_of = reading.view_of(day, "", plans).as_of
    running = [plan for plan in plans if as_of in plan.span]
    for found in (plans, running):
        if len(found) == 1:
            return found[0]
    if not plans:
        raise Misuse("det finns ingen plan. Gör en med uppfoljning init, eller se med uppfoljning validera om en är utelämnad.")
    which = f"flera planer gäller {as_of}" if running else f"ingen plan gäller {as_of}"
    raise Misuse(f"{which}. Välj en med --plan: {', '.join(plan.id for plan in running or plans)}")
