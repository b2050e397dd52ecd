"""Writing many new files one after another, each whole, so that a run that is cut short can simply be run again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.whole import staged

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
    waiting = iter(files.items())
    while group := list(islice(waiting, _AT_A_TIME)):
        with ExitStack() as stack:
            ready = []
            for name, text in group:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                ready.append((name, staged(stack, path.parent, text.encode())))
            for _, one in ready:
                one.keep()
            for name, one in ready:
                (result.written if one.name(root / name) else result.existing).append(name)
    return result
