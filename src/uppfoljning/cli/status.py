"""`status`: the follow-up table, and the detailed view of one commitment."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.arguments import DayOption, PeriodOption, PlanOption, TableFormat


def status(
    ctx: typer.Context,
    commitments: Annotated[
        list[str] | None, typer.Argument(metavar="ÅTAGANDE", help="Visa bara dessa; ett ensamt visas i detalj.")
    ] = None,
    plan: PlanOption = "",
    party: Annotated[str, typer.Option("--part", metavar="PART", help="Bara åtaganden som binder den här parten.")] = "",
    place: Annotated[
        str, typer.Option("--plats", metavar="PLATS", help="Bara åtaganden med tillfällen på den här platsen.")
    ] = "",
    period: PeriodOption = "",
    day: DayOption = "",
    format: Annotated[
        TableFormat, typer.Option("--format", metavar="FORMAT", help="text, json, csv eller md.")
    ] = TableFormat.text,
) -> int:
    """Visa uppföljningen: hur det går mot det som lovats."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.output import standard_output
    from uppfoljning.followup.selection import Selection, selected
    from uppfoljning.followup.table import follow_up
    from uppfoljning.present.status_formats import FORMATS

    words = commitments or []
    opened = reading.open_project(ctx)
    project = opened.project
    plans = reading.chosen_plans(project, plan, words)
    reading.check_commitments(words, plans)
    reading.check_party(party, plans)
    reading.check_place(place, plans)
    view = reading.view_of(day, period, plans)
    selection = Selection(commitments=frozenset(words), party=party, place=place)
    followed = [
        follow_up(one, view, forms=project.forms, entries=project.entries.get(one.id, {}), judgements=project.judgements)
        for one in plans
    ]
    FORMATS[format.value](selected(followed, selection), opened.foot(view.as_of), view, selection, standard_output())
    return reading.finish(project)
