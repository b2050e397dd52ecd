"""`docs/ordlista.md` has a row for every word of the domain, and `docs/arkitektur.md` draws trips that can be walked."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import iter_modules

import pytest

import uppfoljning.domain
from tests.test_readme import HOME

SOURCE = HOME / "src" / "uppfoljning"
WORDS = (HOME / "docs" / "ordlista.md").read_text("utf-8")
HOUSE = (HOME / "docs" / "arkitektur.md").read_text("utf-8")
ROW = re.compile(r"(?m)^\| ([^|`]+) \| (`[^|]+`) \|(?: ([^|]+) \|)?$")
HOP = re.compile(r"(?m)^\| (\d+) \| ([–\d, ]+) \| `([^`]+)` \| `(\w+)` \| ([^|]+) \|$")
TRIPS = {
    title: HOP.findall(text) for title, text in re.findall(r"(?ms)^## ([^\n]+)\n(.*?)(?=^## |\Z)", HOUSE) if HOP.search(text)
}


def code_words() -> list[str]:
    return [word for _, code, _ in ROW.findall(WORDS) for word in re.findall(r"`([\w.]+)`", code)]


def names_in(tree: ast.AST) -> set[str]:
    """What a module defines: classes, functions, and names that are given a value, in classes too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def defined() -> dict[str, set[str]]:
    return {
        path.relative_to(SOURCE).as_posix(): names_in(ast.parse(path.read_text("utf-8"))) for path in sorted(SOURCE.rglob("*.py"))
    }


DEFINED = defined()


def test_every_word_of_the_list_is_in_the_code() -> None:
    known = set().union(*DEFINED.values())
    words = {word.rpartition(".")[2] for word in code_words()}
    assert len(words) > 60
    assert sorted(words - known) == []


def test_every_public_class_of_the_domain_has_a_row() -> None:
    modules = [import_module(f"uppfoljning.domain.{one.name}") for one in iter_modules(uppfoljning.domain.__path__)]
    public = {
        name
        for module in modules
        for name, cls in getmembers(module, isclass)
        if cls.__module__ == module.__name__ and name[0] != "_"
    }
    assert len(public) > 40
    assert sorted(public - set(code_words())) == []


def test_no_swedish_word_has_two_rows() -> None:
    swedish = [word.strip() for one, _, _ in ROW.findall(WORDS) for word in one.split(",")]
    assert len(set(swedish)) == len(swedish)


def test_there_are_three_trips_and_the_way_through_python() -> None:
    assert [title.partition(":")[0] for title in TRIPS] == ["Resa 1", "Resa 2", "Resa 3", "I Python"]
    assert sum(len(hops) for hops in TRIPS.values()) == len(re.findall(r"(?m)^\| \d", HOUSE))


@pytest.mark.parametrize("title", TRIPS)
def test_every_place_of_a_trip_exists_and_is_opened_by_the_one_before(title: str) -> None:
    places = {number: (file, name) for number, _, file, name, _ in TRIPS[title]}
    assert list(places) == [str(number) for number in range(int(next(iter(places))), int(next(iter(places))) + len(places))]
    for number, callers, file, name, _ in TRIPS[title]:
        assert name in DEFINED[file], (number, file, name)
        for caller in re.findall(r"\d+", callers):
            assert names(places[caller][0], file, name), f"ruta {caller} ({places[caller][0]}) nämner inte ruta {number} ({name})"


def names(caller: str, file: str, name: str) -> bool:
    """Whether the caller's file names the place; what `entry` opens it finds by the list of commands."""
    text = (SOURCE / caller).read_text("utf-8")
    if caller == "cli/main.py":
        from uppfoljning.cli.app import COMMANDS

        return COMMANDS.get(name) == Path(file).stem
    return re.search(rf"\b{name}\b", text) is not None


@pytest.mark.parametrize("title", [title for title in TRIPS if title.startswith("Resa")])
def test_every_box_of_the_table_is_drawn(title: str) -> None:
    part = HOUSE.partition(f"## {title}\n")[2].partition("| ruta |")[0]
    drawn = {
        int(number) for block in re.findall(r"(?s)```text\n(.*?)```", part) for number in re.findall(r"(?<![\d-])\d+\b", block)
    }
    assert {int(number) for number, *_ in TRIPS[title]} <= drawn | {0}


def test_the_floors_are_those_that_the_house_keeps() -> None:
    from tests.test_house import FLOORS

    part = HOUSE.partition("## Våningar\n")[2].partition("\n## ")[0]
    drawn = [re.match(r"[\w ·]+?(?=\s{3,})", line) for line in re.findall(r"(?s)```text\n(.*?)```", part)[0].splitlines()]
    assert [tuple(found[0].split(" · ")) for found in reversed(drawn) if found] == [tuple(floor) for floor in FLOORS]
