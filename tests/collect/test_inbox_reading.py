"""A report comes through whatever phones and mail programs do to it, and what has lost its meaning is not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect import letters
from tests.collect.letters import AROUND, MANGLES, PROJECT, REPORT, Mangle, mail_text
from tests.projects import read
from uppfoljning.collect.inbox.extract import Homes, ordered
from uppfoljning.collect.inbox.reading import Draft, Unread, reports_in
from uppfoljning.collect.inbox.texts import Text, texts_in
from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_write import tidy, write_yaml

HOMES = Homes(read(PROJECT))


def found(name: str, data: str | bytes) -> list[Draft | Unread]:
    return reports_in(name, texts_of(name, data.encode() if isinstance(data, str) else data), HOMES)


def texts_of(name: str, data: bytes) -> list[Text]:
    texts = texts_in(name, data)
    assert isinstance(texts, list)
    return texts


def trees(name: str, data: str | bytes) -> list[Mapping[str, Tree]]:
    drafts = found(name, data)
    assert [one for one in drafts if isinstance(one, Unread)] == []
    return [one.tree for one in drafts if isinstance(one, Draft)]


def told(name: str, data: str | bytes) -> list[tuple[int, str]]:
    return [(one.line, one.problem.message) for one in found(name, data) if isinstance(one, Unread)]


def test_the_file_that_the_form_gives() -> None:
    assert trees("a.yaml", write_yaml(REPORT)) == [REPORT]


@pytest.mark.parametrize("mangle", [*MANGLES, *AROUND, letters.coded], ids=lambda one: one.__name__)
def test_one_thing_done_to_the_mailed_text(mangle: Mangle) -> None:
    assert trees("a.txt", mangle(mail_text(REPORT))) == [REPORT]


@pytest.mark.parametrize(
    "mangle", [*MANGLES, letters.quoted, letters.doubled, letters.crlf, letters.answered], ids=lambda one: one.__name__
)
def test_one_thing_done_to_a_text_without_marks(mangle: Mangle) -> None:
    assert trees("a.txt", mangle(write_yaml(REPORT))) == [REPORT]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings(encoding: str) -> None:
    assert trees("a.txt", mail_text(REPORT).encode(encoding)) == [REPORT]
    assert trees("a.yaml", write_yaml(REPORT).encode(encoding)) == [REPORT]


def test_coded_in_an_old_encoding() -> None:
    import quopri

    assert trees("a.txt", quopri.encodestring(mail_text(REPORT).encode("cp1252"))) == [REPORT]


def test_a_page() -> None:
    assert trees("a.html", letters.as_page(mail_text(REPORT))) == [REPORT]


def test_a_signature_after_a_text_without_marks_and_without_the_last_key() -> None:
    tree = {key: value for key, value in REPORT.items() if key != "utgåva"}
    assert trees("a.txt", letters.answered(letters.quoted(write_yaml(tree)))) == [tree]


def test_several_in_one_text() -> None:
    other = {**REPORT, "datum": "2026-03-13", "kvitto": "bcdf-2345"}
    assert trees("a.txt", mail_text(REPORT) + letters.quoted(mail_text(other))) == [REPORT, other]
    assert trees("a.txt", f"Hej\n\n{write_yaml(REPORT)}\n{write_yaml(other)}\nHej då") == [REPORT, other]


_SIGNS = st.sampled_from([*"abcåäöÅ0123456789.,:;-–#'\"”“’()[]{}&*!|>%@`?=\\/éß€", ": ", " - ", "text: ", '"\n', "\n", "\\n"])
TEXT = st.lists(_SIGNS, min_size=1, max_size=60).map(
    lambda parts: tidy(" ".join("".join(parts).replace("\n", "\n#").split(" ")).replace("#", " ").replace("  ", " "))
)


def one_space(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


FREE = TEXT.map(one_space).filter(lambda text: bool(text.strip()) and tidy(text) == text)
COUNT = st.integers(0, 999).map(str)


def some(**parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[dict[str, Tree]]:
    return st.fixed_dictionaries({}, optional=parts)


def in_form_order(tree: Any) -> dict[str, Tree]:
    home = HOMES.of("gång", "prov-2026")
    assert home is not None
    return ordered(tree, home.names)


REPORTS = st.fixed_dictionaries(
    {"åtagande": st.just("gång"), "plan": st.just("prov-2026"), "datum": st.dates().map(lambda day: day.isoformat())},
    optional={
        "start": st.just("20:30"),
        "plats": st.sampled_from([["torget"], ["torget", "hamnen"]]),
        "funktioner": some(vandrare=COUNT, fältare=COUNT).filter(bool),
        "uppgifter": some(samtal=COUNT, rutt=FREE, sträcka=COUNT).filter(bool),
        "moment": some(samling=st.sampled_from(["ja", "nej", "ej aktuellt"]), återkoppling=st.just("ja")).filter(bool),
        "avvikelser": st.lists(
            st.fixed_dictionaries({"vad": FREE}, optional={"hur": FREE, "skäl": st.just("väder"), "varför": FREE}),
            min_size=1,
            max_size=2,
        ),
        "iakttagelser": st.lists(
            st.fixed_dictionaries(
                {"text": FREE},
                optional={"rapporterad_till_polisen": st.just("nej"), "åtgärd": FREE, "klart": st.just("2026-03-20")},
            ),
            min_size=1,
            max_size=2,
        ),
        "timmar": some(planering=COUNT, genomförande=COUNT).filter(bool),
        "text": FREE,
        "inlämnad": st.just("2026-12-31"),
        "rapportör": st.just("vandrare"),
        "kvitto": st.just("k7m3-9qfx"),
        "utgåva": st.just("1a2b3c4d"),
    },
).map(in_form_order)


@settings(max_examples=250)
@given(REPORTS, st.sets(st.sampled_from(MANGLES)), st.sets(st.sampled_from(AROUND)), st.booleans())
def test_any_report_comes_through_all_of_it(tree: dict[str, Tree], inner: set[Mangle], outer: set[Mangle], coded: bool) -> None:
    text = mail_text(tree)
    for mangle in (*(one for one in MANGLES if one in inner), *(one for one in AROUND if one in outer)):
        text = mangle(text)
    if coded:
        text = letters.coded(text)
    assert trees("a.txt", text) == [tree]


@settings(max_examples=80)
@given(REPORTS)
def test_any_report_comes_through_a_page(tree: dict[str, Tree]) -> None:
    assert trees("a.html", letters.as_page(mail_text(tree))) == [tree]


@settings(max_examples=150)
@given(
    st.text()
    | st.lists(st.sampled_from([*write_yaml(REPORT).splitlines(), letters.BEGIN, letters.END, "> ", "x", ""])).map("\n".join)
)
def test_nothing_stops_the_reading(text: str) -> None:
    for name in ("a.txt", "a.yaml", "a.html", "a.eml"):
        assert found(name, text.encode("utf-8", "replace"))


CUT = "rapporten är avklippt: raden --- slut på rapporten --- saknas"


def marked(lines: str) -> str:
    return f"{letters.BEGIN}\n{lines}\n{letters.END}\n"


FLAT = """\
åtagande: gång
plan: prov-2026
datum: 2026-03-06
{}
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("funktioner:\nvandrare: 3\nuppgifter:\nsamtal: 4", {"funktioner": {"vandrare": "3"}, "uppgifter": {"samtal": "4"}}),
        ("iakttagelser:\n- text: a\nklart: 2026-03-20\nklart: ja", {"klart": "ja"}),
        ("avvikelser:\n- moment: samling\nvad: a\nmoment:\nsamling: nej", {"moment": {"samling": "nej"}}),
        ("avvikelser:\n• vad: a\n– vad: b", {"avvikelser": [{"vad": "a"}, {"vad": "b"}]}),
        ('ersätter:\n- "a b"\n- c:d', {"ersätter": ["a b", "c:d"]}),
        ("plats:\n- torget\n# en anteckning\ntext: a", {"plats": ["torget"], "text": "a"}),
        ("plats: [torget,\nhamnen]\nuppgifter:\nsamtal: 1", {"plats": ["torget", "hamnen"]}),
        ("funktioner: {vandrare: 3}\nuppgifter:\nsamtal: 1", {"funktioner": {"vandrare": "3"}}),
        ("text: 'hon sa ”hej”'\nuppgifter:\nsamtal: 1", {"text": "hon sa ”hej”"}),
        ("text: ”Hej” sa någon\nuppgifter:\nsamtal: 1", {"text": "”Hej” sa någon"}),
        ("uppgifter:\nrutt:\n" + "x" * 70 + "\nsamtal: 1", {"uppgifter": {"rutt": "x" * 70, "samtal": "1"}}),
        ("text: " + "ord " * 14 + "\nord\nuppgifter:\nsamtal: 1", {"text": ("ord " * 15).strip()}),
        ("uppgifter:\nsamtal: 1\nslut:", {"slut": None, "uppgifter": {"samtal": "1"}}),
        ("text: Vi gick: det var lugnt\nuppgifter:\nsamtal: 1", {"text": "Vi gick: det var lugnt"}),
        ("uppgifter:\ntext: a", {"text": "a"}),
        ("period:\nfrån: 2026-03-01\ntill: 2026-03-31", {"period": {"från": "2026-03-01", "till": "2026-03-31"}}),
    ],
)
def test_what_the_keys_settle(lines: str, expected: dict[str, Tree]) -> None:
    (tree,) = trees("a.txt", FLAT.format(lines))
    assert {key: tree.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("lines", "number", "message"),
    [
        ("uppgifter:\nplats: 4", 5, "indraget är borta, och plats kan höra hemma på två ställen"),
        ("- vad: a", 4, "listpunkten står inte i linje med raderna ovanför"),
        ("avvikelser:\n- fel: a", 5, ""),
        ('text: "a', 4, "citattecknet stängs aldrig"),
        ("text: a\ntext: b", 5, "nyckeln text finns två gånger"),
        ("uppgifter: [a, {b: c}]", 4, "här ska nycklar med värden stå"),
        ('uppgifter:\n  "a b": 3', 5, "en nyckel har tecken som inte kan stå där"),
    ],
)
def test_what_is_not_guessed(lines: str, number: int, message: str) -> None:
    form = letters.FORM + "  plats: {typ: antal}\n"
    homes = Homes(read({**PROJECT, "plans/snabbrapporter/gang.yaml": form}))
    said = reports_in("a.yaml", texts_of("a.yaml", FLAT.format(lines).encode()), homes)
    if not message:
        assert isinstance(said[0], Draft)
        return
    assert [(one.line, one.problem.message) for one in said if isinstance(one, Unread)][:1] == [(number, message)]


