"""`diff` as it is used: between commits, against the folder, between days, limited, refused in Swedish, silent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.cli.running import PLAN, REPORT, SOUND, UNSET, folder, process, words
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli import reading
from uppfoljning.cli.main import main

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
DAYS = (*DAY, "--mot", "2026-06-01")
FORMATS = ("text", "md", "json")
LOWERED = PLAN.replace("minst: 12", "minst: 6")
BROKEN = "plan: prov-2026\nåtagande: gang\ndatum: [2026\n"
NEW = REPORT.replace("2026-03-06", "2026-05-08").replace("2026-03-07", "2026-05-09")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """`main` has a lowered target since the branch `gren` left it; the branch has a new report and one less."""
    made = Repository(tmp_path_factory.mktemp("mall") / "förråd")
    made.save("Plan", {"plans/prov-2026.yaml": PLAN})
    made.git("tag", "plan")
    made.save("Rapporter", {"reports/a.yaml": REPORT, "reports/rader.csv": SOUND["reports/rader.csv"]})
    made.git("tag", "delat")
    made.git("checkout", "-q", "-b", "gren")
    made.save("Ny rapport", {"reports/b.yaml": NEW, "reports/a.yaml": None})
    made.git("checkout", "-q", "main")
    made.move("Sänkt", "plans/prov-2026.yaml", "plans/flyttad/prov-2026.yaml", {"plans/flyttad/prov-2026.yaml": LOWERED})
    return made


@pytest.fixture
def repository(template: Repository, tmp_path: Path) -> Repository:
    """The template, to be changed by one test."""
    copied = Repository(Path(copytree(template.folder, tmp_path / "förråd")))
    copied.day = template.day
    return copied


def run(capsys: Capture, root: Path, *argv: str) -> tuple[int, str, str]:
    status = main(["-C", str(root), "diff", *argv])
    out, err = capsys.readouterr()
    return status, out, err


def found(capsys: Capture, root: Path, *argv: str) -> dict[str, Any]:
    status, out, err = run(capsys, root, *argv, "--format", "json")
    assert (status, err) == (0, "")
    content: dict[str, Any] = json.loads(out)
    return content


def outcomes(content: dict[str, Any]) -> dict[str, tuple[int | None, int | None]]:
    """Outcome before and after of each commitment's first target."""
    (plan,) = content["planer"]
    return {one["id"]: (one["mål"][0]["utfall"]["före"], one["mål"][0]["utfall"]["efter"]) for one in plan["åtaganden"]}


def refused(capsys: Capture, root: Path, *argv: str) -> str:
    status, out, err = run(capsys, root, *argv)
    first, second = err.splitlines()
    assert (status, out, second) == (2, "", "Se uppfoljning diff --help")
    return first.removeprefix("fel: ")


# Which moments


def test_what_is_not_saved(repository: Repository, capsys: Capture) -> None:
    assert run(capsys, repository.folder) == (0, "", "")
    repository.write({"reports/b.yaml": NEW})
    for argv in ([], ["HEAD"], ["HEAD.."], ["main"]):
        content = found(capsys, repository.folder, *argv)
        assert outcomes(content) == {"gang": (3, 4)}
        assert (content["från"]["mappen"], content["till"]["mappen"]) == (False, True)
        assert content["från"]["vid"] == content["till"]["vid"] == date.today().isoformat()


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ("plan..delat", {"gang": (None, 3)}),
        ("delat..gren", {"gang": (3, 3)}),
        ("main..gren", {"gang": (3, 3)}),
        ("main...gren", {"gang": (3, 3)}),
        ("delat..main", {"gang": (3, 3)}),
    ],
)
def test_two_commits(repository: Repository, moments: str, expected: object, capsys: Capture) -> None:
    repository.write({"plans/flyttad/prov-2026.yaml": "trasig", "reports/c.yaml": BROKEN})
    content = found(capsys, repository.folder, moments, *DAY)
    assert outcomes(content) == expected
    assert (content["från"]["mappen"], content["till"]["mappen"]) == (False, False)


