"""What is kept between runs never changes an answer: whatever happens to the files and the clock, warm is as cold."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench.generate import generate
from tests.projects import FORM
from uppfoljning.fast import file_index, incremental, output_cache, project_cache, read_files, shards, store
from uppfoljning.fast.aggregation import grain_of, manner
from uppfoljning.fast.incremental import large_files, load_summed
from uppfoljning.fast.loading import one_by_one
from uppfoljning.fast.partial import Aggregation
from uppfoljning.fast.project_cache import ProjectCache
from uppfoljning.fast.safe_pickle import dumped, loaded
from uppfoljning.files.root import FOLDERS
from uppfoljning.files.source import Folder
from uppfoljning.followup.table import Selection, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views.status import status_text
from uppfoljning.project.load import CheckedProject, load_project

SEQUENCES = 1000
TICK = 4_000_000
SECOND = 1_000_000_000
PLAN = """\
plan: prov-2026
titel: Prov
typ: medborgarlöfte
period: 2026
parter: {kommunen: Kommunen, klubben: Klubben}
funktioner: {värd: {titel: Värd, part: klubben}}
platser: {torget: Torget}
åtaganden:
"""
COMMITMENT = """\
  - id: {id}
    titel: {id}
    parter: [kommunen, klubben]
    ansvarig: värd
    snabbrapport: prov
    mål:
      - {{id: a, minst: 12, enhet: tillfällen}}
      - {{id: b, antal: löpande, enhet: samtal, räknar: samtal}}
