"""From a way into a document to the lines and columns of what stands there."""

from __future__ import annotations

import csv
import io
import string

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppfoljning.domain.finding import Place, Span, Tree, TreePath
from uppfoljning.files.yaml_edit import locate
from uppfoljning.files.yaml_load import read_yaml

PLAN = """\
plan: torg
mål: {minst: 2, enhet: "vandringar"}
åtaganden:
  - id: tillsyn
    mål:
      minst: 24
      enhet: tillsyner   # kommentar
    text: |
      två
      rader

    val:
  - [a, b]
  - c
tomt: {}
"""


def cut(text: str, span: Span) -> str:
    """What a span covers."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("path", "on_key", "line", "column", "expected"),
    [
        (("plan",), False, 1, 7, "torg"),
        (("plan",), True, 1, 1, "plan"),
        (("mål",), False, 2, 6, '{minst: 2, enhet: "vandringar"}'),
        (("mål", "enhet"), False, 2, 24, '"vandringar"'),
        (("mål", "minst"), True, 2, 7, "minst"),
        (("åtaganden", 0, "id"), False, 4, 9, "tillsyn"),
        (("åtaganden", 0, "mål"), False, 6, 7, "minst: 24\n      enhet: tillsyner"),
        (("åtaganden", 0, "text"), False, 8, 11, "|\n      två\n      rader"),
        (("åtaganden", 0, "val"), False, 12, 9, ""),
        (("åtaganden", 0, "val"), True, 12, 5, "val"),
        (("åtaganden", 0), True, 4, 5, "id"),
        (("åtaganden", 1), False, 13, 5, "[a, b]"),
        (("åtaganden", 1), True, 13, 5, "[a, b]"),
        (("åtaganden", 1, 1), False, 13, 9, "b"),
        (("åtaganden", 2), False, 14, 5, "c"),
        (("tomt",), False, 15, 7, "{}"),
        # what is missing: the nearest key above it that is there
        (("mål", "per"), False, 2, 1, "mål"),
        (("mål", "per", "dag"), True, 2, 1, "mål"),
        (("åtaganden", 0, "titel"), False, 4, 5, "id"),
        (("åtaganden", 0, "mål", "per"), False, 5, 5, "mål"),
        (("åtaganden", 7), False, 3, 1, "åtaganden"),
        (("åtaganden", 2, "id"), False, 14, 5, "c"),
        (("plan", "id"), False, 1, 1, "plan"),
        (("titel",), False, 1, 1, ""),
        ((), False, 1, 1, ""),
    ],
)
def test_places_in_yaml(path: TreePath, on_key: bool, line: int, column: int, expected: str) -> None:
    span = locate(PLAN, "plans/torg.yaml", Place("plans/torg.yaml", path, on_key))
    assert (span.line, span.column) == (line, column)
    assert cut(PLAN, span) == expected


def test_a_whole_block_ends_where_its_text_does() -> None:
    text = "a:\n  b: 1\n\n# mellan\n\nc: 2\n"
    assert cut(text, locate(text, "x.yaml", Place("x.yaml", ("a",)))) == "b: 1"


def test_an_empty_block_text_ends_on_its_own_line() -> None:
    text = "a: |\nb: 1\n"
    assert cut(text, locate(text, "x.yaml", Place("x.yaml", ("a",)))) == "|"


def test_of_equal_keys_the_first_is_found_as_in_the_tree() -> None:
    text = "a: 1\na: 2\n"
    assert read_yaml("x.yaml", text.encode())[0] == {"a": "1"}
    assert locate(text, "x.yaml", Place("x.yaml", ("a",))) == Span(1, 4, 1, 5)


def test_a_span_of_its_own_is_the_place() -> None:
    span = Span(3, 2, 3, 5)
    assert locate("", "x.yaml", Place("x.yaml", ("a",), span=span)) == span


@pytest.mark.parametrize("text", ["a: b: c", "", "hej", "<<<<<<< x\n"])
def test_a_text_that_is_no_document_has_its_places_at_the_start(text: str) -> None:
    assert locate(text, "x.yaml", Place("x.yaml", ("a",))) == Span(1, 1, 1, 1)


def test_characters_that_are_refused_do_not_move_places() -> None:
    text = "a:\tb\nc: x\u2028y\nd: e\n"
    assert locate(text, "x.yaml", Place("x.yaml", ("d",))) == Span(3, 4, 3, 5)


WORDS = st.text(alphabet=string.ascii_letters + "åäö #:-{", min_size=1, max_size=6)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(WORDS, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def leaves(tree: Tree, path: TreePath = ()) -> list[tuple[TreePath, str]]:
    if isinstance(tree, dict):
        return [leaf for key, value in tree.items() for leaf in leaves(value, (*path, key))]
    if isinstance(tree, list):
        return [leaf for number, value in enumerate(tree) for leaf in leaves(value, (*path, number))]
    assert tree is not None
    return [(path, tree)]


@pytest.mark.usefixtures("parser")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(tree=st.dictionaries(WORDS, TREES, min_size=1, max_size=3), flow=st.booleans())
def test_every_way_into_a_tree_points_at_its_text(tree: dict[str, Tree], flow: bool) -> None:
    text = yaml.safe_dump(tree, default_style='"', default_flow_style=flow, allow_unicode=True, sort_keys=False, width=10_000)
    for path, value in leaves(tree):
        assert cut(text, locate(text, "x.yaml", Place("x.yaml", path))) == f'"{value}"'
        if isinstance(path[-1], str):
            assert cut(text, locate(text, "x.yaml", Place("x.yaml", path, True))) == f'"{path[-1]}"'


TABLE = 'plats;text;antal\ntorg;"lång\ntext;";3\n\n;;\n park ; "a ""b"" c" ;4\nkort;1\nö;"öppen\n'


@pytest.mark.parametrize(
    ("path", "on_key", "line", "column", "expected"),
    [
        ((0, "text"), False, 1, 7, "text"),
        ((1, "plats"), False, 2, 1, "torg"),
        ((1, "text"), False, 2, 6, '"lång\ntext;"'),
        ((1, "antal"), False, 3, 8, "3"),
        ((2, "plats"), False, 6, 2, "park"),
        ((2, "antal"), True, 1, 12, "antal"),
        ((1,), False, 2, 1, 'torg;"lång\ntext;";3'),
        ((1, "saknas"), False, 2, 1, 'torg;"lång\ntext;";3'),
        ((0,), False, 1, 1, "plats;text;antal"),
        ((99, "plats"), False, 1, 1, ""),
        ((-1, "plats"), False, 1, 1, ""),
        (("plats",), False, 1, 1, ""),
        ((), False, 1, 1, ""),
    ],
)
def test_places_in_csv(path: TreePath, on_key: bool, line: int, column: int, expected: str) -> None:
    span = locate(TABLE, "reports/x.csv", Place("reports/x.csv", path, on_key))
    assert (span.line, span.column) == (line, column)
    assert cut(TABLE, span) == expected


def test_a_field_that_a_short_row_lacks_is_the_row() -> None:
    text = "a;b;c\n1;2\n"
    assert cut(text, locate(text, "x.csv", Place("x.csv", (1, "c")))) == "1;2"


def test_an_empty_field_has_a_place() -> None:
    assert locate("a;b;c\n1;  ;3\n", "x.csv", Place("x.csv", (1, "b"))) == Span(2, 3, 2, 3)


def test_a_csv_text_without_records_has_its_places_at_the_start() -> None:
    assert locate("", "x.csv", Place("x.csv", (0, "a"))) == Span(1, 1, 1, 1)


CELLS = st.text(alphabet=string.ascii_letters + 'åäö ;,"\n', max_size=6)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(lambda row: any(cell.strip() for cell in row)), max_size=4),
    quote_all=st.booleans(),
)
def test_every_csv_field_is_found(rows: list[list[str]], quote_all: bool) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerows(
        [["a", "b", "c"], *rows]
    )
    for number, row in enumerate(rows, 1):
        for name, cell in zip("abc", row, strict=True):
            found = cut(out.getvalue(), locate(out.getvalue(), "x.csv", Place("x.csv", (number, name))))
            plain = found[1:-1].replace('""', '"') if found.startswith('"') else found
            assert plain.strip() == cell.strip()
