from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.finding import Finding, Span
from uppfoljning.files.source import Folder
from uppfoljning.files.text import MOST_OF_A_KIND, cleaned_for_parsing, csv_text, text_of, yaml_text

Reader = Callable[[str, bytes], tuple[str | None, list[Finding]]]


def places(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    spans = [(f.problem.code, f.place.span) for f in findings]
    return [(code, span.line if span else None, span.column if span else None) for code, span in spans]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("a: ö\nb: 1\n".encode(), id="utf-8"),
        pytest.param("a: ö\nb: 1\n".encode("utf-8-sig"), id="utf-8 med BOM"),
        pytest.param("a: ö\r\nb: 1\r\n".encode(), id="crlf"),
        pytest.param("a: ö\rb: 1\r".encode(), id="cr"),
        pytest.param("a: o\u0308\nb: 1\n".encode(), id="nfd"),
    ],
)
@pytest.mark.parametrize("read", [yaml_text, csv_text])
def test_every_way_to_save_gives_one_text(read: Reader, data: bytes) -> None:
    assert read("x", data) == ("a: ö\nb: 1\n", [])


def test_yaml_in_another_encoding_is_an_error_at_the_first_bad_byte() -> None:
    text, (finding,) = yaml_text("x.yaml", "plats: torg\ntext: kväll å\n".encode("cp1252"))
    assert text == "plats: torg\ntext: kväll å\n"
    assert (finding.problem.code, finding.problem.remedy) == ("F003", "spara filen som UTF-8")
    assert finding.problem.note == "här ska det troligen stå ä"
    assert finding.place.span == Span(2, 9, 2, 10)


def test_the_column_of_a_bad_byte_counts_characters_also_after_bom_and_crlf() -> None:
    _, findings = yaml_text("x.yaml", "a: b\r\nå: ".encode("utf-8-sig") + b"\xe4\r\n")
    assert places(findings) == [("F003", 2, 4)]


def test_a_byte_that_means_nothing_gets_no_guess() -> None:
    text, (finding,) = yaml_text("x.yaml", b"a: \x81")
    assert (text, finding.problem.note) == ("a: \ufffd", "")


def test_csv_in_windows_1252_is_read_with_a_notice_for_the_whole_file() -> None:
    text, findings = csv_text("x.csv", "plats\nTorget på kvällen\n".encode("cp1252"))
    assert text == "plats\nTorget på kvällen\n"
    assert places(findings) == [("F004", None, None)]


