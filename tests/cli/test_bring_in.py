"""`importera` with a table: every row is a report or named with its reason, and the same table twice writes nothing new."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.running import folder, process
from tests.files.test_tables import workbook
from tests.rules.project_pieces import base_without_reports
from uppfoljning.cli.main import main
from uppfoljning.files.gate import read_given

Capture = pytest.CaptureFixture[str]
TODAY = dt.date(2026, 11, 25)

MAPPING = """\
mappning: forms
plan: exempel-2026
åtagande: nattvandring
rad_id: ID
kolumner:
  Slutförandetid: inlämnad
  Vilken kväll gick ni: datum
  När började ni: start
  Hur många vuxna: funktioner.nattvandrare
  Hur många unga: uppgifter.samtal
  Var: plats
  Samlades ni: moment.samling
  Trygga: uppgifter.trygga
  Övrigt: text
värden:
  plats: {City: centrum}
hoppa_över: [Namn, E-post]
"""
HEADER = (
    "ID;Slutförandetid;E-post;Namn;Vilken kväll gick ni?;När började ni?;Hur många vuxna?;Hur många unga? *;Var?;Samlades ni?;"
    "Trygga;Övrigt"
)
SOUND = "1;2026-03-07 00:55:40;a@example.org;Anna;6 mars 2026;20.30;6 st;ca 23;City;Ja;75 %;Lugnt"
OTHER = "2;2026-03-14 00:55:40;a@example.org;Anna;13/3-26;kl 21;5;14;Centrum,Norra stan;x;;"


class _Day(dt.date):
    @classmethod
    def today(cls) -> dt.date:  # type: ignore[override] # the day of the tests
        return TODAY


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project without reports, with a mapping, on a known day."""
    monkeypatch.setattr("uppfoljning.cli.table_in.date", _Day)
    folder(tmp_path, {**base_without_reports(), "plans/mappningar/forms.yaml": MAPPING})
    return tmp_path


def put(root: Path, *rows: str, name: str = "svar.csv", header: str = HEADER) -> Path:
    path = root / name
    path.write_text("".join(f"{row}\n" for row in (header, *rows)), "utf-8")
    return path


def bring(root: Path, name: str = "svar.csv", *words: str, mapping: str = "forms") -> int:
    return main(["-C", str(root), "importera", str(root / name), *(["--mappning", mapping] if mapping else []), *words])


def reports(root: Path) -> dict[str, str]:
    found = sorted((root / "reports").rglob("*.yaml"))
    return {path.relative_to(root / "reports").as_posix(): path.read_text("utf-8") for path in found}


def test_a_row_becomes_a_report(root: Path, capsys: Capture) -> None:
    put(root, SOUND)
    assert bring(root) == 0
    assert capsys.readouterr().out == "1 skriven · 0 fanns redan · 0 kom inte med\n"
    ((name, text),) = reports(root).items()
    assert name.startswith("exempel-2026/nattvandring/2026-03-06-forms-1-")
    assert text == (
        "åtagande: nattvandring\nplan: exempel-2026\ndatum: 2026-03-06\nstart: 20:30\nplats: centrum\n"
        'funktioner:\n  nattvandrare: 6\nuppgifter:\n  samtal: ca 23\n  trygga: "75 %"\nmoment:\n  samling: ja\n'
        "text: Lugnt\ninlämnad: 2026-03-07\nkvitto: forms/1\n"
    )
    assert main(["-C", str(root), "validera"]) == 0


def test_the_same_table_again_writes_nothing(root: Path, capsys: Capture) -> None:
    put(root, SOUND, OTHER)
    assert bring(root) == 0
    before = reports(root)
    capsys.readouterr()
    assert bring(root) == 0
    assert capsys.readouterr().out == "0 skrivna · 2 fanns redan · 0 kom inte med\n"
    assert reports(root) == before


def test_new_rows_of_a_longer_table_are_written(root: Path, capsys: Capture) -> None:
    put(root, SOUND)
    bring(root)
    put(root, SOUND, OTHER)
    capsys.readouterr()
    assert bring(root) == 0
    assert capsys.readouterr().out == "1 skriven · 1 fanns redan · 0 kom inte med\n"


