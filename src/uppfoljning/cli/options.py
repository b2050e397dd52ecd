"""The options of the program as a whole, which stand before the command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uppfoljning.cli.errors import DEBUG, DEBUG_VARIABLE, PROGRAM
from uppfoljning.fast.output_cache import WITHOUT


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"{PROGRAM} {version(PROGRAM)}")
        raise typer.Exit


def program(
    ctx: typer.Context,
    directory: Annotated[
        Path | None,
        typer.Option("-C", metavar="KATALOG", exists=True, file_okay=False, help="Arbeta i en annan katalog än den du står i."),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option(
            DEBUG, help=f"Visa var ett fel i programmet uppstod. Får stå var som helst; {DEBUG_VARIABLE}=1 gör detsamma."
        ),
    ] = False,
    anew: Annotated[
        bool, typer.Option(WITHOUT, help="Läs allt på nytt, och spara inget av det som räknats ut till nästa gång.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Visa programmets version."),
    ] = False,
) -> None:
    """The callback of the whole program. The door has already taken `--felsok`; it stands here for the help page."""
    ctx.obj = directory or Path()
    ctx.meta[WITHOUT] = anew


def is_anew(ctx: typer.Context) -> bool:
    """Whether nothing that is kept may be used, and nothing be kept."""
    return bool(ctx.meta.get(WITHOUT))


def directory(ctx: typer.Context) -> Path:
    """The directory to work in, as given with `-C`."""
    found = ctx.find_object(Path)
    return found if found is not None else Path()
