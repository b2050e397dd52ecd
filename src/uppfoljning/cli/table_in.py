"""What `importera` does with a table: reads it, says what stays out and why, and writes a file for every row that comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import typer

from uppfoljning.cli.dates import refusal
from uppfoljning.cli.misuse import Misuse, hint, leading_out, shown
from uppfoljning.cli.options import directory
from uppfoljning.cli.output import SOME, written
from uppfoljning.cli.progress import followed
from uppfoljning.cli.project_dir import nearest_root, project_root
from uppfoljning.cli.reading import check_commitments, chosen_plans, open_project
from uppfoljning.collect.sheet import sheet_of
from uppfoljning.collect.table.columns import Columns, columns_of
from uppfoljning.collect.table.headings import ImportedTable, table_of
from uppfoljning.collect.table.import_rows import Brought, bring_in
from uppfoljning.collect.table.programs import answers_of
from uppfoljning.collect.table.proposal import CHECK, mapping_text, marks_left, propose
from uppfoljning.collect.table.template_sheet import is_own_sheet, table_of_own_sheet
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.mapping import TableMapping
from uppfoljning.domain.scalars import parse_id
from uppfoljning.files.atomic_write import write_many_new, write_new
from uppfoljning.files.csv import CellGrid, Fault
from uppfoljning.files.gate import OUTSIDE, read_given
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import YAML_LIMIT, Folder, Source, WithFiles
from uppfoljning.files.tables import LARGEST, TABLES, read_grid
from uppfoljning.files.text import ascii_name
from uppfoljning.present.escape import covered
from uppfoljning.present.escape import shown as safe
from uppfoljning.present.figures import plural
from uppfoljning.present.views.imports import changes, how_many, one_line, planned, refusals, remarks
from uppfoljning.project.document import MAPPINGS
from uppfoljning.project.load import CheckedProject, load_project

Found = TypeVar("Found")


class Wanted(NamedTuple):
    """What was asked for: the table, the mapping, and how to go about it."""

    origin: str
    mapping: str
    sheet: str
    header: int | None
    dry: bool
    all_or_nothing: bool
    correct: bool
    unchecked: bool = False
    alike: bool = False


def bring_in_table(ctx: typer.Context, wanted: Wanted, of_a_proposal: str) -> int:
    """Read a table by its mapping, or a sheet of our own without one, and write what can be written. Reads the clock."""
    if of_a_proposal:
        raise Misuse("flaggorna --atagande och --plan hör ihop med --skapa-mappning. Annars säger mappningen vad som gäller.")
    root = project_root(ctx)
    grid = grid_of(ctx, wanted.origin, wanted.sheet) if not wanted.mapping else None
    if grid is not None:
        if not is_own_sheet(grid):
            raise Misuse(
                f"{shown(wanted.origin)} är inget ark härifrån. Peka ut en mappning med --mappning, eller gör en: "
                f"uppfoljning importera {shown(wanted.origin)} --skapa-mappning --atagande ÅTAGANDE"
            )
        if wanted.header is not None:
            raise Misuse("flaggan --rubrikrad gäller tabeller med en mappning. Ta bort den.")
        source: Source = Folder(root)
        project = load_project(source)
        table, columns = settled(wanted.origin, table_of_own_sheet(grid, project))
    else:
        source, project, mapping, marked = _with_mapping(ctx, root, wanted.mapping)
        if marked and not wanted.dry and not wanted.unchecked:
            raise Misuse(
                f"mappningen ”{shown(wanted.mapping)}” är inte genomgången: {CHECK} står kvar på rad {listed(marked)}. Gå igenom "
                "raderna och ta bort orden, prova med --torrkorning, eller läs in ändå med --trots-kontrollera."
            )
        grid = grid_of(ctx, wanted.origin, wanted.sheet or mapping.sheet)
        header = wanted.header if wanted.header is not None else mapping.header
        table = answers_of(settled(wanted.origin, table_of(grid, header)))
        columns = settled(wanted.origin, columns_of(mapping, table))
    brought = bring_in(
        table,
        columns,
        project,
        source,
        date.today(),
        correct=wanted.correct,
        alike=wanted.alike,
        follow=partial(followed, title="Läser rader"),
    )
    return _finish(root, wanted, grid, table, columns, brought)


def _with_mapping(ctx: typer.Context, root: Path, word: str) -> tuple[Source, CheckedProject, TableMapping, list[int]]:
    """The project with the mapping that a word names, its own by id or file, or one from elsewhere, read as if it were.

    With it come the lines of the mapping that nobody has looked through.
    """
    source: Source = Folder(root)
    path = _found(ctx, word)
    name = _name_inside(root, path) or f"{MAPPINGS}{ascii_name(word.removesuffix('.yaml'))}.yaml"
    if path is not None and not _name_inside(root, path):
        name = f"{MAPPINGS}{path.name}"
        source = WithFiles(source, {name: _text(path, root)})
    project = load_project(source)
    if name not in source.names():
        raise Misuse(f"mappningen ”{shown(word)}” finns inte{hint(word, project.mappings)}")
    grave = [one for one in project.findings if one.place.file == name]
    found = next((one for one in project.mappings.values() if f"{MAPPINGS}{ascii_name(one.id)}.yaml" == name), None)
    if found is None or name in project.left_out:
        from uppfoljning.present.views.findings_located import located

        first = next(iter(located(grave, source)), None)
        why = f": rad {first.span.line}, {first.headline}" if first and first.span else ""
        raise Misuse(f"mappningen ”{shown(word)}” har fel{why}. Se alla med: uppfoljning validera {shown(name)}")
    return source, project, found, marks_left(source.read(name).decode("utf-8", "replace"))


def listed(lines: list[int]) -> str:
    """Numbers of lines for a sentence, the first few of many."""
    return ", ".join(map(str, lines[:_LINES_NAMED])) + (" …" if len(lines) > _LINES_NAMED else "")


_LINES_NAMED = 10


def _found(ctx: typer.Context, word: str) -> Path | None:
    """The file that a word on the command line names, from here or from the folder of -C."""
    return next((path for path in (Path(word), directory(ctx) / word) if path.is_file()), None)


def _name_inside(root: Path, path: Path | None) -> str:
    """The name of a file in the project; empty for one elsewhere."""
    if path is None or not path.resolve().is_relative_to(root.resolve()):
        return ""
    name = path.resolve().relative_to(root.resolve()).as_posix()
    return name if name.startswith(MAPPINGS) else ""


def _text(path: Path, root: Path) -> str:
    try:
        return _read(path, str(path), YAML_LIMIT, root).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse(f"{shown(str(path))} är inte sparad som UTF-8. Spara den så och försök igen.") from None


def _read(path: Path, word: str, most: int, root: Path | None) -> bytes:
    """A file that the command line names, cut just past so many bytes; refused where it may not be read."""
    try:
        return read_given(str(path), most, "" if root is None else str(root))
    except OSError as error:
        raise_if_short(error)
        if error.errno == OUTSIDE:
            raise leading_out(word) from None
        raise Misuse(f"{shown(word)} går inte att läsa. Ge dig läsrätt till filen.") from None


def grid_of(ctx: typer.Context, word: str, sheet: str) -> CellGrid:
    """The table that a word on the command line names, refused when it is none."""
    paths = [Path(word), directory(ctx) / word]
    path = next((one for one in paths if one.exists()), None)
    if path is None:
        raise Misuse(f"{shown(word)} finns inte.")
    if not path.is_file():
        raise Misuse(f"{shown(word)} är ingen fil.")
    if not path.name.lower().endswith(TABLES):
        raise Misuse(f"{shown(word)} är ingen tabell: en sådan slutar på {', '.join(TABLES)}.")
    data = _read(path, word, LARGEST, nearest_root(ctx))
    return settled(word, read_grid(path.name, data, sheet))


def settled(word: str, found: Found | Fault) -> Found:
    """What was found, or why there is none as wrong use of the command."""
    if isinstance(found, Fault):
        remedy = found.remedy[:1].upper() + found.remedy[1:].rstrip(".")
        raise Misuse(f"{shown(word)}: {covered(found.message)}. {covered(remedy)}.")
    return found


def _finish(root: Path, wanted: Wanted, grid: CellGrid, table: ImportedTable, columns: Columns, brought: Brought) -> int:
    """Say what is to be known, write, and say how it went; 1 when a row is left out."""
    for notice in (*table.notices, *columns.notices):
        print(f"Att veta: {one_line(notice, 300)}", file=sys.stderr)
    _print(refusals(brought.refused))
    _print(changes(brought.changed))
    stopped = wanted.all_or_nothing and not brought.whole
    if wanted.dry:
        _print(planned(brought))
        print(f"{how_many(brought, written=len(brought.files), done=False)}. Inget är skrivet.")
    elif stopped:
        print(
            f"{how_many(brought, written=len(brought.files), done=False)}. Inget är skrivet, för alla rader kan inte komma med."
        )
    else:
        print(how_many(brought, written=write(root, brought.files), done=True))
    _print(remarks(brought.remarks))
    if any(one.number not in brought.corrections for one in brought.changed):
        print("Rader som har ändrats rättar du med --ratta.")
    return int(not brought.whole)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def write(root: Path, files: Mapping[str, str]) -> int:
    """Write new files below the project, and give how many were."""
    with written("i mappen reports", left=SOME):
        return len(write_many_new(root, files).written)


# `importera --skapa-mappning`: proposes a mapping and writes its file.


def propose_mapping(ctx: typer.Context, wanted: Wanted, commitment: str, plan: str) -> int:
    """Write the mapping that a table's headings and cells suggest, or show it; never over one that exists."""
    for option, given in (("--ratta", wanted.correct), ("--allt-eller-inget", wanted.all_or_nothing)):
        if given:
            raise Misuse(f"{option} går inte ihop med --skapa-mappning, som inte läser in något.")
    if not commitment:
        raise Misuse("flaggan --atagande saknas. Skriv vilket åtagande tabellen gäller.")
    opened = open_project(ctx)
    plans = chosen_plans(opened.project, plan, [commitment])
    check_commitments([commitment], plans)
    home, promise = next(
        (home, one) for home in plans for one in home.commitments if commitment in (one.id, f"{home.id}/{one.id}")
    )
    grid = grid_of(ctx, wanted.origin, wanted.sheet)
    if is_own_sheet(grid):
        raise Misuse(f"{shown(wanted.origin)} är ett ark härifrån och behöver ingen mappning.")
    table = answers_of(settled(wanted.origin, table_of(grid, wanted.header)))
    counted = {name for target in promise.targets for name in (target.counts.field, target.counts.other) if name}
    proposal = propose(table, sheet_of(home, promise, opened.project.forms.get(promise.form)), counted)
    name = _id(wanted.mapping) or f"{promise.id}-{proposal.kind}"
    text = mapping_text(name, home.id, promise.id, proposal, table, wanted.sheet, wanted.header)
    if wanted.dry:
        print(safe_lines(text), end="")
        return 0
    file = f"{MAPPINGS}{ascii_name(name)}.yaml"
    with written(file):
        new = write_new(opened.root / file, text)
    if not new:
        raise Misuse(f"{file} finns redan. Ta bort den först, eller välj ett annat id med --mappning.")
    unsure = len(marks_left(text))
    print(f"Skrev {file}: {plural(len(proposal.guesses), 'kolumn', 'kolumner')} av {len(table.headings)} tas med.")
    if unsure > 0:
        print(f"Gå igenom {plural(unsure, 'rad', 'rader')} med {CHECK} i filen.")
    print(f"Prova sedan: uppfoljning importera {shown(wanted.origin)} --mappning {name} --torrkorning")
    return 0


def _id(text: str) -> str:
    found = parse_id(text) if text else ""
    if isinstance(found, Problem):
        raise Misuse(refusal("--mappning", text, found))
    return found


def safe_lines(text: str) -> str:
    """The lines of a text, each fit to print."""
    return "".join(f"{safe(line)}\n" for line in text.rstrip("\n").split("\n"))
