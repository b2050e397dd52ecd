"""`samla`: many repositories in one follow-up, by municipality, county and country."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import FormatOption, OutOption

if TYPE_CHECKING:
    from uppfoljning.domain.period import Period
    from uppfoljning.national.datasets import RefusedSource, Set

MONTHS = 12
"""So many months back are looked at for who reports, where no period is asked for."""


def samla(
    ctx: typer.Context,
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="KÄLLA", help="Mappar med plans och reports, eller mappar med delsummor från exportera partiella, blandat."
        ),
    ],
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="Bara hela månader i en del av tiden: 2026, 2026-T1, 2026-03 …")
    ] = "",
    form: Annotated[str, typer.Option("--blankett", metavar="ID", help="Bara åtaganden med den här blanketten.")] = "",
    day: Annotated[
        str,
        typer.Option("--vid", metavar="DATUM", help="Följ upp förråden per den dagen, annars i dag. Delsummor står som de är."),
    ] = "",
    fewest: Annotated[
        int,
        typer.Option(
            "--minst-kommuner", metavar="ANTAL", min=1, help="Visa bara siffror som minst så många kommuner står bakom."
        ),
    ] = 1,
    figures: Annotated[
        bool,
        typer.Option("--siffror", help="Lägg också ihop blanketternas svar, timmar, moment och skäl. Små antal personer döljs."),
    ] = False,
    format: FormatOption = None,
    out: OutOption = "",
) -> int:
    """Samla många kommuners uppföljning i en: kommun, län och land, vilka som rapporterar och vilka blanketter de har."""
    from functools import partial

    from uppfoljning.cli import output as writing
    from uppfoljning.cli.command_line import again
    from uppfoljning.cli.dates import day_of
    from uppfoljning.cli.extras import need_national
    from uppfoljning.national.datasets import gather_sets
    from uppfoljning.national.queries import NationalQuery, by_duckdb
    from uppfoljning.present.renderers.drawn import PAPERS

    need_national()
    target = writing.settled(ctx, format, out)
    as_of = day_of(day)
    limited = _period(period)
    months = _months(limited, as_of)
    asked = ("", "") if limited is None else (months[0], months[-1])
    with ExitStack() as stack:
        taken = _Taken(ctx, as_of, stack)
        for source in sources:
            taken.take(source)
        question = NationalQuery(*asked, form=form, recent=months[0], figures=figures)
        gathering = gather_sets(taken.sets, question, partial(by_duckdb, meanwhile=_get_ready))
    refused = [*taken.refused, *gathering.refused]
    for one in refused:
        print(_said(one), file=sys.stderr)
    if gathering.found is None:
        print("fel: inget att samla. Ange mappar med plans och reports, eller med delsummor.", file=sys.stderr)
        return 1
    from uppfoljning.present.views.national import FORMATS, NationalSummary

    exported = [one for one in gathering.sets if one.source not in taken.repositories]
    told = NationalSummary(
        gathering.found,
        as_of,
        months,
        limited,
        form,
        fewest,
        repositories=len({one.source for one in gathering.sets}) - len({one.source for one in exported}),
        exports=len(exported),
        left_out=len({one.source for one in refused}),
        command=again(ctx, as_of) if target.format in (*PAPERS, "json") else "",
    )
    FORMATS[target.format](told, target.screen)
    target.finish()
    return int(bool(refused or taken.errors))


def _get_ready() -> None:
    """Imports what shows the follow-up, while there is time for it."""


def _said(one: RefusedSource) -> str:
    from uppfoljning.cli.misuse import shown

    return f"{shown(one.source)}: {one.why}."


def _period(text: str) -> Period | None:
    """The part of the time asked for; it begins and ends with a month."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.domain.period import ONE_DAY

    if not text:
        return None
    from uppfoljning.cli.reading import period_of

    found = period_of(text, [])
    if found is not None and (found.first.day != 1 or (found.last + ONE_DAY).day != 1):
        raise Misuse(f"flaggan --period: {text} är inte hela månader. Delsummor finns bara månad för månad.")
    return found


def _months(period: Period | None, as_of: date) -> tuple[str, ...]:
    """The months of the period, else those until the day, as text, in order."""
    last = as_of if period is None else period.last
    first = last.year * 12 + last.month - MONTHS if period is None else period.first.year * 12 + period.first.month - 1
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last.year * 12 + last.month))


class _Taken:
    """The sets of the sources, as they are taken in one by one; what a repository amounts to is kept in a folder for a while."""

    def __init__(self, ctx: typer.Context, as_of: date, stack: ExitStack) -> None:
        from uppfoljning.cli.options import directory

        self._from, self._as_of, self._stack = directory(ctx), as_of, stack
        self.sets: list[Set] = []
        self.repositories: set[str] = set()
        self.refused: list[RefusedSource] = []
        self.errors = 0

    def take(self, source: Path) -> None:
        """A repository, or exported partial sums; anything else is refused."""
        from uppfoljning.files.source import FOLDERS
        from uppfoljning.national.datasets import RefusedSource, is_data_set, sets_in

        path, name = self._from / source, str(source)
        if any((path / folder).is_dir() for folder in FOLDERS):
            self._take_repository(path, name)
        elif is_data_set(path):
            sets, refused = sets_in(path, name)
            self.sets += sets
            self.refused += refused or ([] if sets else [RefusedSource(name, "mappen har inga delsummor i sig")])
        else:
            neither = "mappen är varken ett förråd med plans och reports eller en export av delsummor"
            self.refused.append(RefusedSource(name, neither if path.is_dir() else "mappen finns inte"))

    def _take_repository(self, path: Path, name: str) -> None:
        from uppfoljning.cli.misuse import shown
        from uppfoljning.cli.partials import by_municipality, without_municipality
        from uppfoljning.files.atomic_write import write_all_over
        from uppfoljning.files.source import Folder
        from uppfoljning.national.datasets import RefusedSource, sets_in
        from uppfoljning.national.parquet import parquet_files
        from uppfoljning.project.load import load_project

        project = load_project(Folder(path))
        unknown = without_municipality(project, project.plans.values(), "")
        if unknown:
            why = f"det framgår inte vilken kommun {', '.join(unknown)} gäller. Skriv kommun: i planen"
            self.refused.append(RefusedSource(name, why))
        plans = [one for one in project.plans.values() if one.id not in unknown]
        if project.errors:
            self.errors += project.errors
            said = f"{project.errors} fel, och det som är fel är inte med. Se vilka med: uppfoljning -C {shown(name)} validera"
            print(f"{shown(name)}: {said}", file=sys.stderr)
        if not project.plans:
            self.refused.append(RefusedSource(name, "det finns ingen plan att följa upp"))
            return
        folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="uppfoljning-")))
        self.repositories.add(name)
        write_all_over(folder, parquet_files(by_municipality(project, plans, self._as_of, ""), self._as_of))
        self.sets += sets_in(folder, name)[0]
