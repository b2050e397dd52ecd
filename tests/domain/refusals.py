"""What the tests of the domain ask of a refusal, and the texts they try on every parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.schema import FieldProblem

ENGLISH = {"the", "value", "must", "not", "invalid", "expected", "error", "missing", "none", "of", "should", "unknown"}

_PIECES = [
    *(
        "2026",
        "0000",
        "9999",
        "-H",
        "-T",
        "-K",
        "-W",
        "-",
        "53",
        "02",
        "30",
        "VT",
        "HT",
        ":",
        ".",
        ",",
        " ",
        "24:00",
        "20:00–02:00",
    ),
    *(
        "ca ",
        "minst ",
        "%",
        " tim",
        " min",
        " dygn",
        "٣",
        "²",
        "½",
        "\u00a0",
        "\u202f",
        "−",
        "000",
        "1",
        "0",
        "/",
        "https://",
        "å",
        "_",
    ),
    *("löpande", "ja", "fre", "\n", "\x00", "9" * 5000),
]
TEXTS = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(_PIECES), max_size=6).map("".join))
"""Any text, and texts made of the pieces of the format."""


def is_swedish(problem: Problem) -> bool:
    """Whether its three texts are for people: a headline, what to do, no English and nothing of Python's own."""
    text = " ".join(problem[1:])
    words = set(re.findall(r"[a-zåäö]+", text.casefold()))
    return (
        bool(problem.message.strip() and problem.remedy.strip())
        and not words & ENGLISH
        and not re.search(r"Fraction|<|\(\)|'", text)
    )


def assert_refused(result: object, code: str, *says: str) -> None:
    """The result is a problem of this code, in Swedish, and its texts hold each of `says`."""
    assert isinstance(result, Problem)
    assert result.code == code
    assert is_swedish(result)
    for part in says:
        assert part in " | ".join(result[1:])


def codes(found: Sequence[FieldProblem]) -> list[tuple[tuple[str | int, ...], str]]:
    """The places and codes of what a reading found."""
    return [(path, problem.code) for path, _, problem in found]


def stands(tree: Tree, path: Sequence[str | int]) -> bool:
    """Whether there is anything at a path of a tree."""
    if not path:
        return True
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        return isinstance(tree, dict) and step in tree and stands(tree[step], rest)
    return isinstance(tree, list) and step < len(tree) and stands(tree[step], rest)


def places_stand(tree: Tree, found: Sequence[FieldProblem]) -> bool:
    """Whether every finding points at something in the tree, or at something that its parent lacks."""
    return all(stands(tree, path) or stands(tree, path[:-1]) for path, _, _ in found)
