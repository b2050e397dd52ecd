"""`exportera`: the whole report of a plan as a file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import DayOption, PartyOption, PeriodOption, PlaceOption, PlanOption, RefOption, SinceOption

if TYPE_CHECKING:
    from uppfoljning.present.document.model import Document
    from uppfoljning.present.document.report import ReportInput
    from uppfoljning.project.load import CheckedProject


class ExportFormat(StrEnum):
    """What a report can be written as."""

    html = "html"
    xlsx = "xlsx"
    docx = "docx"
    md = "md"
    json = "json"
    csv = "csv"
    brev = "brev"
    medborgare = "medborgare"
    partiella = "partiella"


def exportera(
    ctx: typer.Context,
    format: Annotated[
        ExportFormat,
        typer.Argument(
            metavar="FORMAT",
            help="html: webbsida. xlsx: arbetsbok. docx eller md: nämndhandling. json: alla tabeller. csv: en mapp med tabeller. "
            "brev: månadsbrev. medborgare: sida för medborgarna. partiella: delsummor utan fritext, för uppfoljning samla.",
        ),
    ],
    plan: PlanOption = "",
    party: PartyOption = "",
    place: PlaceOption = "",
    period: PeriodOption = "",
    day: DayOption = "",
    since: SinceOption = "",
    ref: RefOption = None,
    out: Annotated[
        str,
        typer.Option(
            "--ut",
            metavar="FIL",
            help="Filen att skriva, för csv och partiella mappen. Annars uppfoljning-PLAN-DATUM där förrådet är.",
        ),
    ] = "",
    published: Annotated[
        bool,
        typer.Option("--publik", help="Bara det som får publiceras: ingen fritext, antal personer i femtal."),
    ] = False,
    whole: Annotated[
        bool, typer.Option("--hela", help="docx och md: hela rapporten, åtagande för åtagande, i stället för nämndhandlingen.")
    ] = False,
    standard: Annotated[
        bool,
        typer.Option("--csv-standard", help="csv: komma och decimalpunkt, för program i stället för Excel på svenska."),
    ] = False,
    municipality: Annotated[
        str, typer.Option("--kommun", metavar="KOD", help="partiella: kommunkoden för planer som inte säger någon.")
    ] = "",
) -> int:
    """Skriv hela uppföljningen av en plan som webbsida, arbetsbok, nämndhandling, tabeller, månadsbrev eller medborgarsida."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.cli.report_input import ReportOptions, whole_of
    from uppfoljning.files.text import ascii_name
    from uppfoljning.present.document.report import report_of

    _check(format, out, whole, standard)
    if format is ExportFormat.partiella:
        from uppfoljning.cli.partials import export_partials

        _refuse({"--part": party, "--plats": place, "--period": period, "--sedan": since, "--publik": published}, format)
        return export_partials(ctx, plan, day, ref, municipality, out)
    _refuse({"--kommun": municipality}, format)
    if format in (ExportFormat.brev, ExportFormat.medborgare):
        from uppfoljning.cli.export_letter import tell

        opened = reading.open_project(ctx, ref)
        tell(ctx, format.value, opened, ReportOptions(plan, party, place, period, day, since), out, published=published)
        return reading.finish(opened.project, ref)
    path = writing.place(ctx, out, folder=format is ExportFormat.csv) if out else None
    opened = reading.open_project(ctx, ref)
    made_from = whole_of(ctx, opened, ReportOptions(plan, party, place, period, day, since))
    if not published and (whole or format is ExportFormat.html):
        made_from = _with_effect(opened.project, made_from)
    paper = report_of(made_from)
    if published:
        from uppfoljning.present.document.public import public

        paper = public(paper)
    stem = f"uppfoljning-{made_from.table.plan.id}-{paper.as_of}{'-publik' if published else ''}"
    name = out or ascii_name(stem) + ("" if format is ExportFormat.csv else f".{format}")
    if format is ExportFormat.csv:
        from uppfoljning.present.renderers.csv import STANDARD, SWEDISH, csv_files

        hint = "De är till för program." if standard else "Öppna dem i Excel eller LibreOffice."
        files = csv_files(paper, STANDARD if standard else SWEDISH)
        writing.write_folder(path or opened.root / name, name, files, hint)
    else:
        writing.write(path or opened.root / name, name, _drawn(format, paper, whole), format)
    return reading.finish(opened.project, ref)


def _with_effect(project: CheckedProject, made_from: ReportInput) -> ReportInput:
    """The same with the estimates of its outcome goals, where there are series to measure with and what reckons is installed.

    They are not published: a month in a small area may have one event.
    """
    from uppfoljning.cli.extras import missing_libraries

    table = made_from.table
    goals = [line.commitment.outcome_goal for line in table.lines if line.commitment.outcome_goal is not None]
    if not any(goal.indicator in project.series for goal in goals) or missing_libraries():
        return made_from
    from uppfoljning.cli.effect import accounts_of

    return made_from._replace(effect=tuple(accounts_of(project, [table], table.view.as_of)))


def _refuse(options: dict[str, object], format: ExportFormat) -> None:
    """Refuse an option that means nothing to a format."""
    from uppfoljning.cli.misuse import Misuse

    for name, value in options.items():
        if value:
            raise Misuse(f"flaggan {name} gäller inte {format}. Ta bort den.")


def _check(format: ExportFormat, out: str, whole: bool, standard: bool) -> None:
    """Refuse what cannot go together."""
    from pathlib import Path

    from uppfoljning.cli.misuse import Misuse, shown
    from uppfoljning.cli.output import ENDINGS

    if whole and format not in (ExportFormat.docx, ExportFormat.md):
        raise Misuse(f"flaggan --hela gäller docx och md; {format} är alltid hela rapporten. Ta bort den.")
    if standard and format is not ExportFormat.csv:
        raise Misuse(f"flaggan --csv-standard gäller bara csv, inte {format}. Ta bort den.")
    if format in (ExportFormat.brev, ExportFormat.medborgare, ExportFormat.partiella):
        return
    ending = Path(out).suffix.lower()
    if (named := ENDINGS.get(ending)) and (named != format or format is ExportFormat.csv):
        other = "en mapp med en fil för varje tabell" if format is ExportFormat.csv else format.value
        raise Misuse(f"flaggan --ut: {shown(out)} slutar på {ending}, men det som skrivs är {other}. Ändra det ena.")


def _drawn(format: ExportFormat, paper: Document, whole: bool) -> bytes:
    from uppfoljning.present.document.council import council
    from uppfoljning.present.renderers.drawn import drawn

    council_paper = format in (ExportFormat.docx, ExportFormat.md) and not whole
    return drawn(format.value, council(paper) if council_paper else paper)
