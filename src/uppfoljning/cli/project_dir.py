"""Where the project is, and where its files are read from: the folder or a commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.options import directory
from uppfoljning.files.root import root_of
from uppfoljning.files.source import FOLDERS, Folder, Source

if TYPE_CHECKING:
    from uppfoljning.files.git import GitFault


@contextmanager
def files_of(
    root: Path, ref: str | None, said_in: str = "flaggan --ref", folders: Sequence[str] = FOLDERS
) -> Iterator[tuple[Source, str]]:
    """Where the project's files are read: the folder, with an empty text, or a commit, with its full hash.

    `said_in` is where on the command line the ref stands.
    """
    if ref is None:
        yield Folder(root, folders), ""
        return
    from uppfoljning.files.git import Commit, GitFault

    commit = Commit.at(root, ref, folders)
    if isinstance(commit, GitFault):
        raise refusal(said_in, commit)
    with commit:
        yield commit, commit.commit


def parting(root: Path, ref: str, other: str, said_in: str) -> str:
    """The commit where `other` left the line of history that `ref` names, as a pull request counts it."""
    from uppfoljning.files.git import GitFault, merge_base

    base = merge_base(root, ref, other, "välj en gren eller commit som ändringen utgår från")
    if isinstance(base, GitFault):
        raise refusal(said_in, base)
    return base


def refusal(said_in: str, fault: GitFault) -> Misuse:
    """What git could not do, as wrong use of the part of the command line that asked for it."""
    return Misuse(f"{said_in}: {fault.message}. {fault.remedy[0].upper()}{fault.remedy[1:]}.")


def nearest_root(ctx: typer.Context) -> Path | None:
    """The folder that holds `plans/` or `reports/`, where there is one."""
    start = directory(ctx)
    root = root_of("" if start == Path() else str(start))
    return None if root is None else Path(root)


def project_root(ctx: typer.Context) -> Path:
    """The folder that holds `plans/` or `reports/`; wrong use where there is none."""
    if (found := nearest_root(ctx)) is not None:
        return found
    start = directory(ctx)
    where = "här" if start == Path() else f"i {start}"
    raise Misuse(f"det finns ingen mapp plans eller reports {where}. Gå till er mapp eller peka ut den med -C KATALOG.")
