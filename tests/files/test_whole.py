"""Nobody sees a file half-written, whatever the file system can do, and a killed run leaves nothing to clear up."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uppfoljning.files.atomic_write import write_many_new, write_new, write_over

FILES = {f"{folder}/{number:03}.yaml": f"nummer: {number}å\n" * 40 for folder in "ba" for number in range(90)}


def refuse(*_: object, **more: object) -> None:
    raise OSError(errno.EPERM, "not here")


def no_unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system such as macOS."""
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def refused_unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no unnamed files, such as many in a network."""
    opened = os.open

    def without(path: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_DIRECTORY:
            raise OSError(errno.EOPNOTSUPP, "not here")
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", without)


def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick: neither unnamed files nor hard links."""
    no_unnamed(monkeypatch)
    monkeypatch.setattr(os, "link", refuse)


def no_link_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose Python knows of no hard links."""
    no_unnamed(monkeypatch)
    monkeypatch.delattr(os, "link")


def no_link_but_unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, with unnamed files that then cannot be named."""
    monkeypatch.delattr(os, "link")


def no_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unnamed files, but no way to name them."""
    link = os.link

    def without(source: object, target: object, **more: Any) -> None:
        if more:
            raise OSError(errno.ENOENT, "no /proc")
        link(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", without)


@pytest.fixture(
    params=[None, no_unnamed, refused_unnamed, no_links, no_link_at_all, no_link_but_unnamed, no_proc],
    ids=lambda way: getattr(way, "__name__", "here"),
)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every way a file can be written in."""
    way: Callable[[pytest.MonkeyPatch], None] | None = request.param
    if way is not None:
        way(monkeypatch)
    return "here" if way is None else way.__name__


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("system")
def test_a_new_file_and_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    assert write_new(path, "å: 1\r\n")
    assert not write_new(path, "annat")
    assert tree(tmp_path) == {"a/b.yaml": "å: 1\r\n"}


@pytest.mark.usefixtures("system")
def test_writing_over(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    assert [write_over(path, text) for text in ("ett", "ett", "två")] == [True, False, True]
    assert tree(tmp_path) == {"a/b.yaml": "två"}


@pytest.mark.slow
@pytest.mark.usefixtures("system")
def test_many_are_written_in_their_order_and_none_over_another(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "007.yaml").write_text("förut", "utf-8")
    result = write_many_new(tmp_path, FILES)
    assert result.existing == ["a/007.yaml"]
    assert result.written == [name for name in FILES if name != "a/007.yaml"]
    assert tree(tmp_path) == FILES | {"a/007.yaml": "förut"}
    assert write_many_new(tmp_path, FILES) == ([], list(FILES))


@pytest.mark.usefixtures("system")
@pytest.mark.skipif(os.name == "nt", reason="rättigheter som i Unix")
def test_a_file_has_the_rights_of_new_files(tmp_path: Path) -> None:
    write_new(tmp_path / "a", "x")
    write_over(tmp_path / "a", "y")
    write_new(tmp_path / "b", "x")
    (tmp_path / "vanlig").write_text("", "utf-8")
    assert {path.stat().st_mode for path in tmp_path.iterdir()} == {(tmp_path / "vanlig").stat().st_mode}


@pytest.mark.usefixtures("system")
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="full"):
        write_new(tmp_path / "a", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_given_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="not here"):
        write_new(tmp_path / "a", "x")
    assert list(tmp_path.iterdir()) == []


def test_another_program_with_the_same_number_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_unnamed(monkeypatch)
    taken = tmp_path / f".uppfoljning-{os.getpid()}-0.ny"
    taken.write_text("en annans", "utf-8")
    assert write_new(tmp_path / "a", "x")
    assert tree(tmp_path) == {taken.name: "en annans", "a": "x"}


def test_what_killed_runs_left_is_taken_away_when_it_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_unnamed(monkeypatch)
    names = (".uppfoljning-1-0.ny", ".uppfoljning-2-0.ny", ".annat.ny", ".uppfoljning-anteckningar")
    for name in names:
        (tmp_path / name).write_text("", "utf-8")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / names[1]).touch()
    (tmp_path / ".uppfoljning-mapp.ny").mkdir()
    assert write_new(tmp_path / "a", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names[1:], ".uppfoljning-mapp.ny", "a"])


def test_a_text_that_is_no_text_is_met_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_over(tmp_path / "a", "halv \ud800")
    assert list(tmp_path.iterdir()) == []


def test_a_name_taken_meanwhile_is_written_over_when_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("nyss", "utf-8")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert write_over(tmp_path / "a", "x")
    assert tree(tmp_path) == {"a": "x"}


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="namnlösa filer finns bara i Linux")
def test_a_killed_run_leaves_nothing_unfinished(tmp_path: Path) -> None:
    script = f"""
import os, signal, sys
from pathlib import Path
from uppfoljning.files import atomic_write as whole
link, left = whole._Unnamed._link, [{len(FILES) // 2}]
def linking(self, path):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    link(self, path)
whole._Unnamed._link = linking
from uppfoljning.files.atomic_write import write_many_new
write_many_new(Path(sys.argv[1]), {FILES!r})
"""
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert tree(tmp_path) == dict(list(FILES.items())[: len(FILES) // 2])
    assert write_many_new(tmp_path, FILES).written == list(FILES)[len(FILES) // 2 :]
    assert tree(tmp_path) == FILES


def test_a_folder_that_cannot_be_looked_through_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_unnamed(monkeypatch)
    monkeypatch.setattr(os, "scandir", refuse)
    assert write_new(tmp_path / "a", "x")
