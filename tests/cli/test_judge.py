"""`bedom`: the file to fill in, which is sound as it is, takes verdicts, and is never written over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]
FILE = Path("reports/bedomningar/exempelkoping-2026-2026-T2.yaml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("plans", "reports"):
        shutil.copytree(HOME / name, tmp_path / name)
    return tmp_path


def bedom(project: Path, *words: str) -> int:
    return main(["-C", str(project), "bedom", "--period", "2026-T2", "--vid", "2026-09-14", *words])


def judged(project: Path, capsys: Capture) -> dict[str, object]:
    capsys.readouterr()
    assert main(["-C", str(project), "status", "--plan", "exempelkoping-2026", "--vid", "2026-09-30", "--format", "json"]) == 0
    return {one["id"]: one["bedömning"] for one in json.loads(capsys.readouterr().out)["åtaganden"]}


def test_the_file_lists_every_commitment_with_the_suggestion_and_is_sound(project: Path, capsys: Capture) -> None:
    before = judged(project, capsys)
    assert bedom(project) == 0
    assert str(FILE) in capsys.readouterr().out
    text = (project / FILE).read_text("utf-8")
    assert (
        "  krogtillsyn:\n    # Samordnad krogtillsyn\n    # förslag: i fas; hittills 7 av 6, hela målet 24, mot planen 117 %\n"
        in text
    )
    assert text.count("    genomförande:\n    resultat:\n    motivering:\n") == 12
    assert main(["-C", str(project), "validera", str(project / FILE)]) == 0
    assert set(judged(project, capsys)) == set(before)


def test_what_is_filled_in_is_shown(project: Path, capsys: Capture) -> None:
    assert bedom(project, "--av", 'gruppen "nord": a') == 0
    text = (project / FILE).read_text("utf-8")
    head, _, tail = text.partition("  krogtillsyn:")
    filled = tail.replace("genomförande:\n", "genomförande: ändrat\n", 1).replace("resultat:\n", "resultat: visst\n", 1)
    (project / FILE).write_text(f"{head}  krogtillsyn:{filled}", "utf-8")
    assert main(["-C", str(project), "validera", "--format", "kort", str(project / FILE)]) == 0
    assert judged(project, capsys)["krogtillsyn"] == {"period": "2026-T2", "genomförande": "ändrat", "resultat": "visst"}


def test_it_is_never_written_over(project: Path, capsys: Capture) -> None:
    assert bedom(project) == 0
    text = (project / FILE).read_bytes()
    assert bedom(project) == 2
    assert "finns redan" in capsys.readouterr().err
    assert (project / FILE).read_bytes() == text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--period", "2031"], "ingen plan har något åtagande i perioden 2031"),
        (["--period", "2018"], "Välj en med --plan"),
        (["--period", "våren"], "period"),
        (["--period", "2026-T2", "--plan", "exempelkoping"], "Menade du"),
        ([], "--period"),
    ],
)
def test_misuse(words: list[str], says: str, project: Path, capsys: Capture) -> None:
    assert main(["-C", str(project), "bedom", *words]) == 2
    assert says in capsys.readouterr().err
    assert not (project / FILE).exists()
