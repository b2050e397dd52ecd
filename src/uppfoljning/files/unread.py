"""Findings about what is not read: a file that may hold a report, and a project without any file at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from uppfoljning.domain.finding import Finding, Problem
from uppfoljning.files.root import FOLDERS, SUFFIXES
from uppfoljning.files.source import noted

_HIDDEN_SUFFIX = re.compile(
    rf"(?:{'|'.join(re.escape(suffix) for suffix in SUFFIXES)})(?=[^A-Za-z0-9]).*\Z", re.IGNORECASE | re.DOTALL
)
"""A file's own suffix with something after it, which some systems do not show."""
NOTHING_READ = "F022"
_BRING_IN = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".eml", ".html", ".htm")
_TEXT = (".txt", ".text")


def unread_findings(names: Iterable[str]) -> list[Finding]:
    """A finding for each of some files of a project that are read by nothing."""
    return [
        noted(name, None, Problem("F021", "filen läses inte, och det som står i den räknas inte", _remedy(name)))
        for name in names
    ]


def nothing_read() -> Finding:
    """The finding that a project has no files to read."""
    remedy = "gå till er mapp eller peka ut den med -C KATALOG, eller gör en ny med uppfoljning init"
    return noted(FOLDERS[0], None, Problem(NOTHING_READ, "det finns ingen plan eller rapport att kontrollera här", remedy))


def _remedy(name: str) -> str:
    own = name.rpartition("/")[2]
    lower = own.lower()
    if hidden := _HIDDEN_SUFFIX.search(own):
        suffix = hidden[0].lower()
        return (
            f"byt namn till {own[: hidden.start()]}{next(one for one in SUFFIXES if suffix.startswith(one))}, om den ska räknas"
        )
    if lower.endswith(_BRING_IN) and name.startswith(f"{FOLDERS[1]}/"):
        return "flytta den ur mappen och ta in den med uppfoljning importera"
    if lower.endswith(_TEXT) or "." not in own:
        return "byt namn så att den slutar på .yaml om den är en plan eller rapport, annars flytta den ur mappen"
    return f"flytta den ur mappen, för i {' och '.join(FOLDERS)} läses bara {', '.join(SUFFIXES)}"
