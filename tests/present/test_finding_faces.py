"""Findings and rules as they are printed: carets under the right signs, nothing that a terminal or a log would obey."""

from __future__ import annotations

import io
import json
import re

import pytest

from tests.present.pieces import Texts, check_snapshot, written
from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.present.layout import width
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.findings import FORMATS, tally
from uppfoljning.present.views.findings_located import Located, located
from uppfoljning.present.views.rule import rule_list, rule_text
from uppfoljning.rules.catalogue import rule_of, rules

FILE = "reports/a.yaml"
KEYS = ["kod", "nivå", "fil", "rad", "kolumn", "slutrad", "slutkolumn", "meddelande", "hjälp"]

BROKEN = {
    "plans/prov-2026.yaml": """\
plan: prov-2026
titel: Prov
typ: åtgärdsplan
period: 2026
parter: {kommunen: Kommunen}
åtaganden:
  - id: gang
    titel: Gå tillsammans
    parter: [kommunen]
    mål: {antal: löpande}
    snabbrapport: nattvandring
""",
    "reports/a.yaml": "åtagande: gang\ndatum: 2026-03-06\nslut: 02:75\ntext: Ordet 漢字 och 😀\nuppgifter: {samtl: 3}\n",
    "reports/b.yaml": "åtagande: gång\ndatum: 2026-02-30\n",
    "reports/c.csv": "åtagande;datum;uppgifter.samtal\ngang;2026-04-01;tre\ngang;2026-04-02\n",
}


def found() -> list[Located]:
    from uppfoljning.project.load import load_project

    return located(load_project(Texts(BROKEN)).findings, Texts(BROKEN))


def formatted(name: str, findings: list[Located], room: int | None = None) -> str:
    out = io.StringIO()
    FORMATS[name](findings, Screen(out, room))
    return out.getvalue()


def one(line: str, start: int, end: int, *, note: str = "", remedy: str = "", message: str = "det är fel") -> list[Located]:
    """A finding over a stretch of a line, columns from 1."""
    finding = Finding(Place(FILE, span=Span(1, start, 1, end)), Problem("S104", message, remedy, note))
    return located([finding], Texts({FILE: f"{line}\n"}))


