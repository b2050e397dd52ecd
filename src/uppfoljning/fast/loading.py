"""A project for a question, by the quickest road that gives the same answer as the plain one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning.fast.file_index import census
from uppfoljning.fast.output_cache import see
from uppfoljning.fast.project_cache import ProjectCache, version_of
from uppfoljning.fast.read_files import read_all
from uppfoljning.files.root import FOLDERS
from uppfoljning.files.source import Source
from uppfoljning.project.file_result import FileResult
from uppfoljning.project.load import CheckedProject, ProjectContext, load_project
from uppfoljning.project.reports import Reports


class LoadRequest(NamedTuple):
    """What a project is wanted for: the follow-up table of a `day`, only its `findings`, or else every report by itself.

    `source` is the folder, and with `anew` nothing is taken from earlier runs or kept for later ones.
    """

    source: Source
    day: date | None = None
    findings: bool = False
    anew: bool = False


def loaded_for(root: Path, question: LoadRequest) -> CheckedProject | None:
    """The project; for a day None where its reports cannot be put together, or are so few that it is not worth while."""
    shelf = shelf_of(root, anew=question.anew)
    if question.day is not None:
        return _summed(root, question.source, shelf, question.day)
    found = _in_columns(root, question.source, shelf) if question.findings else None
    return found or one_by_one(question.source, shelf)


def shelf_of(root: Path, *, anew: bool = False) -> ProjectCache:
    """What earlier runs kept of the project in a folder: nothing where it is not wanted, or nothing can be kept."""
    seen = None if anew else see(str(root))
    if seen is None:
        return ProjectCache(None, str(root), census(str(root), FOLDERS, {}), 0)
    return ProjectCache(seen.store, str(root), seen.census, seen.now)


def one_by_one(source: Source, shelf: ProjectCache) -> CheckedProject:
    """The project with its reports one by one; what earlier runs read in the same files is not read again."""

    def read(names: Sequence[str], source: Source, around: ProjectContext) -> list[FileResult]:
        shelf.version = version_of(source, around.files)
        return read_all(names, source, Reports(around.plans), shelf)

    return load_project(source, read)


def _summed(root: Path, source: Source, shelf: ProjectCache, day: date) -> CheckedProject | None:
    """The project with its reports put together, for the follow-up table of a day."""
    from uppfoljning.fast.aggregation import manner
    from uppfoljning.fast.incremental import is_large, load_summed

    if not is_large(shelf):
        return None
    project = load_summed(root, source, shelf, manner(), until=day)
    return None if project is None or project.settled is None or project.settled > day else project


def _in_columns(root: Path, source: Source, shelf: ProjectCache) -> CheckedProject | None:
    """The project where it has large tables, which are read in columns; its other reports are there one by one."""
    from uppfoljning.fast.incremental import large_files, load_summed

    if not large_files(shelf, shelf.folders):
        return None
    from uppfoljning.fast.aggregation import grain_of
    from uppfoljning.fast.partial import Aggregation

    return load_summed(
        root, source, shelf, Aggregation(grain_of, lambda _plan, _commitment, entries, _moved: entries), keep=False
    )
