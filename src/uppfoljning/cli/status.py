"""`status`: the follow-up table, and the detailed view of one commitment."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.grouping import GroupingOption, settled, show_groups
from uppfoljning.cli.options import (
    DayOption,
    FormatOption,
    OutOption,
    PartyOption,
    PeriodOption,
    PlaceOption,
    PlanOption,
    RefOption,
    SinceOption,
)


def status(
    ctx: typer.Context,
    commitments: Annotated[
        list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa; ett ensamt visas i detalj.")
    ] = None,
    plan: PlanOption = "",
    party: PartyOption = "",
    place: PlaceOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    since: SinceOption = "",
    ref: RefOption = None,
    grouping: GroupingOption = None,
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Visa uppföljningen: hur det går mot det som lovats."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.present.views.status_formats import FORMATS

    by = settled(grouping, party, place, since)
    target = writing.settled(ctx, format, out)
    limits = (commitments, party, place, period, since, ref, by)
    opened = reading.open_summed(ctx, day) if target.format == "text" and not any(limits) else None
    opened = opened or reading.open_project(ctx, ref)
    asked = reading.asked_for(
        opened.project, words=commitments or [], plan=plan, party=party, place=place, period=period, day=day
    )
    view, selection, tables = asked
    beside = reading.decided_beside(opened, reading.past_of(opened, [table.plan for table in tables]))
    tables = reading.beside_former(opened, list(map(beside, tables)), since)
    foot = target.foot(ctx, opened, view.as_of).seeing(gap for table in tables for gap in table.gaps)
    if by is not None:
        show_groups(opened, asked._replace(tables=tables), beside, by, target, foot)
    else:
        FORMATS[target.format](tables, foot, view, selection, target.screen)
    target.finish()
    return reading.finish(opened.project, ref)
