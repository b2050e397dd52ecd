"""The last commit, read from git's own files, agrees with git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from uppfoljning.files.git_head import head_commit, top_of

ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Prov",
    "GIT_AUTHOR_EMAIL": "prov@example.org",
    "GIT_COMMITTER_NAME": "Prov",
    "GIT_COMMITTER_EMAIL": "prov@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *words: str) -> str:
    import os

    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "förråd"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "plans").mkdir()
    (folder / "plans" / "a.yaml").write_text("plan: a\n", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Början")
    return folder


def test_a_branch_also_from_a_folder_below(repository: Path) -> None:
    assert head_commit(repository) == head_commit(repository / "plans") == git(repository, "rev-parse", "HEAD")


def test_packed_references(repository: Path) -> None:
    git(repository, "pack-refs", "--all")
    assert not (repository / ".git" / "refs" / "heads" / "main").exists()
    assert head_commit(repository) == git(repository, "rev-parse", "HEAD")


def test_a_detached_head(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    assert head_commit(repository) == git(repository, "rev-parse", "HEAD")


@pytest.mark.parametrize("pack", [False, True])
def test_a_linked_work_tree(repository: Path, tmp_path: Path, pack: bool) -> None:
    git(repository, "worktree", "add", "-q", "-b", "gren", str(tmp_path / "annan"))
    (tmp_path / "annan" / "b.txt").write_text("b", "utf-8")
    git(tmp_path / "annan", "add", ".")
    git(tmp_path / "annan", "commit", "-q", "-m", "Mer")
    if pack:
        git(repository, "pack-refs", "--all")
    assert head_commit(tmp_path / "annan") == git(tmp_path / "annan", "rev-parse", "HEAD") != head_commit(repository)


def test_nothing_to_say(tmp_path: Path) -> None:
    assert head_commit(tmp_path) == ""
    git(tmp_path, "init", "-q", "-b", "main")
    assert head_commit(tmp_path) == ""
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / ".git").write_text("trasig\n", "utf-8")
    (tmp_path / ".git" / "HEAD").write_text("trasig\n", "utf-8")
    assert head_commit(tmp_path / "under") == ""


def test_the_top_of_a_repository(repository: Path, tmp_path: Path) -> None:
    assert top_of(repository / "plans") == top_of(repository) == repository.resolve()
    git(repository, "worktree", "add", "-q", str(tmp_path / "gren"))
    assert top_of(tmp_path / "gren" / "plans") == (tmp_path / "gren").resolve()


def test_outside_git_there_is_no_top(tmp_path: Path) -> None:
    assert top_of(tmp_path) is None
