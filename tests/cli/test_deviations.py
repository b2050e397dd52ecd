"""`avvikelser` as it is used: on a project in a folder, limited by its options, refused in Swedish, and on Exempelköping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import HOME, REPORT, SOUND, UNSET, folder, words
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
CHANGED = "avvikelser:\n  - vad: Kortare runda\n    hur: Halva vägen\n    skäl: väder\n    varför: Snö\n"
CANCELLED = REPORT.replace("gang", "tillsyn").replace("2026-03-06", "2026-04-20").replace("uppgifter: {samtal: 3}\n", "")
FILES = {
    **SOUND,
    "reports/a.yaml": REPORT + CHANGED,
    "reports/b.yaml": CANCELLED.replace("2026-03-07", "2026-04-21") + "läge: inställd\n" + CHANGED.replace("väder", "resurser"),
}


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def where(tmp_path: Path) -> str:
    return folder(tmp_path, FILES)


def departures(out: str) -> list[tuple[str, str]]:
    plans: list[dict[str, Any]] = json.loads(out)["planer"]
    return [(one["åtagande"], one["slag"]) for plan in plans for one in plan["avvikelser"]]


@pytest.mark.parametrize("format", ["text", "json", "csv", "md"])
def test_every_format(where: str, format: str, capsys: Capture) -> None:
    assert main(["-C", where, "avvikelser", *DAY, "--format", format]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Kortare runda" in out


def test_the_answer(where: str, capsys: Capture) -> None:
    assert main(["-C", where, "avvikelser", *DAY]) == 0
    answer = "2 tillfällen av 4 blev inte som planerat: 1 ändrad, 1 inställd. Skäl: resurser (1), väder (1)."
    assert capsys.readouterr().out.splitlines()[1] == answer


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], [("gang", "ändrad"), ("tillsyn", "inställd")]),
        (["gang"], [("gang", "ändrad")]),
        (["prov-2026/tillsyn"], [("tillsyn", "inställd")]),
        (["--part", "polisen"], [("tillsyn", "inställd")]),
        (["--plats", "torget"], [("gang", "ändrad"), ("tillsyn", "inställd")]),
        (["--plats", "hamnen"], []),
        (["--plan", "prov-2026", "--period", "2026-04"], [("tillsyn", "inställd")]),
        (["--period", "VT2026"], [("gang", "ändrad"), ("tillsyn", "inställd")]),
        (["--period", "2025"], []),
    ],
    ids=str,
)
def test_the_list_is_limited(where: str, options: list[str], shown: list[tuple[str, str]], capsys: Capture) -> None:
    assert main(["-C", where, "avvikelser", *options, *DAY, "--format", "json"]) == 0
    assert departures(capsys.readouterr().out) == shown


def test_only_what_was_handed_in_is_seen(where: str, capsys: Capture) -> None:
    for day, number in (("2026-03-06", 0), ("2026-03-07", 1), ("2026-04-20", 1), ("2026-04-21", 2)):
        assert main(["-C", where, "avvikelser", "--vid", day, "--format", "json"]) == 0
        assert len(departures(capsys.readouterr().out)) == number


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["gng"], "åtagandet ”gng” finns inte"),
        (["--plan", "x"], "planen ”x” finns inte"),
        (["--part", "x"], "parten ”x” finns inte"),
        (["--plats", "x"], "platsen ”x” finns inte"),
        (["--vid", "igår"], "flaggan --vid: ”igår”"),
        (["--period", "våren"], "flaggan --period: ”våren”"),
        (["--format", "pdf"], "--format"),
    ],
    ids=words,
)
def test_what_cannot_apply_is_refused(where: str, options: list[str], said: str, capsys: Capture) -> None:
    assert main(["-C", where, "avvikelser", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_a_broken_file_does_not_stop_the_rest(where: str, capsys: Capture) -> None:
    (Path(where) / "reports" / "c.yaml").write_text("plan: prov-2026\nåtagande: gang\ndatum: [2026\n", "utf-8")
    assert main(["-C", where, "avvikelser", *DAY]) == 1
    out, err = capsys.readouterr()
    assert "Kortare runda" in out
    assert err == "1 fil utelämnad på grund av fel. Se vilka med: uppfoljning validera\n"


def test_a_folder_without_deviations(tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", folder(tmp_path, SOUND), "avvikelser", "gang", *DAY]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Ingen avvikelse är rapporterad vid de 3 tillfällen som har redovisats."


def test_a_personal_number_is_never_said_back(where: str, capsys: Capture) -> None:
    assert main(["-C", where, "avvikelser", "640823-3234"]) == 2
    assert "640823" not in capsys.readouterr().err


# Exempelköping, read as before the steering group meets in December


def example(capsys: Capture, *options: str) -> str:
    assert main(["-C", str(HOME), "avvikelser", "--plan", "exempelkoping-2026", "--vid", "2026-12-31", *options]) == 0
    return capsys.readouterr().out


def test_the_questions_of_the_steering_group_are_answered(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which parts went as planned, which were changed, in what way and why: without opening a file."""
    monkeypatch.setenv("COLUMNS", "500")
    found = example(capsys)
    answer, lines = found.splitlines()[1], [" ".join(one.split()) for one in found.splitlines()]
    assert answer.startswith(
        "40 tillfällen av 192 blev inte som planerat: 22 ändrade, 14 inställda, 4 flyttade (varav 3 genomförda på ny dag)."
        " Vanligaste skäl: resurser (25), väder (7), prioritering (4)."
    )
    assert "Samordnad krogtillsyn 16 3 3 2" in lines
    assert (
        "2026-06-13 Samordnad krogtillsyn ändrad: Polisen kunde inte följa med Färre ställen och inga besök efter stängning"
        " prioritering: Utryckning till en brand samma kväll –"
    ) in lines
    assert (
        "2026-05-12 Trafikkontroller vid skolor och infarter planen ändrad: mål från minst 30 till minst 24 resurser:"
        " Trafikgruppen delar sin ena bil med grannområdet från maj och året ut beslut: styrgruppen 2026-05-12"
    ) in lines


def test_the_counts_are_those_of_status(capsys: Capture) -> None:
    (plan,) = json.loads(example(capsys, "--format", "json"))["planer"]
    assert main(["-C", str(HOME), "status", "--plan", "exempelkoping-2026", "--vid", "2026-12-31", "--format", "json"]) == 0
    status = {one["id"]: one["avvikelser"] for one in json.loads(capsys.readouterr().out)["åtaganden"]}
    for one in plan["åtaganden"]:
        counts, known = one["tillfällen"], status[one["id"]]
        assert list(counts.values()) == [known[key] for key in ("som planerat", "ändrade", "inställda", "flyttade")]
    assert sum(one["antal"] for one in plan["skäl"]) == len(plan["avvikelser"]) == 47
