"""`init`: a new repository, or the next period's plan from an existing one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import DayOption

if TYPE_CHECKING:
    from uppfoljning.present.views.repository import Wishes


class Forge(StrEnum):
    """Where a new repository is to be checked."""

    github = "github"
    gitlab = "gitlab"
    forgejo = "forgejo"
    ingen = "ingen"


def init(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="KATALOG", help="Mappen för det nya förrådet; den skapas om den saknas. Annars här.")
    ] = None,
    origin: Annotated[
        str | None, typer.Option("--fran", metavar="PLAN", help="För den här planen vidare i stället, i förrådet du står i.")
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="Planens period. Annars i år, och med --fran den som följer direkt efter och är lika lång.",
        ),
    ] = "",
    name: Annotated[
        str,
        typer.Option(
            "--id", metavar="ID", help="Planens id. Annars atgardsplan och perioden, och med --fran det gamla med ny period."
        ),
    ] = "",
    title: Annotated[str, typer.Option("--titel", metavar="TITEL", help="Planens titel.")] = "",
    municipality: Annotated[str, typer.Option("--kommun", metavar="NAMN", help="Kommunens namn, som Sala kommun.")] = "",
    ci: Annotated[
        list[Forge] | None,
        typer.Option(
            "--ci",
            metavar="TJÄNST",
            help="Var ändringar ska kontrolleras: github, gitlab, forgejo eller ingen. Får anges flera gånger.",
        ),
    ] = None,
    without_git: Annotated[
        bool, typer.Option("--utan-git", help="Gör inget git-förråd. Annars görs ett, om mappen inte redan ligger i ett.")
    ] = False,
    day: DayOption = "",
) -> int:
    """Gör ett nytt förråd med en plan att ändra i, eller skriv nästa periods plan ur en som finns."""
    from uppfoljning.cli.misuse import Misuse

    if origin is not None:
        alone = {"KATALOG": folder, "--titel": title, "--kommun": municipality, "--ci": ci, "--utan-git": without_git}
        if given := [word for word, value in alone.items() if value]:
            raise Misuse(f"{given[0]} går inte ihop med --fran, som för en plan vidare i förrådet du står i.")
        return _carry_over(ctx, origin, period, name, day)
    if day:
        raise Misuse("flaggan --vid hör ihop med --fran. Ett nytt förråd har inget att se tillbaka på.")
    from uppfoljning.cli import new_repository
    from uppfoljning.cli.options import directory

    forges = [one.value for one in ci or ()]
    if not (name or title or municipality or period or ci):
        municipality, period = _asked()
    wishes = new_repository.wishes(id=name, title=title, municipality=municipality, period=period, ci=forges)
    return _new(directory(ctx) / (folder or ""), wishes, with_git=not without_git)


def _asked() -> tuple[str, str]:
    """The municipality and the period, asked for where somebody is there to answer; else empty, for what suits most."""
    from datetime import date

    from uppfoljning.cli.prompt import Terminal, is_terminal
    from uppfoljning.domain.finding import Problem
    from uppfoljning.domain.period import parse_period

    if not is_terminal():
        return "", ""
    terminal = Terminal.open()
    terminal.tell("Två frågor. Enter hoppar över; allt går att ändra i planen sedan. Ctrl-C avbryter utan att skriva.")
    terminal.tell("", "Vad heter kommunen? Till exempel Sala kommun.", style="title")
    municipality = terminal.answer().strip()
    while True:
        terminal.tell("", "Vilken period gäller planen? Ett år som 2027, eller en del av ett, som 2027-H1.", style="title")
        period = terminal.answer(str(date.today().year)).strip()
        if not period or not isinstance(found := parse_period(period), Problem):
            return municipality, period
        terminal.refuse(found)


def _new(root: Path, wishes: Wishes, *, with_git: bool) -> int:
    """Write a new repository and say what to do with it."""
    from uppfoljning.cli import new_repository
    from uppfoljning.present.escape import shown

    files = new_repository.write(root, wishes)
    print("Skrev:", *(f"  {name}" for name in sorted(files)), sep="\n")
    if with_git:
        print(new_repository.keep(root, files))
    here = "uppfoljning" if root == Path() else f"uppfoljning -C {shown(str(root))}"
    print(f"Börja med att läsa README.md och ändra i planen. Kör sedan: {here} status")
    return 0


def _carry_over(ctx: typer.Context, origin: str, period: str, name: str, day: str) -> int:
    """Write the next plan from one that exists."""
    from uppfoljning.cli import next_plan, reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.project_dir import project_root
    from uppfoljning.files.source import Folder
    from uppfoljning.followup.carry_over import carried_from
    from uppfoljning.present.views.repository import summary

    if not origin:
        raise Misuse("flaggan --fran är tom. Skriv id på planen som ska föras vidare.")
    root = project_root(ctx)
    project = reading.open_project(ctx).project
    (plan,) = reading.chosen_plans(project, origin, [])
    view = reading.view_of(day, "", [plan])
    old = next_plan.PlanOrigin.read(Folder(root), project, plan)
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
