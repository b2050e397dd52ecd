from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import assert_refused, codes, places_stand
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.form import Form
from uppfoljning.domain.judgement import Judgement
from uppfoljning.domain.number import parse_count
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import QuickReport
from uppfoljning.domain.scalars import parse_id, parse_text
from uppfoljning.domain.schema import (
    NOTHING,
    REFUSED,
    FieldProblem,
    Record,
    TreeReader,
    field,
    listing,
    nearest,
    nested,
    one_or_more,
    raw_table,
    read,
    suggestion,
    table,
    thing,
    things,
)


class Leaf(Record):
    name: str = field("namn", parse_id, "Namnet", required=True)
    size: int = field("storlek", parse_count, "Storleken", default=1)


class Trunk(Record):
    title: str = field("titel", parse_text, "Titeln", required=True)
    leaf: Leaf | None = nested("löv", thing(Leaf), "Ett löv")
    leaves: tuple[Leaf, ...] = nested("blad", things(Leaf), "Flera löv", default=())
    names: tuple[str, ...] = nested("id", listing(parse_id), "Namn", default=())


def reading(by: TreeReader, tree: Tree) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    return by(tree, ("här",), out), out


# Records


def test_a_record_has_what_it_was_given_and_defaults() -> None:
    leaf = Leaf(name="ek")
    assert (leaf.name, leaf.size) == ("ek", 1)
    assert Leaf.make(name="ek") == leaf


def test_a_record_cannot_be_changed() -> None:
    leaf = Leaf(name="ek")
    with pytest.raises(AttributeError, match="Leaf cannot be changed"):
        leaf.name = "al"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="Leaf cannot be changed"):
        leaf.other = 1
    with pytest.raises(AttributeError, match="Leaf cannot be changed"):
        del leaf.name
    assert leaf == Leaf(name="ek")


def test_a_changed_copy_leaves_the_record_alone() -> None:
    leaf = Leaf(name="ek", size=3)
    changed = leaf.but(size=4)
    assert (changed.name, changed.size) == ("ek", 4)
    assert leaf.size == 3
    assert type(changed) is Leaf
    assert leaf.but() == leaf
    assert leaf.but() is not leaf


@given(st.integers(0, 3), st.integers(0, 3), st.sampled_from("ab"), st.sampled_from("ab"))
def test_records_are_equal_when_their_values_are(size: int, other: int, name: str, another: str) -> None:
    equal = Leaf(name=name, size=size) == Leaf(size=other, name=another)
    assert equal == ((size, name) == (other, another))


def test_a_default_is_a_value_as_any_other() -> None:
    assert Leaf(name="ek") == Leaf(name="ek", size=1)
    assert Leaf(name="ek") != Leaf(name="ek", size=2)


def test_records_of_different_classes_are_not_equal() -> None:
    assert Leaf(name="ek") != Trunk.make(title="ek")
    assert Leaf(name="ek") != "ek"


def test_a_record_that_may_hold_mappings_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Leaf(name="ek"))


def test_a_record_shows_what_it_holds() -> None:
    assert repr(Leaf(name="ek", size=2)) == "Leaf(name='ek', size=2)"


def test_a_required_value_has_no_default() -> None:
    with pytest.raises(AttributeError):
        _ = Leaf().name  # type: ignore[call-arg]


def test_nothing_cannot_be_filled() -> None:
    with pytest.raises(TypeError):
        NOTHING["x"] = 1  # type: ignore[index]
    assert dict(NOTHING) == {}


# Reading


def test_a_sound_tree() -> None:
    out: list[FieldProblem] = []
    trunk = read(
        Trunk, {"titel": "Träd", "löv": {"namn": "ek", "storlek": "2"}, "blad": [{"namn": "al"}], "id": ["a", "b"]}, (), out
    )
    assert trunk == Trunk.make(title="Träd", leaf=Leaf(name="ek", size=2), leaves=(Leaf(name="al"),), names=("a", "b"))
    assert out == []


