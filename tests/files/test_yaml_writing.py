"""What the program writes as YAML reads back as the same values, whatever the texts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml

KEYS = st.from_regex(r"[a-zåäö][a-z0-9åäö_-]{0,12}", fullmatch=True)
TEXTS = st.text(max_size=60).map(tidy).filter(bool)
AWKWARD = st.sampled_from(
    ["21:30", "NO", "null", "~", "1:30", "0180", "a: b", "a #b", "- x", "{a: b}", "[x]", "'", '"', "\\", "=1+1", "</script>",
     "% x", "a - b", "👮‍♀️ kväll", "rad ett\nrad två", "x:", "?", "!tag", "&a", "*a", "|", ">", "@", "`", "a,b",
     "2026-03-06", "ja", "75 %"]
)  # fmt: skip
SCALARS = TEXTS | AWKWARD
TREES = st.dictionaries(
    KEYS,
    SCALARS
    | st.lists(SCALARS, min_size=1, max_size=3)
    | st.dictionaries(KEYS, SCALARS, min_size=1, max_size=3)
    | st.lists(st.dictionaries(KEYS, SCALARS, min_size=1, max_size=3), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


@given(TREES)
def test_every_tree_comes_back(tree: dict[str, Tree]) -> None:
    back, findings = read_yaml("reports/a.yaml", write_yaml(tree).encode())
    assert back == tree
    assert findings == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{a:\u00a0b}", r'"{a:\u00a0b}"'),
        ("{a:\u202f\u00a0b}", '"{a:\\u202f\u00a0b}"'),
        ("a\n\u0301b", r'"a\n\u0301b"'),
        ("a\n\u0327\U00011366", r'"a\n\u0327\U00011366"'),
        ("\t\u0308", r'"\t\u0308"'),
        (r"C:\ud800", r'"C:\\ud800"'),
        (r"\\U00110000", r'"\\\\U00110000"'),
    ],
)
def test_what_a_reader_would_take_for_something_else(text: str, written: str) -> None:
    assert write_yaml({"text": text}) == f"text: {written}\n"
    assert read_yaml("reports/a.yaml", f"text: {written}\n".encode()) == ({"text": text}, [])


@given(st.text(st.sampled_from('an\n\t \u00a0:{\\"ud8U0\u200b\u0301\u030a\u0327\u1dc4'), max_size=12))
def test_nor_any_of_their_mixtures(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept
    if kept:
        assert read_yaml("reports/a.yaml", write_yaml({"text": kept}).encode()) == ({"text": kept}, [])


@given(st.text(max_size=80))
def test_a_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Lugn kväll. ", "Lugn kväll."),
        ("rad ett \r\nrad två\r", "rad ett\nrad två"),
        ("a\x07b\u202ec\ufeff", "abc"),
        ("Åparken", "Åparken"),
        ("a\u200b\u030a", "å"),
        ("👮‍♀️", "👮‍♀️"),
        ("\x00\u200b", ""),
    ],
)
def test_tidy(raw: str, kept: str) -> None:
    assert tidy(raw) == kept


def test_a_report_reads_well() -> None:
    tree: dict[str, Tree] = {
        "åtagande": "nattvandring",
        "datum": "2026-03-06",
        "start": "20:30",
        "parter": ["nattvandrarna", "polisen"],
        "funktioner": {"nattvandrare": "6"},
        "uppgifter": {},
        "avvikelser": [{"vad": "Ingen återkoppling: vakten hade inte tid", "skäl": "resurser"}],
        "text": "Lugn kväll, få ute.",
    }
    assert write_yaml(tree) == (
        "åtagande: nattvandring\ndatum: 2026-03-06\nstart: 20:30\nparter: [nattvandrarna, polisen]\n"
        "funktioner:\n  nattvandrare: 6\n"
        'avvikelser:\n  - vad: "Ingen återkoppling: vakten hade inte tid"\n    skäl: resurser\ntext: Lugn kväll, få ute.\n'
    )
