"""`rapportera`: asked in a real terminal, from a file and by options alone; nothing is written that the project would refuse."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.dialogue import END, INTERRUPT, dialogue
from tests.cli.running import Files, folder
from tests.rules.project_pieces import source
from uppfoljning.cli.main import main
from uppfoljning.files.source import Folder
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.project.load import load_project

Capture = pytest.CaptureFixture[str]
needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
TODAY = date.today()
NUMBER = "850709-9805"
PLAN = f"""\
plan: prov
titel: Provplan
period: {{från: {TODAY.year - 1}-01-01, till: {TODAY.year + 1}-12-31}}
parter: {{förening: Föreningen, kommunen: Kommunen, polisen: Polisen}}
funktioner:
  nattvandrare: {{titel: Nattvandrare, part: förening}}
  handläggare: {{titel: Handläggare, part: kommunen}}
  kommunpolis: {{titel: Kommunpolis, part: polisen}}
platser: {{centrum: Centrum, norra: "Norra [bold]stan[/bold]"}}
åtaganden:
  - id: nattvandring
    titel: Nattvandring
    parter: [förening]
    ansvarig: nattvandrare
    mål: {{minst: 12, enhet: vandringar}}
    moment:
      - {{id: samling, titel: Samling, varje: tillfälle}}
      - {{id: återkoppling, titel: Återkoppla, varje: tillfälle}}
    snabbrapport: nattvandring
    uppföljning: {{rapporteras: år, rapportör: nattvandrare}}
  - id: krogtillsyn
    titel: Krogtillsyn
    parter: [kommunen, polisen]
    ansvarig: handläggare
    mål: {{minst: 12, enhet: tillsyner}}
    snabbrapport: krogtillsyn
    uppföljning: {{rapporteras: år}}
  - id: kronoberg
    titel: Kronobergsmodellen
    parter: [polisen]
    ansvarig: kommunpolis
    mål: {{minst: 12, enhet: kvällar}}
    snabbrapport: kronobergsmodellen
  - id: fel
    titel: Felanmälan
    parter: [kommunen]
    mål: {{minst: 90 %, räknar: {{inom: 24 timmar, av: [anmäld, åtgärdad]}}}}
    snabbrapport: belysning
"""
FORM = """\
snabbrapport: belysning
titel: Belysning
fält:
  anmäld: {typ: tidpunkt}
  åtgärdad: {typ: tidpunkt}
