"""What is measured on: repositories and the same facts for the peers, made once each in a folder that may be kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from bench import journals
from bench.generate import COLUMNS, occasions, promises
from bench.timing import environment

COMMITMENTS = 40
SURE_AFTER = 2.2
"""Seconds: the cache takes younger files for changed."""
GENERATE = Path(__file__).with_name("generate.py")
SETTINGS = ("user.name=bench", "user.email=bench@example.invalid", "core.fsync=none", "core.compression=0", "gc.auto=0",
            "commit.gpgsign=false")  # fmt: skip
GIT = ("git", *(word for setting in SETTINGS for word in ("-c", setting)))


class Data:
    """The folder where it all lies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0.0
        folder.mkdir(parents=True, exist_ok=True)

    def cache(self, name: str) -> Path:
        """An own place for what the program keeps between runs of what has been made, which is then old enough to be trusted."""
        time.sleep(max(self._made + SURE_AFTER - time.monotonic(), 0))
        path = self.folder / f"cache-{name}"
        path.mkdir(exist_ok=True)
        return path

    def repository(self, files: int, rows: int = 0, git: bool = False) -> Path:
        """A repository of that size, in git or not. Another process makes it: what this one holds is passed on to others."""
        home = self.folder / f"f{files}-r{rows}"
        done = home.with_suffix(".klar")
        if not done.exists():
            size = ["--files", str(files), "--rows", str(rows), "--commitments", str(COMMITMENTS)]
            _call([sys.executable, str(GENERATE), *size, "--out", str(home)])
            done.touch()
            self._made = time.monotonic()
        beside, inside = home.with_suffix(".git"), home / ".git"
        if git and not inside.exists():
            if beside.exists():
                beside.rename(inside)
            else:
                self._commit(home)
        elif not git and inside.exists():
            inside.rename(beside)
        return home

    def git_folder(self, home: Path) -> Path:
        """What git knows of a repository, in a folder that lies outside it so that the program does not see it."""
        self.repository(*_size(home), git=True)
        self.repository(*_size(home), git=False)
        return home.with_suffix(".git")

    def _commit(self, home: Path) -> None:
        for words in (("init", "-q"), ("add", "plans", "reports"), ("commit", "-q", "-m", "Mät")):
            _call([*GIT, *words], home)
        self._made = time.monotonic()

    def journal(self, home: Path, peer: journals.Peer) -> Path:
        """The same facts as a journal."""
        files, rows = _size(home)
        path = self.folder / f"{home.name}.{peer}"
        if not path.exists():
            made = journals.of_files(occasions(files, COMMITMENTS, Random(1)))
            facts = (fact for part in (made, journals.of_series(home)) for fact in part)
            journals.write_journal(path, peer, promises(files, rows, COMMITMENTS), facts)
        return path

    def promises(self, home: Path) -> Path:
        """What is promised, as a table to join with."""
        path = self.folder / f"{home.name}-mål.csv"
        journals.write_promises(path, promises(*_size(home), COMMITMENTS))
        return path

    def package(self, home: Path) -> Path:
        """A description of the CSV files for a checker of tables: every column's type, and that it must be filled in."""
        types = {"datum": "date", "inlämnad": "date", "funktioner.värd": "integer", "uppgifter.samtal": "integer"}
        fields = [
            {"name": name, "type": types.get(name, "string"), "constraints": {"required": True}} for name in COLUMNS.split(";")
        ]
        resources = [
            {
                "name": path.stem,
                "path": path.relative_to(home).as_posix(),
                "dialect": {"csv": {"delimiter": ";"}},
                "schema": {"fields": fields},
            }
            for path in sorted((home / "reports").rglob("*.csv"))
        ]
        path = home / "datapackage.json"
        path.write_text(json.dumps({"name": "serie", "resources": resources}, ensure_ascii=False), encoding="utf-8")
        return path


class Change:
    """Changes some of the report files each time it is called, there and back, and waits until they are old enough."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths, self._times = paths, 0

    def __call__(self) -> None:
        new = (b"samordnare\n", b"v\xc3\xa4rd\n")[self._times % 2]
        self._times += 1
        for path in self._paths:
            lead, word, _ = path.read_bytes().rpartition(b"rapport\xc3\xb6r: ")
            path.write_bytes(lead + word + new)
        time.sleep(SURE_AFTER)


def newest(home: Path, share: float = 0.01) -> list[Path]:
    """That share of the report files, those of the latest days: a new week's reports."""
    files = _reports(home)
    return files[-max(int(len(files) * share), 1) :]


def spread(home: Path, share: float = 0.01) -> list[Path]:
    """That share of the report files at random, the same ones every time."""
    files = _reports(home)
    return sorted(Random(1).sample(files, max(int(len(files) * share), 1)))


def _reports(home: Path) -> list[Path]:
    """In the order of their days, which begin their names."""
    return sorted((home / "reports").rglob("*.yaml"), key=lambda path: path.name)


def _size(home: Path) -> tuple[int, int]:
    files, rows = home.name.split("-")
    return int(files[1:]), int(rows[1:])


def _call(words: Iterable[str], folder: Path | None = None) -> None:
    command = list(words)
    done = subprocess.run(command, cwd=folder, env=environment(None), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{os.path.basename(command[0])} slutade med {done.returncode}: {done.stderr.strip()[-500:]}")
