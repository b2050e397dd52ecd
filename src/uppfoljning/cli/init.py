"""`init`: writes the next period's plan from an existing one."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.arguments import DayOption


def init(
    ctx: typer.Context,
    origin: Annotated[str, typer.Option("--fran", metavar="PLAN", help="Planen som ska föras vidare.")],
    period: Annotated[
        str,
        typer.Option(
            "--period", metavar="PERIOD", help="Den nya planens period. Annars den som följer direkt efter och är lika lång."
        ),
    ] = "",
    name: Annotated[str, typer.Option("--id", metavar="ID", help="Den nya planens id. Annars den gamlas med nytt år.")] = "",
    day: DayOption = "",
) -> int:
    """Skriv nästa periods plan ur en som finns: samma åtaganden med nya datum, och det som är öppet som kommentarer."""
    from uppfoljning.cli import next_plan, reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.where import project_root
    from uppfoljning.files.source import Folder
    from uppfoljning.followup.carried import carried_from
    from uppfoljning.present.succession.plan import summary

    if not origin:
        raise Misuse("flaggan --fran är tom. Skriv id på planen som ska föras vidare.")
    root = project_root(ctx)
    project = reading.open_project(ctx).project
    (plan,) = reading.chosen_plans(project, origin, [])
    view = reading.view_of(day, "", [plan])
    old = next_plan.Origin.read(Folder(root), project, plan)
    move = next_plan.move_from(old, period)
    new = next_plan.id_of(old, name, move)
    (table,) = reading.followed(project, [plan], view)
    carried = carried_from(table)
    file = next_plan.write(root, old, table, move, new, carried)
    print(f"Skrev {file}: {plan.id} förd vidare till {next_plan.named(move)}.")
    if told := summary(carried):
        print(told)
    print("Gå igenom raderna med # i filen: datum att kontrollera och det som är kvar att göra.")
    print("Kör sedan: uppfoljning validera")
    return reading.finish(project)
