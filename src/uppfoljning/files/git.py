"""Asking the `git` program: what a ref stands for, and why it cannot be told. Nothing here writes."""

from __future__ import annotations

import errno
import os
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from uppfoljning.files.git_links import LINK, Links, TreeEntry
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import SUFFIXES, is_documentation, told_of, top_on_disk
from uppfoljning.files.source import FOLDERS, size_limit

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType

# What a user has set, or replaced in one clone only, must change nothing; names are taken as they are written.
_SETTINGS = ("diff.relative=false", "diff.orderFile=/dev/null", "log.follow=false", "core.fsmonitor=false")
_GIT = ("git", "--no-pager", "--no-replace-objects", "--literal-pathspecs", *(word for one in _SETTINGS for word in ("-c", one)))
_OF_A_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip
"""Variables that say which repository is meant. Hooks, aliases and `rebase --exec` set them for a repository of their own."""
_OTHERS = ("GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_REPLACE_REF_BASE")
"""Variables that would change what a path means, or run another program."""
_OURS = {
    "LC_ALL": "C",
    # Nothing is fetched and no helper is run: no protocol is allowed at all, also by a git too old for the second of these.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # Parents that one clone has been told of by hand are not those of the commits.
    "GIT_GRAFT_FILE": os.devnull,
}
PATIENCE = 120.0
"""Seconds that git may be silent. Nothing that is asked of it takes a hundredth of that, but for a disk that does not answer."""
_DEEPEN = "klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags"
SHORT = 7
"""How many signs of a hash a person is shown."""
_HASH = re.compile(r"[0-9a-f]{40,64}")
_SHORTENED = re.compile(r"[0-9a-fA-F]{4,64}")


class GitFault(NamedTuple):
    """Why git cannot answer. Both texts are Swedish, meant for the user, and without a full stop at the end."""

    message: str
    remedy: str


NO_PROGRAM = GitFault("programmet git finns inte på datorn", "installera git")
NO_REPOSITORY = GitFault("mappen ligger inte i något git-förråd", "gå till en klon av förrådet")
NOT_OURS = GitFault(
    "git vägrar läsa förrådet, för mappen ägs av någon annan",
    "lita på den med: git config --global --add safe.directory MAPP",
)
NO_COMMITS = GitFault("förrådet har inga commits än", "spara filerna först, med: git add och git commit")
BROKEN = GitFault("git kan inte läsa förrådet", "se vad som är fel, med: git fsck")
NO_ANSWER = GitFault("git svarade inte", "försök igen, eller se om disken som förrådet ligger på svarar")


def ask(root: Path, *words: str, given: str = "") -> str | None:
    """What git says in the folder, to what it is `given` to read; None when it refuses or is not there.

    Bytes that are no text become surrogates.
    """
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603
            command(root, *words),
            input=given.encode("utf-8", "surrogateescape") if given else None,
            stdin=None if given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(root),
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise_if_short(error)
        # No program, a word that no program can be told, one with a NUL, or no answer.
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def fields(text: str) -> list[str]:
    """What was written with a NUL after each."""
    return text.split("\0")[:-1]


def command(root: Path, *words: str) -> list[str]:
    """The command line that asks git something in a folder."""
    return [*_GIT, "-C", str(root), *words]


