"""Asking the `git` program: what a ref stands for, and why it cannot be told. Nothing here writes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.machine import raise_if_short

# What a user has set, or replaced in one clone only, must change nothing; names are taken as they are written.
_SETTINGS = ("diff.relative=false", "diff.orderFile=/dev/null", "log.follow=false")
_GIT = ("git", "--no-pager", "--no-replace-objects", "--literal-pathspecs", *(word for one in _SETTINGS for word in ("-c", one)))
_DEEPEN = "klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags"
_HASH = re.compile(r"[0-9a-f]{40,64}")


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
            env=environment(),
            check=False,
        )
    except (OSError, ValueError) as error:
        raise_if_short(error)
        # No program, or a word that no program can be told: one with a NUL.
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def fields(text: str) -> list[str]:
    """What was written with a NUL after each."""
    return text.split("\0")[:-1]


def command(root: Path, *words: str) -> list[str]:
    """The command line that asks git something in a folder."""
    return [*_GIT, "-C", str(root), *words]


def environment() -> dict[str, str]:
    """The environment git is asked in: the user's own, in English."""
    return {**os.environ, "LC_ALL": "C"}


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


class Stand(NamedTuple):
    """Where a project stands in its repository: a commit's full hash, the project's folder from the top of the repository
    (empty there, otherwise ending in a slash), and whether the clone lacks the beginning of its history."""

    commit: str
    prefix: str
    shallow: bool


def stand_of(root: Path, ref: str) -> Stand | GitFault:
    """The commit that a ref stands for, and where the folder lies."""
    words = ("rev-parse", "--show-prefix", "--is-shallow-repository", f"{ref}^{{commit}}")
    said = "" if ref.startswith("-") else ask(root, *words) or ""
    prefix, _, rest = said.removesuffix("\n").rpartition("\n")[0].rpartition("\n")
    commit = said.removesuffix("\n").rpartition("\n")[2]
    if rest in ("true", "false") and _HASH.fullmatch(commit):
        return Stand(commit, prefix, rest == "true")
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
    try:
        done = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), check=False)  # noqa: S603
    except OSError as error:
        raise_if_short(error)
        return NO_PROGRAM
    if done.returncode == 0:
        return None
    return NOT_OURS if b"safe.directory" in done.stderr else NO_REPOSITORY
