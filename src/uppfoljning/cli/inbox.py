"""What `importera` does with what people send back: a folder, a file, or text from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from uppfoljning.cli.misuse import Misuse, leading_out, shown
from uppfoljning.cli.options import directory
from uppfoljning.cli.output import SOME, written
from uppfoljning.cli.project_dir import project_root
from uppfoljning.cli.prompt import standard_input
from uppfoljning.collect.inbox.sorting import Sorted, take_in_all
from uppfoljning.collect.inbox.texts import Arrived, SkippedFile, arrived, larger_than
from uppfoljning.files.atomic_write import in_the_way, write_many_new
from uppfoljning.files.gate import leads_out
from uppfoljning.files.source import FOLDERS, YAML_LIMIT, Folder
from uppfoljning.present.views.imports import account, advice, counts_taken_in
from uppfoljning.project.load import load_project

PIPE = "-"
_PASTED = "inklistrad text"


def take_in(ctx: typer.Context, source: str, *, dry: bool, all_or_nothing: bool, correct: bool) -> int:
    """Take in every report that can be, say what became of each, and give 1 when something stays out.

    The inbox is left as it is. A run that was cut short can be run again: what is written already is known by its receipt.
    """
    root = project_root(ctx)
    files = [_pasted()] if source == PIPE else list(arrived(_place(ctx, source, root), root))
    if not files:
        print(f"Det finns inget att läsa in i {shown(source)}.")
        return 0
    folder = Folder(root)
    result = take_in_all(files, load_project(folder), folder, correct=correct)
    held = all_or_nothing and result.left_out > 0
    done = not (dry or held)
    if done:
        _write(root, result)
    end = "" if done else " Inget är skrivet." if dry else " Inget är skrivet, för allt kunde inte komma med."
    print(f"{counts_taken_in(result, done=done)}{'.' if end else ''}{end}")
    for line in account(result):
        print(line)
    for line in advice(result, correct=correct):
        print(line)
    return int(result.left_out > 0)


def _pasted() -> Arrived | SkippedFile:
    """What is on standard input."""
    typed = standard_input()
    if sys.stdin.isatty():
        print("Klistra in texten. Avsluta med Ctrl-D på en egen rad (i Windows Ctrl-Z och Enter).", file=sys.stderr)
    data = typed.read(YAML_LIMIT + 1)
    return Arrived(_PASTED, data) if len(data) <= YAML_LIMIT else SkippedFile(_PASTED, larger_than())


def _place(ctx: typer.Context, word: str, root: Path) -> Path:
    """The folder or file that a word names, from here or from the folder of -C; not one of the project's own."""
    places = (Path(word), directory(ctx) / word)
    place = next((one for one in places if one.exists() or one.is_symlink()), None) if word else None
    if place is None:
        raise Misuse(f"{shown(word) or 'källan'} finns inte.")
    if leads_out(str(place), str(root)):
        raise leading_out(word)
    for folder in FOLDERS:
        if place.resolve().is_relative_to((root / folder).resolve()):
            raise Misuse(f"{shown(word)} hör till projektet självt. Lägg det som kommer in i en mapp utanför plans och reports.")
    return place


def _write(root: Path, result: Sorted) -> None:
    files = {one.file: one.text for one in result.new}
    if blocked := [name for name in in_the_way(root, files) if name not in files]:
        raise Misuse(
            f"inget är skrivet, för här ska det vara vanliga mappar: {', '.join(map(shown, blocked))}. Flytta undan det först."
        )
    with written("i mappen reports", left=SOME):
        write_many_new(root, files)
