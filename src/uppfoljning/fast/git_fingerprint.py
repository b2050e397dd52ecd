"""Whether what git knows may have changed: the marks of the few files that say where every branch and tag stands.

What a commit holds never changes, so these and the project's own files are all that a follow-up depends on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from uppfoljning.fast.file_index import mark_of
from uppfoljning.files.root import FOLDERS, common_folder, git_folder, git_top

_OWN = ("HEAD", "config.worktree", "info/sparse-checkout")
_COMMON = ("packed-refs", "shallow", "config", "info/grafts", "objects/info/alternates")
_BRANCHES = ("refs", "reftable")


def git_signs(root: str, *, kept: bool = False) -> list[tuple[str, int, int, int]]:
    """Each file by name with its marks, as in a census, in a fixed order; none outside git.

    With `kept` also those that say which files git has, and which it is to leave alone.
    """
    git = git_folder(root)
    if git is None:
        return []
    common = common_folder(git)
    files = [os.path.join(git, name) for name in _OWN] + [os.path.join(common, name) for name in _COMMON]
    files += sorted(file for top in {git, common} for name in _BRANCHES for file in _below(os.path.join(top, name)))
    if kept:
        files += [os.path.join(git, "index"), os.path.join(common, "info/exclude")]
        files += [
            os.path.join(folder, ".gitignore") for folder in (git_top(root) or root, root, *(f"{root}/{one}" for one in FOLDERS))
        ]
    return [(file, *mark_of(file)) for file in files]


def _below(folder: str) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        yield from (os.path.join(path, name) for name in names)
