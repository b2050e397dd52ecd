"""A file that is written before it gets its name, so that nobody ever sees it half-written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Protocol

_LEAD, _END = ".uppfoljning-", ".ny"
"""What the names of files begin and end with that are not finished yet."""
_LEFT_BEHIND = 3600
"""Seconds after which such a file belongs to nobody: a run that was killed left it."""


class PendingFile(Protocol):
    """A text in a folder that waits for its name."""

    def keep(self) -> None:
        """See to it that the text is on the disk."""

    def name(self, path: Path) -> bool:
        """Give it a name that is free, in the same file system; False when the name is taken."""

    def replace(self, path: Path) -> None:
        """Give it a name, in place of what has it."""

    def close(self) -> None:
        """Let go of it; without a name it is gone."""


@contextmanager
def whole(folder: Path, data: bytes) -> Iterator[PendingFile]:
    """A new file of some bytes in a folder that exists. OSError when it cannot be written."""
    with ExitStack() as stack:
        yield staged(stack, folder, data)


def staged(stack: ExitStack, folder: Path, data: bytes) -> PendingFile:
    """The same, let go of with the stack. On Linux every such file is an open one, so that there can be some hundreds at most."""
    one: PendingFile
    try:
        one = _Unnamed(folder, data)
    except OSError:
        one = _Beside(folder, data)
    stack.callback(one.close)
    return one


class _Unnamed:
    """A file that has no name at all until it is whole. When the program is killed the system takes it away."""

    def __init__(self, folder: Path, data: bytes) -> None:
        self._folder, self._data = folder, data
        unnamed: int | None = getattr(os, "O_TMPFILE", None)
        if unnamed is None:
            raise OSError("no unnamed files in this system")
        self._number = _filled(os.open(folder, unnamed | os.O_WRONLY, 0o666), data)

    def keep(self) -> None:
        os.fsync(self._number)

    def name(self, path: Path) -> bool:
        try:
            self._link(path)
        except FileExistsError:
            return False
        except (AttributeError, OSError):
            # Where /proc is not at hand, say. The other way tells what is really wrong, if anything is.
            beside = _Beside(self._folder, self._data)
            try:
                return beside.name(path)
            finally:
                beside.close()
        return True

    def replace(self, path: Path) -> None:
        beside = _Beside(self._folder, self._data)
        try:
            beside.replace(path)
        finally:
            beside.close()

    def close(self) -> None:
        os.close(self._number)

    def _link(self, path: Path) -> None:
        # Without a folder's number Python asks for a link to the link in /proc, and not to what it leads to.
        os.link(f"/proc/self/fd/{self._number}", path, src_dir_fd=self._number)


class _Beside:
    """A file with a hidden name, for systems where none can be without."""

    def __init__(self, folder: Path, data: bytes) -> None:
        for number in count():
            self._path = folder / f"{_LEAD}{os.getpid()}-{number}{_END}"
            try:
                opened = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
            except FileExistsError:
                continue
            break
        self._born = os.fstat(opened).st_mtime
        try:
            _filled(opened, data, keep=True)
            os.close(opened)
        except BaseException:
            self.close()
            raise

    def keep(self) -> None:
        """It was kept as it was written."""

    def name(self, path: Path) -> bool:
        try:
            os.link(self._path, path)
        except FileExistsError:
            return False
        except (AttributeError, OSError):
            # No hard links here, as on a memory stick, or none in the system at all: the name is taken first, and then the
            # whole text put there.
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            except FileExistsError:
                return False
            try:
                self._path.replace(path)
            except BaseException:
                path.unlink()
                raise
        return True

    def replace(self, path: Path) -> None:
        self._path.replace(path)

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        _clear_leftovers(self._path.parent, self._born - _LEFT_BEHIND)


def _filled(number: int, data: bytes, *, keep: bool = False) -> int:
    """An open file with some bytes written to it, and closed again when that cannot be done."""
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(number, left) :]
        if keep:
            os.fsync(number)
    except BaseException:
        os.close(number)
        raise
    return number


def _clear_leftovers(folder: Path, before: float) -> None:
    """Take away the unfinished files in a folder that are older than a moment, which runs that were killed left behind.

    Only this program gives such names, and no run needs as long as is waited.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            ours = entry.name.startswith(_LEAD) and entry.name.endswith(_END) and entry.is_file(follow_symlinks=False)
            if ours and entry.stat(follow_symlinks=False).st_mtime < before:
                os.unlink(entry.path)
