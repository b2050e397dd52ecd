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
_RENAMES = ("diff-tree", "--stdin", "-r", "-z", "-l1000", "--diff-filter=R", "--name-status")
_ALIKE = "-M30%"
"""A file that keeps a third of its text is the same under its new name: whoever renames a plan may rewrite much of it. Of over a
thousand new names in one commit only those are seen where the text was left alone."""
_MOST_NAMES = 200
"""How many names a file is followed through; what it was called before them is taken for not seen."""
_SAME = "-M100%"
"""Where contents are missing only their names can be compared."""


class Version(NamedTuple):
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

    version: Version
    parent: str
    letter: str


def histories(root: Path, paths: Iterable[str], ref: str = "HEAD") -> dict[str, list[Version]] | GitFault:
    """The commits that changed each file on the line of first parents, oldest first; an unknown one has none.

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
        if steps is None:
            return BROKEN
        added = {
            (step.version.commit, step.parent)
            for of_one in steps.values()
            for step in of_one
            if step.letter == "A" and step.parent
        }
        formers = _formers(root, added, home)
        if formers is None:
            return BROKEN
        for name, path in names:
            for step in steps.get(name, ()):
                version = step.version
                cut = stand.shallow and not step.parent and _has_lost_parents(root, version.commit)
                unseen = formers.unseen and step.letter == "A" and bool(step.parent)
                found[path].append(version._replace(cut=cut or unseen))
                if (former := formers.names.get((version.commit, step.parent, name))) is not None:
                    waiting.append((step.parent, [(former, path)]))
                    break
    return {path: versions[::-1] for path, versions in found.items()}


class Node(NamedTuple):
    """One wording in the whole of a file's history, also beside the line: a commit that left the file as none of its parents did.

    `parents` are the positions, in the list that holds it, of the wordings that it came from; older ones come first in the list.
    """

    version: Version
    parents: tuple[int, ...]


def whole_histories(root: Path, paths: Iterable[str], ref: str = "HEAD") -> dict[str, list[Node]] | GitFault:
    """Every wording of each file that any commit behind the ref has left, along all lines, oldest first; the last is the newest.

    Commits that only joined lines are not there. A file that was removed and came back has both, and a rename is followed.
    """
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    whole = _Whole(root, f"/{stand.prefix}", stand.shallow)
    names = {path: posixpath.normpath(path) for path in paths}
    if not names or not whole.walk(stand.commit, list(names.values())):
        return BROKEN if names else {}
    found = {}
    for path, name in names.items():
        nodes: list[Node] = []
        if whole.follow(stand.commit, name, nodes, {}) is None:
            return BROKEN
        found[path] = nodes
    return found


def removals(root: Path, folder: str, ref: str = "HEAD") -> list[Version] | GitFault:
    """Every file of a folder that a commit behind the ref has removed, the newest first; `blob` is what it held until then."""
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    said = ask(root, *_REMOVED, *_QUIET, *_FORMAT, stand.commit, "--", folder)
    if said is None:
        return BROKEN
    found: dict[tuple[str, str], Version] = {}
    made, day, subject = "", "", ""
    words = iter(fields(said))
    for word in words:
        change = word.lstrip("\n")
        if not change.startswith(":"):
            made, _, day, subject = change, next(words), next(words), next(words)
            continue
        path = _within(f"/{stand.prefix}", next(words))
        found.setdefault((made, path), Version(made, _day(day), path, subject, change.split(" ")[2]))
    return list(found.values())


class _Commit(NamedTuple):
    """A commit as git tells of it: its parents among those that it tells of, and the content that it left some files with."""

    commit: str
    parents: list[str]
    day: date
    subject: str
    blobs: dict[str, str]
    added: set[str]


class _Whole:
    """What git says of all lines of history, asked once for each name from each commit."""

    def __init__(self, root: Path, home: str, shallow: bool) -> None:
        self._root = root
        self._home = home
        self._shallow = shallow
        self._walks: dict[tuple[str, str], list[_Commit]] = {}

    def walk(self, commit: str, names: list[str]) -> bool:
        """Asks for the history of some names behind a commit; false when git fails."""
        said = ask(self._root, *_WHOLE, *_QUIET, *_FORMAT, commit, "--", *names)
        if said is None:
            return False
        found: list[_Commit] = []
        words = iter(fields(said))
        for word in words:
            change = word.lstrip("\n")
            if not change.startswith(":"):
                parents, day, subject = next(words), next(words), next(words)
                if not found or found[-1].commit != change:
                    found.append(_Commit(change, parents.split(), _day(day), subject, {}, set()))
                continue
            path = _within(self._home, next(words))
            _, _, _, blob, letter = change.split(" ")
            found[-1].blobs[path] = "" if letter == "D" else blob
            if letter == "A":
                found[-1].added.add(path)
        for name in names:
            self._walks[commit, name] = found[::-1]
        return True

    def follow(self, commit: str, name: str, nodes: list[Node], known: dict[tuple[str, str], int]) -> tuple[int, ...] | None:
        """Puts the wordings of a name behind a commit among the `nodes`; the positions of those that hold at it.

        None when git fails. `known` are the positions of what is there already, by commit and name.
        """
        if (commit, name) not in self._walks and not self.walk(commit, [name]):
            return None
        commits = self._walks[commit, name]
        formers = self._formers(commits, name)
        if formers is None:
            return None
        standing: dict[str, tuple[int, ...]] = {}
        for one in commits:
            before = tuple(dict.fromkeys(at for parent in one.parents for at in standing.get(parent, ())))
            if name not in one.blobs:
                standing[one.commit] = before
                continue
            if (one.commit, name) not in known:
                lost = self._shallow and not one.parents and _has_lost_parents(self._root, one.commit)
                endless = len(self._walks) > _MOST_NAMES
                for parent, former in () if endless else formers.former_of(one.commit, name):
                    earlier = self.follow(parent, former, nodes, known)
                    if earlier is None:
                        return None
                    before = (*before, *(at for at in earlier if at not in before))
                unseen = (formers.unseen or endless) and name in one.added and not before
                version = Version(one.commit, one.day, name, one.subject, one.blobs[name], lost or unseen)
                known[one.commit, name] = len(nodes)
                nodes.append(Node(version, before))
            standing[one.commit] = (known[one.commit, name],)
        return standing[commits[-1].commit] if commits else ()

    def _formers(self, commits: list[_Commit], name: str) -> _Formers | None:
        """What the file was called before the commits that it first came with; git has told of them without their parents."""
        first = [one.commit for one in commits if name in one.added]
        if not first:
            return _Formers({})
        said = ask(self._root, "rev-list", "--stdin", "--no-walk", "--parents", given="".join(f"{one}\n" for one in first))
        if said is None:
            return None
        lines = (line.split() for line in said.splitlines())
        return _formers(self._root, ((made, parent) for made, *parents in lines for parent in parents), self._home)


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


class _Formers(NamedTuple):
    """What files were called before the commits that gave them their names, by commit, parent and name; a new file is not there.

    `unseen` says that contents were missing, so that only files whose text was left alone are there.
    """

    names: dict[tuple[str, str, str], str]
    unseen: bool = False

    def former_of(self, commit: str, name: str) -> list[tuple[str, str]]:
        """The parents that had the file under another name, each with that name."""
        return [(parent, former) for (made, parent, new), former in self.names.items() if (made, new) == (commit, name)]


def _formers(root: Path, pairs: Iterable[tuple[str, str]], home: str) -> _Formers | None:
    """The files that were renamed between commits and parents of theirs; None when git fails."""
    left = sorted(set(pairs))
    found: dict[tuple[str, str, str], str] = {}
    unseen = False
    while left:
        # Git says which commit it speaks of and not which parent, so each commit is asked about once at a time.
        parents = dict(left)
        left = [pair for pair in left if parents[pair[0]] != pair[1]]
        given = "".join(f"{commit} {parent}\n" for commit, parent in parents.items())
        said = ask(root, *_RENAMES, _ALIKE, given=given)
        if said is None:
            said, unseen = ask(root, *_RENAMES, _SAME, given=given), True
        if said is None:
            return None
        made = ""
        words = iter(fields(said))
        for word in words:
            if not word.startswith("R"):
                made = word
            else:
                old, new = next(words), next(words)
                found[made, parents[made], _within(home, new)] = _within(home, old)
    return _Formers(found, unseen)


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
