"""Where a project lies, and where git keeps what it knows of it. Imports little: it stands before everything else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from uppfoljning.files.gate import NOFOLLOW, opened, real_path
from uppfoljning.files.machine import raise_if_short

# Which files a project in a folder has. Imports little: it stands before everything else.


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


_PLAN = (b"plan", b"parter", b"snabbrapport")
"""What stands before the colon on a line of nearly every plan and form, and hardly of anybody else's file."""
_HEAD = 16 * 1024
_TRIED = 50
"""How many bytes of how many files are looked at for that."""


def root_of(start: str) -> str | None:
    """The folder that holds `plans` or `reports`: `start` itself, and where it is empty the nearest upwards from here.

    Upwards only a folder with a plan counts, and none outside of the repository one stands in: many have a folder of the name
    `reports` somewhere above, and what lies there is nobody else's business.
    """
    if os.path.isdir(os.path.join(start, FOLDERS[0])):
        return start or "."
    here = any(os.path.isdir(os.path.join(start, name)) for name in FOLDERS)
    if start:
        return start if here else None
    above = next((one for one in _within_repository(os.getcwd()) if _has_plan(one)), None)
    return "." if above is None and here else above


def _within_repository(folder: str) -> Iterator[str]:
    for one in _upwards(folder):
        yield one
        if os.path.lexists(os.path.join(one, ".git")):
            return


def _has_plan(folder: str) -> bool:
    """Whether there is a plan, or a form for one, however broken, in the folder where they lie."""
    names = files_of(folder, FOLDERS[0], [], [])
    forms = f"{FOLDERS[0]}/snabbrapporter"
    names += files_of(folder, forms, [], []) if os.path.isdir(os.path.join(folder, forms)) else []
    return any(_says_plan(_head(folder, name)) for name in sorted(names)[:_TRIED] if name.lower().endswith(YAML_SUFFIXES))


def _says_plan(head: bytes) -> bool:
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    return any(key.rstrip() in _PLAN for key, colon, _ in (line.partition(b":") for line in lines) if colon)


def _head(folder: str, name: str) -> bytes:
    try:
        number, _ = opened(folder, name)
    except OSError:
        return b""
    try:
        return os.read(number, _HEAD)
    finally:
        os.close(number)


def git_top(root: str) -> str | None:
    """The top folder of the repository that a folder lies in, or None outside git."""
    told = told_of(root) if (found := top_on_disk(root)) is None else None
    return found if told is None else told[1]


def git_folder(root: str) -> str | None:
    """The folder of git that a project's own state lies in, as `.git`; None outside git."""
    top = top_on_disk(root)
    if top is not None:
        return _git_in(top)
    told = told_of(root)
    return None if told is None else told[0]


def top_on_disk(root: str) -> str | None:
    """The nearest folder upwards that a repository was made in."""
    return next((one for one in _upwards(os.path.realpath(root)) if _git_in(one) is not None), None)


def told_of(root: str) -> tuple[str, str] | None:
    """The folder of git and the top of the work tree, where only git's own variables tell of them.

    Both must be set, and the project lie in that work tree: what a hook of another repository has set is not for this one.
    """
    git, top = (os.environ.get(name) for name in ("GIT_DIR", "GIT_WORK_TREE"))
    if not git or not top:
        return None
    git, top = os.path.abspath(git), os.path.realpath(top)
    here = os.path.realpath(root)
    inside = here == top or here.startswith(os.path.join(top, ""))
    return (git, top) if inside and os.path.isdir(git) else None


def _git_in(folder: str) -> str | None:
    at = os.path.join(folder, ".git")
    # As git does, a folder without a HEAD is passed by.
    if os.path.isdir(at):
        return at if os.path.lexists(os.path.join(at, "HEAD")) else None
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
