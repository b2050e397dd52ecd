"""A pull request from beginning to end: a wrong report is pointed out, put right, and what it changes becomes the comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import REPORT, SOUND, UNSET
from tests.cli.test_ref import run
from tests.files.test_git import Repository, own_settings
from uppfoljning.present.views.diff import MARK

__all__ = ["own_settings"]

NAME = "reports/2026-01-01-nattvandring.yaml"
RIGHT = REPORT.replace("03-06", "01-01").replace("03-07", "01-02")
WRONG = RIGHT.replace("plats: torget", "plats: torgt")
ARGUMENTS = ("validera", "--format", "github", "--sedan", "main")


def test_a_pull_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    origin = Repository(tmp_path / "ursprung")
    origin.save("Plan och rapporter", {**SOUND, "reports/gammal.yaml": REPORT.replace("samtal: 3", "samtal: tre")})
    work = Repository(origin.clone(tmp_path / "klon"))
    work.git("checkout", "-q", "-b", "ny-rapport")
    work.save("Rapport från nyårsdagen", {NAME: WRONG})

    status, out, err = run(capsys, work.folder, *ARGUMENTS)
    assert status == 1
    assert out.startswith(f"::error file={NAME},line=4,col=8,endLine=4,endColumn=13,title=R")
    assert "torget" in out
    assert out.count("\n") == 1
    assert err.startswith("1 fel i 5 filer. ")
    assert run(capsys, work.folder, "diff", "main...HEAD", "--vid", "2026-05-12", "--format", "md")[0] == 1

    work.save("Rätt plats", {NAME: RIGHT})
    status, out, err = run(capsys, work.folder, *ARGUMENTS)
    assert (status, out) == (0, "")
    assert err.startswith("Inget nytt att anmärka på i 5 filer. ")

    _, comment, _ = run(capsys, work.folder, "diff", "main...HEAD", "--vid", "2026-05-12", "--format", "md")
    assert comment.startswith(f"{MARK}\n## Vad som skiljer i uppföljningen\n")
    assert "Provplan" in comment
    assert NAME in comment
    assert "| Gå tillsammans | " in comment