"""
FILES: Files = {"plans/prov.yaml": PLAN, "plans/snabbrapporter/belysning.yaml": FORM}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(folder(tmp_path / "p", FILES))


def written(project: Path) -> list[Path]:
    return sorted(path for path in project.rglob("*") if path.is_file() and "reports" in path.parts)


def tree(project: Path) -> dict[str, object]:
    """The only report, which the project takes in without an error."""
    (path,) = written(project)
    checked = load_project(Folder(project))
    assert (checked.errors, checked.left_out) == (0, ())
    found, _ = read_yaml(path.name, path.read_bytes())
    assert isinstance(found, dict)
    assert path.name == f"{found.get('datum') or found.get('period')}-{found['kvitto']}.yaml"
    assert found.pop("inlämnad") == TODAY.isoformat()
    for key in ("kvitto", "utgåva", "plan"):
        assert found.pop(key)
    return dict(found)


@needs_terminal
def test_a_night_walk_with_undo_and_a_refused_personal_number(project: Path) -> None:
    status, said = dialogue(
        project,
        ["rapportera", "nattvandring"],
        ["igår", "j", "2030", "20:30", "0045", "1,2", "2", "res", "Två var sjuka", "", "32", "ångra", "23",
         f"Ågatan {NUMBER}", "Ågatan", "ångra", "", "lu", "?", "n", "", "j", "a", "",
         "Trasig lampa", "n", "", "Lugn kväll", "ångra", "", "j"],
    )  # fmt: skip
    assert status == 0, said
    assert "slutet är samma" in said.casefold() and "personnummer" in said
    assert said.count(NUMBER) == 1, "only what the terminal itself shows of what is typed"
    assert "[bold]stan[/bold]" in said and "\x1b[" not in said
    assert [line for line in said.splitlines() if len(line) > 60 and not line.startswith(("Skrev ", "Skicka in "))] == []
    assert "Skrev reports/prov/nattvandring/" in said
    assert tree(project) == {
        "åtagande": "nattvandring",
        "datum": (TODAY - timedelta(days=1)).isoformat(),
        "start": "20:30",
        "slut": "00:45",
        "plats": ["centrum", "norra"],
        "funktioner": {"nattvandrare": "2"},
        "uppgifter": {"samtal": "23", "rutt": "Ågatan", "stämning": "lugnt", "alkohol": "nej", "larmade": "ja"},
        "moment": {"samling": "ja", "återkoppling": "ja"},
        "avvikelser": [{"vad": "Nattvandrare: 2, och 3 behövs", "skäl": "resurser", "varför": "Två var sjuka"}],
        "iakttagelser": [{"text": "Trasig lampa", "rapporterad_till_polisen": "nej"}],
        "text": "Lugn kväll",
        "rapportör": "nattvandrare",
    }


@needs_terminal
def test_a_licensing_visit_changed_from_the_summary(project: Path) -> None:
    start = ["igår", "j", "", "centrum", "2", "1 kommunpolis"]
    facts = ["4", "5", "1", "", "", "", "j", "", "ålder"]
    typed = [*start, *facts, "", "", "", "n", "4", "6 kommunpolis", "j"]
    status, said = dialogue(project, ["rapportera", "krogtillsyn"], typed)
    assert status == 0, said
    assert "fler än 4" in said
    found = tree(project)
    assert found["uppgifter"] == {"ställen": "4", "ställen_med_brister": "1", "ålderskontroll": "ja", "fokus": "ålder"}
    assert found["funktioner"] == {"handläggare": "2", "kommunpolis": "6"}


@needs_terminal
def test_the_kronoberg_method_chosen_from_the_list(project: Path) -> None:
    typed = [
        "kronoberg",
        "igår",
        "j",
        "17",
        "20",
        "1",
        "4",
        "",
        "fre",
        "9",
        "2",
        "7",
        "6",
        "5",
        "4",
        "3",
        "",
        "",
        "",
        "",
        "",
        "j",
    ]
    status, said = dialogue(project, ["rapportera"], typed)
    assert status == 0, said
    assert "1 rapport saknas" in said
    facts = {
        "tillfällestyp": "fredag",
        "ungdomar_med_alkohol": "9",
        "i_sällskap": "2",
        "förverkanden": "7",
        "före_berusning": "6",
    }
    facts |= {"föräldrar_kontaktade": "5", "föräldrar_nådda": "4", "föräldrar_hämtade": "3"}
    assert tree(project)["uppgifter"] == facts


@needs_terminal
def test_a_zero_report_is_two_keystrokes(project: Path) -> None:
    status, said = dialogue(project, ["rapportera", "nattvandring"], [b"0\r"])
    assert status == 0, said
    assert f"inget att rapportera för {TODAY.year - 1}" in " ".join(said.split())
    assert tree(project) == {
        "åtagande": "nattvandring",
        "period": f"{TODAY.year - 1}",
        "läge": "nollrapport",
        "rapportör": "nattvandrare",
    }


@needs_terminal
def test_cancelled_because_of_the_weather_is_three_keystrokes(project: Path) -> None:
    status, said = dialogue(project, ["rapportera", "nattvandring"], [b"iv\r"])
    assert status == 0, said
    found = tree(project)
    assert found.pop("datum") in {(TODAY - timedelta(days=back)).isoformat() for back in (0, 1)}
    assert found == {
        "åtagande": "nattvandring",
        "läge": "inställd",
        "avvikelser": [{"vad": "Tillfället ställdes in", "skäl": "väder"}],
        "rapportör": "nattvandrare",
    }


@needs_terminal
@pytest.mark.parametrize(
    ("before", "end"), [(["igår", "j", "20"], INTERRUPT), (["f", "2026-12-24", "v", "", ""], INTERRUPT), ([], END)], ids=str
)
def test_an_interruption_leaves_nothing(project: Path, before: list[str], end: bytes) -> None:
    status, said = dialogue(project, ["rapportera", "nattvandring"], [*before, end])
    assert status == 130
    assert said.rstrip().endswith("Avbrutet.")
    assert written(project) == []


@needs_terminal
def test_what_the_project_refuses_is_asked_about_again_and_the_rest_is_kept(project: Path) -> None:
    typed = ["igår", "j", "", "", "", "", "igår 20:00", "igår 19:00", "", "", "Mörkt", "igår 21:00", "j"]
    status, said = dialogue(project, ["rapportera", "fel"], typed)
    assert status == 0, said
    assert "fel[D409]" in said
    yesterday = TODAY - timedelta(days=1)
    found = tree(project)
    assert found["uppgifter"] == {"anmäld": f"{yesterday} 20:00", "åtgärdad": f"{yesterday} 21:00"}
    assert found["text"] == "Mörkt"


@needs_terminal
def test_a_dry_run_writes_nothing(project: Path) -> None:
    status, said = dialogue(project, ["rapportera", "nattvandring", "--torrkorning"], [b"iv\r"])
    assert status == 0 and "läge: inställd" in said
    assert written(project) == []


def rapportera(project: Path, *words: str) -> int:
    return main(["-C", str(project), "rapportera", *words])


def test_without_a_terminal_it_says_which_options_to_use(project: Path, capsys: Capture) -> None:
    assert rapportera(project, "nattvandring") == 2
    said = capsys.readouterr().err
    assert "--fran-fil" in said and "--installd" in said and "--inget" in said


@pytest.mark.parametrize(
    "words",
    [
        ["nattvandring", "--inget", "2026", "--installd", "väder"],
        ["nattvandring", "--inget", "2026", "--datum", "igår"],
        ["nattvandring", "--installd", "väder", "--timmar"],
        ["--fran-fil", "x.yaml", "--datum", "igår"],
        ["--fran-fil", "x.yaml", "--inget", "2026"],
        ["--fran-fil", "finns-inte.yaml"],
        ["--inget", "2026"],
        ["natvandring", "--inget", "2026"],
        ["nattvandring", "--inget", "2026-13"],
        ["nattvandring", "--installd", "lust"],
        ["nattvandring", "--installd", "väder", "--datum", "1950-01-01"],
        ["nattvandring", "--installd", "väder", "--datum", "snart"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told(project: Path, words: list[str], capsys: Capture) -> None:
    assert rapportera(project, *words) == 2
    assert capsys.readouterr().err.startswith("fel: ")
    assert written(project) == []


def test_options_alone_can_say_it(project: Path) -> None:
    assert rapportera(project, "nattvandring", "--installd", "vä", "--datum", "igår") == 0
    assert tree(project)["avvikelser"] == [{"vad": "Tillfället ställdes in", "skäl": "väder"}]


def test_a_zero_report_by_option_is_refused_the_second_way_round(project: Path, capsys: Capture) -> None:
    assert rapportera(project, "nattvandring", "--inget", str(TODAY.year - 1)) == 0
    assert tree(project)["läge"] == "nollrapport"
    assert rapportera(project, "nattvandring", "--inget", "1999") == 1
    assert "fel[D407]" in capsys.readouterr().err


GOOD = f"åtagande: nattvandring\ndatum: {TODAY - timedelta(days=3)}\nuppgifter:\n  samtal: 4\ntext: 'Lugnt: \"ja\"'\n"


@pytest.mark.parametrize("form", ["yaml", "json", "stdin"])
def test_a_report_from_a_file(project: Path, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = GOOD
    if form == "json":
        answers = {"uppgifter": {"samtal": 4}, "text": 'Lugnt: "ja"'}
        text = json.dumps({"åtagande": "nattvandring", "datum": str(TODAY - timedelta(days=3)), **answers}, indent=1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    file = tmp_path / "in.yaml"
    file.write_text(text, "utf-8")
    assert rapportera(project, "--fran-fil", "-" if form == "stdin" else str(file)) == 0
    assert tree(project) == {
        "åtagande": "nattvandring",
        "datum": str(TODAY - timedelta(days=3)),
        "uppgifter": {"samtal": "4"},
        "text": 'Lugnt: "ja"',
        "rapportör": "nattvandrare",
    }


def test_a_file_with_its_own_receipt_is_taken_once(project: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "in.yaml").write_text(GOOD + "kvitto: forms/7\n", "utf-8")
    assert rapportera(project, "--fran-fil", str(tmp_path / "in.yaml")) == 0
    assert rapportera(project, "--fran-fil", str(tmp_path / "in.yaml")) == 1
    assert "R319" in capsys.readouterr().out
    assert len(written(project)) == 1


def test_the_command_line_can_say_the_commitment(project: Path, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(GOOD.partition("\n")[2], "utf-8")
    assert rapportera(project, "prov/nattvandring", "--fran-fil", str(tmp_path / "in.yaml")) == 0
    assert tree(project)["åtagande"] == "nattvandring"
    (tmp_path / "in.yaml").write_text(GOOD, "utf-8")
    assert rapportera(project, "krogtillsyn", "--fran-fil", str(tmp_path / "in.yaml")) == 2


def test_every_fault_of_a_file_is_told_in_one_run_at_its_line(project: Path, tmp_path: Path, capsys: Capture) -> None:
    bad = (
        f"åtagande: nattvandring\ndatum: 2026-02-30\nstart: 25:00\nplats: mars\nuppgifter:\n  samtal: många\ntext: hon {NUMBER}\n"
    )
    (tmp_path / "in.yaml").write_text(bad, "utf-8")
    assert rapportera(project, "--fran-fil", str(tmp_path / "in.yaml")) == 1
    said = "".join(capsys.readouterr())
    assert NUMBER not in said and "inlamnad" not in said
    for place in ("in.yaml:2:", "in.yaml:3:", "in.yaml:4:", "in.yaml:6:", "in.yaml:7:"):
        assert place in said
    assert written(project) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "- a\n", "plan: x\ntitel: y\n", "snabbrapport: a\nåtagande: nattvandring\n", "åtagande: [\n",
        GOOD + "datum: 2026-01-01\n",
        GOOD + "text: ring 070-123 45 67 # undantag I103: får stå\n",
        GOOD.replace("text:", "text: ring 070-123 45 67 # undantag I103: x #"),
        GOOD.replace("Lugnt", "070-123 45 67 # undantag I103: x"),
        "åtagande: nattvandring\n", "\ufeff\x00", "bedömning: 2026\n" + GOOD,
    ],
)  # fmt: skip
def test_a_file_that_is_no_sound_report_is_refused(project: Path, text: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "in.yaml").write_text(text, "utf-8")
    assert rapportera(project, "--fran-fil", str(tmp_path / "in.yaml")) in (1, 2)
    assert "123 45" not in "".join(capsys.readouterr())
    assert written(project) == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_refused(project: Path, encoding: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "in.yaml").write_text(GOOD, encoding)
    assert rapportera(project, "--fran-fil", str(tmp_path / "in.yaml")) == 1
    assert "UTF-8" in capsys.readouterr().out


def test_the_plan_of_these_tests_is_sound() -> None:
    assert load_project(source({name: text for name, text in FILES.items() if isinstance(text, str)})).errors == 0
