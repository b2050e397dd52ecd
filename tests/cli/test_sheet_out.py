"""`ark` and back: a sheet that is handed back untouched changes nothing, and what is filled in comes in with its differences."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.running import HOME, folder
from tests.cli.test_bring_in import root
from tests.files.test_tables import grid
from tests.rules.project_pieces import base, base_without_reports, project, source
from uppfoljning.cli.main import main
from uppfoljning.collect.sheet import sheet_of
from uppfoljning.collect.table.import_rows import ExistingReports, bring_in
from uppfoljning.collect.table.template_sheet import own_sheet, table_of_own_sheet
from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.finding import Tree
from uppfoljning.files.csv import Fault
from uppfoljning.files.yaml_write import tidy, write_yaml
from uppfoljning.present.views.template_sheet import sheet_csv, sheet_xlsx

__all__ = ["root"]

Capture = pytest.CaptureFixture[str]
REPORT = """\
åtagande: nattvandring
plan: exempel-2026
datum: 2026-03-06
start: 20:30
parter: [nattvandrarna]
plats: [centrum, norra]
funktioner: {nattvandrare: 5}
uppgifter:
  samtal: 12
  rutt: "=1+1, -5; 'x'"
  stämning: lugnt
moment: {samling: ja}
inlämnad: 2026-03-07
"""
FILES: dict[str, str | bytes] = {**base_without_reports(), "reports/a.yaml": REPORT}
COMMITMENTS = [
    f"{path.stem}/{name}"
    for path in sorted((HOME / "plans").glob("*.yaml"))
    for name in re.findall(r"(?m)^  - id: (\S+)", path.read_text("utf-8"))
]


@pytest.fixture
def night(root: Path) -> Path:
    """A project with one report of a night walk."""
    folder(root, FILES)
    return root


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), *words])


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


def fill(path: Path, number: int, **answers: str) -> None:
    """Write answers, by key, in a row that is counted as a spreadsheet does."""
    rows = rows_of(path)
    for key, text in answers.items():
        rows[number - 1][rows[0].index(key.replace("__", "."))] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


@pytest.mark.parametrize("name", ["ark.csv", "ark.xlsx"])
def test_a_sheet_comes_back_without_a_difference(night: Path, capsys: Capture, name: str) -> None:
    assert run(night, "ark", "nattvandring", "--ut", name, "--tomma", "3") == 0
    assert capsys.readouterr().out == (
        f"Skrev {name}: 1 rapport och 3 tomma rader.\nNär arket är ifyllt: uppfoljning importera {name}\n"
    )
    assert run(night, "importera", name) == 0
    assert capsys.readouterr().out == "0 skrivna · 1 fanns redan · 0 kom inte med\n"


@pytest.mark.parametrize("kind", [sheet_csv, sheet_xlsx])
@pytest.mark.parametrize("name", COMMITMENTS)
def test_every_published_report_survives_the_way_out_and_back(name: str, kind: object) -> None:
    checked, memory = PUBLISHED
    plan = checked.plans[name.partition("/")[0]]
    commitment = next(one for one in plan.commitments if one.id == name.partition("/")[2])
    entries = checked.entries.get(plan.id, {}).get(commitment.id, ())
    form = checked.forms.get(commitment.form)
    sheet = own_sheet(sheet_of(plan, commitment, form), entries, ExistingReports(memory, checked.entries), ["k7m3-9qfx"])
    back = table_of_own_sheet(grid(kind(sheet)), checked)  # type: ignore[operator] # one of the two writers
    assert not isinstance(back, Fault)
    today = parse_date("2026-11-25")
    assert not isinstance(today, tuple)
    brought = bring_in(*back, checked, memory, today, correct=False)
    assert (brought.files, brought.changed, brought.refused) == ({}, (), ())
    replaced = {old for entry in entries for old in entry.report.replaces}
    assert len(brought.same) == len([entry for entry in entries if entry.id not in replaced])


def published() -> dict[str, bytes]:
    paths = [path for name in ("plans", "reports") for path in (HOME / name).rglob("*") if path.is_file()]
    return {path.relative_to(HOME).as_posix(): path.read_bytes() for path in sorted(paths)}


PUBLISHED = (project(published()), source(published()))


@settings(max_examples=60)
@given(
    st.text(min_size=1, max_size=30).map(tidy).filter(bool),
    st.sampled_from(["", "=", "+", "-", "@", "'=", "'"]),
    st.integers(0, 200),
    st.lists(st.sampled_from(["centrum", "norra"]), unique=True),
)
def test_any_text_survives_the_way_out_and_back(text: str, sign: str, count: int, places: list[str]) -> None:
    tree: dict[str, Tree] = {
        "åtagande": "nattvandring", "plan": "exempel-2026", "datum": "2026-03-06", "plats": list(places),
        "uppgifter": {"samtal": str(count), "rutt": tidy(sign + text)}, "text": tidy(f"{text}\n{sign}"),
    }  # fmt: skip
    files = {**base_without_reports(), "reports/a.yaml": write_yaml(tree).encode()}
    checked, memory = project(files), source(files)
    entries = checked.entries.get("exempel-2026", {}).get("nattvandring", ())
    plan = checked.plans["exempel-2026"]
    commitment = plan.commitments[0]
    sheet = own_sheet(
        sheet_of(plan, commitment, checked.forms[commitment.form]), entries, ExistingReports(memory, checked.entries), []
    )
    for data in (sheet_csv(sheet), sheet_xlsx(sheet)):
        back = table_of_own_sheet(grid(data), checked)
        assert not isinstance(back, Fault)
        today = parse_date("2026-11-25")
        assert not isinstance(today, tuple)
        brought = bring_in(*back, checked, memory, today, correct=False)
        assert brought.changed == () and len(brought.same) + len({one.number for one in brought.refused}) == len(entries)


def test_what_is_filled_in_and_changed_comes_in(night: Path, capsys: Capture) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.csv", "--tomma", "3")
    fill(night / "ark.csv", 3, uppgifter__samtal="14", plats="Norra stan")
    fill(night / "ark.csv", 4, datum="13/3-26", uppgifter__samtal="8", plats="Centrum")
    fill(night / "ark.csv", 5, datum="2026-03-20", plats="Centrum")
    fill(night / "ark.csv", 6, uppgifter__samtal="8")
    capsys.readouterr()
    assert run(night, "importera", "ark.csv") == 1
    assert capsys.readouterr().out == (
        "rad 5, Hur många ungdomar pratade ni med?: svaret saknas, och blanketten kräver det\nrad 6, Datum: dagen saknas\n"
        "rad 3, plats: centrum, norra → norra\nrad 3, samtal: 12 → 14\n"
        "1 skriven · 0 fanns redan · 1 har ändrats · 2 kom inte med\nRader som har ändrats rättar du med --ratta.\n"
    )
    (new,) = (night / "reports/exempel-2026/nattvandring").glob("2026-03-13-*.yaml")
    receipt = rows_of(night / "ark.csv")[3][0].removeprefix("ny ")
    assert f"kvitto: {receipt}\n" in new.read_text("utf-8") and receipt in new.name
    assert run(night, "importera", "ark.csv", "--ratta") == 1
    assert "0 skrivna · 1 rättad · 1 fanns redan · 2 kom inte med" in capsys.readouterr().out
    fill(night / "ark.csv", 4, uppgifter__samtal="9")
    assert run(night, "importera", "ark.csv") == 1
    assert "rad 4, samtal: 8 → 9\n0 skrivna · 1 fanns redan · 1 har ändrats" in capsys.readouterr().out
    assert run(night, "validera") == 0


def test_a_sheet_from_before_a_correction_changes_nothing_back(night: Path, capsys: Capture) -> None:
    run(night, "ark", "nattvandring", "--ut", "gammalt.csv")
    run(night, "ark", "nattvandring", "--ut", "nytt.csv")
    fill(night / "nytt.csv", 3, uppgifter__samtal="14")
    assert run(night, "importera", "nytt.csv", "--ratta") == 0
    capsys.readouterr()
    assert run(night, "importera", "gammalt.csv", "--ratta") == 1
    assert "rad 3: rapporten har rättats sedan arket hämtades; hämta ett nytt ark\n" in capsys.readouterr().out
    (night / "reports/a.yaml").unlink()
    for path in (night / "reports/exempel-2026").rglob("*.yaml"):
        path.unlink()
    assert run(night, "importera", "gammalt.csv") == 1
    assert "rad 3: rapporten som raden kommer från finns inte längre\n" in capsys.readouterr().out


def test_rows_that_somebody_adds_below(night: Path, capsys: Capture) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.csv", "--tomma", "0")
    rows = rows_of(night / "ark.csv")
    extra = ["" for _ in rows[0]]
    for key, text in (("datum", "2026-04-10"), ("uppgifter.samtal", "3"), ("uppgifter.rutt", "'=2+2")):
        extra[rows[0].index(key)] = text
    with (night / "ark.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([extra, ["", "1"]])
    assert run(night, "importera", "ark.csv") == 1
    assert "rad 5: raden har 2 fält men arket" in capsys.readouterr().out
    (new,) = (night / "reports/exempel-2026/nattvandring").glob("2026-04-10-ark-*.yaml")
    assert 'rutt: "=2+2"' in new.read_text("utf-8")
    run(night, "importera", "ark.csv")
    assert "0 skrivna · 2 fanns redan" in capsys.readouterr().out


def test_a_party_has_its_own_sheet(night: Path, capsys: Capture) -> None:
    other = REPORT.replace("[nattvandrarna]", "[nattvandrarna, kommunen]").replace("03-06", "03-05")
    folder(
        night,
        {"reports/b.yaml": other, "reports/c.yaml": REPORT.replace("[nattvandrarna]", "[kommunen]").replace("03-06", "03-04")},
    )
    run(night, "ark", "nattvandring", "--part", "nattvandrarna", "--ut", "ark.csv", "--tomma", "1")
    assert "2 rapporter och 1 tom rad" in capsys.readouterr().out
    assert "parter" not in rows_of(night / "ark.csv")[0]
    fill(night / "ark.csv", 5, datum="2026-04-10", uppgifter__samtal="3")
    assert run(night, "importera", "ark.csv") == 0
    assert "1 skriven · 2 fanns redan" in capsys.readouterr().out
    (new,) = (night / "reports/exempel-2026").rglob("2026-04-10-*.yaml")
    assert "parter: [nattvandrarna]" in new.read_text("utf-8")


def test_more_than_one_deviation_is_left_alone(night: Path, capsys: Capture) -> None:
    several = "avvikelser:\n  - {vad: Kom sent, skäl: resurser}\n  - {vad: Gick hem tidigt, skäl: väder}\n"
    folder(night, {"reports/a.yaml": REPORT + several})
    run(night, "ark", "nattvandring", "--ut", "ark.csv", "--tomma", "0")
    capsys.readouterr()
    assert run(night, "importera", "ark.csv") == 0
    fill(night / "ark.csv", 3, avvikelser__vad="Annat")
    assert run(night, "importera", "ark.csv") == 1
    assert "rad 3, Avvikelse: vad: rapporten har flera sådana; ändra i dess fil i stället\n" in capsys.readouterr().out


def test_rows_of_a_csv_series_can_be_corrected(root: Path, capsys: Capture) -> None:
    folder(root, base())
    run(root, "ark", "krogtillsyn", "--ut", "ark.csv", "--tomma", "0")
    fill(root / "ark.csv", 3, uppgifter__ställen="7")
    capsys.readouterr()
    assert run(root, "importera", "ark.csv", "--ratta") == 0
    assert "rad 3, ställen: 4 → 7\n0 skrivna · 1 rättad · 1 fanns redan" in capsys.readouterr().out
    assert run(root, "validera") == 0


def test_csv_is_shown_where_no_file_is_asked_for(night: Path, capsys: Capture) -> None:
    assert run(night, "ark", "nattvandring", "--tomma", "1") == 0
    out = capsys.readouterr().out
    assert out.startswith("uppfoljning-ark:exempel-2026/nattvandring;datum;")
    assert "a;2026-03-06;20:30;" in out and "\"'=1+1, -5; 'x'\"" in out


def test_nothing_in_a_workbook_is_a_formula_and_answers_can_be_chosen(night: Path) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.xlsx")
    with zipfile.ZipFile(night / "ark.xlsx") as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in page and "=1+1, -5; " in strings
    assert 'hidden="1"' in page and "<pane " in page
    assert "lugnt,livligt,oroligt" in page and "Centrum,Norra stan" in page and 'type="whole"' in page


def test_long_lists_of_answers_have_a_page_of_their_own(night: Path) -> None:
    plan = FILES["plans/exempel-2026.yaml"]
    assert isinstance(plan, bytes)
    many = "".join(f"  plats{at}: Platsen med det långa namnet {at}\n" for at in range(20))
    folder(night, {"plans/exempel-2026.yaml": plan.decode().replace("platser:\n", f"platser:\n{many}")})
    run(night, "ark", "nattvandring", "--ut", "ark.xlsx")
    with zipfile.ZipFile(night / "ark.xlsx") as archive:
        assert "listor!$A$1:$A$22" in archive.read("xl/worksheets/sheet1.xml").decode()
    assert run(night, "importera", "ark.xlsx") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nattvandrin"], "åtagandet ”nattvandrin” finns inte. Menade du nattvandring?"),
        (["nattvandring", "--part", "polisn"], "parten ”polisn” finns inte"),
        (["nattvandring", "--ut", "ark.pdf"], "flaggan --ut: ark.pdf ska sluta på .xlsx eller .csv."),
        (["nattvandring", "--ut", "finns.csv/ark.csv"], "flaggan --ut: det går inte att skriva finns.csv/ark.csv."),
        (["nattvandring", "--ut", "finns.csv"], "finns.csv finns redan. Välj ett annat namn, så skrivs inget över."),
        (["nattvandring", "--tomma", "501"], "flaggan --tomma"),
    ],
)
def test_wrong_use(night: Path, capsys: Capture, words: list[str], said: str) -> None:
    (night / "finns.csv").write_text("x", "utf-8")
    assert run(night, "ark", *words) == 2
    assert said in capsys.readouterr().err
    assert (night / "finns.csv").read_text("utf-8") == "x"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "ark:exempel-2026/",
            "ark:exempel-2025/",
            "arket hör till planen exempel-2025, som inte finns här. Menade du exempel-2026?",
        ),
        (
            "/nattvandring",
            "/nattvandringen",
            "arket hör till åtagandet nattvandringen, som inte finns i planen. Hämta ett nytt ark.",
        ),
        ("/nattvandring;", "/nattvandring/polisn;", "arket hör till parten polisn, som inte finns i planen"),
        ("uppgifter.samtal", "uppgifter.samtall", "arket har kolumner som blanketten inte har längre: uppgifter.samtall"),
        (";start;", ";datum;", "arkets första rad är ändrad. Hämta ett nytt ark och för över svaren."),
    ],
)
def test_a_sheet_that_is_not_what_it_was(night: Path, capsys: Capture, old: str, new: str, said: str) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.csv")
    text = (night / "ark.csv").read_text("utf-8-sig")
    assert old in text
    (night / "ark.csv").write_text(text.replace(old, new, 1), "utf-8")
    assert run(night, "importera", "ark.csv") == 2
    assert said in capsys.readouterr().err


def test_a_sheet_of_ours_takes_no_row_of_headings(night: Path, capsys: Capture) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.csv")
    assert run(night, "importera", "ark.csv", "--rubrikrad", "2") == 2
    assert "flaggan --rubrikrad gäller tabeller med en mappning" in capsys.readouterr().err
    assert run(night, "importera", "ark.csv", "--skapa-mappning", "--atagande", "nattvandring") == 2
    assert "är ett ark härifrån och behöver ingen mappning" in capsys.readouterr().err


def test_a_cancelled_evening_needs_no_answers(night: Path, capsys: Capture) -> None:
    run(night, "ark", "nattvandring", "--ut", "ark.csv", "--tomma", "1")
    fill(night / "ark.csv", 4, datum="2026-04-10", läge="Inställd", avvikelser__vad="Ingen gick", avvikelser__skäl="väder")
    capsys.readouterr()
    assert run(night, "importera", "ark.csv") == 0
    assert "1 skriven · 1 fanns redan" in capsys.readouterr().out
