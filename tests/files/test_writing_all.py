"""Many files are written all or none: new ones never over another, and those made before in their place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from uppfoljning.files.atomic_write import in_the_way, write_all_new, write_all_over, write_many_new, write_new

FILES = {"a.txt": "å\n", "b/c/d.txt": "d\n", "b/e.txt": "e\n"}


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("below", ["", "ny", "två/steg"])
def test_many_new_files(below: str, tmp_path: Path) -> None:
    root = tmp_path / below
    assert write_all_new(root, FILES) == []
    assert tree(tmp_path) == {f"{below}/{name}".lstrip("/"): text for name, text in FILES.items()}


def test_they_stand_beside_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "annat.txt").write_text("kvar", "utf-8")
    assert write_all_new(tmp_path, FILES) == []
    assert tree(tmp_path) == FILES | {"b/annat.txt": "kvar"}


@pytest.mark.skipif(os.name == "nt", reason="rättigheter som i Unix")
def test_they_have_the_rights_of_new_files(tmp_path: Path) -> None:
    write_all_new(tmp_path / "ny", FILES)
    (tmp_path / "vanlig").write_text("", "utf-8")
    (tmp_path / "mapp").mkdir()
    assert (tmp_path / "ny" / "a.txt").stat().st_mode == (tmp_path / "vanlig").stat().st_mode
    assert (tmp_path / "ny").stat().st_mode == (tmp_path / "mapp").stat().st_mode


def test_everything_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("ingenstans")
    (tmp_path / "b").write_text("en fil", "utf-8")
    assert in_the_way(tmp_path, FILES) == write_all_new(tmp_path, FILES) == ["a.txt", "b"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "b"]
    assert in_the_way(tmp_path / "b", FILES) == [str(tmp_path / "b")]


def test_a_linked_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "annans").mkdir()
    (tmp_path / "vår").mkdir()
    (tmp_path / "vår" / "b").symlink_to(tmp_path / "annans")
    assert write_all_new(tmp_path / "vår", FILES) == ["b"]
    assert list((tmp_path / "annans").iterdir()) == []


def test_a_name_taken_meanwhile_takes_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def taken(source: object, target: Path, **more: Any) -> None:
        if target.name == "e.txt":
            target.write_text("någon annans", "utf-8")
        link(source, target, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", taken)
    (tmp_path / "b").mkdir()
    assert write_all_new(tmp_path, FILES) == ["b/e.txt"]
    assert tree(tmp_path) == {"b/e.txt": "någon annans"}
    assert not (tmp_path / "b" / "c").exists()


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
def test_a_fault_takes_all_back(fault: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def broken(source: object, target: Path, **more: Any) -> None:
        if target.name == "e.txt":
            raise fault
        link(source, target, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", broken)
    monkeypatch.setattr(os, "replace", broken)  # where no link can be made, a file takes its name so
    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(fault):
        write_all_new(tmp_path, FILES)
    assert list(tmp_path.iterdir()) == []


OVER = {"a.csv": b"ny\r\n", "b.csv": b"lika", "c.csv": b"till"}


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}


def test_files_made_before_are_replaced_and_others_left(tmp_path: Path) -> None:
    root = tmp_path / "ut" / "tabeller"
    assert write_all_over(root, OVER) == []
    (root / "a.csv").write_bytes(b"gammal")
    (root / "egen.txt").write_bytes(b"kvar")
    assert write_all_over(root, OVER) == ["b.csv", "c.csv"]
    assert contents(root) == OVER | {"egen.txt": b"kvar"}


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("at", range(5))
def test_a_fault_puts_back_what_was_there(
    at: int, fault: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {"a.csv": b"gammal", "c.csv": b"gammal"}
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    rename, asked = os.rename, iter(range(99))

    def broken(source: Path, target: Path) -> None:
        if next(asked) == at:
            raise fault
        rename(source, target)

    monkeypatch.setattr(os, "rename", broken)
    with pytest.raises(fault):
        write_all_over(tmp_path, OVER)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize(
    "write",
    [
        lambda root: write_new(root / "a" / "b" / "c.txt", "x"),
        lambda root: write_many_new(root / "a", {"b/c.txt": "x", "d/e.txt": "y"}),
        lambda root: write_all_new(root / "a" / "b", FILES),
        lambda root: write_all_over(root / "a" / "b", OVER),
    ],
)
def test_folders_that_were_made_in_vain_are_gone_again(
    write: Callable[[Path], object], fault: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise fault

    for name in ("fsync", "link", "rename", "replace"):
        monkeypatch.setattr(os, name, broken)
    with pytest.raises(fault):
        write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_file_stops_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"gammal")
    (tmp_path / "b.csv" / "inne").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_all_over(tmp_path, OVER)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"gammal"
