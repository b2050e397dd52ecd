"""The files of a project as they were at a commit, from one `git cat-file` that is kept running."""

from __future__ import annotations

import errno
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from uppfoljning.files import git
from uppfoljning.files.git import BROKEN, GitFault, ask, command, environment, fault_of, fields, resolve
from uppfoljning.files.git_links import LINK, Entry, Links
from uppfoljning.files.listing import SUFFIXES, is_documentation
from uppfoljning.files.source import FOLDERS, size_limit

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType

_CHUNK = 1 << 20
_AHEAD = 128
"""How many files are asked for at once: their names must fit in what a pipe holds, or each side would wait for the other."""


class _Patience:
    """Ends a program that has been silent for too long, so that whoever waits for it is told that it stopped."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        import threading

        self._process = process
        self._waits = 0
        """Odd while something is waited for."""
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        self._waits += 1

    def __exit__(self, *_: object) -> None:
        self._waits += 1

    def end(self) -> None:
        """Nothing is waited for any more."""
        self._over.set()

    def _watch(self) -> None:
        seen = 0
        while not self._over.wait(git.PATIENCE):
            if seen == self._waits and seen % 2:
                self._process.kill()
                return
            seen = self._waits


class Objects:
    """The contents of a repository by the names of the objects. To be used in a `with`, or closed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._patience: _Patience

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, name: str, most: int | None = None) -> bytes:
        """The content of a file, cut to `most` bytes; OSError when git does not have it or it is no file."""
        self.ask([name])
        return self.answer(most)

    def answer(self, most: int | None = None) -> bytes:
        """The answer to the first question that has none yet, as of `read`."""
        kind, content = self._answer(most)
        if kind != "blob":
            raise OSError(errno.EINVAL if kind else errno.EIO, "not a file of the commit")
        return content

    def ask(self, names: Iterable[str]) -> None:
        """Asks for several objects at once; git looks them up while the first answers are read. At most some hundreds."""
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
            process.stdin.flush()
        except OSError:
            self.close()
            raise

    def _answer(self, most: int | None) -> tuple[str, bytes]:
        process = self._process
        if process is None:
            raise OSError(errno.EIO, "git stopped before it answered")
        with self._patience:
            return self._answer_of(process, most)

    def _answer_of(self, process: subprocess.Popen[bytes], most: int | None) -> tuple[str, bytes]:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            # A broken object, or one that a clone without its origin lacks, can end the whole program: the next question has it
            # started anew.
            self.close()
            raise OSError(errno.EIO, "git stopped before it answered")
        words = line.split()
        if len(words) < 2 or not words[-1].isdigit():
            return "", b""
        size = int(words[-1])
        content = process.stdout.read(size if most is None else min(size, most))
        rest = size + 1 - len(content)
        while rest and (passed := process.stdout.read(min(rest, _CHUNK))):
            rest -= len(passed)
        if rest:
            self.close()
            raise OSError(errno.EIO, "git stopped in the middle of an object")
        return words[-2].decode("ascii"), content

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            import subprocess

            asked = command(self._root, "cat-file", "--batch")
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            env = environment(self._root)
            self._process = subprocess.Popen(asked, stdin=pipe, stdout=pipe, stderr=nowhere, env=env)  # noqa: S603
            self._patience = _Patience(self._process)
        return self._process

    @property
    def stopped(self) -> bool:
        """Whether nothing that was asked will be answered any more."""
        return self._process is None

    def close(self) -> None:
        """Lets git go; reading again starts it anew."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        with self._patience:
            process.wait()
        self._patience.end()


def _entries(root: Path, commit: str, *folders: str) -> dict[str, Entry] | None:
    """Everything below some folders of the project, or all of it, by name."""
    listed = ask(root, "ls-tree", "-r", "-z", commit, *folders)
    if listed is None:
        return None
    lines = (line.partition("\t") for line in fields(listed))
    return {name: Entry(about.split(" ")[0], about.split(" ")[2]) for about, _, name in lines}


class Commit:
    """A project at a commit: a source that never looks into the folder. To be used in a `with`, or closed.

    `commit` is the full hash. The bytes are those that git keeps, so that line endings and filters of one computer change
    nothing. A link is followed within the project and nowhere else.
    """

    def __init__(self, root: Path, commit: str, entries: dict[str, Entry]) -> None:
        self.commit = commit
        self._objects = Objects(root)
        self._asked: dict[str, str | int] = {}
        self._unread: list[str] = []
        if names := [name for name, entry in entries.items() if self._is_link(name, entry)]:
            links = Links(_entries(root, commit) or entries, self._objects.read)
            for name in names:
                self._follow(name, links)
        self._names = sorted(self._asked)
        self._ahead: deque[str] = deque()
        self._next = 0

    @classmethod
    def at(cls, root: Path, ref: str, folders: Sequence[str] = FOLDERS) -> Self | GitFault:
        """The project in the folder `root`, which may lie anywhere in a repository, at a commit, a branch or a tag.

        With `folders` only some of its own.
        """
        commit = resolve(root, ref)
        if isinstance(commit, GitFault):
            return commit
        entries = _entries(root, commit, *folders)
        if entries is None:
            return fault_of(root) or BROKEN
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
        return list(self._names)

    def unread(self) -> list[str]:
        """The files beside them that are read by nothing, and are no documentation either."""
        return sorted(self._unread)

    def read(self, name: str) -> bytes:
        """The file's bytes, cut just past the size limit; OSError when it cannot be read.

        Whoever reads the files in the order of their names is answered without waiting.
        """
        asked = self._asked.get(name, errno.ENOENT)
        if isinstance(asked, int):
            raise OSError(asked, "not a file of the commit")
        if self._objects.stopped:
            self._ahead.clear()
        if self._ahead and self._ahead[0] == name:
            self._ahead.popleft()
        else:
            self._forget_ahead()
            self._objects.ask([asked])
            at = bisect_left(self._names, name)
            # Only the second of two neighbours tells of someone who reads them all.
            follows, self._next = at == self._next, at + 1
            if not follows:
                return self._objects.answer(size_limit(name) + 1)
        if len(self._ahead) < _AHEAD // 2:
            coming = self._names[self._next : self._next + _AHEAD]
            self._next += len(coming)
            known = {one: asked for one in coming if isinstance(asked := self._asked[one], str)}
            self._ahead += known
            self._objects.ask(known.values())
        return self._objects.answer(size_limit(name) + 1)

    def _forget_ahead(self) -> None:
        """Takes the answers that nobody waits for any more."""
        while self._ahead:
            with suppress(OSError):
                self._objects.answer(0)
            self._ahead.popleft()

    def close(self) -> None:
        """Lets git go; reading again starts it anew."""
        self._ahead.clear()
        self._objects.close()

    def _is_link(self, name: str, entry: Entry) -> bool:
        """Keeps what to ask git for the file, or why there is nothing to ask; True for a link, which must be followed first."""
        wanted = name.lower().endswith(SUFFIXES)
        if "/." in name or not (wanted or name in FOLDERS or not is_documentation(name.rpartition("/")[2])):
            return False
        if entry.mode == LINK:
            return True
        if not entry.mode.startswith("100"):
            self._asked[name] = errno.EINVAL
        elif wanted:
            self._asked[name] = entry.blob
        elif name not in FOLDERS:
            self._unread.append(name)
        return False

    def _follow(self, name: str, links: Links) -> None:
        """The same of a link."""
        try:
            asked: str | int = links.followed(name)
        except OSError as error:
            asked = error.errno or errno.EIO
        if isinstance(asked, int) or name.lower().endswith(SUFFIXES):
            self._asked[name] = asked
        elif name not in FOLDERS:
            self._unread.append(name)
