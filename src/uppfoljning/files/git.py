"""Asking the `git` program: what a ref stands for, and why it cannot be told. Nothing here writes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import told_of, top_on_disk

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
