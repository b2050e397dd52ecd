"""What is read from git beside a project, where the folder is not what it was a moment ago."""

from __future__ import annotations

from pathlib import Path

from tests.cli.story import FILE, plan
from tests.files.test_git import Repository, own_settings
from uppfoljning.files.source import Folder
from uppfoljning.project.load import load_project
from uppfoljning.project.plan_past import read_past

__all__ = ["own_settings"]


def test_a_plan_that_is_taken_away_meanwhile(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    project = load_project(Folder(repository.folder))
    (repository.folder / FILE).unlink()
    (history,) = read_past(repository.folder, project, project.plans.values()).histories.values()
    assert (len(history.wordings), history.events) == (1, ())
