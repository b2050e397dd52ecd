"""Writing a file: whole or not at all; a new one, or one that the program made before."""

from __future__ import annotations

import os
from pathlib import Path

from uppfoljning.files.atomic_write import whole
from uppfoljning.files.folders import made
from uppfoljning.files.gate import read_given


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
