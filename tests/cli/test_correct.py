"""`ratta`: a new file that replaces the old one, which is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.dialogue import INTERRUPT, dialogue
from tests.cli.running import Files, folder
from tests.cli.test_report import FILES, TODAY, needs_terminal
from uppfoljning.cli.main import main
from uppfoljning.files.source import Folder
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.project.load import load_project

Capture = pytest.CaptureFixture[str]
DAY = f"{TODAY.year - 1}-03-06"
OLD = f"""\
plan: prov
åtagande: nattvandring
datum: {DAY}
start: 20:30
slut: 23:00
plats: [centrum, norra]
parter: [förening]
funktioner: {{nattvandrare: 5}}
uppgifter: {{samtal: 4}}
moment: {{samling: ja}}
iakttagelser:
  - text: Mörkt i tunneln
    åtgärd: Felanmält
text: "Rad ett
  och två"
inlämnad: {DAY}
kvitto: aaaa-2222
"""
ROWS = f"""\
id;plan;åtagande;period;antal;uppgifter.ställen;text;inlämnad
r1;prov;krogtillsyn;{TODAY.year - 1}-01;2;9;Lugnt;{TODAY.year - 1}-02-01
r2;prov;krogtillsyn;{TODAY.year - 1}-02;3;;;{TODAY.year - 1}-03-01
"""
REPORTS: Files = {**FILES, "reports/a.yaml": OLD, "reports/rader.csv": ROWS}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(folder(tmp_path / "p", REPORTS))


def new(project: Path) -> dict[str, object]:
    """The only file that is new; the others are as they were, and the project takes in all of them."""
    files = [path for path in (project / "reports").rglob("*") if path.is_file()]
    (made,) = [path for path in files if path.relative_to(project).as_posix() not in REPORTS]
    for name, text in REPORTS.items():
        assert (project / name).read_text("utf-8") == text
    checked = load_project(Folder(project))
    assert (checked.errors, checked.left_out) == (0, ())
    tree, _ = read_yaml(made.name, made.read_bytes())
    assert isinstance(tree, dict)
    assert tree.pop("inlämnad") == TODAY.isoformat()
    assert str(tree.pop("kvitto")) in made.name and str(tree["åtagande"]) in made.parts
    assert tree.pop("utgåva")
    return dict(tree)


def before(project: Path) -> dict[str, object]:
    tree, _ = read_yaml("a.yaml", OLD.encode())
    assert isinstance(tree, dict)
    return {key: value for key, value in tree.items() if key not in ("inlämnad", "kvitto")}


@needs_terminal
def test_the_old_answers_are_kept_with_enter(project: Path) -> None:
    typed = ["", "", "", "", "", "6", "", "7", "", "", "", "", "", "", "", "", "-", "", "", "j"]
    status, said = dialogue(project, ["ratta", "reports/a.yaml"], typed)
    assert status == 0, said
    assert "[20:30] > " in said
    changed = {"funktioner": {"nattvandrare": "6"}, "uppgifter": {"samtal": "7"}, "iakttagelser": None}
    expected = {**before(project), **changed, "ersätter": "a", "rapportör": "nattvandrare"}
    assert new(project) == {key: value for key, value in expected.items() if value}


@needs_terminal
def test_a_row_is_corrected_as_a_file(project: Path) -> None:
    typed = ["", "", "ca 4", "", "", "", "", "", "", "", "", "", "", "", "-", "j"]
    status, said = dialogue(project, ["ratta", "reports/rader.csv#r1"], typed)
    assert status == 0, said
    assert new(project) == {
        "åtagande": "krogtillsyn",
        "plan": "prov",
        "period": f"{TODAY.year - 1}-01",
        "antal": "ca 4",
        "uppgifter": {"ställen": "9"},
        "rapportör": "handläggare",
        "ersätter": "rader#r1",
    }


@needs_terminal
def test_nothing_changed_writes_nothing(project: Path) -> None:
    status, said = dialogue(project, ["ratta", "rader#r2"], [*[""] * 15, "j"])
    assert status == 0 and "Inget svar är ändrat" in said, said
    assert not list((project / "reports").glob("prov"))


@needs_terminal
def test_an_interrupted_correction_leaves_nothing(project: Path) -> None:
    assert dialogue(project, ["ratta", "aaaa-2222"], ["", INTERRUPT])[0] == 130
    assert not list((project / "reports").glob("prov"))


def ratta(project: Path, *words: str) -> int:
    return main(["-C", str(project), "ratta", *words])


@pytest.mark.parametrize("name", ["a", "reports/a.yaml", "a.yaml", "aaaa-2222"])
def test_a_copy_to_edit_by_hand(project: Path, name: str, capsys: Capture) -> None:
    assert ratta(project, "--skriv", name) == 0
    assert "Ändra i filen" in capsys.readouterr().out
    assert new(project) == {**before(project), "ersätter": "a", "rapportör": "nattvandrare"}


def test_a_file_is_found_from_where_you_stand(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "reports")
    assert ratta(project, "--skriv", "a.yaml") == 0


@needs_terminal
def test_one_that_is_corrected_already_leads_to_the_latest(project: Path, capsys: Capture) -> None:
    assert ratta(project, "--skriv", "a") == 0
    (made,) = (project / "reports/prov/nattvandring").iterdir()
    capsys.readouterr()
    assert ratta(project, "--skriv", "a") == 2
    assert made.stem in capsys.readouterr().err
    status, said = dialogue(project, ["ratta", "a"], ["n"])
    assert status == 130, said
    status, said = dialogue(project, ["ratta", "a"], ["j", "i", "", "v", "", "", "j"])
    assert status == 0, said
    (latest,) = [path for path in made.parent.iterdir() if path != made]
    assert f"ersätter: prov/nattvandring/{made.stem}\n" in latest.read_text("utf-8")
    assert "uppgifter" not in latest.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--skriv", "reports/radr.csv#r1"], "Menade du rader#r1?"),
        (["--skriv", "rader"], "rader#r1"),
        (["--skriv", "rader#r9"], "Menade du rader#r"),
        (["--skriv", "trasig"], "validera"),
        (["--skriv", "--timmar", "a"], "--timmar"),
        (["a"], "--skriv"),
        (["--skriv", ""], "finns inte"),
    ],
    ids=str,
)
def test_wrong_use_is_told(project: Path, words: list[str], told: str, capsys: Capture) -> None:
    (project / "reports/trasig.yaml").write_text("åtagande: nattvandring\ndatum: x\n", "utf-8")
    assert ratta(project, *words) == 2
    assert told in capsys.readouterr().err


def test_a_dry_run_writes_nothing(project: Path, capsys: Capture) -> None:
    assert ratta(project, "--skriv", "--torrkorning", "a") == 0
    assert "ersätter: a\n" in capsys.readouterr().out
    assert not list((project / "reports").glob("prov"))
