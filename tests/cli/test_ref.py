"""`--ref`: the reading commands at a commit, the same in every clone at every hour, and what they say when there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.cli.running import HOME, PLAN, REPORT, SOUND, UNSET, environment, folder, process, words
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli import reading
from uppfoljning.cli.main import main

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
LOWERED = PLAN.replace("minst: 12", "minst: 6")
FORMATS = ("text", "json", "csv", "md")
BROKEN = "plan: prov-2026\nåtagande: gang\ndatum: [2026\n"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Four commits: the plan, a report with a broken one beside it, that one put right, a lowered target under a new name."""
    made = Repository(tmp_path / "förråd")
    made.save("Plan", {"plans/prov-2026.yaml": PLAN})
    made.git("tag", "beslutad")
    made.save("Rapporter", {"reports/a.yaml": REPORT, "reports/åäö.yaml": BROKEN})
    made.git("tag", "trasig")
    made.save("Rättad", {"reports/åäö.yaml": None, "reports/rader.csv": SOUND["reports/rader.csv"]})
    made.git("tag", "rättad")
    made.move("Sänkt", "plans/prov-2026.yaml", "plans/flyttad/prov-2026.yaml", {"plans/flyttad/prov-2026.yaml": LOWERED})
    return made


def run(capsys: Capture, root: Path, *argv: str) -> tuple[int, str, str]:
    status = main(["-C", str(root), *argv])
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys: Capture, root: Path, *argv: str) -> str:
    """What a refusal says, without the line that leads to the help."""
    status, out, err = run(capsys, root, *argv)
    first, second = err.splitlines()
    assert (status, out, second) == (2, "", f"Se uppfoljning {argv[0]} --help")
    return first


def short(repository: Repository, ref: str) -> str:
    return repository.git("rev-parse", f"{ref}^{{commit}}")[:7]


@pytest.mark.parametrize(
    ("ref", "target", "outcome"), [("beslutad", 12, None), ("rättad", 12, 3), ("HEAD~1", 12, 3), ("HEAD", 6, 3), ("main", 6, 3)]
)
def test_status_at_a_commit(repository: Repository, ref: str, target: int, outcome: int | None, capsys: Capture) -> None:
    repository.write({"plans/prov-2026.yaml": "trasig", "reports/b.yaml": BROKEN})
    status, out, err = run(capsys, repository.folder, "status", "gang", "--ref", ref, *DAY, "--format", "json")
    assert (status, err) == (0, "")
    content = json.loads(out)
    assert content["commit"] == repository.git("rev-parse", f"{ref}^{{commit}}")
    (goal,) = content["åtaganden"][0]["mål"]
    assert (goal["värde"], goal["utfall"]) == (target, outcome)


def test_the_foot_is_exact_for_a_commit_and_not_for_a_folder(repository: Repository, capsys: Capture) -> None:
    for argv in (["status"], ["status", "gang"], ["underlag", "gang"], ["status", "--format", "md"]):
        _, at_commit, _ = run(capsys, repository.folder, *argv, *DAY, "--ref", "rättad")
        assert f"3 filer lästa, 0 utelämnade · commit {short(repository, 'rättad')}" in at_commit
        _, in_folder, _ = run(capsys, repository.folder, *argv, *DAY)
        assert f"3 filer lästa, 0 utelämnade · senaste commit {short(repository, 'HEAD')}" in in_folder


def test_the_explanation_is_of_the_files_at_the_commit(repository: Repository, capsys: Capture) -> None:
    repository.write({"reports/a.yaml": None, "reports/rader.csv": None})
    assert "reports/a.yaml" in run(capsys, repository.folder, "underlag", "gang", *DAY, "--ref", "HEAD")[1]
    assert "reports/a.yaml" not in run(capsys, repository.folder, "underlag", "gang", *DAY)[1]


def test_what_was_left_out_at_the_commit(repository: Repository, capsys: Capture) -> None:
    for argv in (["status"], ["underlag", "gang"]):
        status, out, err = run(capsys, repository.folder, *argv, *DAY, "--ref", "trasig")
        assert status == 1
        assert err == "1 fil utelämnad på grund av fel. Se vilka med: uppfoljning validera --ref trasig\n"
        commit = short(repository, "trasig")
        assert f"1 utelämnad på grund av fel (uppfoljning validera --ref {commit} visar vilka) · commit {commit}" in " ".join(
            out.split()
        )


def test_the_findings_are_of_the_files_at_the_commit(repository: Repository, capsys: Capture) -> None:
    status, out, err = run(capsys, repository.folder, "validera", "--ref", "trasig", "--format", "kort")
    assert status == 1
    assert "reports/åäö.yaml:3:8: " in out
    assert "3 filer" in err
    repository.write({"reports/ny.yaml": BROKEN})
    assert run(capsys, repository.folder, "validera", "--ref", "HEAD")[0] == 0
    assert run(capsys, repository.folder, "validera")[0] == 1


def test_an_excerpt_is_from_the_commit(repository: Repository, capsys: Capture) -> None:
    repository.write({"reports/åäö.yaml": "rad\n" * 9})
    assert "3 │ datum: [2026" in run(capsys, repository.folder, "validera", "--ref", "trasig")[1]


@pytest.mark.parametrize("path", ["reports/åäö.yaml", "reports", "."])
def test_paths_are_those_of_the_commit(repository: Repository, path: str, capsys: Capture) -> None:
    status, out, _ = run(capsys, repository.folder, "validera", path, "--ref", "trasig", "--format", "kort")
    assert status == 1
    assert "reports/åäö.yaml" in out


