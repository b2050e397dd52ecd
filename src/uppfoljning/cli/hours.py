"""`timmar`: where the hours went."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import DayOption, FormatOption, OutOption, PeriodOption, PlanOption, RefOption


def timmar(
    ctx: typer.Context,
    commitments: Annotated[list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa.")] = None,
    plan: PlanOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Visa hur många timmar arbetet har tagit: per åtagande, per part och månad för månad."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.followup.hours import worked_hours
    from uppfoljning.present.views.hours import FORMATS

    target = writing.settled(ctx, format, out)
    opened = reading.open_project(ctx, ref)
    project = opened.one_by_one()
    view, _, tables = reading.asked_for(project, words=commitments or [], plan=plan, period=period, day=day)
    FORMATS[target.format]([worked_hours(table) for table in tables], target.foot(ctx, opened, view.as_of), view, target.screen)
    target.finish()
    return reading.finish(opened.project, ref)
