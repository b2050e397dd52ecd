"""`exportera partiella`: the partial sums of a repository, for the national picture."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from uppfoljning.domain.plan import Plan
    from uppfoljning.national.partials import Partials
    from uppfoljning.project.load import CheckedProject

FOLDER = "uppfoljning-partiella"
"""Where they are written when nothing else is asked for."""


def export_partials(ctx: typer.Context, plan: str, day: str, ref: str | None, municipality: str, out: str) -> int:
    """Write the data set; gives the exit status."""
    from uppfoljning.cli import output as writing
    from uppfoljning.cli import reading
    from uppfoljning.cli.dates import day_of
    from uppfoljning.cli.extras import need_national
    from uppfoljning.cli.misuse import Misuse, shown
    from uppfoljning.national.parquet import parquet_files

    need_national()
    check_code(municipality)
    path = writing.place(ctx, out, folder=True) if out else None
    opened = reading.open_project(ctx, ref)
    plans = reading.chosen_plans(opened.project, plan, [])
    if not plans:
        raise Misuse("det finns ingen plan. Gör en med uppfoljning init, eller se med uppfoljning validera om en är utelämnad.")
    as_of = day_of(day)
    if unknown := without_municipality(opened.project, plans, municipality):
        raise Misuse(
            f"det framgår inte vilken kommun {', '.join(unknown)} gäller. Skriv kommun: i planen, eller ange koden med --kommun."
        )
    found = by_municipality(opened.project, plans, as_of, municipality)
    files = parquet_files(found, as_of)
    name = out or FOLDER
    folder = path or opened.root / name
    write(folder, name, files)
    for code in sorted(found):
        said = ", ".join(f"{len(rows)} {table}" for table, rows in found[code].tables.items())
        print(f"Kommun {code} per {as_of}: {said}. Ingen fritext är med.")
    if too_large := sorted({one for partials in found.values() for one in partials.too_large}):
        print(f"För stora tal är utelämnade i {', '.join(map(shown, too_large))}. Kontrollera rapporterna.", file=sys.stderr)
    return max(reading.finish(opened.project, ref), int(bool(too_large)))


def check_code(municipality: str) -> None:
    """A code given on the command line has four digits."""
    from uppfoljning.cli.dates import refusal
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.domain.finding import Problem
    from uppfoljning.domain.scalars import parse_scb_code

    if municipality and isinstance(problem := parse_scb_code(municipality), Problem):
        raise Misuse(refusal("--kommun", municipality, problem))


def without_municipality(project: CheckedProject, plans: Iterable[Plan], municipality: str) -> list[str]:
    """The plans of which it is not known what municipality they are about."""
    from uppfoljning.national.partials import municipality_of

    return [one.id for one in plans if not municipality_of(one, project, municipality)]


def by_municipality(project: CheckedProject, plans: Iterable[Plan], as_of: date, municipality: str) -> dict[str, Partials]:
    """The partial sums of the plans, by the municipality that each is about."""
    from uppfoljning.national.partials import municipality_of, partials_of

    groups: dict[str, list[Plan]] = {}
    for one in plans:
        groups.setdefault(municipality_of(one, project, municipality), []).append(one)
    return {code: partials_of(project, group, as_of) for code, group in groups.items()}


def write(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """Write the files, all or none, and say what lies there from another time."""
    from uppfoljning.cli.misuse import shown
    from uppfoljning.cli.output import ELSEWHERE, written
    from uppfoljning.files.atomic_write import write_all_over

    with written(shown(name), ELSEWHERE, option="--ut"):
        same = write_all_over(folder, files)
        there = {one.relative_to(folder).as_posix() for one in folder.rglob("*.parquet")}
    print(f"{shown(name)} är redan aktuell." if len(same) == len(files) else f"Skrev {len(files)} filer i {shown(name)}.")
    if others := sorted(there - set(files)):
        print(f"I {shown(name)} ligger också {', '.join(map(shown, others))}, från en annan export.", file=sys.stderr)
