"""`exportera partiella` and `samla`: what is written and shown, that it adds up, and what is told of what cannot be read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.files.test_git import Repository
from tests.national.pieces import FILES, promise
from tests.projects import FORM
from uppfoljning.cli import extras as national
from uppfoljning.cli.gather import _months
from uppfoljning.cli.main import main
from uppfoljning.domain.period import parse_period
from uppfoljning.national.schema import COUNTIES, TABLES, municipalities, municipality_name

Capture = pytest.CaptureFixture[str]
PEOPLE = FORM.replace("samtal: {typ: antal}", "samtal: {typ: antal, avser: personer}")
DAY = ("--vid", "2026-12-31")


def town(folder: Path, code: str, form: str = FORM, **reports: str) -> Path:
    """The repository of a municipality on disk."""
    files = {"plans/prov-2026.yaml": promise(code), "plans/snabbrapporter/prov.yaml": form}
    files |= {f"reports/{name}.yaml": f"plan: prov-2026\nåtagande: lov\n{said}" for name, said in (reports or FILES).items()}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def talks(number: int) -> str:
    return f"datum: 2026-03-06\nparter: [kommunen]\nuppgifter: {{samtal: {number}}}\ninlämnad: 2026-03-07\n"


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three municipalities in two counties, of which one has reported a single occasion."""
    for code, reports in (("0180", FILES), ("0181", {"a": talks(30)}), ("1480", FILES)):
        town(tmp_path / f"kommun-{code}", code, **reports)
    monkeypatch.chdir(tmp_path)
    return tmp_path


ALL = ("kommun-0180", "kommun-0181", "kommun-1480")


def tables(capsys: Capture, *argv: str, status: int = 0) -> dict[str, list[dict[str, Any]]]:
    assert main(["samla", *argv, *DAY, "--format", "json"]) == status
    found: dict[str, list[dict[str, Any]]] = json.loads(capsys.readouterr().out)["tabeller"]
    return found


def export(towns: Path, name: str, out: str, *more: str) -> None:
    assert main(["-C", name, "exportera", "partiella", *DAY, "--ut", f"../{out}", *more]) == 0


def test_the_country_the_counties_and_the_municipalities(towns: Path, capsys: Capture) -> None:
    found = tables(capsys, *ALL)
    assert [(one["län"], one["kommuner"], one["rapporter"], one["tillfällen"]) for one in found["län"]] == [
        ("Hela landet", 3, 17, 13),
        ("Stockholms län", 2, 9, 7),
        ("Västra Götalands län", 1, 8, 6),
    ]
    assert [
        (one["kommun"], one["rapporter"], one["inställda"], one["senaste"], one["månader med rapport"])
        for one in found["kommuner"]
    ] == [
        ("Stockholm", 8, 1, "2026-06", 6),
        ("Södertälje", 1, 0, "2026-03", 1),
        ("Göteborg", 8, 1, "2026-06", 6),
    ]
    assert found["län"][0]["säkerhet"] == "minst" and found["kommuner"][1]["säkerhet"] == ""
    (form,) = found["blanketter"]
    assert (form["blankett"], form["slag"], form["kommuner"], form["kommunkoder"]) == ("prov", "egen", 3, "0180, 0181, 1480")
    (fulfilled,) = found["uppfyllelse"]
    assert (fulfilled["åtaganden"], fulfilled["lovade tillfällen"], fulfilled["gjorda"]) == (3, 36, 13)
    march = next(one for one in found["månader"] if one["månad"] == "2026-03")
    assert (march["rapporterade"], march["tysta"], march["rapporter"]) == (3, 0, 3)
    assert len(found["rapportmånader"]) == 36 and "siffror" not in found


def test_the_answer_and_who_is_silent(towns: Path, capsys: Capture) -> None:
    assert main(["samla", *ALL, "--vid", "2026-12-31", "--period", "2026-06"]) == 0
    out = capsys.readouterr().out
    assert "3 kommuner i 2 län · 0 av 3 åtaganden med måltal följer planen eller är uppnådda · 2 rapporter" in out
    assert "1 kommun har inte rapporterat något i 2026-06–2026-06: Södertälje." in out
    assert "juni 2026, per 2026-12-31" in out and "3 förråd lästa · 0 utelämnade" in out


