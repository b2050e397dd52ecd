"""Changes made in a text without touching the rest of it: the input is what people write, the output what they then read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_edit import Add, Edit, Note, Put, Swap, spliced
from uppfoljning.files.yaml_load import read_yaml

pytestmark = pytest.mark.usefixtures("parser")


def made(text: str, *changes: Edit) -> str:
    return spliced(text, "a.yaml", changes)


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        pytest.param("a: 1   # varför\n", Put(("a",), "2"), "a: 2   # varför\n", id="plain"),
        pytest.param('a: "2026"\n', Put(("a",), "2027"), 'a: "2027"\n', id="double quotes"),
        pytest.param("a: '2026'\n", Put(("a",), "2027"), "a: '2027'\n", id="single quotes"),
        pytest.param("{a: [1, '2', 3], b: 4}\n", Put(("a", 1), "5"), "{a: [1, '5', 3], b: 4}\n", id="in a flow list"),
        pytest.param("a:\n- 1\n- 2 # två\n", Put(("a", 1), "5"), "a:\n- 1\n- 5 # två\n", id="in a block list"),
        pytest.param("{2026-T1: 4}\n", Put(("2026-T1",), "2027-T1", on_key=True), "{2027-T1: 4}\n", id="key"),
        pytest.param('"a b": 4\n', Put(("a b",), "c", on_key=True), '"c": 4\n', id="quoted key"),
        pytest.param("a:\nb: 1\n", Put(("a",), "2"), "a: 2\nb: 1\n", id="empty"),
        pytest.param("a: |\n  Plan 2026\nb: 1\n", Put(("a",), "Plan 2027"), "a: |\n  Plan 2027\nb: 1\n", id="block text"),
        pytest.param("a: >-\n  Plan\n  2026\nb: 1\n", Put(("a",), "Plan 2027"), 'a: "Plan 2027"\nb: 1\n', id="folded"),
        pytest.param('a: "x\\u0020y"\n', Put(("a",), 'x "z"'), 'a: "x \\"z\\""\n', id="codes"),
        pytest.param('a: ""\n', Put(("a",), "x"), 'a: "x"\n', id="empty quotes"),
    ],
)
def test_a_value_is_put_in_its_place(text: str, change: Put, expected: str) -> None:
    assert made(text, change) == expected


def test_an_empty_value_inside_braces() -> None:
    # The parsers place it on either side of the space after the colon.
    assert read_yaml("a.yaml", made("{a: , b: 1}\n", Put(("a",), "2")).encode()) == ({"a": "2", "b": "1"}, [])


BLOCK = """\
    top: 1
    # före
    gone: {x: 1}   # efter
    # mellan
    list:          # överst
      - 1
      - 2          # sist

    last: |
      text

    """


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("gone",), "top: 1\n# före\n# mellan\nlist:          # överst\n  - 1\n  - 2          # sist\n\nlast: |\n  text\n\n"),
        (("list",), "top: 1\n# före\ngone: {x: 1}   # efter\n# mellan\n\nlast: |\n  text\n\n"),
        (
            ("last",),
            "top: 1\n# före\ngone: {x: 1}   # efter\n# mellan\nlist:          # överst\n  - 1\n  - 2          # sist\n\n\n",
        ),
    ],
)
def test_a_block_key_goes_with_its_lines(path: tuple[str], expected: str) -> None:
    assert made(dedent(BLOCK), Swap(path)) == expected


def test_what_takes_its_place_keeps_the_comments_beside_it() -> None:
    text = dedent(BLOCK)
    assert "# fyll i\n# överst\n# sist\n\nlast" in made(text, Swap(("list",), notes=("fyll i",)))
    assert "# mellan\n# fyll i\n# överst\nlist: [3]          # sist\n" in made(text, Swap(("list",), "list: [3]", ("fyll i",)))


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), "a:\n  - c: 2\n"),
        ("a:\n  - b: 1  # ett\n    # två\n    c: 2\n", ("a", 0, "b"), "a:\n  -   # ett\n    # två\n    c: 2\n"),
        ("a:\n  - b: 1\n", ("a", 0, "b"), "a:\n  - \n"),
        ("a: 1\nb: 2", ("b",), "a: 1\n"),
        ("a: 1\nb:\n", ("b",), "a: 1\n"),
    ],
)
def test_a_block_key_at_the_edge(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert made(text, Swap(path)) == expected


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        ("{a: 1, b: 2, c: 3}", "a", "{b: 2, c: 3}"),
        ("{a: 1, b: 2, c: 3}", "b", "{a: 1, c: 3}"),
        ("{a: 1, b: 2, c: 3}", "c", "{a: 1, b: 2}"),
        ("{a: 1, b: 2, c: 3}", "bc", "{a: 1}"),
        ("{a: 1, b: 2, c: 3}", "abc", "{}"),
        ("{a: 1, b: 2,}", "b", "{a: 1, }"),
        ("{a: 1, # ett\n b: 2, # två\n c: 3}", "b", "{a: 1, # ett\n  # två\n c: 3}"),
        ("{a: 1, # ett\n b: 2}", "b", "{a: 1 # ett\n }"),
        ("{a: 1, b: [2, 3],\n c: 3}", "ab", "{c: 3}"),
    ],
)
def test_a_flow_key_goes_with_its_comma(text: str, gone: str, expected: str) -> None:
    assert made(text, *(Swap((name,)) for name in gone)) == expected


def test_a_flow_key_is_exchanged_where_it_stands() -> None:
    assert made("{a: 1, b: 2}\n", Swap(("a",), "a: {x: 1}", ("ny",))) == "# ny\n{a: {x: 1}, b: 2}\n"


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("{a: 1, b: 2}\n", ("b",), "{a: 1, n: 0, b: 2}\n"),
        ("x:\n  a: 1\n  b: 2\n", ("x", "b"), "x:\n  a: 1\n  n: 0\n  b: 2\n"),
        ("- a: 1\n  b: 2\n", (0, "a"), "- n: 0\n  a: 1\n  b: 2\n"),
    ],
)
def test_a_new_key(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert made(text, Add(path, "n: 0")) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: 1\nb: 2\n", ("b",), "a: 1\n# x\n# y\nb: 2\n"),
        ("a:\n  - b: 1\n  - b: 2\n", ("a", 1), "a:\n  - b: 1\n  # x\n  # y\n  - b: 2\n"),
        ("a:\n  - {b: 1, c: 2}\n", ("a", 0, "c"), "a:\n  # x\n  # y\n  - {b: 1, c: 2}\n"),
        ("a: |\n  text\nb: 2\n", ("b",), "a: |\n  text\n# x\n# y\nb: 2\n"),
        ('a: {t: "en\n  text\n  till", b: 2}\n', ("a", "b"), '# x\n# y\na: {t: "en\n  text\n  till", b: 2}\n'),
        ("a: {t: en\n  text, b: 2}\n", ("a", "b"), "# x\n# y\na: {t: en\n  text, b: 2}\n"),
    ],
)
def test_a_comment_stands_above_and_never_inside_a_value(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert made(text, Note(path, ("x", "y"))) == expected


def test_a_comment_never_goes_with_what_is_taken_away() -> None:
    text = "{a: [1,\n 2], b: 3}\n"
    assert made(text, Swap(("a",)), Note(("b",), ("x",))) == "# x\n{b: 3}\n"


def test_a_comment_stands_above_a_new_key() -> None:
    assert made("a: 1\nb: 2\n", Add(("b",), "n: 0"), Note(("b",), ("x",))) == "a: 1\n# x\nn: 0\nb: 2\n"


@pytest.mark.parametrize("path", [("c",), ("a", 0), ("b", 2), ("b", "x")])
def test_a_way_that_leads_nowhere(path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        made("a: 1\nb: [1, 2]\n", Put(path, "x"))


def test_no_yaml() -> None:
    with pytest.raises(yaml.YAMLError):
        made("a: [", Put(("a",), "x"))


WORDS = st.text("abcåäö 2#,:'\"\n[]{}-", max_size=12)
KEYS = st.text("abcdå", min_size=1, max_size=3)
TREES = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


def written(tree: object, style: bool | None, width: int) -> str:
    text: str = yaml.safe_dump(tree, default_flow_style=style, allow_unicode=True, sort_keys=False, width=width)
    return text


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(KEYS, TREES, min_size=1, max_size=5),
    st.sampled_from([True, False, None]),
    st.sampled_from([8, 20, 80]),
    st.data(),
)
def test_any_layout_reads_as_the_changed_tree(tree: dict[str, Tree], style: bool | None, width: int, data: st.DataObject) -> None:
    text = written(tree, style, width)
    before, found = read_yaml("a.yaml", text.encode())
    if found or not isinstance(before, dict):
        return
    expected, changes = changed(before, data)
    after, _ = read_yaml("a.yaml", made(text, *changes).encode())
    assert (after or {}) == expected


def changed(tree: Mapping[str, Tree], data: st.DataObject) -> tuple[dict[str, Tree], Sequence[Edit]]:
    """Some keys taken away, some single values exchanged, comments above the others."""
    expected: dict[str, Tree] = {}
    changes: list[Edit] = []
    for name, value in tree.items():
        kind = data.draw(st.sampled_from(["keep", "swap", "put", "note", "entry"]))
        if kind == "swap":
            changes.append(Swap((name,), notes=("tagen",)))
            continue
        expected[name] = value
        if kind == "put" and isinstance(value, str) and value:
            changes.append(Put((name,), "ny"))
            expected[name] = "ny"
        elif kind == "entry":
            changes.append(Swap((name,), f"{name}: [ny]", ("bytt",)))
            expected[name] = ["ny"]
        elif kind == "note":
            changes.append(Note((name,), ("en rad", "en till: {x} # och 'mer'")))
    return expected, changes
