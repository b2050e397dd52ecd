"""What one file of reports says by itself, checked against the plans but not yet together with other files."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.schema import sparing
from uppfoljning.files.source import Source
from uppfoljning.project.document import ParsedFile, take_in
from uppfoljning.project.indicators import SERIES
from uppfoljning.project.reports import Reports
from uppfoljning.rules.catalogue import level_of


class FileResult(NamedTuple):
    """The sound entries of a file, what was found in it, and the ids that it uses, also those of what is left out.

    `left_out` tells that the whole file is, else `rows_left_out` how many of its rows. Of one with `other`, which holds no
    reports, nothing more is said.
    """

    file: str
    ids: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: bool = False
    rows_left_out: int = 0
    other: bool = False


def read_file(source: Source, name: str, reports: Reports) -> FileResult:
    """Read a file under `reports/`; a judgement or a series is for others to read."""
    document = take_in(source, name)
    return FileResult(name, other=True) if is_other(document) else read_document(document, reports)


def is_other(document: ParsedFile) -> bool:
    """Whether a file under `reports/` holds no reports."""
    return document.kind == "bedömning" or (document.kind == "indikator" and document.file.startswith(SERIES))


@sparing
def read_document(document: ParsedFile, reports: Reports) -> FileResult:
    """Entries with an error of their own do not count; where the error is in the form of the file none of them does."""
    entries = reports.read(document)
    ids, findings = tuple(document.ids), tuple(document.findings)
    if not findings:
        return FileResult(document.file, ids, tuple(entries))
    whole, rows = broken(document)
    if whole:
        return FileResult(document.file, ids, (), findings, True)
    sound = tuple(entry for entry in entries if not entry.at or entry.at[0] not in rows)
    return FileResult(document.file, ids, sound, findings, False, len(rows))


def broken(document: ParsedFile) -> tuple[bool, set[int]]:
    """Whether the whole file must be left out, else which of its rows."""
    rows: set[int] = set()
    whole = False
    for finding in document.findings:
        if level_of(finding.problem.code) == "fel":
            at, span = finding.place.path[:1], finding.place.span
            if document.table is not None and at and isinstance(at[0], int):
                rows.add(at[0])
            elif document.table is not None and span is not None and span.line > 1:
                rows.add(-span.line)
            else:
                whole = True
    return whole or 0 in rows, rows
