"""Looks at every file under a folder, name, size and time, and reads none; what git keeps for itself is passed by."""

import os
import sys


def look(folder: str) -> tuple[int, int]:
    """How many files, and how many bytes they say they have."""
    files = size = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == ".git":
                continue
            if entry.is_dir(follow_symlinks=False):
                more, larger = look(entry.path)
                files, size = files + more, size + larger
            else:
                files, size = files + 1, size + entry.stat(follow_symlinks=False).st_size
    return files, size


print(*look(sys.argv[1]))
