"""The same question about the same files has the same answer: what a command wrote is kept and written again.

A question is the words of the command line and all else that an answer depends on: the files, what git knows, the program, the
day, and what the answer is written to. Only commands that do nothing but read and write to the screen are answered so.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from uppfoljning.fast.file_index import Census, FolderDigest, as_written, census, nothing, written
from uppfoljning.fast.git_fingerprint import git_signs
from uppfoljning.fast.store import CENSUS, SURE_AFTER, Store, place_of, program_mark
from uppfoljning.files.hashing import blake2b
from uppfoljning.files.root import FOLDERS, root_of

# To import `typing` takes a seventh of the time that an answer which is kept takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, TextIO

WITHOUT = "--utan-cache"
"""The option that has everything read anew, and nothing kept."""
_COMMANDS = ("status", "avvikelser", "saknas", "underlag", "historik", "analys", "effekt", "validera")
_ELSEWHERE = ("--ref", "--ut", "--felsok", "--sedan", "--help", "--hjälp", "--version", WITHOUT)
"""Options that make the answer depend on more, or that do more than write to the screen."""
_ENVIRONMENT = ("CI", "COLORTERM", "COLUMNS", "HOME", "JENKINS_URL", "LINES", "PATH", "PRE_COMMIT", "TERM", "TF_BUILD", "TZ")
_ENVIRONMENTS = ("FORCE_", "GIT", "JUPYTER", "LANG", "LC_", "NO_COLOR", "PYTHON", "RICH_", "TTY_", "UPPFOLJNING_", "XDG_")
"""What of the environment has a say in an answer, by name and by how names begin."""
_LEAD = "svar-"
_MOST_BYTES = 4 * 1024 * 1024
_MOST_ANSWERS = 40
_KEPT = (0, 1)
"""The exit statuses of a command that has done its work."""


_UNSURE: list[bool] = []


def do_not_keep() -> None:
    """The answer under way depends on more than its question tells of, and must be worked out anew the next time."""
    _UNSURE.append(True)


class CommandQuestion:
    """A command line with everything that its answer depends on."""

    def __init__(self, store: Store, name: str, sure: bool) -> None:
        # A file that was changed just now may change once more within the same tick, unseen.
        self.name = name
        self._store, self._sure = store, sure
        self._streams: tuple[TextIO, TextIO] | None = None
        self._heard: list[_Heard] = []

    def answered(self) -> int | None:
        """Write the answer that is kept, and give its exit status; None where none is. OSError where it cannot be written."""
        kept = self.kept()
        if kept is None:
            return None
        head, _, texts = kept.partition(b"\n")
        status, length = map(int, head.split())
        for stream, text in ((sys.stdout, texts[:length]), (sys.stderr, texts[length:])):
            stream.buffer.write(text)
            stream.flush()
        return status

    def kept(self) -> bytes | None:
        """What is kept as the answer."""
        return self._store.get(self.name)

    def put(self, answer: bytes) -> None:
        """Keep an answer, where the question is sure to be another once anything has changed."""
        self._store.tidy()
        if self._sure and not _UNSURE:
            self._store.put(self.name, answer)
            self._store.keep_newest(_LEAD, _MOST_ANSWERS)

    def listen(self) -> None:
        """Hear what is written from now on."""
        self._streams = (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = self._copied(sys.stdout), self._copied(sys.stderr)

    def keep(self, status: int | None) -> None:
        """Keep what was heard, where the command came to its end; None where it did not."""
        assert self._streams is not None
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        sys.stdout, sys.stderr = self._streams
        texts = [bytes(heard.kept) for heard in self._heard]
        if status in _KEPT and sum(map(len, texts)) <= _MOST_BYTES:
            self.put(b"%d %d\n" % (status, len(texts[0])) + b"".join(texts))

    def _copied(self, stream: TextIO) -> TextIO:
        heard = _Heard(stream.buffer)
        self._heard.append(heard)
        lines = bool(stream.line_buffering)
        return io.TextIOWrapper(io.BufferedWriter(heard), stream.encoding, stream.errors, line_buffering=lines)


class _Heard(io.RawIOBase):
    """A stream that writes to another and remembers what."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if len(self.kept) <= _MOST_BYTES:
            self.kept += data
        written = self._to.write(data)
        self._to.flush()
        return written

    def isatty(self) -> bool:
        return self._to.isatty()

    def fileno(self) -> int:
        return self._to.fileno()


def asked(words: Sequence[str], get_ready: Callable[[], None] = nothing) -> CommandQuestion | None:
    """The question that a command line asks, or None where it must be answered anew.

    `get_ready` is for what it takes to work out an answer: done while the files are looked at, where none is to be had.
    """
    _UNSURE.clear()
    try:
        return _asked(words, get_ready)
    except OSError:
        # A folder that is gone, say: the command itself says so in words.
        return None