def environment(root: Path) -> dict[str, str]:
    """The environment git is asked in: the user's own, but that git speaks English, fetches nothing and never asks back.

    Where the repository was found on disk, no variable says that another is meant.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _OTHERS and name not in _OF_A_REPOSITORY}
    if top_on_disk(str(root)) is None and (told := told_of(str(root))) is not None:
        kept |= {name: os.environ[name] for name in _OF_A_REPOSITORY if name in os.environ and name != "GIT_PREFIX"}
        kept["GIT_DIR"], kept["GIT_WORK_TREE"] = told
    return kept | _OURS


def resolve(root: Path, ref: str) -> str | GitFault:
    """The full hash of the commit that a branch, a tag or a shorter hash stands for."""
    # No branch or tag begins with a hyphen, and so none can pass for an option.
    said = None if ref.startswith("-") else ask(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    commit = (said or "").strip()
    if _HASH.fullmatch(commit):
        return commit
    if fault := fault_of(root):
        return fault
    if not ask(root, "rev-list", "--all", "-n1") and not ask(root, "rev-parse", "--verify", "--quiet", "HEAD"):
        return NO_COMMITS
    if is_shallow(root):
        remedy = _DEEPEN
    else:
        remedy = "se vad som finns med: git log, git branch -a, git tag"
    return GitFault(f"”{ref}” är ingen commit, gren eller tagg i förrådet", remedy)


def commit_of(root: Path, name: str) -> str | GitFault:
    """The full hash of the commit that a hash, whole or shortened, or a tag stands for: what stays where it was put.

    A branch, `HEAD` and every other way to name a commit move by themselves and are refused.
    """
    tagged = (ask(root, "show-ref", "--verify", "--", f"refs/tags/{name}") or "").partition(" ")[0]
    objects = {tagged} if tagged else set()
    if _SHORTENED.fullmatch(name):
        objects |= set((ask(root, "rev-parse", f"--disambiguate={name.lower()}") or "").split())
    said = (ask(root, "rev-parse", "--verify", "--quiet", f"{one}^{{commit}}") for one in sorted(objects))
    found = {one.strip() for one in said if one}
    if len(found) == 1:
        return found.pop()
    if found:
        return GitFault(f"”{name}” passar på flera commits", "skriv hela hashen")
    if fault := fault_of(root):
        return fault
    if is_shallow(root):
        remedy = _DEEPEN
    else:
        remedy = "skriv en tagg (git tag visar dem) eller commitens hash (git log visar den)"
    return GitFault(f"”{name}” är varken en tagg eller en commits hash i förrådet", remedy)


class RepositoryState(NamedTuple):
    """Where a project stands in its repository: a commit's full hash, the project's folder from the top of the repository
    (empty there, otherwise ending in a slash), and whether the clone lacks the beginning of its history."""

    commit: str
    prefix: str
    shallow: bool


def stand_of(root: Path, ref: str) -> RepositoryState | GitFault:
    """The commit that a ref stands for, and where the folder lies."""
    words = ("rev-parse", "--show-prefix", "--is-shallow-repository", f"{ref}^{{commit}}")
    said = "" if ref.startswith("-") else ask(root, *words) or ""
    prefix, _, rest = said.removesuffix("\n").rpartition("\n")[0].rpartition("\n")
    commit = said.removesuffix("\n").rpartition("\n")[2]
    if rest in ("true", "false") and _HASH.fullmatch(commit):
        return RepositoryState(commit, prefix, rest == "true")
    fault = resolve(root, ref)
    return fault if isinstance(fault, GitFault) else BROKEN


def merge_base(root: Path, one: str, other: str, unrelated: str = "") -> str | GitFault:
    """The full hash of the commit where two lines of history parted: what the other has done since begins there.

    `unrelated` is the remedy where they have no history in common.
    """
    commits = []
    for ref in (one, other):
        commit = resolve(root, ref)
        if isinstance(commit, GitFault):
            return commit
        commits.append(commit)
    if found := ask(root, "merge-base", *commits):
        return found.strip()
    if is_shallow(root):
        remedy = _DEEPEN
    else:
        remedy = unrelated or f"jämför dem som de är med två punkter: {one}..{other}"
    return GitFault(f"”{one}” och ”{other}” har ingen gemensam historik", remedy)


def is_shallow(root: Path) -> bool:
    """Whether the clone lacks the beginning of its history; false outside git."""
    return ask(root, "rev-parse", "--is-shallow-repository") == "true\n"


def fault_of(root: Path) -> GitFault | None:
    """Why git can say nothing at all of the folder."""
    import subprocess

    asked = command(root, "rev-parse", "--git-dir")
    nowhere, env = subprocess.DEVNULL, environment(root)
    try:
        done = subprocess.run(asked, stdin=nowhere, capture_output=True, env=env, timeout=PATIENCE, check=False)  # noqa: S603
    except OSError as error:
        raise_if_short(error)
        return NO_PROGRAM
    except subprocess.TimeoutExpired:
        return NO_ANSWER
    if done.returncode == 0:
        return None
    return NOT_OURS if b"safe.directory" in done.stderr else NO_REPOSITORY


# The files of a project as they were at a commit, from one `git cat-file` that is kept running.


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
        while not self._over.wait(PATIENCE):
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


def _entries(root: Path, commit: str, *folders: str) -> dict[str, TreeEntry] | None:
    """Everything below some folders of the project, or all of it, by name."""
    listed = ask(root, "ls-tree", "-r", "-z", commit, *folders)
    if listed is None:
        return None
    lines = (line.partition("\t") for line in fields(listed))
    return {name: TreeEntry(about.split(" ")[0], about.split(" ")[2]) for about, _, name in lines}


class Commit:
    """A project at a commit: a source that never looks into the folder. To be used in a `with`, or closed.

    `commit` is the full hash. The bytes are those that git keeps, so that line endings and filters of one computer change
    nothing. A link is followed within the project and nowhere else.
    """

    def __init__(self, root: Path, commit: str, entries: dict[str, TreeEntry]) -> None:
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

    def _is_link(self, name: str, entry: TreeEntry) -> bool:
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
