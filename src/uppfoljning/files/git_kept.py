"""Which files of a folder git has, and which it has been told to leave alone: what others do not get."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from uppfoljning.files.git import ask, fields
from uppfoljning.files.listing import FOLDERS


def not_kept(root: Path, names: Iterable[str]) -> list[str] | None:
    """Those of some files that git does not have, in their order; None where git has none of the project, or cannot tell."""
    said = ask(root, "ls-files", "-z", "--", *FOLDERS)
    if not said:
        return None
    kept = frozenset(fields(said))
    missing = [name for name in names if name not in kept]
    # Some systems write å as two signs where git has one.
    composed = {normalize("NFC", name) for name in kept} if missing else set()
    return [name for name in missing if normalize("NFC", name) not in composed]


def left_alone(root: Path) -> frozenset[str]:
    """The files of a project that a `.gitignore` hides from git."""
    said = ask(root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *FOLDERS)
    return frozenset(normalize("NFC", name) for name in fields(said or ""))
