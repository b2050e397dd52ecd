"""What was measured is told plainly: the declarations hold together, the table says missed where it was, the picture is sound."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bench import plot, run, suites, table
from bench.data import Data
from bench.declared import GROWTH, SUITES, TARGETS, Limit, Target, suites_of
from bench.figures import Suites, load, outcome, save, told
from bench.peers import Peer
from bench.timing import Command, Timing, ratio

HOME = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}"
TARGET = Target("T6", "varmt / golvet", "yaml-varm", "vi", "golv", Limit("0.8", "1/2"), Limit("64", "32"))


def suite(**commands: dict[str, Any]) -> dict[str, Any]:
    return {
        "yaml-varm": {
            "titel": "S",
            "datum": "2026-11-25",
            "maskin": "M",
            "versioner": {"uppfoljning": "1"},
            "varv": 3,
            "gräns": 60,
            "kommandon": commands,
        }
    }


def took(*seconds: float, mib: float = 10, **more: Any) -> dict[str, Any]:
    return {"titel": "program", "s": list(seconds), "cpu": list(seconds), "mib": mib, **more}


def test_every_target_is_declared_once_for_each_way_it_is_measured() -> None:
    assert {target.name for target in TARGETS} == {f"T{number}" for number in range(1, 16)}
    assert len({(target.suite, target.ours, target.yardstick) for target in TARGETS}) == len(TARGETS)
    for limit in [limit for target in TARGETS for limit in (target.ratio, target.mib) if limit]:
        must, aim = limit.numbers
        assert 0 < aim <= must


def test_every_suite_can_be_run_and_is_used() -> None:
    assert suites.ALL.keys() == SUITES.keys()
    grown = {name for sizes in GROWTH.values() for names in sizes.values() for name in names}
    assert {target.suite for target in TARGETS} | grown == SUITES.keys()
    assert suites_of(set()) == list(SUITES)
    assert suites_of({"T9", "T4"}) == ["yaml-kall", "csv-1m"]


@pytest.mark.parametrize("name", [name for name in SUITES if name != "nationell" or find_spec("bench.national") is None])
def test_every_suite_has_the_commands_of_its_targets(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Data.repository
    monkeypatch.setattr(
        Data, "repository", lambda self, files, rows=0, git=False: small(self, min(files, 60), min(rows, 90), git)
    )
    monkeypatch.setattr("bench.data.SURE_AFTER", 0)
    one = suites.ALL[name]
    peers = {peer: Peer(peer, ("true",)) for peer in one.peers}
    commands = one.commands(Data(tmp_path), peers)
    keys = [command.key for command in commands]
    assert len(keys) == len(set(keys))
    wanted = {key for target in TARGETS if target.suite == name for key in (target.ours, target.yardstick)}
    assert wanted <= {*keys}


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        (took(0.4, 0.4, 0.6), "siktet nått"),
        (took(0.7, 0.7, 0.7), "kravet hållet"),
        (took(0.4, 0.4, 0.4, mib=40), "kravet hållet"),
        (took(0.9, 0.9, 0.1), "missat"),
        (took(0.4, 0.4, 0.4, mib=65), "missat"),
        (took(0.4, avbruten=True), "missat"),
        ({"titel": "program", "saknas": "slutade med 3"}, "inte mätt"),
    ],
)
def test_the_verdict(ours: dict[str, Any], verdict: str) -> None:
    assert outcome(TARGET, suite(vi=ours, golv=took(1, 1, 1))).verdict == verdict


def test_a_ratio_is_that_of_runs_beside_each_other() -> None:
    assert ratio([1, 20, 3], [2, 10, 3]) == 1
    assert ratio([], [1]) is None


def test_a_yardstick_that_was_stopped_judges_nothing() -> None:
    found = outcome(TARGET, suite(vi=took(1), golv=took(60, avbruten=True)))
    assert found.verdict == "inte mätt"
    assert "inte klar" in found.lacking


def test_what_was_not_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "TARGETS", (TARGET,))
    lacking = {"titel": "hledger", "saknas": "kräver: sudo apt-get install hledger"}
    *rows, why = table.targets(suite(vi=took(1), golv=lacking))
    assert rows[2] == "| T6 | varmt / golvet | 1,00 · 1,00 · 10 | – | – | 0,8 · 1/2; 64 · 32 MiB | 1 | inte mätt |"
    assert why == "- T6, inte mätt: hledger: kräver: sudo apt-get install hledger"
    assert list(table.targets({}))[-1].count("inte körd") == 2


def test_the_table_says_both_sides_and_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "TARGETS", (TARGET, TARGET._replace(name="T8", mib=None)))
    rows = list(table.targets(suite(vi=took(9, 9, 9, mib=1234), golv=took(10, 10, 10))))
    both = "9,00 · 9,00 · 1234 | 10,0 · 10,0 · 10 | 0,900"
    assert rows[-2] == f"| T6 | varmt / golvet | {both} | 0,8 · 1/2; 64 · 32 MiB | 3 | **missat** |"
    assert rows[-1] == f"| T8 | varmt / golvet | {both} | 0,8 · 1/2 | 3 | **missat** |"
    assert len({row.count(" | ") for row in rows[2:]}) == 1


@pytest.mark.parametrize(("value", "said"), [(0.0312, "1/32"), (0.25, "0,250"), (13.94, "13,9"), (None, "–")])
def test_a_ratio_is_told_as_people_do(value: float | None, said: str) -> None:
    assert table.share(value) == said


def test_only_what_stands_between_marks_is_written_anew() -> None:
    page = "före\n\n<!-- ur bench/figures: maskin -->\ngammalt\n<!-- /ur bench/figures -->\n\nefter\n"
    new = table.renewed(page, suite())
    assert new.startswith("före\n\n<!-- ur bench/figures: maskin -->\n\n- M; mätt 2026-11-25\n- uppfoljning 1\n\n<!--")
    assert new.endswith("\n\nefter\n")
    assert table.renewed(new, suite()) == new
    without: Suites = {name: {**one, "sparar": False} for name, one in suite().items()}
    assert "sparade inget" in table.renewed(page, without)


def test_the_page_and_the_picture_are_written_from_the_figures_that_are_kept() -> None:
    kept = load(table.KEPT)
    page = table.PAGE.read_text("utf-8")
    assert len(table.MARKED.findall(page)) == 4
    assert table.renewed(page, kept) == page, "kör: python bench/table.py"
    assert plot.picture(kept) == table.PICTURE.read_text("utf-8"), "kör: python bench/table.py"


def growing() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for sizes in GROWTH.values():
        for size, names in sizes.items():
            for number, name in enumerate(("status, kallt", "status, varmt", "hledger <&>", "nära")):
                one = took(size * (number + 1) / 1e6, mib=size / 1000)
                found.setdefault(names[0], suite()["yaml-varm"] | {"kommandon": {}})["kommandon"][name] = one | {"titel": name}
    return found


def test_the_picture_is_sound_and_readable() -> None:
    root = ET.fromstring(plot.picture(growing()))
    assert (root.find(f"{SVG}title"), root.find(f"{SVG}desc")) != (None, None)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts.count("hledger <&>") == 4
    assert {"1\N{NO-BREAK SPACE}000", "100\N{NO-BREAK SPACE}000", "Sekunder, YAML-filer", "Minne i MiB, rader CSV"} <= {*texts}
    (style,) = ("".join(one.itertext()) for one in root.iter(f"{SVG}style"))
    used = {name for one in root.iter() for name in one.get("class", "").split()}
    assert all(f".{name}" in style for name in used)
    assert "prefers-color-scheme: dark" in style
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "")) <= width
        assert 0 <= float(text.get("y", "")) <= height


def test_names_do_not_cover_each_other_and_stay_on_the_sheet() -> None:
    for heights in ([50.0, 50.0, 51.0], [300.0, 310.0, 320.0, 329.0], [10.0]):
        placed = plot.apart(heights)
        assert all(later - former >= plot.APART for former, later in pairwise(placed))
        assert plot.TOP - plot.APART * len(heights) <= placed[0]
        assert placed[-1] < plot.HEIGHT


def test_a_program_that_was_stopped_before_the_largest_size_is_said_to_be() -> None:
    found = growing()
    found["csv-10m"]["kommandon"]["nära"]["avbruten"] = True
    texts = ["".join(text.itertext()) for text in ET.fromstring(plot.picture(found)).iter(f"{SVG}text")]
    assert texts.count("nära") == texts.count("nära, avbruten") == 2


def test_a_picture_of_nothing_is_still_a_picture() -> None:
    assert ET.fromstring(plot.picture({})).find(f"{SVG}title") is not None


def test_a_run_is_kept_suite_by_suite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = Command("python", "python -c pass", (sys.executable, "-c", "pass"))
    ours = replace(python, key="vi", title="vi")
    few = suites.Suite(2, 60, 60, (), lambda data, peers: [python, ours])
    monkeypatch.setattr(run, "ALL", {"yaml-varm": few})
    kept = tmp_path / "figures" / "siffror.json"
    save(kept, {"start": told("start", {"a": Timing("A", [1.0], [1.0], 5)}, {}, 1, 30)})
    run.measured(["yaml-varm"], Data(tmp_path / "work"), tmp_path, kept, install=False)
    found = load(kept)
    assert list(found) == ["start", "yaml-varm"]
    assert found["start"]["kommandon"] == {"a": {"titel": "A", "s": [1.0], "cpu": [1.0], "mib": 5}}
    assert len(found["yaml-varm"]["kommandon"]["vi"]["s"]) == 2
    assert [path.name for path in kept.parent.iterdir()] == ["siffror.json"]
    monkeypatch.setattr(run, "TARGETS", (TARGET._replace(yardstick="python", ratio=Limit("1/1000", "1/1000")),))
    assert run.judge(found, ["yaml-varm"]) == 1
    assert "missat" in capsys.readouterr().out


def test_what_is_kept_names_no_place_of_the_machine() -> None:
    text = table.KEPT.read_text("utf-8")
    assert not re.search(r"/(home|root|work|tmp|opt|usr|Users)/|https?:", text)
    assert json.loads(text).keys() == {"sviter"}


def test_an_unknown_target_is_refused() -> None:
    words = [sys.executable, str(HOME / "bench" / "run.py"), "--mal", "T4,T99"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 2
    assert "T99" in done.stderr
