"""Real tables beside the checkout, brought in: what is read, what is refused and why, and that a second run writes nothing."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import folder
from uppfoljning.cli.main import main

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
POLICE = DATA / "snabbrapporter" / "snabbrapporter_nykterhetskontroll.csv"
SHIFTS = DATA / "volontarpass" / "volunteers_shifts.csv"
SCHOOLS = DATA / "stokig" / "kommun_skolverksamhet_latin1_semikolon_tappad_nolla.csv"
Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="mappen ../shared/data finns inte bredvid utcheckningen")


def slug(name: str) -> str:
    return re.sub(r"[^a-zåäö0-9]+", "-", name.lower()).strip("-") or "okand-kommun"


def plan(name: str, period: str, commitments: Iterator[tuple[str, str]]) -> str:
    lines = [f"plan: {name}", "titel: Prov", f"period: {period}", "parter: {vi: Vi}", "åtaganden:"]
    for one, title in commitments:
        lines += [
            f"  - id: {one}",
            f"    titel: {title}",
            "    parter: [vi]",
            "    mål: {antal: löpande}",
            "    snabbrapport: blad",
        ]
    return "\n".join(lines) + "\n"


def bring(root: Path, table: Path, capsys: Capture, *words: str) -> tuple[int, list[str]]:
    status = main(["-C", str(root), "importera", str(table), "--mappning", "tabell", *words])
    return status, capsys.readouterr().out.splitlines()


def written(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "reports").rglob("*.yaml")}


@pytest.mark.slow
def test_police_reports(tmp_path: Path, capsys: Capture) -> None:
    with POLICE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    names = {slug(row["kommun"]): row["kommun"] or "Okänd kommun" for row in rows}
    folder(
        tmp_path,
        {
            "plans/nykterhet.yaml": plan("nykterhet", "{från: 2023-01-01, till: 2026-12-31}", iter(sorted(names.items()))),
            "plans/snabbrapporter/blad.yaml": """\
snabbrapport: blad
titel: Nykterhetskontroll
fält: {kontrollerade: {typ: antal, krävs: ja}, alla_nyktra: {typ: ja/nej}, kommunkod: {typ: text}}
""",
            "plans/mappningar/tabell.yaml": """\
mappning: tabell
plan: nykterhet
rad_id: [händelse_id, datum, tid, text]
kolumner:
  datum: datum
  tid: start
  kommun: åtagande
  kommunkod: uppgifter.kommunkod
  antal_kontrollerade: uppgifter.kontrollerade
  alla_nyktra: uppgifter.alla_nyktra
  text: text
värden: {åtagande: {"": okand-kommun}}
säkerhet: {uppgifter.kontrollerade: ungefärligt}
villkor: {dubblett: ""}
hoppa_över: [plats, område_enligt_polisen, aktivitet]
""",
        },
    )
    status, lines = bring(tmp_path, POLICE, capsys)
    assert (status, lines[0]) == (0, "2422 skrivna · 0 fanns redan · 0 kom inte med · 6 valdes bort av villkor")
    before = written(tmp_path)
    about = sum(b"kontrollerade: ca " in data for data in before.values())
    total = sum(int(found[1]) for data in before.values() if (found := re.search(rb"kontrollerade: (?:ca )?(\d+)\n", data)))
    kept = [row for row in rows if not row["dubblett"]]
    assert about == sum(row["ungefärligt"] == "ca" for row in kept)
    assert total == sum(int(row["antal_kontrollerade"]) for row in kept)
    status, lines = bring(tmp_path, POLICE, capsys)
    assert (status, lines) == (0, ["0 skrivna · 2422 fanns redan · 0 kom inte med · 6 valdes bort av villkor"])
    assert written(tmp_path) == before


@pytest.mark.slow
def test_volunteer_shifts(tmp_path: Path, capsys: Capture) -> None:
    folder(
        tmp_path,
        {
            "plans/pass.yaml": plan("pass", "{från: 2022-10-01, till: 2023-12-31}", iter([("pass", "Pass")])),
            "plans/snabbrapporter/blad.yaml": """\
