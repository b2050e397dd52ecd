"""Writing a file: whole or not at all; a new one, or one that the program made before."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_new(path: Path, text: str) -> bool:
    """Write a file that does not exist yet, as UTF-8, making its folders; False when it does.

    The text is written beside it first and takes its name when it is whole. OSError when the folder cannot be written.
    """
    beside = _beside(path, text)
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True


def write_over(path: Path, content: str | bytes) -> bool:
    """Write a file as `write_new` does, in place of the one there; False when that says the same already."""
    if path.is_file() and path.read_bytes() == _bytes(content):
        return False
    beside = _beside(path, content)
    try:
        # A temporary file is for its owner alone; a file of the project is for everyone who may read the folder.
        beside.chmod(0o644)
        beside.replace(path)
    except OSError:
        beside.unlink()
        raise
    return True


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _beside(path: Path, content: str | bytes) -> Path:
    """The content whole in a file of its own beside `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".ny", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            beside.unlink()
            raise
    return beside
