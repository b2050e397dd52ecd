"""What git holds, read from real repositories: the files at a commit, the history of one file, and every way that it fails."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from uppfoljning.files import git, git_history
from uppfoljning.files.git import (
    BROKEN,
    NO_COMMITS,
    NO_PROGRAM,
    NO_REPOSITORY,
    NOT_OURS,
    Commit,
    GitFault,
    Objects,
    RepositoryState,
    is_shallow,
    resolve,
)
from uppfoljning.files.git_head import head_commit
from uppfoljning.files.git_history import FileVersion, History
from uppfoljning.files.source import YAML_LIMIT, Folder, Source, read_bytes

PLAN = "plan: prov\ntitel: Provplan\nperiod: 2026\n" + "".join(f"rad{number}: text nummer {number}\n" for number in range(40))
HOSTILE = """\
[color]\n ui = always
[core]\n quotepath = true\n pager = false\n abbrev = 5
[log]
 showSignature = true\n showRoot = false\n follow = true\n abbrevCommit = true
 decorate = full\n diffMerges = off\n date = relative
[diff]\n relative = true\n renames = false\n renameLimit = 1\n noprefix = true\n orderFile = /finns/inte
[format]\n pretty = oneline
[i18n]\n logOutputEncoding = iso-8859-1
[gpg]\n program = false
"""


class Repository:
    """A repository whose commits are the same in every run: one a day from 2 January 2026, at half past eleven in the evening."""

    def __init__(self, folder: Path, *options: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.day = 1
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *words: str, **more: str) -> str:
        when = f"2026-01-{self.day:02}T23:30:00+0100"
        fixed = {
            "GIT_AUTHOR_NAME": "Prov",
            "GIT_AUTHOR_EMAIL": "prov@example.org",
            "GIT_COMMITTER_NAME": "Prov",
            "GIT_COMMITTER_EMAIL": "prov@example.org",
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        command = ["git", "-C", str(self.folder), "-c", "protocol.file.allow=always", "-c", "core.symlinks=true", *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **fixed, **more})
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Puts files in the folder; None takes one away."""
        for name, content in files.items():
            place = self.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.unlink()
            else:
                place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def save(self, message: str, files: Mapping[str, str | bytes | None] | None = None, **more: str) -> str:
        """A commit of the whole folder, a day after the last one; its hash."""
        self.day += 1
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **more)
        return self.git("rev-parse", "HEAD")

    def move(self, message: str, old: str, new: str, files: Mapping[str, str | bytes | None] | None = None) -> str:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", old, new)
        return self.save(message, files)

    def clone(self, folder: Path, *options: str) -> Path:
        self.git("clone", "-q", *options, f"file://{self.folder}", str(folder))
        return folder


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "förråd")


def at(root: Path, ref: str = "HEAD") -> Commit:
    commit = Commit.at(root, ref)
    assert isinstance(commit, Commit), commit
    return commit


def content(root: Path, ref: str = "HEAD") -> dict[str, bytes]:
    with at(root, ref) as commit:
        return {name: commit.read(name) for name in commit.names()}


def history(root: Path, path: str, ref: str = "HEAD") -> list[FileVersion] | GitFault:
    told = History.at(root, ref)
    found = told if isinstance(told, GitFault) else told.lines([path])
    return found if isinstance(found, GitFault) else found[path]


def versions(root: Path, path: str, ref: str = "HEAD") -> list[FileVersion]:
    found = history(root, path, ref)
    assert isinstance(found, list), found
    return found


def told(found: list[FileVersion]) -> list[tuple[str, str]]:
    return [(one.subject, one.path) for one in found]


# The files at a commit


def test_the_files_are_those_of_the_commit_and_never_of_the_folder(repository: Repository) -> None:
    first = repository.save("Ett", {"plans/a.yaml": "plan: a\n", "reports/2026/b.csv": "datum\n"})
    second = repository.save("Två", {"plans/a.yaml": "plan: ny\n", "reports/2026/b.csv": None})
    repository.write({"plans/a.yaml": "ändrad\n", "plans/c.yaml": "ej sparad\n"})
    assert content(repository.folder, first) == {"plans/a.yaml": b"plan: a\n", "reports/2026/b.csv": b"datum\n"}
    assert content(repository.folder, second) == content(repository.folder) == {"plans/a.yaml": b"plan: ny\n"}
    with at(repository.folder) as commit:
        assert commit.commit == second == head_commit(repository.folder)


