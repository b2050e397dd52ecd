"""`status`: the follow-up table, and the detailed view of one commitment."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.arguments import (
    DayOption,
    FormatOption,
    PartyOption,
    PeriodOption,
    PlaceOption,
    PlanOption,
    RefOption,
    TableFormat,
)
from uppfoljning.cli.grouping import GroupingOption, settled, show_groups


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
    since: Annotated[
        str, typer.Option("--sedan", metavar="PERIOD|DATUM", help="Jämför med en tidigare avläsning: 2026-T1, 2026-04-30 …")
    ] = "",
    ref: RefOption = None,
    grouping: GroupingOption = None,
    format: FormatOption = TableFormat.text,
) -> int:
    """Visa uppföljningen: hur det går mot det som lovats."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.status.formats import FORMATS

    by = settled(grouping, party, place, since)
    opened = reading.open_project(ctx, ref)
    asked = reading.asked_for(
        opened.project, words=commitments or [], plan=plan, party=party, place=place, period=period, day=day
    )
    view, selection, tables = asked
    beside = reading.decided_beside(opened, [table.plan for table in tables])
    tables = reading.beside_former(opened, list(map(beside, tables)), since)
    if by is not None:
        show_groups(opened, asked._replace(tables=tables), beside, by, format.value)
    else:
        FORMATS[format.value](tables, opened.foot(view.as_of), view, selection, standard_output())
    return reading.finish(opened.project, ref)
