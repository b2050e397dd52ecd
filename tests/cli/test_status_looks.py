"""How much of `status` a terminal shows, in what order, and what is left out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import FORM, commitment, plan, rows
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
HOME = Path(__file__).resolve().parents[2]
LONG = "Ett åtagande med ett mycket långt namn som säger vad alla parter tillsammans har lovat varandra att göra under året"


@pytest.fixture
def forty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of forty commitments with long names, and one whose time is over."""
    many = plan(*(commitment("{minst: 12}", id=f"lov-{number}").replace("Löftet", f"{LONG} {number}") for number in range(40)))
    over = plan(commitment("{minst: 1}"), period="2024").replace("prov-2026", "prov-2024").replace("titel: Prov", "titel: Förr")
    files = {"plans/prov-2026.yaml": many, "plans/prov-2024.yaml": over, "plans/snabbrapporter/prov.yaml": FORM}
    files["reports/a.csv"] = rows("2026-02-01\n2026-03-01").replace(";lov;", ";lov-7;")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def shown(root: Path, capsys: Capture, *more: str) -> list[str]:
    assert main(["-C", str(root), "status", "--vid", "2026-08-31", *more]) == 0
    return capsys.readouterr().out.splitlines()


def test_exempelkoping_is_at_most_thirty_lines_and_names_who_is_late_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = shown(HOME, capsys, "--plan", "exempelkoping-2026")
    assert len(lines) <= 30
    assert any(line.startswith("Efter: Föräldramöten") for line in lines[:3])
    assert all(len(line) <= 80 for line in lines)


def test_forty_commitments_are_at_most_seventy_lines(forty: Path, capsys: Capture) -> None:
    assert len(shown(forty, capsys)) <= 70


def test_a_plan_whose_time_is_over_is_one_line_beside_one_that_runs(forty: Path, capsys: Capture) -> None:
    short, whole = shown(forty, capsys), shown(forty, capsys, "--alla")
    at = short.index("Avslutade planer (--alla visar dem):")
    assert short[at + 1].startswith("  Förr: 0 av 1 åtagande med måltal")
    assert short[at + 2] == ""
    assert any(line.startswith("Löftet") for line in whole) and not any(line.startswith("Löftet") for line in short)


def test_only_some_states_are_shown_and_it_is_said_that_the_others_are_not(forty: Path, capsys: Capture) -> None:
    lines = shown(forty, capsys, "--bara", "efter")
    assert "Bara: efter. 39 åtaganden visas inte." in lines
    assert sum(line.startswith("Ett åtagande") for line in lines) == 1


def test_the_worst_comes_first_when_asked_for(forty: Path, capsys: Capture) -> None:
    first = next(line for line in shown(forty, capsys, "--sortera", "läge") if line.startswith("Ett åtagande"))
    assert first.endswith("■ efter")


def test_all_is_told_when_asked_for(forty: Path, capsys: Capture) -> None:
    assert not any("kommunen" in line for line in shown(forty, capsys))
    assert any("kommunen" in line for line in shown(forty, capsys, "--utforligt"))


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--bara", "eftr"], "läget ”eftr” finns inte. Menade du efter?"),
        (["--sortera", "namn"], "Skriv --sortera läge."),
        (["--bara", "efter", "--format", "json"], "flaggan --bara går bara ihop med text"),
    ],
)
def test_misuse(argv: list[str], said: str, forty: Path, capsys: Capture) -> None:
    assert main(["-C", str(forty), "status", *argv]) == 2
    assert said in capsys.readouterr().err
