"""The doors of the fast road: shut they let nothing through, and what is answered is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SOUND, folder, process
from uppfoljning.fast.doors import SWITCH, answer, load
from uppfoljning.fast.loading import LoadRequest
from uppfoljning.files.source import Folder


@pytest.mark.parametrize(
    "words", [("status", "--vid", "2026-08-31"), ("validera",), ("saknas", "--vid", "2026-08-31")], ids=" ".join
)
def test_an_answer_is_the_same_with_the_doors_shut(words: tuple[str, ...], tmp_path: Path) -> None:
    at = folder(tmp_path / "p", SOUND)
    cache = str(tmp_path / "cache")
    open_twice = [process("-C", at, *words, XDG_CACHE_HOME=cache) for _ in range(2)]
    kept = sorted(tmp_path.rglob("cache/**/*"))
    shut = process("-C", at, *words, XDG_CACHE_HOME=cache, **{SWITCH: "0"})
    assert {(one.returncode, one.stdout, one.stderr) for one in (*open_twice, shut)} == {
        (shut.returncode, shut.stdout, shut.stderr)
    }
    assert kept


def test_shut_doors_keep_nothing_and_read_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "0")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    at = folder(tmp_path / "p", SOUND)
    assert answer(["-C", at, "status"], lambda: 7, lambda: None) == 7
    assert load(Path(at), LoadRequest(Folder(Path(at)))) is None
    assert not (tmp_path / "cache").exists()
