"""What earlier runs read in files that have not changed since, and what the files of a folder amounted to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeAlias

from uppfoljning.files.census import Folder, Marks, marks_of
from uppfoljning.files.store import SURE_AFTER, Store
from uppfoljning.rules.kept import dumped, loaded
from uppfoljning.rules.reads import Read
from uppfoljning.rules.unit import Unit

_READS, _SUMS = "filer-", "summor"
Folders: TypeAlias = tuple[str, ...]
"""Some folders by name, sorted."""
FEWEST = 200
"""How many reports a folder must have for it to be quicker to keep what was read than to read it again."""


class Shelf:
    """What is kept of one project; nothing without a store.

    `folders` is how they are in this run, and `now` (ns) when that was seen.
    `version` says under which plans and forms the reports were read; what was read under others is not to be had.
    """

    def __init__(self, store: Store | None, root: str, folders: Mapping[str, Folder], now: int) -> None:
        self.folders = folders
        self.version = b""
        self._store, self._root, self._now = store, root, now
        self._marks: dict[str, dict[str, tuple[int, ...]]] = {}

    def is_sure(self, folder: str) -> bool:
        """Whether no file of the folder can change unseen: one that was changed just now could, within the same tick."""
        return folder in self.folders and self.folders[folder].latest < self._now - SURE_AFTER

    def reads(self, folder: str) -> dict[str, Read]:
        """What was read in the files right in a folder, where they have not changed since. Asked before any of them is read."""
        if self._store is None:
            return {}
        now = self._marks[folder] = _by_name(marks_of(self._root, folder, []))
        kept = self._kept(_name(folder))
        if kept is None:
            return {}
        _, names, numbers, reads = kept
        then = _by_name(Marks(names, numbers))
        return {read.file: read for name, read in zip(names, reads, strict=True) if now.get(name) == then[name]}

    def keep_reads(self, folder: str, reads: Sequence[Read]) -> None:
        """Keep what was read in the files of a folder since it was asked for; of those that may change unseen nothing."""
        if self._store is None:
            return
        if sum(len(read.entries) for read in reads) < FEWEST:
            self._store.drop(_name(folder))
            return
        marks = self._marks[folder]
        sure = [
            (name, mark, read)
            for read in reads
            if (mark := marks.get(name := read.file.rpartition("/")[2])) is not None and 0 < mark[1] < self._now - SURE_AFTER
        ]
        numbers = [number for _, mark, _ in sure for number in mark]
        kept = (self.version, [name for name, _, _ in sure], numbers, [read for _, _, read in sure])
        self._store.put(_name(folder), dumped(kept))

    def sums(self) -> dict[Folders, tuple[Unit, ...]]:
        """What folders amounted to, those that must be seen together by their names, where none of them has changed."""
        kept = self._kept(_SUMS)
        if kept is None:
            return {}
        return {folders: units for folders, (digest, units) in kept[1].items() if self._digest(folders) == digest}

    def keep_sums(self, sums: Mapping[Folders, tuple[Unit, ...]]) -> None:
        """Keep what folders amount to, and nothing of folders that are gone."""
        if self._store is not None:
            sure = {folders: (self._digest(folders), units) for folders, units in sums.items() if all(map(self.is_sure, folders))}
            self._store.put(_SUMS, dumped((self.version, sure)))
            self._store.keep_only(_READS, {_name(folder) for folder in self.folders})

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


def _name(folder: str) -> str:
    return _READS + blake2b(folder.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _by_name(marks: Marks) -> dict[str, tuple[int, ...]]:
    numbers = marks.numbers
    return {name: tuple(numbers[3 * at : 3 * at + 3]) for at, name in enumerate(marks.names)}
