"""How files have come to be what they are: the commits that changed each, as one line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple, Self

from uppfoljning.files.git import BROKEN, GitFault, RepositoryState, ask, fields, stand_of

_GIT_HISTORY_LOG = (
    "log",
    "-z",
    "--raw",
    "--root",
    "--first-parent",
    "--no-abbrev",
    "--no-renames",
    "--no-show-signature",
    "--no-color",
)
_GIT_HISTORY_FORMAT = ("--encoding=UTF-8", "--format=%H%x00%P%x00%as%x00%s")
_WHOLE = (
    "log",
    "-z",
    "--raw",
    "--root",
    "-m",
    "--full-history",
    "--simplify-merges",
    "--topo-order",
    "--no-abbrev",
    "--no-renames",
)
_REMOVED = ("log", "-z", "--raw", "-m", "--full-history", "--diff-filter=D", "--no-abbrev", "--no-renames")
_QUIET = ("--no-show-signature", "--no-color")
_RENAMES = ("diff-tree", "--stdin", "-m", "-r", "-z", "-l1000", "--diff-filter=R", "--name-status", "--no-abbrev-commit")
_RENAMED_IN = re.compile(r"([0-9a-f]{40,64})(?: \(from ([0-9a-f]{40,64})\))?")
_ALIKE = "-M30%"
"""A file that keeps a third of its text is the same under its new name: whoever renames a plan may rewrite much of it. Of over a
thousand new names in one commit only those are seen where the text was left alone."""
_MOST_NAMES = 200
"""How many names a file is followed through; what it was called before them is taken for not seen."""
_SAME = "-M100%"
"""Where contents are missing only their names can be compared."""


class FileVersion(NamedTuple):
    """One file as one commit left it.

    `commit` is the full hash. `day` is the author's, as the author's calendar showed it: it says when the change was made, and
    stays the same when a commit is amended or rebased, in every clone and time zone; it need not rise from one version to the
    next, and is `date.min` where git cannot tell. `path` is relative to the project, so it begins with `../` where the project
    lay elsewhere. `blob` is the content, for `Objects.read`, and empty where the commit removed the file. `cut` is true where
    the file may be older: a shallow clone begins there, or what it was called before cannot be told, for contents are missing.
    """

    commit: str
    day: date
    path: str
    subject: str
    blob: str
    cut: bool = False


class _Step(NamedTuple):
    """What a commit did to a file: git's letter for it; the first parent is empty at the beginning."""

    version: FileVersion
    parent: str
    letter: str