def _asked(words: Sequence[str], get_ready: Callable[[], None]) -> CommandQuestion | None:
    start = _start(words)
    if start is None or not _has_bytes():
        return None
    root = root_of(start)
    if root is None or "GITHUB_STEP_SUMMARY" in os.environ:
        return None
    asked = _digest(words, os.getcwd(), _day(words), _screens(), _environment())
    seen = see(root, f"{_LEAD}{asked}", get_ready)
    if seen is None:
        return None
    store, (files, _), now = seen
    signs = git_signs(root, kept="validera" in words)
    latest = max([mark[2] for mark in signs] + [folder.latest for folder in files.values()], default=0)
    return CommandQuestion(store, f"{_LEAD}{asked}{_state(signs, files)}", latest < now - SURE_AFTER)


def _state(signs: list[tuple[str, int, int, int]], files: Mapping[str, FolderDigest]) -> str:
    """How the name of an answer ends: by what it is the answer about."""
    return f"-{_digest(signs, sorted(files.items()))}"


def _digest(*parts: object) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogateescape"))
        digest.update(b"\0")
    return digest.hexdigest()


class Seen(namedtuple("Seen", "store census now")):  # noqa: PYI024
    """Where things are kept for a project, what its folders are like, and when they were looked at (ns)."""

    __slots__ = ()
    store: Store
    census: Census
    now: int


_SEEN: dict[str, Seen | None] = {}


def see(root: str, lead: str = "", get_ready: Callable[[], None] = nothing) -> Seen | None:
    """Look at a project once in a run; None where nothing can be kept for it.

    `lead` is how the name of an answer begins, where one is looked for.
    """
    if root not in _SEEN:
        try:
            _SEEN[root] = _see(root, lead, get_ready)
        except OSError:
            # The folder that one stands in is gone, say, while the project is another.
            _SEEN[root] = None
    return _SEEN[root]


def _see(root: str, lead: str, get_ready: Callable[[], None]) -> Seen | None:
    place = place_of(root, os.environ)
    if place is None:
        return None
    store = Store(place, program_mark())
    now = store.now()
    if now is None:
        return None
    known = as_written(store.get(CENSUS) or b"")
    found = census(root, FOLDERS, known, get_ready, new=not store.names(lead))
    store.tidying = lambda: _tidy(store, root, known, found, now)
    return Seen(store, found, now)


def _tidy(store: Store, root: str, known: Mapping[str, bytes], found: Census, now: int) -> None:
    """Let go of all that is kept of a text which may not be there any more, in this project and of those that are gone.

    What is `known` of the folders was written when nothing was kept of what is not in them, so that only those that are another
    way now need be looked into.
    """
    from uppfoljning.fast.project_cache import LEADS, ProjectCache, plans_version
    from uppfoljning.fast.store import leave_outside_git

    state, pieces = _state(git_signs(root), found.folders), 0
    for name in store.drop_others((_LEAD, *LEADS)):
        if not name.startswith(_LEAD):
            pieces += name != CENSUS
        elif not name.endswith(state):
            store.drop(name)
    store.belongs_to(root)
    leave_outside_git(root, os.environ)
    changed = {*found.marks, *(known.keys() - found.folders.keys())}
    if changed and pieces:
        of_plans = any(f"{name}/".startswith(f"{FOLDERS[0]}/") for name in changed)
        shelf = ProjectCache(store, root, found, now)
        shelf.version = plans_version(root)
        shelf.tidy(store, changed, of_plans=of_plans)
    if known and changed:
        store.put(CENSUS, written({name: folder.digest for name, folder in found.folders.items()}))


def _start(words: Sequence[str]) -> str | None:
    """The folder that the words name, empty where they name none; None where the answer is not to be kept."""
    start = ""
    waiting = iter(words)
    for word in waiting:
        if word == "-C":
            start = next(waiting, "")
        elif word in _COMMANDS:
            rest = list(waiting)
            loose = word == "validera" and any(not one.startswith("-") for one in rest if one not in _FORMATS)
            return None if loose or any(one.startswith(_ELSEWHERE) for one in rest) else start
        else:
            return None
    return None


_FORMATS = ("text", "kort", "json", "github", "gitlab", "sarif", "markdown")


def _day(words: Sequence[str]) -> tuple[int, ...]:
    """Today, where the answer may depend on it."""
    named = any(word == "--vid" or word.startswith("--vid=") for word in words)
    return () if named or "validera" in words else time.localtime()[:3]


def _has_bytes() -> bool:
    """Whether what is written can be heard as bytes."""
    return all(hasattr(stream, "buffer") for stream in (sys.stdout, sys.stderr))


def _screens() -> list[object]:
    """What the answer is written to: to a terminal it has a width and colours."""
    found: list[object] = []
    for stream in (sys.stdout, sys.stderr):
        wide = stream.isatty()
        size = _size(stream) if wide else ()
        found.append((wide, size, stream.encoding, stream.errors, stream.newlines))
    return found


def _size(stream: TextIO) -> tuple[int, ...]:
    try:
        return tuple(os.get_terminal_size(stream.fileno()))
    except OSError:
        return ()


def _environment() -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in os.environ.items() if name in _ENVIRONMENT or name.startswith(_ENVIRONMENTS))