def test_a_commit_holds_what_its_folder_does(repository: Repository) -> None:
    names = (
        "plans/a.yaml", "plans/åtgärd Ö.yaml", 'plans/"citat".yaml', "plans/rad\nbrytning.yaml", "plans/snabbrapporter/x.yml",
        "plans/.dold.yaml", "plans/.dold/a.yaml", "plans/läs.md", "reports/2026/STOR.YAML", "reports/r.csv", "reports/r.csvx",
        "reports/ mellan .yaml", "reports/tabb\t.yaml", "reports/a.yaml/b.yaml", "plans2/a.yaml", "a.yaml", "annat/plans/a.yaml",
    )  # fmt: skip
    repository.write({name: f"innehåll i {name}\r\n" for name in names})
    repository.write({"reports/tom.yaml": "", "reports/noll.yaml": b"\0\xff\n", "annat/a.yaml": "länkad\n"})
    links = {
        "reports/länk.yaml": "../annat/a.yaml",
        "reports/länk till länk.yaml": "länk.yaml",
        "reports/mapp.yaml": "../annat",
        "reports/länkad": "../annat",
        "reports/borta.yaml": "finns-inte",
        "reports/genom.yaml": "../a.yaml/b",
        "reports/krets.yaml": "krets.yaml",
    }
    for name, target in links.items():
        (repository.folder / name).symlink_to(target)
    (repository.folder / "plans/a.yaml").chmod(0o755)
    repository.save("Allt")
    folder = Folder(repository.folder)
    with at(repository.folder) as commit:
        assert commit.names() == folder.names()
        assert {"plans/åtgärd Ö.yaml", "plans/rad\nbrytning.yaml", "reports/länk.yaml"} < set(commit.names())
        for name in commit.names():
            if name != "reports/genom.yaml":
                assert read_bytes(commit, name) == read_bytes(folder, name)
        assert said(commit, "reports/genom.yaml") == "den finns inte, eller är en länk till något som inte finns"
        assert commit.unread() == folder.unread() == ["reports/r.csvx"]


def said(source: Source, name: str) -> str:
    data, (finding,) = read_bytes(source, name)
    assert data is None
    return finding.problem.message.removeprefix("filen gick inte att läsa: ")


def test_what_a_folder_alone_can_have_is_named_and_refused(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "hemlig.yaml").write_text("utanför\n", "utf-8")
    other = Repository(tmp_path / "annat")
    other.save("Ett", {"a.yaml": "a: b\n"})
    repository.write({"egna/a.yaml": "a: b\n", "reports/b.yaml": "b: c\n"})
    (repository.folder / "plans").symlink_to("egna")
    (repository.folder / "reports/ut.yaml").symlink_to(tmp_path / "hemlig.yaml")
    (repository.folder / "reports/två\nrader.yaml").symlink_to("b.yaml")
    repository.git("submodule", "add", "-q", str(other.folder), "reports/modul")
    repository.save("Allt")
    with at(repository.folder) as commit:
        assert commit.names() == ["plans", "reports/b.yaml", "reports/modul", "reports/två\nrader.yaml", "reports/ut.yaml"]
        assert commit.read("reports/två\nrader.yaml") == b"b: c\n"
        assert said(commit, "reports/modul") == "den är ingen vanlig fil"
        assert said(commit, "plans") == "den är en länk till en mapp"
        assert said(commit, "reports/ut.yaml") == "den är en länk ut ur projektet eller till något dolt"
        with pytest.raises(OSError, match="not a file") as refused:
            commit.read("reports/finns-inte.yaml")
        assert refused.value.errno == errno.ENOENT


