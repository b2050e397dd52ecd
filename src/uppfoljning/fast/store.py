"""What has been worked out once, kept in files beside the project's history: each is whole and known to be, or it is not there.

Nothing that is kept is needed: whatever cannot be read, or was kept by another version of the program, is worked out again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from uppfoljning.fast.file_index import mark_of, nothing, numbers_of
from uppfoljning.files.hashing import blake2b
from uppfoljning.files.root import FOLDERS, git_folder

_FORMAT = b"uppfoljning 1\n"
_SUM = 16
_NEW, _CLOCK, _PLACE = ".ny", "klocka", "plats"
CENSUS = "mappar"
"""What the check sums of the folders are kept by."""
SURE_AFTER = 2_000_000_000
"""Nanoseconds after which a file that is changed again is sure to get another time: some file systems count in two seconds."""


class Store:
    """Pieces of data by name in a folder of their own, for one version of the program.

    `tidying` is done before the first thing is kept in a run: it lets go of what is not to be kept any longer.
    """

    def __init__(self, folder: str, version: bytes) -> None:
        self.folder = folder
        self.tidying: Callable[[], None] = nothing
        self._version = blake2b(_FORMAT + version, digest_size=_SUM).digest()

    def get(self, name: str) -> bytes | None:
        """What is kept by a name; None where nothing is, it is damaged, or another version kept it."""
        try:
            with open(os.path.join(self.folder, name), "rb", buffering=0) as file:
                data = file.readall()
        except OSError:
            return None
        version, kept, piece = data[:_SUM], data[_SUM : 2 * _SUM], data[2 * _SUM :]
        return piece if version == self._version and kept == _sum(piece) else None

    def put(self, name: str, piece: bytes) -> None:
        """Keep something in place of what has the name. Where it cannot be written nothing is kept."""
        self.tidy()
        path = os.path.join(self.folder, name)
        own = f"{path}.{os.getpid()}{_NEW}"
        with suppress(OSError):
            with _closing(os.open(own, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)) as number:
                for part in (self._version, _sum(piece), piece):
                    _write(number, part)
            os.replace(own, path)

    def tidy(self) -> None:
        """Let go of what is not to be kept any longer, once in a run."""
        tidying, self.tidying = self.tidying, nothing
        tidying()

    def drop(self, name: str) -> None:
        """Let go of what is kept by a name."""
        with suppress(OSError):
            os.unlink(os.path.join(self.folder, name))

    def now(self) -> int | None:
        """The time of the file system that it lies in (ns); None where nothing can be kept there."""
        path = os.path.join(self.folder, _CLOCK)
        try:
            os.makedirs(self.folder, exist_ok=True)
            with open(path, "wb", buffering=0) as file:
                file.write(b".")
            return os.stat(path).st_mtime_ns
        except OSError:
            return None

    def keep_only(self, lead: str, wanted: Callable[[str], bool]) -> None:
        """Drop what begins with `lead` and, by the rest of its name, is not wanted."""
        with suppress(OSError):
            for name in os.listdir(self.folder):
                if name.startswith(lead) and not wanted(name[len(lead) :]):
                    os.unlink(os.path.join(self.folder, name))

    def drop_others(self, leads: tuple[str, ...]) -> list[str]:
        """Drop what no run of this version would ask for: what begins otherwise, is half written, or was kept by another version.

        Gives the names of the rest.
        """
        left = []
        for name in self.names(""):
            if name in (_CLOCK, _PLACE):
                continue
            if name.startswith(leads) and not name.endswith(_NEW) and self._is_mine(name):
                left.append(name)
            else:
                self.drop(name)
        return left

    def _is_mine(self, name: str) -> bool:
        try:
            with open(os.path.join(self.folder, name), "rb", buffering=0) as file:
                return file.read(_SUM) == self._version
        except OSError:
            return False

    def belongs_to(self, root: str) -> None:
        """Say which project this is for, and drop what is kept for others beside it that are not there any more."""
        with suppress(OSError):
            path = os.path.join(self.folder, _PLACE)
            real = os.fsencode(os.path.realpath(root))
            if _bytes_of(path) != real:
                with _closing(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)) as number:
                    _write(number, real)
            with os.scandir(os.path.dirname(self.folder)) as entries:
                beside = [entry.path for entry in entries if _is_name(entry.name) and entry.is_dir(follow_symlinks=False)]
            for folder in beside:
                if folder != self.folder and not _is_project(os.fsdecode(_bytes_of(os.path.join(folder, _PLACE)))):
                    _remove(folder)

    def names(self, lead: str) -> list[str]:
        """The names of what is kept that begin so."""
        try:
            return [name for name in os.listdir(self.folder) if name.startswith(lead)]
        except OSError:
            return []

    def keep_newest(self, lead: str, number: int) -> None:
        """Drop all but the newest of what begins with `lead`."""
        with suppress(OSError):
            files = [entry for entry in os.scandir(self.folder) if entry.name.startswith(lead)]
            if len(files) > number:
                for entry in sorted(files, key=lambda one: one.stat().st_mtime_ns)[:-number]:
                    os.unlink(entry.path)


def place_of(root: str, environment: Mapping[str, str]) -> str | None:
    """The folder for what is kept of a project: within git's own folder, and outside git in the user's folder for such."""
    git = git_folder(root)
    return place_outside_git(root, environment) if git is None else os.path.join(git, "uppfoljning", _name_of(root))


def leave_outside_git(root: str, environment: Mapping[str, str]) -> None:
    """Drop what was kept of a project before it lay in git."""
    place = place_outside_git(root, environment)
    if place is not None and os.path.isdir(place) and git_folder(root) is not None:
        _remove(place)


def place_outside_git(root: str, environment: Mapping[str, str]) -> str | None:
    """The folder for what is kept of a project that does not lie in git."""
    home = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    if not home and environment.get("HOME"):
        home = os.path.join(environment["HOME"], *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))
    return os.path.join(home, "uppfoljning", _name_of(root)) if home and os.path.isabs(home) else None


_DIGITS = 16


def _name_of(root: str) -> str:
    return blake2b(os.fsencode(os.path.realpath(root)), digest_size=_DIGITS // 2).hexdigest()


def _is_name(name: str) -> bool:
    return len(name) == _DIGITS and not name.strip("0123456789abcdef")


def _is_project(root: str) -> bool:
    return bool(root) and any(os.path.isdir(os.path.join(root, name)) for name in FOLDERS)


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except OSError:
        return b""


def _remove(folder: str) -> None:
    """Remove a folder of pieces; what cannot be removed is left."""
    with suppress(OSError):
        for name in os.listdir(folder):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))
        os.rmdir(folder)


def program_mark() -> bytes:
    """What tells this program from any other version of it, of Python, and of what they import."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    digest = blake2b(sys.version.encode(), digest_size=_SUM)
    waiting = [home]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    digest.update(f"{entry.name}\0{numbers_of(entry.stat())}\0".encode())
    for path in sorted({*sys.path} - {"", os.getcwd()}):
        digest.update(f"{path}\0{mark_of(path)}\0".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _sum(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=_SUM).digest()


@contextmanager
def _closing(number: int) -> Iterator[int]:
    try:
        yield number
    finally:
        os.close(number)


def _write(number: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(number, rest) :]
