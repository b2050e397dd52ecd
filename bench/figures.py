"""The file of figures: what every command took, suite by suite, so that a measurement can be taken up where it was left."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.declared import GROWTH, SUITES, Target
from bench.peers import Peer
from bench.timing import Timing, ratio

OWN = ("uppfoljning", "typer", "pyyaml")
Suite = Mapping[str, Any]
Suites = dict[str, Suite]


class Figures(NamedTuple):
    """What one command took, medians of its runs; without runs `lacking` says why."""

    title: str
    wall: Sequence[float] = ()
    cpu: Sequence[float] = ()
    mib: float = 0
    stopped: bool = False
    lacking: str = ""

    @property
    def seconds(self) -> float | None:
        return median(self.wall) if self.wall else None


class Outcome(NamedTuple):
    """A target and what came of it. `ratio` is a least one where ours was stopped."""

    target: Target
    ours: Figures
    yardstick: Figures
    ratio: float | None
    rounds: int

    @property
    def lacking(self) -> str:
        """Why there is no ratio to be judged, or nothing."""
        if self.yardstick.stopped:
            return f"{self.yardstick.title} blev inte klar"
        lacking = {figures.title: figures.lacking for figures in (self.ours, self.yardstick) if not figures.wall}
        return "; ".join(f"{title}: {reason}" for title, reason in lacking.items())

    @property
    def verdict(self) -> str:
        """How it came out, in the words of the table."""
        if self.ratio is None or self.lacking:
            return "inte mätt"
        pairs = [(self.ratio, self.target.ratio)]
        if self.target.mib:
            pairs.append((self.ours.mib, self.target.mib))
        if self.ours.stopped or any(value > limit.numbers[0] for value, limit in pairs):
            return "missat"
        return "siktet nått" if all(value <= limit.numbers[1] for value, limit in pairs) else "kravet hållet"


def told(
    suite: str, timings: Mapping[str, Timing], peers: Mapping[str, Peer], rounds: int, limit: float, keeps: bool = True
) -> Suite:
    """A suite as it is kept; `keeps` says whether the program keeps anything between runs."""
    versions = {name: version(name) for name in OWN} | {peer.name: peer.version for peer in peers.values() if peer.version}
    return {
        "titel": SUITES[suite],
        "datum": str(date.today()),
        "maskin": machine(),
        "versioner": versions,
        "sparar": keeps,
        "varv": rounds,
        "gräns": limit,
        "kommandon": {key: timing.plain() for key, timing in timings.items()},
    }


def machine() -> str:
    """The machine as far as its speed goes."""
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {round(os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3)} GiB"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} kärnor{memory}, Python {platform.python_version()}"


def load(path: Path) -> Suites:
    if not path.exists():
        return {}
    found: Suites = json.loads(path.read_text(encoding="utf-8"))["sviter"]
    return found


def save(path: Path, suites: Suites) -> None:
    """Writes beside and puts in place, so that a measurement that is interrupted spoils nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.ny")
    ordered = {name: suites[name] for name in SUITES if name in suites}
    beside.write_text(json.dumps({"sviter": ordered}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    beside.replace(path)


def figures(suite: Suite | None, key: str) -> Figures:
    """What a command of a suite took."""
    one = (suite or {}).get("kommandon", {}).get(key)
    if one is None:
        return Figures(key, lacking="inte körd")
    return Figures(
        one["titel"], one.get("s", ()), one.get("cpu", ()), one.get("mib", 0), "avbruten" in one, one.get("saknas", "")
    )


def outcome(target: Target, suites: Suites) -> Outcome:
    suite = suites.get(target.suite)
    ours, yardstick = figures(suite, target.ours), figures(suite, target.yardstick)
    return Outcome(target, ours, yardstick, ratio(ours.wall, yardstick.wall), len(ours.wall))


def grown(suites: Suites) -> Iterator[tuple[str, Sequence[int], Mapping[str, Mapping[int, Figures]]]]:
    """What grows, its sizes, and what each program took at each of them; where two suites tell of the same, the last one does."""
    for what, sizes in GROWTH.items():
        lines: dict[str, dict[int, Figures]] = {}
        for size, names in sizes.items():
            for name in names:
                for key in suites.get(name, {}).get("kommandon", {}):
                    told = figures(suites[name], key)
                    if told.wall:
                        lines.setdefault(told.title, {})[size] = told
        # A program that was run at one size only does not tell how it grows.
        yield what, tuple(sizes), {title: points for title, points in lines.items() if len(points) > 1}
