"""A workbook is written whole, to a new file."""

from __future__ import annotations

from pathlib import Path

import pytest

from uppfoljning.files.writing_bytes import write_new_bytes


def test_a_new_file_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "ark.xlsx"
    assert write_new_bytes(path, b"ett") is True
    assert write_new_bytes(path, b"annat") is False
    assert path.read_bytes() == b"ett"
    assert [one.name for one in tmp_path.iterdir()] == ["ark.xlsx"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="saknas"):
        write_new_bytes(tmp_path / "saknas" / "ark.xlsx", b"ett")
