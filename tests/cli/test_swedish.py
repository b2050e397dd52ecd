"""No English reaches the user: every help page and every kind of refusal, in every kind of terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.cli import sample
from uppfoljning.cli.errors import run_guarded
from uppfoljning.cli.misuse import translate, where_to_read

SAMPLE = Path(sample.__file__)

ENGLISH = re.compile(
    r"\b(usage|options?|arguments:|arguments?\]|commands?|error|missing|invalid|no such|try|defaults?|required?s?|requires|"
    r"takes?|show|this|exit|got|unexpected|extra|is not|not|does|exists?|valid|value|values|possible|did|mean|range|one of|"
    r"files?|directory|path|env var|aborted?|str|int|float|boolean|choice|choose|datetime|deprecated|the|and|or|of|with|given|"
    r"message|match|formats|recognized|could|readable|writable|permission|denied)\b",
    re.IGNORECASE,
)

HELP = [[], ["-h"], ["--help"], ["allt", "-h"], ["allt", "--help"], ["krav", "-h"], ["sla-fel", "--help"]]

REFUSALS = {
    "unknown command": (["nope"], "kommandot nope finns inte.", ""),
    "misspelt command": (["alt"], "kommandot alt finns inte. Menade du allt?", ""),
    "command missing": (["-C", "."], "kommando saknas. Välj bland allt, krav, sla-fel.", ""),
    "global directory missing": (["-C", "finns-ej", "allt", "x"], "flaggan -C: finns-ej finns inte.", ""),
    "argument missing": (["allt"], "argumentet ÅTAGANDE saknas.", "allt"),
    "argument missing, auto name": (["sla-fel"], "argumentet TEXT saknas.", "sla-fel"),
    "choice missing": (["krav"], "argumentet SLAG saknas. Välj bland text, kort.", "krav"),
    "choice unknown": (
        ["krav", "txt"],
        "argumentet SLAG: ”txt” finns inte att välja. Menade du text? Välj bland text, kort.",
        "krav",
    ),
    "option missing": (["krav", "text"], "flaggan --plan saknas.", "krav"),
    "too many arguments": (["allt", "x", "1", "b", "c", "d"], "2 argument för mycket: c d.", "allt"),
    "one argument too many": (["krav", "text", "--plan", "p", "c"], "ett argument för mycket: c.", "krav"),
    "half a pair": (["allt", "x", "1"], "argumentet HELTAL TEXT behöver 2 värden.", "allt"),
    "bad pair": (["allt", "x", "q", "b"], "argumentet HELTAL TEXT: ”q” är inget heltal.", "allt"),
    "unknown option": (["allt", "x", "--qqq"], "flaggan --qqq finns inte.", "allt"),
    "unknown short option": (["allt", "x", "-q"], "flaggan -q finns inte.", "allt"),
    "misspelt option": (["allt", "x", "--antl", "3"], "flaggan --antl finns inte. Menade du --antal eller --andel?", "allt"),
    "global option after": (["allt", "-C", "."], "flaggan -C ska stå före kommandot: uppfoljning -C … allt.", "allt"),
    "option before": (["--tal", "3", "allt"], "flaggan --tal ska stå efter kommandot: uppfoljning allt --tal …", ""),
    "option without value": (["allt", "x", "--antal"], "flaggan --antal behöver ett värde: --antal HELTAL.", "allt"),
    "flag with value": (["allt", "x", "--farg=3"], "flaggan --farg tar inget värde.", "allt"),
    "help with value": (["allt", "--help=3"], "flaggan --help tar inget värde.", "allt"),
    "whole number": (["allt", "x", "--antal", "1,5"], "flaggan --antal: ”1,5” är inget heltal.", "allt"),
    "out of range": (["allt", "x", "--rader", "99"], "flaggan --rader: ”99” ska vara minst 1 och högst 9.", "allt"),
    "range, no number": (["allt", "x", "--rader", "q"], "flaggan --rader: ”q” är inget heltal.", "allt"),
    "too small": (["allt", "x", "--andel", "0.1"], "flaggan --andel: ”0.1” ska vara minst 0.5.", "allt"),
    "number": (["allt", "x", "--tal", "1,5"], "flaggan --tal: ”1,5” är inget tal; skriv decimaler med punkt.", "allt"),
    "date": (["allt", "x", "--vid", "igår"], "flaggan --vid: ”igår” är inget datum; skriv till exempel 2026-08-31.", "allt"),
    "enum": (["allt", "x", "--format", "q"], "flaggan --format: ”q” finns inte att välja. Välj bland text, kort.", "allt"),
    "literal": (["allt", "x", "--val", "c"], "flaggan --val: ”c” finns inte att välja. Välj bland a, b.", "allt"),
    "no file": (["allt", "x", "--fil", "nej"], "flaggan --fil: nej finns inte.", "allt"),
    "folder as file": (["allt", "x", "--fil", "."], "flaggan --fil: . är en katalog, inte en fil.", "allt"),
    "file as folder": (
        ["allt", "x", "--katalog", __file__],
        f"flaggan --katalog: {__file__} är en fil, inte en katalog.",
        "allt",
    ),
    "cannot be read": (["allt", "x", "--in", "nej"], "flaggan --in: nej finns inte.", "allt"),
    "cannot be written": (["allt", "x", "--ut", "nej/nej"], "flaggan --ut: nej/nej går inte att skriva till.", "allt"),
    "uuid": (["allt", "x", "--id", "3"], "flaggan --id: ”3” är inget UUID.", "allt"),
    "own parser": (["allt", "x", "--period", "trasig"], "flaggan --period: perioden ska se ut som 2026-T1.", "allt"),
    "silent parser": (["allt", "x", "--period", "tyst"], "flaggan --period: ”tyst” går inte att tolka.", "allt"),
    "own misuse": (["sla-fel", "misuse"], "det där går inte ihop.", "sla-fel"),
    "escape sequence": (["allt", "x", "--\x1b[31m"], "flaggan --?[31m finns inte.", "allt"),
}


def english(text: str) -> list[str]:
    """The English words in a text."""
    return [match.group() for match in ENGLISH.finditer(text)]


def of_typer(name: str, among: type[Any] = typer.TyperException) -> Any:
    """An error of typer's by its name: most of its classes are private."""
    found = [one for one in among.__subclasses__() if one.__name__ == name]
    return found[0] if found else next(filter(None, (of_typer(name, one) for one in among.__subclasses__())), None)