@pytest.mark.parametrize(
    ("tree", "found", "says"),
    [
        pytest.param("x", [((), "S103")], "här ska nycklar med värden stå", id="a text"),
        pytest.param(None, [((), "S103")], "skriv {titel: …}", id="nothing"),
        pytest.param(["x"], [((), "S103")], "nycklar med värden", id="a list"),
        pytest.param({}, [((), "S102")], "nyckeln titel saknas", id="no required key"),
        pytest.param({"titel": None}, [(("titel",), "S102")], "lägg till en rad titel:", id="a required key left empty"),
        pytest.param({"titel": ""}, [(("titel",), "S115")], "texten är tom", id="a required value that is refused"),
        pytest.param({"titel": ["x"]}, [(("titel",), "S103")], "här ska ett enda värde stå", id="a list for a text"),
        pytest.param({"titel": {"a": "b"}}, [(("titel",), "S103")], "utan lista eller underrader", id="a mapping for a text"),
    ],
)
def test_what_is_refused_whole(tree: Tree, found: list[Any], says: str) -> None:
    out: list[FieldProblem] = []
    assert read(Trunk, tree, (), out) is REFUSED
    assert codes(out) == found
    assert_refused(out[0][2], out[0][2].code, says)


@pytest.mark.parametrize(
    ("extra", "found", "says"),
    [
        pytest.param({"bald": []}, [(("bald",), "S101")], "nyckeln bald finns inte här", id="an unknown key"),
        pytest.param({"TITEL ": "x"}, [(("TITEL ",), "S101")], "menade du titel?", id="a key in capitals"),
        pytest.param({"löv": "ek"}, [(("löv",), "S103")], "nycklar med värden", id="a text for a mapping"),
        pytest.param(
            {"löv": {"storlek": "2"}}, [(("löv",), "S102")], "nyckeln namn saknas", id="a part without its required key"
        ),
        pytest.param(
            {"blad": "ek"}, [(("blad",), "S103")], "varje del börjar med ett streck", id="a text for a list of mappings"
        ),
        pytest.param({"blad": {"namn": "ek"}}, [(("blad",), "S103")], "här ska en lista stå", id="a mapping for a list"),
        pytest.param(
            {"blad": ["ek", None]},
            [(("blad", 0), "S103"), (("blad", 1), "S103")],
            "nycklar med",
            id="texts in a list of mappings",
        ),
        pytest.param({"id": "a"}, [(("id",), "S103")], "skriv [a]", id="a text for a list"),
        pytest.param({"id": ["A"]}, [(("id", 0), "S116")], "skriv a", id="a value of a list that is refused"),
        pytest.param(
            {"id": [None, ["a"]]}, [(("id", 0), "S103"), (("id", 1), "S103")], "ett enda värde", id="no texts in a list"
        ),
    ],
)
def test_an_optional_key_is_left_out_and_the_rest_is_kept(extra: dict[str, Tree], found: list[Any], says: str) -> None:
    out: list[FieldProblem] = []
    assert read(Trunk, {"titel": "Träd", **extra}, (), out) == Trunk.make(title="Träd")
    assert codes(out) == found
    assert_refused(out[0][2], out[0][2].code, says)


def test_a_problem_with_a_key_points_at_the_key_and_one_with_a_value_at_the_value() -> None:
    out: list[FieldProblem] = []
    read(Trunk, {"okänd": "x", "löv": {"namn": None, "storlek": "-1"}}, ("rot",), out)
    assert {(path, problem.code, on_key) for path, on_key, problem in out} == {
        (("rot", "okänd"), "S101", True),
        (("rot", "löv", "storlek"), "S109", False),
        (("rot", "löv", "namn"), "S102", True),
        (("rot",), "S102", True),
    }


def test_every_fault_of_a_list_is_found_and_what_is_sound_is_kept() -> None:
    out: list[FieldProblem] = []
    trunk = read(Trunk, {"titel": "T", "blad": [{"namn": "ek"}, {"namn": "EK"}, {}, {"namn": "al", "storlek": "x"}]}, (), out)
    assert trunk == Trunk.make(title="T", leaves=(Leaf(name="ek"), Leaf(name="al")))
    assert codes(out) == [(("blad", 1, "namn"), "S116"), (("blad", 2), "S102"), (("blad", 3, "storlek"), "S107")]


