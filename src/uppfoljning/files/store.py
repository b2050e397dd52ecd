"""What has been worked out once, kept in files beside the project's history: each is whole and known to be, or it is not there.

Nothing that is kept is needed: whatever cannot be read, or was kept by another version of the program, is worked out again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from uppfoljning.files.census import mark_of, numbers_of
from uppfoljning.files.check_sum import blake2b
from uppfoljning.files.root import git_folder

_FORMAT = b"uppfoljning 1\n"
_SUM = 16
_NEW, _CLOCK = ".ny", "klocka"
CENSUS = "mappar"
"""What the check sums of the folders are kept by."""
SURE_AFTER = 2_000_000_000
"""Nanoseconds after which a file that is changed again is sure to get another time: some file systems count in two seconds."""


class Store:
    """Pieces of data by name in a folder of their own, for one version of the program."""

    def __init__(self, folder: str, version: bytes) -> None:
        self.folder = folder
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
        path = os.path.join(self.folder, name)
        own = f"{path}.{os.getpid()}{_NEW}"
        with suppress(OSError):
            with _closing(os.open(own, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)) as number:
                for part in (self._version, _sum(piece), piece):
                    _write(number, part)
            os.replace(own, path)

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
    real = os.path.realpath(root)
    name = blake2b(os.fsencode(real), digest_size=8).hexdigest()
    git = git_folder(root)
    if git is not None:
        return os.path.join(git, "uppfoljning", name)
    home = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    if not home and environment.get("HOME"):
        home = os.path.join(environment["HOME"], *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))
    return os.path.join(home, "uppfoljning", name) if home and os.path.isabs(home) else None


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