def test_a_changed_row_is_shown_and_corrected_only_when_asked(root: Path, capsys: Capture) -> None:
    put(root, SOUND, OTHER)
    bring(root)
    put(root, SOUND.replace("ca 23", "24").replace("Lugnt", ""), OTHER)
    capsys.readouterr()
    assert bring(root) == 1
    assert capsys.readouterr().out == (
        "rad 2, samtal: ca 23 → 24\nrad 2, text: Lugnt → tomt\n"
        "0 skrivna · 1 fanns redan · 1 har ändrats · 0 kom inte med\nRader som har ändrats rättar du med --ratta.\n"
    )
    assert len(reports(root)) == 2
    assert bring(root, "svar.csv", "--ratta") == 0
    assert "0 skrivna · 1 rättad · 1 fanns redan · 0 kom inte med" in capsys.readouterr().out
    (new,) = [text for text in reports(root).values() if "ersätter:" in text]
    assert "samtal: 24\n" in new and "text:" not in new and "inlämnad: 2026-11-25\n" in new
    assert bring(root, "svar.csv", "--ratta") == 0
    assert capsys.readouterr().out == "0 skrivna · 2 fanns redan · 0 kom inte med\n"
    put(root, SOUND, OTHER)
    assert bring(root, "svar.csv", "--ratta") == 0
    put(root, SOUND.replace("ca 23", "24").replace("Lugnt", ""), OTHER)
    assert bring(root, "svar.csv", "--ratta") == 0
    assert len(reports(root)) == 5
    assert main(["-C", str(root), "validera"]) == 0


def test_what_somebody_added_by_hand_stays_in_a_correction(root: Path) -> None:
    put(root, SOUND)
    bring(root)
    (path,) = (root / "reports").rglob("*.yaml")
    path.write_text(path.read_text("utf-8") + "iakttagelser:\n  - text: Trasig lampa\n  - text: Klotter\n", "utf-8")
    put(root, SOUND.replace("ca 23", "24"))
    assert bring(root, "svar.csv", "--ratta") == 0
    (new,) = [text for text in reports(root).values() if "ersätter:" in text]
    assert "Trasig lampa" in new and "Klotter" in new and "samtal: 24" in new


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6 mars 2026", "05/03/2026", "rad 2, Vilken kväll gick ni: datumet kan läsas på två sätt"),
        ("6 mars 2026", "", "rad 2, Vilken kväll gick ni: dagen saknas"),
        ("6 mars 2026", "6 mars 2027", "rad 2, Vilken kväll gick ni: "),
        ("20.30", "20.3", "rad 2, När började ni: klockslaget kan läsas på två sätt"),
        ("ca 23", "ganska många", "rad 2, Hur många unga: det går inte att läsa som ett tal"),
        ("City", "Byn", "rad 2, Var: platsen finns inte i planen; översätt ordet under värden i mappningen"),
        (";Ja;", ";Ibland;", "rad 2, Samlades ni: svaret ska vara ja, nej eller ej aktuellt"),
        ("75 %", "1", "rad 2, Trygga: andelen 1 kan vara 1 % eller 100 %"),
        ("Lugnt", "Ring 070-123 45 67", "rad 2, Övrigt: ser ut som ett telefonnummer, och visas inte"),
        ("Lugnt", "Mejla b@example.org # undantag I102: bra", "rad 2, Övrigt: ser ut som en e-postadress, och visas inte"),
        ("Lugnt", "Född 19811218-9876", "rad 2, Övrigt: ser ut som ett personnummer, och visas inte"),
        ("1;2026", ";2026", "rad 2: raden har inget id"),
        ("1;2026", "19811218-9876;2026", "rad 2: radens id ser ut att peka ut en person, och visas inte"),
        ("2026-03-07 00:55:40", "2026-03-01", "rad 2, Slutförandetid: rapporten är inlämnad före tillfället"),
        (";Lugnt", "", "rad 2: raden har 11 fält men rubrikraden 12"),
    ],
)
def test_a_row_that_cannot_come_in_is_named_with_its_reason(root: Path, capsys: Capture, old: str, new: str, said: str) -> None:
    assert old in SOUND
    put(root, SOUND.replace(old, new, 1), OTHER, "3;;;;;;;;;;;")
    assert bring(root) == 1
    out = capsys.readouterr().out
    assert said in out
    assert "rad 4, Vilken kväll gick ni: dagen saknas\n" in out
    assert "1 skriven · 0 fanns redan · 2 kom inte med" in out
    assert not {"070-123", "b@example", "19811218", "ganska", "Byn"} & set(out.replace("”", " ").split())
    assert "070" not in out and "1981" not in out and "example.org" not in out
    assert len(reports(root)) == 1


