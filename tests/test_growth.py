"""No work grows as a square of how many there are of anything: what is called is counted, so that no other work disturbs.

`bench/growth.py` takes the time of whole processes, with many more of each. Here the calls are counted for a few of a kind, for
twice and for four times as many: where the second doubling adds much more than twice what the first did, something is looked
through for each of the others.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from bench.growth import DOUBLINGS, growth
from bench.growth_kinds import KINDS
from bench.growth_projects import Files, Kind
from tests.projects import Texts
from uppfoljning.domain.plan_history import Wording, history_of
from uppfoljning.domain.schema import nearest, sparing, suggestion
from uppfoljning.files.source import CSV_SUFFIX, YAML_LIMIT
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.outstanding import outstanding
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.findings import FORMATS
from uppfoljning.present.views.findings_located import MOST, located
from uppfoljning.project.baseline import Checked, brought
from uppfoljning.project.load import load_project

FEW = 50
LIMIT = 2.6
BY_NAME = {kind.name: kind for kind in KINDS}
LATE = date(2054, 12, 31)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those written in C included."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def check(files: Files) -> None:
    """What `validera` does with them, also against the same project without anything."""
    source, empty = Texts(files), Texts({})
    project = load_project(source)
    FORMATS["text"](located(project.findings, source, MOST), Screen(io.StringIO(), None))
    brought(Checked(empty, ()), Checked(source, project.findings))


def follow(files: Files) -> None:
    """What the commands that follow up have in common."""
    project = load_project(Texts(files))
    for plan in project.plans.values():
        table = follow_up(plan, View(LATE), forms=project.forms, entries=project.entries.get(plan.id, {}))
        deviations_of(table)
        outstanding(table)


def grows(work: Callable[[Files], None], kind: Kind) -> float:
    """How many times as much the second doubling adds as the first; about 2 where nothing is a square, 4 where it is."""
    projects = [kind.files(number) for number in (FEW, 2 * FEW, 4 * FEW)]
    found = []
    for _ in range(3):
        work(projects[-1])  # what is loaded once, and lines and words that are remembered
        some, more, most = (calls(partial(work, files)) for files in projects)
        found.append((most - more) / max(200, more - some))
        # What is remembered is now and then forgotten all at once, which is not the work's own.
        if found[-1] < LIMIT:
            break
    return min(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_checking_does_not_grow_as_a_square(name: str) -> None:
    assert grows(check, BY_NAME[name]) < LIMIT


FOLLOWED = [
    name for name in BY_NAME
    if name in ("rader", "rättelser i kedja", "rapporter samma dag", "gemensamma tillfällen", "löpande totaler", "flyttade",
                "månader som totaler", "avvikelser i en rapport", "moment", "engångsmoment", "pauser", "tillfällen", "åtaganden",
                "funktioner", "fördelning på perioder", "svar om varje moment", "filer bredvid rader", "bedömda åtaganden")
]  # fmt: skip


@pytest.mark.parametrize("name", FOLLOWED)
def test_following_up_does_not_grow_as_a_square(name: str) -> None:
    assert grows(follow, BY_NAME[name]) < LIMIT


@pytest.mark.parametrize("name", ["engångsmoment", "mål", "åtaganden", "ändringar av varsitt moment", "parter", "pauser"])
def test_the_history_of_a_plan_does_not_grow_as_a_square(name: str) -> None:
    def work(files: Files) -> None:
        before, after = (load_project(Texts(some)).plans["p"] for some in (BY_NAME[name].files(1), files))
        history_of([Wording(before, "a", LATE), Wording(after)])
        history_of([Wording(after, "a", LATE), Wording(before)])

    assert grows(work, BY_NAME[name]) < LIMIT


def test_a_chain_of_thousands_is_no_deeper_than_one_of_two() -> None:
    for name in ("rättelser i kedja", "rättelser i kedja bakåt", "rättelser i ring", "delar av delar", "områden inuti varandra"):
        files = BY_NAME[name].files(3000)
        load_project(Texts(files))
        follow(files)


def test_no_kind_is_larger_than_a_file_may_be() -> None:
    for kind in KINDS:
        for name, text in kind.files(10_000).items():
            assert name.endswith(CSV_SUFFIX) or len(text.encode()) <= YAML_LIMIT, (kind.name, name)


def test_a_word_is_compared_with_many_only_so_often_for_one_file() -> None:
    known = [f"namn{number:03}" for number in range(500)]

    @sparing
    def looked_up() -> list[str | None]:
        return [nearest(f"nam{number:03}", known) for number in range(100)]

    first = looked_up()
    assert first[0] == "namn000" and first[-1] is None
    assert looked_up() == first, "each file begins anew"
    assert nearest("nam099", known) == "namn099", "outside of files there is no end to it"


@sparing
def exhausted(known: list[str]) -> str:
    nearest("x", [f"n{number}" for number in range(30_000)])
    return suggestion("plats", known)


def test_what_is_no_longer_compared_is_still_told_what_there_is_to_choose_among() -> None:
    assert exhausted(["b", "a"]) == "välj bland: a, b"
    assert exhausted([f"p{number:02}" for number in range(20)]).startswith("välj bland: p00, p01, ")


def test_the_bench_tells_a_square_from_a_line() -> None:
    assert growth(0.1, 0.1 * 2**DOUBLINGS) == pytest.approx(2)
    assert growth(0.1, 0.1 * 4**DOUBLINGS) == pytest.approx(4)
    assert growth(0.0, 0.01) == pytest.approx(1), "what is too short to be told is nothing"