@pytest.mark.parametrize("tree", [{"titel": "T", "löv": None, "blad": None, "id": None}, {"titel": "T"}])
def test_a_key_left_empty_is_as_one_left_out(tree: Tree) -> None:
    out: list[FieldProblem] = []
    assert read(Trunk, tree, (), out) == Trunk.make(title="T")
    assert out == []


@pytest.mark.parametrize(("tree", "values"), [("a", ("a",)), (["a", "b"], ("a", "b")), ([], ())])
def test_one_or_more(tree: Tree, values: tuple[str, ...]) -> None:
    assert reading(one_or_more(parse_id), tree) == (values, [])


@pytest.mark.parametrize(
    ("tree", "value", "found"),
    [
        ("A", REFUSED, [(("här",), "S116")]),
        ({"a": "b"}, REFUSED, [(("här",), "S103")]),
        (None, REFUSED, [(("här",), "S103")]),
        (["a", "B"], ("a",), [(("här", 1), "S116")]),
    ],
)
def test_not_one_or_more(tree: Tree, value: object, found: list[Any]) -> None:
    read_value, out = reading(one_or_more(parse_id), tree)
    assert read_value == value
    assert codes(out) == found


def test_a_table_of_texts() -> None:
    tree: Tree = {"a": "1", "B": "2", "c": "x", "d": ["1"], "e": None, "f": "6"}
    value, out = reading(table(parse_id, parse_count), tree)
    assert value == {"a": 1, "f": 6}
    assert [(path, on_key, problem.code) for path, on_key, problem in out] == [
        (("här", "B"), True, "S116"),
        (("här", "c"), False, "S107"),
        (("här", "d"), False, "S103"),
    ]


def test_a_table_of_mappings() -> None:
    value, out = reading(table(parse_id, thing(Leaf), nested=True), {"a": {"namn": "ek"}, "b": "x", "c": None})
    assert value == {"a": Leaf(name="ek")}
    assert codes(out) == [(("här", "b"), "S103"), (("här", "c"), "S103")]


@pytest.mark.parametrize("by", [table(parse_id, parse_count), raw_table], ids=["table", "raw_table"])
@pytest.mark.parametrize("tree", ["a", ["a"], None], ids=["text", "list", "nothing"])
def test_no_table(by: TreeReader, tree: Tree) -> None:
    value, out = reading(by, tree)
    assert value is REFUSED
    assert codes(out) == [(("här",), "S103")]


def test_a_raw_table_is_kept_as_text() -> None:
    tree: Tree = {"vad": ["som"], "helst": None}
    assert reading(raw_table, tree) == (tree, [])


# Words like each other


@pytest.mark.parametrize(
    ("word", "best"),
    [
        pytest.param("datun", "datum", id="one letter"),
        pytest.param("DATUM", "datum", id="capitals"),
        pytest.param("pa", "på", id="missing dots"),
        pytest.param("rapporterad-till_polisen", "rapporterad_till_polisen", id="hyphen for underscore"),
        pytest.param("zebra", None, id="like nothing"),
    ],
)
def test_the_nearest_word(word: str, best: str | None) -> None:
    assert nearest(word, ["datum", "på", "rapporterad_till_polisen"]) == best


def test_a_suggestion_lists_few_words_and_cuts_many() -> None:
    assert suggestion("x", ["b", "a"]) == "välj bland: a, b"
    assert suggestion("x", []) == ""
    assert suggestion("datun", ["datum"], "skriv") == "skriv datum?"
    twelve = [f"ord{number:02}" for number in range(12)]
    assert "…" not in suggestion("zzz", twelve)
    assert suggestion("zzz", [*twelve, "ord12"]).endswith("ord11 …")


# Any tree whatever