@pytest.mark.parametrize("ref", ["HEAD", "main", "heads/main", "v1", "v1-not", "HEAD~1", "@{0}", "main^0"])
def test_every_way_to_name_a_commit(repository: Repository, ref: str) -> None:
    first = repository.save("Ett", {"plans/a.yaml": "1\n"})
    second = repository.save("Två", {"plans/a.yaml": "2\n"})
    repository.git("tag", "v1")
    repository.git("tag", "-a", "v1-not", "-m", "Med en text")
    assert resolve(repository.folder, ref) == (first if ref == "HEAD~1" else second)


def test_a_hash_whole_or_short(repository: Repository) -> None:
    first = repository.save("Ett")
    assert resolve(repository.folder, first) == resolve(repository.folder, first[:7]) == first


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
@pytest.mark.parametrize("place", ["", "kommun", "djupt/nere i/Örebro"])
def test_a_project_anywhere_in_a_repository(tmp_path: Path, kind: str, place: str) -> None:
    repository = Repository(tmp_path / "r", f"--object-format={kind}")
    root = repository.folder / place
    project = {f"{place}/plans/å.yaml".lstrip("/"): PLAN, f"{place}/reports/b.yaml".lstrip("/"): "b: c\n"}
    first = repository.save("Ett", {**project, "annan/plans/a.yaml": "annan\n", "gemensam.yaml": "delad\n"})
    (root / "reports/delad.yaml").symlink_to(os.path.relpath(repository.folder / "gemensam.yaml", root / "reports"))
    second = repository.save("Två", {f"{place}/plans/å.yaml".lstrip("/"): PLAN + "mer: ja\n"})
    assert content(root, first) == {"plans/å.yaml": PLAN.encode(), "reports/b.yaml": b"b: c\n"}
    with at(root) as commit:
        if place:
            assert said(commit, "reports/delad.yaml") == "den är en länk ut ur projektet eller till något dolt"
        else:
            assert commit.read("reports/delad.yaml") == b"delad\n"
    assert [(one.commit, one.path) for one in versions(root, "plans/å.yaml")] == [
        (first, "plans/å.yaml"),
        (second, "plans/å.yaml"),
    ]
    assert head_commit(root) == second
    assert len(second) == (64 if kind == "sha256" else 40)


def test_a_commit_before_the_project_was_there(repository: Repository) -> None:
    first = repository.save("Tom")
    repository.save("Ett", {"kommun/plans/a.yaml": "a\n"})
    assert content(repository.folder / "kommun", first) == {}


def test_a_detached_head_and_a_linked_work_tree(repository: Repository, tmp_path: Path) -> None:
    first = repository.save("Ett", {"plans/a.yaml": "1\n"})
    repository.save("Två", {"plans/a.yaml": "2\n"})
    repository.git("worktree", "add", "-q", "-b", "gren", str(tmp_path / "annan"), first)
    repository.git("checkout", "-q", "--detach", first)
    for folder in (repository.folder, tmp_path / "annan"):
        assert content(folder) == {"plans/a.yaml": b"1\n"}
        assert [one.subject for one in versions(folder, "plans/a.yaml")] == ["Ett"]
        assert content(folder, "main") == {"plans/a.yaml": b"2\n"}
        assert [one.subject for one in versions(folder, "plans/a.yaml", "main")] == ["Ett", "Två"]


def test_a_rewritten_commit_is_still_read_by_its_hash(repository: Repository) -> None:
    repository.save("Ett", {"plans/a.yaml": "1\n"})
    lost = repository.save("Två", {"plans/a.yaml": "2\n"})
    repository.write({"plans/a.yaml": "3\n"})
    repository.day = 20
    repository.git("commit", "-q", "-a", "--amend", "-m", "Två, rättad")
    assert content(repository.folder, lost) == {"plans/a.yaml": b"2\n"}
    assert content(repository.folder) == {"plans/a.yaml": b"3\n"}
    found = versions(repository.folder, "plans/a.yaml")
    assert [(one.subject, one.day) for one in found] == [("Ett", date(2026, 1, 2)), ("Två, rättad", date(2026, 1, 3))]


def test_what_is_replaced_in_one_clone_alone_changes_nothing(repository: Repository) -> None:
    first = repository.save("Ett", {"plans/a.yaml": "1\n"})
    second = repository.save("Två", {"plans/a.yaml": "2\n"})
    repository.git("replace", first, second)
    assert content(repository.folder, first) == {"plans/a.yaml": b"1\n"}
    assert [one.subject for one in versions(repository.folder, "plans/a.yaml")] == ["Ett", "Två"]


