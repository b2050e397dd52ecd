"""The two doors, `answer` and `load`: only `cli/` comes in by them.

The environment variable `UPPFOLJNING_FAST=0` shuts both, and then everything is read anew in the plain way. Imports little: an
answer that is kept takes less time to give than many an import takes.
"""

from __future__ import annotations

import os

from uppfoljning.fast import output_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from uppfoljning.fast.loading import LoadRequest
    from uppfoljning.project.load import CheckedProject

SWITCH = "UPPFOLJNING_FAST"


def is_on() -> bool:
    """Whether the doors are open."""
    return os.environ.get(SWITCH, "") != "0"


def answer(
    argv: Sequence[str], work: Callable[[], int], get_ready: Callable[[], None], disturbed: Callable[[], bool] = bool
) -> int:
    """Write what the command line asks for, as it is kept or as `work` does it, and give the exit status.

    `get_ready` is for what it takes to do the work: done while the files are looked at. `disturbed` says whether the machine
    stood in the way of the work, which says nothing of tomorrow: then the answer is not kept. OSError where what is kept cannot
    be written.
    """
    if not is_on():
        return work()
    question = output_cache.asked(argv, get_ready)
    if question is None:
        return work()
    status = question.answered()
    if status is None:
        question.listen()
        status = work()
        question.keep(None if disturbed() else status)
    return status


def load(root: Path, question: LoadRequest) -> CheckedProject | None:
    """The project in a folder, as far as the question needs it; None where it must be read in the plain way."""
    if not is_on():
        return None
    from uppfoljning.fast.loading import loaded_for

    return loaded_for(root, question)
