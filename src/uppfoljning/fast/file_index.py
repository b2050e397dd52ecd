"""What the file system says of a project's files, without reading any: enough to tell that nothing has changed.

Imports little, not even `typing`, since it is the first thing a run does and often nearly the last.
"""

from __future__ import annotations

import marshal
import os
import stat
from array import array
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from uppfoljning.fast.worker import CAN, Second
from uppfoljning.files.gate import real_path
from uppfoljning.files.hashing import blake2b
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import entries_of, is_lost

CHANGED = os.name != "nt"
"""Whether the system says when a file was changed in any way."""
_LARGE = 200_000
"""How large folders must be, in bytes of what lists their files, for a second process to look into half of them."""
_MOST_PARTS = 255
"""Parts of the folders that are waited for, each told of by a byte."""
_GONE = (2**64 - 1, 0, 0)
"""The marks of what is there by name only: a broken link, a folder that cannot be opened."""


class FolderDigest(namedtuple("Folder", "files digest latest unread")):  # noqa: PYI024
    """The files right in one folder: their number, a check sum of their names and marks, and the latest of their times (ns).

    `unread` are the names of what lies beside them and is read by nothing.
    """

    __slots__ = ()
    files: int
    digest: bytes
    latest: int
    unread: tuple[str, ...]


class Marks(namedtuple("Marks", "names numbers unread", defaults=((),))):  # noqa: PYI024
    """The names of the files right in one folder, and three numbers for each: its size, when it changed (ns), its inode.

    When a file changed is set by the system alone, whatever is written, touched, moved or unpacked. Windows has no such time, and
    there it is when it was last written. A folder that cannot be opened has itself as its last file, without a name.
    """

    __slots__ = ()
    names: list[str]
    numbers: array[int]
    unread: tuple[str, ...]


class Census(namedtuple("Census", "folders marks")):  # noqa: PYI024
    """Every folder with files of the project, by its name, and the files of those that are not as they were known to be."""

    __slots__ = ()
    folders: dict[str, FolderDigest]
    marks: dict[str, Marks]


def nothing() -> None:
    """What is done meanwhile where there is nothing to do."""


def census(
    root: str, folders: Iterable[str], known: Mapping[str, bytes], meanwhile: Callable[[], None] = nothing, *, new: bool = False
) -> Census:
    """Every folder below those given that has files of the project; two processes share a large project.

    A file that is changed, touched, replaced, moved or removed changes the check sum of its folder. `known` are those of earlier.
    What is done `meanwhile` in a large project costs half of its time: it is done as soon as a folder has changed, at once with
    `new`, and not at all where nothing has.
    """
    found = Census({}, {})
    waiting = list(folders)
    _look(root, waiting, found, known, alone=not CAN)
    if waiting:
        _look_by_two(root, waiting, found, known, meanwhile, new)
    return found


def _look_by_two(
    root: str, waiting: Iterable[str], found: Census, known: Mapping[str, bytes], meanwhile: Callable[[], None], new: bool
) -> None:
    """Each process takes the next of the folders that neither has taken, the newest first: it is most often that one changes."""
    newest = sorted(waiting, reverse=True)
    parts = [newest[at::_MOST_PARTS] for at in range(min(len(newest), _MOST_PARTS))]
    try:
        queue, end = os.pipe()
    except OSError:
        # Too many files are open for two.
        _look(root, newest, found, known)
        return
    os.write(end, bytes(range(len(parts))))
    os.close(end)

    def look(at: bytes, found: Census, changed: Callable[[], None]) -> set[int]:
        taken: set[int] = set()
        while at:
            taken |= {*at}
            _look(root, list(parts[at[0]]), found, known)
            if found.marks:
                changed()
            at = os.read(queue, 1)
        return taken

    def work() -> bytes:
        theirs = Census({}, {})
        return _written(theirs, look(os.read(queue, 1), theirs, nothing))

    once, mine = cache(meanwhile), os.read(queue, 1)
    try:
        with Second(work) as second:
            if new:
                once()
            taken = look(mine, found, once)
            other, took = _read(second.result())
    finally:
        os.close(queue)
    found.folders.update(other.folders)
    found.marks.update(other.marks)
    for at in {*range(len(parts))} - taken - took:
        # The second process took it and did not come to its end.
        _look(root, list(parts[at]), found, known)


