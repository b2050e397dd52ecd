"""The hook for pre-commit, run for real: it installs the program in an environment of its own and checks a whole repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.running import CSV, PLAN, REPORT
from tests.files.test_git import Repository

HOME = Path(__file__).resolve().parents[1]
PACKED = ("src", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".pre-commit-hooks.yaml")
SOUND = {"plans/prov-2026.yaml": PLAN, "reports/a.yaml": REPORT, "reports/rader.csv": CSV}
WRONG = REPORT.replace("datum: 2026-03-06", "datum: 2026-03-06\nstart: 25:30")
(HOOK,) = yaml.safe_load((HOME / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("file", "concerned"),
    [
        ("plans/prov-2026.yaml", True),
        ("plans/snabbrapporter/egen.yml", True),
        ("reports/åparken/rader.csv", True),
        ("reports/2026-03-06.yaml.txt", True),
        ("reports/README.md", False),
        ("andra/plans/x.yaml", False),
    ],
)
def test_the_files_that_call_it(file: str, concerned: bool) -> None:
    assert bool(re.search(HOOK["files"], file)) is concerned


def test_it_runs_also_where_no_file_calls_it() -> None:
    assert HOOK["always_run"] is True
    assert HOOK["pass_filenames"] is False


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as a repository of its own, as others fetch it; skipped where pip has nowhere to install from."""
    folder = tmp_path_factory.mktemp("program")
    fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder / "prov"), "hatchling"]
    if subprocess.run(fetch, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("pip kan inte hämta något, och kroken installerar programmet i en egen miljö")
    repository = Repository(folder / "uppfoljning")
    for name in PACKED:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, repository.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(HOME / name, repository.folder / name)
    repository.save("Programmet")
    return repository.folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: one for both runs, and none of the user's own."""
    return tmp_path_factory.mktemp("pre-commit")


def try_it(program: Path, store: Path, repository: Repository) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(program), HOOK["id"], "--all-files", "--color", "never"]
    environment = os.environ | {"PRE_COMMIT_HOME": str(store), "PYTHONIOENCODING": "utf-8", "GITHUB_ACTIONS": ""}
    return subprocess.run(
        command,
        env=environment,
        cwd=repository.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=570,
    )


@pytest.mark.slow
def test_the_hook(program: Path, store: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan")
    repository.save("Sunt", SOUND)
    passed = try_it(program, store, repository)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True), passed.stdout + passed.stderr
    repository.save("Fel", {"reports/a.yaml": WRONG})
    failed = try_it(program, store, repository)
    assert failed.returncode == 1
    assert "fel[S104]" in failed.stdout
    assert "reports/a.yaml:4:8" in failed.stdout
    other = Repository(tmp_path / "annan")
    other.save("Inget", {"README.md": "x", "plans/README.md": "x"})
    empty = try_it(program, store, other)
    assert empty.returncode == 1
    assert "fel[F022]" in empty.stdout