class History:
    """What git tells of the files of a project up to a ref. What is asked of it once is remembered."""

    def __init__(self, root: Path, stand: RepositoryState) -> None:
        self._root = root
        self._home = f"/{stand.prefix}"
        self._commit = stand.commit
        self.shallow = stand.shallow
        self._walks: dict[tuple[str, str], list[_Commit]] = {}
        self._formers = _Formers(root, self._home)

    @classmethod
    def at(cls, root: Path, ref: str = "HEAD") -> Self | GitFault:
        """The history behind a ref."""
        stand = stand_of(root, ref)
        return stand if isinstance(stand, GitFault) else cls(root, stand)

    def lines(self, paths: Iterable[str]) -> dict[str, list[FileVersion]] | GitFault:
        """The commits that changed each file on the line of first parents, oldest first; an unknown one has none.

        Only first parents are followed, so that the versions are one line and every step goes from one to the next. What came
        with a merge is one version, that of the merge: it was then that it began to hold here. A rename is followed, also
        between folders, but never a copy: next year's plan, made from this year's, has a history of its own.
        """
        found: dict[str, list[FileVersion]] = {path: [] for path in paths}
        # The names to look for from each commit on, with the path that each is the history of.
        waiting = [(self._commit, [(posixpath.normpath(path), path) for path in found])] if found else []
        while waiting:
            commit, names = waiting.pop()
            steps = _steps(self._root, commit, [name for name, _ in names], self._home)
            if steps is None:
                return BROKEN
            added = {step.version.commit for of_one in steps.values() for step in of_one if step.letter == "A" and step.parent}
            if not self._formers.learn(added):
                return BROKEN
            for name, path in names:
                for step in steps.get(name, ()):
                    version = step.version
                    cut = self.shallow and not step.parent and _has_lost_parents(self._root, version.commit)
                    unseen = self._formers.unseen and step.letter == "A" and bool(step.parent)
                    found[path].append(version._replace(cut=cut or unseen))
                    if (former := self._formers.former_of(version.commit, name, step.parent)) is not None:
                        waiting.append((step.parent, [(former, path)]))
                        break
        return {path: versions[::-1] for path, versions in found.items()}

    def wholes(self, paths: Iterable[str]) -> dict[str, list[Node]] | GitFault:
        """Every wording of each file that any commit has left, along all lines, oldest first; the last is the newest.

        Commits that only joined lines are not there. A file that was removed and came back has both, and a rename is followed.
        """
        names = {path: posixpath.normpath(path) for path in paths}
        if not names or not self._walk(self._commit, list(names.values())):
            return BROKEN if names else {}
        found = {}
        for path, name in names.items():
            nodes: list[Node] = []
            if self._follow(self._commit, name, nodes, {}) is None:
                return BROKEN
            found[path] = nodes
        return found

    def _walk(self, commit: str, names: list[str]) -> bool:
        """Asks for the history of some names behind a commit; false when git fails."""
        said = ask(self._root, *_WHOLE, *_QUIET, *_GIT_HISTORY_FORMAT, commit, "--", *names)
        if said is None:
            return False
        found: list[_Commit] = []
        words = iter(fields(said))
        for word in words:
            change = word.lstrip("\n")
            if not change.startswith(":"):
                parents, day, subject = next(words), next(words), next(words)
                if not found or found[-1].commit != change:
                    found.append(_Commit(change, parents.split(), _git_history_day(day), subject, {}, set()))
                continue
            path = _within(self._home, next(words))
            _, _, _, blob, letter = change.split(" ")
            found[-1].blobs[path] = "" if letter == "D" else blob
            if letter == "A":
                found[-1].added.add(path)
        for name in names:
            self._walks[commit, name] = found[::-1]
        return self._formers.learn({one.commit for one in found if one.added})

    def _follow(self, commit: str, name: str, nodes: list[Node], known: dict[tuple[str, str], int]) -> tuple[int, ...] | None:
        """Puts the wordings of a name behind a commit among the `nodes`; the positions of those that hold at it.

        None when git fails. `known` are the positions of what is there already, by commit and name.
        """
        if (commit, name) not in self._walks and not self._walk(commit, [name]):
            return None
        commits = self._walks[commit, name]
        standing: dict[str, tuple[int, ...]] = {}
        for one in commits:
            before = tuple(dict.fromkeys(at for parent in one.parents for at in standing.get(parent, ())))
            if name not in one.blobs:
                standing[one.commit] = before
                continue
            if (one.commit, name) not in known:
                lost = self.shallow and not one.parents and _has_lost_parents(self._root, one.commit)
                endless = len(self._walks) > _MOST_NAMES
                for parent, former in () if endless else self._formers.formers_of(one.commit, name):
                    earlier = self._follow(parent, former, nodes, known)
                    if earlier is None:
                        return None
                    before = (*before, *(at for at in earlier if at not in before))
                unseen = (self._formers.unseen or endless) and name in one.added and not before
                version = FileVersion(one.commit, one.day, name, one.subject, one.blobs[name], lost or unseen)
                known[one.commit, name] = len(nodes)
                nodes.append(Node(version, before))
            standing[one.commit] = (known[one.commit, name],)
        return standing[commits[-1].commit] if commits else ()


class Node(NamedTuple):
    """One wording in the whole of a file's history, also beside the line: a commit that left the file as none of its parents did.

    `parents` are the positions, in the list that holds it, of the wordings that it came from; older ones come first in the list.
    """

    version: FileVersion
    parents: tuple[int, ...]


def removals(root: Path, folder: str, ref: str = "HEAD") -> list[FileVersion] | GitFault:
    """Every file of a folder that a commit behind the ref has removed, the newest first; `blob` is what it held until then."""
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    said = ask(root, *_REMOVED, *_QUIET, *_GIT_HISTORY_FORMAT, stand.commit, "--", folder)
    if said is None:
        return BROKEN
    found: dict[tuple[str, str], FileVersion] = {}
    made, day, subject = "", "", ""
    words = iter(fields(said))
    for word in words:
        change = word.lstrip("\n")
        if not change.startswith(":"):
            made, _, day, subject = change, next(words), next(words), next(words)
            continue
        path = _within(f"/{stand.prefix}", next(words))
        found.setdefault((made, path), FileVersion(made, _git_history_day(day), path, subject, change.split(" ")[2]))
    return list(found.values())