@pytest.mark.slow
@pytest.mark.parametrize("figures", [(), ("--siffror",), ("--period", "2026-T1"), ("--blankett", "prov")])
def test_folders_and_exports_give_the_same_in_any_order_and_split(figures: tuple[str, ...], towns: Path, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    export(towns, "kommun-0181", "två")
    export(towns, "kommun-1480", "två")
    capsys.readouterr()
    whole = tables(capsys, *ALL, *figures)
    for mixed in (("ett", "två"), ("två", "ett"), ("kommun-1480", "ett", "kommun-0181")):
        assert tables(capsys, *mixed, *figures) == whole


def test_the_text_is_the_same_to_the_byte(towns: Path, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    export(towns, "kommun-1480", "två")
    seen = set()
    for order in (("ett", "två"), ("två", "ett")):
        capsys.readouterr()
        assert main(["samla", *order, *DAY, "--siffror"]) == 0
        seen.add(capsys.readouterr().out)
    assert len(seen) == 1


@pytest.mark.slow
@pytest.mark.parametrize("face", ["text", "json", "csv", "md", "xlsx", "docx", "html"])
def test_every_format_is_written_to_a_file(face: str, towns: Path, capsys: Capture) -> None:
    name = f"land.{'txt' if face == 'text' else face}"
    assert main(["samla", *ALL, *DAY, "--ut", name, "--siffror"]) == 0
    assert (towns / name).stat().st_size > 300 and name in capsys.readouterr().out


def test_the_table_for_a_spreadsheet_has_a_row_a_municipality(towns: Path, capsys: Capture) -> None:
    assert main(["samla", *ALL, *DAY, "--format", "csv"]) == 0
    head, *rows = capsys.readouterr().out.removeprefix("\ufeff").splitlines()
    assert head.startswith("Kommun;Kommunkod;Län;Åtaganden") and [row.split(";")[:2] for row in rows] == [
        ["Stockholm", "0180"],
        ["Södertälje", "0181"],
        ["Göteborg", "1480"],
    ]


def test_few_people_are_not_told_nor_can_be_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    for code, number in (("0180", 3), ("1280", 40), ("1480", 50)):
        town(tmp_path / code, code, PEOPLE, a=talks(number))
    found = tables(capsys, "0180", "1280", "1480", "--siffror")
    (total,) = (one["summa"] for one in found["siffror"] if one["vad"] == "samtal")
    assert total == 93
    shown = [one["summa"] for one in found["siffror-län"] if one["vad"] == "samtal"]
    assert shown.count(None) == 2 and shown[0] is None
    assert main(["samla", "0180", *DAY, "--siffror"]) == 0
    assert "färre än 5" in capsys.readouterr().out


def test_figures_of_few_municipalities_are_kept_back(towns: Path, capsys: Capture) -> None:
    found = tables(capsys, *ALL, "--minst-kommuner", "2")
    assert [one["rapporter"] for one in found["län"]] == [17, None, None]  # one alone could be worked out
    assert "kommuner" not in found and found["blanketter"][0]["rapporter"] == 17 and found["blanketter"][0]["kommunkoder"] == ""
    assert main(["samla", *ALL, *DAY, "--minst-kommuner", "4"]) == 0
    out = capsys.readouterr().out
    assert "Siffrorna visas inte, för de står för färre än 4 kommuner." in out and "för få kommuner" in out and "17" not in out


BROKEN = b"PAR1 no parquet at all PAR1"


def broken(folder: Path) -> None:
    (folder / "rapportmanader" / "kalla=kommun-0180" / "delsummor.parquet").write_bytes(BROKEN)


def cut(folder: Path) -> None:
    file = folder / "ataganden" / "kalla=kommun-0180" / "delsummor.parquet"
    content = bytearray(file.read_bytes())
    content[4:60] = bytes(56)
    file.write_bytes(bytes(content))


def changed(folder: Path, table: str, asked: str) -> None:
    file = folder / table / "kalla=kommun-0180" / "delsummor.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {asked} FROM read_parquet('{file}', hive_partitioning = false)")
        connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")


def older(folder: Path) -> None:
    """As version 1 of the format was."""
    shutil.rmtree(folder / "rapportmanader")
    for table in ("manader", "siffror", "ataganden", "mal"):
        changed(folder, table, "* REPLACE (1::SMALLINT AS version)")


def moved(folder: Path) -> None:
    (folder / "mal" / "kalla=kommun-0180").rename(folder / "mal" / "kalla=kommun-0184")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("harm", "tells"),
    [
        (broken, "ett: kommun 0180: rapportmanader går inte att läsa, filen är trasig. Exportera om"),
        (cut, "ett: kommun 0180: ataganden går inte att läsa, filen är trasig."),
        (
            lambda at: changed(at, "ataganden", "* REPLACE (3::SMALLINT AS version)"),
            "ataganden har en annan version av formatet.",
        ),
        (older, "ett: kommun 0180 är exporterad med en äldre version. Uppdatera uppfoljning där och exportera om med:"),
        (lambda at: changed(at, "ataganden", "1 AS x"), "ataganden har ett annat format."),
        (lambda at: changed(at, "rapportmanader", "* EXCLUDE (rapporter)"), "rapportmanader har andra kolumner än den ska."),
        (lambda at: changed(at, "ataganden", "* REPLACE ('bra' AS status)"), "ataganden har värden som inte kan stå där."),
        (lambda at: changed(at, "ataganden", "* REPLACE ('0181' AS kommun)"), "ataganden hör till en annan kommun."),
        (moved, "ett: kommun 0180 saknar mal."),
        (lambda at: (at / "mal" / "kopia.parquet").write_bytes(BROKEN), "ett: mal/kopia.parquet hör inte till delsummorna"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(harm: Any, tells: str, towns: Path, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    harm(towns / "ett")
    capsys.readouterr()
    assert main(["samla", "ett", "kommun-1480", *DAY]) == 1
    out, err = capsys.readouterr()
    assert tells in err and "Göteborg" in out and "Traceback" not in err
    assert ("Stockholm " in out) == ("kopia" in tells)


def test_a_plan_that_comes_twice_counts_once(towns: Path, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    capsys.readouterr()
    assert main(["samla", "kommun-0180", "ett", *DAY]) == 1
    out, err = capsys.readouterr()
    assert "ett: planen prov-2026 i kommun 0180 finns redan i kommun-0180 och räknas bara därifrån." in err
    assert "1 kommun i 1 län" in out and "8 rapporter" in out


def test_two_repositories_of_one_municipality_are_added(towns: Path, capsys: Capture) -> None:
    other = towns / "andra"
    town(other, "0180", a=talks(3))
    plan = (other / "plans/prov-2026.yaml").read_text("utf-8").replace("plan: prov-2026", "plan: annan-2026")
    (other / "plans/prov-2026.yaml").unlink()
    (other / "plans/annan-2026.yaml").write_text(plan, "utf-8")
    report = other / "reports/a.yaml"
    report.write_text(report.read_text("utf-8").replace("prov-2026", "annan-2026"), "utf-8")
    assert tables(capsys, "kommun-0180", "andra")["kommuner"][0]["rapporter"] == 9


def test_what_is_no_source_is_told(towns: Path, capsys: Capture) -> None:
    (towns / "tom").mkdir()
    (towns / "tom2" / "manader").mkdir(parents=True)
    assert main(["samla", "tom", "tom2", "saknas", "kommun-0180", *DAY]) == 1
    out, err = capsys.readouterr()
    assert "tom: mappen är varken ett förråd" in err and "saknas: mappen finns inte." in err
    assert "tom2: mappen har inga delsummor i sig." in err
    assert "Stockholm" in out and "3 utelämnade" in out
    assert main(["samla", "tom", *DAY]) == 1
    assert capsys.readouterr().err.endswith("fel: inget att samla. Ange mappar med plans och reports, eller med delsummor.\n")


def test_a_repository_with_errors_is_told_and_what_is_sound_counts(towns: Path, capsys: Capture) -> None:
    (towns / "kommun-0180" / "reports" / "trasig.yaml").write_text("datum: igår\n", "utf-8")
    assert main(["samla", "kommun-0180", *DAY]) == 1
    out, err = capsys.readouterr()
    assert "kommun-0180: " in err and "fel, och det som är fel är inte med" in err and "8 rapporter" in out


def test_a_repository_that_does_not_say_its_municipality(towns: Path, capsys: Capture) -> None:
    plan = towns / "kommun-0180" / "plans" / "prov-2026.yaml"
    plan.write_text(plan.read_text("utf-8").replace('kommun: "0180"\n', ""), "utf-8")
    assert main(["samla", "kommun-0180", "kommun-1480", *DAY]) == 1
    assert "det framgår inte vilken kommun prov-2026 gäller. Skriv kommun: i planen." in capsys.readouterr().err
    assert main(["-C", "kommun-0180", "exportera", "partiella", *DAY]) == 2
    assert "eller ange koden med --kommun" in capsys.readouterr().err
    export(towns, "kommun-0180", "ett", "--kommun", "0184")
    assert (towns / "ett/mal/kalla=kommun-0184/delsummor.parquet").is_file()


def test_an_export_is_repeated_in_place_and_tells_what_else_lies_there(towns: Path, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    assert "Skrev 5 filer i ../ett." in capsys.readouterr().out
    export(towns, "kommun-0180", "ett")
    assert "../ett är redan aktuell." in capsys.readouterr().out
    export(towns, "kommun-0181", "ett")
    assert "kalla=kommun-0180/delsummor.parquet" in capsys.readouterr().err
    assert main(["-C", "kommun-0180", "exportera", "partiella", *DAY]) == 0
    assert {one.name for one in (towns / "kommun-0180" / "uppfoljning-partiella").iterdir()} == set(TABLES)


def test_an_export_of_a_figure_that_is_too_large_ends_in_one(towns: Path, capsys: Capture) -> None:
    town(towns / "stor", "0180", a=talks(10**15))
    assert main(["-C", "stor", "exportera", "partiella", *DAY]) == 1
    assert "För stora tal är utelämnade i prov-2026/lov." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "tells"),
    [
        (["samla"], "KÄLLA"),
        (["samla", "kommun-0180", "--period", "2026-W14"], "är inte hela månader"),
        (["samla", "kommun-0180", "--period", "2026-13"], "flaggan --period"),
        (["samla", "kommun-0180", "--vid", "igår"], "flaggan --vid"),
        (["samla", "kommun-0180", "--minst-kommuner", "0"], "--minst-kommuner"),
        (["samla", "kommun-0180", "--format", "ics"], "--format"),
        (["samla", "kommun-0180", "--ut", "kommun-0180"], "är en mapp"),
        (["-C", "kommun-0180", "exportera", "partiella", "--kommun", "180"], "fyra siffror"),
        (["-C", "kommun-0180", "exportera", "partiella", "--part", "kommunen"], "flaggan --part gäller inte partiella"),
        (["-C", "kommun-0180", "exportera", "partiella", "--publik"], "flaggan --publik gäller inte partiella"),
        (["-C", "kommun-0180", "exportera", "partiella", "--hela"], "flaggan --hela"),
        (["-C", "kommun-0180", "exportera", "html", "--kommun", "0180"], "flaggan --kommun gäller inte html"),
        (["-C", "kommun-0180", "exportera", "partiella", "--plan", "nej"], "planen ”nej” finns inte"),
        (["-C", "kommun-0180", "exportera", "partiella", "--ut", "plans/x"], "ligger bara planer och rapporter"),
    ],
)
def test_misuse(argv: list[str], tells: str, towns: Path, capsys: Capture) -> None:
    assert main(argv) == 2
    assert tells in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["samla", "kommun-0180"], ["-C", "kommun-0180", "exportera", "partiella"]])
def test_the_missing_extra_is_named(argv: list[str], towns: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(national, "find_spec", lambda name: None)
    assert main(argv) == 2
    assert "duckdb och narwhals, som inte är installerat. Installera tillägget nationell" in capsys.readouterr().err


def test_no_other_command_reads_in_the_engine() -> None:
    script = (
        "import sys\nfrom uppfoljning.cli.main import main\nmain(['status'])\nprint({'duckdb', 'narwhals'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=Path(__file__).resolve().parents[2]
    )
    assert done.stdout.decode().splitlines()[-1] == "set()"


def test_names_and_codes() -> None:
    assert len(municipalities()) == 290 and len(COUNTIES) == 21
    assert {code[:2] for code in municipalities()} == set(COUNTIES)
    assert (municipality_name("0180"), municipality_name("2584"), municipality_name("9999")) == (
        "Stockholm",
        "Kiruna",
        "kommun 9999",
    )


def test_the_months_looked_at() -> None:
    from datetime import date

    assert _months(None, date(2026, 3, 6))[::11] == ("2025-04", "2026-03")
    period = parse_period("2025-T3")
    assert not isinstance(period, str) and _months(period, date(2026, 3, 6)) == ("2025-09", "2025-10", "2025-11", "2025-12")  # type: ignore[arg-type]


def test_an_interrupted_export_leaves_what_was_there(towns: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    export(towns, "kommun-0180", "ett")
    before = {path: path.read_bytes() for path in (towns / "ett").rglob("*.parquet")}
    town(towns / "kommun-0180", "0180", z=talks(9))
    shutil.rmtree(towns / "ett" / "mal")
    (towns / "ett" / "mal").write_text("en fil i vägen")
    assert main(["-C", "kommun-0180", "exportera", "partiella", *DAY, "--ut", "../ett"]) == 2
    assert "det går inte att skriva" in capsys.readouterr().err
    assert all(path.read_bytes() == content for path, content in before.items() if path.parts[-3] != "mal")


def test_sums_of_another_day_stand_as_they_are_and_that_is_told(towns: Path, capsys: Capture) -> None:
    for name, day in (("kommun-0180", "2026-03-31"), ("kommun-1480", "2026-06-30")):
        assert main(["-C", name, "exportera", "partiella", "--vid", day, "--ut", f"../{day}"]) == 0
    capsys.readouterr()
    assert main(["samla", "2026-03-31", *DAY]) == 0
    out = capsys.readouterr().out
    assert "Kommunerna är uppföljda per 2026-03-31." in out and "5 rapporter" in out
    assert main(["samla", "2026-03-31", "2026-06-30", *DAY]) == 0
    assert "uppföljda olika dagar, från 2026-03-31 till 2026-06-30." in capsys.readouterr().out


def test_a_commit_can_be_exported(towns: Path, capsys: Capture) -> None:
    repository = Repository(towns / "git")
    town(repository.folder, "0180", a=talks(3))
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Planen")
    town(repository.folder, "0180", b=talks(4))
    capsys.readouterr()
    export(towns, "git", "ett", "--ref", "HEAD")
    export(towns, "git", "två")
    capsys.readouterr()
    assert [tables(capsys, name)["kommuner"][0]["rapporter"] for name in ("ett", "två")] == [1, 2]


def test_of_one_form_only_those_who_have_it_are_told(towns: Path, capsys: Capture) -> None:
    plan = towns / "kommun-1480" / "plans" / "prov-2026.yaml"
    plan.write_text(plan.read_text("utf-8").replace("snabbrapport: prov", "snabbrapport: nattvandring"), "utf-8")
    for report in (towns / "kommun-1480" / "reports").iterdir():
        report.unlink()
    found = tables(capsys, *ALL, "--blankett", "nattvandring")
    assert [(one["kommun"], one["åtaganden"], one["rapporter"]) for one in found["kommuner"]] == [("Göteborg", 1, 0)]
    (form,) = found["blanketter"]
    assert (form["blankett"], form["slag"], form["kommunkoder"]) == ("nattvandring", "inbyggd", "1480")
    assert [one["blankett"] for one in tables(capsys, *ALL)["blanketter"]] == ["nattvandring", "prov"]
    assert tables(capsys, *ALL, "--blankett", "okänd") == {}
    assert main(["samla", *ALL, *DAY, "--blankett", "okänd"]) == 0
    assert "Ingen kommun har något åtagande med blanketten okänd." in capsys.readouterr().out
