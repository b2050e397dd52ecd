"""The real program: every help page of it is Swedish, and it starts without the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from tests.cli.test_swedish import english
from uppfoljning.cli import swedish
from uppfoljning.cli.app import app_for
from uppfoljning.cli.main import main

COMMANDS = get_command(app_for([])).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name.split(), "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Användning: uppfoljning {name}".strip())
    assert english(out) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_speaks_swedish(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = COMMANDS[name]
    assert isinstance(command, swedish.Command), "give the command cls=swedish.Command"
    assert command.help
    assert [param.name for param in command.params if not getattr(param, "help", "")] == []
    assert main([name, "--finns-inte"]) == 2
    assert capsys.readouterr().err == f"fel: flaggan --finns-inte finns inte.\nSe uppfoljning {name} --help\n"


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["status", "--help"]], ids=" ".join)
def test_starts_light(argv: list[str]) -> None:
    code = (
        "import sys; from uppfoljning.cli.main import main; status = main(sys.argv[1:]);"
        "print(sorted({'pandas', 'numpy', 'rich', 'yaml', 'pydantic'} & set(sys.modules)), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == "[]\n"


def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uppfoljning", "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("uppfoljning ")


@pytest.mark.parametrize("argv", [["--help"], ["-h", "status"], ["--help", "regel"]], ids=" ".join)
def test_the_help_of_the_program_names_every_command(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 0
    out = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


def test_only_what_is_asked_for_is_made_ready() -> None:
    code = (
        "import sys; from uppfoljning.cli.main import main; main(['regel', 'S104']);"
        "print(sorted(name for name in sys.modules if name.startswith('uppfoljning.cli.')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "uppfoljning.cli.rule'" in done.stderr
    assert "uppfoljning.cli.status'" not in done.stderr
