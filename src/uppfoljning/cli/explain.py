"""`underlag`: where a figure comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import DayOption, PeriodOption, PlanOption, RefOption


def underlag(
    ctx: typer.Context,
    commitment: Annotated[str, typer.Argument(metavar="ÅTAGANDE", help="Åtagandet, eller plan/åtagande.")],
    plan: PlanOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
) -> int:
    """Visa varifrån en siffra kommer: vad som räknas, vad som inte gör det och varför."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.views.status_detail import explain_text

    opened = reading.open_project(ctx, ref)
    view, _, tables = reading.asked_for(opened.project, words=[commitment], plan=plan, period=period, day=day)
    if not tables:
        raise Misuse(f"åtagandet {commitment} har inga dagar i perioden {period}.")
    screen = standard_output()
    screen.show(explain_text(tables[0], tables[0].lines[0], opened.foot(view.as_of), screen.width))
    return reading.finish(opened.project, ref)
