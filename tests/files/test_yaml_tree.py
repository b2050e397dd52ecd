"""What is read out of YAML, and every finding about it with its exact place; under both parsers."""

from __future__ import annotations

import string
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.files import yaml_parser
from uppfoljning.files.yaml_errors import explain
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_parser import opened_before, quote_before

pytestmark = pytest.mark.usefixtures("parser")
both_parsers = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and `line:column` of each finding; `-` for the whole file."""
    return [(f.problem.code, "-" if f.place.span is None else f"{f.place.span.line}:{f.place.span.column}") for f in findings]


def read(text: str) -> tuple[Tree | None, list[tuple[str, str]]]:
    tree, findings = read_yaml("reports/x.yaml", text.encode())
    assert all(f.place.file == "reports/x.yaml" and f.problem.remedy for f in findings)
    return tree, places(findings)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param(
            "a: 1\nb: 22:30\nc: NO\nd: 2024-02-30\n", {"a": "1", "b": "22:30", "c": "NO", "d": "2024-02-30"}, id="allt är text"
        ),
        pytest.param("a:\nb: ''\nc: ~\nd: null", {"a": None, "b": "", "c": "~", "d": "null"}, id="tomt värde"),
        pytest.param("a:\n  - x\n  -\n  - [y, [z]]\n", {"a": ["x", None, ["y", ["z"]]]}, id="listor"),
        pytest.param("a: {b: c, d: }\n", {"a": {"b": "c", "d": None}}, id="tomt med kolon inom { }"),
        pytest.param("a:\n- b: 1\n  c: {d: 2}\n", {"a": [{"b": "1", "c": {"d": "2"}}]}, id="grupper i lista"),
        pytest.param("a: |\n  x\n  y\nb: >-\n  z\n  w\n", {"a": "x\ny\n", "b": "z w"}, id="text på flera rader"),
        pytest.param("a: x\n  y - z\n", {"a": "x y - z"}, id="fortsatt rad"),
        pytest.param("? a\n: b\n", {"a": "b"}, id="uttalad nyckel"),
        pytest.param("--- # hej\na: b # kommentar\n", {"a": "b"}, id="kommentarer"),
        pytest.param("a: {b: vem då?, c: [x?y]}\n", {"a": {"b": "vem då?", "c": ["x?y"]}}, id="frågetecken inom { }"),
        pytest.param("a: https://example.org/?b=1&c=2\n", {"a": "https://example.org/?b=1&c=2"}, id="länk"),
        pytest.param("a: Bra! 5 * 3 & mer\n", {"a": "Bra! 5 * 3 & mer"}, id="tecken inne i text"),
        pytest.param('a: "x # y"\nb: "“x”"\nc: "<<"\n', {"a": "x # y", "b": "“x”", "c": "<<"}, id="i citattecken"),
        pytest.param('"<<": x\n"": y\n', {"<<": "x", "": "y"}, id="nycklar i citattecken"),
        pytest.param("a: [\n  b,\n]\nc: {\n  d: 1\n}\n", {"a": ["b"], "c": {"d": "1"}}, id="parentes som stängs vid kanten"),
        pytest.param('{\n"a": "b"\n}\n', {"a": "b"}, id="json"),
        pytest.param("a: x - y\nb: [x - y]\n", {"a": "x - y", "b": ["x - y"]}, id="tankstreck"),
        pytest.param('a: "b \\x41 \\" c"\n', {"a": 'b A " c'}, id="koder"),
        pytest.param("a: 50 %\n", {"a": "50 %"}, id="procent"),
        pytest.param("a: b # c #d\n", {"a": "b"}, id="kommentar med nummertecken"),
        pytest.param("a:\r- b\r", {"a": ["b"]}, id="radbrytning cr"),
    ],
)
def test_sound_documents_are_read_as_text(text: str, tree: Tree) -> None:
    assert read(text) == (tree, [])


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        # Y002 colon in prose
        ("text: Kl: 20 bråk", "Y002", "1:9"),
        ("text: avvikelse: kortare: två", "Y002", "1:16"),
        ("a: 1\ntext: bra:\nb: 1", "Y002", "2:10"),
        ('a: "b": c', "Y002", "1:7"),
        ("a: b: \n", "Y002", "1:5"),
        ("text: Lugn kväll\n  men sedan kom det: bråk", "Y002", "2:20"),
        ("a: *b\nc: d: e", "Y002", "2:5"),
        # Y003 unclosed quote: where it began
        ('text: "oavslutad\nb: 2', "Y003", "1:7"),
        ("a: 1\ntext: 'oavslutad\nb: 2", "Y003", "2:7"),
        ('text: "oavslutad\nb: "x"\nc: 1', "Y003", "1:7"),
        ('text: "abc\n---\ndef"', "Y003", "1:7"),
        # Y004 unclosed bracket: where it began
        ("text: [a, b\nb: 2", "Y004", "1:7"),
        ("mål: {minst: 2, per: år\nb: 2", "Y004", "1:6"),
        ("a: {b: 1,\n  c: 2\n", "Y004", "1:4"),
        ("a:\n  - {b: c\n  - d", "Y004", "2:5"),
        ("a: {b: c\n---\nx: 1", "Y004", "1:4"),
        ("[a", "Y004", "1:1"),
        ("a: [b, {c: d}, [e],\n", "Y004", "1:4"),
        ("a: [", "Y004", "1:4"),
        # Y005 indentation
        ("a: 1\n  b: 2", "Y005", "2:3"),
        ("a:\n  b: 2\n c: 3", "Y005", "3:2"),
        ("  a: 1\nb: 2", "Y005", "2:1"),
        ("a:\n  - b: 1\n   c: 2", "Y005", "3:4"),
        ("a:\n  - b: 1\n - b: 2", "Y005", "3:2"),
        ("a: 1\n- b", "Y005", "2:1"),
        ("- a\nb: 1", "Y005", "2:1"),
        ('a: "x"\n  b: c', "Y005", "2:3"),
        ("a: |\n   text\n  x\nb: 1", "Y005", "3:3"),
        # Y006 missing colon or space
        ("mål:12", "Y006", "1:1"),
        ("a: 1\nmål:12\nb: 2", "Y006", "2:1"),
        ("mål:12\nb: 2", "Y006", "1:1"),
        ("a: 1\niakttagelser\n  - text: y", "Y006", "2:1"),
        ("iakttagelser\n\n# x\n  - text: y", "Y006", "1:1"),
        ('"a"\nb: c', "Y006", "1:1"),
        ("a: b\ntext", "Y006", "2:1"),
        ("- a\n  b: 1", "Y006", "1:3"),
        ("a: {b:}", "Y006", "1:5"),
        ("a: [b c:, d]", "Y006", "1:5"),
        # Y007 reserved first sign
        ("text: @anna", "Y007", "1:7"),
        ("text: `x`", "Y007", "1:7"),
        ("text: %12", "Y007", "1:7"),
        ("text: ] a", "Y007", "1:7"),
        ("text: } a", "Y007", "1:7"),
        ("text: , a", "Y007", "1:7"),
        ("text: ? a", "Y007", "1:7"),
        ("a: {b: @c}", "Y007", "1:8"),
        # Y008 text after the end of a value
        ("text: [a] b\nc: 1", "Y008", "1:11"),
        ("text: {a: 1} b\nc: 1", "Y008", "1:14"),
        ('text: "sa "hej" till"', "Y008", "1:12"),
        ("text: 'sa 'hej' till'\nb: 1", "Y008", "1:12"),
        ("[a] b", "Y008", "1:5"),
        # Y009 inside brackets
        ("mål: {minst: 2 per: år}", "Y009", "1:19"),
        ("mål: {minst: 2, per: år]", "Y009", "1:24"),
        ("a: [b, c}", "Y009", "1:9"),
        ("x: [a: b: c]", "Y009", "1:9"),
        ("x: [a, , b]", "Y009", "1:8"),
        ("x: {, a}", "Y009", "1:5"),
        ('a: {b: "c" d}', "Y009", "1:12"),
        ('a: ["b" c]', "Y009", "1:9"),
        ("a: [x, - b]", "Y009", "1:8"),
        # Y010 unknown codes
        ('text: "\\d a"', "Y010", "1:8"),
        ('text: "\\x1 a"', "Y010", "1:8"),
        # Y011 block text on the same line
        ("text: > text\nb: 1", "Y011", "1:7"),
        ("text: | text\nb: 1", "Y011", "1:7"),
        ("text: >0\n x", "Y011", "1:7"),
        # Y012 list dash
        ("text: - a", "Y012", "1:7"),
        ("a: -b\nc: -\n", "Y012", "2:4"),
        # Y013 directives
        ("%YAML 1.2\n---\na: b", "Y013", "1:1"),
        ("# x\n%b: 2", "Y013", "2:1"),
        ("a: 1\n%b: 2", "Y013", "2:1"),
        # Y014 depth
        ("a: " + "[" * 40, "Y014", "1:35"),
        ("\n".join(" " * depth + "a:" for depth in range(40)), "Y014", "33:33"),
        ("- " * 40, "Y014", "1:65"),
        # Y016-Y018 signs that YAML takes
        ("text: &viktigt", "Y016", "1:7"),
        ("a: & b", "Y016", "1:4"),
        ("text: *viktigt*", "Y017", "1:7"),
        ("a:\n  - *viktigt", "Y017", "2:5"),
        ("a: !<foo", "Y018", "1:4"),
        ("a: !e!foo x", "Y018", "1:4"),
        ("a: [!foo{bar]", "Y018", "1:5"),
        ("a: !foo%zz bar", "Y018", "1:4"),
        ("a: !!str, b", "Y018", "1:4"),
        # Y021 documents
        ("a: b\n---\nc: d", "Y021", "2:1"),
        ("a: x\n...\nb", "Y021", "3:1"),
        # Y022 what is no mapping
        ("- a\n- b", "Y022", "1:1"),
        ("hej", "Y022", "1:1"),
        ("\n[a]", "Y022", "2:1"),
        ("~", "Y022", "1:1"),
        # Y027 key missing
        (": b", "Y027", "1:1"),
        ("a:\n  : 23", "Y027", "2:3"),
        # F006 nothing in the file
        ("", "F006", "-"),
        ("\n  \n", "F006", "-"),
        ("# bara en kommentar\n", "F006", "-"),
        ("---\n", "F006", "-"),
        # characters alone are said once, although the parser stumbles on them too
        ("a:\n  - b: 1\n\tc: 2", "F007", "3:1"),
        ("a: 1\n\xa0b: 2", "F010", "2:1"),
        ("<<<<<<< HEAD\na: 1", "F012", "1:1"),
    ],
)
def test_what_keeps_a_document_from_being_read(text: str, code: str, place: str) -> None:
    assert read(text) == (None, [(code, place)])


@pytest.mark.parametrize(
    ("text", "tree", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3", {"a": "1", "b": "2"}, [("Y015", "3:1")], id="dubbel nyckel"),
        pytest.param("å: 1\na\u030a: 3", {"å": "1"}, [("Y015", "2:1")], id="dubbel nyckel efter NFC"),
        pytest.param("a: {b: 1, b: 2}", {"a": {"b": "1"}}, [("Y015", "1:11")], id="dubbel nyckel inom { }"),
        pytest.param("a: {text: Trasig mål, och nät}", {"a": {"text": "Trasig mål"}}, [("Y023", "1:23")], id="komma inom { }"),
        pytest.param("mål: {minst:2, per: år}", {"mål": {"per": "år"}}, [("Y006", "1:7")], id="hopskrivet inom { }"),
        pytest.param("a: !viktigt nu\nb: 1", {"a": "nu", "b": "1"}, [("Y018", "1:4")], id="tagg"),
        pytest.param("a: ! nu", {"a": "nu"}, [("Y018", "1:4")], id="tom tagg"),
        pytest.param("a: !!python/object:os.x {b: 1}", None, [("Y018", "1:4")], id="pythontagg"),
        pytest.param("a:\n  <<: {b: 1}\n  c: 2", {"a": {"c": "2"}}, [("Y019", "2:3")], id="sammanslagningsnyckel"),
        pytest.param("a:\n  ? [b]\n  : c\n  d: 1", {"a": {"d": "1"}}, [("Y020", "2:5")], id="lista som nyckel"),
        pytest.param("{b: c}: d\ne: f", {"e": "f"}, [("Y020", "1:1")], id="grupp som nyckel"),
        pytest.param("a: Rum #3\nb: x", {"a": "Rum", "b": "x"}, [("Y024", "1:8")], id="nummertecken"),
        pytest.param("a: #3 bråk", {"a": None}, [("Y024", "1:4")], id="nummertecken först"),
        pytest.param("a:\n  - Rum #3", {"a": ["Rum"]}, [("Y024", "2:9")], id="nummertecken i lista"),
        pytest.param("a: “hej”\nb: [‘x’]", {"a": "“hej”", "b": ["‘x’"]}, [("Y025", "1:4"), ("Y025", "2:5")], id="citattecken"),
        pytest.param('a: "x\\0"', {"a": "x\0"}, [("Y026", "1:4")], id="styrtecken som kod"),
        pytest.param('"x\\e": a', {"x\x1b": "a"}, [("Y026", "1:1")], id="styrtecken i nyckel"),
        pytest.param("a: {? : b, c: d}", {"a": {"c": "d"}}, [("Y027", "1:4")], id="nyckel saknas inom { }"),
        pytest.param("? \n: b\nc: d", {"c": "d"}, [("Y027", "1:2")], id="nyckel saknas"),
        pytest.param("a:\n - c\n   - d", {"a": ["c - d"]}, [("Y028", "3:4")], id="punkt som sväljs"),
        pytest.param("a: b\n  - c\nd: e", {"a": "b - c", "d": "e"}, [("Y028", "2:3")], id="punkt efter värde"),
        pytest.param('a: "b\nc"\nd: e', {"a": "b c", "d": "e"}, [("Y029", "2:1")], id="rad utan indrag"),
        pytest.param("a: [b,\nc]", {"a": ["b", "c"]}, [("Y029", "2:1")], id="lista utan indrag"),
        pytest.param('a: "b"#c', {"a": "b"}, [("Y008", "1:7")], id="nummertecken efter citattecken"),
        pytest.param("a: [b]#c", {"a": ["b"]}, [("Y008", "1:7")], id="nummertecken efter parentes"),
        pytest.param("a:\tb\nc: Rum #3", {"a": "b", "c": "Rum"}, [("F007", "1:3"), ("Y024", "2:8")], id="tabb efter kolon"),
        pytest.param("a:\xa0b", {"a": "b"}, [("F010", "1:3")], id="hårt mellanslag efter kolon"),
        pytest.param('a: "\\ud800"', {"a": "      "}, [("Y010", "1:5")], id="halvt tecken"),
    ],
)
def test_what_is_found_in_a_document_that_is_read(text: str, tree: Tree, expected: list[tuple[str, str]]) -> None:
    assert read(text) == (tree, expected)


def test_block_header_with_a_comment_too_close_is_refused_by_both() -> None:
    assert read("a: >#x\n  b")[1] == [("Y011", "1:4")]


def test_a_duplicate_names_both_places() -> None:
    _, (finding,) = read_yaml("x.yaml", b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n")
    assert finding.also is not None and finding.also.span is not None and finding.place.span is not None
    assert (finding.place.span.line, finding.also.span.line, finding.also.file) == (5, 3, "x.yaml")
    assert finding.problem.message == "nyckeln c finns två gånger"


def test_several_faults_are_found_in_one_reading() -> None:
    text = "a: 1\na: 2\nb: {c: d, e}\nf: Rum #3\ng: !x y\n? [h]\n: i\n\nj:\tk\n"
    assert read(text)[1] == [
        ("F007", "9:3"),
        ("Y018", "5:4"),
        ("Y015", "2:1"),
        ("Y023", "3:11"),
        ("Y024", "4:8"),
        ("Y020", "6:3"),
    ]


def test_characters_are_told_beside_a_syntax_error_elsewhere() -> None:
    assert read("a: x\x07\nb: c: d")[1] == [("F008", "1:5"), ("Y002", "2:5")]


def test_another_encoding_and_a_syntax_error_are_told_together() -> None:
    tree, findings = read_yaml("x.yaml", "a: å\nb: c: d".encode("cp1252"))
    assert (tree, places(findings)) == (None, [("F003", "1:4"), ("Y002", "2:5")])


def test_utf16_is_not_parsed() -> None:
    tree, findings = read_yaml("x.yaml", "a: å".encode("utf-16"))
    assert (tree, places(findings)) == (None, [("F005", "-")])


def test_references_are_refused_each_at_its_place() -> None:
    assert read("a: &x 1\nb: *x\nc:\n  <<: *x\n") == (None, [("Y016", "1:4"), ("Y017", "2:4"), ("Y017", "4:7")])


def test_many_references_are_not_all_listed() -> None:
    assert len(read("- &a x\n" * 500)[1]) == 20


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 20_000, id="hakar"),
        pytest.param("{a: " * 20_000, id="klamrar"),
        pytest.param("- " * 20_000, id="streck"),
        pytest.param(
            "a: &a [x,x]\n"
            + "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
            id="skratt",
        ),
        pytest.param("a: &a [*a]", id="cirkel"),
    ],
)
def test_bombs_are_refused_quickly(text: str, parser: str) -> None:
    started = time.process_time()
    tree, findings = read(text)
    assert time.process_time() - started < (0.2 if parser == "libyaml" else 1)
    assert tree is None and findings


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\t" * 500_000, id="tabbar"),
        pytest.param("a: {x:\xa01," + "b:\xa01," * 60_000 + "}", id="hårda mellanslag"),
        pytest.param("a: b #c\n" * 50_000, id="nummertecken"),
        pytest.param("a: 1\n" * 50_000, id="dubbla nycklar"),
        pytest.param("a: [" + "b, " * 200_000, id="öppen parentes"),
        pytest.param('a: "b\n  c" d' + "x" * 500_000, id="lång rad"),
    ],
)
def test_large_faulty_files_take_linear_time(text: str, parser: str) -> None:
    if parser == "pure":
        pytest.skip("den rena läsaren tar sekunder på sig för så stora filer")
    started = time.process_time()
    assert read(text)[1]
    assert time.process_time() - started < 3


def test_an_error_far_into_a_large_file_is_still_explained() -> None:
    text = "".join(f"rad{number}: text\n" for number in range(7_500)) + 'a: "b\n  c" d\n'
    assert len(text) > yaml_parser.MOST_FOR_PURE
    assert read(text)[1] == [("Y008", "7502:6")]


def test_an_unknown_message_still_gets_a_swedish_explanation() -> None:
    mark = yaml.Mark("x", 0, 0, 0, None, 0)
    finding = explain("x.yaml", "a: b\n", yaml.MarkedYAMLError("something", mark, "something else", mark))
    assert places([finding]) == [("Y001", "1:1")]
    assert finding.problem.message == "raden går inte att läsa som YAML"
    assert places([explain("x.yaml", "a: b\n", yaml.MarkedYAMLError(problem="no place"))]) == [("Y001", "1:1")]


def test_what_was_open_is_told_as_far_as_the_text_can_be_scanned() -> None:
    assert opened_before("[{a: [b]", 8) == 1
    assert opened_before("[a]", 3) is None
    assert opened_before('["a', 4) is None
    assert quote_before("a: 'b\n  c' d", 11) == 3
    assert quote_before("a: 'b' d", 7) is None


def test_without_libyaml_the_pure_parser_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert yaml_parser.libyaml() is None


WORDS = st.text(alphabet=string.ascii_letters + "åäöÅÄÖ0123456789 .,:;#'\"!?&*%@`-\n{}[]|>\\“😀", max_size=12)
TREES = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8)


@both_parsers
@given(tree=st.dictionaries(WORDS, TREES, min_size=1, max_size=4), style=st.sampled_from(["'", '"']), flow=st.booleans())
def test_what_is_dumped_is_read_back(tree: dict[str, Tree], style: str, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_style=style, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    assert read_yaml("x.yaml", text.encode()) == (tree, [])


MARKS = [
    ":",
    ": ",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    ", ",
    '"',
    "'",
    "#",
    " #",
    "| ",
    "? ",
    "&x ",
    "*x ",
    "!t ",
    "%",
    "@",
    "\\",
    "<<",
]
TEXTS = ["a", "b", "\n", "\n  ", "\n ", "å", "22:30", "text: ", "...", "---", " ", "“", "\t", "\xa0", "key: v\n", "- k: v\n"]
PIECES = MARKS + TEXTS


@both_parsers
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_yaml_like_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    tree, findings = read_yaml("x.yaml", text.encode())
    assert tree is not None or findings
    lines = text.split("\n")
    for finding in findings:
        span = finding.place.span
        if span is not None:
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


@both_parsers
@given(data=st.binary(max_size=80) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    tree, findings = read_yaml("x.yaml", data)
    assert tree is not None or findings


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(text=st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_both_parsers_give_the_same_findings(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = []
    for chosen in (yaml_parser.libyaml() or yaml_parser.PureParser, yaml_parser.PureParser):
        monkeypatch.setattr(yaml_parser, "parser", chosen)
        verdicts.append(read_yaml("x.yaml", text.encode()))
    assert verdicts[0] == verdicts[1]