def whole(content: dict[str, Any]) -> dict[str, Any]:
    figure: dict[str, Any] = content["planer"][0]["åtaganden"][0]["mål"][0]["hela_målet"]
    return figure


def test_three_points_are_what_the_branch_brings(repository: Repository, capsys: Capture) -> None:
    """`main` has lowered the target since; that is not the branch's doing."""
    two, three = (found(capsys, repository.folder, moments, *DAY) for moments in ("main..gren", "main...gren"))
    assert whole(two)["skillnad"] == whole(two)["varav"]["ändrad_plan"] == 6
    assert whole(three)["skillnad"] == 0
    assert three["från"]["commit"] == repository.git("rev-parse", "delat^{commit}")
    (one,) = three["planer"][0]["åtaganden"]
    assert [len(one["rapporter"][kind]) for kind in ("borttagna", "nya", "rättade", "sena", "utelämnade")] == [1, 1, 0, 0, 0]


def test_a_plan_that_was_moved_is_the_same(repository: Repository, capsys: Capture) -> None:
    content = found(capsys, repository.folder, "delat..main", *DAY)
    (plan,) = content["planer"]
    assert (plan["läge"], plan["ändringar"][0]["före"], plan["ändringar"][0]["orsaker"]) == ("ändrad", "minst 12 vandringar", [])


def test_two_days(repository: Repository, capsys: Capture) -> None:
    for argv in ([], ["--ref", "delat"]):
        content = found(capsys, repository.folder, *argv, "--vid", "2026-03-31", "--mot", "2026-04-08")
        assert outcomes(content)["gang"] == (1, 2)
        assert (content["från"]["vid"], content["till"]["vid"]) == ("2026-03-31", "2026-04-08")
        assert content["från"]["mappen"] is (not argv)


def test_two_commits_at_a_day_each(repository: Repository, capsys: Capture) -> None:
    content = found(capsys, repository.folder, "delat..gren", "--vid", "2026-04-08", "--mot", "2026-05-12")
    assert outcomes(content)["gang"] == (2, 3)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("argv", [["HEAD..HEAD"], ["main...main"], ["main"], ["delat..main", "--atagande", "tillsyn"]], ids=words)
def test_nothing_is_written_when_nothing_differs(repository: Repository, argv: list[str], format: str, capsys: Capture) -> None:
    assert run(capsys, repository.folder, *argv, *DAY, "--format", format) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
def test_two_clones_at_two_hours_are_byte_identical(repository: Repository, tmp_path: Path, format: str) -> None:
    one, other = (repository.clone(tmp_path / name) for name in ("ena", "en annan"))
    folder(other, {"plans/prov-2026.yaml": "trasig", "reports/b.yaml": BROKEN})
    done = [
        process("-C", str(root), "diff", "plan..origin/gren", *DAY, "--format", format, TZ=zone, LANG=language)
        for root, zone, language in ((one, "Pacific/Kiritimati", "C"), (other, "Pacific/Pago_Pago", "sv_SE.UTF-8"))
    ]
    assert [(each.returncode, each.stderr) for each in done] == [(0, b"")] * 2
    assert done[0].stdout == done[1].stdout != b""


