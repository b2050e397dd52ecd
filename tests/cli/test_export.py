"""`exportera`, and `--ut` of the reading commands: what is written, where, how it is told, and what is refused."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.running import CSV, OTHER, PLAN, REPORT, SOUND, environment, folder, process, terminal
from tests.cli.story import Story
from tests.present import read_back
from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
DAY = ("--vid", "2026-08-31")
STEM = "uppfoljning-exempelkoping-2026-2026-08-31"
Capture = pytest.CaptureFixture[str]
BinaryCapture = pytest.CaptureFixture[bytes]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example project, and the working directory in it."""
    for name in ("plans", "reports"):
        shutil.copytree(HOME / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new_in(project: Path) -> set[str]:
    return {one.name for one in project.iterdir()} - {"plans", "reports"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("face", "hint"),
    [
        ("html", " Öppna den i en webbläsare."),
        ("xlsx", " Öppna den i Excel eller LibreOffice."),
        ("docx", " Öppna den i Word eller LibreOffice."),
        ("md", ""),
        ("json", ""),
    ],
)
def test_a_file_beside_the_plans(face: str, hint: str, project: Path, capsys: Capture) -> None:
    assert main(["exportera", face, *DAY]) == 0
    assert capsys.readouterr().out == f"Skrev {STEM}.{face}.{hint}\n"
    assert new_in(project) == {f"{STEM}.{face}"}
    before = (project / f"{STEM}.{face}").read_bytes()
    assert main(["exportera", face, *DAY]) == 0
    assert capsys.readouterr().out == f"{STEM}.{face} är redan aktuell.{hint}\n"
    assert (project / f"{STEM}.{face}").read_bytes() == before
    (project / f"{STEM}.{face}").write_bytes(b"gammal")
    assert main(["exportera", face, *DAY]) == 0
    assert (project / f"{STEM}.{face}").read_bytes() == before


def test_from_a_folder_below_it_is_written_beside_the_plans_all_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "reports")
    assert main(["exportera", "json", *DAY]) == 0
    assert new_in(project) == {f"{STEM}.json"}


def test_a_folder_of_tables(project: Path, capsys: Capture) -> None:
    assert main(["exportera", "csv", *DAY]) == 0
    assert capsys.readouterr().out == f"Skrev 11 filer i {STEM}. Öppna dem i Excel eller LibreOffice.\n"
    (project / STEM / "gammal.csv").write_text("x", "utf-8")
    assert main(["exportera", "csv", "--csv-standard", "--ut", STEM, *DAY]) == 0
    out, err = capsys.readouterr()
    assert out == f"Skrev 11 filer i {STEM}. De är till för program.\n"
    assert err == f"I {STEM} ligger också gammal.csv, som inte hör till det här.\n"
    text = (project / STEM / "uppfoljning.csv").read_bytes()
    assert text.startswith(b"plan,") and b"54.1667" in text


def test_the_same_figures_as_status(project: Path, capsys: Capture) -> None:
    assert main(["exportera", "json", "--ut", "a.json", *DAY]) == 0
    capsys.readouterr()
    assert main(["status", "--plan", "exempelkoping-2026", "--format", "json", *DAY]) == 0
    status = json.loads(capsys.readouterr().out)
    wanted = [
        (one["id"], target["id"] or "", target["utfall"], target["förväntat"], target["andel"], target["status"])
        for one in status["åtaganden"]
        for target in one["mål"]
    ]
    rows = read_back.tables_in((project / "a.json").read_text("utf-8"))["uppföljning"]
    names = ("åtagande", "mål", "utfall", "förväntat hittills", "andel", "status")
    found = [tuple(row[name] for name in names) for row in rows]
    assert len(found) == len(wanted) and all(map(read_back.close, found, wanted))


def test_the_council_paper_or_the_whole_report(project: Path) -> None:
    assert main(["exportera", "md", "--ut", "namnd.md", *DAY]) == 0
    assert main(["exportera", "md", "--hela", "--ut", "hela.md", *DAY]) == 0
    council, whole = ((project / name).read_text("utf-8") for name in ("namnd.md", "hela.md"))
    assert "## Sammanfattning" in council and "### Samordnad krogtillsyn" not in council
    assert "## Sammanfattning" not in whole and "### Samordnad krogtillsyn – ▲ nästan i fas" in whole
    assert "13 av 14 väntade tillsyner har genomförts (93 %)." in council


def test_the_command_stands_in_the_file_with_its_day(project: Path) -> None:
    argv = ["exportera", "md", "--part", "polisen", "--period", "2026-T1", "--publik", "--ut", "a.md", *DAY]
    assert main(argv) == 0
    again = "uppfoljning exportera md --part polisen --period 2026-T1 --publik --vid 2026-08-31"
    text = read_back.shown((project / "a.md").read_text("utf-8"))
    assert again in text
    assert "Visar åtaganden som binder polisen" in text
    assert main([*again.split()[1:], "--ut", "b.md"]) == 0
    assert (project / "b.md").read_bytes() == (project / "a.md").read_bytes()