snabbrapport: blad
titel: Pass
fält: {behov: {typ: antal}, kom: {typ: antal, ingår_i: behov}, postnummer: {typ: text, krävs: ja}}
""",
            "plans/mappningar/tabell.yaml": """\
mappning: tabell
plan: pass
åtagande: pass
rad_id: shift_id
kolumner:
  date: datum
  postcode: uppgifter.postnummer
  volunteer_hours: timmar.genomförande
  attended: uppgifter.kom
  demand: uppgifter.behov
  event_name: text
hoppa_över: [event_id, event_type]
""",
        },
    )
    status, lines = bring(tmp_path, SHIFTS, capsys, "--torrkorning")
    reasons = Counter(line.partition(": ")[2] for line in lines if re.match(r"rad \d+, (?:volunteer_hours|attended)", line))
    # `3.375` and `2.5` stand in one column, so the column tells that its point is a decimal sign.
    assert (status, reasons) == (1, {"kom är större än behov": 10})
    status, lines = bring(tmp_path, SHIFTS, capsys)
    assert status == 1
    assert Counter(line.partition(", ")[2] for line in lines[:10]) == {"attended: kom är större än behov": 10}
    assert lines[10] == "1071 skrivna · 0 fanns redan · 10 kom inte med"
    assert "varning[M701] ett svar som krävs saknas: 51 gånger" in lines
    before = written(tmp_path)
    assert len(before) == 1071
    status, lines = bring(tmp_path, SHIFTS, capsys)
    assert lines[10] == "0 skrivna · 1071 fanns redan · 10 kom inte med"
    assert written(tmp_path) == before


def test_schools_get_their_zeros_back(tmp_path: Path, capsys: Capture) -> None:
    folder(
        tmp_path,
        {
            "plans/skolor.yaml": plan("skolor", "2026", iter([("skolor", "Skolor")])),
            "plans/snabbrapporter/blad.yaml": """\
snabbrapport: blad
titel: Skolor
fält: {kod: {typ: text}, skola: {typ: text}, finns: {typ: ja/nej}}
""",
            "plans/mappningar/tabell.yaml": """\
mappning: tabell
plan: skolor
åtagande: skolor
kolumner: {Kod: uppgifter.kod, Skolenhetsnamn: uppgifter.skola, GrundSkola: uppgifter.finns, Kommun: text}
fast: {datum: 2026-03-06}
bredd: {uppgifter.kod: 4}
villkor: {Kommun: [Upplands Väsby, Kiruna]}
hoppa_över: [FörskoleKlass, FritidsHem]
""",
        },
    )
    status, lines = bring(tmp_path, SCHOOLS, capsys)
    codes = Counter(found[1] for data in written(tmp_path).values() if (found := re.search(rb'kod: "?(\d+)', data)))
    assert set(codes) == {b"0114", b"2584"}
    assert status == 0 and lines[0].endswith("valdes bort av villkor")


@pytest.mark.parametrize("path", sorted((DATA / "stokig").iterdir()) if DATA.is_dir() else [], ids=lambda path: path.name)
def test_every_messy_file_gives_a_proposal_and_never_a_fault_in_the_program(path: Path, tmp_path: Path, capsys: Capture) -> None:
    folder(
        tmp_path,
        {
            "plans/p.yaml": plan("p", "2026", iter([("a", "A")])),
            "plans/snabbrapporter/blad.yaml": "snabbrapport: blad\ntitel: S\nfält: {kod: {typ: text}}\n",
        },
    )
    assert main(["-C", str(tmp_path), "importera", str(path), "--skapa-mappning", "--atagande", "a", "--torrkorning"]) == 0
    shown = capsys.readouterr().out
    assert "kolumner:\n" in shown and "mappning: a-tabell\n" in shown
