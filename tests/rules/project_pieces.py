"""Projects for the tests: files in memory, the sound base project, and pieces of text put into its place."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

from uppfoljning.domain.finding import Finding, Place
from uppfoljning.files.root import SUFFIXES, is_documentation
from uppfoljning.files.yaml_edit import locate, text_of
from uppfoljning.project.load import CheckedProject, load_project
from uppfoljning.rules.rule import Where

EXAMPLES = Path(__file__).resolve().parents[1] / "exempel"
BASE = EXAMPLES / "grund"
PLAN = "plans/exempel-2026.yaml"
FORM = "plans/snabbrapporter/kvallsvandring.yaml"
JUDGEMENT = "reports/bedomningar/exempel-2026-2026-T1.yaml"

MAPPING = "plans/mappningar/enkat.yaml"
SOUND_MAPPING = """\
mappning: enkat
plan: exempel-2026
åtagande: nattvandring
kolumner: {Dag: datum, Antal samtal: uppgifter.samtal}
"""

REPORT = """\
åtagande: nattvandring
plan: exempel-2026
datum: 2026-03-06
uppgifter:
  samtal: 23
"""

Files = dict[str, bytes]


class Memory:
    """A source of files that are in memory; None is one that cannot be read."""

    def __init__(self, files: dict[str, bytes | None]) -> None:
        self.files = files

    def names(self) -> list[str]:
        return sorted(name for name, data in self.files.items() if data is None or name.lower().endswith(SUFFIXES))

    def unread(self) -> list[str]:
        """As a folder on disk tells it."""
        beside = self.files.keys() - {*self.names()}
        return sorted(name for name in beside if not is_documentation(name.rpartition("/")[2]))

    def read(self, name: str) -> bytes:
        data = self.files[name]
        if data is None:
            raise PermissionError(13, "Permission denied")
        return data


@cache
def _base() -> tuple[tuple[str, bytes], ...]:
    files = (path for path in sorted(BASE.rglob("*")) if path.is_file())
    return tuple((path.relative_to(BASE).as_posix(), path.read_bytes()) for path in files)


def base() -> Files:
    """The files of the sound base project."""
    return dict(_base())


def base_without_reports() -> Files:
    """The plans and forms of the base project."""
    return {name: data for name, data in _base() if name.startswith("plans/")}


def project(*overlays: dict[str, str] | Files) -> CheckedProject:
    """A project of the given files, later ones in the place of earlier ones."""
    return load_project(source(*overlays))


def source(*overlays: dict[str, str] | Files) -> Memory:
    files: dict[str, bytes | None] = {}
    for overlay in overlays:
        files |= {name: data.encode() if isinstance(data, str) else data for name, data in overlay.items()}
    return Memory(files)


def codes(checked: CheckedProject) -> list[str]:
    return sorted(finding.problem.code for finding in checked.findings)


def spots(checked: CheckedProject, memory: Memory) -> list[tuple[str, str, int, int]]:
    """File, code, line and column of every finding, in the order they are shown."""
    return sorted((spot(finding, finding.place, memory) for finding in checked.findings), key=in_order)


def in_order(found: tuple[str, str, int, int]) -> tuple[str, int, int, str]:
    file, code, line, column = found
    return file, line, column, code


def spot(finding: Finding, place: Place, memory: Memory) -> tuple[str, str, int, int]:
    span = locate(text_of(memory, place.file), place.file, place)
    return place.file, finding.problem.code, span.line, span.column


def put(text: str, piece: str) -> str:
    """Lines of `piece` in the place of the same top-level keys of `text`; the others below it."""
    old, new = _blocks(text), _blocks(piece)
    return "".join((old | new).values())


def _blocks(text: str) -> dict[str, str]:
    blocks: dict[str, str] = {}
    key = ""
    for line in text.removesuffix("\n").split("\n"):
        if match := re.match(r"([^\s#:;-]+):", line):
            key = match[1]
        blocks[key] = blocks.get(key, "") + f"{line}\n"
    return blocks


def report_with(piece: str) -> str:
    """The base report with a piece; one with a period instead of a date tells of totals, so the answers go too."""
    text = REPORT
    if "period:" in piece and "datum:" not in piece:
        text = "".join(block for key, block in _blocks(text).items() if key not in ("datum", "uppgifter"))
    return put(text, piece)


def commitment_with(piece: str) -> str:
    """The base plan with a piece of its first commitment."""
    text = base()[PLAN].decode()
    before, mark, after = text.partition("åtaganden:\n")
    first, rest = re.split(r"(?m)^(?=  - id: krogtillsyn)", after)
    changed = put(re.sub(r"(?m)^(?:    |  - )", "", first), piece)
    indented = "".join(f"    {line}" for line in io.StringIO(changed, newline="\n"))
    return f"{before}{mark}  - {indented[4:]}{rest}"


def files_with(where: Where, piece: str) -> Files:
    """The base project's plans and forms, with a piece of the catalogue in its place."""
    files = base_without_reports()
    match where:
        case "rapport":
            changed = {"reports/rapport.yaml": report_with(piece)}
        case "plan":
            changed = {PLAN: put(base()[PLAN].decode(), piece)}
        case "åtagande":
            changed = {PLAN: commitment_with(piece)}
        case "blankett":
            changed = {FORM: put(base()[FORM].decode(), piece)}
        case "bedömning":
            changed = {JUDGEMENT: put(base()[JUDGEMENT].decode(), piece)}
        case "mappning":
            changed = {MAPPING: put(SOUND_MAPPING, piece)}
        case "csv":
            changed = {"reports/rader.csv": piece}
        case _:
            raise NotImplementedError(where)
    return files | {name: text.encode() for name, text in changed.items()}


def plan_with(piece: str) -> dict[str, str]:
    return {PLAN: put(base()[PLAN].decode(), piece)}


def form_with(piece: str) -> dict[str, str]:
    return {FORM: put(base()[FORM].decode(), piece)}


def plan_without(text: str, by: str = "") -> dict[str, str]:
    plan = base()[PLAN].decode()
    assert text in plan
    return {PLAN: plan.replace(text, by)}


def rows_of(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
