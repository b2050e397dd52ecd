"""`validera`: check everything, say every problem in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.options import FindingFormat, RefOption

if TYPE_CHECKING:
    from uppfoljning.domain.finding import Finding
    from uppfoljning.files.source import Source

_SINCE = "flaggan --sedan"


def validera(
    ctx: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="SÖKVÄG", help="Filer eller mappar; annars allt.")] = None,
    format: Annotated[
        FindingFormat | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, kort, json, github, gitlab, sarif eller markdown. Standard: text, i GitHub Actions github.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strikt", help="Låt även varningar ge slutstatus 1.")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--sedan",
            metavar="REF",
            help="Bara nya fynd: de som inte fanns där ändringen utgick från REF, till exempel main.",
        ),
    ] = None,
    ref: RefOption = None,
) -> int:
    """Kontrollera planer, blanketter och rapporter."""
    import sys

    from uppfoljning.cli.ci import default_format, is_ci, way_down, write_summary
    from uppfoljning.cli.options import is_anew
    from uppfoljning.cli.output import standard_output
    from uppfoljning.cli.project_dir import files_of, parting, project_root
    from uppfoljning.files.source import unread_in
    from uppfoljning.files.unread import nothing_read
    from uppfoljning.present.views.findings import FORMATS, FROM_THE_TOP, tally
    from uppfoljning.present.views.findings_located import MOST, below, decisive, located

    root = project_root(ctx)
    base = None if since is None else parting(root, since, "HEAD" if ref is None else ref, _SINCE)
    form = (format or default_format()).value
    with files_of(root, ref) as (source, commit):
        read = source.names() if paths else []
        wanted = _wanted(paths, root, [*read, *unread_in(source)], commit) if paths else None
        everything, files = _checked(root, source, commit, anew=is_anew(ctx))
        asked = _within(wanted, everything)
        shown = asked if base is None else _within(wanted, _brought(root, base, source, everything))
        everything_shown = shown if files else [*shown, nothing_read()]
        weighed = decisive(everything_shown) if strict or since is not None or is_ci() else everything_shown
        findings = located(weighed, source, MOST)
    named = below(findings, way_down(root)) if form in FROM_THE_TOP else findings
    FORMATS[form](named, standard_output())
    if form == "github":
        write_summary(named)
    print(tally(findings, files if wanted is None else len(wanted.intersection(read)), len(asked) - len(shown)), file=sys.stderr)
    grave = ("fel", "varning") if strict else ("fel",)
    return int(any(one.level in grave for one in findings))


def _checked(root: Path, source: Source, commit: str, *, anew: bool = False) -> tuple[list[Finding], int]:
    """Everything found in the project, and how many files it has."""
    from uppfoljning.cli.reading import mark_unsure
    from uppfoljning.fast.doors import load
    from uppfoljning.fast.loading import LoadRequest
    from uppfoljning.files.git_absent import absent
    from uppfoljning.project.load import load_project
    from uppfoljning.project.plan_past import check_kept, check_past, not_fetched, read_past

    project = None if commit else load(root, LoadRequest(source, findings=True, anew=anew))
    project = project or load_project(source)
    past = read_past(root, project, project.plans.values(), commit)
    mark_unsure(past)
    found = [*project.findings, *check_past(root, project, past, commit)]
    if not commit:
        found += [*not_fetched(absent(root)), *check_kept(root, project, source.names())]
    return found, project.files


def _brought(root: Path, base: str, source: Source, everything: list[Finding]) -> list[Finding]:
    """What the project did not have at the commit `base`."""
    from uppfoljning.cli.project_dir import files_of
    from uppfoljning.project.baseline import Checked, brought
    from uppfoljning.rules.catalogue import rules

    # What cannot be seen has not been looked at, whether or not it could be seen before.
    seen = [one for one in everything if not rules()[one.problem.code].unseen]
    unseen = [one for one in everything if rules()[one.problem.code].unseen]
    with files_of(root, base, _SINCE) as (before, commit):
        return [*brought(Checked(before, _checked(root, before, commit)[0]), Checked(source, seen)), *unseen]


def _within(wanted: set[str] | None, findings: list[Finding]) -> list[Finding]:
    """The findings that name one of the files; all when none is asked for."""
    return [one for one in findings if wanted is None or any(place.file in wanted for place in one.places)]


def _wanted(paths: list[Path], root: Path, names: list[str], commit: str) -> set[str]:
    """The project's files that the paths name, a folder standing for all that lies in it; `commit` is empty for the folder."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.files.git import SHORT

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