def test_nothing_is_written_unless_all_can_be(root: Path, capsys: Capture) -> None:
    put(root, SOUND, OTHER.replace("14", "många"))
    assert bring(root, "svar.csv", "--allt-eller-inget") == 1
    assert "Inget är skrivet, för alla rader kan inte komma med." in capsys.readouterr().out
    assert reports(root) == {}
    put(root, SOUND, OTHER)
    assert bring(root, "svar.csv", "--allt-eller-inget") == 0
    assert len(reports(root)) == 2


def test_a_dry_run_shows_and_writes_nothing(root: Path, capsys: Capture) -> None:
    put(root, SOUND, OTHER)
    assert bring(root, "svar.csv", "--torrkorning") == 0
    out = capsys.readouterr().out
    assert "rad 2 → reports/exempel-2026/nattvandring/2026-03-06-forms-1-" in out
    assert "    åtagande: nattvandring\n" in out
    assert out.endswith("2 skulle skrivas · 0 fanns redan · 0 kom inte med. Inget är skrivet.\n")
    assert reports(root) == {}


def test_a_long_dry_run_is_cut(root: Path, capsys: Capture) -> None:
    put(root, *(OTHER.replace("2;", f"{number};", 1).replace("13/3-26", f"2026-02-{number:02}") for number in range(1, 26)))
    bring(root, "svar.csv", "--torrkorning")
    assert "… och 5 filer till" in capsys.readouterr().out


def test_the_same_row_twice_is_one_report(root: Path, capsys: Capture) -> None:
    put(root, SOUND, SOUND)
    assert bring(root) == 1
    assert "rad 3: raden har samma id som rad 2\n" in capsys.readouterr().out


def test_a_workbook_says_the_same_as_csv(root: Path, capsys: Capture) -> None:
    header = HEADER.split(";")
    row = [
        1.0,
        dt.datetime(2026, 3, 7, 0, 55, 40),
        "a@example.org",
        "Anna",
        dt.datetime(2026, 3, 6),
        dt.time(20, 30),
    ]
    data = workbook(
        {"Svar": [header, [*row, 6, "ca 23", "Centrum", True, 0.75, "=1+1 {a: b}"]]},
        formats={1: "yyyy-mm-dd hh:mm", 4: "yyyy-mm-dd", 5: "hh:mm", 10: "0 %"},
    )
    (root / "svar.xlsx").write_bytes(data)
    assert bring(root, "svar.xlsx", "--blad", "svar") == 0
    put(root, SOUND.replace("City", "centrum"))
    capsys.readouterr()
    bring(root)
    assert capsys.readouterr().out.startswith("rad 2, text: 0 → Lugnt\n")


def test_without_a_row_id_the_content_is_the_id(root: Path, capsys: Capture) -> None:
    mapping = MAPPING.replace("rad_id: ID\n", "").replace("hoppa_över: [", "hoppa_över: [ID, ")
    (root / "plans/mappningar/forms.yaml").write_text(mapping, "utf-8")
    put(root, SOUND, OTHER, SOUND.replace("1;", "7;", 1))
    assert bring(root) == 1
    shown = capsys.readouterr()
    assert "Att veta: mappningen har inget rad_id" in shown.err
    assert "rad 4: raden är likadan som rad 2; ge raderna ett id om båda ska räknas\n" in shown.out
    bring(root)
    assert "0 skrivna · 2 fanns redan" in capsys.readouterr().out


def test_several_columns_can_be_the_row_id(root: Path) -> None:
    mapping = MAPPING.replace("rad_id: ID\n", "rad_id: [ID, Vilken kväll gick ni]\n")
    (root / "plans/mappningar/forms.yaml").write_text(mapping, "utf-8")
    put(
        root, SOUND, OTHER.replace("2;", "1;", 1), OTHER.replace("2;", f"{'lång text ' * 9};", 1).replace("13/3-26", "2026-03-12")
    )
    assert bring(root) == 0
    receipts = [line for text in reports(root).values() for line in text.splitlines() if line.startswith("kvitto")]
    assert len(set(receipts)) == 3 and not any("lång" in line for line in receipts)


def test_columns_of_persons_and_unknown_ones_are_told(root: Path, capsys: Capture) -> None:
    (root / "plans/mappningar/forms.yaml").write_text(MAPPING.replace("hoppa_över: [Namn, E-post]\n", ""), "utf-8")
    put(root, f"{SOUND};x", header=f"{HEADER};Väder")
    assert bring(root) == 0
    told = capsys.readouterr().err
    assert "tas aldrig med, för de pekar ut personer: E-post, Namn" in told
    assert "står inte i mappningen och tas inte med: Väder" in told


