"""`importera`: quick reports from elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer


def importera(
    ctx: typer.Context,
    origin: Annotated[str, typer.Argument(metavar="KÄLLA", help="En tabell: en fil som slutar på .csv, .xlsx, .xls eller .ods.")],
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
        bool, typer.Option("--allt-eller-inget", help="Skriv inget alls om någon rad inte kan komma med.")
    ] = False,
    correct: Annotated[
        bool, typer.Option("--ratta", help="Skriv rättelser för rader som har ändrats sedan de lästes in.")
    ] = False,
) -> int:
    """Läs in snabbrapporter från en tabell: Microsoft Forms, Google Forms, Kobo, Excel eller ett eget ark."""
    from uppfoljning.cli.table_in import Wanted, bring_in_table

    wanted = Wanted(origin, mapping, sheet, header, dry=dry, all_or_nothing=all_or_nothing, correct=correct)
    if propose:
        from uppfoljning.cli.table_proposal import propose_mapping

        return propose_mapping(ctx, wanted, commitment, plan)
    return bring_in_table(ctx, wanted, commitment or plan)
