"""Writing many new files one after another, each whole, so that a run that is cut short can simply be run again."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import ExitStack
from errno import EMFILE, ENFILE
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.atomic_write import PendingFile, staged
from uppfoljning.files.folders import made

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