def test_no_clock_is_read_when_the_day_is_given(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    class Stopped(date):
        @classmethod
        def today(cls) -> Stopped:
            raise AssertionError("the day was given")

    monkeypatch.setattr(reading, "date", Stopped)
    assert run(capsys, repository.folder, "plan..main", *DAY)[0] == 0
    assert run(capsys, repository.folder, *DAY, "--mot", "2026-06-01")[0] == 0


# What is chosen


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["gang", "tillsyn"]),
        (["--atagande", "tillsyn"], ["tillsyn"]),
        (["--atagande", "gang", "--atagande", "prov-2026/tillsyn"], ["gang", "tillsyn"]),
        (["--part", "polisen"], ["tillsyn"]),
        (["--plats", "torget"], ["gang"]),
        (["--plan", "prov-2026", "--period", "2026-03"], ["gang", "tillsyn"]),
        (["--period", "VT2026"], ["gang", "tillsyn"]),
    ],
    ids=words,
)
def test_the_options(repository: Repository, options: list[str], expected: list[str], capsys: Capture) -> None:
    repository.write({"reports/t.yaml": "plan: prov-2026\nåtagande: tillsyn\ndatum: 2026-03-08\ninlämnad: 2026-03-09\n"})
    content = found(capsys, repository.folder, "plan", *DAY, *options)
    assert [one["id"] for plan in content["planer"] for one in plan["åtaganden"]] == expected


def test_a_name_need_only_be_known_on_one_side(repository: Repository, capsys: Capture) -> None:
    without = PLAN[: PLAN.index("  - id: tillsyn")]
    repository.git("rm", "-q", "-r", "plans/flyttad")
    repository.save("Borttaget", {"plans/prov-2026.yaml": without})
    content = found(capsys, repository.folder, "delat..HEAD", *DAY, "--atagande", "tillsyn")
    assert [one["vad"] for one in content["planer"][0]["ändringar"]] == ["åtagande"]
    repository.git("rm", "-q", "-r", "plans", "reports")
    repository.save("Tomt", {"reports/bedomningar/tom.md": ""})
    content = found(capsys, repository.folder, "delat..HEAD", *DAY, "--plan", "prov-2026")
    assert [(one["läge"], one["antal_åtaganden"]) for one in content["planer"]] == [("borttagen", 2)]


def test_a_term_is_the_later_wording_s(repository: Repository, capsys: Capture) -> None:
    repository.write({"plans/flyttad/prov-2026.yaml": LOWERED.replace("2026-01-08", "2026-03-15")})
    content = found(capsys, repository.folder, "plan", *DAY, "--period", "VT2026")
    assert content["period"] == "2026-03-15–2026-06-12"
    assert outcomes(content)["gang"] == (None, 2)


# What is left out


def test_a_broken_file_on_one_side(repository: Repository, capsys: Capture) -> None:
    repository.save("Trasig", {"reports/a.yaml": BROKEN})
    status, out, err = run(capsys, repository.folder, "delat..HEAD", *DAY)
    assert status == 1
    assert "  utelämnad rapport: reports/a.yaml (Gå tillsammans, 2026-03-06)\n" in out
    assert err == "1 fil utelämnad på grund av fel. Se vilka med: uppfoljning validera --ref HEAD\n"
    status, out, err = run(capsys, repository.folder, "HEAD..delat", *DAY)
    assert (status, err) == (1, "1 fil utelämnad på grund av fel. Se vilka med: uppfoljning validera --ref HEAD\n")
    assert "1 rättad rapport: reports/a.yaml" in out
    status, out, err = run(capsys, repository.folder, "HEAD..HEAD", *DAY)
    assert (status, out, err.count("utelämnad")) == (1, "", 1)