def test_line_endings_of_one_computer_change_nothing(repository: Repository) -> None:
    repository.save("Ett", {"plans/a.yaml": "a: b\n", ".gitattributes": "*.yaml text eol=crlf\n"})
    repository.git("checkout", "-q", "HEAD", "--", ".")
    assert content(repository.folder) == {"plans/a.yaml": b"a: b\n"}


def test_a_file_past_the_limit_is_cut_and_the_next_is_whole(repository: Repository) -> None:
    large = b"x" * (YAML_LIMIT + 3_000_000)
    repository.save("Ett", {"plans/a.yaml": large, "plans/b.yaml": "b\n", "plans/c.yaml": large[:YAML_LIMIT]})
    with at(repository.folder) as commit:
        assert len(commit.read("plans/a.yaml")) == YAML_LIMIT + 1
        assert said(commit, "plans/a.yaml") == "filen är större än 1 MB"
        assert commit.read("plans/b.yaml") == b"b\n"
        assert len(commit.read("plans/c.yaml")) == YAML_LIMIT


def test_no_process_for_each_file(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.save("Ett", {f"reports/{number}.yaml": f"{number}\n" for number in range(300)})
    started: list[str] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, args: list[str], **options: Any) -> None:
            started.append(next(word for word in args if word in ("rev-parse", "ls-tree", "cat-file")))
            super().__init__(args, **options)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    assert len(content(repository.folder)) == 300
    assert started == ["rev-parse", "ls-tree", "cat-file"]


def test_objects_that_are_not_there_and_a_git_that_stops(repository: Repository) -> None:
    commit = repository.save("Ett", {"plans/a.yaml": "innehåll\n"})
    blob = repository.git("rev-parse", "HEAD:plans/a.yaml")
    with Objects(repository.folder) as objects:
        assert objects.read(blob) == "innehåll\n".encode()
        assert objects.read(blob, 3) == b"inn"
        for name, wrong in (("0" * 40, errno.EIO), ("med mellanslag", errno.EIO), (commit, errno.EINVAL)):
            with pytest.raises(OSError, match="not a file") as refused:
                objects.read(name)
            assert refused.value.errno == wrong
        process = objects._started()
        process.kill()
        process.wait()
        with pytest.raises(OSError, match="pipe"):
            objects.read(blob)
        objects.close()
        objects.close()
        assert objects.read(blob, 0) == b""


