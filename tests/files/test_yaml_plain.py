"""The reader of plain files agrees with the parser on every file it takes, and it takes the files that reports are."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generate import occasions, report
from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_careful import read_parsed
from uppfoljning.files.yaml_load import plain_tree, read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.usefixtures("parser")
both_parsers = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)

REPORT = """\
åtagande: plan-1/runda-1  # den första
datum: 2026-03-06
start: 20:30
parter: [polisen, a b]
plats:
- norra
- södra
funktioner: {värd: 4, b: 20:30}
uppgifter:
  väg: "Åt 'höger'"
  annat:
  tom: ""
avvikelser:
  - vad: Regn & rusk - igen!
    hur:
      djupt: x
  - skäl: väder

# slut
text: En kväll (kort), it's "så" – 50 %.
"""
NASTY = " \n\t\r:#-?,[]{}&*!|>'\"%@`\\<=~.0aÅ\u0301\u00a0\u00ad\u0085\u2028\ufeff“–😀\x00\x7f"


def agrees(data: bytes) -> bool:
    """Whether the plain reader takes the file; if so, the parser must read the same and find nothing."""
    tree = plain_tree(data)
    if tree is not None:
        assert (tree, []) == read_parsed("x.yaml", data), data
    return tree is not None


def mutations(text: str, signs: Iterable[str]) -> Iterator[str]:
    """Every text that is one sign away."""
    for at in range(len(text) + 1):
        yield text[:at] + text[at + 1 :]
        for sign in signs:
            yield text[:at] + sign + text[at:]
            yield text[:at] + sign + text[at + 1 :]


@pytest.mark.slow
def test_one_sign_changed_anywhere(parser: str) -> None:
    # The parser in Python takes a millisecond a text.
    text, signs = (REPORT, NASTY) if parser == "libyaml" else (REPORT[REPORT.index("avv") :], NASTY[:12])
    taken = [agrees(mutation.encode("utf-8", "surrogatepass")) for mutation in mutations(text, signs)]
    assert 0.2 < sum(taken) / len(taken) < 0.8


ODD_LINES = """\
a: b
b:
c: [x, y]
d: {e: f}
- a
- b: c
- d:
-
- - a
# x
#x

a: # b
a:  b\x20
a: b: c
a: b:
a: b #c
a: b # c
a:b
- a: [
e: []
f: {}
f: {a: 1, a: 2}
f: {a: }
[a]: b
g: ""
g: '
g: "a
g: "a"b
g: "a: b" # c
h: |
---
...
%a
? a
- a # b
i: a,b
<<: a
"""
INDENTED = st.tuples(st.integers(0, 4), st.sampled_from(ODD_LINES.split("\n")))


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(ODD_LINES.split("\n"))), max_size=8),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
)
@both_parsers
def test_lines_in_any_order(lines: list[tuple[int, str]], newline: str, ended: bool) -> None:
    agrees((newline.join(" " * indent + line for indent, line in lines) + newline * ended).encode())


@given(st.lists(st.text(alphabet="ab:#-, []{}\"'\n", max_size=60)), st.text(alphabet="åé“–\u0301\t\u00a0\u2028😀", max_size=2))
@both_parsers
def test_any_text(pieces: list[str], odd: str) -> None:
    agrees("a: ".join([*pieces, odd]).encode())


KEYS = st.from_regex(r"[a-zåäö]{1,5}", fullmatch=True)
TEXTS = st.text(min_size=1).map(tidy).filter(lambda text: text != "")
GROUPS = st.dictionaries(KEYS, TEXTS, min_size=1, max_size=3)
MORE = st.lists(TEXTS, min_size=1, max_size=3) | GROUPS | st.lists(GROUPS, min_size=1, max_size=2)
TREES = st.dictionaries(KEYS, TEXTS | MORE, min_size=1, max_size=5)


@pytest.mark.slow
@given(TREES)
@both_parsers
def test_what_the_program_writes(tree: dict[str, Tree]) -> None:
    data = write_yaml(tree).encode()
    agrees(data)
    assert read_yaml("x.yaml", data) == (tree, [])


def files_under(*folders: Path) -> list[Path]:
    """Every YAML file in some folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.y*ml"))


def test_every_file_of_the_project() -> None:
    taken = [agrees(path.read_bytes()) for path in files_under(ROOT / "src", ROOT / "plans", ROOT / "reports", ROOT / "tests")]
    assert sum(taken) > len(taken) / 4


def test_the_files_of_others() -> None:
    found = files_under(DATA / "stokig", DATA / "yaml-test-suite", DATA / "snabbrapporter")
    if not found:
        pytest.skip("exemplen ligger inte bredvid projektet")
    taken = [agrees(path.read_bytes()) for path in found]
    assert not all(taken)


def test_the_reports_of_the_project_are_plain() -> None:
    folders = (ROOT / "reports" / "exempelkoping-2026", ROOT / "tests" / "exempel" / "grund" / "reports")
    written = [path.read_bytes() for path in files_under(*folders) if "bedomningar" not in path.parts]
    made = [report(made)[1].encode() for made in occasions(40, 7, Random(3))]
    assert len(written) > 9
    assert all(agrees(data) for data in made)
    assert sum(agrees(data) for data in written) > len(written) * 0.8


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("a: b", {"a": "b"}, id="utan radslut"),
        pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="radslut från Windows"),
        pytest.param("a:\n- b\n- c: d\n  e:\n  - f\n", {"a": ["b", {"c": "d", "e": ["f"]}]}, id="listor i linje"),
        pytest.param("a:\n    b: c # d\n\n    # e\n    f: [ ]\n", None, id="mellanslag i tom lista"),
        pytest.param("a: [b , c: d]\n", None, id="grupp i lista"),
        pytest.param("a: {b: 1, b: 2}\n", None, id="samma nyckel inom klamrar"),
        pytest.param("a: {b: 1, c: d }\ne: {}\nf: []\n", {"a": {"b": "1", "c": "d"}, "e": {}, "f": []}, id="inom parentes"),
        pytest.param("a: b\na: c\n", None, id="samma nyckel"),
        pytest.param("# a\n", None, id="ingenting"),
        pytest.param("a: b #c\n", None, id="kanske ingen kommentar"),
        pytest.param("a: “b”\n", None, id="typografiska citattecken först"),
        pytest.param("a: b\n  c: d\n", None, id="för djupt"),
        pytest.param("a:\n  b: c\n d: e\n", None, id="mitt emellan"),
        pytest.param("a:\n  -\n", None, id="tom punkt"),
        pytest.param("a\n", None, id="ingen nyckel"),
        pytest.param("å: \xe5", None, id="inte UTF-8"),
    ],
)
def test_what_is_plain(text: str, tree: Tree | None) -> None:
    data = text.encode("latin-1" if "\xe5" in text[1:] else "utf-8")
    assert plain_tree(data) == tree
    agrees(data)


@pytest.mark.parametrize(
    "text", ["a: b" + " " * 200_000 + "\t", "a: " + "b: " * 100_000, "a: [" + "b, " * 100_000, "a: " + "b c " * 100_000 + "\t"]
)
def test_it_takes_linear_time(text: str) -> None:
    started = time.process_time()
    assert plain_tree(text.encode()) is None
    assert time.process_time() - started < 0.2
