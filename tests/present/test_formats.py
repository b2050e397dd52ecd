"""A format is its renderer and one row: everything else is told by the row."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import uppfoljning
from tests.cli.running import HOME
from uppfoljning.cli.output import ENDINGS
from uppfoljning.present.renderers.drawn import TableFormat

RENDERER = '''"""A paper as its title alone."""

from uppfoljning.present.document.model import Document


def title_text(paper: Document) -> str:
    return f"{paper.title}\\n"
'''
DRAW = """def _title(paper: Document) -> bytes:
    from uppfoljning.present.renderers.title import title_text

    return title_text(paper).encode()


class Face(NamedTuple):"""
ROW = '    rubrik = "rubrik", Face(".rubrik", _title, "Läs den högt.", page=True)\n\n    def __new__('


def test_every_format_has_an_ending_of_its_own_that_names_it() -> None:
    assert [ENDINGS[one.face.ending] for one in TableFormat] == list(TableFormat)


@pytest.mark.slow
def test_a_new_format_is_a_renderer_and_a_row_and_every_reading_command_has_it(tmp_path: Path) -> None:
    source = Path(uppfoljning.__file__).parent
    copy = tmp_path / "uppfoljning"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    registry = copy / "present" / "renderers" / "drawn.py"
    registry.with_name("title.py").write_text(RENDERER, "utf-8")
    text = registry.read_text("utf-8")
    registry.write_text(text.replace("class Face(NamedTuple):", DRAW).replace("    def __new__(", ROW, 1), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "200"}

    def run(*words: str) -> str:
        program = "import sys; from uppfoljning.cli.main import entry; sys.exit(entry())"
        return subprocess.run(
            [sys.executable, "-c", program, "-C", str(HOME), *words], env=environment, check=True, capture_output=True, text=True
        ).stdout  # fmt: skip

    assert "html eller rubrik." in run("status", "--help")
    for command in ("status", "avvikelser", "historik", "saknas"):
        told = run(command, "--plan", "exempelkoping-2026", "--vid", "2026-08-31", "--format", "rubrik")
        assert "Exempelköping" in told
        assert len(told.splitlines()) == 1
    file = tmp_path / "blad.rubrik"
    said = run("status", "--plan", "exempelkoping-2026", "--vid", "2026-08-31", "--ut", str(file))
    assert said.endswith("Läs den högt.\n")
    assert "Exempelköping" in file.read_text("utf-8")