def test_csv_in_no_known_encoding_is_an_error() -> None:
    _, findings = csv_text("x.csv", b"plats\nTorg\x81\n")
    assert places(findings) == [("F003", 2, 5)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("read", [yaml_text, csv_text])
def test_wide_encodings_are_refused_with_what_to_do(read: Reader, encoding: str) -> None:
    text, (finding,) = read("x", "plats: torget på kvällen\n".encode(encoding))
    assert text is None
    assert (finding.problem.code, finding.problem.remedy, finding.place.span) == ("F005", "spara filen som UTF-8", None)


@pytest.mark.parametrize(
    ("text", "expected", "cleaned"),
    [
        pytest.param("a: 1\n\tb: 2\n", [("F007", 2, 1)], "a: 1\n b: 2\n", id="tabb"),
        pytest.param("a: x\x07\n", [("F008", 1, 5)], "a: x \n", id="styrtecken"),
        pytest.param("a: x\x9f\n", [("F008", 1, 5)], "a: x \n", id="C1"),
        pytest.param("a: x\uffff", [("F008", 1, 5)], "a: x ", id="FFFF"),
        pytest.param("a: x\x85y\nb: \u2028", [("F009", 1, 5), ("F009", 2, 4)], "a: x y\nb:  ", id="radbrytningar"),
        pytest.param("a:\xa0x", [("F010", 1, 3)], "a: x", id="hårt efter kolon"),
        pytest.param("- a:\u202fx", [("F010", 1, 5)], "- a: x", id="smalt efter kolon"),
        pytest.param("a:\n \xa0b: 1", [("F010", 2, 2)], "a:\n  b: 1", id="hårt i indrag"),
        pytest.param("a:\n-\xa0b", [("F010", 2, 2)], "a:\n- b", id="hårt efter streck"),
        pytest.param("m: {a:\xa01, b:\xa02}", [("F010", 1, 7)], "m: {a: 1, b: 2}", id="hårt inom { }"),
        pytest.param("a: 1\xa0234", [], "a: 1\xa0234", id="hårt i tal"),
        pytest.param("a: hej, kl:\xa020", [], "a: hej, kl:\xa020", id="hårt i text"),
        pytest.param("a: x\ufeffy", [("F011", 1, 5)], "a: x y", id="BOM inuti"),
        pytest.param("a: 😀\u200d\n", [], "a: 😀\u200d\n", id="emoji"),
        pytest.param(
            "a: \x01\x02\n\tb: \x03\n",
            [("F007", 2, 1), ("F008", 1, 4), ("F008", 2, 5)],
            "a:   \n b:  \n",
            id="en av varje slag per rad",
        ),
        pytest.param('a: "\\ud83d\\ude00"', [("Y010", 1, 5)], 'a: "            "', id="halva tecken"),
        pytest.param('a: "\\U00110000"', [("Y010", 1, 5)], 'a: "          "', id="för stor kod"),
        pytest.param('a: "\\U0001F600"', [], 'a: "\\U0001F600"', id="emoji som kod"),
    ],
)
def test_characters_yaml_cannot_have(text: str, expected: list[tuple[str, int, int]], cleaned: str) -> None:
    found, findings = yaml_text("x.yaml", text.encode())
    assert places(findings) == expected
    assert found == cleaned
    assert cleaned_for_parsing(text, "x.yaml") == cleaned


def test_the_same_fault_on_many_lines_is_counted() -> None:
    _, findings = yaml_text("x.yaml", b"a: 1\n" + b"\tb: 2\n" * 30)
    assert places(findings) == [("F007", line, 1) for line in range(2, 2 + MOST_OF_A_KIND)]
    assert findings[-1].problem.note == "samma fel finns på 20 rader till"
    assert findings[0].problem.note == "här står en tabb"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a;b\n\t;\xa0\n", [], id="tabb och hårt mellanslag"),
        pytest.param("a;b\n1;\x00\n", [("F008", 2, 3)], id="NUL"),
        pytest.param("a;b\n1;\x85\n", [("F008", 2, 3)], id="NEL"),
        pytest.param("a;b\n\ufeff1;2\n", [("F011", 2, 1)], id="BOM inuti"),
    ],
)
def test_characters_csv_cannot_have(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(csv_text("x.csv", text.encode())[1]) == expected


@pytest.mark.parametrize("read", [yaml_text, csv_text])
def test_an_unfinished_merge_is_found_at_every_mark(read: Reader) -> None:
    text, findings = read("x", b"a: 1\n<<<<<<< HEAD\nb: 1\n||||||| bas\n=======\nb: 2\n>>>>>>> gren\n")
    assert text is None
    assert places(findings) == [("F012", line, 1) for line in (2, 4, 5, 7)]
    assert findings[0].place.span == Span(2, 1, 2, 13)


@pytest.mark.parametrize("line", ["========", "======", " =======", "=======x", "<<<<<<<<", "text ======="])
def test_underlines_are_no_merge_marks(line: str) -> None:
    text, findings = yaml_text("x.yaml", f"a: |\n  x\n{line}\n".encode())
    assert text is not None
    assert findings == []


def test_excerpts_have_the_text_of_the_readers(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: \t\xe4\r\nb: a\xcc\x8a\r")
    assert text_of(Folder(tmp_path), "a.yaml") == "a: \tä\nb: å\n"
    assert text_of(Folder(tmp_path), "saknas.yaml") == ""


def test_an_excerpt_of_an_unfinished_merge_is_the_text_itself() -> None:
    assert cleaned_for_parsing("<<<<<<< a\n", "x.yaml") == "<<<<<<< a\n"


def test_an_encoder_error_is_not_taken_for_windows_1252() -> None:
    with pytest.raises(UnicodeEncodeError):
        "\ud800".encode("utf-8", "uppfoljning-cp1252")


@given(st.binary(max_size=200))
def test_any_bytes_give_text_in_one_form(data: bytes) -> None:
    for read in (yaml_text, csv_text):
        text, findings = read("x", data)
        assert text is not None or findings
        assert text is None or ("\r" not in text and unicodedata.is_normalized("NFC", text))


@given(st.text(alphabet=st.sampled_from("a:\t \xa0\u2028\x00{}-\n\ufeff\\u"), max_size=40))
def test_cleaning_keeps_every_position_and_is_done_once(text: str) -> None:
    cleaned = cleaned_for_parsing(text, "x.yaml")
    assert [len(line) for line in cleaned.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(one == other or other == " " for one, other in zip(text, cleaned, strict=True))
