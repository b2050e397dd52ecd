from __future__ import annotations

import contextlib
import errno
import os
import socket
import time
from pathlib import Path

import pytest

from uppfoljning.files.source import CSV_LIMIT, YAML_LIMIT, Folder, is_csv, read_bytes


def write(root: Path, name: str, data: bytes = b"text: x\n") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class Failing:
    """A source whose disk answers with an error."""

    def __init__(self, number: int | None) -> None:
        self.number = number

    def names(self) -> list[str]:
        return []

    def read(self, name: str) -> bytes:
        raise OSError() if self.number is None else OSError(self.number, "x")


def test_names_are_sorted_and_only_what_belongs_to_the_project(tmp_path: Path) -> None:
    for name in (
        "reports/b/2.yaml",
        "reports/a.YML",
        "reports/serie.Csv",
        "plans/å/plan.yaml",
        "plans/.dold.yaml",
        "reports/.git/x.yaml",
        "reports/läsmig.md",
        "annat/x.yaml",
        "x.yaml",
    ):
        write(tmp_path, name)
    assert Folder(tmp_path).names() == ["plans/å/plan.yaml", "reports/a.YML", "reports/b/2.yaml", "reports/serie.Csv"]


def test_a_project_without_folders_has_no_files(tmp_path: Path) -> None:
    assert Folder(tmp_path).names() == []


def test_a_file_in_place_of_a_folder_is_no_project_file(tmp_path: Path) -> None:
    write(tmp_path, "reports")
    assert Folder(tmp_path).names() == []


def test_linked_files_are_read_and_linked_folders_refused(tmp_path: Path) -> None:
    write(tmp_path, "bredvid/x.yaml", b"x")
    write(tmp_path, "reports/a.yaml")
    (tmp_path / "reports/mapp.yaml").symlink_to(tmp_path / "bredvid")
    (tmp_path / "reports/mapp").symlink_to(tmp_path / "bredvid")
    (tmp_path / "reports/fil.yaml").symlink_to(tmp_path / "bredvid/x.yaml")
    folder = Folder(tmp_path)
    assert folder.names() == ["reports/a.yaml", "reports/fil.yaml", "reports/mapp", "reports/mapp.yaml"]
    assert folder.read("reports/fil.yaml") == b"x"
    for name in ("reports/mapp", "reports/mapp.yaml"):
        _, (finding,) = read_bytes(folder, name)
        assert finding.problem.message == "filen gick inte att läsa: den är en länk till en mapp"


def test_what_is_read_by_nothing_is_named_and_documentation_is_not(tmp_path: Path) -> None:
    for name in ("plans/README.md", "plans/LÄSMIG.txt", "reports/.gitkeep", "reports/desktop.ini", "reports/a.yaml"):
        write(tmp_path, name)
    for name in ("reports/a.yaml.txt", "reports/2026/mars.XLSX", "plans/utkast.docx", "reports/a.yaml~", "utanför.txt"):
        write(tmp_path, name)
    folder = Folder(tmp_path)
    assert folder.names() == ["reports/a.yaml"]
    assert folder.unread() == ["plans/utkast.docx", "reports/2026/mars.XLSX", "reports/a.yaml.txt", "reports/a.yaml~"]


def test_reads_bytes(tmp_path: Path) -> None:
    write(tmp_path, "reports/a.yaml", b"\xff\r\n")
    assert read_bytes(Folder(tmp_path), "reports/a.yaml") == (b"\xff\r\n", [])


OUT = "den är en länk ut ur projektet eller till något dolt"


def test_a_project_reached_through_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "riktig", "reports/a.yaml", b"a")
    (tmp_path / "riktig/reports/b.yaml").symlink_to("a.yaml")
    (tmp_path / "länk").symlink_to(tmp_path / "riktig")
    folder = Folder(tmp_path / "länk")
    assert [folder.read(name) for name in folder.names()] == [b"a", b"a"]


def test_a_chain_of_links_that_ends_in_the_project_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "projekt", "plans/a.yaml", b"a")
    write(tmp_path / "projekt", "reports/b.yaml", b"b")
    (tmp_path / "mellan.yaml").symlink_to("projekt/plans/a.yaml")
    (tmp_path / "projekt/reports/x.yaml").symlink_to("../../mellan.yaml")
    assert Folder(tmp_path / "projekt").read("reports/x.yaml") == b"a"


@pytest.mark.parametrize("name", ["plans", "reports"])
def test_a_linked_plans_or_reports_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "utanför/x.yaml")
    root = tmp_path / "projekt"
    root.mkdir()
    (root / name).symlink_to("../utanför")
    folder = Folder(root)
    assert folder.names() == [name]
    _, (finding,) = read_bytes(folder, name)
    assert finding.problem.message == f"filen gick inte att läsa: {OUT}"


def link_nowhere(root: Path) -> str:
    (root / "reports/x.yaml").symlink_to(root / "saknas.yaml")
    return "den finns inte, eller är en länk till något som inte finns"


def link_in_a_circle(root: Path) -> str:
    (root / "reports/x.yaml").symlink_to(root / "reports/x.yaml")
    return "den är en länk som går i cirkel"


def link_to_a_pipe(root: Path) -> str:
    os.mkfifo(root / "rör")
    (root / "reports/x.yaml").symlink_to(root / "rör")
    return "den är ingen vanlig fil"


def a_pipe_itself(root: Path) -> str:
    os.mkfifo(root / "reports/x.yaml")
    return "den är ingen vanlig fil"


def link_to_a_device(root: Path) -> str:
    (root / "reports/x.yaml").symlink_to("/dev/zero")
    return OUT


