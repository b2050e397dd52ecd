"""Writing a new file: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_new(path: Path, text: str) -> bool:
    """Write a file that does not exist yet, as UTF-8, making its folders; False when it does.

    The text is written beside it first and takes its name when it is whole. OSError when the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", suffix=".ny", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            beside.unlink()
            raise
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True
