"""The options that several commands have in common. Imports nothing but typer, so that a help page is quick."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class TableFormat(StrEnum):
    """The formats of the reading commands whose tables can be a file for a meeting or a spreadsheet."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"
    xlsx = "xlsx"
    docx = "docx"
    html = "html"


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
FormatOption = Annotated[
    TableFormat | None,
    typer.Option(
        "--format", metavar="FORMAT", help="text, json, csv, md, xlsx, docx eller html. Annars text, eller efter ändelsen i --ut."
    ),
]
OutOption = Annotated[str, typer.Option("--ut", metavar="FIL", help="Skriv till en fil i stället för till skärmen.")]