def test_a_mapped_column_of_addresses_is_dropped(root: Path, capsys: Capture) -> None:
    (root / "plans/mappningar/forms.yaml").write_text(
        MAPPING.replace("[Namn, E-post]", "[Namn]\n").replace("  Övrigt: text\n", "  Övrigt: text\n  E-post: avvikelser.hur\n"),
        "utf-8",
    )
    put(root, SOUND, OTHER, OTHER.replace("2;", "3;", 1).replace("13/3", "12/3"))
    assert bring(root) == 0
    assert "kolumnen E-post ser ut att peka ut personer och tas inte med" in capsys.readouterr().err
    assert not [text for text in reports(root).values() if "@" in text]


def test_conditions_choose_rows_and_codes_get_their_zeros(root: Path, capsys: Capture) -> None:
    mapping = """\
mappning: egen
plan: exempel-2026
källa: egen
kolumner:
  Dag: datum
  Åtgärd: åtagande
  Kod: uppgifter.rutt
  Antal: uppgifter.samtal
  Hur: uppgifter.stämning
  Tid: timmar.genomförande
bredd: {uppgifter.rutt: 4}
decimaltecken: punkt
datumordning: månad-dag
säkerhet: {uppgifter.samtal: Ungefär}
värden: {åtagande: {"": nattvandring}}
villkor: {Typ: [kväll, ""]}
"""
    (root / "plans/mappningar/egen.yaml").write_text(mapping, "utf-8")
    put(
        root,
        *("03/06/2026 21:30;Nattvandring i centrum;114;12;ja;LUGNT;1.333;Kväll", "03/07/2026;;0180;12;;Livligt;2.0;"),
        *("03/08/2026;nattvandring;5;12;minst;oroligt;2.0;Natt", "03/09/2026;nattvandringen;5;12;;oroligt;2.0;kväll"),
        header="Dag;Åtgärd;Kod;Antal;Ungefär;Hur;Tid;Typ",
    )
    assert bring(root, mapping="egen") == 1
    out = capsys.readouterr().out
    assert "rad 5, Åtgärd: åtagandet finns inte i planen" in out
    assert "2 skrivna · 0 fanns redan · 1 kom inte med · 1 valdes bort av villkor" in out
    first, second = reports(root).values()
    assert "start: 21:30" in first and "samtal: ca 12" in first and "rutt: 0114" in first and "genomförande: 1,333" in first
    assert "rutt: 0180" in second and "samtal: 12" in second and "start" not in second


def test_fixed_values_and_totals(root: Path) -> None:
    mapping = """\
mappning: totaler
plan: exempel-2026
rad_id: Nr
kolumner: {Månad: period, Antal: antal, Alkohol: uppgifter.alkohol, Samling: moment.samling}
fast: {åtagande: nattvandring, parter: "nattvandrarna, kommunen", plats: Norra stan}
"""
    (root / "plans/mappningar/totaler.yaml").write_text(mapping, "utf-8")
    put(
        root, "1;2026-03;4;2;3", "2;2026-04-01 till 2026-04-20;ca 3;1;0", "3;våren;3;1;0", header="Nr;Månad;Antal;Alkohol;Samling"
    )
    assert bring(root, mapping="totaler") == 1
    first, second = reports(root).values()
    assert "period: 2026-03\n" in first and "parter: [nattvandrarna, kommunen]" in first and "plats: norra" in first
    assert "alkohol: 2" in first and "samling: 3" in first
    assert "period:\n  från: 2026-04-01\n  till: 2026-04-20\n" in second and "antal: ca 3" in second


def test_cancelled_and_moved_evenings(root: Path) -> None:
    mapping = """\
mappning: laget
plan: exempel-2026
åtagande: nattvandring
rad_id: Nr
kolumner: {Dag: datum, Läge: läge, Skäl: avvikelser.skäl, Vad: avvikelser.vad, Till: flyttad_till, A: text, B: text}
"""
    (root / "plans/mappningar/laget.yaml").write_text(mapping, "utf-8")
    put(
        root,
        *("1;2026-03-06;Inställd;Väder;Ingen gick;;;", "2;2026-03-13;flyttad;Resurser;Senare;14 mars 2026;a;b"),
        *("3;2026-03-20;Genomförd;;;;;b", "4;2026-03-27;inställd;;;;;"),
        header="Nr;Dag;Läge;Skäl;Vad;Till;A;B",
    )
    assert bring(root, mapping="laget") == 1
    first, second, third = reports(root).values()
    assert "läge: inställd" in first and "skäl: väder" in first
    assert "flyttad_till: 2026-03-14" in second and 'text: "a\\nb"' in second
    assert "läge" not in third