def test_indentation_tells_where_the_keys_do_not() -> None:
    form = letters.FORM + "  plats: {typ: text}\n"
    homes = Homes(read({**PROJECT, "plans/snabbrapporter/gang.yaml": form}))
    text = "uppgifter:\n    plats: “Vid\u00a0torget”\n    samtal: 4\nplats: torget"
    (one,) = reports_in("a.txt", texts_of("a.txt", FLAT.format(text).encode()), homes)
    assert isinstance(one, Draft)
    assert one.tree["uppgifter"] == {"samtal": "4", "plats": "Vid torget"}
    assert one.tree["plats"] == "torget"


@pytest.mark.parametrize(
    ("name", "text", "number", "message"),
    [
        ("a.txt", "", 0, "ingen rapport hittades"),
        ("a.txt", "Hej! Vi ses på fredag.\nplan: vi går klockan 21\n", 0, "ingen rapport hittades"),
        ("a.yaml", "hej: då\n", 0, "ingen rapport hittades"),
        ("a.yaml", letters.PLAN, 0, "filen är en plan, ingen rapport"),
        ("a.yaml", letters.FORM, 0, "filen är en blankett, ingen rapport"),
        ("a.txt", marked("hej"), 0, "ingen rapport hittades"),
        ("a.txt", marked(""), 0, "ingen rapport hittades"),
        ("a.txt", mail_text(REPORT).partition(letters.END)[0], 0, CUT),
        ("a.txt", marked("åtagande: gång\nhej"), 3, "raden har ingen nyckel och hör inte till raden ovanför"),
        ("a.txt", marked("åtagande: gång\n- hej"), 3, "punkten hör inte till någon lista"),
        ("a.txt", marked("åtagande: gång\navvikelser:\n- hej"), 4, "här ska nycklar med värden stå"),
        ("a.txt", marked("åtagande: gång\nsamtal: 3\n- x"), 3, "samtal hör inte hemma här"),
        ("a.txt", marked("åtagande: gång\ntext: “a\nplats: x\""), 3, "texten börjar med ett typografiskt citattecken"),
        ("a.txt", marked("åtagande: gång\nstart: *a\nplats: x\n- y"), 3, "värdet går inte att läsa"),
    ],
)  # fmt: skip
def test_what_is_no_report(name: str, text: str, number: int, message: str) -> None:
    assert told(name, text) == [(number, message)]


