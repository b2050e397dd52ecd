"""What earlier runs read in files that have not changed since, and what the files of a folder amounted to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from uppfoljning.files.census import Census, Folder, Marks, files_of, mark_in, summed, whole_names, written
from uppfoljning.files.check_sum import blake2b
from uppfoljning.files.source import csv_of
from uppfoljning.files.store import CENSUS, SURE_AFTER, Store
from uppfoljning.rules.batches import Batch
from uppfoljning.rules.kept import dumped, loaded
from uppfoljning.rules.reads import Read
from uppfoljning.rules.unit import Unit

_READS, _SUMS, _PARTS = "filer-", "summor", "delar-"
Folders: TypeAlias = tuple[str, ...]
"""Some folders by name, sorted."""
Mark: TypeAlias = tuple[int, int, int]
"""What the file system says of a file: its size, when it changed (ns), its inode."""
FEWEST = 200
"""How many reports there must be for it to be quicker to keep what was read than to read it again."""
_WORN = 4
"""What was read is kept anew when more than one of so many files has changed; until then those that have are read again."""


class Sums(NamedTuple):
    """What folders amounted to, those that must be seen together by their names, and the folders that have changed since."""

    units: dict[Folders, tuple[Unit, ...]]
    changed: frozenset[str]


class Shelf:
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
        self._dumped: dict[int, tuple[Unit, bytes]] = {}

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

    def reads(self, batch: Batch) -> dict[str, Read]:
        """What was read in the files of a batch, where they have not changed since. Asked before any of them is read."""
        marks = self.marks(batch[0])
        kept = self._kept(_name(_READS, *batch))
        if kept is None:
            return {}
        _, then, reads = kept
        return {read.file: read for mark, read in zip(then, reads, strict=True) if marks.get(read.file) == mark}

    def keep_reads(self, batch: Batch, reads: Sequence[Read], new: int) -> None:
        """Keep what was read in the files of a batch since it was asked for, so many of them just now, if it is worth while.

        Of those that may change unseen nothing is kept.
        """
        if self._store is None or new * _WORN <= len(reads):
            return
        if sum(len(read.entries) for read in reads) < FEWEST:
            self._store.drop(_name(_READS, *batch))
            return
        marks = self.marks(batch[0])
        sure = [(mark, read) for read in reads if (mark := marks.get(read.file)) is not None and self._is_old(mark[1])]
        self._store.put(_name(_READS, *batch), dumped((self.version, [mark for mark, _ in sure], [read for _, read in sure])))

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
        units: dict[Folders, tuple[Unit, ...]] = {}
        for folders, (digest, data) in kept[1].items():
            if self._digest(folders) == digest:
                found = tuple(unit for one in data if (unit := self._loaded(one)) is not None)
                if len(found) == len(data):
                    units[folders] = found
        return Sums(units, frozenset(folder for folders in kept[1] if folders not in units for folder in folders))

    def keep_sums(self, sums: Mapping[Folders, tuple[Unit, ...]]) -> None:
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

    def seen(self, folder: str, files: Iterable[str]) -> Folder:
        """A batch of the files in a folder, as if it were a folder of its own."""
        marks = self.marks(folder)
        return summed(Marks(list(files), array("Q", (number for name in files for number in marks[name]))))

    def parts(self, folder: str) -> dict[str, tuple[bytes, Unit]]:
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

    def keep_parts(self, folder: str, parts: Mapping[str, tuple[Folder, Unit]]) -> None:
        """Keep what the batches of a folder amount to."""
        if self._store is not None:
            old = {lead: (seen.digest, unit) for lead, (seen, unit) in parts.items() if self._is_old(seen.latest)}
            sure = {lead: (digest, self._bytes_of(unit)) for lead, (digest, unit) in old.items()}
            self._store.put(_name(_PARTS, folder), dumped((self.version, self._now, sure)))

    def _loaded(self, data: bytes) -> Unit | None:
        """A unit of the bytes that it was kept as, which are remembered: one that is kept again unchanged is not written out."""
        unit = loaded(data)
        if not isinstance(unit, Unit):
            return None
        self._dumped[id(unit)] = unit, data
        return unit

    def _bytes_of(self, unit: Unit) -> bytes:
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
        piece = None if self._store is None else self._store.get(name)
        kept = None if piece is None else loaded(piece)
        return kept if kept is not None and kept[0] == self.version else None


def version_of(plans: Iterable[tuple[str, bytes]]) -> bytes:
    """What tells these files of plans and forms, by name and content, from any others."""
    digest = blake2b(digest_size=16)
    for name, data in plans:
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.digest()


_HASH = 32


def _hash(folder: str) -> str:
    return blake2b(folder.encode("utf-8", "surrogateescape"), digest_size=_HASH // 2).hexdigest()


def _name(kind: str, folder: str, lead: str = "") -> str:
    return f"{kind}{_hash(folder)}-{lead}"
