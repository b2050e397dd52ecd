"""Writing a new file of bytes, such as a workbook: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_new_bytes(path: Path, data: bytes) -> bool:
    """Write a file that does not exist yet; False when it does. OSError when the folder cannot be written."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".ny") as beside:
        beside.write(data)
        beside.flush()
        os.fsync(beside.fileno())
        os.chmod(beside.name, 0o644)
        try:
            os.link(beside.name, path)
        except FileExistsError:
            return False
    return True
