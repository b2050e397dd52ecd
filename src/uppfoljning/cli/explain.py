"""`underlag`: where a figure comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.arguments import DayOption, PeriodOption, PlanOption


def underlag(
    ctx: typer.Context,
    commitment: Annotated[str, typer.Argument(metavar="ÅTAGANDE", help="Åtagandet, eller plan/åtagande.")],
    plan: PlanOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
) -> int:
    """Visa varifrån en siffra kommer: vad som räknas, vad som inte gör det och varför."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.output import standard_output
    from uppfoljning.followup.selection import Selection, selected
    from uppfoljning.followup.table import follow_up
    from uppfoljning.present.explain_text import explain_text

    opened = reading.open_project(ctx)
    project = opened.project
    plans = reading.chosen_plans(project, plan, [commitment])
    reading.check_commitments([commitment], plans)
    view = reading.view_of(day, period, plans)
    tables = [follow_up(one, view, forms=project.forms, entries=project.entries.get(one.id, {})) for one in plans]
    shown = selected(tables, Selection(commitments=frozenset([commitment])))
    if not shown:
        raise Misuse(f"åtagandet {commitment} har inga dagar i perioden {period}.")
    screen = standard_output()
    screen.show(explain_text(shown[0], shown[0].lines[0], opened.foot(view.as_of), screen.width))
    return reading.finish(project)
