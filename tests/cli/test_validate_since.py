"""`validera --sedan`: only what a change brings, and what it says when that cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import PLAN, REPORT, SOUND, UNSET, folder, words
from tests.cli.test_ref import refused, run
from tests.cli.test_swedish import english
from tests.files.test_git import Repository, own_settings

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
OLD = REPORT.replace("2026-03-06", "2026-02-30")
NEW = REPORT.replace("samtal: 3", "samtal: tre")
DECIDED = PLAN.replace("period: 2026", "period: 2026\nbeslut: {datum: 2026-01-01, referens: KS 1}")
LOWERED = DECIDED.replace("minst: 12", "minst: 6")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """`main` has a broken report, and after the branch one more; `gren` has it too, and is checked out."""
    made = Repository(tmp_path / "förråd")
    made.save("Plan", {**SOUND, "plans/prov-2026.yaml": DECIDED, "reports/gammal.yaml": OLD})
    made.git("checkout", "-q", "-b", "gren")
    made.git("checkout", "-q", "main")
    made.save("Senare på main", {"reports/senare.yaml": OLD})
    made.git("checkout", "-q", "gren")
    return made


def short_list(capsys: Capture, repository: Repository, *argv: str) -> tuple[int, list[str], str]:
    status, out, err = run(capsys, repository.folder, "validera", "--format", "kort", *argv)
    return status, [line.split(" (")[0] for line in out.splitlines()], err


def test_nothing_new_is_nothing_to_say(repository: Repository, capsys: Capture) -> None:
    assert short_list(capsys, repository)[0] == 1
    status, found, err = short_list(capsys, repository, "--sedan", "main")
    assert (status, found) == (0, [])
    assert err.startswith("Inget nytt att anmärka på i 4 filer. ")
    assert err.endswith(" äldre fynd visas inte.\n")
    assert english(err) == []


@pytest.mark.parametrize("saved", [True, False], ids=["saved", "in the folder"])
def test_only_the_new_is_shown(repository: Repository, saved: bool, capsys: Capture) -> None:
    old = len(short_list(capsys, repository)[1])
    repository.write({"reports/ny.yaml": NEW})
    if saved:
        repository.save("Ny")
    status, found, err = short_list(capsys, repository, "--sedan", "main")
    assert status == 1
    # That it is not in git yet is said of a file that is only in the folder.
    noticed = [] if saved else ["reports/ny.yaml: notis H822 "]
    assert len(found) == 1 + len(noticed)
    assert all(map(str.startswith, found, [*noticed, "reports/ny.yaml:5:21: fel "]))
    assert err == f"1 fel{', 1 notis' * len(noticed)} i 5 filer. {old} äldre fynd visas inte.\n"


def test_a_moved_line_and_a_renamed_file_are_not_new(repository: Repository, capsys: Capture) -> None:
    repository.move("Bytt namn", "reports/gammal.yaml", "reports/2026/annan.yaml", {"reports/2026/annan.yaml": f"# ny\n{OLD}"})
    repository.save("Plan", {"plans/prov-2026.yaml": f"# överst\n\n{DECIDED}"})
    status, found, _ = short_list(capsys, repository, "--sedan", "main")
    assert (status, found) == (0, [])


def test_the_branch_is_not_blamed_for_what_has_been_put_right_on_main(repository: Repository, capsys: Capture) -> None:
    repository.git("checkout", "-q", "main")
    repository.save("Rättad", {"reports/gammal.yaml": REPORT.replace("-03-06", "-03-13")})
    repository.git("checkout", "-q", "gren")
    assert short_list(capsys, repository, "--sedan", "main")[:2] == (0, [])


def test_what_git_tells_is_new_too(repository: Repository, capsys: Capture) -> None:
    repository.save("Sänkt", {"plans/prov-2026.yaml": LOWERED})
    status, found, _ = short_list(capsys, repository, "--sedan", "main")
    assert status == 1
    assert ["H801" in line for line in found] == [True]
    repository.save("Något annat", {"LÄS.md": "x\n"})
    assert short_list(capsys, repository, "--sedan", "HEAD~1")[:2] == (0, [])


def test_a_reason_given_is_a_finding_gone(repository: Repository, capsys: Capture) -> None:
    repository.save("Sänkt", {"plans/prov-2026.yaml": LOWERED})
    assert short_list(capsys, repository, "--sedan", "main")[0] == 1
    repository.save("Som förut", {"plans/prov-2026.yaml": DECIDED})
    assert short_list(capsys, repository, "--sedan", "main")[:2] == (0, [])


def test_with_paths_only_those(repository: Repository, capsys: Capture) -> None:
    repository.save("Nya", {"reports/ny.yaml": NEW, "reports/nyare.yaml": NEW})
    status, found, err = short_list(capsys, repository, "--sedan", "main", "reports/ny.yaml", "reports/gammal.yaml")
    assert status == 1
    assert [line.split(":")[0] for line in found] == ["reports/ny.yaml"]
    assert err == "1 fel i 2 filer. 1 äldre fynd visas inte.\n"
    assert short_list(capsys, repository, "--sedan", "main", "reports/gammal.yaml")[:2] == (0, [])


def test_at_a_commit(repository: Repository, capsys: Capture) -> None:
    repository.save("Ny", {"reports/ny.yaml": NEW})
    repository.save("Rättad", {"reports/ny.yaml": None})
    assert short_list(capsys, repository, "--sedan", "main", "--ref", "HEAD~1")[0] == 1
    assert short_list(capsys, repository, "--sedan", "main", "--ref", "HEAD")[0] == 0
    status, found, _ = short_list(capsys, repository, "--sedan", "gren", "--ref", "main")
    assert status == 1
    assert {line.split(":")[0] for line in found} == {"reports/senare.yaml"}


def test_a_project_that_is_new_is_new_whole(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "r")
    repository.save("Annat", {"LÄS.md": "x\n"})
    repository.write({**SOUND, "reports/ny.yaml": NEW})
    _, everything, _ = short_list(capsys, repository)
    status, found, err = short_list(capsys, repository, "--sedan", "HEAD")
    assert status == 1
    assert found == [line for line in everything if "H802" not in line]
    assert "äldre" not in err or "H802" in "".join(everything)


def test_warnings_count_only_when_they_are_new(repository: Repository, capsys: Capture) -> None:
    assert "varning" in run(capsys, repository.folder, "validera")[2]
    assert short_list(capsys, repository, "--sedan", "main", "--strikt")[0] == 0


# What is refused

UNKNOWN = "flaggan --sedan: ”{}” är ingen commit, gren eller tagg i förrådet."


@pytest.mark.parametrize("ref", ["finns-inte", "", "-h", "--all", "main..gren", "main...gren"])
def test_an_unknown_ref(repository: Repository, ref: str, capsys: Capture) -> None:
    said = refused(capsys, repository.folder, "validera", f"--sedan={ref}")
    assert said == f"fel: {UNKNOWN.format(ref)} Se vad som finns med: git log, git branch -a, git tag."


def test_outside_git(tmp_path: Path, capsys: Capture) -> None:
    said = refused(capsys, Path(folder(tmp_path, SOUND)), "validera", "--sedan", "main")
    assert said == "fel: flaggan --sedan: mappen ligger inte i något git-förråd. Gå till en klon av förrådet."


def test_before_the_first_commit(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path)
    repository.write(SOUND)
    assert "förrådet har inga commits än" in refused(capsys, tmp_path, "validera", "--sedan", "HEAD")


@pytest.mark.parametrize("options", [(), ("--depth", "1", "--branch", "gren", "--no-single-branch")], ids=words)
def test_a_shallow_clone_says_how_to_get_the_rest(
    repository: Repository, options: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    repository.save("Ny", {"reports/ny.yaml": NEW})
    clone = repository.clone(tmp_path / "klon", *options)
    if not options:
        assert run(capsys, clone, "validera", "--sedan", "origin/main")[0] == 1
        return
    said = refused(capsys, clone, "validera", "--sedan", "origin/main")
    assert said.endswith("Klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags.")


def test_no_common_history(repository: Repository, capsys: Capture) -> None:
    repository.git("checkout", "-q", "--orphan", "ensam")
    repository.save("Ensam")
    said = refused(capsys, repository.folder, "validera", "--sedan", "main")
    assert said == (
        "fel: flaggan --sedan: ”main” och ”HEAD” har ingen gemensam historik. Välj en gren eller commit som ändringen utgår från."
    )
