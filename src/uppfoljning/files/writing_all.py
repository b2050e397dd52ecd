"""Writing many files: all or none, each whole; new ones, never over another, or ones that the program made before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from tempfile import mkdtemp

from uppfoljning.files.atomic_write import PendingFile, staged
from uppfoljning.files.folders import made
from uppfoljning.files.writing import says


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
