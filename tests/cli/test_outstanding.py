"""`saknas` as it is used: what it prints, on which stream, with which exit status, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from tests.cli.running import EXAMPLE, HOME, UNSET, folder, words
from tests.cli.test_swedish import english
from tests.projects import FORM, commitment, plan, rows
from uppfoljning.cli import errors, swedish
from uppfoljning.cli.options import program
from uppfoljning.cli.outstanding import saknas
from uppfoljning.cli.rule import regel

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
ONE = plan(
    commitment("{minst: 3}", "tillfällen: [2026-04-03, 2026-05-08]", "uppföljning: {rapportör: värd}"),
    commitment("{minst: 1}", "tillfällen: [2026-04-03]", parties="[polisen]", id="annat"),
)
OTHER = ONE.replace("prov-2026", "annan-2026").replace("titel: Prov\n", "titel: Annan plan\n").replace("värd", "ledare")


def app() -> typer.Typer:
    found = swedish.app(help="Prov.", callback=program)
    found.command("saknas", cls=swedish.Command)(saknas)
    found.command("regel", cls=swedish.Command)(regel)
    return found


def main(*argv: str) -> int:
    return errors.run_guarded(app, list(argv))


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def two(tmp_path: Path) -> str:
    files = {"plans/prov-2026.yaml": ONE, "plans/annan-2026.yaml": OTHER, "plans/snabbrapporter/prov.yaml": FORM}
    return folder(tmp_path, files)


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ([], "Prov "),
        (["--format", "text"], "Prov "),
        (["--format", "json"], '{\n  "version": 1,'),
        (["--format", "csv"], "\ufeffplan;funktion;"),
        (["--format", "md"], "## Prov\n"),
        (["--paminnelse"], "=" * 72 + "\nMejl 1 av 2\n"),
        (["--ics"], "BEGIN:VCALENDAR\n"),
    ],
    ids=words,
)
def test_every_face(two: str, options: list[str], start: str, capsys: Capture) -> None:
    assert main("-C", two, "saknas", *DAY, "--plan", "prov-2026", *options) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.replace("\r\n", "\n").startswith(start)


def test_a_calendar_keeps_its_line_breaks(two: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main("-C", two, "saknas", *DAY, "--ics") == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert out.count(b"\n") == out.count(b"\r\n")


def test_an_empty_calendar_is_said_on_the_error_stream(two: str, capsys: Capture) -> None:
    assert main("-C", two, "saknas", "--vid", "2027-06-01", "--ics") == 0
    assert capsys.readouterr() == ("", "Inget förfaller från och med 2027-06-01, så det blir ingen kalender.\n")


@pytest.mark.parametrize(
    ("options", "who"),
    [
        ([], {("prov-2026", "värd"), ("prov-2026", "polisen"), ("annan-2026", "ledare"), ("annan-2026", "polisen")}),
        (["--plan", "prov-2026"], {("prov-2026", "värd"), ("prov-2026", "polisen")}),
        (["--funktion", "värd"], {("prov-2026", "värd")}),
        (["--funktion", "polisen"], {("prov-2026", "polisen"), ("annan-2026", "polisen")}),
        (["--part", "klubben"], {("prov-2026", "värd"), ("annan-2026", "ledare")}),
        (["--part", "klubben", "--funktion", "ledare"], {("annan-2026", "ledare")}),
        (["--period", "2026-05"], {("prov-2026", "värd"), ("annan-2026", "ledare")}),
    ],
    ids=words,
)
def test_limits(two: str, options: list[str], who: set[tuple[str, str]], capsys: Capture) -> None:
    assert main("-C", two, "saknas", *DAY, "--format", "json", *options) == 0
    found = json.loads(capsys.readouterr().out)["funktioner"]
    assert {(one["plan"], one["id"]) for one in found} == who


def test_a_plan_without_the_function_is_not_said_to_lack_nothing(two: str, capsys: Capture) -> None:
    assert main("-C", two, "saknas", *DAY, "--funktion", "värd") == 0
    out = capsys.readouterr().out
    assert "Prov " in out
    assert "Annan plan" not in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--funktion", "vard"], "funktionen ”vard” finns inte i någon vald plan. Menade du värd?"),
        (["--plan", "annan-2026", "--funktion", "värd"], "funktionen ”värd” finns inte i någon vald plan."),
        (["--part", "poliser"], "parten ”poliser” finns inte i någon vald plan. Menade du polisen?"),
        (["--part", "polisen", "--funktion", "värd"], "funktionen ”värd” hör inte till parten ”polisen”."),
        (["--plan", "prov"], "planen ”prov” finns inte."),
        (["--period", "2026-13"], "flaggan --period: ”2026-13” – "),
        (["--vid", "i går"], "flaggan --vid: ”i går” – "),
        (["--paminnelse", "--ics"], "flaggorna --paminnelse och --ics går inte ihop. Välj en av dem."),
        (["--paminnelse", "--format", "json"], "flaggorna --paminnelse och --format går inte ihop. Välj en av dem."),
        (["--ics", "--format", "text"], "flaggorna --ics och --format går inte ihop. Välj en av dem."),
        (["--format", "xml"], "flaggan --format: ”xml” finns inte att välja"),
        (["lov"], "ett argument för mycket: lov"),
    ],
    ids=words,
)
def test_refusals(two: str, options: list[str], said: str, capsys: Capture) -> None:
    assert main("-C", two, "saknas", *options) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert english(err) == []


def test_a_project_with_an_error_gives_what_can_be_read_and_exit_status_1(tmp_path: Path, capsys: Capture) -> None:
    files = {"plans/prov-2026.yaml": ONE, "plans/snabbrapporter/prov.yaml": FORM, "reports/a.csv": rows("2026-13-45")}
    assert main("-C", folder(tmp_path, files), "saknas", *DAY) == 1
    out, err = capsys.readouterr()
    assert "saknas från 2 funktioner" in out
    assert "uppfoljning validera" in err


@pytest.mark.parametrize("room", ["60", "200"])
def test_the_example_on_the_day_of_the_readme(room: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The same three missing reports as `status` counts, from the two who are to hand them in."""
    monkeypatch.setenv("COLUMNS", room)
    assert main("-C", str(HOME), "saknas", *EXAMPLE[1:]) == 0
    out = capsys.readouterr().out
    assert "3 rapporter och 1 moment saknas från 2 funktioner; 7 rapporter" in " ".join(out.split())
    assert out.count("○ saknas:") == 3
    assert max(map(len, out.splitlines())) <= int(room)


def test_help_is_swedish_and_names_every_option(capsys: Capture) -> None:
    assert main("saknas", "--help") == 0
    out = capsys.readouterr().out
    for option in ("--plan", "--part", "--funktion", "--period", "--vid", "--format", "--paminnelse", "--ics"):
        assert option in out
    assert english(out) == []
