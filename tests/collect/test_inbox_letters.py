"""Letters: the report is found in the body, in what is attached and in HTML, and nothing of who sent it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect import letters
from tests.collect.letters import PROJECT, REPORT, mail_text
from tests.projects import Texts, read
from uppfoljning.collect.inbox import texts
from uppfoljning.collect.inbox.extract import Homes
from uppfoljning.collect.inbox.reading import Draft, reports_in
from uppfoljning.collect.inbox.sorting import take_in_all
from uppfoljning.collect.inbox.texts import Arrived, Text, text_of_page, texts_in
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.files.yaml_write import write_yaml

HOMES = Homes(read(PROJECT))
OTHER: dict[str, Tree] = {**REPORT, "datum": "2026-03-13", "kvitto": "bcdf-2345"}


def letter(body: str = "", subtype: str = "plain", **content: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Någon Namnsson <namn@exempel.se>"
    made["To"] = "samordnare@exempel.se"
    made["Subject"] = "Rapport från Någon Namnsson"
    made.set_content(body, subtype=subtype, **content)
    return made


def found(made: EmailMessage | bytes, name: str = "a.eml") -> list[tuple[str, Mapping[str, Tree]]]:
    data = made if isinstance(made, bytes) else made.as_bytes(policy=policy.SMTP)
    return [(one.origin.part, one.tree) for one in reports_in(name, texts_of(name, data), HOMES) if isinstance(one, Draft)]


def texts_of(name: str, data: bytes) -> list[Text]:
    texts = texts_in(name, data)
    assert isinstance(texts, list)
    return texts


def nested(depth: int) -> bytes:
    parts = (f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(depth))
    return f"MIME-Version: 1.0\r\n{''.join(parts)}Content-Type: text/plain; charset=utf-8\r\n\r\n{mail_text(REPORT)}".encode()


def forwarded(times: int) -> bytes:
    return b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * times + b"Content-Type: text/plain\r\n\r\nhej\r\n"


def many(parts: int) -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * parts


@pytest.mark.parametrize(
    "data",
    [
        nested(4),
        nested(4).replace(b"\r\n", b"\r"),
        nested(4).replace(b"multipart/", b"(a)\r\n MULTIPART/"),
        forwarded(4),
        many(20),
        b"MIME-Version: 1.0\r\nContent-Type: text/plain" + b";" * 99 + b"\r\n\r\nhej\r\n",
    ],
    ids=["i varandra", "med CR", "vikta rader", "vidarebefordrat", "många", "långt huvud"],
)
def test_a_letter_of_too_many_parts_never_comes_to_its_reader(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_MOST_NESTED", 3)
    monkeypatch.setattr(texts, "_MOST_LINES_BETWEEN", 10)
    monkeypatch.setattr(texts, "_LONGEST_SAID", 100)
    monkeypatch.setattr(BytesParser, "parsebytes", lambda *_: pytest.fail("brevet nådde läsaren"))
    for name in ("a.eml", "a.txt"):
        refused = texts_in(name, data)
        assert isinstance(refused, Problem)
        assert refused.message == "brevet har för många delar, eller delar i varandra"


def test_a_letter_of_many_parts_is_read_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(nested(30)) == [("brevet", REPORT)]
    monkeypatch.setattr(texts, "_MOST_PARTS", 5)
    assert isinstance(texts_in("a.eml", many(5)), Problem)
    assert isinstance(texts_in("a.eml", many(4)), list)


def test_one_letter_that_is_refused_holds_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_MOST_NESTED", 3)
    files = [Arrived("a.eml", nested(4)), Arrived("b.eml", nested(2))]
    result = take_in_all(files, read(PROJECT), Texts(PROJECT), correct=False)
    assert [one.draft.origin.file for one in result.new] == ["b.eml"]
    assert result.left_out == 1


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_report_in_the_body(coding: str, charset: str) -> None:
    body = mail_text({**REPORT, "uppgifter": {"samtal": "3"}})
    if charset == "iso-8859-1":
        body = body.replace("–", "-")
    made = letter(body, cte=coding, charset=charset)
    assert found(made) == [("brevet", {**REPORT, "uppgifter": {"samtal": "3"}})]
    assert found(made, "sparat.txt") == found(made, "inklistrad text") == found(made)


def test_a_report_attached_as_any_kind_of_file() -> None:
    for maintype, subtype in (("application", "octet-stream"), ("application", "x-yaml"), ("text", "plain")):
        made = letter("Hej! Här är den.")
        made.add_attachment(write_yaml(REPORT).encode(), maintype=maintype, subtype=subtype, filename="Någon Namnsson.yaml")
        made.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="bild.jpg")
        made.add_attachment(b"%PDF\0\0", maintype="application", subtype="pdf", filename="a.pdf")
        assert found(made) == [("bilaga 1", REPORT)]


def test_the_same_report_in_the_body_and_attached_is_one() -> None:
    made = letter(mail_text(REPORT))
    made.add_attachment(write_yaml(REPORT).encode(), maintype="application", subtype="yaml", filename="a.yaml")
    made.add_attachment(write_yaml(OTHER).encode(), maintype="application", subtype="yaml", filename="b.yaml")
    assert found(made) == [("brevet", REPORT), ("bilaga 2", OTHER)]


def test_a_letter_with_only_html_and_one_with_both() -> None:
    assert found(letter(letters.as_page(mail_text(REPORT)), subtype="html")) == [("brevet", REPORT)]
    made = letter(mail_text(REPORT))
    made.add_alternative(letters.as_page(mail_text({**REPORT, "text": "Ett annat"})), subtype="html")
    assert found(made) == [("brevet", REPORT)]


def test_a_letter_that_was_handed_on() -> None:
    inner = letter(letters.quoted(mail_text(REPORT)))
    made = letter("Se nedan")
    made.add_attachment(inner)
    assert found(made) == [("brevet", REPORT)]


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Content-Type: text/plain; charset=finns-inte\n", mail_text(REPORT).encode()),
        (b"Content-Type: text/plain; charset=ascii\n", mail_text(REPORT).encode()),
        (b"Content-Type: skr\xe4p\nMIME-Version: 1.0\n", mail_text(REPORT).encode()),
        (b"Content-Type: text/plain\nContent-Disposition: =?utf-8?q?=\n", mail_text(REPORT).encode()),
        (b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n\n" + mail_text(REPORT).encode() + b"\n--x--\n"),
        (b"Content-Type: ?=; .*\nMIME-Version: 1.0\n", mail_text(REPORT).encode()),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n", mail_text(REPORT).replace("\n", "\r\n").encode()),
    ],
)
def test_letters_that_keep_no_rule(header: bytes, body: bytes) -> None:
    assert [tree for _, tree in found(header + b"\n" + body)] == [REPORT]


def test_a_letter_too_large_to_be_a_report_is_not_looked_through() -> None:
    assert found(letter(mail_text(REPORT) + "x" * 1024 * 1024)) == []


_PIECES = st.sampled_from(
    ["Content-Type: ", "multipart/mixed; boundary=", "text/html", "; charset=", '"', "=?utf-8?q?=C3?=", "\n", "\n\n", "--x\n",
     "Content-Disposition: attachment; filename*0*=", "Content-Transfer-Encoding: base64", "<", ">", ";", "=",
     "MIME-Version: 1.0", "x", "å", "\0"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=30).map("".join), st.booleans())
def test_no_letter_stops_the_reading(text: str, page: bool) -> None:
    assert reports_in("a", texts_of("a.html" if page else "a.eml", text.encode()), HOMES)


def test_a_page_is_laid_out_as_it_is_seen() -> None:
    page = """<html><head><title>x</title><script>ja()</script></head><body>
    <p>Ett   stycke
    på två rader</p><div>&nbsp;&nbsp;indraget &lt;b&gt;</div>rad<br>ny rad<pre>
  som det
    står</pre></style></pre>efter<ul><li>ett</li><li>två</ul></body></html>"""
    assert text_of_page(page).rstrip().split("\n") == [
        "Ett stycke på två rader", "\u00a0\u00a0indraget <b>", "rad", "ny rad", "", "  som det", "    står", "efter", "ett", "två"
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<a b='", "<"])
def test_what_only_looks_like_a_page_is_taken_as_text(piece: str) -> None:
    assert text_of_page(piece * 100_000) == piece * 100_000
