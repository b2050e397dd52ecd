"""`blankett`: writes the offline form of a commitment, or one for every commitment with a start page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uppfoljning.cli.options import PlanOption


def blankett(
    ctx: typer.Context,
    commitment: Annotated[str, typer.Argument(metavar="ÅTAGANDE", help="Åtagandet, eller plan/åtagande.")] = "",
    plan: PlanOption = "",
    every: Annotated[
        bool, typer.Option("--alla", help="En blankett för varje åtagande som rapporteras, och en startsida med länkar.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--ut", metavar="FIL", help="Filen att skriva, annars blankett-ÅTAGANDE.html här. Med --alla en mapp."),
    ] = None,
    mail: Annotated[
        str, typer.Option("--mejl", metavar="ADRESS", help="En funktionsadress som knappen Mejla skriver till.")
    ] = "",
    link: Annotated[
        str,
        typer.Option(
            "--lank",
            metavar="URL",
            help="Erbjud förrådets sida för ny fil, med rapporten ifylld. Då står rapportens text i adressen.",
        ),
    ] = "",
    service: Annotated[
        str,
        typer.Option(
            "--tjanst", metavar="TJÄNST", help="Vilken tjänst --lank går till: github, gitlab eller forgejo. Annars av adressen."
        ),
    ] = "",
) -> int:
    """Skriv en blankett som fylls i utan uppkoppling, i telefonen eller på papper, och ger en färdig rapport."""
    from uppfoljning.cli import form_files, reading
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.options import directory

    if every == bool(commitment):
        raise Misuse("skriv ett åtagande, eller --alla för att få en blankett för varje." if not every else _BOTH)
    if every and out is None:
        raise Misuse("flaggan --alla behöver en mapp att skriva i: --ut MAPP")
    ways = form_files.ways_of(mail, link, service)
    opened = reading.open_project(ctx)
    plans = reading.chosen_plans(opened.project, plan, [commitment] if commitment else [])
    reading.check_commitments([commitment] if commitment else [], plans)
    files = form_files.pages(opened.project, plans, commitment, ways)
    home = directory(ctx)
    if every:
        assert out is not None
        form_files.write_folder(home / out, files)
    else:
        form_files.write_one(home / (out or next(iter(files))), next(iter(files.values())))
    return reading.finish(opened.project)


_BOTH = "ett åtagande går inte ihop med --alla, som skriver en blankett för varje. Ta bort det ena."
