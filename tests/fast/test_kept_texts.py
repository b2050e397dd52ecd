"""What is kept to make the next run quicker holds no text that has been taken out of the files, once anything more is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import SOUND, folder, process

MARK = "Zlatibor"
"""Stands for a name that should never have been written."""
FORM = f"snabbrapport: prov\ntitel: Prov {MARK}\nfält:\n  samtal: {{typ: antal, fråga: Hur många {MARK}?}}\n"
REPORT = "plan: prov-2026\nåtagande: gang\ndatum: 2026-03-{:02}\nstart: {:02}:{:02}\ntext: {}\n"
MANY = {f"reports/b/{at}.yaml": REPORT.format(at % 28 + 1, at // 28 + 1, at % 60, "Lugnt") for at in range(260)}
"""More than are read again rather than kept."""
MARKED = {
    "reports/b/7.yaml": REPORT.format(3, 4, 5, MARK),
    "reports/c/ny.yaml": REPORT.format(4, 4, 5, f"{MARK} och {MARK}"),
    "reports/rader.csv": f"plan;åtagande;datum;text\nprov-2026;gang;2026-03-06;{MARK}\n",
    "reports/bedomning.yaml": "bedömning: {plan: prov-2026, åtagande: gang, period: 2026-T1}\nbedömt: 2026-05-04\n"
    f"av: samordnaren\ngenomförande: genomfört\nresultat: uppfyllt\nmotivering: {MARK}\n",
    f"reports/{MARK}/fel.yaml": f"plan: {MARK}\nåtagande: {MARK}\n",
}
READING = (
    ("status", "--vid", "2026-06-30"),
    ("status", "--vid", "2026-06-30", "--format", "json"),
    ("validera",),
    ("validera", "--format", "json"),
    ("avvikelser",),
    ("saknas",),
    ("historik",),
    ("underlag", "gang"),
)


def run(top: Path, *words: str, root: str = "p") -> int:
    return process("-C", str(top / root), *words, XDG_CACHE_HOME=str(top / "cache")).returncode


def holding(top: Path, where: str = "cache") -> list[str]:
    """The files of what is kept that hold the mark, in any encoding of a text, or are named after it."""
    forms = [MARK.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in (top / where).rglob("*") if path.is_file()]
    return [path.name for path in files if MARK in path.name or any(form in path.read_bytes() for form in forms)]


def marked(top: Path, root: str = "p") -> Path:
    """A project with the mark in files of every kind, seen by every command that keeps what it says."""
    project = top / root
    folder(project, {**SOUND, **MANY, **MARKED})
    long_ago = time.time() - 100
    for path in project.rglob("*.*"):
        os.utime(path, (long_ago, long_ago))
    time.sleep(2.1)
    for words in READING:
        run(top, *words, root=root)
    return project


def without(project: Path) -> None:
    """Every file without the mark, each written anew; those named after it are gone."""
    shutil.rmtree(project / "reports" / MARK)
    for path in project.rglob("*.*"):
        if path.is_file() and MARK in (text := path.read_text("utf-8")):
            path.write_text(text.replace(MARK, "Lugnt"), "utf-8")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been read by all, and then lost the mark; for each test a copy of what was kept."""
    top = tmp_path_factory.mktemp("text")
    project = marked(top)
    assert len({name.partition("-")[0] for name in holding(top)}) == 3
    without(project)
    return top


@pytest.mark.slow
@pytest.mark.parametrize("words", [*READING, ("diff", "--vid", "2026-02-01", "--mot", "2026-06-30")], ids=" ".join)
def test_a_text_that_was_taken_out_is_gone_when_anything_is_kept(words: tuple[str, ...], kept: Path, tmp_path: Path) -> None:
    """Whatever is asked next; also the answers to other questions."""
    place = next((kept / "cache" / "uppfoljning").iterdir())
    saved = tmp_path / "saved"
    shutil.copytree(place, saved, copy_function=shutil.copy2)
    run(kept, *words)
    left = holding(kept)
    shutil.rmtree(place)
    shutil.copytree(saved, place, copy_function=shutil.copy2)
    assert left == []
    assert holding(kept) != []


def test_what_is_read_anew_and_not_kept_leaves_what_is_kept_alone(kept: Path) -> None:
    before = holding(kept)
    run(kept, "--utan-cache", "status")
    assert holding(kept) == before != []


def removed(project: Path) -> None:
    shutil.rmtree(project)


def renamed(project: Path) -> None:
    project.rename(project.with_name("annat"))


def emptied(project: Path) -> None:
    shutil.rmtree(project / "plans")
    shutil.rmtree(project / "reports")


@pytest.mark.slow
@pytest.mark.parametrize("gone", [removed, renamed, emptied])
def test_what_was_kept_of_a_project_that_is_gone_goes_with_the_next(gone: Callable[[Path], None], tmp_path: Path) -> None:
    folder(tmp_path / "p", {**SOUND, "reports/c.yaml": REPORT.format(4, 4, 5, MARK)})
    time.sleep(2.1)
    run(tmp_path, "status")
    run(tmp_path, "underlag", "gang")
    gone(tmp_path / "p")
    folder(tmp_path / "q", SOUND)
    (tmp_path / "cache" / "uppfoljning" / "annat").mkdir()
    assert run(tmp_path, "status", root="q") == 0
    left = sorted(path.name for path in (tmp_path / "cache" / "uppfoljning").iterdir())
    assert len(left) == 2 and "annat" in left


def test_what_was_kept_of_another_project_stays(tmp_path: Path) -> None:
    for root in ("p", "q"):
        folder(tmp_path / root, SOUND)
    for root in ("p", "q"):
        run(tmp_path, "status", root=root)
    assert len(list((tmp_path / "cache" / "uppfoljning").iterdir())) == 2


@pytest.mark.parametrize(
    "name",
    ["svar-0-0", "filer-0-", "gammalt", "mappar.99999.ny", "summor"],
    ids=["svar", "filer", "okänt", "halvt", "annan version"],
)
def test_what_another_version_kept_or_left_half_written_goes(name: str, tmp_path: Path) -> None:
    folder(tmp_path / "p", SOUND)
    run(tmp_path, "status")
    place = next((tmp_path / "cache" / "uppfoljning").iterdir())
    (place / name).write_text(MARK)
    assert holding(tmp_path)
    report = tmp_path / "p" / "reports" / "a.yaml"
    report.write_text(report.read_text("utf-8") + "\n", "utf-8")
    run(tmp_path, "status")
    assert holding(tmp_path) == []


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_was_kept_before_the_project_lay_in_git_goes(tmp_path: Path) -> None:
    folder(tmp_path / "p", {**SOUND, "reports/c.yaml": f"{MARK}: [\n"})
    time.sleep(2.1)
    run(tmp_path, "validera")
    run(tmp_path, "underlag", "gang")
    assert list((tmp_path / "cache").rglob("svar-*"))
    subprocess.run(["git", "init", "-q", tmp_path / "p"], check=True)
    run(tmp_path, "status")
    assert list((tmp_path / "cache" / "uppfoljning").iterdir()) == []
    assert list((tmp_path / "p" / ".git" / "uppfoljning").rglob("mappar"))
