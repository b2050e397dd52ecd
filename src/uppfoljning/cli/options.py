"""The options of the program as a whole, which stand before the command."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from uppfoljning.cli.errors import DEBUG, DEBUG_VARIABLE, PROGRAM
from uppfoljning.fast.output_cache import WITHOUT
from uppfoljning.present.renderers.drawn import TableFormat


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


# The options that several commands have in common. Imports little but typer, so that a help page is quick.


class FindingFormat(StrEnum):
    """How findings are written."""

    text = "text"
    kort = "kort"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    markdown = "markdown"


PlanOption = Annotated[str, typer.Option("--plan", metavar="PLAN", help="Bara den här planen.")]
PeriodOption = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="Bara en del av tiden: 2026-T1, 2026-03, 2026-W14, VT2026 …")
]
DayOption = Annotated[
    str,
    typer.Option("--vid", metavar="DATUM", help="Som det såg ut den dagen: daterat och inlämnat till och med då. Annars i dag."),
]
RefOption = Annotated[
    str | None,
    typer.Option("--ref", metavar="REF", help="Läs filerna ur git i stället för ur mappen: en commit, gren eller tagg."),
]
"""Not given is None; a name given as nothing is refused, so that an unset variable in a script never reads the folder instead."""
PartyOption = Annotated[str, typer.Option("--part", metavar="PART", help="Bara åtaganden som binder den här parten.")]
PlaceOption = Annotated[str, typer.Option("--plats", metavar="PLATS", help="Bara åtaganden med tillfällen på den här platsen.")]
SinceOption = Annotated[
    str, typer.Option("--sedan", metavar="PERIOD|DATUM", help="Jämför med en tidigare avläsning: 2026-T1, 2026-04-30 …")
]
_NAMES = [one.value for one in TableFormat]
FormatOption = Annotated[
    TableFormat | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(_NAMES[:-1])} eller {_NAMES[-1]}. Annars text, eller efter ändelsen i --ut.",
    ),
]
OutOption = Annotated[str, typer.Option("--ut", metavar="FIL", help="Skriv till en fil i stället för till skärmen.")]
