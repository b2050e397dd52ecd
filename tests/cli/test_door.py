"""The one door: exit statuses, faults, closed pipes, odd encodings."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.cli import sample
from uppfoljning.cli import streams
from uppfoljning.cli.errors import NOWHERE, run_guarded


def call(*argv: str) -> int:
    return run_guarded(lambda: sample.app, argv)


def process(*argv: str, encoding: str = "utf-8", **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, sample.__file__, *argv], env=environment, check=False, timeout=60, **options)


@pytest.fixture(autouse=True)
def no_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPPFOLJNING_FELSOK", raising=False)


@pytest.mark.parametrize(
    ("way", "status", "said"),
    [("exit", 1, ""), ("signs", 1, ""), ("abort", 130, "Avbrutet.\n"), ("interrupt", 130, "Avbrutet.\n")],
)
def test_status(way: str, status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sla-fel", way) == status
    assert capsys.readouterr().err == said


def test_a_fault_is_one_line_without_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sla-fel", "crash") == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "fel i programmet: KeyError. Kör igen med --felsok för att se mer, och anmäl felet.\n"


def test_a_fault_of_the_disk_says_which() -> None:
    done = process("sla-fel", "disk", capture_output=True)
    assert done.returncode == 1
    line = "fel: du saknar rätt till filen eller mappen. Ge dig den rätten och kör igen."
    assert done.stderr.decode().splitlines() == [line]


def test_a_fault_names_our_own_line(capsys: pytest.CaptureFixture[str]) -> None:
    def load() -> NoReturn:
        streams.plain(None)  # type: ignore[arg-type]
        raise AssertionError

    assert run_guarded(load, []) == 3
    line = next(n for n, text in enumerate(Path(streams.__file__).read_text("utf-8").splitlines(), 1) if "in text:" in text)
    assert f"fel i programmet: TypeError i uppfoljning/cli/streams.py:{line}. Kör" in capsys.readouterr().err


@pytest.mark.parametrize("place", [0, 1, 2])
def test_debug_shows_the_traceback(place: int, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["sla-fel", "crash"]
    argv.insert(place, "--felsok")
    assert call(*argv) == 3
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert err.endswith("KeyError: 'hemligt crash'\nfel i programmet: KeyError.\n")


@pytest.mark.parametrize(("value", "shown"), [("1", True), ("0", False), ("", False)])
def test_debug_by_the_environment(
    value: str, shown: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UPPFOLJNING_FELSOK", value)
    assert call("sla-fel", "crash") == 3
    assert ("Traceback" in capsys.readouterr().err) is shown


def test_debug_after_two_dashes_is_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("allt", "--", "--felsok") == 0
    assert "|--felsok|" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--version") == 0
    assert capsys.readouterr().out == f"uppfoljning {importlib.metadata.version('uppfoljning')}\n"


def test_a_reader_that_goes_away() -> None:
    with subprocess.Popen(
        [sys.executable, sample.__file__, "sla-fel", "much"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"0" + os.linesep.encode()
        running.stdout.close()
        assert running.wait(60) == 141
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk to write to")
def test_a_full_disk_is_said_once() -> None:
    with open("/dev/full", "wb") as full:
        done = process("sla-fel", "signs", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.decode() == "fel: disken är full. Frigör utrymme och kör igen.\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that can close standard output")
def test_no_standard_output_at_all() -> None:
    command = ["sh", "-c", '"$0" "$1" sla-fel signs >&-', sys.executable, sample.__file__]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.decode() == f"fel: {NOWHERE}\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "å 1\xa0234,5 ▓▓░ ● ▲ – “x” 日"),
        ("cp1252", "å 1\xa0234,5 ##. * ^ – “x” ?"),
        ("ascii", 'a 1 234,5 ##. * ^ - "x" ?'),
    ],
)
def test_no_figure_is_lost_in_any_encoding(encoding: str, text: str) -> None:
    done = process("sla-fel", "signs", encoding=encoding, capture_output=True)
    assert done.returncode == 1
    assert done.stdout.decode(encoding).strip() == text


def test_other_unicode_errors_are_not_hidden() -> None:
    streams.make_safe()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", errors=streams.HANDLER)


def test_a_command_that_gives_nothing_is_fine() -> None:
    assert run_guarded(lambda: sample.app, ["allt", "x"]) == 0
