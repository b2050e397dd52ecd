"""`validera` where a service runs it: the format it gets, the names of the files, the summary of the step, the exit status."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.running import REPORT, SOUND, UNSET, folder, process
from tests.cli.test_swedish import english
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli.main import main
from uppfoljning.cli.options import FindingFormat
from uppfoljning.present.views.findings import FORMATS

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
BAD = REPORT.replace("2026-03-06", "2026-02-30")
NAME = "reports/Åmål 50 %.yaml"
ANNOTATION = "::error file=reports/Åmål 50 %25.yaml,line=3,col=8,endLine=3,endColumn=18,title="


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    return folder(tmp_path / "p", {**SOUND, NAME: BAD})


def test_every_format_can_be_asked_for() -> None:
    assert [one.value for one in FindingFormat] == list(FORMATS)


@pytest.mark.parametrize(("said", "github"), [("true", True), ("false", False), ("", False), (None, False)])
def test_github_is_the_default_only_in_its_actions(
    broken: str, said: str | None, github: bool, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    if said is not None:
        monkeypatch.setenv("GITHUB_ACTIONS", said)
    assert main(["-C", broken, "validera"]) == 1
    out, err = capsys.readouterr()
    assert (ANNOTATION in out) is github
    assert ("fel[S105]" in out) is not github
    assert "1 fel" in err


def test_another_format_can_still_be_asked_for(broken: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["-C", broken, "validera", "--format", "kort"]) == 1
    assert f"\n{NAME}:3:8: fel S105 " in capsys.readouterr().out


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("files", "strict", "status"),
    [({}, (), 0), ({}, ("--strikt",), 1), ({NAME: BAD}, (), 1), ({NAME: BAD}, ("--strikt",), 1)],
    ids=["sound", "sound, strict", "broken", "broken, strict"],
)
def test_the_exit_status_and_the_tally_are_the_same_in_every_format(
    tmp_path: Path, files: dict[str, str], strict: tuple[str, ...], status: int, format: str, capsys: Capture
) -> None:
    where = folder(tmp_path, {**SOUND, **files})
    assert main(["-C", where, "validera", *strict]) == status
    told = capsys.readouterr().err
    assert main(["-C", where, "validera", *strict, "--format", format]) == status
    assert capsys.readouterr().err == told


def test_in_a_pipe_every_format_is_utf8_without_a_mark(broken: str) -> None:
    for name in ("github", "gitlab", "sarif", "markdown"):
        done = process("-C", broken, "validera", "--format", name, encoding="cp1252")
        assert done.returncode == 1
        assert "50 %" in done.stdout.decode() or "50%20%25" in done.stdout.decode()
        assert not done.stdout.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names that are not text")
@pytest.mark.parametrize("format", FORMATS)
def test_a_file_name_that_is_no_text(tmp_path: Path, format: str) -> None:
    where = folder(tmp_path / "p", {**SOUND, "reports/\udce5.yaml": BAD})
    summary = tmp_path / "summary.md"
    done = process("-C", where, "validera", "--format", format, GITHUB_STEP_SUMMARY=str(summary))
    assert (done.returncode, done.stderr.splitlines()[-1].split()[:2]) == (1, [b"1", b"fel,"])
    assert "reports/·.yaml" in done.stdout.decode() or format == "sarif"


def paths(out: str, format: str) -> set[str]:
    if format == "gitlab":
        return {item["location"]["path"] for item in json.loads(out)}
    results = json.loads(out)["runs"][0]["results"]
    return {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}


def test_files_are_named_from_the_top_of_the_repository(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "r")
    repository.write({f"kommuner/Örebro/{name}": text for name, text in {**SOUND, "reports/b.yaml": BAD}.items()})
    root = str(repository.folder / "kommuner" / "Örebro")
    main(["-C", root, "validera", "--format", "github"])
    assert "::error file=kommuner/Örebro/reports/b.yaml,line=3," in capsys.readouterr().out
    main(["-C", root, "validera", "--format", "gitlab"])
    assert "kommuner/Örebro/reports/b.yaml" in paths(capsys.readouterr().out, "gitlab")
    main(["-C", root, "validera", "--format", "sarif"])
    assert "kommuner/%C3%96rebro/reports/b.yaml" in paths(capsys.readouterr().out, "sarif")
    main(["-C", root, "validera", "--format", "kort"])
    assert capsys.readouterr().out.startswith(("plans/", "reports/"))


def test_without_git_they_are_named_from_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    where = folder(tmp_path / "arbete" / "kommun", {**SOUND, "reports/b.yaml": BAD})
    for workspace, expected in ((tmp_path / "arbete", "kommun/reports/b.yaml"), (tmp_path / "annat", "reports/b.yaml")):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
        main(["-C", where, "validera", "--format", "github"])
        assert f"::error file={expected}," in capsys.readouterr().out


# The summary of the step


def test_everything_is_added_to_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    where = folder(tmp_path / "p", {**SOUND, **{f"reports/å{number:02}.yaml": BAD for number in range(25)}})
    summary = tmp_path / "summary.md"
    summary.write_text("# Före\n\n", "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["-C", where, "validera"]) == 1
    out, err = capsys.readouterr()
    assert out.count("::error ") == 10
    assert "Dessutom 15 fel" in out
    assert err.startswith("25 fel, ")
    text = summary.read_bytes().decode()
    assert text.startswith("# Före\n\n## Kontroll av planer och rapporter\n\n25 fel, ")
    assert text.count("| fel | ") == 25
    assert english(out.splitlines()[-1].removesuffix("--format text")) == []


def test_the_summary_of_a_sound_project_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["-C", folder(tmp_path / "p", SOUND), "validera", "reports/a.yaml", "--format", "github"]) == 0
    assert summary.read_text("utf-8") == "## Kontroll av planer och rapporter\n\nInget att anmärka på.\n"


def test_other_formats_write_no_summary(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert main(["-C", broken, "validera", "--format", "markdown"]) == 1
    assert not (tmp_path / "summary.md").exists()


def test_the_summary_counts_what_already_stands_there(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * 899_900)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["-C", broken, "validera", "--format", "github"]) == 1
    assert summary.read_text("utf-8").endswith("fick inte plats. Hela listan: `uppfoljning validera`.\n")
    assert summary.stat().st_size < 900_200


@pytest.mark.parametrize(("name", "why"), [("", "EISDIR"), ("finns-inte/summary.md", "ENOENT")])
def test_a_summary_that_cannot_be_written_stops_nothing(
    broken: str, name: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    if sys.platform == "win32" and not name:
        why = "EACCES"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / name))
    assert main(["-C", broken, "validera", "--format", "github"]) == 1
    out, err = capsys.readouterr()
    assert ANNOTATION in out
    first, last = err.splitlines()
    assert first == f"Sammanfattningen gick inte att skriva ({why}): kontrollera filen i GITHUB_STEP_SUMMARY."
    assert last.startswith("1 fel")