def test_a_mapping_from_elsewhere_and_one_by_its_file(
    root: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Capture
) -> None:
    put(root, SOUND)
    elsewhere = tmp_path_factory.mktemp("annat") / "forms.yaml"
    elsewhere.write_text(MAPPING, "utf-8")
    (root / "plans/mappningar/forms.yaml").unlink()
    assert bring(root, mapping=str(elsewhere)) == 0
    elsewhere.write_bytes(MAPPING.encode("cp1252"))
    assert bring(root, mapping=str(elsewhere)) == 2
    assert "är inte sparad som UTF-8" in capsys.readouterr().err
    (root / "plans/mappningar/forms.yaml").write_text(MAPPING, "utf-8")
    assert bring(root, mapping=str(root / "plans/mappningar/forms.yaml")) == 0
    assert bring(root, mapping="plans/mappningar/forms.yaml") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["saknas.csv", "--mappning", "forms"], "saknas.csv finns inte."),
        (["plans", "--mappning", "forms"], "flaggan --mappning gäller tabeller"),
        (["plans/exempel-2026.yaml", "--blad", "x"], "flaggan --blad gäller tabeller"),
        (["plans"], "plans hör till projektet självt."),
        (["tom.csv", "--mappning", "forms"], "tom.csv: filen är tom. Hämta den på nytt ur källan."),
        (["svar.csv"], "svar.csv är inget ark härifrån. Peka ut en mappning med --mappning"),
        (["svar.csv", "--mappning", "fomrs"], "mappningen ”fomrs” finns inte. Menade du forms?"),
        (["svar.csv", "--mappning", "trasig"], "mappningen ”trasig” har fel: rad 4, fältet samtall finns inte i blanketten"),
        (["svar.csv", "--mappning", "forms", "--plan", "x"], "flaggorna --atagande och --plan hör ihop med --skapa-mappning"),
        (["svar.csv", "--mappning", "forms", "--rubrikrad", "9"], "svar.csv: rad 9 är tom eller finns inte"),
        (["svar.csv", "--mappning", "forms", "--blad", "x"], "svar.csv: flaggan --blad gäller arbetsböcker"),
        (
            ["bytt.csv", "--mappning", "forms"],
            "bytt.csv: kolumnen Hur många unga finns inte i tabellen. Har Hur många unga bytt namn till",
        ),
        (["person.csv", "--mappning", "forms"], "person.csv: kolumnen ID ser ut att peka ut personer. Välj en annan kolumn"),
    ],
)
def test_wrong_use(root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    put(root, SOUND)
    put(root, SOUND, name="bytt.csv", header=HEADER.replace("unga", "ungdomar"))
    put(root, *(SOUND.replace("1;", f"{one}@example.org;", 1) for one in "abc"), name="person.csv")
    (root / "tom.csv").write_text("", "utf-8")
    trasig = "mappning: trasig\nplan: exempel-2026\nåtagande: nattvandring\nkolumner: {Dag: datum, X: uppgifter.samtall}\n"
    (root / "plans/mappningar/trasig.yaml").write_text(trasig, "utf-8")
    monkeypatch.chdir(root)
    assert main(["importera", *words]) == 2
    assert said in capsys.readouterr().err
    assert reports(root) == {}


def test_a_table_of_headings_alone(root: Path, capsys: Capture) -> None:
    put(root)
    assert bring(root) == 0
    assert capsys.readouterr().out == "0 skrivna · 0 fanns redan · 0 kom inte med\n"


def test_control_characters_and_markup_are_data(root: Path, capsys: Capture) -> None:
    put(root, SOUND.replace("Lugnt", '"a\x1b[31m\u202e\x00 {b: c} # [röd] </script>\u2028d"'))
    assert bring(root) == 0
    ((_, text),) = reports(root).items()
    assert 'text: "a[31m {b: c} # [röd] </script>d"' in text or "\x1b" not in text
    assert main(["-C", str(root), "validera"]) == 0
    capsys.readouterr()
    assert bring(root) == 0
    assert "1 fanns redan" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written(root: Path, capsys: Capture) -> None:
    put(root, SOUND)
    (root / "reports").write_text("i vägen", "utf-8")
    assert bring(root) == 2
    assert "det går inte att skriva i mappen reports" in capsys.readouterr().err


def test_a_sound_run_as_a_process_in_another_encoding(root: Path) -> None:
    put(root, SOUND, OTHER.replace("Norra stan", "Åbyn"))
    done = process("-C", str(root), "importera", str(root / "svar.csv"), "--mappning", "forms", encoding="ascii")
    assert done.returncode == 1
    assert b"rad 3, Var: platsen finns inte i planen" in done.stdout


def test_answers_of_every_kind(root: Path, capsys: Capture) -> None:
    mapping = """\
mappning: allt
plan: exempel-2026
rad_id: Nr
kolumner:
  Vad: åtagande
  Dag: datum
  Larm: uppgifter.larm
  Hem: uppgifter.hemgång
  Nästa: uppgifter.nästa
  Tid: uppgifter.vandrat
  Samling: moment.samling
  Klart: klart
  Vem: rapportör
  Tomma: uppgifter.tomma
"""
    (root / "plans/mappningar/allt.yaml").write_text(mapping, "utf-8")
    put(
        root,
        *("1;nattvandring;2026-03-06;6/3 2026 22.05;24:00;2026-03-13;2:30:00;ja;;Nattvandrare;1,5", "2;;2026-03-07;;;;;;;;"),
        *(
            "3;nattvandring;2026-03-08;2026-03-08;;;;;;;",
            "4;nattvandring;2026-03-09;igår;;;;;;;",
            "5;krogtillsyn;2026-03-10;;;;;ja;;;",
        ),
        header="Nr;Vad;Dag;Larm;Hem;Nästa;Tid;Samling;Klart;Vem;Tomma",
    )
    assert bring(root, mapping="allt") == 1
    assert capsys.readouterr().out.startswith(
        "rad 3, Vad: åtagandet saknas\nrad 4, Larm: klockslaget saknas; skriv dag och klockslag, till exempel 2026-03-06 21:30\n"
        "rad 5, Larm: det går inte att läsa som ett datum; skriv till exempel 2026-03-06\n"
        "rad 6, Samling: moment.samling finns inte i rapporten för krogtillsyn\n1 skriven"
    )
    ((_, text),) = reports(root).items()
    assert "larm: 2026-03-06 22:05\n" in text and "hemgång: 24:00\n" in text and "nästa: 2026-03-13\n" in text
    assert "vandrat: 2:30\n" in text and "rapportör: nattvandrare\n" in text and "tomma: 1,5\n" in text


def test_a_changed_period_is_shown_and_an_emptied_deviation_is_taken_away(root: Path, capsys: Capture) -> None:
    mapping = """\
mappning: totaler
plan: exempel-2026
åtagande: nattvandring
rad_id: Nr
kolumner: {Period: period, Antal: antal, Vad: avvikelser.vad, Skäl: avvikelser.skäl}
"""
    (root / "plans/mappningar/totaler.yaml").write_text(mapping, "utf-8")
    header = "Nr;Period;Antal;Vad;Skäl"
    put(root, "1;2026-04-01 till 2026-04-20;4;Sent;väder", header=header)
    assert bring(root, mapping="totaler") == 0
    put(root, "1;2026-04-01 till 2026-04-21;4;;", header=header)
    capsys.readouterr()
    assert bring(root, "svar.csv", "--ratta", mapping="totaler") == 0
    assert "rad 2, period: 2026-04-01 till 2026-04-20 → 2026-04-01 till 2026-04-21\n" in capsys.readouterr().out
    (new,) = [text for text in reports(root).values() if "ersätter" in text]
    assert "avvikelser" not in new and "till: 2026-04-21" in new


def test_a_file_that_may_not_be_read(root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_given

    def refuse(file: str, most: int, within: str = "") -> bytes:
        if file.endswith("svar.csv"):
            raise PermissionError(13, "Permission denied")
        return read(file, most, within)

    put(root, SOUND)
    monkeypatch.setattr("uppfoljning.cli.table_in.read_given", refuse)
    assert bring(root) == 2
    assert "svar.csv går inte att läsa. Ge dig läsrätt till filen." in capsys.readouterr().err
