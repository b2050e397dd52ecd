"""`ratta`: a correction of a report, as a new file beside it; the old one is never changed."""

from __future__ import annotations

from typing import Annotated

import typer

from uppfoljning.cli.report import DryOption, HoursOption


def ratta(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FIL", help="Rapportens fil, reports/x.csv#id för en rad, rapportens id eller dess kvittonummer."),
    ],
    write: Annotated[
        bool, typer.Option("--skriv", help="Fråga inte: skriv en kopia med ersätter ifyllt, att ändra i för hand.")
    ] = False,
    hours: HoursOption = False,
    dry: DryOption = False,
) -> int:
    """Rätta en rapport: samma frågor med de gamla svaren ifyllda. En ny fil ersätter den gamla, som står kvar."""
    from uppfoljning.cli import report_ways
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.prompt import demand_terminal

    if write and hours:
        raise Misuse("flaggan --timmar går inte ihop med --skriv, som inte frågar.")
    if not write:
        demand_terminal("Skriv en kopia att ändra i för hand med --skriv.")
    desk = report_ways.open_desk(ctx, dry)
    old = report_ways.latest(desk, report_ways.find(desk, file), ask=not write)
    return report_ways.copy(desk, old) if write else report_ways.ask_corrected(desk, old, hours)
