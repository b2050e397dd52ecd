"""`importera` with what people send back: a folder, a file, or text from standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.cli.running import folder
from tests.collect.letters import PROJECT, REPORT, answered, mail_text, quoted
from uppfoljning.cli.main import main
from uppfoljning.files.yaml_write import write_yaml

FILE = "reports/prov-2026/gang/2026-03-06-k7m3-9qfx.yaml"


def text(**changes: Any) -> str:
    return write_yaml({key: value for key, value in {**REPORT, **changes}.items() if value is not None})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(folder(tmp_path / "projekt", PROJECT))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inkorg").mkdir()
    return tmp_path / "inkorg"


def run(project: Path, *words: str | Path) -> int:
    return main(["-C", str(project), "importera", *map(str, words)])


def written(project: Path) -> dict[str, str]:
    everything = (path for path in (project / "reports").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_text("utf-8") for path in sorted(everything)}


def mixed() -> Mapping[str, str | bytes]:
    """A folder as a coordinator has it on a Monday."""
    letter = EmailMessage()
    letter["From"] = "Någon Namnsson <namn@exempel.se>"
    letter["Subject"] = "Rapport från Någon Namnsson"
    letter.set_content(answered(quoted(mail_text({**REPORT, "datum": "2026-02-06", "kvitto": "bcdf-2345"}))))
    return {
        "a.yaml": text(),
        "b.eml": letter.as_bytes(),
        "fler/c.txt": mail_text(REPORT),
        "fler/.dold.yaml": text(kvitto="dold-2222"),
        ".gömd/d.yaml": text(kvitto="dold-3333"),
        "desktop.ini": "x",
        "e.yaml": text(kvitto="ghjk-2345", slut="02:75"),
        "f.txt": "Hej, kommer i morgon!",
        "g.exe": b"MZ\0\0",
        "h.csv": "a;b\n",
        "i.yaml": text(uppgifter={"samtal": "24"}),
        "j.yaml": text(kvitto="lmnp-2345", text="Ring 070-123 45 67 till namn@exempel.se"),
    }


def test_a_folder_of_everything(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(inbox, mixed())
    before = {path: path.read_bytes() for path in inbox.rglob("*") if path.is_file()}
    assert run(project, inbox) == 1
    told = capsys.readouterr()
    assert told.out == (
        "2 skrivna · 1 fanns redan · 6 kom inte med\n"
        f"a.yaml → {FILE}\n"
        "    blanketten är äldre än planen; gör en ny med: uppfoljning blankett gång\n"
        "b.eml (brevet) → reports/prov-2026/gang/2026-02-06-bcdf-2345.yaml\n"
        "    blanketten är äldre än planen; gör en ny med: uppfoljning blankett gång\n"
        f"fler/c.txt: fanns redan (kvitto k7m3-9qfx, {FILE})\n"
        f"i.yaml: säger något annat än {FILE}, som har samma kvitto k7m3-9qfx\n"
        "    uppgifter.samtal: 23 → 24\n"
        f"    uppgifter.rutt: {REPORT['uppgifter']['rutt'][:79]}… → tomt\n"  # type: ignore[index,call-overload]
        "e.yaml rad 5: fel[S104] värdet är inget klockslag: minuterna går från 00 till 59\n"
        "    hjälp: skriv till exempel 02:15; ett tillfälle får gå över midnatt\n"
        "j.yaml rad 32: personuppgift[I103] det här ser ut som ett telefonnummer: 10 siffror, visas inte\n"
        "    hjälp: skriv funktionen i stället för numret\n"
        "j.yaml rad 32: personuppgift[I102] det här ser ut som en e-postadress: 15 tecken, visas inte\n"
        "    hjälp: skriv funktionen i stället för adressen\n"
        "f.txt: ingen rapport hittades – be om filen som blanketten gav, eller hela texten mellan strecken\n"
        "g.exe: en sådan fil läses inte – bara filer som slutar på .yaml, .yml, .txt, .md, .eml, .html, .htm\n"
        "h.csv: en tabell läses in för sig – kör uppfoljning importera med tabellens namn\n"
        "Ska det som är ändrat gälla: kör igen med --ratta, så skrivs rättelser.\n"
        "Blanketten har ändrats för gång. Dela ut den nya, så att alla svarar på samma frågor.\n"
        "Rätta det som inte kom med, eller be om det på nytt, och kör igen. Det som redan är skrivet blir inte dubbelt.\n"
    )
    assert told.err == ""
    assert list(written(project)) == ["reports/prov-2026/gang/2026-02-06-bcdf-2345.yaml", FILE]
    assert "Namnsson" not in told.out + "".join(written(project).values())
    assert {path: path.read_bytes() for path in inbox.rglob("*") if path.is_file()} == before
    assert main(["-C", str(project), "validera"]) == 0


def test_once_more_writes_nothing_and_corrections_are_asked_for(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(inbox, mixed())
    run(project, inbox)
    first = written(project)
    run(project, inbox)
    assert written(project) == first
    capsys.readouterr()
    assert run(project, inbox, "--ratta") == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "0 skrivna · 1 rättad · 3 fanns redan · 5 kom inte med\ni.yaml → reports/prov-2026/gang/2026-03-06-k7m3-9qfx-2-"
    )
    assert "(rättar prov-2026/gang/2026-03-06-k7m3-9qfx)\n" in out
    assert "    uppgifter.samtal: 23 → 24\n" in out
    assert "--ratta" not in out
    corrected = written(project)
    assert len(corrected) == 3
    run(project, inbox, "--ratta")
    assert written(project) == corrected
    assert main(["-C", str(project), "validera"]) == 0


def test_a_dry_run_writes_nothing(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(inbox, {"a.yaml": text(), "b.yaml": text(start="21:00")})
    assert run(project, inbox, "--torrkorning", "--ratta") == 0
    assert capsys.readouterr().out.startswith(
        f"1 skulle skrivas · 1 skulle rättas · 0 fanns redan · 0 kom inte med. Inget är skrivet.\na.yaml → {FILE}\n"
    )
    assert not (project / "reports").exists()


def test_all_or_nothing(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(inbox, {"a.yaml": text(), "b.txt": "hej"})
    assert run(project, inbox, "--allt-eller-inget") == 1
    assert "0 fanns redan · 1 kom inte med. Inget är skrivet, för allt kunde inte komma med." in capsys.readouterr().out
    assert not (project / "reports").exists()
    (inbox / "b.txt").unlink()
    assert run(project, inbox, "--allt-eller-inget") == 0
    assert list(written(project)) == [FILE]


def test_a_single_file_is_found_from_here_and_from_the_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(project, {"inkorg/a.yaml": text()})
    assert run(project, "inkorg/a.yaml") == 0
    monkeypatch.chdir(project / "inkorg")
    assert main(["importera", "a.yaml"]) == 0
    assert list(written(project)) == [FILE]


class Piped(io.TextIOWrapper):
    """Standard input as a pipe, or with `typed` as a terminal."""

    typed = False

    def isatty(self) -> bool:
        return self.typed


def test_text_from_standard_input(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(io.BytesIO(mail_text(REPORT).encode("cp1252"))))
    assert run(project, "-") == 0
    assert list(written(project)) == [FILE]
    assert capsys.readouterr().err == ""
    typed = Piped(io.BytesIO(b"x" * (1024 * 1024 + 1)))
    typed.typed = True
    monkeypatch.setattr(sys, "stdin", typed)
    assert run(project, "-") == 1
    told = capsys.readouterr()
    assert "Avsluta med Ctrl-D" in told.err
    assert "inklistrad text: den är större än 1 MB – be om rapporten för sig" in told.out


@pytest.mark.parametrize("word", ["finns-inte", "", "reports", "reports/a.yaml", "plans"])
def test_what_is_no_inbox(word: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(project, {"reports/a.yaml": text()})
    assert run(project, word) == 2
    assert ("hör till projektet självt" if word and word[0] in "rp" else "finns inte") in capsys.readouterr().err


def test_an_empty_folder(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, inbox) == 0
    assert capsys.readouterr().out.startswith("Det finns inget att läsa in i ")


def test_the_project_itself_as_inbox_passes_its_own_reports_by(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(project, {"reports/gammal.yaml": text(kvitto=None), "inkorg/a.yaml": text(datum="2026-03-05")})
    assert run(project, project) == 0
    assert capsys.readouterr().out.startswith("1 skriven · 0 fanns redan · 0 kom inte med\ninkorg/a.yaml → ")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="länkar och rättigheter som i Unix")
def test_links_pipes_and_what_may_not_be_read(
    project: Path, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(tmp_path / "annat", {"a.yaml": text(), "b.yaml": text(kvitto="bcdf-2345")})
    folder(inbox, {".dold.yaml": text(kvitto="bcdf-2345"), "under/c.yaml": text()})
    (inbox / "a.yaml").symlink_to(tmp_path / "annat" / "a.yaml")
    (inbox / "borta.yaml").symlink_to(inbox / "finns-inte")
    (inbox / "c.yaml").symlink_to("under/c.yaml")
    (inbox / "dold.yaml").symlink_to(".dold.yaml")
    (inbox / "mapp").symlink_to(tmp_path / "annat")
    (inbox / "rund.yaml").symlink_to(inbox / "rund.yaml")
    os.mkfifo(inbox / "rör.yaml")
    (inbox / "stor.yaml").write_bytes(b"#" * (1024 * 1024 + 1))
    (inbox / "stor.eml").write_bytes(b"\n" * (1024 * 1024 + 1))
    assert run(project, inbox) == 1
    assert list(written(project)) == [FILE]
    assert [line for line in capsys.readouterr().out.split("\n") if " – " in line] == [
        "a.yaml: den är en länk ut ur mappen – lägg själva filen där i stället för länken",
        "borta.yaml: filen gick inte att läsa – kontrollera att den finns och att du får läsa den",
        "dold.yaml: den är en länk ut ur mappen – lägg själva filen där i stället för länken",
        "mapp: den är en länk ut ur mappen – lägg själva filen där i stället för länken",
        "rund.yaml: filen gick inte att läsa – kontrollera att den finns och att du får läsa den",
        "rör.yaml: filen gick inte att läsa – kontrollera att den finns och att du får läsa den",
        "stor.eml: ingen rapport hittades – be om filen som blanketten gav, eller hela texten mellan strecken",
        "stor.yaml: den är större än 1 MB – be om rapporten för sig, som filen som blanketten gav",
    ]


def test_a_folder_that_may_not_be_opened(
    project: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "låst").mkdir()
    iterdir = Path.iterdir

    def locked(path: Path) -> Any:
        if path.name == "låst":
            raise PermissionError(13, "nej")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", locked)
    assert run(project, inbox) == 1
    assert "låst: filen gick inte att läsa" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="länkar som i Unix")
def test_nothing_is_written_through_a_linked_folder(
    project: Path, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(inbox, {"a.yaml": text()})
    (tmp_path / "annans").mkdir()
    (project / "reports").symlink_to(tmp_path / "annans")
    assert run(project, inbox) == 2
    assert "här ska det vara vanliga mappar: reports." in capsys.readouterr().err
    assert list((tmp_path / "annans").iterdir()) == []


def test_a_full_disk_is_told(
    project: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "full")

    folder(inbox, {"a.yaml": text()})
    monkeypatch.setattr(os, "fsync", full)
    assert run(project, inbox) == 1
    assert "det går inte att skriva i mappen reports: disken är full. Frigör utrymme och kör igen." in capsys.readouterr().err
    assert not (project / "reports").exists()
    assert written(project) == {}


def test_many_differences_and_remarks_are_told_shortly(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    things = [{"text": f"Sak {number}"} for number in range(30)]
    folder(inbox, {"a.yaml": text(iakttagelser=None), "b.yaml": text(iakttagelser=things)})
    folder(inbox, {"c.yaml": text(kvitto="bcdf-2345", start=None, slut=None, avvikelser=None)})
    assert run(project, inbox) == 1
    out = capsys.readouterr().out
    assert "    … och 10 till\n" in out
    assert "    rad 3: varning[Q601] troligen samma tillfälle två gånger\n" in out


def test_a_report_that_gives_an_error_elsewhere_is_told_with_the_place(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    totals = "åtagande: gång\nplan: prov-2026\nperiod: 2026-03\nantal: {}\ninlämnad: 2026-04-0{}\n"
    folder(project, {"reports/mars.yaml": totals.format(3, 2)})
    folder(inbox, {"a.yaml": totals.format(4, 1)})
    assert run(project, inbox) == 1
    out = capsys.readouterr().out
    assert "a.yaml" in out
    assert "reports/mars.yaml" in out


def test_a_thousand_files(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signs = "bcdfghjkmn"
    for number in range(1000):
        receipt = "bcdf-" + "".join(signs[int(digit)] for digit in f"{number:04}")
        day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
        report = {
            **REPORT,
            "datum": day,
            "start": f"{number % 24:02}:{number % 60:02}",
            "kvitto": receipt,
            "inlämnad": "2026-12-31",
        }
        (inbox / f"{number}.txt").write_text(quoted(mail_text(report)), "utf-8")
    begun = perf_counter()
    assert run(project, inbox) == 0
    assert perf_counter() - begun < 30
    assert capsys.readouterr().out.startswith("1000 skrivna · 0 fanns redan · 0 kom inte med\n")
    assert len(written(project)) == 1000
