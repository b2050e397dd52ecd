"""A program with every kind of parameter, to see that none of them speaks English. Run as a script it is the whole program."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import typer

from uppfoljning.cli import errors, options, swedish
from uppfoljning.cli.misuse import Misuse


class Face(Enum):
    """A choice."""

    TEXT = "text"
    KORT = "kort"


def period(text: str) -> str:
    """A parser of our own: refuses in Swedish."""
    if text == "trasig":
        raise typer.BadParameter("perioden ska se ut som 2026-T1")
    if text == "tyst":
        raise ValueError
    return text


app = swedish.app("Ett provprogram.", options.program)


@app.command("allt", cls=swedish.Command, rich_help_panel="Läsa")
def everything(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ÅTAGANDE", help="Vilket åtagande.")],
    pair: Annotated[tuple[int, str] | None, typer.Argument(help="Ett par.")] = None,
    whole: Annotated[int, typer.Option("--antal", help="Hur många.", envvar="PROV_ANTAL")] = 3,
    bounded: Annotated[int, typer.Option("--rader", min=1, max=9)] = 5,
    least: Annotated[float, typer.Option("--andel", min=0.5)] = 0.5,
    number: Annotated[float | None, typer.Option("--tal")] = None,
    day: Annotated[datetime | None, typer.Option("--vid", formats=["%Y-%m-%d"])] = None,
    face: Annotated[Face, typer.Option("--format", help="Hur det ska se ut.")] = Face.TEXT,
    literal: Annotated[Literal["a", "b"], typer.Option("--val")] = "a",
    file: Annotated[Path | None, typer.Option("--fil", exists=True, dir_okay=False)] = None,
    folder: Annotated[Path | None, typer.Option("--katalog", exists=True, file_okay=False)] = None,
    out: Annotated[typer.FileTextWrite | None, typer.Option("--ut", lazy=False)] = None,
    source: Annotated[typer.FileText | None, typer.Option("--in")] = None,
    mark: Annotated[UUID | None, typer.Option("--id")] = None,
    on: Annotated[bool, typer.Option("--farg/--ingen-farg", envvar="PROV_FARG")] = True,
    many: Annotated[list[str] | None, typer.Option("--del", "-d")] = None,
    loud: Annotated[int, typer.Option("--mer", "-m", count=True)] = 0,
    own: Annotated[str, typer.Option("--period", parser=period, show_default="hela planen")] = "",
    secret: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Tar emot allt.

    Ett andra stycke.
    """
    values = (target, pair, whole, bounded, least, number, day, face.value, literal, file, folder, mark, on, many, loud, own)
    print(options.directory(ctx), *values, sep="|")


@app.command("krav", cls=swedish.Command)
def demands(
    chosen: Annotated[Face, typer.Argument(metavar="SLAG")],
    needed: Annotated[str, typer.Option("--plan", metavar="PLAN", help="Vilken plan.")],
) -> None:
    """Kräver två saker."""
    print(chosen, needed)


@app.command("sla-fel", cls=swedish.Command)
def fails(way: str) -> int:
    """Slutar illa, på det sätt som WAY säger."""
    match way:
        case "misuse":
            raise Misuse("det där går inte ihop")
        case "exit":
            raise typer.Exit(1)
        case "abort":
            raise typer.Abort
        case "interrupt":
            raise KeyboardInterrupt
        case "pipe":
            raise BrokenPipeError
        case "disk":
            raise PermissionError(13, "Permission denied", "hemlig-fil.yaml")
        case "signs":
            print("å 1\xa0234,5 ▓▓░ ● ▲ – “x” 日")
        case "much":
            for row in range(100_000):
                print(row)
        case _:
            raise KeyError(f"hemligt {way}")
    return 1


if __name__ == "__main__":
    sys.exit(errors.run_guarded(lambda: app, sys.argv[1:]))
