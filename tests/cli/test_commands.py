"""The commands as they are used: what they print, on which stream, with which exit status, and how they refuse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLE, HOME, OTHER, REPORT, SOUND, UNSET, folder, process, words
from tests.cli.test_swedish import english
from uppfoljning.cli.main import main
from uppfoljning.cli.output import standard_output
from uppfoljning.cli.streams import plain

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sound(tmp_path: Path) -> str:
    return folder(tmp_path, SOUND)


# status


@pytest.mark.parametrize("format", ["text", "json", "csv", "md"])
def test_status_of_a_sound_project(sound: str, format: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", *DAY, "--format", format]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Tillsyn av krogar" in out


def test_status_of_one_is_the_detail_and_of_two_the_table(sound: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", "gang", *DAY]) == 0
    one = capsys.readouterr().out
    assert one.startswith("Gå tillsammans ")
    assert "Mål: minst 12 vandringar\n  hittills 3 av 4,3 · hela målet 12 · mot planen 69 %" in one
    assert main(["-C", sound, "status", "gang", "prov-2026/tillsyn", *DAY]) == 0
    two = capsys.readouterr().out
    assert two.startswith("Provplan ")
    assert "Gå tillsammans" in two
    assert "Tillsyn av krogar" in two


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--part", "polisen"], ["tillsyn"]),
        (["--part", "kommunen"], ["gang", "tillsyn"]),
        (["--plats", "torget"], ["gang"]),
        (["--plats", "hamnen"], []),
        (["--plats", "torget", "--part", "polisen"], []),
        (["--plan", "prov-2026", "tillsyn"], ["tillsyn"]),
        (["--period", "2026-T1"], ["gang", "tillsyn"]),
        (["--period", "2025"], []),
        (["--period", "VT2026"], ["gang", "tillsyn"]),
    ],
    ids=words,
)
def test_status_is_limited(sound: str, options: list[str], shown: list[str], capsys: Capture) -> None:
    assert main(["-C", sound, "status", *options, *DAY, "--format", "json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["åtaganden"]] == shown


def test_status_says_what_a_place_had(sound: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", "--plats", "torget", *DAY]) == 0
    assert "varav torget: 1" in capsys.readouterr().out


def test_status_sees_only_what_was_handed_in(sound: str, capsys: Capture) -> None:
    for day, outcome in (("2026-03-06", None), ("2026-03-07", 1), ("2026-04-08", 2), ("2026-04-09", 3)):
        assert main(["-C", sound, "status", "gang", "--vid", day, "--format", "json"]) == 0
        (commitment,) = json.loads(capsys.readouterr().out)["åtaganden"]
        assert commitment["mål"][0]["utfall"] == outcome


def test_status_finds_the_project_from_a_folder_within(sound: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    (Path(sound) / "reports" / "2026").mkdir()
    monkeypatch.chdir(Path(sound) / "reports" / "2026")
    assert main(["status", *DAY]) == 0
    assert "Provplan" in capsys.readouterr().out


def test_status_says_when_nothing_fits(sound: str, capsys: Capture) -> None:
    assert main(["-C", sound, "status", "--plats", "hamnen", *DAY]) == 0
    assert capsys.readouterr().out.startswith("Inget åtagande passar urvalet.\n")


def test_status_of_an_empty_project(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "plans").mkdir()
    assert main(["-C", str(tmp_path), "status"]) == 0
    assert capsys.readouterr().out.startswith("Inga planer.\n\nper 2026-")


# Broken files

BAD_YAML = "plan: prov-2026\nåtagande: gang\ndatum: [2026\n"
BAD_ROW = "plan;åtagande;datum\nprov-2026;gang;2026-05-01\nprov-2026;gang;2026-02-30\n"
TWICE = {f"reports/{name}.yaml": "plan: prov-2026\nåtagande: gang\nperiod: 2026-01\nantal: 4\n" for name in "xy"}


@pytest.mark.parametrize(
    ("broken", "said", "outcome"),
    [
        ({"reports/b.yaml": BAD_YAML}, "1 fil utelämnad på grund av fel.", 3),
        ({"reports/b.yaml": BAD_YAML, "reports/c.yaml": b"\xff\xfe"}, "2 filer utelämnade på grund av fel.", 3),
        ({"reports/b.csv": BAD_ROW}, "1 rad utelämnad på grund av fel.", 4),
        ({"reports/b.csv": BAD_ROW, "reports/c.yaml": BAD_YAML}, "1 fil och 1 rad utelämnade på grund av fel.", 4),
        (TWICE, "1 fel som rör flera rapporter tillsammans.", None),
    ],
    ids=["file", "files", "row", "file and row", "together"],
)
def test_status_runs_on_the_sound_part(
    tmp_path: Path, broken: dict[str, str | bytes], said: str, outcome: int | None, capsys: Capture
) -> None:
    where = folder(tmp_path, {**SOUND, **broken})
    for argv in (["status", "gang", "--format", "json"], ["status"], ["underlag", "gang"]):
        assert main(["-C", where, *argv, *DAY]) == 1
        out, err = capsys.readouterr()
        assert err == f"{said} Se vilka med: uppfoljning validera\n"
        assert "Traceback" not in out
        if argv[-1] == "json" and outcome is not None:
            assert json.loads(out)["åtaganden"][0]["mål"][0]["utfall"] == outcome


def test_a_broken_plan_leaves_the_others(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path, {**SOUND, "plans/annan-2026.yaml": OTHER.replace("period: 2026", "period: 20x6")})
    assert main(["-C", where, "status", *DAY]) == 1
    out, err = capsys.readouterr()
    assert "Provplan" in out
    assert "Annan plan" not in out
    assert err.startswith("1 fil utelämnad på grund av fel.")
    assert main(["-C", where, "status", "--plan", "annan-2026"]) == 2
    said = "fel: planen ”annan-2026” finns inte (filen är utelämnad, kör uppfoljning validera)."
    assert capsys.readouterr().err.startswith(said)


# underlag


def test_explanation(sound: str, capsys: Capture) -> None:
    assert main(["-C", sound, "underlag", "prov-2026/gang", *DAY]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Räknas (3 rapporter)\n  2026-03-06  1  reports/a.yaml\n  2026-04-01  1  reports/rader.csv rad 2\n" in out


# validera


def test_validation_of_a_sound_project(sound: str, capsys: Capture) -> None:
    assert main(["-C", sound, "validera"]) == 0
    out, err = capsys.readouterr()
    assert "varning[M702]" in out
    assert err == "2 varningar i 3 filer.\n"
    assert main(["-C", sound, "validera", "--strikt"]) == 1


@pytest.mark.parametrize("format", ["text", "kort", "json"])
def test_the_exit_status_is_the_same_in_every_format(tmp_path: Path, format: str, capsys: Capture) -> None:
    where = folder(tmp_path, {**SOUND, "reports/b.yaml": BAD_YAML})
    assert main(["-C", where, "validera", "--format", format]) == 1
    out, err = capsys.readouterr()
    assert "reports/b.yaml" in out
    assert err == "1 fel, 2 varningar i 4 filer.\n"
    assert main(["-C", where, "validera", "--format", format, "reports/a.yaml"]) == 0


@pytest.mark.parametrize(
    ("paths", "files", "found"),
    [
        (["reports/b.yaml"], 1, {"reports/b.yaml"}),
        (["reports"], 3, {"reports/b.yaml"}),
        (["plans"], 1, {"plans/prov-2026.yaml"}),
        (["plans", "reports/b.yaml"], 2, {"plans/prov-2026.yaml", "reports/b.yaml"}),
        (["reports/a.yaml", "reports/a.yaml"], 1, set()),
        (["."], 4, {"plans/prov-2026.yaml", "reports/b.yaml"}),
    ],
    ids=words,
)
def test_validation_of_some(tmp_path: Path, paths: list[str], files: int, found: set[str], capsys: Capture) -> None:
    """A report given alone is still held against its plan; paths are as seen from the project."""
    where = folder(tmp_path, {**SOUND, "reports/b.yaml": REPORT.replace("2026-03-06", "2026-02-30")})
    assert main(["-C", where, "validera", "--format", "json", *paths]) == ("reports/b.yaml" in found)
    out, err = capsys.readouterr()
    assert {item["fil"] for item in json.loads(out)["fynd"]} == found
    assert err.endswith(f"i {files} {'fil' if files == 1 else 'filer'}.\n")


def test_paths_may_be_seen_from_where_one_stands(sound: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(Path(sound) / "reports")
    assert main(["validera", "a.yaml", str(Path(sound) / "plans")]) == 0
    assert capsys.readouterr().err == "2 varningar i 2 filer.\n"


# regel


def test_rules(capsys: Capture) -> None:
    assert main(["regel", "s104"]) == 0
    assert capsys.readouterr().out.startswith("S104 inget klockslag (fel)\n")
    assert main(["regel"]) == 0
    assert "\nS104  fel     inget klockslag\n" in capsys.readouterr().out


# Misuse

MISUSE = {
    "plan": (["status", "--plan", "prov-2025"], "planen ”prov-2025” finns inte. Menade du prov-2026?"),
    "commitment": (["status", "gong"], "åtagandet ”gong” finns inte. Menade du gang?"),
    "commitment, nothing near": (["status", "xyz"], "åtagandet ”xyz” finns inte. Välj bland: annat, gang, tillsyn."),
    "commitment with plan": (["underlag", "prov-2026/gong"], "åtagandet ”prov-2026/gong” finns inte. Menade du prov-2026/gang?"),
    "commitment of another plan": (
        ["status", "--plan", "prov-2026", "annan-2026/annat"],
        "åtagandet ”annan-2026/annat” finns inte. Välj bland: prov-2026/gang, prov-2026/tillsyn.",
    ),
    "ambiguous": (
        ["underlag", "tillsyn"],
        "åtagandet ”tillsyn” finns i flera planer. Skriv annan-2026/tillsyn eller prov-2026/tillsyn.",
    ),
    "party": (["status", "--part", "polis"], "parten ”polis” finns inte i någon vald plan. Menade du polisen?"),
    "place": (["status", "--plats", "torg"], "platsen ”torg” finns inte i någon vald plan. Menade du torget?"),
    "day": (
        ["status", "--vid", "igår"],
        "flaggan --vid: ”igår” – värdet är inget datum. Skriv år, månad och dag som 2026-03-06.",
    ),
    "no such day": (["status", "--vid", "2026-02-30"], "flaggan --vid: ”2026-02-30” – datumet finns inte. Rätta dagen."),
    "period": (
        ["underlag", "gang", "--period", "2026-13"],
        "flaggan --period: ”2026-13” – perioden finns inte. Skriv till exempel",
    ),
    "term": (
        ["status", "--period", "VT2030"],
        "flaggan --period: ”VT2030” går inte att datera; ingen plan säger när terminen är. Menade du VT2026?",
    ),
    "term, dated differently": (
        ["status", "--period", "VT2026"],
        "flaggan --period: planerna daterar terminen olika. Välj en plan med --plan.",
    ),
    "no days": (["underlag", "gang", "--period", "2025"], "åtagandet gang har inga dagar i perioden 2025."),
    "format": (
        ["status", "--format", "xml"],
        "flaggan --format: ”xml” finns inte att välja. Välj bland text, json, csv, md, xlsx, docx, html.",
    ),
    "format of findings": (
        ["validera", "--format", "csv"],
        "flaggan --format: ”csv” finns inte att välja. Välj bland text, kort, json, github, gitlab, sarif, markdown.",
    ),
    "path missing": (["validera", "reports/nej.yaml"], "reports/nej.yaml finns inte."),
    "path outside": (["validera", "README.md"], "README.md är ingen plan eller rapport: de ligger i plans/ och reports/"),
    "rule": (["regel", "S99"], "regeln ”S99” finns inte."),
    "no commitment": (["underlag"], "argumentet ÅTAGANDE saknas."),
    "escape sequence": (["status", "\x1b[31mgang"], "åtagandet ”?[31mgang” finns inte. Menade du gang?"),
    "personal number": (["status", "--plan", "19640823-3234"], "planen ”••••••••-••••” finns inte."),
}


@pytest.mark.parametrize(("argv", "message"), MISUSE.values(), ids=MISUSE)
def test_misuse(tmp_path: Path, argv: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    other = OTHER.replace("VT2026: [2026-01-08", "VT2026: [2026-01-09")
    monkeypatch.chdir(folder(tmp_path, {**SOUND, "plans/annan-2026.yaml": other, "README.md": ""}))
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith(f"fel: {message}")
    assert second == f"Se uppfoljning {argv[0]} --help"
    assert english(first.removeprefix(f"fel: {message}")) == []
    assert english(message.replace("README.md", "")) == []


@pytest.mark.parametrize("argv", [["status"], ["underlag", "x"], ["validera"]], ids=words)
def test_no_project_here(tmp_path: Path, argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    told = "det finns ingen mapp plans eller reports {}. Gå till er mapp eller peka ut den med -C KATALOG."
    assert main(argv) == 2
    assert capsys.readouterr().err.startswith(f"fel: {told.format('här')}\n")
    (tmp_path / "tom").mkdir()
    assert main(["-C", "tom", *argv]) == 2
    assert capsys.readouterr().err.startswith(f"fel: {told.format('i tom')}\n")


def test_no_such_directory(capsys: Capture) -> None:
    assert main(["-C", "finns-ej", "status"]) == 2
    assert capsys.readouterr().err == "fel: flaggan -C: finns-ej finns inte.\nSe uppfoljning --help\n"


def test_a_fault_is_three(monkeypatch: pytest.MonkeyPatch, sound: str, capsys: Capture) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("hemligt")

    monkeypatch.setattr("uppfoljning.followup.asking.follow_up", fails)
    assert main(["-C", sound, "status"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("fel i programmet: RuntimeError i uppfoljning/followup/asking.py:")
    assert "hemligt" not in err


@pytest.mark.parametrize(
    "argv",
    [
        ["status"],
        ["status", "gang"],
        ["status", "--format", "md"],
        ["underlag", "gang"],
        ["validera"],
        ["validera", "--format", "kort"],
    ],
    ids=words,
)
def test_what_is_printed_is_swedish(tmp_path: Path, argv: list[str], capsys: Capture) -> None:
    where = folder(tmp_path, {**SOUND, "reports/b.yaml": BAD_YAML, "reports/b.csv": BAD_ROW})
    assert main(["-C", where, *argv, *(() if argv[0] == "validera" else DAY)]) == 1
    out, err = capsys.readouterr()
    assert out
    assert english(out) == []
    assert english(err) == []


# As a process of its own


@pytest.mark.slow
@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (EXAMPLE, 0),
        (("underlag", "krogtillsyn"), 0),
        (("validera",), 0),
        (("validera", "--strikt"), 1),
        (("regel", "S104"), 0),
        (("status", "finns-inte"), 2),
    ],
    ids=words,
)
def test_real_exit_status(argv: tuple[str, ...], status: int) -> None:
    done = process(*argv)
    assert done.returncode == status
    assert bool(done.stdout) is (status < 2)
    assert b"Traceback" not in done.stderr


LIGHT = """
import sys
from uppfoljning.cli.main import main
status = main(sys.argv[1:])
print(sorted({"pandas", "numpy", "scipy", "statsmodels", "rich", "pydantic"} & set(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "argv",
    [
        EXAMPLE,
        (*EXAMPLE, "--format", "csv"),
        (*EXAMPLE, "--format", "json"),
        (*EXAMPLE, "--gruppera", "tertial"),
        ("validera",),
        ("underlag", "krogtillsyn"),
    ],
    ids=words,
)
def test_reading_commands_load_no_heavy_library(argv: tuple[str, ...]) -> None:
    import subprocess

    done = subprocess.run([sys.executable, "-c", LIGHT, *argv], cwd=HOME, capture_output=True, check=True, timeout=60)
    assert done.stderr.splitlines()[-1] == b"[]"


@pytest.mark.slow
@pytest.mark.parametrize(
    "argv",
    [
        *((*EXAMPLE, "--format", face) for face in ("text", "json", "csv", "md")),
        (*EXAMPLE, "--gruppera", "plats"),
        ("validera",),
        ("underlag", "belysning"),
    ],
    ids=words,
)
def test_two_runs_are_alike_whatever_the_hash_seed(argv: tuple[str, ...]) -> None:
    seen = [process(*argv, PYTHONHASHSEED=seed) for seed in ("0", "1", "4242")]
    assert seen[0].stdout
    assert len({(done.returncode, done.stdout, done.stderr) for done in seen}) == 1


# Streams


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1½ timme", "1 1/2 timme"),
        ("10² m²", "10^2 m^2"),
        ("å Ä é ß", "a A e ?"),
        ("75\xa0% – ▲ ≥ 3", "75 % - ^ >= 3"),
        ("日", "?"),
    ],
)
def test_plain_keeps_figures_apart(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("columns", "force", "no", "expected"),
    [
        ("", "", "", (None, False)),
        ("100", "", "", (100, False)),
        ("5", "", "", (20, False)),
        ("0", "", "", (None, False)),
        ("brett", "", "", (None, False)),
        ("²", "", "", (None, False)),
        ("", "1", "", (None, True)),
        ("", "1", "1", (None, False)),
    ],
)
def test_the_environment_decides_width_and_colour(
    columns: str, force: str, no: str, expected: tuple[int | None, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("COLUMNS", columns), ("FORCE_COLOR", force), ("NO_COLOR", no)):
        monkeypatch.setenv(name, value)
    screen = standard_output()
    assert (screen.width, screen.colour) == expected
