"""What the program asks of typer: nothing private, and nothing that reads in pydantic."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperArgument, TyperOption

from uppfoljning.cli import misuse

HOME = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("src", "tests", "docs", "bench") for path in (HOME / folder).rglob("*.py"))
PRIVATE: list[tuple[str, str]] = []
"""Every private thing of typer's that is imported, by file. There is none, and a reason must stand here before there is."""

NAMES = ("MissingParameter", "BadParameter", "NoSuchOption", "BadOptionUsage", "BadArgumentUsage", "FileError", "UsageError")
"""The errors that are told apart by their names, since their classes are private."""


def imported(path: Path) -> Iterator[str]:
    """What a file imports of typer, as `typer.core.TyperOption`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "typer")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "typer":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_private_is_imported() -> None:
    found = [
        (path.relative_to(HOME).as_posix(), name)
        for path in SOURCES
        for name in imported(path)
        if any(part.startswith("_") for part in name.split("."))
    ]
    assert found == PRIVATE


def test_the_search_for_private_imports_finds_them(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import typer\nfrom typer._click import exceptions\nfrom typer.core import _main\n", "utf-8")
    assert list(imported(tmp_path / "a.py")) == ["typer", "typer._click.exceptions", "typer.core._main"]


def errors(cls: type[Exception]) -> Iterator[str]:
    for one in cls.__subclasses__():
        yield one.__name__
        yield from errors(one)


@pytest.mark.parametrize("name", [*NAMES, "NoArgsIsHelpError"])
def test_the_errors_that_go_by_their_names_have_them(name: str) -> None:
    assert name in set(errors(typer.TyperException))
    assert f'"{name}"' in inspect.getsource(misuse)


@pytest.mark.parametrize("kind", [TyperOption, TyperArgument])
def test_what_reads_values_is_still_asked_for_by_the_name_that_is_answered(kind: type) -> None:
    assert "get_runtime_param().coerce(" in inspect.getsource(kind.process_value)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["status", "--plan", "exempelkoping-2026", "--vid", "2026-08-31", "--format", "csv"],
        ["-C", ".", "diff", "--help"],
        ["ark", "nattvandring", "--tomma", "q"],
        ["status", "--format", "q"],
        ["nope"],
    ],
    ids=" ".join,
)
def test_no_command_line_reads_in_pydantic(argv: list[str]) -> None:
    code = "import sys; from uppfoljning.cli.main import main; main(sys.argv[1:]); sys.exit(int('pydantic' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, *argv], cwd=HOME, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
