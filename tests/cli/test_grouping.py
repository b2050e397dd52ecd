"""`status --gruppera` as it is used: what it prints, what it refuses, what it goes together with."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import HOME, SOUND, UNSET, folder, words
from tests.cli.test_swedish import english
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
EXAMPLE = ("-C", str(HOME), "status", "--plan", "exempelkoping-2026", "--vid", "2026-11-25")
GROUPINGS = ("part", "plats", "månad", "kvartal", "tertial")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sound(tmp_path: Path) -> str:
    return folder(tmp_path, SOUND)


def grouped(where: str, capsys: Capture, *argv: str) -> dict[str, list[str]]:
    """The commitments of each group, by its name."""
    assert main(["-C", where, "status", *argv, *DAY, "--format", "json"]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {group["grupp"]: [one["id"] for one in group["åtaganden"]] for group in read["grupper"]}


@pytest.mark.parametrize("format", ["text", "json", "csv", "md"])
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_in_every_format(sound: str, by: str, format: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", "--gruppera", by, *DAY, "--format", format]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Tillsyn av krogar" in out
    if format == "text":
        assert english(out) == []


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (("--gruppera", "part"), {"kommunen": ["gang", "tillsyn"], "polisen": ["tillsyn"]}),
        (("--gruppera", "part", "--plats", "torget"), {"kommunen": ["gang"]}),
        (("--gruppera", "plats"), {"torget": ["gang"], None: ["tillsyn"]}),
        (("--gruppera", "plats", "--part", "polisen"), {None: ["tillsyn"]}),
        (("--gruppera", "part", "tillsyn"), {"kommunen": ["tillsyn"], "polisen": ["tillsyn"]}),
        (("--gruppera", "tertial", "gang"), {"2026-T1": ["gang"], "2026-T2": ["gang"]}),
        (("--gruppera", "kvartal", "--period", "2026-K1", "gang"), {"2026-K1": ["gang"]}),
        (("--gruppera", "månad", "--period", "2026-W14", "gang"), {f"2026-{days}": ["gang"] for days in (
            "03-30–2026-03-31", "04-01–2026-04-05")}),
    ],
    ids=words,
)  # fmt: skip
def test_what_it_goes_together_with(
    sound: str, argv: tuple[str, ...], expected: dict[str | None, list[str]], capsys: Capture
) -> None:
    assert grouped(sound, capsys, *argv) == expected


@pytest.mark.parametrize("word", ["manad", unicodedata.normalize("NFD", "månad")])
def test_other_spellings_of_a_month(sound: str, word: str, capsys: Capture) -> None:
    assert list(grouped(sound, capsys, "--gruppera", word, "--period", "2026-K1")) == ["2026-01", "2026-02", "2026-03"]


MISUSE = {
    "word": (
        ["--gruppera", "vecka"],
        "flaggan --gruppera: ”vecka” finns inte att välja. Välj bland part, plats, ansvarig, månad, kvartal, tertial,",
    ),
    "near": (["--gruppera", "platser"], "flaggan --gruppera: ”platser” finns inte att välja. Menade du plats? Välj bland"),
    "nothing": (["--gruppera", ""], "flaggan --gruppera: ”” finns inte att välja. Välj bland"),
    "escape sequence": (["--gruppera", "\x1b[31mpart"], "flaggan --gruppera: ”?[31mpart” finns inte att välja. Menade du part?"),
    "no word": (["--gruppera"], "flaggan --gruppera behöver ett värde: --gruppera EFTER"),
    "party": (
        ["--gruppera", "part", "--part", "polisen"],
        "flaggan --gruppera part går inte ihop med --part: det blir bara en grupp. Ta bort en av dem.",
    ),
    "place": (
        ["--gruppera", "plats", "--plats", "torget"],
        "flaggan --gruppera plats går inte ihop med --plats: det blir bara en grupp. Ta bort en av dem.",
    ),
}


@pytest.mark.parametrize(("argv", "message"), MISUSE.values(), ids=MISUSE)
def test_misuse(sound: str, argv: list[str], message: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", *argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"fel: {message}")


def test_a_sub_period_is_what_the_same_period_shows(capsys: Capture) -> None:
    """Each column of the matrix holds the figures that `--period` gives."""
    assert main([*EXAMPLE, "--gruppera", "tertial", "--format", "json"]) == 0
    groups = json.loads(capsys.readouterr().out)["grupper"]
    for group in groups:
        assert main([*EXAMPLE, "--period", group["grupp"], "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["åtaganden"] == group["åtaganden"]


def test_a_party_is_what_the_same_party_shows(capsys: Capture) -> None:
    assert main([*EXAMPLE, "--gruppera", "part", "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert main([*EXAMPLE, "--part", "polisen", "--format", "csv"]) == 0
    alone = list(csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row[1:] for row in rows if row[0] in ("grupp", "polisen")] == alone
