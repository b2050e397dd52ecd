"""The files of an inbox: those that may hold a report, and those that cannot, with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from uppfoljning.collect.inbox.texts import LETTERS, PAGES
from uppfoljning.domain.finding import Problem
from uppfoljning.files.gate import LINKED_FOLDER, OUTSIDE, given, opened
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import FOLDERS, YAML_LIMIT, YAML_SUFFIXES

READ = (*YAML_SUFFIXES, ".txt", ".md", *LETTERS, *PAGES)
"""How the names end of files that are looked through."""
_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")
_LETTER_LIMIT = 30 * 1024 * 1024
"""The most bytes of a letter, for pictures may be attached; what else is read has the limit of a report file."""
_OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})

_UNREADABLE = Problem("", "filen gick inte att läsa", "kontrollera att den finns och att du får läsa den")
_LINKS = {
    OUTSIDE: Problem("", "den är en länk ut ur mappen", "lägg själva filen där i stället för länken"),
    LINKED_FOLDER: Problem("", "den är en länk till en mapp", "lägg själva mappen där i stället för länken"),
}
_TABLE = Problem("", "en tabell läses in för sig", "kör uppfoljning importera med tabellens namn")
_OTHER_KIND = Problem("", "en sådan fil läses inte", f"bara filer som slutar på {', '.join(READ)}")


class Arrived(NamedTuple):
    """A file and its bytes."""

    name: str
    data: bytes


class Aside(NamedTuple):
    """A file that is not looked through, and why."""

    name: str
    problem: Problem


def arrived(place: Path, project: Path) -> Iterator[Arrived | Aside]:
    """Every file of a folder and the folders in it, or a single file, in the order of their names.

    Hidden ones and the project's own plans and reports are passed by; a link out of the folder, or to another, is not followed.
    """
    if not place.is_dir():
        yield _read(place.name, lambda: given(str(place), str(project)))
        return
    own = {(project / folder).resolve() for folder in FOLDERS}
    for path in _below(place, own):
        name = path.relative_to(place).as_posix()
        yield _read(name, partial(opened, str(place), name))


def _below(folder: Path, own: set[Path]) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda path: (path.stem, path.suffix))
    except OSError as error:
        raise_if_short(error)
        yield folder
        return
    for path in inside:
        if path.name.startswith(".") or path.name.lower() in _OF_THE_SYSTEM:
            continue
        if path.is_symlink() or not path.is_dir():
            yield path
        elif path.resolve() not in own:
            yield from _below(path, own)


def _read(name: str, open_it: Callable[[], tuple[int, int]]) -> Arrived | Aside:
    lower = name.lower()
    try:
        number, size = open_it()
        with os.fdopen(number, "rb") as file:
            if not lower.endswith(READ):
                return Aside(name, _TABLE if lower.endswith(_TABLES) else _OTHER_KIND)
            limit = _LETTER_LIMIT if lower.endswith(LETTERS) else YAML_LIMIT
            return Aside(name, larger_than(limit)) if size > limit else Arrived(name, file.read(limit))
    except OSError as error:
        raise_if_short(error)
        return Aside(name, _LINKS.get(error.errno or 0, _UNREADABLE))


def larger_than(limit: int = YAML_LIMIT) -> Problem:
    """More than is read."""
    return Problem("", f"den är större än {limit // (1024 * 1024)} MB", "be om rapporten för sig, som filen som blanketten gav")
