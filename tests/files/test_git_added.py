"""The day of the first commit that holds each file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.files.test_git import Repository, own_settings
from uppfoljning.files.git import BROKEN, NO_COMMITS, NO_REPOSITORY
from uppfoljning.files.git_history import days_added

__all__ = ["own_settings"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "förråd")


def save(repository: Repository, when: str, *names: str, text: str = "a\n") -> None:
    repository.save("Rapport", dict.fromkeys(names, text), GIT_AUTHOR_DATE=when)


def test_the_first_day_counts_whatever_happens_later(repository: Repository) -> None:
    save(repository, "2026-03-07T12:00:00+0100", "reports/a.yaml", "reports/å b/c.yaml", "plans/p.yaml")
    save(repository, "2026-03-09T12:00:00+0100", "reports/a.yaml", "reports/d.yaml", text="b\n")
    assert days_added(repository.folder, "reports") == {
        "reports/a.yaml": date(2026, 3, 7),
        "reports/å b/c.yaml": date(2026, 3, 7),
        "reports/d.yaml": date(2026, 3, 9),
    }


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2026-03-06T23:30:00+0100", date(2026, 3, 7)),
        ("2026-03-06T21:59:59+0000", date(2026, 3, 6)),
        ("2026-03-06T22:00:00+0000", date(2026, 3, 7)),
        ("2026-03-07T05:00:00+0900", date(2026, 3, 7)),
        ("2026-03-06T12:00:00-0800", date(2026, 3, 6)),
    ],
)
def test_a_server_far_away_is_given_the_swedish_day(repository: Repository, when: str, day: date) -> None:
    save(repository, when, "reports/a.yaml")
    assert days_added(repository.folder, "reports") == {"reports/a.yaml": day}


def test_the_project_may_lie_below_the_top(repository: Repository) -> None:
    save(repository, "2026-03-07T12:00:00+0100", "kommun/reports/a.yaml", "reports/annan.yaml")
    assert days_added(repository.folder / "kommun", "reports") == {"reports/a.yaml": date(2026, 3, 7)}


def test_up_to_a_commit(repository: Repository) -> None:
    save(repository, "2026-03-07T12:00:00+0100", "reports/a.yaml")
    save(repository, "2026-03-09T12:00:00+0100", "reports/b.yaml")
    assert days_added(repository.folder, "reports", "HEAD~1") == {"reports/a.yaml": date(2026, 3, 7)}


def test_a_day_that_no_calendar_has(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    save(repository, "2026-03-07T12:00:00+0100", "reports/a.yaml")
    monkeypatch.setattr("uppfoljning.files.git_history.ask", lambda *_: "\x0199999999999999999 ?\0\nreports/a.yaml\0")
    assert days_added(repository.folder, "reports") == {"reports/a.yaml": date.max}


def test_what_git_cannot_tell(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert days_added(tmp_path, "reports") == NO_REPOSITORY
    assert days_added(repository.folder, "reports") == NO_COMMITS
    save(repository, "2026-03-07T12:00:00+0100", "reports/a.yaml")
    monkeypatch.setattr("uppfoljning.files.git_history.ask", lambda *_: None)
    assert days_added(repository.folder, "reports") == BROKEN
