"""A second process for half of the work, where the system can make one that knows all that this one does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

CAN = hasattr(os, "fork") and sys.platform == "linux"
"""Whether there can be one. Elsewhere it would have to read in the program and everything it knows once more."""
_WHOLE = b"\xff"


class Second:
    """A process that does some work at the same time as this one and hands over what came of it as bytes."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._work = work
        self._end, theirs = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _work_and_end(work, theirs)  # pragma: no cover - nobody sees what is run in there
        os.close(theirs)

    def result(self) -> bytes:
        """What came of it. Where the process did not come to its end the work is done here, so that a fault is met here too."""
        with os.fdopen(self._end, "rb") as pipe:
            found = pipe.read()
        os.waitpid(self._process, 0)
        return found[: -len(_WHOLE)] if found.endswith(_WHOLE) else self._work()


def _work_and_end(work: Callable[[], bytes], to: int) -> None:  # pragma: no cover - as above
    """The whole life of the second process: nothing of what the first has opened or half written may be touched by it."""
    try:
        with os.fdopen(to, "wb") as pipe:
            pipe.write(work() + _WHOLE)
    finally:
        os._exit(0)
