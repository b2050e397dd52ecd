"""`avvikelser`: what changed, how and why, and what is open."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import (
    DayOption,
    FormatOption,
    OutOption,
    PartyOption,
    PeriodOption,
    PlaceOption,
    PlanOption,
    RefOption,
)


def avvikelser(
    ctx: typer.Context,
    commitments: Annotated[list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa.")] = None,
    plan: PlanOption = "",
    party: PartyOption = "",
    place: PlaceOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    ref: RefOption = None,
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Visa vad som inte blev som planerat: vad, hur och varför, och vilka iakttagelser som är öppna."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.followup.deviations import deviations_of
    from uppfoljning.present.views.deviations import FORMATS

    target = writing.settled(ctx, format, out)
    opened = reading.open_project(ctx, ref)
    view, selection, tables = reading.asked_for(
        opened.project, words=commitments or [], plan=plan, party=party, place=place, period=period, day=day
    )
    found = [deviations_of(table) for table in tables]
    FORMATS[target.format](found, target.foot(ctx, opened, view.as_of), view, selection, target.screen)
    target.finish()
    return reading.finish(opened.project, ref)
