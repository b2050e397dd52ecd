"""The house keeps its floors: imports go down only, never round, and no module grows past its limit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
HOUSE = "uppfoljning"
FLOORS = (
    ("domain",),
    ("files",),
    ("rules",),
    ("project",),
    ("followup",),
    ("analysis", "collect", "national"),
    ("present",),
    ("api", "fast"),
    ("cli",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
LONGEST = 500
CLOCKS = {"today", "now", "utcnow"}


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name; a package goes by its own name."""
    found = {}
    for path in sorted((SOURCE / HOUSE).rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def room(module: str) -> str:
    """The floor's name, or nothing for the doorstep: the package itself and `__main__`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else ""


def imports(name: str, tree: ast.AST, is_package: bool, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The modules of the house that a module imports anywhere in it, for types only or inside a function too, and the lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == HOUSE:
                    yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = name.split(".")
                above = here[: len(here) - node.level + is_package]
                base = ".".join([*above, base] if base else above)
            if base.split(".")[0] == HOUSE:
                for alias in node.names:
                    within = f"{base}.{alias.name}"
                    yield within if within in known else base, node.lineno


def imports_of(name: str) -> list[tuple[str, int]]:
    path = MODULES[name]
    return list(imports(name, parse(path), path.name == "__init__.py", frozenset(MODULES)))


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def may_import(importer: str, imported: str) -> bool:
    """Down to a lower floor or within the own room; the doorstep may open the door, and anyone may ask for the package itself."""
    here, there = room(importer), room(imported)
    if not there or here == there:
        return bool(here) or imported == HOUSE or here == there
    return not here or FLOOR[there] < FLOOR[here]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A way of imports that comes back to its beginning, if there is one."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph.get(name, ())):
            if found := walk(other, [*way, name]):
                return found
        done.add(name)
        return []

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


def test_every_module_lives_on_a_floor() -> None:
    assert [name for name in MODULES if room(name) and room(name) not in FLOOR] == []


def test_no_step_up() -> None:
    up = [f"{name} rad {line}: {other}" for name in MODULES for other, line in imports_of(name) if not may_import(name, other)]
    assert up == []


def test_only_the_command_line_takes_the_fast_road_and_only_by_its_doors() -> None:
    inside = {(name, other) for name in MODULES if room(name) != "fast" for other, _ in imports_of(name) if room(other) == "fast"}
    assert {room(name) for name, _ in inside} == {"cli"}
    assert {other for _, other in inside} == {f"{HOUSE}.fast.{name}" for name in ("doors", "loading", "output_cache")}


def test_a_name_of_a_class_or_a_type_has_one_meaning() -> None:
    found: dict[str, list[str]] = {}
    for module in MODULES:
        for node in parse(MODULES[module]).body:
            name = node.name if isinstance(node, ast.ClassDef) else "_"
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
                name = ast.unparse(node.target)
            if not name.startswith("_"):
                found.setdefault(name, []).append(module)
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_no_circle() -> None:
    assert circle({name: {other for other, _ in imports_of(name)} - {name} for name in MODULES}) == []


def test_no_module_is_too_long() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_only_the_command_line_knows_the_clock() -> None:
    asked = [
        f"{name} rad {node.lineno}: {ast.unparse(node)}"
        for name in MODULES
        if room(name) not in ("cli", "fast")
        for node in ast.walk(parse(MODULES[name]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert asked == []


def test_no_bare_except() -> None:
    bare = [
        f"{name} rad {node.lineno}"
        for name in MODULES
        for node in ast.walk(parse(MODULES[name]))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_every_module_says_what_it_is() -> None:
    assert [name for name in MODULES if not ast.get_docstring(parse(MODULES[name]))] == []


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("uppfoljning.rules.check", "uppfoljning.domain.plan", True),
        ("uppfoljning.rules.check", "uppfoljning.rules.rule", True),
        ("uppfoljning.cli.main", "uppfoljning", True),
        ("uppfoljning.__main__", "uppfoljning.cli.main", True),
        ("uppfoljning.present", "uppfoljning.followup.row", True),
        ("uppfoljning.domain.plan", "uppfoljning.files.tree", False),
        ("uppfoljning.followup.row", "uppfoljning.present", False),
        ("uppfoljning.analysis.effect", "uppfoljning.collect.wizard", False),
        ("uppfoljning.cli.main", "uppfoljning.__main__", True),
    ],
)
def test_the_check_of_floors(importer: str, imported: str, allowed: bool) -> None:
    assert may_import(importer, imported) is allowed


@pytest.mark.parametrize(
    ("code", "is_package", "expected"),
    [
        ("import uppfoljning.files.git", False, ["uppfoljning.files.git"]),
        ("from uppfoljning.files import git", False, ["uppfoljning.files.git"]),
        ("from uppfoljning.files import SOMETHING", False, ["uppfoljning.files"]),
        ("from .git import branch", False, ["uppfoljning.files.git"]),
        ("from . import git", False, ["uppfoljning.files.git"]),
        ("from ..domain import plan", False, ["uppfoljning.domain"]),
        ("from .git import branch", True, ["uppfoljning.files.git"]),
        ("import os, re\nfrom typing import Any", False, []),
        ("if TYPE_CHECKING:\n    from uppfoljning.cli import main", False, ["uppfoljning.cli"]),
        ("def late():\n    import uppfoljning.cli", False, ["uppfoljning.cli"]),
    ],
)
def test_the_reading_of_imports(code: str, is_package: bool, expected: list[str]) -> None:
    name = "uppfoljning.files" if is_package else "uppfoljning.files.tree"
    known = frozenset({"uppfoljning.files", "uppfoljning.files.git", "uppfoljning.files.tree"})
    assert [other for other, _ in imports(name, ast.parse(code), is_package, known)] == expected


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"]),
        ({"a": {"c"}, "b": {"a"}, "c": {"b"}}, ["a", "c", "b", "a"]),
    ],
)
def test_the_search_for_circles(graph: dict[str, set[str]], expected: list[str]) -> None:
    assert circle(graph) == expected
