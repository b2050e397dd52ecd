"""Files that the repository has and the folder lacks on purpose: those of a sparse checkout, and submodules not fetched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.git import ask, fields
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