"""
REASON = "avvikelser: [{vad: Annat, skäl: väder}]\n"
DAY = date(2027, 3, 1)


class World:
    """A project on disk, and a clock that a file's time of change is taken from: it goes by itself and can be set."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root, Random(seed)
        self.now = 2_000_000_000 * SECOND + self.chance.randrange(SECOND)
        self.changed: dict[int, int] = {}
        self.words = 0
        self._known: dict[str, tuple[int, bytes]] = {}
        self.write("plans/prov-2026.yaml", PLAN + COMMITMENT.format(id="ett") + COMMITMENT.format(id="två"))
        self.write("plans/snabbrapporter/prov.yaml", FORM)
        self.dated = 0.9 * (seed % 3 > 0)
        for number in range(6):
            self.report(self.chance.choice(["a", "b", "b/c"]), f"r{number}")
        self.write("reports/a/rader.csv", "åtagande;datum;uppgifter.samtal\nett;2026-05-01;4\nett;2026-05-02;5\n")
        self.in_git = seed % 4 == 0
        if self.in_git:
            self._branch()
        self.notice()

    def _branch(self) -> None:
        self.git("init", "-q", "-b", "main")
        self.save()
        self.git("checkout", "-q", "-b", "gren")
        self.step()
        self.step()
        self.save()
        self.git("checkout", "-q", "main")

    def checkout(self) -> None:
        self.git("checkout", "-q", "-f", self.chance.choice(["main", "gren"]))
        self.notice()

    def git(self, *words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.se", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")
        subprocess.run(["git", "-C", self.root, *identity, *words], check=True, capture_output=True)

    def save(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--allow-empty")

    def numbers(self, status: os.stat_result) -> tuple[int, int, int]:
        """What the file system would say, had it this world's clock."""
        return status.st_size, self.changed.get(status.st_ino, status.st_ctime_ns), status.st_ino

    def now_in(self, kept: store.Store) -> int:
        os.makedirs(kept.folder, exist_ok=True)
        return self.now

    def notice(self) -> None:
        """Every file that is not as it was has been changed just now, in steps of the file system's clock."""
        there = {}
        for path in sorted(self.root.glob("*s/**/*")):
            if path.is_file():
                status = path.stat()
                there[str(path)] = status.st_ino, path.read_bytes()
                if self._known.get(str(path)) != there[str(path)]:
                    self._mark(path)
        self._known = there

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def files(self) -> list[Path]:
        return sorted(path for path in self.root.glob("reports/**/*") if path.is_file())

    def some(self) -> Path:
        return self.chance.choice(self.files())

    def report(self, folder: str, stem: str) -> None:
        """A new report, in most worlds mostly named after its day."""
        chance = self.chance
        state = chance.choices(
            ["", f"läge: flyttad\nflyttad_till: 2026-0{chance.randint(3, 6)}-0{chance.randint(1, 9)}\n{REASON}", "kvitto: k1\n",
             "ersätter: a/r1\n", "klart: ja\n"],
            [20, 2, 1, 1, 1],
        )[0]  # fmt: skip
        day = f"2026-0{chance.randint(3, 6)}-0{chance.randint(1, 9)}"
        lead = f"{day}-" if chance.random() < self.dated else ""
        self.write(
            f"reports/{folder}/{lead}{stem}.yaml",
            f"åtagande: {chance.choice(['ett', 'två'])}\ndatum: {day}\nstart: {chance.randint(10, 19)}:00\nplats: torget\n{state}"
            + ("" if state.startswith("läge") else f"uppgifter: {{samtal: {chance.randint(10, 99)}}}\n")
            + f"text: {self.word()}\n",
        )

    def word(self) -> str:
        """A text that is nowhere else."""
        self.words += 1
        return f"ord{self.words:04}ord"

    def step(self) -> None:
        """Something happens to the files."""
        ways = [self._edit, self._edit, self._edit, self._touch, self._move, self._put_over, self._delete, self._add]
        self.chance.choice([*ways, self._break, self._change_plan, self._state_total])()
        self.notice()

    def _edit(self) -> None:
        """The size stays the same."""
        path = self.some()
        path.write_text(path.read_text("utf-8").replace("4", "#").replace("5", "4").replace("#", "5"), "utf-8")

    def _touch(self) -> None:
        path = self.some()
        os.utime(path, self.chance.choice([None, (1_700_000_000, 1_700_000_000)]))
        self._mark(path)

    def _move(self) -> None:
        path = self.some()
        to = self.root / "reports" / self.chance.choice(["a", "b"]) / f"m{self.chance.randrange(9)}{path.suffix}"
        to.parent.mkdir(parents=True, exist_ok=True)
        self._mark(path.rename(to))

    def _put_over(self) -> None:
        one, other = self.some(), self.some()
        if one != other and one.suffix == other.suffix:
            self._mark(one.replace(other))

    def _delete(self) -> None:
        if len(self.files()) > 2:
            self.some().unlink()

    def _add(self) -> None:
        self.report(self.chance.choice(["a", "b", "d"]), f"n{self.chance.randrange(99)}")

    def _break(self) -> None:
        self.write(f"reports/a/x{self.chance.randrange(3)}.yaml", "åtagande: [ett\n")

    def _change_plan(self) -> None:
        second = COMMITMENT.format(id=self.chance.choice(["två", "tre"]))
        self.write("plans/prov-2026.yaml", PLAN + COMMITMENT.format(id="ett") + second)

    def _state_total(self) -> None:
        self.write("reports/b/total.yaml", f"åtagande: ett\nperiod: 2026-0{self.chance.randint(3, 6)}\nantal: 3\n")

    def _mark(self, path: Path) -> None:
        self.changed[path.stat().st_ino] = self.now // TICK * TICK

    def wait(self) -> None:
        """Time goes by, sometimes hardly; now and then somebody sets the clock back or forward."""
        chance = self.chance
        if chance.random() < 0.1:
            self.now += chance.randrange(-3600 * SECOND, 3600 * SECOND)
        elif chance.random() < 0.7:
            self.now += chance.randrange(4 * SECOND)


class Run:
    """A run that has looked at the files and not yet read them."""

    def __init__(self, world: World) -> None:
        output_cache._SEEN.clear()
        self.root = world.root
        question = output_cache.asked(["-C", str(world.root), "status", "--vid", str(DAY)])
        seen = output_cache.see(str(world.root))
        assert question is not None and seen is not None
        self.question = question
        self.shelf = ProjectCache(seen.store, str(world.root), seen.census, seen.now)

    def answer(self) -> str:
        """What is written: by an answer that was kept, by sums, or by reading; they are kept for the next run."""
        kept = self.question.kept()
        if kept is not None:
            return kept.decode()
        found = load_summed(self.root, Folder(self.root), self.shelf, manner())
        if found is None or found.settled is None or found.settled > DAY:
            found = one_by_one(Folder(self.root), self.shelf)
        said = text_of(found)
        self.question.put(said.encode())
        return said


def pieces_of(run: Run) -> dict[str, bytes]:
    """All that is kept, by name."""
    return {path.name: path.read_bytes() for path in Path(run.question._store.folder).iterdir()}


def words_in(data: bytes) -> set[bytes]:
    """The texts that stand in some bytes."""
    return set(re.findall(rb"ord[0-9]{4}ord", data))


def text_of(found: CheckedProject) -> str:
    tables = [follow_up(one, View(DAY), forms=found.forms, entries=found.entries.get(one.id, {})) for one in found.plans.values()]
    lines = status_text(
        tables, Provenance(DAY, "", found.files, len(found.left_out), found.rows_left_out, False), 110, Selection()
    )
    said = ["".join(text for text, _ in line) for line in lines]
    return "\n".join([*said, *sorted(map(repr, found.findings)), *found.left_out])


@contextmanager
def world_of(folder: Path, seed: int, patch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world whose clock the program looks at, and a program that keeps also what is small."""
    world = World(folder, seed)
    with patch.context() as here:
        here.setattr(file_index, "numbers_of", world.numbers)
        here.setattr(store.Store, "now", lambda own: world.now_in(own))  # noqa: PLW0108 - a bound method would not get the store
        here.setattr(output_cache, "program_mark", lambda: b"1")
        here.setattr(project_cache, "FEWEST", 1)
        here.setattr(shards, "FEWEST", 1)
        here.setattr(shards, "_LEADS", (7,) if seed % 2 else (10, 7))
        here.setenv("XDG_CACHE_HOME", str(folder.parent / f"{folder.name}-kept"))
        if seed % 3 == 0:
            # Then two processes look at the folders.
            here.setattr(file_index, "_LARGE", 1)
        if seed % 25 == 0:
            here.setattr(read_files, "MANY", 2)
            here.setattr(incremental, "MANY", 2)
        yield world


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_warm_is_as_cold(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_kept = swept = 0
    for seed in range(part * SEQUENCES // 10, (part + 1) * SEQUENCES // 10):
        with world_of(tmp_path / str(seed), seed, monkeypatch) as world:
            for _ in range(6):
                match world.chance.choices(["step", "checkout", "at once", "nothing"], [6, 3 * world.in_git, 2, 2])[0]:
                    case "step":
                        world.step()
                    case "checkout":
                        world.checkout()
                    case "at once":
                        slow = Run(world)
                        world.step()
                        Run(world).answer()
                        slow.answer()
                world.wait()
                run = Run(world)
                from_kept += run.question.kept() is not None
                before = pieces_of(run)
                assert run.answer() == text_of(load_project(Folder(world.root))), seed
                if (after := pieces_of(run)) != before:
                    assert words_in(b"".join(after.values())) <= words_in(b"".join(map(Path.read_bytes, world.files()))), seed
                    swept += len(words_in(b"".join(before.values())) - words_in(b"".join(after.values())))
    assert swept > SEQUENCES // 10
    assert from_kept > SEQUENCES // 50


FILES = {"plans/prov-2026.yaml": PLAN + COMMITMENT.format(id="ett"), "plans/snabbrapporter/prov.yaml": FORM}


def saved(root: Path, files: dict[str, str]) -> Path:
    for name, text in {**FILES, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def single(day: str, more: str = "") -> str:
    return f"åtagande: ett\ndatum: {day}\nplats: torget\nuppgifter: {{samtal: 5}}\n{more}"


def shelf_of(root: Path, later: int = 10 * SECOND) -> ProjectCache:
    """The shelf of a run that begins some time after the files were written."""
    kept = store.Store(str(root.parent / "kept"), b"1")
    now = kept.now()
    assert now is not None
    known = file_index.as_written(kept.get(store.CENSUS) or b"")
    return ProjectCache(kept, str(root), file_index.census(str(root), FOLDERS, known), now + later)


def test_a_day_that_an_occasion_was_moved_to_is_kept_apart_in_another_folder(tmp_path: Path) -> None:
    root = saved(
        tmp_path / "p",
        {
            "reports/a/1.yaml": "åtagande: ett\ndatum: 2026-03-30\nläge: flyttad\nflyttad_till: 2026-04-03\n" + REASON,
            **{f"reports/b/{day}.yaml": single(f"2026-04-0{day}") for day in range(1, 6)},
        },
    )
    for _ in range(2):
        found = load_summed(root, Folder(root), shelf_of(root), manner())
        assert found is not None
        assert sorted(entry.times for entry in found.entries["prov-2026"]["ett"]) == [1, 1, 2, 2]
        assert text_of(found) == text_of(load_project(Folder(root)))


def test_a_day_that_an_occasion_was_moved_to_is_kept_apart_in_another_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "FEWEST", 1)
    monkeypatch.setattr(shards, "_LEADS", (7,))
    days = {f"reports/a/2026-04-0{day}.yaml": single(f"2026-04-0{day}") for day in range(1, 6)}
    root = saved(tmp_path / "p", {"reports/a/2026-05-09.yaml": single("2026-05-09"), **days})
    load_summed(root, Folder(root), shelf_of(root), manner())
    moved = "åtagande: ett\ndatum: 2026-03-30\nläge: flyttad\nflyttad_till: 2026-04-03\n" + REASON
    saved(root, {"reports/a/2026-03-30.yaml": moved})
    for _ in range(2):
        found = load_summed(root, Folder(root), shelf_of(root), manner())
        assert found is not None
        assert sorted(entry.times for entry in found.entries["prov-2026"]["ett"]) == [1, 1, 1, 2, 2]
        assert text_of(found) == text_of(load_project(Folder(root)))


def test_only_the_batch_that_has_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "FEWEST", 2)
    monkeypatch.setattr(project_cache, "FEWEST", 1)
    files = {
        f"reports/a/{day}-{number}.yaml": single(day, f"start: 1{number}:00\n")
        for day in ("2026-04-01", "2026-05-02")
        for number in range(3)
    }
    root = saved(tmp_path / "p", files)
    read: list[str] = []

    class Told(Folder):
        def read(self, name: str) -> bytes:
            read.append(name)
            return super().read(name)

    def changed(name: str) -> tuple[list[str], str]:
        """What is read after a change, and what comes of it."""
        saved(root, {name: single("2026-05-02", "start: 21:00\n")})
        read.clear()
        found = load_summed(root, Told(root), shelf_of(root), manner())
        assert found is not None
        return [one for one in read if one.startswith("reports/")], text_of(found)

    load_summed(root, Folder(root), shelf_of(root), manner())
    later = [name for name in files if "05-02" in name]
    assert changed("reports/a/2026-05-02-a.yaml")[0] == sorted([*files, "reports/a/2026-05-02-a.yaml"])
    assert changed("reports/a/2026-05-02-b.yaml")[0] == [*later, "reports/a/2026-05-02-a.yaml", "reports/a/2026-05-02-b.yaml"]
    names, said = changed("reports/a/2026-05-02-c.yaml")
    assert names == ["reports/a/2026-05-02-c.yaml"]
    assert said == text_of(load_project(Folder(root)))


def test_batches_that_a_folder_does_not_have_any_more_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_cache, "FEWEST", 1)
    files = {f"reports/{folder}/2026-04-0{day}.yaml": single(f"2026-04-0{day}") for folder, day in (("a", 1), ("a", 2), ("b", 3))}
    root = saved(tmp_path / "p", files)

    def kept(fewest: int) -> list[str]:
        monkeypatch.setattr(shards, "FEWEST", fewest)
        one_by_one(Folder(root), shelf_of(root))
        return sorted(path.name for path in (tmp_path / "kept").glob("filer-*"))

    whole, divided = kept(250), kept(1)
    assert len(whole) == 2 and len(divided) == 3 and len({*whole} & {*divided}) == 1
    assert kept(250) == whole


@pytest.mark.parametrize("other", ["1.yaml", "z.yaml", "2025-x.yaml", "2026-04-01-z.yaml"])
def test_nothing_is_read_where_a_file_says_that_all_is_not_seen_yet(other: str, tmp_path: Path) -> None:
    files = {"reports/a/2026-04-02.yaml": single("2026-04-02"), f"reports/a/{other}": single("2026-03-01")}
    root = saved(tmp_path / "p", files)
    shelf = shelf_of(root)
    assert load_summed(root, Folder(root), shelf, manner(), until=date(2026, 4, 1)) is None
    assert load_summed(root, Folder(root), shelf, manner(), until=date(2026, 4, 2)) is not None


TIED = pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(single("2026-04-02"), single("2026-04-02", "start: 10:00\n"), id="samma dag"),
        pytest.param(single("2026-04-02"), single("2026-04-03", "ersätter: a/1\n"), id="rättelse"),
        pytest.param(single("2026-04-02", "kvitto: k1\n"), single("2026-04-03", "kvitto: k1\n"), id="samma kvitto"),
        pytest.param(single("2026-04-02"), "åtagande: ett\nperiod: 2026-04\nantal: 3\n", id="summa"),
        pytest.param(single("2026-04-02"), single("2026-04-03", "klart: ja\n"), id="klart"),
    ],
)


@TIED
def test_what_has_to_do_with_another_batch_is_read_with_it(
    one: str, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "FEWEST", 1)
    files = {"reports/a/1.yaml": one, "reports/a/2026-04-09.yaml": single("2026-04-09")}
    root = saved(tmp_path / "p", files)
    load_summed(root, Folder(root), shelf_of(root), manner())
    saved(root, {"reports/a/2026-04-03.yaml": other})
    for _ in range(2):
        found = load_summed(root, Folder(root), shelf_of(root), manner())
        assert found is not None
        assert text_of(found) == text_of(load_project(Folder(root)))


@TIED
def test_what_has_to_do_with_another_folder_is_read_report_by_report(one: str, other: str, tmp_path: Path) -> None:
    root = saved(tmp_path / "p", {"reports/a/1.yaml": one, "reports/b/1.yaml": other})
    assert load_summed(root, Folder(root), shelf_of(root), manner()) is None


def test_a_stray_report_among_the_plans_is_read_as_ever(tmp_path: Path) -> None:
    root = saved(tmp_path / "p", {"plans/1.yaml": single("2026-04-02")})
    assert load_summed(root, Folder(root), shelf_of(root), manner()) is None


def test_judgements_and_series_are_read_every_time(tmp_path: Path) -> None:
    judgement = "bedömning: b\nplan: prov-2026\nperiod: 2026-04\ndatum: 2026-05-01\n"
    root = saved(tmp_path / "p", {"reports/bedomningar/b.yaml": judgement, "reports/a/1.yaml": single("2026-04-02")})
    cold = load_project(Folder(root))
    for _ in range(2):
        found = load_summed(root, Folder(root), shelf_of(root), manner())
        assert found is not None
        assert (found.judgements, found.files, text_of(found)) == (cold.judgements, cold.files, text_of(cold))


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other"])
def test_a_damaged_piece_is_noticed_and_made_again(harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_cache, "FEWEST", 1)
    root = saved(tmp_path / "p", {f"reports/a/{day}.yaml": single(f"2026-04-0{day}") for day in range(1, 8)})
    cold = text_of(load_project(Folder(root)))
    load_summed(root, Folder(root), shelf_of(root), manner())
    one_by_one(Folder(root), shelf_of(root))
    pieces = [path for path in (tmp_path / "kept").iterdir() if path.name != "klocka"]
    whole = {path: path.read_bytes() for path in pieces}
    assert len(pieces) == 3
    for path, data in whole.items():
        middle = len(data) // 2
        path.write_bytes(
            {
                "cut": data[:-3],
                "flip": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                "empty": b"",
                "other": b"x" * 99,
            }[harm]
        )
    found = load_summed(root, Folder(root), shelf_of(root), manner())
    assert found is not None and text_of(found) == cold
    assert text_of(one_by_one(Folder(root), shelf_of(root))) == cold
    assert {path: path.read_bytes() for path in pieces} == whole


def test_units_that_are_something_else_are_as_if_they_were_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "FEWEST", 1)
    days = {f"reports/a/2026-04-0{day}.yaml": single(f"2026-04-0{day}") for day in range(1, 4)}
    root = saved(tmp_path / "p", {**days, "reports/b/1.yaml": single("2026-05-01")})
    load_summed(root, Folder(root), shelf_of(root), manner())
    saved(root, {"reports/a/2026-04-07.yaml": single("2026-04-07")})
    load_summed(root, Folder(root), shelf_of(root), manner())
    kept = store.Store(str(tmp_path / "kept"), b"1")
    for piece in ("summor", *kept.names("delar-")):
        version, *then, units = loaded(kept.get(piece) or b"")
        wrong = (dumped("annat"),) if piece == "summor" else dumped("annat")
        kept.put(piece, dumped((version, *then, {name: (digest, wrong) for name, (digest, _) in units.items()})))
    assert len(kept.names("delar-")) == 1
    assert (shelf_of(root).sums().units, shelf_of(root).parts("reports/a")) == ({}, {})
    saved(root, {"reports/a/2026-04-08.yaml": single("2026-04-08")})
    found = load_summed(root, Folder(root), shelf_of(root), manner())
    assert found is not None and text_of(found) == text_of(load_project(Folder(root)))


def test_nothing_that_was_changed_just_now_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_cache, "FEWEST", 1)
    root = saved(tmp_path / "p", {"reports/a/1.yaml": single("2026-04-02")})
    one_by_one(Folder(root), shelf_of(root, later=0))
    assert shelf_of(root).reads(("reports/a", "")) == {}


def test_two_processes_read_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_files, "MANY", 2)
    monkeypatch.setattr(incremental, "MANY", 2)
    days = [f"2026-0{month}-0{day}" for month in range(1, 7) for day in range(1, 9)]
    root = saved(
        tmp_path / "p", {f"reports/{day[:7]}/{day}.yaml": single(day, "start: fel\n" * (day[-1] == "3")) for day in days}
    )
    by_two = one_by_one(Folder(root), shelf_of(root)), load_summed(root, Folder(root), shelf_of(root), manner())
    monkeypatch.setattr(read_files, "CAN", False)
    by_one = one_by_one(Folder(root), shelf_of(root)), load_summed(root, Folder(root), shelf_of(root), manner())
    assert by_two[0] == by_one[0]
    assert by_two[1] is not None and by_one[1] is not None
    assert text_of(by_two[1]) == text_of(by_one[1]) == text_of(by_one[0])


@pytest.mark.parametrize("tied", ["", single("2026-02-01", "ersätter: m/2026-01-02\n")], ids=["fristående", "rättelse"])
def test_a_folder_in_the_middle_is_divided_between_two_processes(
    tied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "FEWEST", 1)
    monkeypatch.setattr(incremental, "MANY", 2)
    days = [f"2026-0{month}-0{day}" for month in (1, 2) for day in range(1, 5)]
    files = {f"reports/m/{day}.yaml": single(day) for day in days} | {"reports/n/1.yaml": single("2026-04-01")}
    root = saved(tmp_path / "p", {**files, **({"reports/m/2026-02-09.yaml": tied} if tied else {})})
    divided: list[list[int]] = []

    def told(work: Callable[[Any], Any], mine: Any, other: Any) -> Any:
        # The other folder has a single file, and is read whole.
        divided.append([sum(1 if some is None else len(some) for some in half.values()) for half in (mine, other)])
        return read_files.by_two(work, mine, other)

    monkeypatch.setattr(incremental, "by_two", told)
    found = load_summed(root, Folder(root), shelf_of(root), manner())
    assert found is not None and text_of(found) == text_of(load_project(Folder(root)))
    assert divided == [[5, 5] if tied else [4, 5]]


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["", "3;fel;dag\n", '"öppet\n'], ids=["sund", "en rad för kort", "citattecken"])
def test_large_tables_amount_to_what_their_rows_do(fault: str, tmp_path: Path) -> None:
    root = tmp_path / "p"
    generate(root, files=20, rows=12_000, commitments=2)
    table = next(iter(sorted(root.glob("reports/2026-05/*.csv"))))
    table.write_text(table.read_text("utf-8") + fault, "utf-8")
    shelf = shelf_of(root)
    assert large_files(shelf, shelf.folders)
    rows = load_project(Folder(root))
    for _ in range(2):
        found = load_summed(root, Folder(root), shelf_of(root), manner())
        assert found is not None
        assert text_of(found) == text_of(rows)
        assert sum(len(one) for by_id in found.entries.values() for one in by_id.values()) < 2000
    as_they_are = Aggregation(grain_of, lambda _plan, _commitment, entries, _moved: entries)
    checked = load_summed(root, Folder(root), shelf_of(root), as_they_are, keep=False)
    assert checked is not None
    assert sorted(map(repr, checked.findings)) == sorted(map(repr, rows.findings))


def test_without_a_store_all_is_read_and_nothing_kept(tmp_path: Path) -> None:
    root = saved(tmp_path / "p", {"reports/a/1.yaml": single("2026-04-02")})
    none = ProjectCache(None, str(root), file_index.census(str(root), FOLDERS, {}), 0)
    found = load_summed(root, Folder(root), none, manner())
    assert found is not None
    assert text_of(found) == text_of(one_by_one(Folder(root), none)) == text_of(load_project(Folder(root)))


def test_a_plan_that_cannot_be_read_has_a_version_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = saved(tmp_path / "p", {"reports/a/1.yaml": single("2026-04-02")})

    class Broken(Folder):
        def read(self, name: str) -> bytes:
            if name.endswith("prov-2026.yaml"):
                raise PermissionError
            return super().read(name)

    found = one_by_one(Broken(root), shelf_of(root))
    assert [one.problem.code for one in found.findings if one.place.file == "plans/prov-2026.yaml"] == ["F001"]


def test_what_was_read_goes_when_there_is_little_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_cache, "FEWEST", 2)
    root = saved(tmp_path / "p", {f"reports/a/{day}.yaml": single(f"2026-04-0{day}") for day in (1, 2)})
    one_by_one(Folder(root), shelf_of(root))
    assert len(list((tmp_path / "kept").glob("filer-*"))) == 1
    (root / "reports" / "a" / "2.yaml").unlink()
    (root / "reports" / "a" / "1.yaml").write_text(single("2026-04-03"), "utf-8")
    one_by_one(Folder(root), shelf_of(root))
    assert list((tmp_path / "kept").glob("filer-*")) == []
