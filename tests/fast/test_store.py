"""What is kept is whole or not there, and nothing but it is ever made of it."""

from __future__ import annotations

import os
import pickle
import sys
import time
from importlib import reload
from pathlib import Path

import pytest

from uppfoljning.fast import file_index, worker
from uppfoljning.fast.git_fingerprint import git_signs
from uppfoljning.fast.safe_pickle import dumped, loaded
from uppfoljning.fast.store import Store, place_of, program_mark
from uppfoljning.fast.worker import Second
from uppfoljning.files import hashing
from uppfoljning.files import root as listing
from uppfoljning.files.root import FOLDERS, root_of


def test_a_piece_is_kept_for_its_version_alone(tmp_path: Path) -> None:
    one = Store(str(tmp_path / "x"), b"1")
    assert one.now() is not None
    one.put("a", b"data")
    assert (one.get("a"), one.get("b"), Store(one.folder, b"2").get("a")) == (b"data", None, None)
    assert (tmp_path / "x" / "a").stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    one = Store(str(tmp_path / "fil" / "x"), b"1")
    assert one.now() is None
    one.put("a", b"data")
    one.keep_only("a", lambda rest: False)
    one.keep_newest("a", 1)
    assert one.get("a") is None
    assert one.names("a") == []


def test_old_pieces_go(tmp_path: Path) -> None:
    one = Store(str(tmp_path), b"1")
    for number in range(5):
        one.put(f"svar-{number}", b"")
        os.utime(tmp_path / f"svar-{number}", (number, number))
    one.put("annat", b"")
    one.keep_newest("svar-", 2)
    assert sorted(os.listdir(tmp_path)) == ["annat", "svar-3", "svar-4"]
    one.keep_only("svar-", lambda rest: rest == "3")
    assert sorted(os.listdir(tmp_path)) == ["annat", "svar-3"]


def test_what_is_kept_lies_in_git_or_with_the_user(tmp_path: Path) -> None:
    assert (place_of(str(tmp_path), {"XDG_CACHE_HOME": "/x"}) or "").startswith(os.path.join("/x", "uppfoljning"))
    assert (place_of(str(tmp_path), {"HOME": "/h"}) or "").startswith("/h")
    assert place_of(str(tmp_path), {"XDG_CACHE_HOME": "här"}) is None
    assert place_of(str(tmp_path), {}) is None
    (tmp_path / ".git").mkdir()
    assert (place_of(str(tmp_path), {"HOME": "/h"}) or "").startswith("/h")
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "del").mkdir()
    inner = place_of(str(tmp_path / "del"), {})
    assert inner is not None and inner.startswith(str(tmp_path / ".git" / "uppfoljning"))
    assert inner != place_of(str(tmp_path), {})


def test_git_signs_change_with_a_branch_and_a_work_tree_has_those_of_both(tmp_path: Path) -> None:
    assert git_signs(str(tmp_path)) == []
    git = tmp_path / "main" / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main")
    before = git_signs(str(tmp_path / "main"))
    (git / "refs" / "heads" / "main").write_text("0" * 40)
    assert git_signs(str(tmp_path / "main")) != before
    own = git / "worktrees" / "x"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/x")
    (own / "commondir").write_text("../..")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / ".git").write_text(f"gitdir: {own}")
    names = [name for name, *_ in git_signs(str(tmp_path / "x"))]
    assert any(name.endswith("worktrees/x/HEAD") for name in names) and any(name.endswith("refs/heads/main") for name in names)


