"""`validera`: check everything, say every problem in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uppfoljning.cli.arguments import FindingFormat, RefOption


def validera(
    ctx: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="SÖKVÄG", help="Filer eller mappar; annars allt.")] = None,
    format: Annotated[
        FindingFormat, typer.Option("--format", metavar="FORMAT", help="text, kort eller json.")
    ] = FindingFormat.text,
    strict: Annotated[bool, typer.Option("--strikt", help="Låt även varningar ge slutstatus 1.")] = False,
    ref: RefOption = None,
) -> int:
    """Kontrollera planer, blanketter och rapporter."""
    import sys

    from uppfoljning.cli.output import standard_output
    from uppfoljning.cli.where import files_of, project_root
    from uppfoljning.present.findings.formats import FORMATS, tally
    from uppfoljning.present.findings.located import located
    from uppfoljning.rules.past_checks import check_past
    from uppfoljning.rules.project import load_project

    root = project_root(ctx)
    with files_of(root, ref) as (source, commit):
        wanted = _wanted(paths, root, source.names(), commit) if paths else None
        project = load_project(source)
        everything = [*project.findings, *check_past(root, project, commit)]
        asked = [one for one in everything if wanted is None or any(place.file in wanted for place in one.places)]
        findings = located(asked, source)
    FORMATS[format.value](findings, standard_output())
    print(tally(findings, project.files if wanted is None else len(wanted)), file=sys.stderr)
    grave = ("fel", "varning") if strict else ("fel",)
    return int(any(one.level in grave for one in findings))


def _wanted(paths: list[Path], root: Path, names: list[str], commit: str) -> set[str]:
    """The project's files that the paths name, a folder standing for all that lies in it; `commit` is empty for the folder."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.present.foot import SHORT

    wanted: set[str] = set()
    for path in paths:
        places = [place.resolve() for place in (path, root / path)]
        found = {name for name in names if any((root / name).resolve().is_relative_to(place) for place in places)}
        if not found and commit:
            raise Misuse(f"{path} finns inte bland planer och rapporter i commit {commit[:SHORT]}.")
        if not found:
            if any(place.exists() for place in places):
                raise Misuse(
                    f"{path} är ingen plan eller rapport: de ligger i plans/ och reports/ och slutar på .yaml eller .csv."
                )
            raise Misuse(f"{path} finns inte.")
        wanted |= found
    return wanted
