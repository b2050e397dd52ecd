"""Folders that are made for what is to be written in them, and taken away again where nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


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