def call(*argv: str) -> int:
    return run_guarded(lambda: sample.app, argv)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "UPPFOLJNING_FELSOK", "PROV_ANTAL", "PROV_FARG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("argv", HELP, ids=lambda argv: " ".join(argv) or "nothing")
def test_help_is_swedish(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status = call(*argv)
    out, err = capsys.readouterr()
    assert status == (0 if argv else 2)
    assert err == ""
    assert out.startswith("Användning: uppfoljning")
    assert english(out) == []


def test_help_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    call("-h")
    assert capsys.readouterr().out.splitlines() == [
        "Användning: uppfoljning [FLAGGOR] KOMMANDO [ARGUMENT...]",
        "",
        "  Ett provprogram.",
        "",
        "Läsa:",
        "  allt  Tar emot allt.",
        "",
        "Kommandon:",
        "  krav     Kräver två saker.",
        "  sla-fel  Slutar illa, på det sätt som WAY säger.",
        "",
        "Flaggor:",
        "  -C KATALOG    Arbeta i en annan katalog än den du står i.",
        "  --felsok      Visa var ett fel i programmet uppstod. Får stå var som helst;",
        "                UPPFOLJNING_FELSOK=1 gör detsamma.",
        "  --utan-cache  Läs allt på nytt, och spara inget av det som räknats ut till",
        "                nästa gång.",
        "  --version     Visa programmets version.",
        "  -h, --help    Visa den här hjälpen.",
    ]


def test_help_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call("allt", "-h")
    out = capsys.readouterr().out
    assert out.startswith("Användning: uppfoljning allt [FLAGGOR] ÅTAGANDE [HELTAL TEXT]\n")
    for row in (
        "  ÅTAGANDE     Vilket åtagande.  [krävs]",
        "  --antal HELTAL         Hur många.  [miljövariabel: PROV_ANTAL; standard: 3]",
        "  --rader HELTAL         [standard: 5; minst 1 och högst 9]",
        "  --vid DATUM",
        "  --format text|kort     Hur det ska se ut.  [standard: text]",
        "  --farg / --ingen-farg  [miljövariabel: PROV_FARG]",
        "  -d, --del TEXT",
        "  -m, --mer",
        "  --period VÄRDE         [standard: hela planen]",
        "  -h, --help             Visa den här hjälpen.",
    ):
        assert f"{row}\n" in out
    assert "secret" not in out


@pytest.mark.parametrize(("argv", "message", "command"), REFUSALS.values(), ids=REFUSALS)
def test_refusal(argv: list[str], message: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    where = f"uppfoljning {command}".strip()
    assert err == f"fel: {message}\nSe {where} --help\n"
    assert english(err.replace(__file__, "")) == []


@pytest.mark.parametrize(
    ("variable", "message"),
    [("PROV_ANTAL", "flaggan --antal: ”q” är inget heltal."), ("PROV_FARG", "flaggan --farg: ”q” är varken true eller false.")],
)
def test_refusal_of_an_environment_variable(
    variable: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, "q")
    assert call("allt", "x") == 2
    assert capsys.readouterr().err == f"fel: {message}\nSe uppfoljning allt --help\n"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (of_typer("FileError")("ut.txt"), "filen ut.txt går inte att öppna."),
        (typer.BadParameter("det går inte"), "värdet: det går inte."),
        (typer.TyperException("Det här sade vi själva"), "Det här sade vi själva."),
    ],
)
def test_refusal_that_belongs_to_no_command(error: typer.TyperException, message: str) -> None:
    assert translate(error) == message
    assert where_to_read(error) == ""


