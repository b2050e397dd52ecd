"""What is checked but not in git is said where it is; what a plan in git needs is a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import PLAN, REPORT
from tests.files.test_git import Repository
from uppfoljning.cli.main import main

FORM = "snabbrapport: egen\ntitel: Egen\nfält:\n  samtal: {typ: antal}\n"
WITH_OWN = PLAN.replace("snabbrapport: nattvandring", "snabbrapport: egen")


def said(repository: Repository, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    main(["-C", str(repository.folder), "validera", "--format", "kort", *words])
    return [line for line in capsys.readouterr().out.splitlines() if " H82" in line]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "r")
    made.save("Ett", {"plans/prov-2026.yaml": WITH_OWN, "reports/a.yaml": REPORT})
    return made


def test_a_form_that_a_plan_in_git_uses(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write({"plans/snabbrapporter/egen.yaml": FORM})
    for _ in range(2):
        assert said(repository, capsys) == [
            "plans/snabbrapporter/egen.yaml: varning H821 filen är inte med i git, men planen prov-2026 använder den"
        ]
    assert said(repository, capsys, "--ref", "HEAD") == []
    repository.git("add", "plans")
    assert said(repository, capsys) == []


def test_what_gitignore_leaves_out(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write({"reports/b.yaml": REPORT.replace("06", "09"), "reports/c.yaml": REPORT.replace("06", "10")})
    assert said(repository, capsys) == ["reports/b.yaml: notis H822 filen och 1 till är inte med i git än, så andra ser den inte"]
    repository.write({".gitignore": "reports/b.yaml\n"})
    assert said(repository, capsys) == [
        "reports/b.yaml: varning H821 filen är inte med i git, för .gitignore utelämnar den",
        "reports/c.yaml: notis H822 filen är inte med i git än, så andra ser den inte",
    ]


def test_nothing_is_said_where_git_has_nothing_of_the_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Repository(tmp_path / "r")
    made.save("Ett", {"README.md": "x"})
    made.write({"plans/prov-2026.yaml": PLAN})
    assert said(made, capsys) == []
