"""Who installs the wheel and checks types strictly is told what the API has, and what it does not have."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

HOME = Path(__file__).resolve().parents[2]
mypy = pytest.importorskip("mypy", reason="bara med tillägget utveckling")
builder = pytest.importorskip("hatchling.builders.wheel", reason="bara med tillägget utveckling")

SCRIPT = """\
import datetime

import uppfoljning as uf

project: uf.Project = uf.load(".", ref=None)
table: uf.FollowUp = project.follow_up(as_of="2026-08-31", period="2026-T1", plan="p", commitments=["a"], party="x", place="y")
frame = table.frame()
months = table.by("månad")
reports = project.reports(as_of=datetime.date(2026, 8, 31))
lists = [project.deviations(), project.outstanding(function="f"), project.findings(), project.history(), project.series()]
day: datetime.date = project.last_day
left_out: list[str] = project.left_out
"""
WRONG = """\
import uppfoljning as uf

uf.lod(".")
project = uf.load(".")
project.follow_up("2026-08-31")
project.follow_up(as_of=3)
project.followup()
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds nothing but the wheel."""
    folder = tmp_path_factory.mktemp("installerat")
    (wheel,) = builder.WheelBuilder(str(HOME)).build(directory=str(folder), versions=["standard"])
    with ZipFile(wheel) as packed:
        assert "uppfoljning/py.typed" in packed.namelist()
        venv.create(folder / "miljö", symlinks=True, with_pip=False)
        (found,) = [
            path for path in (folder / "miljö").rglob("site-packages") if not path.is_symlink() and path.parent.name != "lib64"
        ]
        packed.extractall(found)
    return next(path for path in (folder / "miljö").glob("*/python*") if path.stem == "python")


def checked(python: Path, folder: Path, script: str) -> tuple[int, str]:
    (folder / "fraga.py").write_text(script, "utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--config-file=",
        "--cache-dir",
        str(python.parent / "minne"),
    ]
    done = subprocess.run(
        [*command, "--python-executable", str(python), "fraga.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_a_script_that_uses_the_api_passes_mypy_strict(python: Path, tmp_path: Path) -> None:
    assert checked(python, tmp_path, SCRIPT) == (0, "")


def test_a_misspelt_name_and_a_wrong_argument_do_not(python: Path, tmp_path: Path) -> None:
    status, told = checked(python, tmp_path, WRONG)
    assert status == 1
    assert [line.partition(":")[2].partition(":")[0] for line in told.splitlines() if ": error:" in line] == ["3", "5", "6", "7"]