def trees() -> st.SearchStrategy[Tree]:
    """Trees of the format's own keys and values in any order, with some that are nothing of the kind."""
    leaves = st.none() | st.sampled_from(VALUES) | st.text(max_size=3)
    keys = st.sampled_from(KEYS) | st.text(max_size=2)

    def deeper(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)

    return st.recursive(leaves, deeper, max_leaves=12)


VALUES = [
    *("2026", "2026-T1", "2026-03-06", "2026-02-30", "VT2026", "ja", "vecka", "tillfälle", "fre", "20:00–02:00", "24:00", "75 %"),
    *(
        "0",
        "4",
        "-1",
        "4,5",
        "1.500",
        "ca 190",
        "löpande",
        "24 timmar",
        "polisen",
        "Polisen",
        "resurser",
        "nivå",
        "val",
        "",
        "a/b",
    ),
]

SOUND: dict[type[Record], dict[str, Tree]] = {
    Plan: {
        "plan": "p",
        "titel": "Plan",
        "typ": "åtgärdsplan",
        "period": {"från": "2026-01-01", "till": "2026-12-31"},
        "avläsningar": ["2026-04-30"],
        "kommun": "0180",
        "beslut": {"datum": "2025-12-10", "referens": "KS 1", "version": "v1"},
        "källor": ["https://example.org"],
        "parter": {"polisen": "Polisen"},
        "funktioner": {"kommunpolis": {"titel": "Kommunpolis", "part": "polisen"}},
        "platser": {"centrum": "Centrum"},
        "orsaker": {"1": "Orsak"},
        "terminer": {"VT2026": ["2026-01-08", "2026-06-12"]},
        "åtaganden": [
            {
                "id": "a",
                "titel": "A",
                "parter": ["polisen"],
                "period": "2026-H1",
                "mål": [
                    {"id": "m", "minst": "24", "enhet": "gånger", "per": "år", "fördelning": {"tertial": ["8", "6", "10"]}},
                    {"id": "n", "minst": "90 %", "räknar": {"inom": "24 timmar", "av": ["anmäld", "åtgärdad"]}},
                    {"id": "o", "antal": "4", "sätt": "nivå", "räknar": "f", "baslinje": {"värde": "1", "datum": "2026-01-01"}},
                    {
                        "id": "q",
                        "minst": "1",
                        "varje": ["fre"],
                        "villkor": {"platser": "centrum", "uppgifter": {"typ": ["fast"]}},
                    },
                ],
                "pauser": [{"från": "2026-02-01", "till": "2026-02-02", "skäl": "väder"}],
                "moment": [{"id": "s", "titel": "S", "varje": "tillfälle"}],
                "uppföljning": {"rapporteras": "månad", "anstånd": "7", "rapportör": "kommunpolis"},
                "förväntan": {"veckodagar": ["fre"], "tid": "20:00–02:00", "funktioner": ["kommunpolis"]},
                "effektmål": {"text": "Mindre", "riktning": "minska", "insats": ["centrum"], "start": "2026-02-01"},
                "tillfällen": ["2026-03-06"],
                "ändringar": [{"datum": "2026-05-04", "vad": "mål", "skäl": "resurser"}],
            }
        ],
    },
    Form: {
        "snabbrapport": "f",
        "titel": "F",
        "minst_funktioner": {"nattvandrare": "3"},
        "fält": {"samtal": {"typ": "antal", "krävs": "ja", "minst": "0"}, "läget": {"typ": "val", "av": ["lugnt", "stökigt"]}},
    },
    QuickReport: {
        "åtagande": "p/a",
        "plan": "p",
        "datum": "2026-03-06",
        "start": "20:30",
        "slut": "00:45",
        "parter": ["polisen"],
        "plats": ["centrum", "norra"],
        "funktioner": {"nattvandrare": "6"},
        "uppgifter": {"samtal": "23"},
        "moment": {"samling": "ja"},
        "avvikelser": [{"vad": "Ingen", "skäl": "väder"}],
        "iakttagelser": [{"text": "Lampa", "rapporterad_till_polisen": "nej", "klart": "2026-03-07"}],
        "timmar": {"planering": "1,5"},
        "läge": "genomförd",
        "antal": "ca 4",
        "klart": "ja",
        "ersätter": "x",
        "flyttad_till": "2026-04",
    },
    Judgement: {
        "bedömning": "2026-T1",
        "plan": "p",
        "datum": "2026-05-12",
        "av": "styrgruppen",
        "åtaganden": {"a": {"genomförande": "delvis", "resultat": "gott", "motivering": "Text"}},
    },
}