def test_an_earlier_reading_beside(project: Path) -> None:
    assert main(["exportera", "json", "--sedan", "2026-04-30", "--ut", "a.json", *DAY]) == 0
    rows = read_back.tables_in((project / "a.json").read_text("utf-8"))["uppföljning"]
    assert rows[0]["utfall vid förra avläsningen"] == 6


@pytest.mark.slow
@pytest.mark.parametrize("face", ["html", "xlsx", "docx", "md", "json"])
def test_what_may_be_published_has_no_free_text(face: str, project: Path) -> None:
    free = "Ställena väljs efter risk"
    assert main(["exportera", face, *(["--hela"] if face in ("docx", "md") else []), "--ut", f"a.{face}", *DAY]) == 0
    assert main(["exportera", face, *(["--hela"] if face in ("docx", "md") else []), "--publik", *DAY]) == 0
    public = project / f"{STEM}-publik.{face}"
    assert free not in everything(public)
    assert "Samordnad krogtillsyn" in everything(public)
    if face not in ("xlsx", "json"):
        assert free in everything(project / f"a.{face}")


def everything(file: Path) -> str:
    """All that a file says, hidden or not."""
    data = file.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def test_the_changes_of_a_plan_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path / "förråd")
    monkeypatch.chdir(story.folder)
    assert main(["exportera", "json", "--ut", "a.json", "--vid", "2026-12-31"]) == 0
    tables = read_back.tables_in((story.folder / "a.json").read_text("utf-8"))
    assert [row["vad"] for row in tables["ändringar"]]
    assert any(row["beslutat mål"] is not None for row in tables["uppföljning"])


READING = {
    "status": ["status", *DAY],
    "grouped": ["status", "--gruppera", "part", *DAY],
    "avvikelser": ["avvikelser", *DAY],
    "saknas": ["saknas", *DAY],
    "historik": ["historik", *DAY],
}


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("face", ["xlsx", "docx", "html"])
def test_a_reading_command_as_a_paper(name: str, face: str, project: Path, capsys: Capture) -> None:
    assert main([*READING[name], "--ut", f"a.{face}"]) == 0
    assert capsys.readouterr().out.startswith(f"Skrev a.{face}. Öppna den i ")
    data = (project / f"a.{face}").read_bytes()
    assert data.startswith(b"PK" if face != "html" else b"<!doctype html>")
    if name != "historik":
        assert "Samordnad krogtillsyn" in everything(project / f"a.{face}")


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("face", ["text", "json", "csv", "md"])
def test_a_file_says_what_would_be_printed(
    name: str, face: str, project: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ending = "txt" if face == "text" else face
    assert main([*READING[name], "--format", face]) == 0
    printed = capsysbinary.readouterr().out
    assert main([*READING[name], "--ut", f"a.{ending}"]) == 0
    written = (project / f"a.{ending}").read_bytes()
    assert written.replace(b"\r\n", b"\n") == printed.replace(b"\r\n", b"\n")


@pytest.mark.parametrize(
    ("option", "file", "tells"), [("--paminnelse", "brev.txt", "\nTill: "), ("--ics", "datum.ics", "BEGIN:VCALENDAR\n")]
)
def test_letters_and_calendar_to_a_file(option: str, file: str, tells: str, project: Path) -> None:
    assert main(["saknas", option, "--ut", file, "--plan", "exempelkoping-2026", *DAY]) == 0
    assert tells in (project / file).read_text("utf-8")


def test_an_empty_calendar_is_no_file(project: Path, capsys: Capture) -> None:
    assert main(["saknas", "--ics", "--ut", "a.ics", "--vid", "2031-01-01"]) == 0
    assert "blir ingen kalender" in capsys.readouterr().err
    assert new_in(project) == set()


def test_the_tables_of_several_plans_are_in_one_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path, {**SOUND, "plans/annan-2026.yaml": OTHER}))
    assert main(["status", "--ut", "a.xlsx", *DAY]) == 0
    sheets = read_back.workbook((tmp_path / "a.xlsx").read_bytes())
    assert list(sheets) == ["Om", "Uppföljning"]
    assert {row[0] for row in sheets["Uppföljning"][1:]} == {"annan-2026", "prov-2026"}
    assert ["Gör om med", f"uppfoljning status {' '.join(DAY)}"] in sheets["Om"]


READ = "i plans och reports ligger bara planer och rapporter."
NO_PLAN = {"reports/rader.csv": CSV}
TWO = {**SOUND, "plans/annan-2026.yaml": OTHER}
OLD = OTHER.replace("annan-2026", "forr-2020").replace("period: 2026", "period: 2020")
PAST = {
    "plans/prov-2026.yaml": PLAN,
    "plans/forr-2020.yaml": OLD.replace("terminer: {VT2026: [2026-01-08, 2026-06-12]}\n", ""),
    "reports/a.yaml": REPORT,
}