def test_the_root_is_found_upwards_only_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("plan: a\n")
    inner = tmp_path / "plans" / "inre"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert (root_of(""), root_of(str(inner)), root_of(str(tmp_path))) == (str(tmp_path), None, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert root_of("") == "."


@pytest.mark.parametrize(
    ("files", "is_project"),
    [
        ({}, False),
        ({"reports/mars.yaml": "åtagande: gang\n"}, False),
        ({"plans/docker.yaml": "services: {}\n"}, False),
        ({"plans/README.md": "plan: a\n"}, False),
        ({"plans/a.yaml": "titel: A\nplan: a\n"}, True),
        ({"plans/a.YML": "\ufeffparter:\n\ttrasig: [\n"}, True),
        ({"plans/snabbrapporter/a.yaml": "snabbrapport: a\n"}, True),
    ],
    ids=["tomma", "bara rapporter", "andras plans", "bara text", "en plan", "en trasig", "en blankett"],
)
def test_a_folder_higher_up_that_merely_has_the_name_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], is_project: bool
) -> None:
    for name in ("plans", "reports", "annat/under"):
        (tmp_path / name).mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path / "annat" / "under")
    assert root_of("") == (str(tmp_path) if is_project else None)
    (tmp_path / "annat" / "under" / "reports").mkdir()
    assert root_of("") == (str(tmp_path) if is_project else ".")


def test_the_way_up_ends_where_the_repository_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("plan: a\n")
    (tmp_path / "annat" / ".git").mkdir(parents=True)
    (tmp_path / "annat" / "under").mkdir()
    monkeypatch.chdir(tmp_path / "annat" / "under")
    assert root_of("") is None
    (tmp_path / "annat" / "plans").mkdir()
    (tmp_path / "annat" / "plans" / "b.yaml").write_text("plan: b\n")
    assert root_of("") == str(tmp_path / "annat")


def test_the_program_is_known_by_its_files() -> None:
    assert program_mark() == program_mark()


class _Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


def test_nothing_but_the_words_of_the_domain_is_made_of_bytes() -> None:
    assert loaded(dumped([1, "a"])) == [1, "a"]
    assert loaded(pickle.dumps(_Harmful())) is None
    assert loaded(b"") is None


def test_a_second_process_that_falls_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os._exit(1)
        return b"gjort"

    assert Second(work).result() == b"gjort"
    assert Second(lambda: str(os.getpid()).encode()).result() != str(here).encode()
    assert worker.CAN


def test_a_census_by_two_is_that_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b", "c", "c/å"):
        (tmp_path / "reports" / folder).mkdir(parents=True)
        for number in range(3):
            (tmp_path / "reports" / folder / f"{number}.yaml").write_text("x")
    (tmp_path / "reports" / "c" / "länk.yaml").symlink_to("ingenstans")
    known = {"reports/c": b"annan", "reports/d": b"borta"}
    one = file_index.census(str(tmp_path), FOLDERS, known)
    assert sum(folder.files for folder in one.folders.values()) == 13
    monkeypatch.setattr(file_index, "_LARGE", 1)
    assert file_index.census(str(tmp_path), FOLDERS, known) == one
    assert one.marks == {name: file_index.marks_of(str(tmp_path), name, []) for name in one.folders}


def test_a_census_hands_over_the_files_of_folders_that_have_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in "abc":
        (tmp_path / "reports" / folder).mkdir(parents=True)
        (tmp_path / "reports" / folder / "1.yaml").write_text("x")
    for large in (1_000_000, 1):
        monkeypatch.setattr(file_index, "_LARGE", large)
        first = file_index.census(str(tmp_path), FOLDERS, {})
        kept = file_index.written({name: folder.digest for name, folder in first.folders.items()})
        assert file_index.census(str(tmp_path), FOLDERS, file_index.as_written(kept)) == (first.folders, {})
        (tmp_path / "reports" / "b" / f"{large}.yaml").write_text("x")
        later = file_index.census(str(tmp_path), FOLDERS, file_index.as_written(kept))
        assert later.marks.keys() == {"reports/b"}
        assert f"{large}.yaml" in later.marks["reports/b"].names


