"""How one file has come to be what it is: the commits that changed it, as one line."""

from __future__ import annotations

import posixpath
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.git import BROKEN, GitFault, ask, fields, resolve

_LOG = ("log", "-z", "--raw", "--root", "--first-parent", "--no-abbrev", "--no-renames", "--no-show-signature", "--no-color")
_FORMAT = ("--encoding=UTF-8", "--format=%H%x00%P%x00%as%x00%s")
_RENAMES = ("diff-tree", "-r", "-z", "-M50%", "-l1000", "--diff-filter=R", "--name-status")
"""A file that keeps half of its text is the same under its new name. More than a thousand new names in one commit are seen only
where the text was left alone."""


class Version(NamedTuple):
    """One file as one commit left it.

    `commit` is the full hash. `day` is the author's, as the author's calendar showed it: it says when the change was made, and
    stays the same when a commit is amended or rebased, in every clone and time zone; it need not rise from one version to the
    next, and is `date.min` where git cannot tell. `path` is relative to the project, so it begins with `../` where the project
    lay elsewhere. `blob` is the content, for `Objects.read`, and empty where the commit removed the file. `cut` is true where
    a shallow clone begins: the file may be older.
    """

    commit: str
    day: date
    path: str
    subject: str
    blob: str
    cut: bool = False


class _Step(NamedTuple):
    """What a commit did to a file: git's letter for it; the first parent is empty at the beginning."""

    version: Version
    parent: str
    letter: str


def history(root: Path, path: str, ref: str = "HEAD") -> list[Version] | GitFault:
    """The commits that changed a file, oldest first; `path` is relative to the project, and an unknown one has none.

    Only first parents are followed, so that the versions are one line and every step goes from one to the next. What came
    with a merge is one version, that of the merge: it was then that it began to hold here. A rename is followed, also between
    folders, but never a copy: next year's plan, made from this year's, has a history of its own.
    """
    commit = resolve(root, ref)
    if isinstance(commit, GitFault):
        return commit
    prefix = ask(root, "rev-parse", "--show-prefix")
    if prefix is None:
        return BROKEN
    home = "/" + prefix.removesuffix("\n")
    path = posixpath.normpath(path)
    found: list[Version] = []
    while commit:
        steps = _steps(root, commit, path, home)
        if steps is None:
            return BROKEN
        commit = ""
        for step in steps:
            version = step.version
            found.append(version._replace(cut=not step.parent and _has_lost_parents(root, version.commit)))
            if step.letter == "A" and step.parent and (former := _former_path(root, step, home)):
                commit, path = step.parent, former
                break
    return found[::-1]


def _steps(root: Path, commit: str, path: str, home: str) -> list[_Step] | None:
    """What the line of first parents did to the file of this very name, newest first; None when git fails."""
    said = ask(root, *_LOG, *_FORMAT, commit, "--", path)
    if said is None:
        return None
    steps: list[_Step] = []
    words = iter(fields(said))
    made, parents, day, subject = "", "", "", ""
    for word in words:
        change = word.lstrip("\n")
        if not change.startswith(":"):
            made, parents, day, subject = change, next(words), next(words), next(words)
        elif _within(home, next(words)) == path:
            _, _, _, blob, letter = change.split(" ")
            version = Version(made, _day(day), path, subject, "" if letter == "D" else blob)
            steps.append(_Step(version, parents.partition(" ")[0], letter))
    return steps


def _former_path(root: Path, step: _Step, home: str) -> str:
    """What the file was called, relative to the project, before the commit that gave it its name; empty if it is new."""
    words = fields(ask(root, *_RENAMES, step.parent, step.version.commit) or "")
    for old, new in zip(words[1::3], words[2::3], strict=True):
        if _within(home, new) == step.version.path:
            return _within(home, old)
    return ""


def _within(home: str, name: str) -> str:
    """A name from the top of the repository as one from the project."""
    return posixpath.relpath(f"/{name}", home)


def _has_lost_parents(root: Path, commit: str) -> bool:
    """Whether a commit that has no parents in this clone was made with some."""
    return "\nparent " in (ask(root, "cat-file", "commit", commit) or "").partition("\n\n")[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
