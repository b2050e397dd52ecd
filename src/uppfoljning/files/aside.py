"""Work that is done at the same time as other work, in a thread of this process."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

_Found = TypeVar("_Found")


class Aside(Generic[_Found]):
    """Some work in a thread of its own; where the system makes none it is done when its result is asked for."""

    def __init__(self, work: Callable[[], _Found]) -> None:
        self._work: Callable[[], _Found] | None = work
        self._found: list[_Found] = []
        self._fault: BaseException | None = None
        self._thread: Thread | None = Thread(target=self._run)
        try:
            self._thread.start()
        except (RuntimeError, MemoryError):
            self._thread = None

    def result(self) -> _Found:
        """What came of it, waited for; what was raised in it is raised."""
        if self._thread is None:
            self._run()
        else:
            self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._found[0]

    def drop(self) -> None:
        """Waits for what is being done, and does not begin what is not: nobody asks what comes of it."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            try:
                self._found.append(work())
            except BaseException as fault:  # noqa: BLE001 - raised again where the result is asked for
                self._fault = fault