def test_a_git_that_stops_in_the_middle(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nread name\nprintf '%s blob 100\\nbara lite' $name\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    with Objects(repository.folder) as objects, pytest.raises(OSError, match="in the middle"):
        objects.read("a" * 40)


# What git refuses


@pytest.mark.parametrize(
    "ref",
    ["finns-inte", "", "-h", "--help", "--all", "-", "main..HEAD", "^main", "HEAD:plans", "HEAD:plans/a.yaml", "a\0b", "a\nb",
     "0" * 40, "\ud800"],
    ids=ascii,
)  # fmt: skip
def test_what_names_no_commit(repository: Repository, ref: str) -> None:
    repository.save("Ett", {"plans/a.yaml": "1\n"})
    expected = GitFault(
        f"”{ref}” är ingen commit, gren eller tagg i förrådet", "se vad som finns med: git log, git branch -a, git tag"
    )
    assert Commit.at(repository.folder, ref) == history(repository.folder, "plans/a.yaml", ref) == expected


def test_a_branch_that_looks_like_an_option(repository: Repository) -> None:
    first = repository.save("Ett")
    repository.git("update-ref", "refs/heads/--all", first)
    assert isinstance(resolve(repository.folder, "--all"), GitFault)
    assert resolve(repository.folder, "refs/heads/--all") == first


def test_outside_git(tmp_path: Path) -> None:
    assert Commit.at(tmp_path, "HEAD") == history(tmp_path, "plans/a.yaml") == NO_REPOSITORY
    assert not is_shallow(tmp_path)
    assert head_commit(tmp_path) == ""


def test_a_repository_without_commits(repository: Repository) -> None:
    assert Commit.at(repository.folder, "HEAD") == history(repository.folder, "plans/a.yaml") == NO_COMMITS
    assert Commit.at(repository.folder, "finns-inte") == NO_COMMITS
    assert not is_shallow(repository.folder)


def test_a_computer_without_git(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.save("Ett")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Commit.at(repository.folder, "HEAD") == history(repository.folder, "plans/a.yaml") == NO_PROGRAM


def test_a_repository_that_someone_else_owns(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.save("Ett")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert Commit.at(repository.folder, "HEAD") == history(repository.folder, "plans/a.yaml") == NOT_OURS


@pytest.mark.parametrize("lost", ["HEAD^{tree}", "HEAD~1"])
def test_a_broken_repository(repository: Repository, lost: str) -> None:
    for text in "123":
        repository.save(text, {"plans/a.yaml": f"{text}\n"})
    name = repository.git("rev-parse", lost)
    (repository.folder / ".git/objects" / name[:2] / name[2:]).unlink()
    if lost == "HEAD^{tree}":
        assert Commit.at(repository.folder, "HEAD") == BROKEN
    assert history(repository.folder, "plans/a.yaml") == BROKEN


@pytest.mark.parametrize("seed", range(4))
def test_files_are_the_same_in_whatever_order_they_are_read(repository: Repository, seed: int) -> None:
    files: dict[str, str | bytes | None] = {
        f"reports/{number:03}.yaml": f"{number}\n" * (number % 7 + 1) for number in range(300)
    }
    repository.save("Många", files)
    (repository.folder / "reports/150.yaml").unlink()
    (repository.folder / "reports/150.yaml").symlink_to("149.yaml")
    repository.save("Länk")
    expected = {**files, "reports/150.yaml": files["reports/149.yaml"]}
    chance = Random(seed)
    with at(repository.folder) as commit:
        names = commit.names()
        for _ in range(20):
            first = chance.randrange(len(names))
            order = names[first : first + chance.randrange(200)]
            if chance.random() < 0.3:
                chance.shuffle(order)
            assert [commit.read(name).decode() for name in order] == [expected[name] for name in order]
            if chance.random() < 0.2:
                commit.close()


def test_a_lost_file_among_many(repository: Repository) -> None:
    repository.save("Många", {f"reports/{number:03}.yaml": f"{number}\n" for number in range(300)})
    for number in (5, 77):
        blob = repository.git("rev-parse", f"HEAD:reports/{number:03}.yaml")
        (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with at(repository.folder) as commit:
        read = {name: read_bytes(commit, name)[0] for name in commit.names()}
        again = {name: read_bytes(commit, name)[0] for name in reversed(commit.names())}
    assert read == again == {f"reports/{n:03}.yaml": None if n in (5, 77) else f"{n}\n".encode() for n in range(300)}


def test_a_repository_that_cannot_tell_of_renames(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.save("Ett")
    repository.save("Två", {"plans/a.yaml": "1\n"})
    answer = git.ask
    monkeypatch.setattr(git_history, "ask", lambda root, *words, **given: None if given else answer(root, *words))
    assert history(repository.folder, "plans/a.yaml") == BROKEN


def test_a_folder_that_git_loses_on_the_way(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    found = repository.save("Ett", {"plans/a.yaml": "1\n"})
    monkeypatch.setattr("uppfoljning.files.git.resolve", lambda root, ref: found)
    monkeypatch.setattr("uppfoljning.files.git_history.stand_of", lambda root, ref: RepositoryState(found, "", False))
    shutil.rmtree(repository.folder / ".git")
    assert Commit.at(repository.folder, "HEAD") == NO_REPOSITORY
    assert history(repository.folder, "plans/a.yaml") == BROKEN


def test_a_head_that_git_alone_can_find(repository: Repository) -> None:
    first = repository.save("Ett")
    repository.git("symbolic-ref", "refs/heads/annat-namn", "refs/heads/main")
    repository.git("symbolic-ref", "HEAD", "refs/heads/annat-namn")
    assert head_commit(repository.folder) == first


# How a file has changed


def test_a_file_that_is_made_changed_removed_and_made_again(repository: Repository) -> None:
    repository.save("Annat", {"reports/b.yaml": "b\n"})
    made = repository.save("Skapad", {"plans/å.yaml": "1\n"})
    repository.save("Annat igen", {"reports/b.yaml": "c\n"})
    changed = repository.save("Ändrad åäö 🙂", {"plans/å.yaml": "2\n"})
    removed = repository.save("Borttagen", {"plans/å.yaml": None})
    again = repository.save("Tillbaka", {"plans/å.yaml": "3\n"})
    found = versions(repository.folder, "plans/å.yaml")
    assert [one[:4] for one in found] == [
        (made, date(2026, 1, 3), "plans/å.yaml", "Skapad"),
        (changed, date(2026, 1, 5), "plans/å.yaml", "Ändrad åäö 🙂"),
        (removed, date(2026, 1, 6), "plans/å.yaml", "Borttagen"),
        (again, date(2026, 1, 7), "plans/å.yaml", "Tillbaka"),
    ]
    with Objects(repository.folder) as objects:
        assert [objects.read(one.blob) if one.blob else None for one in found] == [b"1\n", b"2\n", None, b"3\n"]
    assert not any(one.cut for one in found)
    assert versions(repository.folder, "plans/finns-inte.yaml") == []
    assert versions(repository.folder, "./plans//å.yaml", changed) == found[:2]


def test_the_first_commit_of_all_is_a_version(repository: Repository) -> None:
    first = repository.save("Allra först", {"plans/a.yaml": "1\n"})
    assert [one.commit for one in versions(repository.folder, "plans/a.yaml")] == [first]


def test_names_that_git_would_quote_or_expand(repository: Repository) -> None:
    names = ("plans/rad\nbrytning.yaml", 'plans/"citat" å.yaml', "plans/*.yaml", ":(top)x.yaml", "plans/[ab].yaml", "-n.yaml")
    for name in names:
        repository.save(name.replace("\n", " "), {name: name})
    repository.save("Alla", {"plans/a.yaml": "a\n"})
    for name in names:
        assert told(versions(repository.folder, name)) == [(name.replace("\n", " "), name)]


def test_a_renamed_plan_keeps_its_history(repository: Repository) -> None:
    repository.save("Skapad", {"plans/gammal.yaml": PLAN})
    repository.save("Ändrad", {"plans/gammal.yaml": PLAN + "mer: ja\n"})
    moved = repository.move(
        "Bytte namn", "plans/gammal.yaml", "plans/2026/å ny.yaml", {"plans/2026/å ny.yaml": PLAN + "mer: nej\n"}
    )
    repository.save("Gamla namnet, annan plan", {"plans/gammal.yaml": "plan: annan\n"})
    repository.save("Ändrad igen", {"plans/2026/å ny.yaml": PLAN + "mer: kanske\n"})
    repository.move("Tillbaka till plans", "plans/2026/å ny.yaml", "plans/nyast.yaml")
    found = versions(repository.folder, "plans/nyast.yaml")
    assert told(found) == [
        ("Skapad", "plans/gammal.yaml"),
        ("Ändrad", "plans/gammal.yaml"),
        ("Bytte namn", "plans/2026/å ny.yaml"),
        ("Ändrad igen", "plans/2026/å ny.yaml"),
        ("Tillbaka till plans", "plans/nyast.yaml"),
    ]
    for one in found:
        with at(repository.folder, one.commit) as commit, Objects(repository.folder) as objects:
            assert commit.read(one.path) == objects.read(one.blob)
    assert found[2].commit == moved
    assert told(versions(repository.folder, "plans/gammal.yaml"))[-1] == ("Gamla namnet, annan plan", "plans/gammal.yaml")


def test_a_copied_plan_has_a_history_of_its_own(repository: Repository) -> None:
    repository.save("Årets plan", {"plans/prov-2026.yaml": PLAN})
    repository.save("Nästa års", {"plans/prov-2027.yaml": PLAN.replace("2026", "2027")})
    repository.save("Samma text", {"plans/kopia.yaml": PLAN})
    repository.save("Kopia av det som ändras", {"plans/prov-2026.yaml": PLAN + "mer: ja\n", "plans/prov-2028.yaml": PLAN})
    for name, subject in (("prov-2027", "Nästa års"), ("kopia", "Samma text"), ("prov-2028", "Kopia av det som ändras")):
        assert told(versions(repository.folder, f"plans/{name}.yaml")) == [(subject, f"plans/{name}.yaml")]


def test_a_plan_that_replaces_a_wholly_other_one_is_no_rename(repository: Repository) -> None:
    repository.save("Gammal", {"plans/gammal.yaml": PLAN})
    repository.save("Ny", {"plans/gammal.yaml": None, "plans/ny.yaml": "plan: ny\ntitel: Något helt annat\n"})
    assert told(versions(repository.folder, "plans/ny.yaml")) == [("Ny", "plans/ny.yaml")]


def test_a_project_that_was_moved_within_the_repository(repository: Repository) -> None:
    first = repository.save("Skapad", {"plans/a.yaml": PLAN, "reports/b.yaml": "b: c\n"})
    repository.git("mv", "-k", "plans", "reports", ".")
    (repository.folder / "kommuner/A").mkdir(parents=True)
    repository.git("mv", "plans", "reports", "kommuner/A")
    repository.save("Flyttade allt")
    root = repository.folder / "kommuner" / "A"
    found = versions(root, "plans/a.yaml")
    assert told(found) == [("Skapad", "../../plans/a.yaml"), ("Flyttade allt", "plans/a.yaml")]
    assert (found[0].commit, found[0].blob) == (first, found[1].blob)


def test_a_folder_that_had_the_name_is_no_version(repository: Repository) -> None:
    repository.save("Mapp", {"plans/a.yaml/a.yaml": "1\n", "plans/a.yaml/b.yaml": "1\n"})
    shutil.rmtree(repository.folder / "plans/a.yaml")
    repository.save("Fil", {"plans/a.yaml": "helt annat\n"})
    assert told(versions(repository.folder, "plans/a.yaml")) == [("Fil", "plans/a.yaml")]


def test_what_came_with_a_merge_is_one_version(repository: Repository) -> None:
    repository.save("Grund", {"plans/a.yaml": PLAN, "plans/b.yaml": "b: 1\n"})
    repository.git("checkout", "-q", "-b", "gren")
    repository.save("På grenen, ett", {"plans/a.yaml": PLAN + "ett: ja\n"})
    branch = repository.save("På grenen, två", {"plans/a.yaml": PLAN + "två: ja\n"})
    repository.git("checkout", "-q", "main")
    repository.save("På huvudlinjen", {"plans/a.yaml": "först: ja\n" + PLAN})
    repository.day = 28
    repository.git("merge", "-q", "--no-ff", "gren", "-m", "Tog in grenen")
    found = versions(repository.folder, "plans/a.yaml")
    assert [(one.subject, one.day.day) for one in found] == [("Grund", 2), ("På huvudlinjen", 5), ("Tog in grenen", 28)]
    with Objects(repository.folder) as objects:
        assert objects.read(found[-1].blob).decode() == "först: ja\n" + PLAN + "två: ja\n"
    assert told(versions(repository.folder, "plans/b.yaml")) == [("Grund", "plans/b.yaml")]
    assert [one.subject for one in versions(repository.folder, "plans/a.yaml", branch)][1:] == [
        "På grenen, ett",
        "På grenen, två",
    ]


def test_a_rename_that_came_with_a_merge(repository: Repository) -> None:
    repository.save("Grund", {"plans/a.yaml": PLAN})
    repository.git("checkout", "-q", "-b", "gren")
    repository.move("Döpte om", "plans/a.yaml", "plans/b.yaml")
    repository.git("checkout", "-q", "main")
    repository.save("Ändrade under gamla namnet", {"plans/a.yaml": PLAN + "mer: ja\n"})
    repository.git("merge", "-q", "--no-ff", "gren", "-m", "Tog in grenen")
    assert told(versions(repository.folder, "plans/b.yaml")) == [
        ("Grund", "plans/a.yaml"),
        ("Ändrade under gamla namnet", "plans/a.yaml"),
        ("Tog in grenen", "plans/b.yaml"),
    ]


def test_the_day_is_the_author_s_own(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    late = {"GIT_AUTHOR_DATE": "2026-03-01T00:30:00+0200", "GIT_COMMITTER_DATE": "2026-05-05T12:00:00+0000"}
    repository.save("Sent på kvällen i UTC", {"plans/a.yaml": "1\n"}, **late)
    repository.save("Före den förra", {"plans/a.yaml": "2\n"}, GIT_AUTHOR_DATE="2025-12-31T23:30:00-1100")
    repository.save("Långt bort", {"plans/a.yaml": "3\n"}, GIT_AUTHOR_DATE="@253402300800 +0000")
    for zone in ("UTC", "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", zone)
        found = versions(repository.folder, "plans/a.yaml")
        assert [one.day for one in found] == [date(2026, 3, 1), date(2025, 12, 31), date.min]


def test_a_shallow_clone_says_where_it_is_cut(repository: Repository, tmp_path: Path) -> None:
    first = repository.save("Ett", {"plans/a.yaml": "1\n"})
    second = repository.save("Två", {"plans/a.yaml": "2\n", "plans/b.yaml": "b\n"})
    third = repository.save("Tre", {"plans/b.yaml": "c\n", "plans/ny.yaml": "ny\n"})
    clone = repository.clone(tmp_path / "grund", "--depth", "1")
    assert is_shallow(clone)
    assert not is_shallow(repository.folder)
    assert content(clone) == content(repository.folder)
    (only,) = versions(clone, "plans/a.yaml")
    assert (only.commit, only.subject, only.cut) == (third, "Tre", True)
    fault = Commit.at(clone, second)
    assert isinstance(fault, GitFault)
    assert fault.remedy == "klonen har bara en del av historiken; hämta resten med: git fetch --unshallow --tags"
    deeper = repository.clone(tmp_path / "djupare", "--depth", "2")
    assert [(one.commit, one.cut) for one in versions(deeper, "plans/b.yaml")] == [(second, True), (third, False)]
    assert [(one.commit, one.cut) for one in versions(deeper, "plans/ny.yaml")] == [(third, False)]
    whole = repository.clone(tmp_path / "hel")
    assert [(one.commit, one.cut) for one in versions(whole, "plans/a.yaml")] == [(first, False), (second, False)]


def test_a_user_s_settings_change_nothing(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.save("Åäö", {"kommun/plans/å.yaml": PLAN})
    repository.move("Flyttad", "kommun/plans/å.yaml", "kommun/plans/ö.yaml", {"kommun/plans/ö.yaml": PLAN + "mer: ja\n"})
    repository.git("checkout", "-q", "-b", "gren")
    repository.save("På grenen", {"kommun/plans/ö.yaml": PLAN})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "gren", "-m", "Tog in")
    root = repository.folder / "kommun"
    expected = content(root), versions(root, "plans/ö.yaml")
    assert told(expected[1]) == [("Åäö", "plans/å.yaml"), ("Flyttad", "plans/ö.yaml"), ("Tog in", "plans/ö.yaml")]
    (tmp_path / "config").write_text(HOSTILE, "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("LANGUAGE", "sv")
    monkeypatch.setenv("GIT_PAGER", "false")
    assert (content(root), versions(root, "plans/ö.yaml")) == expected


def test_two_clones_say_the_same(repository: Repository, tmp_path: Path) -> None:
    repository.save("Ett", {"plans/å.yaml": PLAN, "reports/b.csv": "datum\n"})
    repository.move("Två", "plans/å.yaml", "plans/ö.yaml")
    clones = [repository.clone(tmp_path / "ena"), repository.clone(tmp_path / "andra", "--no-checkout")]
    for clone in clones:
        assert content(clone) == content(repository.folder)
        assert versions(clone, "plans/ö.yaml") == versions(repository.folder, "plans/ö.yaml")


def test_nothing_is_started_by_importing() -> None:
    code = "import sys, uppfoljning.files.git, uppfoljning.files.git_history; print('subprocess' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
