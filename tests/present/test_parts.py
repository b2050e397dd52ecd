"""`analys` in words: what went together, never that one thing came of another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(r"beror på|\bbäst\b|\bfungerar\b|orsaka|bevisar", re.IGNORECASE)
Capture = pytest.CaptureFixture[str]


def said(words: list[str], capsys: Capture) -> str:
    assert main(["-C", str(HOME), "analys", *words, "--plan", "exempelkoping-2026", "--vid", "2026-11-20"]) == 0
    return " ".join(capsys.readouterr().out.split())


def known() -> list[str]:
    """The commitments of the example that are there to be looked into."""
    text = (HOME / "plans" / "exempelkoping-2026.yaml").read_text("utf-8")
    return re.findall(r"(?m)^  - id: (\S+)$", text)


@pytest.mark.parametrize("commitment", known())
def test_nothing_comes_of_anything(commitment: str, capsys: Capture) -> None:
    text = said([commitment], capsys)
    assert not FORBIDDEN.search(text)
    assert "De visar inte att brotten minskade." in text


def test_every_kind_of_sentence_is_said(capsys: Capture) -> None:
    text = said(["nattvandring"], capsys) + said(["nattvandring", "--utfall", "larmade", "--utfall", "alkohol"], capsys)
    for part in (
        "Det planen väntade sig",
        "Det som stack ut",
        "Kan inte skiljas från slumpen:",
        "För litet underlag:",
        "Sammanfaller med mer:",
        "Kan inte undersökas: alla pass hade Nattvandrare var med.",
        "Ingen slutsats dras.",
        "så skillnaden behöver inte bero på",
        "procentenheter",
        "Samma grupp skriver sina egna rapporter.",
        "av de väntade rapporterna har kommit.",
    ):
        assert part in text, part


def test_a_commitment_without_anything_to_count(capsys: Capture) -> None:
    assert "Inget att räkna på." in said(["ordningsvakter"], capsys)
