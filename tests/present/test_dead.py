"""In what becomes a comment nobody is called on and nothing is linked, and a reader sees the same text."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import PLAN, REPORT, folder
from tests.files.test_git import Repository
from uppfoljning.cli.main import main
from uppfoljning.present.dead import parted
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.markdown import escaped, escaped_html, paragraph

LIVE = [
    "@anna", "@kommun/team", "(@anna)", "anna@exempel.se", "http://exempel.se/a", "https://exempel.se", "www.exempel.se",
    "ftp://exempel.se/a_b_c", "mailto:anna@exempel.se", "#12",
    "kommun/plan#12", "plan#12", "GH-12", "gh-12", "!12", "plan!12", "~fel",
    '~"två ord"', "%mars", '%"våren 2026"', "kommun/plan%mars", "$12", "&12", "kommun&12", "^alert#12", "^12", "889bb2d",
    "889bb2d0a1b2c3d4e5f60718293a4b5c6d7e8f90", "anna@889bb2d", "[vulnerability:12]", "[[sida]]", ":tada:", ":+1a:",
]  # fmt: skip
QUIET = [
    "100 %", "5 # 6", "R&D", "H&M", "kl. 20:30:15", "20260306", "KS 2025/123", "3 ! 4", "a ~ b", "12 $", "e-post", "[ja]",
    "åäö", "100%ig",
]  # fmt: skip


_CODE = re.compile(r"<code>(?P<tag>.*?)</code>|\\(?P<sign>.)|`(?P<code>[^`]*)`")


def outside_code(text: str) -> str:
    """What is left of Markdown outside of code."""
    return _CODE.sub(lambda found: found["sign"] or "", text)


def read(text: str) -> str:
    """What a person reads of it."""
    return html.unescape(_CODE.sub(lambda found: found["sign"] or html.escape(found["code"] or ""), text))


@pytest.mark.parametrize("word", LIVE)
def test_what_a_service_makes_something_of_is_code(word: str) -> None:
    for text in (word, f"Ring {word}, tack", f"({word})", f"å {word}"):
        said = escaped(text)
        assert not re.search(r"[@#!~%$&^]\w|://|www\.|889bb2d", outside_code(said))
        assert read(said) == text
        assert html.unescape(re.sub(r"</?code>", "", escaped_html(text))) == text


@pytest.mark.parametrize("text", QUIET)
def test_what_none_makes_anything_of_is_plain(text: str) -> None:
    assert "`" not in escaped(text)
    assert read(escaped(text)) == text


@pytest.mark.parametrize("text", ["/close", "/approve @anna", "/label ~fel"])
def test_no_line_begins_with_a_command(text: str) -> None:
    for said in (escaped(text), paragraph(text)):
        assert said.startswith("\\/")
        assert read(said) == text


@given(st.text(alphabet="a1f@#!~%$&^/.:-`|<>[]()*_\\ \"'å", max_size=40))
def test_any_text_reads_as_it_was_written(text: str) -> None:
    assert "".join(piece for piece, _ in parted(text)) == text
    assert all(set(piece).isdisjoint("`|<>") for piece, live in parted(text) if live)
    if "`" not in text and "<code>" not in text:
        assert read(escaped(text)) == one_line(text)


def test_a_long_word_is_not_looked_through_again_and_again() -> None:
    assert escaped("a" * 100_000) == "a" * 100_000


CALL = "Ring @anna se #12"


def test_the_comment_of_a_change_calls_on_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = Repository(tmp_path / "r")
    plan = PLAN.replace("Provplan", f"'{CALL}'").replace("titel: Gå tillsammans", f"titel: '{CALL}'")
    repository.save("Ett", {"plans/prov-2026.yaml": plan, "reports/a.yaml": REPORT})
    repository.save(
        "Två", {"plans/prov-2026.yaml": plan.replace("minst: 12", "minst: 8"), "reports/b.yaml": REPORT.replace("06", "09")}
    )
    main(["-C", str(repository.folder), "diff", "--format", "md", "HEAD~1..HEAD"])
    said = capsys.readouterr().out
    assert "`@anna` se `#12`" in said
    assert not re.search(r"[@#]\w", outside_code(said))


def test_the_findings_of_a_check_call_on_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = folder(tmp_path, {"plans/prov-2026.yaml": PLAN, "reports/a.yaml": REPORT + f"'{CALL}': ja\n"})
    main(["-C", where, "validera", "--format", "markdown"])
    said = capsys.readouterr().out
    assert "`@anna`" in said
    assert not re.search(r"[@#]\w", outside_code(said))
