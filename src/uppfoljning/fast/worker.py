"""A second process beside this one, where the system can make one that knows all that this one does."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

CAN = hasattr(os, "fork") and sys.platform == "linux"
"""Whether there can be one. Elsewhere it would have to read in the program and everything it knows once more."""
_WHOLE = b"\xff"
_KILL = 9


class Second:
    """A process that does some work at the same time as this one and hands over what came of it as bytes. To be used in a `with`.

    Where the system makes no process, for want of memory, numbers or open files, the work is done when its result is asked for.
    It never outlives this one: it is ended with the `with`, and when this one is killed the system ends it.
    """

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._work = work
        self._process, self._end = 0, -1
        parent = os.getpid()
        try:
            self._end, theirs = os.pipe()
        except OSError:
            return
        try:
            self._process = os.fork()
            if self._process == 0:
                _work_and_end(work, self._end, theirs, parent)  # pragma: no cover - nobody sees what is run in there
        except OSError:
            self._close()
        finally:
            if os.getpid() != parent:
                os._exit(0)  # pragma: no cover - stopped between its beginning and its work
            os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        if self._process:
            os.kill(self._process, _KILL)
            self._wait()

    def result(self) -> bytes:
        """What came of it. Where the process did not come to its end the work is done here, so that a fault is met here too."""
        if not self._process:
            return self._work()
        pieces = []
        while piece := os.read(self._end, 1 << 20):
            pieces.append(piece)
        self._close()
        self._wait()
        found = b"".join(pieces)
        return found[: -len(_WHOLE)] if found.endswith(_WHOLE) else self._work()

    def _close(self) -> None:
        end, self._end = self._end, -1
        if end >= 0:
            os.close(end)

    def _wait(self) -> None:
        process, self._process = self._process, 0
        os.waitpid(process, 0)


def _work_and_end(work: Callable[[], bytes], ours: int, to: int, parent: int) -> None:  # pragma: no cover - as above
    """The whole life of the second process: nothing of what the first has opened or half written may be touched by it."""
    import fcntl

    try:
        # With this end open the pipe would have a reader for as long as there is a writer.
        os.close(ours)
        before = _end_with_reader(to)
        if os.getppid() == parent:
            written = memoryview(work() + _WHOLE)
            fcntl.fcntl(to, fcntl.F_SETFL, before)
            while written:
                written = written[os.write(to, written) :]
    finally:
        os._exit(0)


def _end_with_reader(to: int) -> int:  # pragma: no cover - as above
    """Has the system end this process when nobody is left to read from the pipe; gives how the pipe was.

    The signal also tells that there is room in the pipe again, so the pipe must be as it was while something is written there:
    then the writing itself fails.
    """
    import fcntl

    before = fcntl.fcntl(to, fcntl.F_GETFL)
    fcntl.fcntl(to, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(to, fcntl.F_SETFL, before | os.O_ASYNC)
    return before
