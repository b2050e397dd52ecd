"""Writes the measured tables into their page, and draws how time and memory grow.

    python bench/table.py bench/figures/prestanda.json

The page is docs/prestanda.md and the picture docs/bilder/tillvaxt.svg. What stands between the marks on the page is written anew.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from textwrap import wrap

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from bench import plot  # noqa: E402 - found beside this file, however it is run
from bench.declared import SUITES, TARGETS  # noqa: E402
from bench.figures import Figures, Outcome, Suites, figures, grown, load, outcome  # noqa: E402

PAGE = HOME / "docs" / "prestanda.md"
PICTURE = HOME / "docs" / "bilder" / "tillvaxt.svg"
KEPT = HOME / "bench" / "figures" / "prestanda.json"
MARKED = re.compile(r"(?ms)^<!-- ur bench/figures: (\w+) -->$.*?^<!-- /ur bench/figures -->$")
NONE = "–"
ROOM = 130
SHARE = 0.1
"""Ratios below are told as one part of so many: 1/32 says more than 0,03."""


def renewed(page: str, suites: Suites) -> str:
    """The page with every marked part written from the figures."""
    writers = {"mål": targets, "tider": everything, "tillväxt": growth, "maskin": machines}

    def part(found: re.Match[str]) -> str:
        lines = "\n".join(writers[found[1]](suites))
        return f"<!-- ur bench/figures: {found[1]} -->\n\n{lines}\n\n<!-- /ur bench/figures -->"

    return MARKED.sub(part, page)


def targets(suites: Suites) -> Iterator[str]:
    """Every target, what we and the yardstick took, and whether it was reached; below it why some were not measured."""
    yield "| | mätt / måttstock | vi: s · cpu s · MiB | måttstocken: s · cpu s · MiB | kvot | krav · sikte | varv | utfall |"
    yield "|---|---|---:|---:|---:|---:|---:|---|"
    found = [outcome(target, suites) for target in TARGETS]
    for one in found:
        yield row(one.target.name, one.target.title, together(one.ours), together(one.yardstick), *judged(one))
    if lacking := dict.fromkeys(f"- {one.target.name}, inte mätt: {one.lacking}" for one in found if one.lacking):
        yield ""
        yield from lacking


def together(told: Figures) -> str:
    return " · ".join(times(told)) if told.wall else NONE


def judged(found: Outcome) -> list[str]:
    """The ratio, its limits, the runs and how it came out."""
    limit, room = found.target.ratio, found.target.mib
    limits = " · ".join(limit).replace(".", ",") + (f"; {' · '.join(room)} MiB" if room else "")
    verdict = f"**{found.verdict}**" if found.verdict == "missat" else found.verdict
    least = "över " if found.ours.stopped and found.ratio else ""
    return [least + share(found.ratio), limits, str(found.rounds or NONE), verdict]


def everything(suites: Suites) -> Iterator[str]:
    """Every command that was timed, the floors too, suite by suite."""
    yield "| svit | kommando | s | cpu s | MiB | varv |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, title in SUITES.items():
        for key in suites.get(name, {}).get("kommandon", {}):
            told = figures(suites[name], key)
            runs = f"inte kört: {told.lacking}" if told.lacking else "avbrutet" if told.stopped else str(len(told.wall))
            yield row(title, told.title, *times(told), runs)


def growth(suites: Suites) -> Iterator[str]:
    """Seconds and MiB of each program at each size."""
    for what, sizes, lines in grown(suites):
        yield row(what, *(f"{big(size)}: s | MiB" for size in sizes))
        yield row("---", *("---: | ---:" for _ in sizes))
        for title, points in lines.items():
            yield row(title, *(" | ".join(times(points.get(size, Figures(title)))[::2]) for size in sizes))
        yield ""


def machines(suites: Suites) -> Iterator[str]:
    """When, on what and with which versions; a line for each that differs."""
    told: dict[str, list[str]] = {}
    versions: dict[str, str] = {}
    for suite in suites.values():
        told.setdefault(f"{suite['maskin']}", []).append(suite["datum"])
        versions |= suite["versioner"]
    for one, days in told.items():
        yield f"- {one}; mätt {' till '.join(sorted({min(days), max(days)}))}"
    if not all(suite.get("sparar", True) for suite in suites.values()):
        yield "- programmet sparade inget mellan körningar: *varmt* är där det samma som *kallt*"
    said = ", ".join(f"{name} {number}" for name, number in versions.items())
    yield from wrap(said, ROOM, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def times(told: Figures) -> tuple[str, str, str]:
    """Wall and processor seconds and MiB."""
    if not told.wall:
        return NONE, NONE, NONE
    cpu = NONE if told.stopped else number(median(told.cpu))
    return ("> " if told.stopped else "") + number(told.seconds), cpu, f"{told.mib:.0f}" if told.mib else NONE


def number(value: float | None) -> str:
    """Three figures, or a dash."""
    if value is None:
        return NONE
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{decimals}f}".replace(".", ",")


def share(value: float | None) -> str:
    if value is None:
        return NONE
    return f"1/{1 / value:.0f}" if value < SHARE else number(value)


def big(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "figures", type=Path, nargs="?", default=KEPT, metavar="FIL", help="the figures (bench/run.py --json FIL)"
    )
    suites = load(parser.parse_args().figures)
    if not suites:
        raise SystemExit("Där finns inga siffror. Mät först: python bench/run.py --json FIL")
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), suites), encoding="utf-8", newline="\n")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(plot.picture(suites), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
