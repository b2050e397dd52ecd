"""Which files a project in a folder has. Imports little: it stands before everything else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from uppfoljning.files.gate import NOFOLLOW, real_path
from uppfoljning.files.machine import raise_if_short

FOLDERS = ("plans", "reports")
YAML_SUFFIXES = (".yaml", ".yml")
CSV_SUFFIX = ".csv"
SUFFIXES = (*YAML_SUFFIXES, CSV_SUFFIX)
_DOCUMENTATION = (".md", ".markdown", ".rst", ".adoc")
_READ_ME = ("readme", "läsmig", "la\u0308smig", "lasmig", "licens", "copying")
_OF_THE_SYSTEM = ("desktop.ini", "thumbs.db")
"""What may lie among plans and reports without being one: by how names end, by how they begin, and whole."""
_BY_NUMBER = os.scandir in os.supports_fd
"""Whether a folder can be opened once and its files looked at from there, which is quicker than to find the way to each."""


def entries_of(root: str, name: str, below: list[str], unread: list[str]) -> Iterator[os.DirEntry[str]]:
    """The YAML and CSV files right in one folder; the folders in it are added to `below`, other files by name to `unread`.

    Hidden ones and documentation are left out. What cannot or may not be read is there: linked folders, links out, pipes.
    OSError when the folder cannot be opened, or is a link.
    """
    path = os.path.join(root, name)
    if not _BY_NUMBER and os.path.islink(path):
        raise OSError("a linked folder")
    place = os.open(path, os.O_RDONLY | os.O_DIRECTORY | NOFOLLOW) if _BY_NUMBER else path
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                own = entry.name
                if own[0] == ".":
                    continue
                if own.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                    yield entry
                elif entry.is_dir(follow_symlinks=False):
                    below.append(f"{name}/{own}")
                elif own.lower().endswith(SUFFIXES):
                    yield entry
                elif not is_documentation(own):
                    if entry.is_symlink() and not _leads_to_a_file(root, os.path.join(path, own)):
                        yield entry
                    else:
                        unread.append(own)
    finally:
        if isinstance(place, int):
            os.close(place)


def is_documentation(own: str) -> bool:
    """Whether a file of this name may lie among plans and reports without being one."""
    lower = own.lower()
    return lower.endswith(_DOCUMENTATION) or lower.startswith(_READ_ME) or lower in _OF_THE_SYSTEM


def _leads_to_a_file(root: str, path: str) -> bool:
    try:
        real_path(root, path)
    except OSError:
        return False
    return True


def files_of(root: str, name: str, below: list[str], unread: list[str]) -> list[str]:
    """The same by whole names. A folder that cannot be opened is named itself, so that reading it gives a finding."""
    found: list[str] = []
    beside: list[str] = []
    try:
        found += [f"{name}/{entry.name}" for entry in entries_of(root, name, below, beside)]
    except OSError as error:
        raise_if_short(error)
        if is_lost(root, name):
            found.append(name)
    unread += whole_names(name, beside)
    return found


def whole_names(folder: str, names: Iterable[str]) -> list[str]:
    """The names of files right in a folder, with its own; a file without a name is the folder."""
    return [f"{folder}/{name}" if name else folder for name in names]


def is_lost(root: str, name: str) -> bool:
    """Whether a folder that could not be opened must be named itself: not where it is one of the two and does not exist."""
    path = os.path.join(root, name)
    return name not in FOLDERS or os.path.isdir(path) or (os.path.islink(path) and not os.path.isfile(path))
