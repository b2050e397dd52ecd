"""One file taken in: its bytes, its tree or rows, what kind of document it is, and what its name and folder should be."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from uppfoljning.domain.finding import Finding, Place, Problem, Tree
from uppfoljning.files.source import Source, is_csv, read_bytes
from uppfoljning.files.text import ascii_name
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.rules.privacy_look import may_be_personal, may_be_personal_name

if TYPE_CHECKING:
    from uppfoljning.files.csv import CsvTable

Kind = Literal["plan", "blankett", "rapport", "bedömning", "indikator", "mappning", "rader", ""]

REPORTS = "reports/"
PLANS = "plans/"
MAPPINGS = "plans/mappningar/"
_SERIES = ("plans/indikatorer/", "reports/indikatorer/")
_TOP_KEYS: tuple[tuple[str, Kind], ...] = (
    ("mappning", "mappning"),
    ("bedömning", "bedömning"),
    ("indikator", "indikator"),
    ("snabbrapport", "blankett"),
    ("åtagande", "rapport"),
    ("plan", "plan"),
)
_HOME: dict[Kind, tuple[str, str]] = {
    "plan": (PLANS, "en plan hör hemma i mappen plans"),
    "blankett": ("plans/snabbrapporter/", "en blankett hör hemma i mappen plans/snabbrapporter"),
    "mappning": (MAPPINGS, "en mappning hör hemma i mappen plans/mappningar"),
    "rapport": (REPORTS, "en rapport hör hemma i mappen reports"),
    "bedömning": ("reports/bedomningar/", "en bedömning hör hemma i mappen reports/bedomningar"),
    "indikator": ("plans/indikatorer/", "en beskrivning av en serie hör hemma i mappen plans/indikatorer"),
}


@dataclass(slots=True)
class ParsedFile:
    """A file that was read: its kind, its tree or its rows, the ids of the reports in it, and what was found in it so far."""

    file: str
    kind: Kind = ""
    tree: dict[str, Tree] | None = None
    table: CsvTable | None = None
    ids: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def take_in(source: Source, name: str) -> ParsedFile:
    """Read one file as far as it can be read."""
    document = ParsedFile(name)
    data, document.findings = read_bytes(source, name)
    if not name.isascii() or may_be_personal_name(name):
        document.findings += _check_file_name(name)
    if data is None:
        return document
    if may_be_personal(data):
        from uppfoljning.files.text import text_of

        document.findings += _check_privacy(name, text_of(source, name))
    plain = name.endswith(".yaml")
    if not plain and is_csv(name):
        from uppfoljning.files.csv import read_csv

        document.table, found = read_csv(name, data)
        document.kind = "indikator" if name.startswith(_SERIES) else "rader"
        document.findings += found
        return document
    tree, found = read_yaml(name, data)
    if found:
        document.findings += found
    if isinstance(tree, dict):
        document.tree = tree
        document.kind = _kind(name, tree)
        home = _HOME.get(document.kind)
        if home is not None and not name.startswith(home[0]):
            problem = Problem("N102", "filen ligger i fel mapp", f"flytta den: {home[1]}")
            document.findings.append(Finding(Place(name), problem))
    if not plain and name.lower().endswith(".yml"):
        problem = Problem("N104", "filen slutar på .yml", "byt namn så att den slutar på .yaml")
        document.findings.append(Finding(Place(name), problem))
    return document


def _kind(name: str, tree: dict[str, Tree]) -> Kind:
    """The top key decides; where it is missing or misspelt, the folder does, so that the fault itself can be named.

    A mapping names a plan and a commitment too, so in its folder a file is one even without its own key.
    """
    if name.startswith(MAPPINGS):
        return "mappning"
    for key, kind in _TOP_KEYS:
        if key in tree and not (key == "åtagande" and isinstance(tree[key], (list, dict))):
            return kind
    if name.startswith(_SERIES):
        return "indikator"
    if name.startswith("plans/snabbrapporter/"):
        return "blankett"
    if name.startswith("reports/bedomningar/"):
        return "bedömning"
    return "plan" if name.startswith(PLANS) else "rapport"


def _check_privacy(name: str, text: str) -> list[Finding]:
    """As `check_privacy`; in a CSV file the places also say which row it is, so that the row is left out."""
    from uppfoljning.files.csv import delimiter_of, records, split_lines
    from uppfoljning.files.text import cleaned_for_parsing
    from uppfoljning.rules.privacy import check_privacy

    found = check_privacy(name, text)
    if not found or not is_csv(name):
        return found
    lines = split_lines(cleaned_for_parsing(text, name))
    first_lines = [first for _, first, _ in records(lines, delimiter_of(lines))]
    placed = []
    for finding in found:
        span = finding.place.span
        assert span is not None
        record = max(0, bisect_right(first_lines, span.line - 1) - 1)
        placed.append(Finding(Place(name, (record,), span=span), finding.problem))
    return placed


def _check_file_name(name: str) -> list[Finding]:
    from uppfoljning.rules.privacy import check_name

    found = check_name(name)
    if not name.isascii() and not found:
        problem = Problem(
            "N103", "filens namn har annat än a–z och siffror", f"byt namn till {ascii_name(name.rpartition('/')[2])}"
        )
        found.append(Finding(Place(name), problem))
    return found


def check_id_is_name(document: ParsedFile, key: str, id: str) -> list[Finding]:
    """A plan's or form's id must be its file's stem; å, ä and ö are written a, a and o in the file's name."""
    stem = document.file.rpartition("/")[2].rpartition(".")[0]
    if stem in (id, ascii_name(id)):
        return []
    problem = Problem("N101", f"id {id} är inte filens namn", f"skriv {stem} här, eller döp om filen till {ascii_name(id)}.yaml")
    return [Finding(Place(document.file, (key,)), problem)]