class _Commit(NamedTuple):
    """A commit as git tells of it: its parents among those that it tells of, and the content that it left some files with."""

    commit: str
    parents: list[str]
    day: date
    subject: str
    blobs: dict[str, str]
    added: set[str]


def _steps(root: Path, commit: str, paths: list[str], home: str) -> dict[str, list[_Step]] | None:
    """What the line of first parents did to the files of these very names, newest first; None when git fails."""
    said = ask(root, *_GIT_HISTORY_LOG, *_GIT_HISTORY_FORMAT, commit, "--", *paths)
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
        version = FileVersion(made, _git_history_day(day), path, subject, "" if letter == "D" else blob)
        steps.setdefault(path, []).append(_Step(version, parents.partition(" ")[0], letter))
    return steps


class _Formers:
    """What files were called before the commits that gave them their names; a new file is not there.

    `unseen` says that contents were missing somewhere, so that only files whose text was left alone are there.
    """

    def __init__(self, root: Path, home: str) -> None:
        self._root = root
        self._home = home
        self._known: set[str] = set()
        self._names: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.unseen = False

    def learn(self, commits: set[str]) -> bool:
        """Asks about commits that files were added in; false when git fails."""
        asked = sorted(commits - self._known)
        if not asked:
            return True
        self._known.update(asked)
        given = "".join(f"{commit}\n" for commit in asked)
        said = ask(self._root, *_RENAMES, _ALIKE, "--pretty=oneline", given=given)
        if said is None:
            said, self.unseen = ask(self._root, *_RENAMES, _SAME, "--pretty=oneline", given=given), True
        if said is None:
            return False
        made, parent = "", ""
        words = iter(fields(said))
        for word in words:
            if (head := _RENAMED_IN.match(word)) is not None:
                # Of an only parent git does not say which it is.
                made, parent = head[1], head[2] or f"{head[1]}^1"
            else:
                old, new = next(words), next(words)
                self._names.setdefault((made, _within(self._home, new)), []).append((parent, _within(self._home, old)))
        return True

    def formers_of(self, commit: str, name: str) -> list[tuple[str, str]]:
        """The parents that had the file under another name, each with that name."""
        return self._names.get((commit, name), [])

    def former_of(self, commit: str, name: str, parent: str) -> str | None:
        """What the file was called in one parent."""
        return next((old for one, old in self.formers_of(commit, name) if one in (parent, f"{commit}^1")), None)


def _within(home: str, name: str) -> str:
    """A name from the top of the repository as one from the project."""
    return posixpath.relpath(f"/{name}", home)


def _has_lost_parents(root: Path, commit: str) -> bool:
    """Whether a commit that has no parents in this clone was made with some."""
    return "\nparent " in (ask(root, "cat-file", "commit", commit) or "").partition("\n\n")[0]


def _git_history_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


# When files first came into the repository.


_GIT_ADDED_LOG = (
    "log",
    "-z",
    "--first-parent",
    "--no-renames",
    "--diff-filter=A",
    "--name-only",
    "--relative",
    "--no-show-signature",
)
_GIT_ADDED_FORMAT = ("--no-color", "--format=%x01%at %as")
_SUMMER = timezone(timedelta(hours=2))
"""The latest that a clock in Sweden can be."""


def days_added(root: Path, folder: str, ref: str = "HEAD") -> dict[str, date] | GitFault:
    """The day of the first commit that holds each file of a folder, by its name from the project.

    It is the author's day, or the day it then was in Sweden where that is later: what a server commits just before midnight is
    of the next day here. What came with a merge came on the day of the merge, and where a shallow clone begins everything
    comes at once, so a day may be later than the true one, never earlier.
    """
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    said = ask(root, *_GIT_ADDED_LOG, *_GIT_ADDED_FORMAT, stand.commit, "--", folder)
    if said is None:
        return BROKEN
    days: dict[str, date] = {}
    day = date.min
    for word in fields(said):
        if word.startswith("\x01"):
            day = _git_added_day(word[1:])
        elif name := word.lstrip("\n"):
            days[name] = day
    return days


def _git_added_day(text: str) -> date:
    seconds, _, own = text.partition(" ")
    try:
        return max(date.fromisoformat(own), datetime.fromtimestamp(int(seconds), _SUMMER).date())
    except (ValueError, OverflowError, OSError):
        return date.max
