"""Which commit a folder stands at, read from git's own files: no program is started for one line of a foot.

Only where these files do not say it, before the first commit or where git keeps its references in another way, is git asked.
"""

from __future__ import annotations

import re
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{40,64}")


def head_commit(folder: Path) -> str:
    """The full hash of the last commit, or an empty text outside git and before the first commit."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        if (git := _git_folder(parent / ".git")) is not None:
            return _commit_of(git) or _asked(folder)
    return ""


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository that a folder lies in, or None outside git."""
    return next((one for one in (folder.resolve(), *folder.resolve().parents) if _git_folder(one / ".git") is not None), None)


def _asked(folder: Path) -> str:
    from uppfoljning.files.git import resolve

    found = resolve(folder, "HEAD")
    return found if isinstance(found, str) else ""


def _git_folder(at: Path) -> Path | None:
    if at.is_dir():
        return at
    text = _line(at)
    return (at.parent / text.removeprefix("gitdir: ")) if text.startswith("gitdir: ") else None


def _commit_of(git: Path) -> str:
    head = _line(git / "HEAD")
    if not head.startswith("ref: "):
        return head if _HASH.fullmatch(head) else ""
    name = head.removeprefix("ref: ")
    common = git / (_line(git / "commondir") or ".")
    for folder in (git, common):
        if _HASH.fullmatch(found := _line(folder / name)):
            return found
    return _packed(common / "packed-refs", name)


def _packed(file: Path, name: str) -> str:
    try:
        lines = file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.split()[0] for line in lines if line.endswith(f" {name}") and _HASH.fullmatch(line.split()[0])), "")


def _line(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""
