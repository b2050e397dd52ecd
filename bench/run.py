"""Times the program as whole processes, in ratio to yardsticks timed in the same round. Seconds are a machine's; ratios compare.

    python bench/run.py                     every target; exit status 1 when one is missed
    python bench/run.py --mal T4,T9         only these
    python bench/run.py --json FIL          keeps the figures in a file, suite by suite; --fortsatt leaves what is there
    python bench/run.py --snabb             a short measurement for CI: fails only on a gross regression in a ratio

Run it with the Python that has uppfoljning installed. The other programs are installed where they are missing: hledger and ledger
by apt-get (as root), the rest by pip into --verktyg. bench/table.py writes the page from the figures.
"""

from __future__ import annotations

import argparse
import compileall
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from bench import peers, smoke  # noqa: E402 - found beside this file, however it is run
from bench.commands import has_cache  # noqa: E402
from bench.data import Data  # noqa: E402
from bench.declared import SUITES, TARGETS, suites_of  # noqa: E402
from bench.figures import Suites, load, machine, outcome, save, told  # noqa: E402
from bench.suites import ALL  # noqa: E402
from bench.table import number, share  # noqa: E402
from bench.timing import measure  # noqa: E402

COMPILED = ("uppfoljning", "typer", "rich", "yaml", "pandas", "xlsxwriter", "docx")


def compile_packages() -> None:
    """Uncompiled imports are three times slower; then every ratio would be worthless."""
    for package in COMPILED:
        spec = find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            compileall.compile_dir(folder, quiet=2)


def names(text: str) -> set[str]:
    """The targets of a list with commas."""
    known = {target.name for target in TARGETS}
    wanted = {name.strip().upper() for name in text.split(",") if name.strip()}
    if unknown := wanted - known:
        raise argparse.ArgumentTypeError(f"finns inte: {', '.join(sorted(unknown))}. Målen är T1–T15.")
    return wanted


def measured(wanted: Sequence[str], data: Data, tools: Path, kept: Path | None, install: bool) -> Suites:
    """The suites of those names, each kept as soon as it is done."""
    needed = sorted({name for suite in wanted for name in ALL[suite].peers})
    found = peers.prepare(tools, needed, install)
    for peer in found.values():
        print(f"{peer.name}: {peer.version or 'saknas: ' + peer.lacking}")
    suites: Suites = load(kept) if kept else {}
    for name in wanted:
        suite, begun = ALL[name], time.perf_counter()
        timings = measure(suite.commands(data, found), suite.rounds, suite.limit, suite.budget)
        used = {peer: found[peer] for peer in suite.peers}
        suites[name] = told(name, timings, used, suite.rounds, suite.limit, has_cache())
        if kept:
            save(kept, suites)
        print(f"\n{SUITES[name]} ({time.perf_counter() - begun:.0f} s)")
        for timing in timings.values():
            if timing.fault:
                print(f"  {timing.title:40}  inte mätt: {timing.fault}")
            else:
                stopped = f"  avbrutet vid gränsen {suite.limit:.0f} s" if timing.stopped else ""
                print(f"  {timing.title:40}{smoke.row(timing)}{stopped}")
        sys.stdout.flush()
    return suites


def judge(suites: Suites, wanted: Sequence[str]) -> int:
    """Tells how each target of those suites came out; how many were missed."""
    missed = 0
    print()
    for target in (one for one in TARGETS if one.suite in wanted):
        found = outcome(target, suites)
        missed += found.verdict == "missat"
        least = "över " if found.ours.stopped else ""
        room = f", {number(found.ours.mib)} MiB (högst {target.mib.must})" if target.mib else ""
        why = f": {found.lacking}" if found.lacking else ""
        limits = f"krav {target.ratio.must}, sikte {target.ratio.aim}"
        print(f"{target.name:4} {target.title:58} {least}{share(found.ratio)} ({limits}){room}  {found.verdict}{why}")
    return missed


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snabb", action="store_true", help="few and small; fails only on a gross regression")
    parser.add_argument("--mal", type=names, default=set(), metavar="T4,T9", help="only these targets")
    parser.add_argument("--json", type=Path, metavar="FIL", help="keep the figures here, beside those of earlier runs")
    parser.add_argument("--fortsatt", action="store_true", help="leave the suites that the file has already")
    parser.add_argument("--verktyg", type=Path, metavar="MAPP", help="where the other programs are installed, and kept")
    parser.add_argument("--arbetsmapp", type=Path, metavar="MAPP", help="where the files to measure on are made, and kept")
    parser.add_argument("--installera-inte", action="store_true", help="measure only beside what is there already")
    asked = parser.parse_args(words)
    compile_packages()
    print(machine())
    with ExitStack() as stack:

        def folder(given: Path | None) -> Path:
            return given.resolve() if given else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))

        data = Data(folder(asked.arbetsmapp))
        if asked.snabb:
            return min(smoke.run(data), 1)
        if not has_cache():
            print("Programmet har ingen cache: varmt är kallt.")
        there = load(asked.json) if asked.json and asked.fortsatt else {}
        wanted = [suite for suite in suites_of(asked.mal) if suite not in there]
        suites = measured(wanted, data, folder(asked.verktyg), asked.json, not asked.installera_inte)
        return min(judge(suites, wanted), 1)


if __name__ == "__main__":
    sys.exit(main())