def test_values_arrive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["-C", str(tmp_path), "allt", "x", "7", "b", "-mm", "-d", "a", "--del", "b", "--vid", "2026-08-31", "--ingen-farg"]
    assert call(*argv, "--period", "2026-T1", "--format", "kort") == 0
    expected = f"{tmp_path}|x|(7, 'b')|3|5|0.5|None|2026-08-31 00:00:00|kort|a|None|None|None|False|['a', 'b']|2|2026-T1\n"
    assert capsys.readouterr().out == expected


def test_the_word_list_knows_typer() -> None:
    """The search would find typer's own words: they are there in a program that is not translated."""
    bare = typer.Typer(rich_markup_mode=None)
    bare.command("allt")(sample.everything)
    bare.command("krav")(sample.demands)
    for argv in (["allt", "--help"], ["krav"], ["krav", "txt"], ["allt", "x", "--antal", "q"], ["allt", "x", "--qqq"]):
        assert len(english(CliRunner().invoke(bare, argv).output)) >= 3


TERMINALS = {
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "narrow": {"COLUMNS": "60"},
    "github": {"GITHUB_ACTIONS": "true", "FORCE_COLOR": "1"},
    "no colour": {"NO_COLOR": "1", "TERM": "dumb"},
}


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("argv", [["allt", "--help"], ["-h"], ["allt", "x", "--vid", "igår"], ["sla-fel", "crash"]], ids=" ".join)
def test_as_a_process(argv: list[str], terminal: str) -> None:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **TERMINALS[terminal]}
    done = subprocess.run([sys.executable, SAMPLE, *argv], env=environment, capture_output=True, check=False, timeout=60)
    text = (done.stdout + done.stderr).decode(environment["PYTHONIOENCODING"])
    assert done.returncode == {"allt --help": 0, "-h": 0, "sla-fel crash": 3}.get(" ".join(argv), 2)
    assert english(text) == []
    assert "\x1b" not in text
    assert "Traceback" not in text
    if terminal == "narrow":
        assert max(map(len, done.stdout.decode().splitlines()), default=0) <= 60
