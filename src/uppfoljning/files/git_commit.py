"""The files of a project as they were at a commit, from one `git cat-file` that is kept running."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from uppfoljning.files.git import BROKEN, GitFault, ask, command, environment, fault_of, fields, resolve
from uppfoljning.files.source import CSV_SUFFIX, FOLDERS, YAML_SUFFIXES, size_limit

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType

_LINK = "120000"
_NO_FILE = {"": errno.EIO, "dangling": errno.ENOENT, "symlink": errno.ENOENT, "notdir": errno.ENOENT, "loop": errno.ELOOP}
"""What git's words for a link that leads to no file of the commit mean; every other kind of object is no ordinary file."""
_CHUNK = 1 << 20


class Objects:
    """The contents of a repository by the names of the objects. To be used in a `with`, or closed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, name: str, most: int | None = None) -> bytes:
        """The content of a file, cut to `most` bytes; OSError when git does not have it or it is no file."""
        kind, content = self.look_up(name, most)
        if kind != "blob":
            raise OSError(_NO_FILE.get(kind, errno.EINVAL), "not a file of the commit")
        return content

    def look_up(self, name: str, most: int | None = None) -> tuple[str, bytes]:
        """The kind of an object, in git's word for it and empty where there is none, and its content cut to `most` bytes.

        The name is a hash, or a commit and a path in it, on one line. OSError when git stops.
        """
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        process.stdin.flush()
        words = process.stdout.readline().split()
        if len(words) < 2 or not words[-1].isdigit():
            return "", b""
        size = int(words[-1])
        content = process.stdout.read(size if most is None else min(size, most))
        rest = size + 1 - len(content)
        while rest and (passed := process.stdout.read(min(rest, _CHUNK))):
            rest -= len(passed)
        if rest:
            raise OSError(errno.EIO, "git stopped in the middle of an object")
        return words[-2].decode("ascii"), content

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            import subprocess

            asked = command(self._root, "cat-file", "--batch", "--follow-symlinks")
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(asked, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment())  # noqa: S603
        return self._process

    def close(self) -> None:
        """Lets git go; reading again starts it anew."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                with suppress(OSError):
                    pipe.close()
            process.wait()


class _Entry(NamedTuple):
    """A line of a commit's listing: the file's mode in octal, the hash of its content, its name in the project."""

    mode: str
    blob: str
    name: str


class Commit:
    """A project at a commit: a source that never looks into the folder. To be used in a `with`, or closed.

    `commit` is the full hash. The bytes are those that git keeps, so that line endings and filters of one computer change
    nothing. A link is followed within the repository and nowhere else.
    """

    def __init__(self, root: Path, commit: str, entries: list[_Entry]) -> None:
        self.commit = commit
        self._objects = Objects(root)
        self._asked: dict[str, str] = {}
        for entry in entries:
            self._sort_in(entry)

    @classmethod
    def at(cls, root: Path, ref: str, folders: Sequence[str] = FOLDERS) -> Self | GitFault:
        """The project in the folder `root`, which may lie anywhere in a repository, at a commit, a branch or a tag.

        With `folders` only some of its own.
        """
        commit = resolve(root, ref)
        if isinstance(commit, GitFault):
            return commit
        listed = ask(root, "ls-tree", "-r", "-z", commit, *folders)
        if listed is None:
            return fault_of(root) or BROKEN
        entries = []
        for line in fields(listed):
            about, _, name = line.partition("\t")
            mode, _, blob = about.split(" ")
            entries.append(_Entry(mode, blob, name))
        return cls(root, commit, entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def names(self) -> list[str]:
        """As `Folder.names`.

        What only a folder can have, a submodule or a link in the place of `plans/`, is named itself, so that reading it gives
        a finding instead of silence.
        """
        return sorted(self._asked)

    def read(self, name: str) -> bytes:
        """The file's bytes, cut just past the size limit; OSError when it cannot be read."""
        asked = self._asked.get(name)
        if not asked:
            raise OSError(errno.ENOENT if asked is None else errno.EINVAL, "not a file of the commit")
        return self._objects.read(asked, size_limit(name) + 1)

    def close(self) -> None:
        """Lets git go; reading again starts it anew."""
        self._objects.close()

    def _sort_in(self, entry: _Entry) -> None:
        """Keeps what to ask git for the file; nothing where it is no file."""
        if "/." in entry.name:
            return
        wanted = entry.name.lower().endswith((*YAML_SUFFIXES, CSV_SUFFIX))
        if entry.mode.startswith("100"):
            if wanted:
                self._asked[entry.name] = entry.blob
        elif entry.mode != _LINK or entry.name in FOLDERS:
            self._asked[entry.name] = ""
        elif wanted:
            # A name of two lines would be two questions.
            asked = "" if "\n" in entry.name else f"{self.commit}:./{entry.name}"
            if not asked or self._objects.look_up(asked, 0)[0] != "tree":
                self._asked[entry.name] = asked
