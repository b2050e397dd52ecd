"""The largest memory of a process and its children together, where the system tells it (Linux)."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
PAUSE, COST = 0.01, 40
"""Seconds between looks, and how many times a look's own time to wait: to look at a large process takes long and disturbs it."""


class Watch(Thread):
    """Looks now and then; `most` is the largest sum seen in MiB, with pages that are shared counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._pid, self._over = pid, Event()

    def run(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            begun = time.perf_counter()
            self.most = max(self.most, held(self._pid) / 1024)
            pause = max(PAUSE, COST * (time.perf_counter() - begun))

    def stop(self) -> float:
        self._over.set()
        self.join()
        return self.most


def tells() -> bool:
    """Whether this system says how much memory a process holds in proportion to who shares it."""
    return (PROC / "self" / "smaps_rollup").exists()


def family(pid: int) -> list[int]:
    """The process and all under it that are alive."""
    try:
        children = [text for path in (PROC / str(pid) / "task").glob("*/children") for text in path.read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def held(pid: int) -> int:
    """KiB held by a process, or by it and its children, where a page that several share is counted once."""
    alive = family(pid)
    return sum(told(one, "Pss:") for one in alive) if len(alive) > 1 else told(pid, "Rss:")


def told(pid: int, what: str) -> int:
    """KiB that the system tells of a process; 0 of one that has ended."""
    try:
        with (PROC / str(pid) / "smaps_rollup").open() as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0)
    except OSError:
        return 0


def own() -> float:
    """The most that this process has held, in MiB, with a little to spare."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 1
