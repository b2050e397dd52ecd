"""What earlier runs read in files that have not changed since, and what the files of a folder amounted to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from uppfoljning.fast.file_index import Census, FolderDigest, Marks, mark_in, summed, written
from uppfoljning.fast.partial import Partial
from uppfoljning.fast.safe_pickle import dumped, loaded
from uppfoljning.fast.shards import Batch, batches_of
from uppfoljning.fast.store import CENSUS, SURE_AFTER, Store
from uppfoljning.files.hashing import blake2b
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import files_of, whole_names
from uppfoljning.files.source import Folder as FilesOf
from uppfoljning.files.source import Source, csv_of
from uppfoljning.project.document import PLANS
from uppfoljning.project.file_result import FileResult

_READS, _SUMS, _PARTS = "filer-", "summor", "delar-"
LEADS = (_READS, _SUMS, _PARTS, CENSUS)
"""How the names of what a shelf keeps begin."""
Folders: TypeAlias = tuple[str, ...]
"""Some folders by name, sorted."""
Mark: TypeAlias = tuple[int, int, int]
"""What the file system says of a file: its size, when it changed (ns), its inode."""
FEWEST = 200
"""How many reports there must be for it to be quicker to keep what was read than to read it again."""
_NEVER: Mark = (-1, -1, -1)
_WORN = 4
"""What was read is kept anew when more than one of so many files has changed; until then those that have are read again."""


class Sums(NamedTuple):
    """What folders amounted to, those that must be seen together by their names, and the folders that have changed since."""

    units: dict[Folders, tuple[Partial, ...]]
    changed: frozenset[str]


class ProjectCache:
    """What is kept of one project; nothing without a store.

    `folders` is how they are in this run, and `now` (ns) when that was seen.
    `version` says under which plans and forms the reports were read; what was read under others is not to be had.
    """

    def __init__(self, store: Store | None, root: str, census: Census, now: int) -> None:
        self.folders = census.folders
        self.version = b""
        self._store, self._root, self._now = store, root, now
        self._listed = census.marks
        self._files: dict[str, list[str]] = {}
        self._marks: dict[str, dict[str, Mark]] = {}
        self._then: dict[str, int] = {}
        self._stale: set[Batch] = set()
        self._dumped: dict[int, tuple[Partial, bytes]] = {}

    def files(self, folder: str) -> list[str]:
        """The files right in a folder by whole names, in order."""
        if folder not in self._files:
            seen = self._listed.get(folder)
            self._files[folder] = sorted(
                files_of(self._root, folder, [], []) if seen is None else whole_names(folder, seen.names)
            )
        return self._files[folder]

    def names(self, folder: str) -> list[str]:
        """The same in no order, and perhaps without the folder's own name."""
        seen = self._listed.get(folder)
        return self.files(folder) if seen is None else seen.names

    def unread(self) -> list[str]:
        """What lies among the files and is read by nothing."""
        return sorted(f"{name}/{own}" for name, folder in self.folders.items() for own in folder.unread)

    def tables(self, folder: str) -> list[str]:
        """Those of the files that are read as CSV."""
        return csv_of(self.files(folder)) if csv_of(self.names(folder)) else []

    def marks(self, folder: str) -> dict[str, Mark]:
        """What the file system says of each of them, as it was when first asked for: before they were read."""
        if folder not in self._marks:
            seen = self._listed.get(folder)
            if seen is None:
                self._marks[folder] = {file: self.mark(file) for file in self.files(folder)}
            else:
                numbers = iter(seen.numbers)
                marks = zip(numbers, numbers, numbers, strict=True)
                self._marks[folder] = dict(zip(whole_names(folder, seen.names), marks, strict=True))
        return self._marks[folder]

    def mark(self, file: str) -> Mark:
        """What the file system says of a file now."""
        return mark_in(self._root, file)

    @cached_property
    def has_reads(self) -> bool:
        """Whether anything was kept of what single files say when it was first asked."""
        return self._store is not None and bool(self._store.names(_READS))

    def reads(self, batch: Batch) -> dict[str, FileResult]:
        """What was read in the files of a batch, where they have not changed since. Asked before any of them is read."""
        marks = self.marks(batch[0])
        kept = self._kept(_name(_READS, *batch))
        if kept is None:
            return {}
        _, then, data = kept
        if _is_stale(then, marks):
            self._stale.add(batch)
        reads = loaded(data) or ()
        return {read.file: read for read in reads if marks.get(read.file, _NEVER) == then.get(read.file)}

    def keep_reads(self, batch: Batch, reads: Sequence[FileResult], new: int) -> None:
        """Keep what was read in the files of a batch since it was asked for, so many of them just now, if it is worth while.

        Of those that may change unseen nothing is kept.
        """
        if self._store is None or (new * _WORN <= len(reads) and batch not in self._stale):
            return
        if sum(len(read.entries) for read in reads) < FEWEST:
            self._store.drop(_name(_READS, *batch))
            return
        marks = self.marks(batch[0])
        sure = [read for read in reads if (mark := marks.get(read.file)) is not None and self._is_old(mark[1])]
        then = {read.file: marks[read.file] for read in sure}
        self._store.put(_name(_READS, *batch), dumped((self.version, then, dumped(sure))))

    def keep_only_batches(self, batches: Iterable[Batch]) -> None:
        """Let go of what was read in batches that their folders do not have any more."""
        if self._store is not None:
            wanted = {_name("", *batch) for batch in batches}
            folders = {name[:_HASH] for name in wanted}
            self._store.keep_only(_READS, lambda rest: rest in wanted or rest[:_HASH] not in folders)

    def sums(self) -> Sums:
        """What folders amounted to, where none of those that must be seen together has changed."""
        kept = self._kept(_SUMS)
        if kept is None:
            return Sums({}, frozenset())
        units: dict[Folders, tuple[Partial, ...]] = {}
        for folders, (digest, data) in kept[1].items():
            if self._digest(folders) == digest:
                found = tuple(unit for one in data if (unit := self._loaded(one)) is not None)
                if len(found) == len(data):
                    units[folders] = found
        return Sums(units, frozenset(folder for folders in kept[1] if folders not in units for folder in folders))

    def keep_sums(self, sums: Mapping[Folders, tuple[Partial, ...]]) -> None:
        """Keep what folders amount to, and nothing of folders that are gone."""
        if self._store is not None:
            sure = {
                folders: (self._digest(folders), tuple(map(self._bytes_of, units)))
                for folders, units in sums.items()
                if all(folder in self.folders and self._is_old(self.folders[folder].latest) for folder in folders)
            }
            self._store.put(_SUMS, dumped((self.version, sure)))
            self.keep_census()
            there = {_hash(folder) for folder in self.folders}
            for lead in (_READS, _PARTS):
                self._store.keep_only(lead, lambda rest: rest[:_HASH] in there)

    def keep_census(self) -> None:
        """Keep how the folders are, so that the next run knows which have changed."""
        if self._store is not None:
            self._store.put(CENSUS, written({name: folder.digest for name, folder in self.folders.items()}))

    def seen(self, folder: str, files: Iterable[str]) -> FolderDigest:
        """A batch of the files in a folder, as if it were a folder of its own."""
        marks = self.marks(folder)
        return summed(Marks(list(files), array("Q", (number for name in files for number in marks[name]))))

    def parts(self, folder: str) -> dict[str, tuple[bytes, Partial]]:
        """What each batch of a folder amounted to, by its lead, with the check sum of its files then."""
        kept = self._kept(_name(_PARTS, folder))
        if kept is None:
            return {}
        _, self._then[folder], parts = kept
        return {lead: (digest, unit) for lead, (digest, data) in parts.items() if (unit := self._loaded(data)) is not None}

    def newer(self, folder: str, files: Iterable[str]) -> int:
        """How many of some files in a folder have changed since what its batches amounted to was kept."""
        marks, then = self.marks(folder), self._then.get(folder, 0)
        return sum(marks[file][1] > then for file in files)

    def keep_parts(self, folder: str, parts: Mapping[str, tuple[FolderDigest, Partial]]) -> None:
        """Keep what the batches of a folder amount to."""
        if self._store is not None:
            old = {lead: (seen.digest, unit) for lead, (seen, unit) in parts.items() if self._is_old(seen.latest)}
            sure = {lead: (digest, self._bytes_of(unit)) for lead, (digest, unit) in old.items()}
            self._store.put(_name(_PARTS, folder), dumped((self.version, self._now, sure)))

    def tidy(self, store: Store, changed: Iterable[str], *, of_plans: bool) -> None:
        """Let go of what is kept of files that are not as they were: of the folders that have changed, and of those gone.

        `of_plans` says whether the plans and forms, under which all was read, may have changed.
        """
        homes = {_hash(folder): folder for folder in self.folders}
        others = {_hash(folder) for folder in changed}
        for name in [*store.names(_READS), *store.names(_PARTS)]:
            home = name.partition("-")[2][:_HASH]
            if home not in homes:
                store.drop(name)
            elif of_plans or home in others:
                self._tidy_piece(store, name, homes[home])
        self._tidy_sums(store)

    def _tidy_piece(self, store: Store, name: str, folder: str) -> None:
        kept = _piece(store, name)
        if kept is None or kept[0] != self.version:
            store.drop(name)
        elif name.startswith(_READS):
            if _is_stale(kept[1], self.marks(folder)):
                # One that this run has read is kept anew by it.
                store.drop(name)
        else:
            seen = {lead: self.seen(folder, files).digest for lead, files in batches_of(self.files(folder)).items()}
            left = {lead: part for lead, part in kept[2].items() if seen.get(lead) == part[0]}
            if len(left) < len(kept[2]):
                store.put(name, dumped((*kept[:2], left)))

    def _tidy_sums(self, store: Store) -> None:
        """Of folders that have changed is kept only that they were there."""
        kept = _piece(store, _SUMS)
        if kept is None or kept[0] != self.version:
            store.drop(_SUMS)
            return
        left = {
            folders: found if self._digest(folders) == found[0] else (b"", ())
            for folders, found in kept[1].items()
            if all(folder in self.folders for folder in folders)
        }
        if left != kept[1]:
            store.put(_SUMS, dumped((self.version, left)))

    def _loaded(self, data: bytes) -> Partial | None:
        """A unit of the bytes that it was kept as, which are remembered: one that is kept again unchanged is not written out."""
        unit = loaded(data)
        if not isinstance(unit, Partial):
            return None
        self._dumped[id(unit)] = unit, data
        return unit

    def _bytes_of(self, unit: Partial) -> bytes:
        known = self._dumped.get(id(unit))
        return dumped(unit) if known is None else known[1]

    def _is_old(self, changed: int) -> bool:
        """Whether a file cannot change unseen: one that was changed just now could, within the same tick."""
        return 0 < changed < self._now - SURE_AFTER

    def _digest(self, folders: Folders) -> bytes | None:
        if not all(folder in self.folders for folder in folders):
            return None
        return b"".join(self.folders[folder].digest for folder in folders)

    def _kept(self, name: str) -> Any:
        """A piece that was kept under the same plans and forms."""
        kept = None if self._store is None else _piece(self._store, name)
        return kept if kept is not None and kept[0] == self.version else None


def _piece(store: Store, name: str) -> Any:
    data = store.get(name)
    return None if data is None else loaded(data)


def _is_stale(then: Mapping[str, Mark], marks: Mapping[str, Mark]) -> bool:
    """Whether any file is not as it was when it was read."""
    return any(marks.get(file, _NEVER) != mark for file, mark in then.items())


def plans_version(root: str) -> bytes:
    """What tells the plans and forms of a project from any others, as a shelf is told when they are read."""
    source = FilesOf(Path(root), (PLANS.rstrip("/"),))
    return version_of(source, source.names())


def version_of(source: Source, plans: Iterable[str]) -> bytes:
    """What tells these files of plans and forms, by name and content, from any others."""
    digest = blake2b(digest_size=16)
    for name in plans:
        data = _bytes(source, name)
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.digest()


def _bytes(source: Source, name: str) -> bytes:
    try:
        return source.read(name)
    except OSError as error:
        raise_if_short(error)
        return b""


_HASH = 32


def _hash(folder: str) -> str:
    return blake2b(folder.encode("utf-8", "surrogateescape"), digest_size=_HASH // 2).hexdigest()


def _name(kind: str, folder: str, lead: str = "") -> str:
    return f"{kind}{_hash(folder)}-{lead}"