def link_out(root: Path) -> str:
    (root.parent / "utanför.yaml").write_text("hemligt")
    (root / "reports/x.yaml").symlink_to("../../utanför.yaml")
    return OUT


def link_out_to_nothing(root: Path) -> str:
    (root / "reports/x.yaml").symlink_to("../../finns-inte.yaml")
    return OUT


def link_out_by_a_folder(root: Path) -> str:
    (root.parent / "annat").mkdir()
    (root.parent / "annat/x.yaml").write_text("hemligt")
    (root / "annat").symlink_to("../annat")
    (root / "reports/x.yaml").symlink_to("../annat/x.yaml")
    return OUT


def link_to_what_git_keeps(root: Path) -> str:
    (root / ".git").mkdir()
    (root / ".git/config").write_text("hemligt")
    (root / "reports/x.yaml").symlink_to("../.git/config")
    return OUT


def link_to_a_socket(root: Path) -> str:
    with socket.socket(socket.AF_UNIX) as one, contextlib.chdir(root):
        one.bind("uttag")
    (root / "reports/x.yaml").symlink_to(root / "uttag")
    return "den är ingen vanlig fil"


LINKS = [
    link_nowhere, link_in_a_circle, link_to_a_pipe, link_to_a_socket, a_pipe_itself, link_to_a_device, link_out,
    link_out_to_nothing, link_out_by_a_folder, link_to_what_git_keeps,
]  # fmt: skip


@pytest.mark.parametrize("make", LINKS)
def test_what_cannot_be_read_is_a_finding(tmp_path: Path, make: object) -> None:
    root = tmp_path / "projekt"
    (root / "reports").mkdir(parents=True)
    assert callable(make)
    why = make(root)
    folder = Folder(root)
    assert folder.names() == ["reports/x.yaml"]
    data, (finding,) = read_bytes(folder, "reports/x.yaml")
    assert data is None
    assert (finding.problem.code, finding.place.file, finding.place.span) == ("F001", "reports/x.yaml", None)
    assert finding.problem.message == f"filen gick inte att läsa: {why}"
    assert finding.problem.remedy


def test_a_folder_that_cannot_be_opened_is_named_and_then_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "reports/låst/a.yaml")
    scandir, opened = os.scandir, os.open

    def closed(path: str | int) -> None:
        if isinstance(path, str) and Path(path).name == "låst":
            raise PermissionError(errno.EACCES, "nej")

    def refuse_listing(path: str) -> object:
        closed(path)
        return scandir(path)

    def refuse_opening(path: str, *how: int) -> int:
        closed(path)
        return opened(path, *how)

    folder = Folder(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse_listing)
        patched.setattr(os, "open", refuse_opening)
        assert folder.names() == ["reports/låst"]
    data, (finding,) = read_bytes(folder, "reports/låst")
    assert (data, finding.problem.code, finding.problem.message) == (None, "F001", "filen gick inte att läsa: den är en mapp")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, "du saknar rätt att läsa den"),
        (errno.EIO, "disken eller nätet svarade med ett fel"),
        (None, "disken eller nätet svarade med ett fel"),
    ],
)
def test_the_reason_is_said_in_swedish(number: int | None, why: str) -> None:
    _, (finding,) = read_bytes(Failing(number), "reports/a.yaml")
    assert finding.problem.message == f"filen gick inte att läsa: {why}"


def test_a_file_at_the_limit_is_read_and_one_past_it_is_not(tmp_path: Path) -> None:
    write(tmp_path, "reports/a.yaml", b"#" * YAML_LIMIT)
    write(tmp_path, "reports/b.yaml", b"#" * (YAML_LIMIT + 1))
    write(tmp_path, "reports/c.csv", b"#" * (YAML_LIMIT + 1))
    folder = Folder(tmp_path)
    assert read_bytes(folder, "reports/a.yaml")[1] == []
    assert read_bytes(folder, "reports/c.csv")[1] == []
    data, (finding,) = read_bytes(folder, "reports/b.yaml")
    assert (data, finding.problem.code, finding.problem.message) == (None, "F002", "filen är större än 1 MB")


def test_a_csv_file_has_its_own_limit(tmp_path: Path) -> None:
    write(tmp_path, "reports/a.csv", b"")
    os.truncate(tmp_path / "reports/a.csv", CSV_LIMIT + 5)
    data, (finding,) = read_bytes(Folder(tmp_path), "reports/a.csv")
    assert (data, finding.problem.code, finding.problem.message) == (None, "F002", "filen är större än 200 MB")


def test_a_file_that_comes_in_pieces_or_grows_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "reports/a.yaml", b"a: 1\nb: 2\n")
    read = os.read
    asked: list[int] = []

    def some(file: int, most: int) -> bytes:
        if not asked:
            with (tmp_path / "reports/a.yaml").open("ab") as more:
                more.write(b"c: 3\n")
        asked.append(most)
        return read(file, min(most, 7))

    monkeypatch.setattr(os, "read", some)
    assert Folder(tmp_path).read("reports/a.yaml") == b"a: 1\nb: 2\nc: 3\n"
    assert asked[0] == 11


@pytest.mark.parametrize(("name", "expected"), [("a.csv", True), ("a.CSV", True), ("a.yaml", False), ("csv", False)])
def test_the_suffix_decides_the_kind(name: str, expected: bool) -> None:
    assert is_csv(name) is expected


def test_many_files_are_listed_quickly(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"reports/{folder}").mkdir(parents=True)
        for number in range(250):
            (tmp_path / f"reports/{folder}/{number}.yaml").touch()
    started = time.process_time()
    assert len(Folder(tmp_path).names()) == 5000
    assert time.process_time() - started < 1