def keys_of(tree: Tree) -> set[str]:
    if isinstance(tree, dict):
        return set(tree).union(*map(keys_of, tree.values()))
    return set().union(*map(keys_of, tree)) if isinstance(tree, list) else set()


KEYS = sorted(set().union(*map(keys_of, SOUND.values()), *(cls.KEYS for cls in SOUND)))


def paths(tree: Tree) -> list[tuple[str | int, ...]]:
    """Every way into a tree but the one to its root."""
    inside: list[tuple[str | int, Tree]] = []
    if isinstance(tree, dict):
        inside = list(tree.items())
    elif isinstance(tree, list):
        inside = list(enumerate(tree))
    return [(step, *rest) for step, below in inside for rest in [(), *paths(below)]]


def with_another(tree: Tree, path: tuple[str | int, ...], value: Tree) -> Tree:
    """The tree with something else at a path."""
    if not path:
        return value
    if isinstance(tree, dict):
        return {name: with_another(below, path[1:], value) if name == path[0] else below for name, below in tree.items()}
    assert isinstance(tree, list)
    return [with_another(below, path[1:], value) if at == path[0] else below for at, below in enumerate(tree)]


def check_reading(cls: type[Record], tree: Tree) -> list[FieldProblem]:
    """Read twice, at the root and further down, and check all that always holds."""
    out: list[FieldProblem] = []
    value = read(cls, tree, (), out)
    assert places_stand(tree, out)
    assert all(problem.code[0] in "SP" and problem.message.strip() and problem.remedy.strip() for _, _, problem in out)
    if value is REFUSED:
        assert out
    again: list[FieldProblem] = []
    assert read(cls, tree, ("rot",), again) == value
    assert [path for path, _, _ in again] == [("rot", *path) for path, _, _ in out]
    return out


@pytest.mark.parametrize("cls", SOUND, ids=lambda cls: cls.__name__)
def test_the_sound_tree_is_sound(cls: type[Record]) -> None:
    assert check_reading(cls, SOUND[cls]) == []
    assert isinstance(read(cls, SOUND[cls], (), []), cls)


@pytest.mark.parametrize("cls", SOUND, ids=lambda cls: cls.__name__)
@given(tree=trees())
def test_any_tree_is_read_or_refused_at_its_place(cls: type[Record], tree: Tree) -> None:
    check_reading(cls, tree)


@pytest.mark.parametrize("cls", SOUND, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_a_sound_tree_with_one_thing_exchanged(cls: type[Record], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths(SOUND[cls])))
    changed = with_another(SOUND[cls], path, data.draw(trees()))
    check_reading(cls, changed)


@pytest.mark.parametrize("cls", SOUND, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("wrong", [["a", ["b"]], {"okänd": {"x": "y"}}, ""], ids=["list", "mapping", "empty"])
def test_every_key_with_a_wrong_value(cls: type[Record], wrong: Tree) -> None:
    for path in paths(SOUND[cls]):
        check_reading(cls, with_another(SOUND[cls], path, wrong))


@pytest.mark.parametrize("cls", SOUND, ids=lambda cls: cls.__name__)
def test_every_key_left_empty_is_no_fault_unless_it_is_required(cls: type[Record]) -> None:
    for name in SOUND[cls]:
        found = codes(check_reading(cls, {**SOUND[cls], name: None}))
        assert found == ([((name,), "S102")] if name in cls.REQUIRED else [])
