"""What is measured is real: the generated repository is sound, as large as asked for, and always the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.generate import MOST_ROWS, generate
from uppfoljning.cli.main import main


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        generate(tmp_path / name, files=90, rows=40, commitments=4)
    generate(tmp_path / "other", files=90, rows=40, commitments=4, seed=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert tree(tmp_path / "one") != tree(tmp_path / "other")


def test_it_is_as_large_as_asked_for(tmp_path: Path) -> None:
    generate(tmp_path, files=90, rows=40, commitments=4)
    written = tree(tmp_path)
    assert len([path for path in written if path.startswith("reports/") and path.endswith(".yaml")]) == 90
    rows = [line for path, text in written.items() if path.endswith(".csv") for line in text.decode().splitlines()[1:]]
    assert len(rows) == 40


def test_no_two_rows_are_of_the_same_occasion(tmp_path: Path) -> None:
    generate(tmp_path, files=0, rows=30_001, commitments=2)
    tables = [path.read_text("utf-8").splitlines()[1:] for path in (tmp_path / "reports").rglob("*.csv")]
    assert len({tuple(line.split(";")[:6]) for lines in tables for line in lines}) == 30_001


def test_more_rows_than_occasions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="kräver fler åtaganden"):
        generate(tmp_path, files=0, rows=MOST_ROWS + 1, commitments=1)


def test_no_two_reports_are_of_the_same_occasion(tmp_path: Path) -> None:
    generate(tmp_path, files=2000, rows=0, commitments=2)
    keys = ("åtagande", "datum", "start", "plats")
    texts = [path.read_text("utf-8").splitlines() for path in (tmp_path / "reports").rglob("*.yaml")]
    occasions = {tuple(line for line in lines if line.split(":")[0] in keys) for lines in texts}
    assert len(occasions) == 2000


def test_it_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(tmp_path, files=200, rows=100, commitments=4)
    assert main(["-C", str(tmp_path), "validera", "--format", "kort"]) == 0
    assert "varning" not in capsys.readouterr().out


def test_it_writes_into_nothing_that_exists(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    script = Path(__file__).resolve().parents[1] / "bench" / "generate.py"
    done = subprocess.run(
        [sys.executable, script, "--files", "1", "--out", tmp_path], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
