"""Where the project's files come from: which there are, and their bytes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.files.gate import LINKED_FOLDER, OUTSIDE, opened
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import CSV_SUFFIX, FOLDERS, YAML_SUFFIXES, files_of

# From positions in a text to lines and columns, and findings about a stretch of a text.


def stretch(text: str, start: int, end: int) -> Span:
    """The span of `text[start:end]`, where the only line break is `\\n`."""
    line, column = _line_and_column(text, start)
    end_line, end_column = _line_and_column(text, max(start, end))
    return Span(line, column, end_line, end_column)


def line_bounds(text: str, index: int) -> tuple[int, int]:
    """Where the line that holds `index` begins and where its text ends."""
    end = text.find("\n", index)
    return text.rfind("\n", 0, index) + 1, len(text) if end < 0 else end


def noted(file: str, span: Span | None, problem: Problem, also: Span | None = None) -> Finding:
    """A finding about a stretch of a file, or about the whole file when `span` is None."""
    return Finding(Place(file, span=span), problem, None if also is None else Place(file, span=also))


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


__all__ = [
    "CSV_SUFFIX",
    "FOLDERS",
    "YAML_SUFFIXES",
    "Folder",
    "Source",
    "WithFiles",
    "csv_of",
    "is_csv",
    "may_be_shared",
    "read_bytes",
    "size_limit",
    "unread_in",
]

YAML_LIMIT = 1024 * 1024
"""The most bytes of a YAML file; a whole year of reports is far smaller."""
CSV_LIMIT = 200 * 1024 * 1024
"""The most bytes of a CSV file."""

_REASONS = {
    errno.EACCES: ("du saknar rätt att läsa den", "ge dig läsrätt till filen eller mappen"),
    errno.EPERM: ("du saknar rätt att läsa den", "ge dig läsrätt till filen eller mappen"),
    errno.ENOENT: ("den finns inte, eller är en länk till något som inte finns", "lägg tillbaka filen eller ta bort länken"),
    errno.ELOOP: ("den är en länk som går i cirkel", "ta bort länken"),
    errno.EISDIR: ("den är en mapp", "byt namn på mappen eller ge dig läsrätt till den"),
    errno.EINVAL: ("den är ingen vanlig fil", "ta bort den ur mappen"),
    errno.ENXIO: ("den är ingen vanlig fil", "ta bort den ur mappen"),
    OUTSIDE: (
        "den är en länk ut ur projektet eller till något dolt",
        "lägg själva filen i mappen i stället för länken, eller ta bort länken",
    ),
    LINKED_FOLDER: ("den är en länk till en mapp", "lägg själva mappen här i stället för länken, eller ta bort länken"),
}
_UNKNOWN = ("disken eller nätet svarade med ett fel", "försök igen, eller hämta filen på nytt")


class Source(Protocol):
    """Something that holds a project's files: a folder on disk, or a commit."""

    def names(self) -> list[str]:
        """The sorted names of all files, relative to the project, with `/` between folders."""

    def read(self, name: str) -> bytes:
        """The bytes of one file; OSError when it cannot be read."""

    # Optional: `unread()` gives what lies among the files and is read by nothing, once the names have been asked for.


class Folder:
    """A project in a folder on disk, or only some of its `folders`."""

    shared = True

    def __init__(self, root: Path, folders: Sequence[str] = FOLDERS) -> None:
        self.root = root
        self._root = str(root)
        self._unread: list[str] = []
        self.folders = folders

    def names(self) -> list[str]:
        """YAML and CSV files under `plans/` and `reports/`; hidden ones are left out.

        What cannot or may not be read is named too, as a linked folder, a pipe or a folder that cannot be opened, so that reading
        it gives a finding instead of silence.
        """
        found: list[str] = []
        self._unread = []
        waiting = list(self.folders)
        while waiting:
            found += files_of(self._root, waiting.pop(), waiting, self._unread)
        return sorted(found)

    def unread(self) -> list[str]:
        """The files beside them that are read by nothing, and are no documentation either, as when the names were asked for."""
        return sorted(self._unread)

    def read(self, name: str) -> bytes:
        """The file's bytes, cut just past the size limit; OSError when it cannot be read."""
        file, size = opened(self._root, name)
        try:
            data = os.read(file, (size if size <= YAML_LIMIT else min(size, size_limit(name))) + 1)
            # It may have changed since it was looked at, and a large one may come in pieces.
            if len(data) != size:
                limit = size_limit(name)
                while len(data) not in (size, limit + 1) and (more := os.read(file, limit + 1 - len(data))):
                    data += more
        finally:
            os.close(file)
        return data


class WithFiles:
    """Another source with some files more, which are only thought of: to see what a project would be with them."""

    def __init__(self, source: Source, files: Mapping[str, str]) -> None:
        self._source = source
        self._files = {name: text.encode("utf-8") for name, text in files.items()}

    def names(self) -> list[str]:
        """Those of the source, and the new ones."""
        return sorted({*self._source.names(), *self._files})

    def unread(self) -> list[str]:
        """Those of the source."""
        return unread_in(self._source)

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        return self._files[name] if name in self._files else self._source.read(name)


def unread_in(source: Source) -> list[str]:
    """What lies among the files of a source and is read by nothing, where it can tell."""
    unread: Callable[[], list[str]] | None = getattr(source, "unread", None)
    return [] if unread is None else unread()


def may_be_shared(source: Source) -> bool:
    """Whether two processes may read from it at the same time."""
    return bool(getattr(source, "shared", False))


def is_csv(name: str) -> bool:
    """Whether a file is read as CSV; every other one is read as YAML."""
    return name.lower().endswith(CSV_SUFFIX)


def csv_of(names: Sequence[str]) -> list[str]:
    """Those that are read as CSV; most folders have none, and then that is seen at once."""
    return list(filter(is_csv, names)) if CSV_SUFFIX in "\0".join(names).lower() else []


def size_limit(name: str) -> int:
    """The most bytes a file of this name may have."""
    return CSV_LIMIT if is_csv(name) else YAML_LIMIT


def read_bytes(source: Source, name: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file, or None and the finding that says why they cannot be had."""
    try:
        data = source.read(name)
    except OSError as error:
        raise_if_short(error)
        why, remedy = _REASONS.get(error.errno or 0, _UNKNOWN)
        return None, [noted(name, None, Problem("F001", f"filen gick inte att läsa: {why}", remedy))]
    if len(data) > YAML_LIMIT and len(data) > (limit := size_limit(name)):
        megabytes = limit // (1024 * 1024)
        remedy = "dela upp den i flera filer" if is_csv(name) else "ha en fil för varje tillfälle, eller rader i en CSV-fil"
        return None, [noted(name, None, Problem("F002", f"filen är större än {megabytes} MB", remedy))]
    return data, []
