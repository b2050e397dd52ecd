"""Files that the repository has and the folder lacks on purpose: those of a sparse checkout, and submodules not fetched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from uppfoljning.files.git import ask, fields
from uppfoljning.files.root import FOLDERS as ROOT_FOLDERS
from uppfoljning.files.root import git_folder, git_top
from uppfoljning.files.source import CSV_SUFFIX, FOLDERS, YAML_SUFFIXES

_SUBMODULE = "160000"


class Absent(NamedTuple):
    """How many files of plans and reports a sparse checkout leaves out, and the submodules among them that are empty."""

    files: int = 0
    submodules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files or self.submodules)


def absent(root: Path) -> Absent:
    """What of the project is in git and not in the folder. Git is asked only where its files say that this may be so."""
    git, top = git_folder(str(root)), git_top(str(root))
    if git is None or top is None:
        return Absent()
    sparse = os.path.exists(os.path.join(git, "info", "sparse-checkout"))
    if not sparse and not os.path.exists(os.path.join(top, ".gitmodules")):
        return Absent()
    files, submodules = 0, []
    for line in fields(ask(root, "ls-files", "-s", "-t", "-z", "--", *FOLDERS) or ""):
        about, _, name = line.partition("\t")
        tag, mode = about.split(" ")[:2]
        if mode == _SUBMODULE:
            place = os.path.join(root, name)
            if not os.path.isdir(place) or not os.listdir(place):
                submodules.append(name)
        elif tag == "S" and name.lower().endswith((*YAML_SUFFIXES, CSV_SUFFIX)) and not os.path.lexists(os.path.join(root, name)):
            files += 1
    return Absent(files, tuple(submodules))


# Which files of a folder git has, and which it has been told to leave alone: what others do not get.


def not_kept(root: Path, names: Iterable[str]) -> list[str] | None:
    """Those of some files that git does not have, in their order; None where git has none of the project, or cannot tell."""
    said = ask(root, "ls-files", "-z", "--", *ROOT_FOLDERS)
    if not said:
        return None
    kept = frozenset(fields(said))
    missing = [name for name in names if name not in kept]
    # Some systems write å as two signs where git has one.
    composed = {normalize("NFC", name) for name in kept} if missing else set()
    return [name for name in missing if normalize("NFC", name) not in composed]


def left_alone(root: Path) -> frozenset[str]:
    """The files of a project that a `.gitignore` hides from git."""
    said = ask(root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *ROOT_FOLDERS)
    return frozenset(normalize("NFC", name) for name in fields(said or ""))
