"""`bedom`: writes the judgement file to fill in."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import DayOption, PlanOption


def bedom(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="Perioden som ska bedömas: 2026-T1, 2026-H1, VT2026 …")
    ],
    plan: PlanOption = "",
    day: DayOption = "",
    by: Annotated[
        str, typer.Option("--av", metavar="GRUPP", help="Gruppen som bedömer; en grupp, aldrig en person.")
    ] = "styrgruppen",
) -> int:
    """Skriv filen där styrgruppen bedömer varje åtagande, med programmets förslag bredvid."""
    from uppfoljning.cli import reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.output import written
    from uppfoljning.cli.project_dir import project_root
    from uppfoljning.files.atomic_write import write_new
    from uppfoljning.files.text import ascii_name
    from uppfoljning.present.views.status_document import judgement_file

    opened = reading.open_project(ctx)
    project = opened.project
    plans = reading.chosen_plans(project, plan, [])
    view = reading.view_of(day, period, plans)
    assert view.period is not None
    tables = [table for table in reading.followed(project, plans, view) if table.lines]
    if not tables:
        raise Misuse(f"ingen plan har något åtagande i perioden {period}.")
    if len(tables) > 1:
        raise Misuse(
            f"flera planer har åtaganden i perioden {period}. Välj en med --plan: {', '.join(t.plan.id for t in tables)}."
        )
    (table,) = tables
    name = f"reports/bedomningar/{ascii_name(f'{table.plan.id}-{period}')}.yaml"
    with written(name):
        new = write_new(project_root(ctx) / name, judgement_file(table, view.period, by))
    if not new:
        raise Misuse(f"{name} finns redan. Fyll i den som finns, eller ta bort den först.")
    print(f"Skrev {name}. Fyll i den och kör sedan: uppfoljning validera")
    return reading.finish(project)
