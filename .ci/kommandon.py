"""Runs the commands themselves, each in a process of its own, with the Python of one environment after another.

python .ci/kommandon.py PYTHON [PYTHON ...]

All must end well, say nothing of faults, and write the same as with the first one wherever it is text.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
PLAN, DAY = ("--plan", "exempelkoping-2026"), ("--vid", "2026-09-01")
COMMANDS = (
    ("status", *DAY),
    ("status", *DAY, "--ut", "status.xlsx"),
    ("validera",),
    ("avvikelser", *DAY),
    ("saknas", *DAY),
    ("historik",),
    ("underlag", "nattvandring", *DAY),
    *(("exportera", face, *PLAN, *DAY, "--ut", f"ut.{face}") for face in ("html", "xlsx", "docx", "md", "json")),
    ("exportera", "csv", *PLAN, *DAY, "--ut", "tabeller"),
    ("exportera", "brev", *PLAN, *DAY, "--ut", "brev.docx"),
    ("exportera", "medborgare", *PLAN, *DAY, "--ut", "sida.html"),
    ("exportera", "partiella", *DAY, "--kommun", "0180", "--ut", "delsummor"),
    ("samla", "delsummor", *DAY),
    ("samla", "delsummor", *DAY, "--siffror", "--ut", "samlat.xlsx"),
    ("analys", "nattvandring", *PLAN, *DAY),
    ("effekt", *DAY),
    ("intyg", "--part", "nattvandrarna", *PLAN, *DAY),
    ("ark", "nattvandring", "--ut", "ark.xlsx"),
    ("importera", "ark.xlsx", "--torrkorning"),
    ("blankett", "nattvandring", "--ut", "blankett.html"),
    ("schema", "--skriv", "scheman"),
    ("init", "nytt"),
)
ON_DASK = """
from pathlib import Path
from uppfoljning.national.queries import NationalQuery, by_dask, by_duckdb, in_order
from uppfoljning.national.datasets import files_of, sets_in

files = files_of(sets_in(Path("delsummor"), "delsummor")[0])
question = NationalQuery(figures=True)
assert in_order(by_dask(files, question)) == in_order(by_duckdb(files, question))
"""
_KEPT = (0, 1)
"""That a report is missing or wrong is 1, and no fault of the program."""
_FAULTS = ("fel i programmet", "Traceback", "leaked")


def answers(python: str, place: Path) -> tuple[dict[str, str], list[str]]:
    """What each command writes to the screen, and what is wrong."""
    for folder in ("plans", "reports"):
        shutil.copytree(HOME / folder, place / folder)
    said, wrong = {}, []
    lines = {" ".join(words): ["-m", "uppfoljning", "--utan-cache", *words] for words in COMMANDS} | {"Dask": ["-c", ON_DASK]}
    for name, words in lines.items():
        done = subprocess.run([python, *words], cwd=place, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        said[name] = done.stdout
        if done.returncode not in _KEPT or any(word in done.stderr for word in _FAULTS):
            wrong.append(f"{python}: {name}: {done.returncode}\n{done.stderr[-2000:]}")
    return said, wrong


def main() -> int:
    """Every environment in turn; the exit status."""
    first: dict[str, str] = {}
    faults = []
    for python in (str(Path(word).absolute()) for word in sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            said, wrong = answers(python, Path(folder))
        faults += wrong
        first = first or said
        faults += [f"{python}: {name} skriver något annat än med {sys.argv[1]}" for name in said if said[name] != first[name]]
        print(f"{python}: {len(said)} kommandon")
    print(*faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
