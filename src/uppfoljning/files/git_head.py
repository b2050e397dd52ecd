"""Which commit a folder stands at, read from git's own files: no program is started for one line of a foot.

Only where these files do not say it, before the first commit or where git keeps its references in another way, is git asked.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.root import common_folder, git_folder, git_top, line_of

_HASH = re.compile(r"[0-9a-f]{40,64}")


def head_commit(folder: Path) -> str:
    """The full hash of the last commit, or an empty text outside git and before the first commit."""
    git = git_folder(str(folder))
    return "" if git is None else _commit_of(git) or _asked(folder)


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository that a folder lies in, or None outside git."""
    top = git_top(str(folder))
    return None if top is None else Path(top)


def _asked(folder: Path) -> str:
    from uppfoljning.files.git import resolve

    found = resolve(folder, "HEAD")
    return found if isinstance(found, str) else ""


def _commit_of(git: str) -> str:
    head = line_of(os.path.join(git, "HEAD"))
    if not head.startswith("ref: "):
        return head if _HASH.fullmatch(head) else ""
    name = head.removeprefix("ref: ")
    common = common_folder(git)
    for folder in (git, common):
        if _HASH.fullmatch(found := line_of(os.path.join(folder, name))):
            return found
    return _packed(os.path.join(common, "packed-refs"), name)


def _packed(file: str, name: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            lines = opened.read().splitlines()
    except OSError as error:
        raise_if_short(error)
        return ""
    return next((line.split()[0] for line in lines if line.endswith(f" {name}") and _HASH.fullmatch(line.split()[0])), "")