def test_a_begun_report_that_begins_anew_is_cut() -> None:
    text = f"{letters.BEGIN}\nåtagande: gång\n{mail_text(REPORT)}"
    assert [isinstance(one, Draft) for one in found("a.txt", text)] == [False, True]


def test_the_lines_of_what_was_sent_are_told() -> None:
    text = letters.answered(letters.quoted(letters.doubled(mail_text(REPORT))))
    (mended,) = found("a.txt", text)
    (plain,) = found("a.yaml", write_yaml(REPORT))
    assert isinstance(mended, Draft)
    assert isinstance(plain, Draft)
    lines = text.split("\n")
    assert lines[mended.where(("uppgifter", "samtal")) - 1] == ">   samtal: 23"
    assert lines[mended.where(("iakttagelser", 1, "åtgärd", "x")) - 1] == ">     åtgärd: Felanmäld"
    assert write_yaml(REPORT).split("\n")[plain.where(("uppgifter", "samtal")) - 1] == "  samtal: 23"
    (flat,) = found("a.txt", letters.flat(mail_text(REPORT)))
    assert isinstance(flat, Draft)
    assert letters.flat(mail_text(REPORT)).split("\n")[flat.where(("iakttagelser", 1, "åtgärd", "x")) - 1] == "åtgärd: Felanmäld"
    assert flat.where(("finns inte",)) == 0
    assert lines[mended.where(("finns inte",)) - 1] == "> åtagande: gång"
    assert plain.where(()) == 0
