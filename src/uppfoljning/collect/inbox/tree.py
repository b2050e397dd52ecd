"""The tree of a report as it is kept: tidy, nothing empty in it, in the order of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from uppfoljning.collect.inbox.keys import ORDER, THINGS, Names
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.report import CARRIED_OUT
from uppfoljning.files.yaml_write import tidy

HARD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
"""Mail programs put them in where there were spaces."""
_NAME = re.compile(r"[0-9A-Za-zÅÄÖåäö_-]+")


def ordered(tree: Mapping[str, Tree], names: Names) -> dict[str, Tree]:
    """A report as it is kept; what the form does not have comes last. That it was carried out goes without saying."""
    found: dict[str, Tree] = {}
    for key in _first(ORDER, tree):
        value = _tidied(tree[key])
        if isinstance(value, dict) and key in names:
            value = {name: value[name] for name in _first(names[key], value)}
        elif isinstance(value, list) and key in THINGS:
            value = [{name: one[name] for name in _first(THINGS[key], one)} if isinstance(one, dict) else one for one in value]
        if value and (key, value) != ("läge", CARRIED_OUT):
            found[key] = value
    return found


def unfit_names(tree: Tree, at: TreePath = ()) -> Iterable[tuple[TreePath, Problem]]:
    """The keys that are no names, which cannot be written as they are."""
    if isinstance(tree, dict):
        for name, inner in tree.items():
            if not _NAME.fullmatch(name):
                yield (
                    (*at, name),
                    Problem("S101", "en nyckel har tecken som inte kan stå där", "skriv nyckeln med bokstäver och siffror"),
                )
            yield from unfit_names(inner, (*at, name))
    elif isinstance(tree, list):
        for position, inner in enumerate(tree):
            yield from unfit_names(inner, (*at, position))


def _first(order: Iterable[str], there: Mapping[str, Tree]) -> Iterable[str]:
    known = [name for name in order if name in there]
    return [*known, *(name for name in there if name not in known)]


def _tidied(value: Tree) -> Tree:
    if isinstance(value, str):
        return tidy(value.translate(HARD_SPACES))
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := _tidied(one))}
    return [inner for one in value if (inner := _tidied(one))] if isinstance(value, list) else value
