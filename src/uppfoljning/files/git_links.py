"""Where the links of a commit lead: git keeps their texts, and here they are followed within the project and nowhere else."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from typing import NamedTuple

from uppfoljning.files.gate import LINKED_FOLDER, OUTSIDE

LINK = "120000"
_MOST_LINKS = 40
"""As many as Linux follows on one way."""


class TreeEntry(NamedTuple):
    """What stands behind a name of a commit: the file's mode in octal and the hash of its content."""

    mode: str
    blob: str


class Links:
    """The links of a commit. `entries` are all names of the project, and `text_of` gives the content of a hash."""

    def __init__(self, entries: Mapping[str, TreeEntry], text_of: Callable[[str], bytes]) -> None:
        self._entries, self._text_of = entries, text_of
        self._folders = {""}
        for name in entries:
            while (name := name.rpartition("/")[0]) not in self._folders:
                self._folders.add(name)

    def followed(self, name: str) -> str:
        """The hash of the file that a link leads to; OSError where that is no file of the project, or is hidden.

        Unlike in a folder a way that leaves the project and comes back leads out: a commit does not know what it is called on a
        disk.
        """
        here: list[str] = []
        waiting = name.split("/")[::-1]
        left = _MOST_LINKS
        while waiting:
            step = waiting.pop()
            if step in ("", "."):
                continue
            if step == "..":
                if not here:
                    raise OSError(OUTSIDE, "a link out of the project")
                here.pop()
                continue
            there = [*here, step]
            entry = self._entries.get("/".join(there))
            if entry is None and "/".join(there) in self._folders:
                here = there
            elif entry is None:
                raise OSError(errno.ENOENT, "not in the commit")
            elif entry.mode == LINK and left:
                left -= 1
                waiting += self._steps(entry)
            elif entry.mode == LINK:
                raise OSError(errno.ELOOP, "too many links")
            elif waiting:
                raise OSError(errno.ENOENT, "a way through a file")
            else:
                return _file(there, entry)
        raise OSError(LINKED_FOLDER, "a link to a folder")

    def _steps(self, entry: TreeEntry) -> list[str]:
        text = self._text_of(entry.blob).decode("utf-8", "surrogateescape")
        if text.startswith("/"):
            raise OSError(OUTSIDE, "a link out of the project")
        return text.split("/")[::-1]


def _file(there: list[str], entry: TreeEntry) -> str:
    if any(part.startswith(".") for part in there):
        raise OSError(OUTSIDE, "a link to what is hidden")
    if not entry.mode.startswith("100"):
        raise OSError(errno.EINVAL, "not a file")
    return entry.blob
