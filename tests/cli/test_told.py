"""`exportera brev` and `exportera medborgare`: the follow-up told to those who are not in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]
PLAN = ("--plan", "exempelkoping-2026", "--vid", "2026-09-05")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exempel")
    for folder in ("plans", "reports"):
        shutil.copytree(HOME / folder, root / folder)
    return root


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "exportera", *words])


def test_a_letter_is_about_the_last_whole_month(example: Path, capsys: Capture) -> None:
    assert run(example, "brev", *PLAN) == 0
    assert capsys.readouterr().out.startswith("Skrev brev-exempelkoping-2026-2026-08.txt.")
    text = (example / "brev-exempelkoping-2026-2026-08.txt").read_text("utf-8")
    assert text.startswith("Månadsbrev för augusti 2026: Åtgärdsplan för Exempelköping 2026\n")
    assert "I augusti genomfördes 20 tillfällen inom 4 av planens 13 åtaganden." in text
    assert max(map(len, text.splitlines())) <= 78


def test_a_letter_about_another_month_in_another_format(example: Path) -> None:
    out = example / "brev.html"
    assert run(example, "brev", *PLAN, "--period", "2026-05", "--ut", str(out)) == 0
    assert "Månadsbrev för maj 2026" in out.read_text("utf-8")
    assert run(example, "brev", *PLAN, "--period", "2026-05", "--ut", str(example / "brev.docx")) == 0
    assert (example / "brev.docx").read_bytes()[:2] == b"PK"


def test_a_published_letter_has_nobodys_own_words(example: Path) -> None:
    texts = {}
    for name, more in (("eget", ()), ("publikt", ("--publik",))):
        out = example / f"{name}.txt"
        assert run(example, "brev", *PLAN, "--period", "2026-05", "--ut", str(out), *more) == 0
        texts[name] = out.read_text("utf-8")
    assert len(texts["publikt"]) < len(texts["eget"])


def test_the_page_for_citizens(example: Path) -> None:
    assert run(example, "medborgare", *PLAN) == 0
    page = (example / "medborgare-exempelkoping-2026-2026-09-05.html").read_text("utf-8")
    assert "minst 24 tillsyner per år" in page
    assert "reports/" not in page
    again = (example / "medborgare-exempelkoping-2026-2026-09-05.html").read_bytes()
    assert run(example, "medborgare", *PLAN) == 0
    assert (example / "medborgare-exempelkoping-2026-2026-09-05.html").read_bytes() == again


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brev", "--period", "2026-T2"], "”2026-T2” är ingen månad. Ett brev gäller en månad, som 2026-08."),
        (["brev", "--ut", "brev.xlsx"], "brev.xlsx ska sluta på .txt, .md, .html, .docx."),
        (["medborgare", "--hela"], "flaggan --hela gäller docx och md"),
        (["brev", "--csv-standard"], "flaggan --csv-standard gäller bara csv"),
        (["medborgare", "--ut", "reports/a.html"], "i plans och reports ligger bara planer och rapporter"),
    ],
)
def test_wrong_use(example: Path, words: list[str], said: str, capsys: Capture) -> None:
    assert run(example, *words, *PLAN) == 2
    assert said in capsys.readouterr().err


def test_the_whole_report_tells_of_the_effect_and_a_public_one_does_not(example: Path) -> None:
    pages = {}
    for name, more in (("hela", ()), ("publik", ("--publik",))):
        out = example / f"{name}.html"
        assert run(example, "html", *PLAN, "--ut", str(out), *more) == 0
        pages[name] = out.read_text("utf-8")
    assert "väntat utifrån jämförelse" in pages["hela"] and 'id="effekt"' in pages["hela"]
    assert 'id="effekt"' not in pages["publik"]