def large(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A project whose folders two processes look at, and what is known of it."""
    for folder in "abcde":
        (root / "reports" / folder / "under").mkdir(parents=True)
        for name in ("1.yaml", "under/2.yaml"):
            (root / "reports" / folder / name).write_text("x")
    monkeypatch.setattr(file_index, "_LARGE", 1)
    found = file_index.census(str(root), FOLDERS, {})
    assert len(found.folders) == 10
    return {name: folder.digest for name, folder in found.folders.items()}


def test_what_is_needed_is_made_ready_once_and_only_where_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = large(tmp_path, monkeypatch)
    done: list[str] = []

    def times(known: dict[str, bytes], *, new: bool = False) -> int:
        done.clear()
        file_index.census(str(tmp_path), FOLDERS, known, lambda: done.append(""), new=new)
        return len(done)

    assert (times(known), times(known, new=True), times({}, new=True)) == (0, 1, 1)
    assert times({**known, "reports/e": b"annan"}) == 1
    monkeypatch.setattr(file_index, "_LARGE", 1_000_000)
    assert times(known, new=True) == 0


def test_a_second_process_that_does_not_come_to_its_end_leaves_no_folder_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = large(tmp_path, monkeypatch)
    here, written = os.getpid(), file_index._written

    def falls(found: file_index.Census, taken: set[int]) -> bytes:
        if os.getpid() != here:
            os._exit(1)
        return written(found, taken)

    monkeypatch.setattr(file_index, "_written", falls)
    # While this process waits, the other takes all that is left, and falls.
    found = file_index.census(str(tmp_path), FOLDERS, known, lambda: time.sleep(0.3), new=True)
    assert {name: folder.digest for name, folder in found.folders.items()} == known


def test_more_folders_than_can_be_told_of_by_a_byte_are_all_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = large(tmp_path, monkeypatch)
    monkeypatch.setattr(file_index, "_MOST_PARTS", 2)
    found = file_index.census(str(tmp_path), FOLDERS, {})
    assert {name: folder.digest for name, folder in found.folders.items()} == known
    assert {name: file_index.summed(marks).digest for name, marks in found.marks.items()} == known


def test_the_check_sum_is_that_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    own = hashing.blake2b(b"a", digest_size=16).digest()
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "_blake2", None)
        assert reload(hashing).blake2b(b"a", digest_size=16).digest() == own
    assert reload(hashing).blake2b(b"a", digest_size=16).digest() == own


@pytest.mark.parametrize("harm", [b"", b"\0", b"reports/a\0ej hex\0", b"x", b"\xff\xfe\0\xff\0", b"reports/a\0ab\0reports/b"])
def test_check_sums_that_are_harmed_are_those_of_no_folder(harm: bytes) -> None:
    assert all(len(digest) < 16 for digest in file_index.as_written(harm).values())


def test_a_folder_looked_at_by_name_is_as_one_that_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reports"
    (folder / "b.yaml").mkdir(parents=True)
    (folder / "c").mkdir()
    (folder / ".gömd.yaml").write_text("x")
    for name in ("a.yaml", "A.YAML", "rader.csv", "läsmig.txt", "x.txt"):
        (folder / name).write_text(name)
    for name, to in (("l.yaml", "a.yaml"), ("m.YML", "ingenstans"), ("n.yaml", "c"), ("o", "c"), ("p.yaml", "p.yaml")):
        (folder / name).symlink_to(to)
    os.mkfifo(folder / "rör.yaml")
    found = []
    for by_number in (True, False):
        monkeypatch.setattr(listing, "_BY_NUMBER", by_number)
        below: list[str] = []
        found.append((file_index.marks_of(str(tmp_path), "reports", below), sorted(below)))
    (marks, below), other = found
    assert (marks, below) == other
    assert sorted(marks.names) == ["A.YAML", "a.yaml", "l.yaml", "m.YML", "n.yaml", "o", "p.yaml", "rader.csv", "rör.yaml"]
    assert marks.unread == ("x.txt",)
    assert below == ["reports/b.yaml", "reports/c"]


def test_what_cannot_be_looked_at_is_there_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports" / "a").mkdir(parents=True)
    (tmp_path / "reports" / "a" / "länk.yaml").symlink_to("ingenstans")
    assert file_index.marks_of(str(tmp_path), "reports/a", []).numbers.tolist() == [2**64 - 1, 0, 0]
    assert file_index.marks_of(str(tmp_path), "plans", []).names == []

    def closed(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", closed)
    assert file_index.marks_of(str(tmp_path), "reports/a", []).names == [""]
