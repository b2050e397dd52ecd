"""LibreOffice opens what is written for Word and Excel, without a word of warning and with every figure in place."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.present import read_back
from tests.present.pieces import figures
from tests.present.test_office_faces import NASTY, part_of, report
from uppfoljning.present.document.council import council
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.tables import tables_of
from uppfoljning.present.renderers.docx import docx_bytes
from uppfoljning.present.renderers.xlsx import sheet_names, xlsx_bytes

NEEDED = ("soffice", "pdftotext")
EVERY_SHEET_EXACT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
NO_JAVA = "Warning: failed to launch javaldx - java may not function correctly"
"""What LibreOffice says of the machine, whatever the file."""


class Opened(NamedTuple):
    """The folder of what LibreOffice made, and all that it complained of."""

    made: Path
    complaints: list[str]


def nasty() -> Document:
    return Document("=1+1", "nu", "svar", tuple(part_of(at, one) for at, one in enumerate(NASTY)), ())


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """One run for the documents and one for the workbooks: a run writes one kind of file."""
    if lacking := [name for name in NEEDED if shutil.which(name) is None]:
        said = f"{' och '.join(lacking)} saknas; installera libreoffice-writer-nogui, libreoffice-calc-nogui och poppler-utils"
        if os.environ.get("UPPFOLJNING_WEBB") == "1":
            pytest.fail(f"UPPFOLJNING_WEBB=1, men {said}")
        pytest.skip(said)
    home = tmp_path_factory.mktemp("office")
    files = {
        "namnd.docx": docx_bytes(council(report())), "hela.docx": docx_bytes(report()), "svara.docx": docx_bytes(nasty()),
        "tabeller.xlsx": xlsx_bytes(report()), "svara.xlsx": xlsx_bytes(nasty()),
    }  # fmt: skip
    for name, data in files.items():
        (home / name).write_bytes(data)
    complaints = []
    for kind, ending in (("pdf", ".docx"), (EVERY_SHEET_EXACT, ".xlsx")):
        names = [str(home / name) for name in files if name.endswith(ending)]
        command = ["soffice", "--headless", f"-env:UserInstallation={(home / 'profil').as_uri()}", "--convert-to", kind]
        done = subprocess.run([*command, "--outdir", str(home), *names], capture_output=True, check=True, timeout=300, text=True)
        complaints += [line for line in done.stderr.splitlines() if line.strip() and line != NO_JAVA]
    return Opened(home, complaints)


def test_nothing_is_complained_of(opened: Opened) -> None:
    assert opened.complaints == []


@pytest.mark.parametrize("name", ["namnd", "hela"])
def test_a_document_has_its_figures_and_words(opened: Opened, name: str) -> None:
    paper = council(report()) if name == "namnd" else report()
    file = opened.made / f"{name}.pdf"
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, timeout=60, text=True).stdout
    shown = [cell for _, table in read_back.reader_tables(paper) for row in table for cell in row]
    wanted = [figure for said in (*read_back.sentences(paper), *shown) for figure in figures(said)]
    found = re.sub(r"\s", "", text)
    assert [figure for figure in set(wanted) if figure.replace(" ", "") not in found] == []
    assert [said for said in read_back.sentences(paper) if re.sub(r"[\s-]", "", said) not in found.replace("-", "")] == []


def test_a_document_of_nasty_texts(opened: Opened) -> None:
    file = opened.made / "svara.pdf"
    text = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, timeout=60, text=True).stdout
    found = re.sub(r"\s", "", text)
    for harmless in ("=1+1", "[/fel]", "<script>alert(1)</script>", "a|b", "@SUM(A1)", "**fet**_kursiv_~bort~`kod`"):
        assert harmless in found


@pytest.mark.parametrize("name", ["tabeller", "svara"])
def test_a_workbook_has_its_figures(opened: Opened, name: str) -> None:
    paper = report() if name == "tabeller" else nasty()
    data = (opened.made / f"{name}.xlsx").read_bytes()
    for sheet in sheet_names(grid.id for grid in tables_of(paper)):
        text = (opened.made / f"{name}-{sheet}.csv").read_text("utf-8-sig")
        found = list(csv.reader(io.StringIO(text, newline="")))
        wanted = read_back.workbook(data)[sheet]
        assert [[as_number(cell) for cell in row] for row in found] == [[as_written(cell) for cell in row] for row in wanted]


def as_number(cell: str) -> object:
    if found := re.fullmatch(r"(-?\d+(?:\.\d+)?(?:E-?\d+)?)(%?)", cell):
        return round(float(found[1]) / (100 if found[2] else 1), 6)
    return cell


def as_written(cell: object) -> object:
    if isinstance(cell, float):
        return round(cell, 6)
    return as_number(cell) if isinstance(cell, str) else str(cell)
