"""A file that is written before it gets its name, so that nobody ever sees it half-written."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EISDIR, EMFILE, ENFILE
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple, Protocol

from uppfoljning.files.gate import read_given

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


# Folders that are made for what is to be written in them, and taken away again where nothing was.


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """The folder, made if needed with those above it. After a fault or an interruption those that are empty are gone again.

    OSError when it cannot be made.
    """
    new = []
    for one in (folder, *folder.parents):
        if one.exists():
            break
        new.append(one)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in new:
            with suppress(OSError):
                one.rmdir()
        raise


# Writing a file: whole or not at all; a new one, or one that the program made before.


def write_new(path: Path, content: str | bytes) -> bool:
    """Write a file that does not exist yet, text as UTF-8, making its folders; False when it does.

    It takes its name when it is whole and on the disk. OSError when the folder cannot be written.
    """
    data = _bytes(content)
    with made(path.parent), whole(path.parent, data) as one:
        one.keep()
        return one.name(path)


def write_over(path: Path, content: str | bytes) -> bool:
    """Write a file as `write_new` does, in place of the one there; False when that says the same already."""
    data = _bytes(content)
    if says(path, data):
        return False
    if not os.path.lexists(path) and write_new(path, data):
        return True
    with whole(path.parent, data) as one:
        one.keep()
        one.replace(path)
    return True


def says(path: Path, data: bytes) -> bool:
    """Whether an ordinary file says just that already. A link is not read: it is what it leads to that says something."""
    try:
        return not path.is_symlink() and read_given(str(path), len(data)) == data
    except OSError:
        return False


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


# Writing many files: all or none, each whole; new ones, never over another, or ones that the program made before.


def in_the_way(root: Path, names: Iterable[str]) -> list[str]:
    """What stands where files are to be written below a folder: a file of the name, or something other than a folder above it."""
    found = set()
    for name in names:
        path = root / name
        above = [one for one in path.parents if one.is_relative_to(root)]
        found |= {one for one in above if os.path.lexists(one) and (not one.is_dir() or (one != root and one.is_symlink()))}
        found |= {path} if os.path.lexists(path) else set()
    return sorted(one.relative_to(root).as_posix() if one != root else str(root) for one in found)


def write_all_new(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write files that do not exist yet below a folder, made if needed, all or none; gives what was in the way.

    A folder that is new is made whole beside its place and takes its name in one step. In one that exists each file gets its
    name when all are whole, and a fault or an interruption takes back those that had. OSError when it cannot be written.
    """
    if found := in_the_way(root, files):
        return found
    if root.exists():
        with ExitStack() as stack:
            return _named({name: staged(stack, root, text.encode()) for name, text in files.items()}, root)
    with made(root.parent), _beside(root.parent) as beside:
        # The hidden folder is only the user's own; what is made inside it has the rights that new files have.
        home = beside / "allt"
        for name, text in files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, "utf-8", newline="\n")
        os.rename(home, root)
    return []


def write_all_over(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files below a folder, made if needed, in place of those there of the same names, all or none.

    Gives what already said the same. A fault or an interruption puts back what was there. OSError when it cannot be written.
    """
    same = [name for name, content in files.items() if says(root / name, content)]
    with ExitStack() as stack:
        stack.enter_context(made(root))
        beside = stack.enter_context(_beside(root))
        whole, before = beside / "allt", beside / "förut"
        whole.mkdir()
        before.mkdir()
        for name, content in files.items():
            for place in (whole / name, before / name):
                place.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(made((root / name).parent))
            (whole / name).write_bytes(content)
        try:
            for name in files:
                if (root / name).is_dir():
                    raise IsADirectoryError(EISDIR, "a folder has the name", str(root / name))
                if os.path.lexists(root / name):
                    os.rename(root / name, before / name)
                os.rename(whole / name, root / name)
        except BaseException:
            _put_back(files, root, whole, before)
            raise
    return same


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A hidden folder in another, for what is not finished."""
    beside = mkdtemp(prefix=".uppfoljning-", suffix=".ny", dir=folder)
    spare = -1
    try:
        # What it takes to look through it in the end: by then there may be no more files to open.
        spare = os.open(os.devnull, os.O_RDONLY)
        yield Path(beside)
    finally:
        if spare >= 0:
            os.close(spare)
        for path, folders, files in os.walk(beside, topdown=False):
            for name in files:
                with suppress(OSError):
                    os.unlink(os.path.join(path, name))
            for name in folders:
                with suppress(OSError):
                    os.rmdir(os.path.join(path, name))
        with suppress(OSError):
            os.rmdir(beside)


def _put_back(names: Iterable[str], root: Path, whole: Path, before: Path) -> None:
    """Take away the new files that have left `whole`, and give the old ones their names again."""
    for name in names:
        if not (whole / name).exists():
            (root / name).unlink(missing_ok=True)
        if os.path.lexists(before / name):
            os.rename(before / name, root / name)


def _named(ready: Mapping[str, PendingFile], root: Path) -> list[str]:
    """Give finished files their names, or take all back and say which name had been taken meanwhile."""
    named: list[Path] = []
    try:
        for one in ready.values():
            one.keep()
        for name, one in ready.items():
            path = root / name
            for folder in reversed([above for above in path.parents if above.is_relative_to(root) and not above.exists()]):
                folder.mkdir()
                named.append(folder)
            if not one.name(path):
                _take_back(named)
                return [name]
            named.append(path)
    except BaseException:
        _take_back(named)
        raise
    return []


def _take_back(named: Iterable[Path]) -> None:
    for path in reversed(list(named)):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


# Writing many new files one after another, each whole, so that a run that is cut short can simply be run again.


_AT_A_TIME = 64
"""As many files are put on the disk together, which takes little longer than one; each is open meanwhile."""


class Written(NamedTuple):
    """The names of the files that were written, and of those whose names were taken; both in the order they were given."""

    written: list[str]
    existing: list[str]


def write_many_new(root: Path, files: Mapping[str, str]) -> Written:
    """Write files that do not exist yet below a folder, as UTF-8, making their folders. None is written over.

    They get their names in the order given, and none before it is whole and on the disk: after a fault or a kill those that
    are there are whole and are the first ones. OSError when one cannot be written; those before it stay.
    """
    result = Written([], [])
    waiting = deque(files.items())
    while waiting:
        with ExitStack() as stack:
            ready = _ready(stack, root, waiting)
            for _, one in ready:
                one.keep()
            for name, one in ready:
                (result.written if one.name(root / name) else result.existing).append(name)
    return result


def _ready(stack: ExitStack, root: Path, waiting: deque[tuple[str, str]]) -> list[tuple[str, PendingFile]]:
    """The next files, taken from those that wait: as many as may be open, and at least one."""
    ready: list[tuple[str, PendingFile]] = []
    while waiting and len(ready) < _AT_A_TIME:
        name, text = waiting[0]
        try:
            stack.enter_context(made((root / name).parent))
            ready.append((name, staged(stack, (root / name).parent, text.encode())))
        except OSError as error:
            if not ready or error.errno not in (EMFILE, ENFILE):
                raise
            break
        waiting.popleft()
    return ready
