"""A file is written whole or not at all, and a new one never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from uppfoljning.files.atomic_write import write_new, write_over


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    assert write_new(path, "å: 1\n")
    assert path.read_bytes() == "å: 1\n".encode()
    assert [one.name for one in path.parent.iterdir()] == ["b.yaml"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("förut", "utf-8")
    assert not write_new(path, "nytt")
    assert path.read_text("utf-8") == "förut"
    assert [one.name for one in tmp_path.iterdir()] == ["b.yaml"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_new(tmp_path / "b.yaml", "halv \ud800")
    assert list(tmp_path.iterdir()) == []


def test_writing_over_says_whether_anything_changed(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    assert write_over(path, "ett\n")
    assert not write_over(path, "ett\n")
    assert write_over(path, "två\n")
    assert path.read_bytes() == "två\n".encode()
    assert [one.name for one in path.parent.iterdir()] == ["b.json"]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "b.json" / "inne").mkdir(parents=True)
    with pytest.raises(OSError, match=r"b\.json"):
        write_over(tmp_path / "b.json", "x")
    assert [one.name for one in tmp_path.iterdir()] == ["b.json"]


def test_bytes_are_written_over_as_text_is(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    assert write_over(path, b"PK\r\n\x00\xff")
    assert not write_over(path, b"PK\r\n\x00\xff")
    assert path.read_bytes() == b"PK\r\n\x00\xff"
    assert write_over(path, "text\n")
    assert path.read_bytes() == b"text\n"
    assert [one.name for one in tmp_path.iterdir()] == ["b.xlsx"]
