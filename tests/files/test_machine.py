"""What the machine is short of is no fault of a file: it is known in every form it comes in, and never turned into an answer."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import duckdb
import pytest

from uppfoljning.collect.inbox.texts import arrived
from uppfoljning.fast import file_index
from uppfoljning.files.aside import Aside
from uppfoljning.files.atomic_write import write_many_new
from uppfoljning.files.git import ask, fault_of
from uppfoljning.files.git_head import head_commit
from uppfoljning.files.machine import number_of, raise_if_short
from uppfoljning.files.root import FOLDERS
from uppfoljning.files.source import Folder, read_bytes


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (MemoryError(), errno.ENOMEM),
        (OSError(errno.ENOSPC, "x"), errno.ENOSPC),
        (OSError("utan nummer"), 0),
        (RuntimeError("can't start new thread"), errno.EAGAIN),
        (RuntimeError("något annat"), 0),
        (ImportError("a.so: cannot open shared object file: Too many open files"), errno.EMFILE),
        (ImportError("a.so: failed to map segment from shared object"), errno.ENOMEM),
        (ModuleNotFoundError("No module named 'x'"), 0),
        (SystemError("<built-in> returned NULL without setting an exception"), errno.ENOMEM),
        (duckdb.IOException("IO Error: Could not write: No space left on device"), errno.ENOSPC),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), errno.ENOMEM),
        (duckdb.InvalidInputException("Invalid Input Error: No magic bytes"), 0),
        (ValueError("No space left on device"), 0),
    ],
)
def test_it_is_known_in_every_form(error: Exception, number: int) -> None:
    assert number_of(error) == number


def test_what_was_looked_for_in_another_place_too_is_told_by_the_first() -> None:
    first, second = ImportError("a.so: failed to map segment from shared object"), ImportError("cannot import name 'a'")
    second.__context__ = first
    assert number_of(second) == errno.ENOMEM


def test_only_what_is_short_is_raised_again() -> None:
    raise_if_short(OSError(errno.ENOSPC, "full"))
    with pytest.raises(MemoryError):
        raise_if_short(MemoryError())


def none_left(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EMFILE, "nej")


READING: dict[str, tuple[str, Callable[[Path], object]]] = {
    "names": ("os.open", lambda root: Folder(root).names()),
    "marks": ("os.open", lambda root: file_index.marks_of(str(root), "reports", [])),
    "census": ("os.open", lambda root: file_index.census(str(root), FOLDERS, {})),
    "bytes": ("os.open", lambda root: read_bytes(Folder(root), "reports/a.yaml")),
    "head": ("builtins.open", head_commit),
    "git": ("subprocess.Popen", lambda root: ask(root, "status")),
    "git's fault": ("subprocess.Popen", fault_of),
    "inbox": ("os.open", lambda root: list(arrived(root / "reports" / "a.yaml", root / "annat"))),
    "inbox folder": ("pathlib.Path.iterdir", lambda root: list(arrived(root / "reports", root / "annat"))),
}


@pytest.mark.parametrize("what", READING)
def test_too_many_open_files_are_no_answer(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.yaml").write_text("a: b\n", "utf-8")
    (tmp_path / ".git").write_text("gitdir: x\n", "utf-8")
    where, read = READING[what]
    monkeypatch.setattr(where, none_left)
    with pytest.raises(OSError, match="nej"):
        read(tmp_path)


def test_folders_are_looked_at_by_one_where_there_are_no_files_for_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in "abc":
        (tmp_path / "reports" / folder).mkdir(parents=True)
        (tmp_path / "reports" / folder / "1.yaml").write_text("x", "utf-8")
    monkeypatch.setattr(file_index, "_LARGE", 1)
    both = file_index.census(str(tmp_path), FOLDERS, {})
    monkeypatch.setattr(os, "pipe", none_left)
    assert file_index.census(str(tmp_path), FOLDERS, {}) == both


@pytest.mark.parametrize("free", [1, 2, 5])
def test_as_many_files_are_written_at_a_time_as_may_be_open(free: int, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    files = {f"{number % 3}/{number}.yaml": f"{number}\n" for number in range(100)}
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unused = [number for number in range(512) if not Path(f"/dev/fd/{number}").exists()]
    resource.setrlimit(resource.RLIMIT_NOFILE, (unused[free], hard))
    try:
        result = write_many_new(tmp_path, files)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert result == (list(files), [])
    assert {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.yaml")} == files


def test_work_aside_is_done_where_it_is_asked_for_when_no_thread_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Thread) -> NoReturn:
        raise RuntimeError("can't start new thread")

    def broken() -> NoReturn:
        raise ZeroDivisionError

    done: list[Any] = []
    for _ in range(2):
        aside = Aside(lambda: done.append(1))
        aside.drop()
        assert aside.result() is aside.result() is None
        with pytest.raises(ZeroDivisionError):
            Aside(broken).result()
        monkeypatch.setattr(Thread, "start", refused)
    assert done == [1, 1]