@pytest.mark.parametrize(
    ("files", "words", "said"),
    [
        (TWO, "exportera md", "flera planer gäller 2026-08-31. Välj en med --plan: prov-2026, annan-2026."),
        (PAST, "exportera md --vid 2024-01-01", "ingen plan gäller 2024-01-01. Välj en med --plan: prov-2026, forr-2020."),
        (NO_PLAN, "exportera md", "det finns ingen plan."),
        (SOUND, "exportera md --plan prov", "planen ”prov” finns inte. Menade du prov-2026?"),
        (SOUND, "exportera md --plats hamnen", "inget åtagande passar urvalet."),
        (SOUND, "exportera md --part klubben", "parten ”klubben” finns inte i någon vald plan"),
        (SOUND, "exportera pdf", "argumentet FORMAT: ”pdf” finns inte att välja. Välj bland html, xlsx, docx"),
        (SOUND, "exportera xlsx --hela", "flaggan --hela gäller docx och md; xlsx är alltid hela rapporten."),
        (SOUND, "exportera xlsx --csv-standard", "flaggan --csv-standard gäller bara csv, inte xlsx."),
        (SOUND, "exportera xlsx --ut a.docx", "flaggan --ut: a.docx slutar på .docx, men det som skrivs är xlsx."),
        (SOUND, "exportera csv --ut a.csv", "flaggan --ut: a.csv slutar på .csv, men det som skrivs är en mapp"),
        (SOUND, "exportera csv --ut fil", "flaggan --ut: fil är en fil, men formatet csv blir en mapp"),
        (SOUND, "exportera csv --ut reports", f"flaggan --ut: {READ}"),
        (SOUND, "exportera json --ut plans/a.json", f"flaggan --ut: {READ}"),
        (SOUND, "exportera json --ut mapp", "flaggan --ut: mapp är en mapp. Skriv också vad filen ska heta."),
        (SOUND, "exportera json --ut fil/a.json", "flaggan --ut: det går inte att skriva fil/a.json."),
        (SOUND, "exportera csv --ut fil/a", "flaggan --ut: det går inte att skriva fil/a."),
        (SOUND, "status --ut reports/a.csv", f"flaggan --ut: {READ}"),
        (SOUND, "status --ut a.xlsx --format csv", "flaggan --ut: a.xlsx slutar på .xlsx, men formatet är csv."),
        (SOUND, "saknas --ut a.ics", "flaggan --ut: a.ics slutar på .ics, men formatet är text."),
        (SOUND, "saknas --ics --ut a.xlsx", "flaggan --ut: a.xlsx slutar på .xlsx, men formatet är ics."),
        (SOUND, "saknas --ics --format xlsx", "flaggorna --ics och --format går inte ihop."),
    ],
)  # fmt: skip
def test_misuse(
    files: dict[str, str], words: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(folder(tmp_path, {**files, "fil": "x", "mapp/y": "x"}))
    before = sorted(tmp_path.rglob("*"))
    argv = words.split()
    assert main(argv if "--vid" in argv else [*argv, *DAY]) == 2
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0][: len(f"fel: {said}")]) == ("", f"fel: {said}")
    assert sorted(tmp_path.rglob("*")) == before


def test_one_plan_of_several_that_runs_on_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path, PAST))
    assert main(["exportera", "json", *DAY]) == 0
    assert (tmp_path / "uppfoljning-prov-2026-2026-08-31.json").is_file()


def test_a_project_with_an_error_is_written_and_ends_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(folder(tmp_path, {**SOUND, "reports/trasig.yaml": "a: ["}))
    assert main(["exportera", "json", *DAY]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("Skrev ") and err.startswith("1 fil utelämnad på grund av fel")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("face", ["xlsx", "docx"])
def test_a_terminal_is_shown_no_binary_file(face: str) -> None:
    status, said = terminal("status", "--format", face)
    assert status == 2
    assert said.splitlines()[0] == (
        f"fel: formatet {face} går inte att visa i en terminal. Skriv en fil med --ut, till exempel --ut tabell.{face}."
    )


def test_a_pipe_gets_the_bytes() -> None:
    done = process("avvikelser", "--format", "xlsx", "--plan", "exempelkoping-2026", *DAY)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Avvikelser" in read_back.workbook(done.stdout)
    page = process("status", "--format", "html", *DAY, encoding="cp1252").stdout.decode("utf-8")
    assert "Åtgärdsplan för Exempelköping 2026" in page


LIGHT = """
import sys
from uppfoljning.cli.main import main
status = main(sys.argv[1:])
print(sorted({"pandas", "numpy", "rich", "xlsxwriter", "docx", "lxml"} & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("argv", "heavy"),
    [
        (["status"], []),
        (["exportera", "html"], ["numpy", "pandas"]),  # the example has outcome series
        (["exportera", "html", "--publik"], []),
        (["exportera", "csv"], []),
        (["exportera", "json"], []),
        (["exportera", "md"], []),
        (["exportera", "xlsx"], ["xlsxwriter"]),
        (["exportera", "docx"], ["docx", "lxml"]),
        (["exportera", "--help"], []),
    ],
    ids=str,
)
def test_only_what_is_needed_is_read_in(argv: list[str], heavy: list[str], project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *argv, *DAY],
        capture_output=True, check=True, timeout=60, text=True, cwd=project, env=environment(),
    )  # fmt: skip
    assert done.stderr == f"{heavy}\n"
