"""Where two lines of history parted, and why it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.test_git import Repository, own_settings
from uppfoljning.files.git import NO_COMMITS, NO_REPOSITORY, GitFault, merge_base

__all__ = ["own_settings"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """`main` and `gren` parted after the first commit; `ensam` has a history of its own."""
    made = Repository(tmp_path / "förråd")
    made.save("Ett", {"plans/a.yaml": "1\n"})
    made.git("tag", "delat")
    made.git("checkout", "-q", "-b", "gren")
    made.save("På grenen", {"plans/b.yaml": "1\n"})
    made.git("checkout", "-q", "--orphan", "ensam")
    made.save("Ensam")
    made.git("checkout", "-q", "main")
    made.save("Två", {"plans/a.yaml": "2\n"})
    return made


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("main", "gren", "delat"),
        ("gren", "main", "delat"),
        ("delat", "main", "delat"),
        ("main", "delat", "delat"),
        ("main", "main", "main"),
    ],
)
def test_where_they_parted(repository: Repository, one: str, other: str, expected: str) -> None:
    assert merge_base(repository.folder, one, other) == repository.git("rev-parse", f"{expected}^{{commit}}")


def test_no_common_history(repository: Repository) -> None:
    assert merge_base(repository.folder, "main", "ensam") == GitFault(
        "”main” och ”ensam” har ingen gemensam historik", "jämför dem som de är med två punkter: main..ensam"
    )


def test_a_shallow_clone_may_lack_it(repository: Repository, tmp_path: Path) -> None:
    clone = repository.clone(tmp_path / "grund", "--depth", "1", "--no-single-branch")
    fault = merge_base(clone, "origin/main", "origin/gren")
    assert isinstance(fault, GitFault)
    assert fault.message == "”origin/main” och ”origin/gren” har ingen gemensam historik"
    assert fault.remedy == "klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags"


@pytest.mark.parametrize(("one", "other", "unknown"), [("nej", "main", "nej"), ("main", "nej", "nej"), ("-h", "main", "-h")])
def test_an_unknown_ref(repository: Repository, one: str, other: str, unknown: str) -> None:
    fault = merge_base(repository.folder, one, other)
    assert isinstance(fault, GitFault)
    assert fault.message == f"”{unknown}” är ingen commit, gren eller tagg i förrådet"


def test_outside_git_and_before_the_first_commit(tmp_path: Path) -> None:
    assert merge_base(tmp_path, "a", "b") == NO_REPOSITORY
    Repository(tmp_path / "tomt")
    assert merge_base(tmp_path / "tomt", "a", "b") == NO_COMMITS
