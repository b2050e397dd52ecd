"""Where a project lies, and where git keeps what it knows of it. Imports little: it stands before everything else."""

from __future__ import annotations

import os
from collections.abc import Iterator

from uppfoljning.files.census import FOLDERS
from uppfoljning.files.machine import raise_if_short


def root_of(start: str) -> str | None:
    """The folder that holds `plans` or `reports`: `start` itself, and where it is empty the nearest upwards from here."""
    if any(os.path.isdir(os.path.join(start, name)) for name in FOLDERS):
        return start or "."
    if start:
        return None
    return next((one for one in _upwards(os.getcwd()) if any(os.path.isdir(os.path.join(one, name)) for name in FOLDERS)), None)


def git_top(root: str) -> str | None:
    """The top folder of the repository that a folder lies in, or None outside git."""
    return next((one for one in _upwards(os.path.realpath(root)) if _git_in(one) is not None), None)


def git_folder(root: str) -> str | None:
    """The folder of git that a project's own state lies in, as `.git`; None outside git."""
    top = git_top(root)
    return None if top is None else _git_in(top)


def _git_in(folder: str) -> str | None:
    at = os.path.join(folder, ".git")
    if os.path.isdir(at):
        return at
    text = line_of(at)
    return os.path.join(folder, text.removeprefix("gitdir: ")) if text.startswith("gitdir: ") else None


def common_folder(git: str) -> str:
    """The folder of git that several work trees have in common; `git` itself where there is only one."""
    return os.path.join(git, line_of(os.path.join(git, "commondir")) or ".")


def line_of(file: str) -> str:
    """The first line of a small file, empty where it cannot be read."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            return opened.readline().strip()
    except OSError as error:
        raise_if_short(error)
        return ""


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above
