"""`importera`: quick reports from elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer


def importera(
    ctx: typer.Context,
    origin: Annotated[
        str,
        typer.Argument(
            metavar="KÄLLA",
            help="En mapp med det ni har fått in, en fil därifrån (.yaml, .txt, .eml …), eller - för inklistrad text.",
        ),
    ],
    dry: Annotated[bool, typer.Option("--torrkorning", help="Visa vad som skulle skrivas, och skriv inget.")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--allt-eller-inget", help="Skriv inget alls om något inte kan komma med.")
    ] = False,
    correct: Annotated[
        bool, typer.Option("--ratta", help="Skriv rättelser för det som har ändrats sedan det lästes in.")
    ] = False,
) -> int:
    """Läs in snabbrapporter som har kommit tillbaka: blankettens filer, brev och inklistrad text."""
    from uppfoljning.cli.inbox import take_in

    return take_in(ctx, origin, dry=dry, all_or_nothing=all_or_nothing, correct=correct)
