"""`rapportera`: asks for a quick report and writes it, or takes one from a file."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.options import PlanOption

FromFileOption = Annotated[
    str,
    typer.Option("--fran-fil", metavar="FIL", help="Fråga inte: ta rapporten ur en YAML- eller JSON-fil, - läser från stdin."),
]
HoursOption = Annotated[bool, typer.Option("--timmar", help="Fråga också efter arbetade timmar.")]
DryOption = Annotated[bool, typer.Option("--torrkorning", help="Visa filen i stället för att skriva den.")]


def rapportera(
    ctx: typer.Context,
    commitment: Annotated[
        str, typer.Argument(metavar="ÅTAGANDE", help="Åtagandet, eller plan/åtagande. Annars visas en lista att välja ur.")
    ] = "",
    plan: PlanOption = "",
    day: Annotated[
        str, typer.Option("--datum", metavar="DAG", help="Dagen det gäller: 2026-03-06, igår, fre eller 5/3. Annars föreslås en.")
    ] = "",
    cancelled: Annotated[
        str, typer.Option("--installd", metavar="SKÄL", help="Fråga inte: tillfället ställdes in, till exempel väder.")
    ] = "",
    nothing: Annotated[
        str,
        typer.Option("--inget", metavar="PERIOD", help="Fråga inte: inget att rapportera för perioden, till exempel 2026-03."),
    ] = "",
    hours: HoursOption = False,
    file: FromFileOption = "",
    dry: DryOption = False,
) -> int:
    """Lämna en snabbrapport: en fråga i taget, och inget skrivs förrän du har sagt att det stämmer."""
    from uppfoljning.cli import report_ways
    from uppfoljning.cli.from_file import hand_in
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.prompt import demand_terminal

    alone = {"--fran-fil": file, "--inget": nothing, "--installd": cancelled}
    given = [option for option, value in alone.items() if value]
    if len(given) > 1:
        raise Misuse(f"flaggorna {' och '.join(given)} går inte ihop. Välj en av dem.")
    if given and hours:
        raise Misuse(f"flaggan --timmar går inte ihop med {given[0]}, som inte frågar.")
    if day and (file or nothing):
        raise Misuse(f"flaggan --datum går inte ihop med {given[0]}, som själv säger när.")
    if (nothing or cancelled) and not commitment:
        raise Misuse(f"flaggan {given[0]} behöver ett ÅTAGANDE, eftersom inget frågas.")
    if not given:
        demand_terminal(
            "Ge rapporten med --fran-fil FIL, eller för de enkla fallen --installd SKÄL eller --inget PERIOD efter åtagandet."
        )
    desk = report_ways.open_desk(ctx, dry)
    if file:
        return hand_in(desk, file, plan, commitment)
    chosen = report_ways.chosen(desk, plan, commitment, hours)
    if day:
        chosen = chosen.on(day)
    if nothing:
        return report_ways.without_questions(desk, chosen, chosen.nothing_in(nothing))
    if cancelled:
        return report_ways.without_questions(desk, chosen, chosen.cancelled(cancelled))
    return report_ways.ask(desk, chosen)
