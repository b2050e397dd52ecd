"""A bar while many files are read: after a while, at a terminal, and never otherwise."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from tests.projects import Texts
from uppfoljning.cli import progress
from uppfoljning.cli.progress import PATIENCE, Watched, followed, watched

FILES = Texts({f"reports/{at:03}.yaml": str(at) for at in range(200)})


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def read_all(source: Watched) -> None:
    for name in source.names():
        assert source.read(name) == FILES.read(name)


def test_nothing_is_said_of_what_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    source = Watched(FILES, lambda: 1.0)
    read_all(source)
    source.end()
    assert screen.getvalue() == ""


def test_a_bar_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    clock = iter([0.0, 1.0, PATIENCE, *[PATIENCE] * 9])
    source = Watched(FILES, lambda: next(clock))
    read_all(source)
    source.end()
    assert "Läser filer" in screen.getvalue()
    assert "200/200" in screen.getvalue()


def test_a_pipe_has_the_source_itself() -> None:
    with watched(FILES) as source:
        assert source is FILES


def test_a_terminal_has_a_watched_one_that_ends_with_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    ended: list[Watched] = []

    def end(self: Watched) -> None:
        ended.append(self)

    monkeypatch.setattr(Watched, "end", end)
    with watched(FILES) as source:
        assert isinstance(source, Watched)
        read_all(source)
        assert ended == []
    assert ended == [source]


def test_nothing_is_read_in_for_it() -> None:
    code = f"import sys, {progress.__name__}; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"


def test_many_rows_have_a_bar_at_a_terminal_and_none_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(range(3000))
    monkeypatch.setenv("TERM", "xterm")
    for screen, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", screen)
        assert list(followed(rows, "Läser rader")) == rows
        assert ("Läser rader" in screen.getvalue()) is shown
