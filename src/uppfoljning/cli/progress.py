"""A progress bar on standard error while many files are read: only for a person, and only after a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from uppfoljning.files.source import Source, may_be_shared, unread_in

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 2.0
"""Seconds without a word."""
Item = TypeVar("Item")
_MANY = 2000
"""As many items take a while."""
_EVERY = 50
"""How many files are read between looks at the clock."""


class Watched:
    """A source whose reading can be followed."""

    def __init__(self, source: Source, clock: Callable[[], float]) -> None:
        self._source = source
        self._clock = clock
        self._begun = clock()
        self._read = self._all = 0
        self._bar: Progress | None = None
        self.shared = may_be_shared(source)

    def names(self) -> list[str]:
        """Those of the source."""
        names = self._source.names()
        self._all = len(names)
        return names

    def unread(self) -> list[str]:
        """Those of the source."""
        return unread_in(self._source)

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        self._read += 1
        if self._read % _EVERY == 0:
            self._look()
        return self._source.read(name)

    def _look(self) -> None:
        if self._bar is None:
            if self._clock() - self._begun < PATIENCE:
                return
            self._bar = _bar(self._all)
        (task,) = self._bar.task_ids
        self._bar.update(task, completed=self._read)

    def end(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()


def followed(items: Sequence[Item], title: str) -> Iterator[Item]:
    """The items one by one, with a bar for who sits at a terminal where they are many."""
    if len(items) < _MANY or not sys.stderr.isatty():
        yield from items
        return
    bar = _bar(len(items), title)
    try:
        for item in items:
            yield item
            bar.advance(bar.task_ids[0])
    finally:
        bar.stop()


def _bar(files: int, title: str = "Läser filer") -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(title, total=files)
    bar.start()
    return bar


@contextmanager
def watched(source: Source) -> Iterator[Source]:
    """The source, with a bar for who sits at a terminal; for anyone else the source itself."""
    if not sys.stderr.isatty():
        yield source
        return
    following = Watched(source, monotonic)
    try:
        yield following
    finally:
        following.end()