def _look(root: str, waiting: list[str], found: Census, known: Mapping[str, bytes], *, alone: bool = True) -> Census:
    """Look into the folders that wait and those below them; but `alone` no further than to where several large ones wait."""
    while waiting:
        name = waiting.pop()
        before = len(waiting)
        marks = marks_of(root, name, waiting)
        if marks.names or marks.unread:
            folder = found.folders[name] = summed(marks)
            if known.get(name) != folder.digest:
                found.marks[name] = marks
        if not alone and len(waiting) > max(before, 1):
            marks_of_folders = [mark_of(os.path.join(root, one)) for one in waiting]
            if sum(size for size, changed, _ in marks_of_folders if changed) > _LARGE:
                break
    return found


def marks_of(root: str, name: str, below: list[str]) -> Marks:
    """The files right in one folder, each looked at."""
    names: list[str] = []
    unread: list[str] = []
    numbers = array("Q")
    try:
        for entry in entries_of(root, name, below, unread):
            names.append(entry.name)
            try:
                numbers.extend(
                    mark_in(root, f"{name}/{entry.name}") if entry.is_symlink() else numbers_of(entry.stat(follow_symlinks=False))
                )
            except OSError:
                numbers.extend(_GONE)
    except OSError as error:
        raise_if_short(error)
        if is_lost(root, name):
            names.append("")
            numbers.extend(_GONE)
    return Marks(names, numbers, tuple(sorted(unread)))


def numbers_of(status: os.stat_result) -> tuple[int, int, int]:
    """The three numbers that stand for a file's content."""
    return status.st_size, status.st_ctime_ns if CHANGED else status.st_mtime_ns, status.st_ino


def mark_in(root: str, name: str) -> tuple[int, int, int]:
    """The same of a file of the project; a link that may not be followed counts as one that leads nowhere."""
    path = os.path.join(root, name)
    try:
        status = os.lstat(path)
        return numbers_of(os.stat(real_path(root, path)) if stat.S_ISLNK(status.st_mode) else status)
    except OSError:
        return _GONE


def mark_of(path: str) -> tuple[int, int, int]:
    """The same of any file or folder, also of one that is not there."""
    try:
        return numbers_of(os.stat(path))
    except OSError:
        return _GONE


def summed(marks: Marks) -> FolderDigest:
    """What a folder's files amount to."""
    digest = blake2b("\0".join(marks.names).encode("utf-8", "surrogateescape"), digest_size=16)
    digest.update(marks.numbers)
    if marks.unread:
        digest.update("\0".join(marks.unread).encode("utf-8", "surrogateescape"))
    return FolderDigest(len(marks.names), digest.digest(), max(marks.numbers[1::3], default=1), marks.unread)


def written(digests: Mapping[str, bytes]) -> bytes:
    """The check sums of folders by name, as bytes."""
    return b"".join(b"%b\0%b\0" % (os.fsencode(name), digest.hex().encode()) for name, digest in digests.items())


def as_written(data: bytes) -> dict[str, bytes]:
    """What `written` wrote; anything else gives check sums that no folder has."""
    words = data.split(b"\0")
    return {os.fsdecode(name): _digest(digest) for name, digest in zip(words[::2], words[1::2], strict=False)}


def _digest(word: bytes) -> bytes:
    try:
        return bytes.fromhex(word.decode("ascii", "replace"))
    except ValueError:
        return b""


def _written(found: Census, taken: set[int]) -> bytes:
    marks = {name: ("\0".join(some.names), some.numbers.tobytes(), some.unread) for name, some in found.marks.items()}
    return marshal.dumps(({name: tuple(folder) for name, folder in found.folders.items()}, marks, taken))


def _read(written: bytes) -> tuple[Census, set[int]]:
    """What the second process saw: it is this program itself."""
    folders, marks, taken = marshal.loads(written)  # noqa: S302 - nobody else can write to it
    found = Census(
        {name: FolderDigest(*folder) for name, folder in folders.items()},
        {
            name: Marks(names.split("\0") if numbers else [], array("Q", numbers), unread)
            for name, (names, numbers, unread) in marks.items()
        },
    )
    return found, taken