@pytest.mark.parametrize("path", ["reports/ny.yaml", "finns-inte", "plans/flyttad"])
def test_a_path_that_the_commit_does_not_have(repository: Repository, path: str, capsys: Capture) -> None:
    repository.write({"reports/ny.yaml": BROKEN})
    said = refused(capsys, repository.folder, "validera", path, "--ref", "trasig")
    assert said == f"fel: {path} finns inte bland planer och rapporter i commit {short(repository, 'trasig')}."


@pytest.mark.parametrize(
    "argv", [["status"], ["status", "gang"], ["status", "--period", "2026-T1"], ["underlag", "gang"]], ids=words
)
def test_no_clock_is_read(repository: Repository, argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    class Stopped(date):
        @classmethod
        def today(cls) -> Stopped:
            raise AssertionError("the day was given")

    monkeypatch.setattr(reading, "date", Stopped)
    assert run(capsys, repository.folder, *argv, *DAY, "--ref", "HEAD")[0] == 0


@pytest.mark.parametrize("format", FORMATS)
def test_two_clones_at_two_hours_are_byte_identical(repository: Repository, tmp_path: Path, format: str) -> None:
    one = repository.clone(tmp_path / "ena")
    other = repository.clone(tmp_path / "en annan")
    folder(other, {"plans/prov-2026.yaml": "trasig", "reports/b.yaml": BROKEN})
    found = [
        process("-C", str(root), "status", *DAY, "--ref", "rättad", "--format", format, TZ=zone, LANG=language)
        for root, zone, language in ((one, "Pacific/Kiritimati", "C"), (other, "Pacific/Pago_Pago", "sv_SE.UTF-8"))
    ]
    assert [(done.returncode, done.stderr) for done in found] == [(0, b"")] * 2
    assert found[0].stdout == found[1].stdout != b""


def test_the_day_is_today_unless_given(repository: Repository, capsys: Capture) -> None:
    _, out, _ = run(capsys, repository.folder, "status", "--ref", "HEAD", "--format", "json")
    assert json.loads(out)["vid"] == date.today().isoformat()


def test_a_project_in_a_folder_of_the_repository(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "r")
    repository.save("Ett", {f"Örebro/{name}": content for name, content in SOUND.items()})
    repository.write({"Örebro/plans/prov-2026.yaml": LOWERED})
    root = repository.folder / "Örebro" / "reports"
    for where in (repository.folder / "Örebro", root.parent):
        _, out, _ = run(capsys, where, "status", "gang", *DAY, "--ref", "main")
        assert "hela målet 12" in out


# What is refused

UNKNOWN = (
    "flaggan --ref: ”{}” är ingen commit, gren eller tagg i förrådet. Se vad som finns med: git log, git branch -a, git tag."
)


@pytest.mark.parametrize("argv", [["status"], ["underlag", "gang"], ["validera"]], ids=words)
@pytest.mark.parametrize("ref", ["finns-inte", "", "-h", "--all", "HEAD..main"])
def test_an_unknown_ref(repository: Repository, argv: list[str], ref: str, capsys: Capture) -> None:
    assert refused(capsys, repository.folder, *argv, f"--ref={ref}") == f"fel: {UNKNOWN.format(ref)}"


def test_outside_git(tmp_path: Path, capsys: Capture) -> None:
    said = refused(capsys, Path(folder(tmp_path, SOUND)), "status", "--ref", "HEAD")
    assert said == "fel: flaggan --ref: mappen ligger inte i något git-förråd. Gå till en klon av förrådet."


def test_a_repository_without_commits(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path)
    repository.write(SOUND)
    said = refused(capsys, tmp_path, "status", "--ref", "HEAD")
    assert said == "fel: flaggan --ref: förrådet har inga commits än. Spara filerna först, med: git add och git commit."
    assert run(capsys, tmp_path, "status", *DAY)[0] == 0


def test_a_shallow_clone(repository: Repository, tmp_path: Path, capsys: Capture) -> None:
    clone = repository.clone(tmp_path / "grund", "--depth", "1")
    assert run(capsys, clone, "status", *DAY, "--ref", "HEAD")[0] == 0
    said = refused(capsys, clone, "status", "--ref", "beslutad")
    assert said.endswith(". Klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags.")


def test_a_computer_without_git(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = refused(capsys, repository.folder, "status", "--ref", "HEAD")
    assert said == "fel: flaggan --ref: programmet git finns inte på datorn. Installera git."
    assert f"senaste commit {head(repository)}" in run(capsys, repository.folder, "status", *DAY)[1]


def head(repository: Repository) -> str:
    return (repository.folder / ".git/refs/heads/main").read_text("utf-8")[:7]


@pytest.mark.parametrize(("argv", "expected"), [([], "['git']\n"), (["--ref", "HEAD"], "['git', 'git', 'git', 'git']\n")])
def test_git_is_started_once_for_a_plan_that_was_never_decided(repository: Repository, argv: list[str], expected: str) -> None:
    code = (
        "import sys; from uppfoljning.cli.main import main; started = [];"
        "sys.addaudithook(lambda event, found: started.append(found[0]) if event == 'subprocess.Popen' else None);"
        "main(sys.argv[1:]); print(started, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "-C", str(repository.folder), "status", *DAY, *argv]
    done = subprocess.run(command, env=environment(), cwd=HOME, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == expected