def under_carets(text: str) -> str:
    """What the carets point at, by the cells of a terminal."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if re.search(r"│ +\^|│ \^", line))
    marks = lines[at]
    before, carets = width(marks[: marks.index("^")]), marks.count("^")
    shown, cells = "", 0
    for sign in lines[at - 1]:
        if before <= cells < before + carets:
            shown += sign
        cells += width(sign)
    return shown


@pytest.mark.parametrize("room", [None, 60])
def test_text(room: int | None) -> None:
    check_snapshot(f"fynd-text-{room or 'fritt'}", formatted("text", found(), room))


def test_short() -> None:
    check_snapshot("fynd-kort", formatted("kort", found()))


def test_json() -> None:
    check_snapshot("fynd-json", formatted("json", found()))


def test_json_is_a_contract() -> None:
    text = formatted("json", found())
    content = json.loads(text)
    assert content["version"] == 1
    assert [list(item) for item in content["fynd"]] == [KEYS] * len(found())
    assert {item["nivå"] for item in content["fynd"]} <= {"fel", "varning", "notis"}
    assert "\\u" not in text
    for item, finding in zip(content["fynd"], found(), strict=True):
        assert item["rad"] == (finding.span.line if finding.span else None)


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    findings = located([Finding(Place(FILE), Problem("F001", "filen gick inte att läsa"))], Texts({FILE: "a\n"}))
    (item,) = json.loads(formatted("json", findings))["fynd"]
    assert [item[key] for key in ("rad", "kolumn", "slutrad", "slutkolumn", "hjälp")] == [None] * 5
    assert formatted("kort", findings) == f"{FILE}: fel F001 filen gick inte att läsa\n"
    assert formatted("text", findings) == f"fel[F001]: filen gick inte att läsa\n  {FILE}\n\n"


def test_every_format_has_every_finding_in_order() -> None:
    findings = found()
    places = [(item.file, item.span.line, item.span.column) for item in findings if item.span]
    assert places == sorted(places)
    assert len(places) == len(findings) > 5
    assert re.findall(r"\w+\[(\w+)\]", formatted("text", findings)) == [item.code for item in findings]
    assert [line.split()[2] for line in formatted("kort", findings).splitlines()] == [item.code for item in findings]


@pytest.mark.parametrize(
    ("line", "start", "end", "word"),
    [
        ("slut: 02:75", 7, 12, "02:75"),
        ("å ä ö: fel", 8, 11, "fel"),
        ("😀😀: fel", 5, 8, "fel"),
        ("a: 漢字 fel", 7, 10, "fel"),
        ("a: 漢字", 4, 6, "漢字"),
        ("a: 😀", 4, 5, "😀"),
        ("q\u0301: fel", 5, 8, "fel"),
        ("a\tb: fel", 6, 9, "fel"),
        ("x" * 500 + " fel " + "y" * 500, 502, 505, "fel"),
        ("漢" * 300 + " fel", 302, 305, "fel"),
        ("fel " + "y" * 500, 1, 4, "fel"),
    ],
    ids=[
        "plain",
        "Swedish",
        "emoji before",
        "wide before",
        "wide",
        "emoji",
        "combining",
        "tab",
        "far in",
        "wide far in",
        "long after",
    ],
)
@pytest.mark.parametrize("room", [None, 60, 30])
def test_carets_stand_under_what_is_wrong(line: str, start: int, end: int, word: str, room: int | None) -> None:
    text = formatted("text", one(line, start, end, note="så här"), room)
    assert under_carets(text) == word
    assert "så här" in text
    assert [row for row in text.splitlines() if width(row) > (room or 130)] == []


def test_a_caret_past_the_end_of_a_line_still_points() -> None:
    assert "    │ " + " " * 4 + "^ här\n" in formatted("text", one("slut", 5, 5, note="här"))


def test_a_finding_over_several_lines_marks_the_first() -> None:
    finding = Finding(Place(FILE, span=Span(1, 4, 2, 3)), Problem("S104", "fel", "", ""))
    assert under_carets(formatted("text", located([finding], Texts({FILE: "a: [b,\n  c]\n"})))) == "[b,"


def test_words_fold_and_the_excerpt_does_not() -> None:
    text = formatted(
        "text", one("a: b", 4, 5, remedy="skriv ett klockslag som går att läsa " * 3, message="det här är fel " * 4), 40
    )
    assert [line for line in text.splitlines() if width(line) > 40] == []
    assert text.splitlines()[1].startswith("           det")
    assert " ".join(text.split()).count("skriv ett klockslag som går att läsa") == 3


def test_a_notice_is_one_line() -> None:
    finding = Finding(Place(FILE, span=Span(1, 1, 1, 2)), Problem("M703", "åtagandet har inget mål med tal", "skriv ett", "här"))
    text = formatted("text", located([finding], Texts({FILE: "a\n"})), 40)
    assert text == f"notis[M703]: åtagandet har inget mål med tal  {FILE}:1:1\n"


def test_the_other_place_is_named() -> None:
    finding = Finding(Place(FILE), Problem("S104", "två gånger"), Place("reports/b.yaml", span=Span(3, 2, 3, 4)))
    findings = located([finding], Texts({FILE: "a\n", "reports/b.yaml": "a\nb\nccccc\n"}))
    assert "  se även reports/b.yaml:3:2\n" in formatted("text", findings)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("bad", ["\x1b[31m", "\x9b2J", "\u202e", "\x07", "640823-3234", "19640823 3234"])
def test_nothing_in_a_finding_is_obeyed_or_personal(name: str, bad: str) -> None:
    finding = Finding(Place(f"reports/{bad}.yaml", span=Span(1, 1, 1, 3)), Problem("S104", f"m {bad}", f"h {bad}", f"n {bad}"))
    file = f"reports/{bad}.yaml"
    text = formatted(name, located([finding._replace(also=Place(file))], Texts({file: f"x {bad} y\n"})))
    assert bad not in text
    assert "S104" in text


@pytest.mark.parametrize("markup", ["[/fel]", "[bold]x[/bold]", ":smile:", "%d", "{0}"])
def test_user_text_is_never_markup(markup: str) -> None:
    text = formatted("text", one(f"a: {markup}", 4, 5, message=f"fel {markup}"))
    assert f"fel {markup}\n" in text
    assert f"│ a: {markup}\n" in text


@pytest.mark.parametrize("markup", ["[/fel]", "[bold]x[/bold]", ":smile:"])
def test_user_text_is_never_markup_in_colour(markup: str) -> None:
    out = io.StringIO()
    Screen(out, 40, colour=True).show([((markup, "title"), (f" {markup}" * 20, ""))])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert plain == f"{markup}{f' {markup}' * 20}\n"


@pytest.mark.parametrize(
    ("levels", "files", "said"),
    [
        ("", 1, "Inget att anmärka på i 1 fil."),
        ("", 3, "Inget att anmärka på i 3 filer."),
        ("f", 1, "1 fel i 1 fil."),
        ("ffvnn", 9, "2 fel, 1 varning, 2 notiser i 9 filer."),
        ("vvn", 2, "2 varningar, 1 notis i 2 filer."),
    ],
)
def test_tally(levels: str, files: int, said: str) -> None:
    codes = {"f": "S104", "v": "M702", "n": "M703"}
    findings = [Finding(Place(FILE), Problem(codes[level], "m")) for level in levels]
    assert tally(located(findings, Texts({FILE: ""})), files) == said


# Rules


@pytest.mark.parametrize("code", sorted(rules()))
def test_every_rule_can_be_read(code: str) -> None:
    rule = rule_of(code)
    assert rule
    for room in (None, 60):
        text = written(rule_text(rule, room))
        assert text.startswith(f"{code} ")
        assert {"Fel", "Rätt"} <= set(text.splitlines())
        words = " ".join(text.split())
        assert rule.why.split()[-1] in words
        assert f"({rule.level})" in words
        prose = text.split("\nFel\n")[0]
        assert max(map(width, prose.splitlines())) <= (room or 80) or room is None


def test_a_rule() -> None:
    rule = rule_of("s104")
    assert rule
    check_snapshot("regel-S104", written(rule_text(rule, None)))


@pytest.mark.parametrize("room", [None, 60, 40])
def test_the_list_of_rules(room: int | None) -> None:
    text = written(rule_list(rules().values(), room))
    assert re.findall(r"^[A-Z]\d{3}", text, re.MULTILINE) == sorted(rules())
    assert [line for line in text.splitlines() if room and width(line) > room] == []
