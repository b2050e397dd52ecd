"""`importera`: quick reports from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uppfoljning.cli.options import directory


def importera(
    ctx: typer.Context,
    origin: Annotated[
        str,
        typer.Argument(
            metavar="KÄLLA",
            help="En mapp med det ni har fått in, en fil därifrån (.yaml, .txt, .eml …), en tabell (.csv, .xlsx …), "
            "eller - för inklistrad text.",
        ),
    ],
    mapping: Annotated[
        str, typer.Option("--mappning", metavar="FIL", help="Mappningen: dess id, eller en fil. Ett eget ark behöver ingen.")
    ] = "",
    propose: Annotated[
        bool,
        typer.Option("--skapa-mappning", help="Föreslå en mappning ur tabellens rubriker och svar; inget läses in."),
    ] = False,
    commitment: Annotated[
        str, typer.Option("--atagande", metavar="ÅTAGANDE", help="Åtagandet som den föreslagna mappningen gäller.")
    ] = "",
    plan: Annotated[str, typer.Option("--plan", metavar="PLAN", help="Planen som den föreslagna mappningen gäller.")] = "",
    sheet: Annotated[str, typer.Option("--blad", metavar="BLAD", help="Bladet i arbetsboken, när flera har rader.")] = "",
    header: Annotated[
        int | None, typer.Option("--rubrikrad", metavar="N", min=1, help="Raden med rubrikerna, när den inte hittas.")
    ] = None,
    dry: Annotated[bool, typer.Option("--torrkorning", help="Visa vad som skulle skrivas, och skriv inget.")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--allt-eller-inget", help="Skriv inget alls om något inte kan komma med.")
    ] = False,
    unchecked: Annotated[
        bool, typer.Option("--trots-kontrollera", help="Läs in fast # kontrollera står kvar i mappningen.")
    ] = False,
    alike: Annotated[
        bool, typer.Option("--aven-lika", help="Läs in också rader som troligen är tillfällen som redan är rapporterade.")
    ] = False,
    correct: Annotated[
        bool, typer.Option("--ratta", help="Skriv rättelser för det som har ändrats sedan det lästes in.")
    ] = False,
) -> int:
    """Läs in snabbrapporter: blankettens filer, mejl och inklistrad text, eller en tabell ur ett formulär eller Excel."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.files.tables import TABLES

    if not origin.lower().endswith(TABLES) or Path(origin).is_dir() or (directory(ctx) / origin).is_dir():
        alone = {
            "--mappning": mapping, "--skapa-mappning": propose, "--atagande": commitment, "--plan": plan, "--blad": sheet,
            "--rubrikrad": header, "--trots-kontrollera": unchecked, "--aven-lika": alike,
        }  # fmt: skip
        if given := [option for option, value in alone.items() if value]:
            raise Misuse(f"flaggan {given[0]} gäller tabeller: filer som slutar på {', '.join(TABLES)}.")
        from uppfoljning.cli.inbox import take_in

        return take_in(ctx, origin, dry=dry, all_or_nothing=all_or_nothing, correct=correct)
    from uppfoljning.cli.table_in import Wanted, bring_in_table

    wanted = Wanted(
        origin, mapping, sheet, header, dry=dry, all_or_nothing=all_or_nothing, correct=correct, unchecked=unchecked, alike=alike
    )
    if propose:
        from uppfoljning.cli.table_in import propose_mapping

        return propose_mapping(ctx, wanted, commitment, plan)
    return bring_in_table(ctx, wanted, commitment or plan)
