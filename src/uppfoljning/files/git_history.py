"""How files have come to be what they are: the commits that changed each, as one line."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.git import BROKEN, GitFault, ask, fields, stand_of

_LOG = ("log", "-z", "--raw", "--root", "--first-parent", "--no-abbrev", "--no-renames", "--no-show-signature", "--no-color")
_FORMAT = ("--encoding=UTF-8", "--format=%H%x00%P%x00%as%x00%s")
_RENAMES = ("diff-tree", "--stdin", "-r", "-z", "-M50%", "-l1000", "--diff-filter=R", "--name-status")
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


def histories(root: Path, paths: Iterable[str], ref: str = "HEAD") -> dict[str, list[Version]] | GitFault:
    """The commits that changed each file, oldest first; paths are relative to the project, and an unknown one has none.

    Only first parents are followed, so that the versions are one line and every step goes from one to the next. What came
    with a merge is one version, that of the merge: it was then that it began to hold here. A rename is followed, also between
    folders, but never a copy: next year's plan, made from this year's, has a history of its own.
    """
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    home = f"/{stand.prefix}"
    found: dict[str, list[Version]] = {path: [] for path in paths}
    # The names to look for from each commit on, with the path that each is the history of.
    waiting = [(stand.commit, [(posixpath.normpath(path), path) for path in found])] if found else []
    while waiting:
        commit, names = waiting.pop()
        steps = _steps(root, commit, [name for name, _ in names], home)
        added = [step for of_one in (steps or {}).values() for step in of_one if step.letter == "A" and step.parent]
        formers = _formers(root, added, home)
        if steps is None or formers is None:
            return BROKEN
        for name, path in names:
            for step in steps.get(name, ()):
                version = step.version
                cut = stand.shallow and not step.parent and _has_lost_parents(root, version.commit)
                found[path].append(version._replace(cut=cut))
                if (former := formers.get((version.commit, name))) is not None:
                    waiting.append((step.parent, [(former, path)]))
                    break
    return {path: versions[::-1] for path, versions in found.items()}


def _steps(root: Path, commit: str, paths: list[str], home: str) -> dict[str, list[_Step]] | None:
    """What the line of first parents did to the files of these very names, newest first; None when git fails."""
    said = ask(root, *_LOG, *_FORMAT, commit, "--", *paths)
    if said is None:
        return None
    steps: dict[str, list[_Step]] = {}
    words = iter(fields(said))
    made, parents, day, subject = "", "", "", ""
    for word in words:
        change = word.lstrip("\n")
        if not change.startswith(":"):
            made, parents, day, subject = change, next(words), next(words), next(words)
            continue
        path = _within(home, next(words))
        _, _, _, blob, letter = change.split(" ")
        version = Version(made, _day(day), path, subject, "" if letter == "D" else blob)
        steps.setdefault(path, []).append(_Step(version, parents.partition(" ")[0], letter))
    return steps


def _formers(root: Path, added: list[_Step], home: str) -> dict[tuple[str, str], str] | None:
    """What files were called before the commits that gave them their names, by commit and name; a new file is not there."""
    if not added:
        return {}
    pairs = sorted({f"{step.version.commit} {step.parent}\n" for step in added})
    said = ask(root, *_RENAMES, given="".join(pairs))
    if said is None:
        return None
    formers = {}
    made = ""
    words = iter(fields(said))
    for word in words:
        if not word.startswith("R"):
            made = word
        else:
            old, new = next(words), next(words)
            formers[made, _within(home, new)] = _within(home, old)
    return formers


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