# What is refused


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["..HEAD"], "argumentet FRÅN..TILL: det saknas en commit före punkterna."),
        (["...HEAD"], "argumentet FRÅN..TILL: med tre punkter ska det stå en commit på båda sidor."),
        (["HEAD..."], "argumentet FRÅN..TILL: med tre punkter ska det stå en commit på båda sidor."),
        (["HEAD", "--ref", "main"], "flaggan --ref går inte ihop med FRÅN..TILL, som redan säger vilka commits det gäller."),
        (
            ["--mot", "2026-05-12"],
            "flaggan --mot behöver en tidigare dag. Skriv --vid DATUM --mot DATUM för att jämföra två dagar.",
        ),
        (
            ["--ref", "main"],
            "flaggan --ref säger var filerna för två dagar läses. Skriv --vid DATUM --mot DATUM för att jämföra två dagar.",
        ),
        (
            [*DAY, "--mot", "2026-05-12"],
            "flaggan --mot: 2026-05-12 är inte senare än 2026-05-12. Skriv den tidigare dagen efter --vid.",
        ),
        (
            ["plan..main", *DAY, "--mot", "2026-05-11"],
            "flaggan --mot: 2026-05-11 är inte senare än 2026-05-12. Skriv den tidigare dagen efter --vid.",
        ),
        ([*DAYS, "--plan", "prov"], "planen ”prov” finns inte. Menade du prov-2026?"),
        ([*DAYS, "--atagande", "gong"], "åtagandet ”gong” finns inte. Menade du gang?"),
        ([*DAYS, "--part", "polis"], "parten ”polis” finns inte i någon vald plan. Menade du polisen?"),
        ([*DAYS, "--plats", "torg"], "platsen ”torg” finns inte i någon vald plan. Menade du torget?"),
    ],
    ids=lambda value: words(value) if isinstance(value, list) else "",
)
def test_what_cannot_be(tmp_path: Path, argv: list[str], said: str, capsys: Capture) -> None:
    assert refused(capsys, Path(folder(tmp_path, SOUND)), *argv) == said


@pytest.mark.parametrize(
    ("argv", "start"),
    [
        (DAY, "flaggan --vid behöver något att jämföra med. "),
        (("--vid", "igår"), "flaggan --vid "),
        ((*DAY, "--mot", "imorgon"), "flaggan --mot: ”imorgon” – "),
        ((*DAYS, "--period", "2026-T4"), "flaggan --period: ”2026-T4” – "),
        (("gang", "tillsyn"), "ett argument för mycket: tillsyn."),
        (("--format", "csv"), "flaggan --format: ”csv” finns inte att välja"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, argv: tuple[str, ...], start: str, capsys: Capture) -> None:
    assert refused(capsys, Path(folder(tmp_path, SOUND)), *argv).startswith(start)


@pytest.mark.parametrize("ref", ["finns-inte", "-h", "A..B"])
@pytest.mark.parametrize("form", ["{}..HEAD", "HEAD..{}", "{}...HEAD", "HEAD...{}"])
def test_an_unknown_ref(repository: Repository, form: str, ref: str, capsys: Capture) -> None:
    said = refused(capsys, repository.folder, "--", form.format(ref))
    assert said.startswith("argumentet FRÅN..TILL: ”")
    assert said.endswith("” är ingen commit, gren eller tagg i förrådet. Se vad som finns med: git log, git branch -a, git tag.")


@pytest.mark.parametrize("argv", [["plan..main"], [""]], ids=["a range", "an empty word"])
def test_outside_git(tmp_path: Path, argv: list[str], capsys: Capture) -> None:
    said = refused(capsys, Path(folder(tmp_path, SOUND)), *argv)
    assert said == "argumentet FRÅN..TILL: mappen ligger inte i något git-förråd. Gå till en klon av förrådet."


def test_a_repository_without_commits(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path)
    repository.write(SOUND)
    said = refused(capsys, tmp_path)
    assert said == "argumentet FRÅN..TILL: förrådet har inga commits än. Spara filerna först, med: git add och git commit."
    assert found(capsys, tmp_path, "--vid", "2026-03-31", "--mot", "2026-05-12")["från"]["commit"] is None


def test_a_shallow_clone(repository: Repository, tmp_path: Path, capsys: Capture) -> None:
    clone = repository.clone(tmp_path / "grund", "--depth", "1")
    for moments in ("plan..HEAD", "HEAD~1...HEAD"):
        said = refused(capsys, clone, moments)
        assert said.endswith(". Klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags.")
    assert run(capsys, clone) == (0, "", "")
