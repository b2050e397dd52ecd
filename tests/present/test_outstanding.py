"""What is outstanding in every face: text, letters, JSON, CSV, Markdown and a calendar that keeps to RFC 5545."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from tests.present.pieces import FOOT, figures, table, written
from tests.projects import commitment, make, plan, rows
from tests.projects import table as followed
from uppfoljning.domain.period import Period
from uppfoljning.followup.outstanding import Overview, outstanding
from uppfoljning.followup.table import Table
from uppfoljning.followup.view import View
from uppfoljning.present.layout import width
from uppfoljning.present.views.outstanding import _escaped, _folded, calendar, letters, outstanding_json, outstanding_text
from uppfoljning.present.views.outstanding_cells import listed, outstanding_csv, outstanding_markdown, spoken, spoken_day, summary

DAY = "2026-05-12"
STEPS = (
    "moment: [{id: bjud, titel: Bjud in, ansvarig: handläggare, senast: 2026-05-08},"
    " {id: lokal, titel: Boka lokal, ansvarig: handläggare, senast: 2026-05-26},"
    " {id: samling, titel: Samling, ansvarig: värd, varje: tillfälle}]"
)
WALKS = commitment(
    "{minst: 6}",
    "tillfällen: [2026-04-03, 2026-04-10, 2026-04-17, 2026-05-05, 2026-05-15, 2026-06-05]",
    "uppföljning: {rapportör: värd}",
    STEPS,
)
REPORTS = rows("2026-04-03;2026-04-04;ja\n2026-04-10;2026-04-20;nej\n2026-04-11;2026-04-12;", "datum;inlämnad;moment.samling")
LATE = "1 rapport kom sent; 1 moment är inte redovisat som gjort varje gång."
PARTLY = "Löftet, moment Samling, redovisat som gjort vid 1 av 3 tillfällen"
WIDTHS = (None, 200, 100, 80, 60, 40)


def overview(day: str = DAY, made: str = "") -> Overview:
    return outstanding(followed(make(made or plan(WALKS), "" if made else REPORTS), day))


def rich() -> Overview:
    """The project of the other faces: many kinds of titles, and duties of every sort."""
    return outstanding(table(as_of=date(2026, 8, 31)))


def text(found: list[Overview], room: int | None = None) -> str:
    return written(outstanding_text(found, FOOT, room))


def mails(found: list[Overview], room: int | None = None) -> str:
    return written(letters(found, room))


# Text


def test_text_says_the_answer_first_and_then_each_function() -> None:
    body = text([overview()]).splitlines()
    assert body[0].startswith("Prov ")
    assert body[0].endswith(" per 2026-05-12")
    assert body[1:] == [
        "2 rapporter och 1 moment saknas från 2 funktioner; 1 rapport kom sent; 1 moment är inte redovisat som gjort varje gång.",
        "",
        "Värd (värd), Klubben: 2 rapporter saknas",
        "  ○ saknas: Löftet, rapport för 2026-04-17, förföll 2026-04-24, 18 dagar sedan",
        "  ○ saknas: Löftet, rapport för 2026-05-05, senast i dag, 2026-05-12",
        "  ▲ kom sent: Löftet, rapport för 2026-04-10 (3 dagar)",
        f"  ▲ inte varje gång: {PARTLY} · inte gjort 2026-04-10 · inget svar i rapporten för 2026-04-11",
        "  · förfaller snart: Löftet, rapport för 2026-05-15, senast 2026-05-22, om 10 dagar",
        "",
        "Handläggare (handläggare), Kommunen: 1 moment saknas",
        "  ■ inte gjort: Löftet, moment Bjud in, förföll 2026-05-08, 4 dagar sedan",
        "  · förfaller snart: Löftet, moment Boka lokal, senast 2026-05-26, om 14 dagar",
        "",
        "Att göra nu: påminn 2 funktioner (uppfoljning saknas --paminnelse skriver mejlen)",
        str(FOOT),
    ]


def test_what_falls_due_today_is_said_so() -> None:
    assert "· förfaller snart: Löftet, moment Bjud in, senast i dag, 2026-05-08" in text([overview("2026-05-08")])


def test_nothing_missing_is_said_in_two_words() -> None:
    found = overview("2026-01-01")
    assert text([found]).splitlines()[1:] == ["Inget saknas.", "", str(FOOT)]
    assert outstanding_markdown([found], FOOT).count("|") == 0


def test_no_plans_and_no_commitments_are_not_called_nothing_missing() -> None:
    assert text([]).splitlines() == ["Inga planer.", "", str(FOOT)]
    assert outstanding_markdown([], FOOT) == f"Inga planer.\n\n{FOOT}\n"
    empty = outstanding(followed(make(plan(WALKS)), DAY, "2027"))
    assert summary([empty]) == "Inga åtaganden."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-04-10", "Inget saknas."),
        (
            "2026-05-09",
            f"1 rapport och 1 moment saknas från 2 funktioner; {LATE}",
        ),
        ("2026-04-20", f"Inget saknas; {LATE}"),
    ],
)
def test_summary(day: str, said: str) -> None:
    assert summary([overview(day)]) == said


def test_summary_of_several_plans_counts_all() -> None:
    both = summary([overview(), overview()])
    assert both.startswith(
        "4 rapporter och 2 moment saknas från 4 funktioner; 2 rapporter kom sent; 2 moment är inte redovisade som"
    )


def test_a_view_of_a_period_says_so() -> None:
    found = outstanding(followed(make(plan(WALKS), REPORTS), DAY, "2026-T1"))
    assert text([found]).splitlines()[0].endswith("2026-T1, per 2026-05-12")
    assert "2026-T1, per 2026-05-12. 1 rapport saknas från 1 funktion" in outstanding_markdown([found], FOOT)


def test_many_days_are_counted_after_the_first_twelve() -> None:
    many = rows("\n".join(f"2026-04-{number:02};nej" for number in range(1, 15)), "datum;moment.samling")
    found = outstanding(followed(make(plan(WALKS), many), DAY))
    assert "inte gjort 2026-04-01, 2026-04-02, " in text([found])
    assert "2026-04-12 och 2 till" in text([found])


def test_a_row_that_is_folded_stands_further_in() -> None:
    assert "  ○ saknas: Löftet, rapport för\n    2026-04-17, förföll 2026-04-24,\n    18 dagar sedan\n  ○ saknas: " in text(
        [overview()], 40
    )


@pytest.mark.parametrize("room", [room for room in WIDTHS if room])
def test_no_line_is_wider_than_the_screen(room: int) -> None:
    for found in (overview(), rich()):
        for face in (text([found], room), mails([found], room)):
            assert [line for line in face.splitlines() if width(line) > room] == []


@pytest.mark.parametrize("room", [*WIDTHS, 20])
def test_every_figure_survives_every_width(room: int | None) -> None:
    for found in (overview(), rich()):
        assert figures(text([found], room)) == figures(text([found]))
        assert figures(mails([found], room)) == figures(mails([found]))


# Letters


def test_a_letter() -> None:
    first = mails([overview()]).split("=" * 72)[1]
    assert (
        first
        == """
Mejl 1 av 2

Till: funktionsbrevlådan för Värd, Klubben
Ämne: Påminnelse om 2 snabbrapporter och 1 moment – Prov

Hej Värd!

Vi väntar på de här snabbrapporterna från dig:
- Löftet: fre 17 apr och tis 5 maj (senast i dag)

Vi ser inte i rapporterna om det här gjordes:
- Samling (Löftet): lör 11 apr

Det här är på gång de närmaste två veckorna:
- Löftet: rapport för fre 15 maj, senast fre 22 maj

Så gör du: skicka snabbrapporten, eller en nollrapport om inget hände. Blev något inställt? Skriv det i rapporten.
Är momentet redan gjort, eller blev det ändrat? Svara på det här mejlet, så fyller vi i det.
Har du redan skickat rapporten? Tack! Säg till, så letar vi rätt på den.

Tack för hjälpen!

"""
    )


def test_a_letter_of_steps_only() -> None:
    second = mails([overview()]).split("=" * 72)[2]
    assert "Ämne: Påminnelse om 1 moment – Prov\n" in second
    assert "Det här momentet ser ut att vara kvar:\n- Bjud in (Löftet), planerat till fre 8 maj\n" in second
    assert "- Boka lokal (Löftet), senast tis 26 maj\n" in second
    assert "nollrapport" not in second


def test_a_letter_holds_nothing_but_what_is_missing_or_soon() -> None:
    body = mails([overview()])
    for left_out in ("3 apr", "10 apr", "5 jun", "kom sent"):
        assert left_out not in body


@pytest.mark.parametrize("day", ["2026-01-01", "2026-04-09"])
def test_no_letter_is_written_where_nothing_is_missing(day: str) -> None:
    assert mails([overview(day)]) == "Inget saknas, så det behövs ingen påminnelse.\n"


def test_a_letter_never_blames() -> None:
    for found in (overview(), rich()):
        assert not re.search("förföll|försen|sent|slarv|måste|borde|skulle|glömt|skyldig|inte gjort|inte skickat", mails([found]))


def test_letters_are_the_same_every_time() -> None:
    assert mails([overview()]) == mails([overview()])
    assert mails([rich()]).count("Hej ") == mails([rich()]).count("Tack för hjälpen!") == 2


def test_a_party_gets_its_letter_at_its_own_name() -> None:
    made = plan(commitment("{minst: 1}", "tillfällen: [2026-04-03]"))
    body = mails([overview(made=made)])
    assert "Till: funktionsbrevlådan för Kommunen\nÄmne: Påminnelse om 1 snabbrapport – Prov\n" in body
    assert "Vi väntar på en snabbrapport från dig:\n- Löftet: fre 3 apr\n" in body


def test_days_of_another_year_say_which() -> None:
    near = date(2027, 1, 8)
    assert spoken_day(date(2026, 12, 19), near) == "lör 19 dec 2026"
    assert spoken(Period(date(2026, 12, 1), date(2026, 12, 31)), near) == "december 2026"
    assert spoken(Period(date(2027, 1, 1), date(2027, 1, 31)), near) == "januari"
    assert spoken(Period(date(2026, 12, 28), date(2027, 1, 3)), near) == "v. 53 2026"


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_listed(words: list[str], expected: str) -> None:
    assert listed(words) == expected


# JSON, CSV and Markdown


def content(found: list[Overview]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(outstanding_json(found, FOOT, View(date(2026, 5, 12))))
    return read


def test_json() -> None:
    found = content([overview()])
    host, officer = found.pop("funktioner")
    assert found == {
        "version": 1,
        "plan": "prov-2026",
        "vid": "2026-05-12",
        "period": None,
        "commit": FOOT.commit,
        "filer": {"lästa": 12, "utelämnade": 0, "utelämnade_rader": 0},
        "snart_dagar": 14,
        "antal": {"saknade": 2, "moment_kvar": 1, "funktioner": 2, "sena": 1, "moment_delvis": 1},
    }
    about = {"slag": "rapport", "åtagande": "lov", "titel": "Löftet"}
    step = {"slag": "moment", "åtagande": "lov", "titel": "Löftet"}
    assert host == {
        "plan": "prov-2026", "id": "värd", "titel": "Värd", "part": "klubben", "part_titel": "Klubben",
        "saknade": [
            about | {"avser": "2026-04-17", "förfaller": "2026-04-24", "dagar_sedan": 18},
            about | {"avser": "2026-05-05", "förfaller": "2026-05-12", "dagar_sedan": 0},
        ],
        "sena": [about | {"avser": "2026-04-10", "förfaller": "2026-04-17", "inkom": "2026-04-20", "dagar_sent": 3}],
        "moment_kvar": [],
        "moment_delvis": [
            step | {"moment": "samling", "moment_titel": "Samling", "gjort": 1, "tillfällen": 3,
                    "inte_gjort": ["2026-04-10"], "inget_svar": ["2026-04-11"]}
        ],
        "snart": [about | {"avser": "2026-05-15", "förfaller": "2026-05-22", "dagar_kvar": 10}],
    }  # fmt: skip
    assert officer["moment_kvar"] == [
        step | {"moment": "bjud", "moment_titel": "Bjud in", "förfaller": "2026-05-08", "dagar_sedan": 4}
    ]
    assert officer["snart"] == [
        step | {"moment": "lokal", "moment_titel": "Boka lokal", "förfaller": "2026-05-26", "dagar_kvar": 14}
    ]


def test_json_of_several_plans_names_none_and_of_none_is_empty() -> None:
    assert content([overview(), overview()])["plan"] is None
    assert len(content([overview(), overview()])["funktioner"]) == 4
    assert content([])["funktioner"] == []


def csv_rows(found: list[Overview]) -> list[dict[str, str]]:
    body = outstanding_csv(found)
    assert body.startswith("\ufeffplan;funktion;")
    assert body.count("\n") == body.count("\r\n")
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_csv_reads_back_to_the_facts_of_json() -> None:
    lists = ("saknade", "moment_kvar", "sena", "moment_delvis", "snart")
    for found in (overview(), rich()):
        told = [(one, item) for one in content([found])["funktioner"] for name in lists for item in one[name]]
        read = csv_rows([found])
        assert len(read) == len(told) > 5
        for row, (one, item) in zip(read, told, strict=True):
            days = next((str(item[name]) for name in ("dagar_sedan", "dagar_sent", "dagar_kvar") if name in item), "")
            assert (row["funktion"], row["part"], row["slag"], row["åtagande"], row["dagar"]) == (
                one["id"], one["part"], item["slag"], item["åtagande"], days,
            )  # fmt: skip
            assert (row["avser"], row["förfaller"], row["inkom"]) == tuple(
                item.get(name, "") for name in ("avser", "förfaller", "inkom")
            )
            assert (row["moment"], row["gjort"], row["tillfällen"]) == tuple(
                str(item.get(name, "")) for name in ("moment", "gjort", "tillfällen")
            )


def test_csv_names_the_states() -> None:
    assert [row["läge"] for row in csv_rows([overview()])] == [
        "saknas", "saknas", "kom sent", "inte varje gång", "snart", "inte gjort", "snart",
    ]  # fmt: skip


def test_csv_runs_no_formula() -> None:
    found = overview(made=plan(WALKS.replace("titel: Löftet", 'titel: "=1+1"').replace("titel: Boka lokal", 'titel: "@lokal"')))
    cells = [cell for row in csv_rows([found]) for cell in row.values()]
    assert {"'=1+1", "'@lokal"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_markdown_has_the_same_rows() -> None:
    body = outstanding_markdown([overview()], FOOT)
    assert body.startswith("## Prov\n\nPer 2026-05-12. 2 rapporter och 1 moment saknas från 2 funktioner; ")
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in body.splitlines() if line.startswith("| ")]
    assert lines[0] == ["Ansvarig", "Läge", "Åtagande", "Vad", "När"]
    assert [line[1] for line in lines[1:]] == [row["läge"] for row in csv_rows([overview()])]
    assert lines[1] == [
        "Värd (värd), Klubben", "saknas", "Löftet", "rapport för 2026-04-17", "förföll 2026-04-24, 18 dagar sedan",
    ]  # fmt: skip
    assert lines[3][4] == "kom 2026-04-20, 3 dagar efter 2026-04-17"
    assert lines[4][3:] == ["moment: Samling", "1 av 3 tillfällen"]


# The calendar


class Line(NamedTuple):
    name: str
    params: str
    value: str


def content_lines(body: str) -> list[Line]:
    """A calendar as RFC 5545 3.1 reads it: lines of at most 75 octets ended by CRLF, unfolded, cut at the first colon."""
    octets = body.encode()
    assert octets.endswith(b"\r\n")
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", octets)
    raw = octets[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75
        assert not re.search(rb"[\r\n]", line)
        line.decode()  # each piece is whole letters
    return [Line(*_cut(line)) for line in b"\r\n".join(raw).replace(b"\r\n ", b"").decode().split("\r\n")]


def _cut(line: str) -> tuple[str, str, str]:
    head, colon, value = line.partition(":")
    assert colon
    name, _, params = head.partition(";")
    assert re.fullmatch("[A-Z-]+", name)
    return name, params, value


def unescaped(value: str) -> str:
    """A TEXT value (3.3.11); anything that is not allowed to stand there fails."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


def events(body: str) -> Iterator[dict[str, Line]]:
    lines = content_lines(body)
    assert [line[0::2] for line in (lines[0], lines[1], lines[-1])] == [
        ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("END", "VCALENDAR"),
    ]  # fmt: skip
    assert sum(line.name == "PRODID" for line in lines) == 1
    inside: list[Line] | None = None
    for line in lines[1:-1]:
        if line.name == "BEGIN":
            assert (line.value, inside) == ("VEVENT", None)
            inside = []
        elif line.name == "END":
            assert line.value == "VEVENT"
            assert inside is not None
            found = {one.name: one for one in inside}
            assert len(found) == len(inside)
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(found)
            yield found
            inside = None
        elif inside is not None:
            inside.append(line)
    assert inside is None


def ics(found: list[Overview], day: str = DAY) -> str:
    return calendar(found, date.fromisoformat(day))


def test_the_calendar_holds_what_falls_due_from_the_day_on() -> None:
    assert [
        (one["DTSTART"].params, one["DTSTART"].value, unescaped(one["SUMMARY"].value)) for one in events(ics([overview()]))
    ] == [
        ("VALUE=DATE", "20260522", "Rapport: Löftet, 2026-05-15 (Värd)"),
        ("VALUE=DATE", "20260526", "Moment: Boka lokal, Löftet (Handläggare)"),
        ("VALUE=DATE", "20260612", "Rapport: Löftet, 2026-06-05 (Värd)"),
    ]


def test_an_event_is_stamped_with_the_day_looked_at_and_tells_what_to_do() -> None:
    first, second, _ = events(ics([overview()]))
    assert {one["DTSTAMP"].value for one in (first, second)} == {"20260512T000000Z"}
    assert unescaped(first["DESCRIPTION"].value).splitlines() == [
        "Sista dagen att lämna rapporten i tid.",
        "Ansvarig: Värd (värd), Klubben",
        "Plan: Prov",
        "Skicka snabbrapporten, eller en nollrapport om inget hände.",
    ]
    assert unescaped(second["DESCRIPTION"].value).splitlines()[0] == "Sista dagen för momentet."


@pytest.mark.parametrize(("day", "there"), [("2026-05-08", True), ("2026-05-09", False)])
def test_a_step_is_in_the_calendar_through_its_last_day(day: str, there: bool) -> None:
    assert ("20260508" in [one["DTSTART"].value for one in events(ics([overview(day)], day))]) is there


@pytest.mark.parametrize(("day", "there"), [("2026-05-21", True), ("2026-05-22", False)])
def test_a_report_is_in_the_calendar_until_it_is_due(day: str, there: bool) -> None:
    assert ("20260522" in [one["DTSTART"].value for one in events(ics([overview(day)], day))]) is there


def test_identities_are_one_each_and_stay_when_the_due_day_moves() -> None:
    later = plan(WALKS.replace("rapportör: värd", "rapportör: handläggare, anstånd: 9").replace("2026-05-26", "2026-06-26"))
    now, then = (list(events(ics([overview(made=made)]))) for made in (plan(WALKS), later))
    identities = [{one["UID"].value for one in found} for found in (now, then)]
    assert identities[0] == identities[1] - {"prov-2026/lov/2026-05-05--2026-05-05@uppfoljning"}
    assert len(identities[0]) == len(now)
    assert "prov-2026/lov/2026-05-15--2026-05-15@uppfoljning" in identities[0]
    assert "prov-2026/lov/moment/lokal@uppfoljning" in identities[0]
    assert [one["DTSTART"].value for one in now] != [one["DTSTART"].value for one in then]


def test_two_duties_of_the_same_days_are_one_event() -> None:
    made = plan(commitment("{minst: 1}", "tillfällen: [2026-06-03]", "uppföljning: {rapporteras: dygn}", "period: 2026-06-03"))
    found = overview(made=made)
    assert len(found.functions[0].ahead) == 2
    assert len(list(events(ics([found])))) == 1


DAILY = "tillfällen: [2026-06-01, 2026-06-02, 2026-06-03, 2026-06-04, 2026-06-05, 2026-06-09]"


def test_what_falls_due_for_a_function_in_a_week_is_one_event() -> None:
    made = plan(commitment("{minst: 1}", DAILY, "ansvarig: värd", "uppföljning: {rapportör: värd, anstånd: 0}"))
    first, second = events(ics([overview("2026-05-31", made=made)], "2026-05-31"))
    assert first["DTSTART"].value == "20260601"
    assert first["UID"].value == "prov-2026/värd/2026-W23@uppfoljning"
    assert unescaped(first["SUMMARY"].value) == "Senast i vecka 23: 5 rapporter (Värd)"
    told = unescaped(first["DESCRIPTION"].value).splitlines()
    assert told[:2] == [f"2026-06-0{day}: Rapport: Löftet, 2026-06-0{day} (Värd)" for day in (1, 2)]
    assert told[-3:] == [
        "Ansvarig: Värd (värd), Klubben",
        "Plan: Prov",
        "Skicka snabbrapporten, eller en nollrapport om inget hände.",
    ]
    # One that is alone in its week keeps the identity of its promise.
    assert second["UID"].value == "prov-2026/lov/2026-06-09--2026-06-09@uppfoljning"


def test_days_in_a_row_without_a_report_are_one_row() -> None:
    made = plan(commitment("{minst: 1}", DAILY, "ansvarig: värd", "uppföljning: {rapportör: värd, anstånd: 0}"))
    found = overview("2026-06-20", made=made)
    row = "rapport för 2026-06-01 till 2026-06-09 (6 dagar)"
    assert f"  ○ saknas: Löftet, {row}, den första förföll 2026-06-01, 19 dagar sedan" in text([found]).splitlines()
    assert text([found]).count("○ saknas") == 1
    assert outstanding_markdown([found], FOOT).count(row) == 1
    assert "- Löftet: mån 1 jun till tis 9 jun (6 dagar)" in mails([found]).splitlines()
    # The summary counts reports, and what a program reads has a row for each.
    assert "6 rapporter saknas" in text([found])
    assert len(outstanding_csv([found]).splitlines()) == 7


def test_a_day_that_was_reported_parts_the_row() -> None:
    made = plan(commitment("{minst: 1}", DAILY, "ansvarig: värd", "uppföljning: {rapportör: värd, anstånd: 0}"))
    shown = text([outstanding(followed(make(made, rows("2026-06-04;2026-06-04", "datum;inlämnad")), "2026-06-20"))])
    assert "rapport för 2026-06-01 till 2026-06-03 (3 dagar)" in shown
    assert "rapport för 2026-06-05, förföll" in shown
    assert "rapport för 2026-06-09, förföll" in shown
    assert shown.count("○ saknas") == 3


def test_nothing_ahead_is_no_calendar() -> None:
    assert ics([overview("2027-06-01")], "2027-06-01") == ""
    assert ics([]) == ""


def test_a_calendar_of_every_kind_of_title_keeps_to_the_rules() -> None:
    day = date(2026, 1, 1)
    seen = outstanding(table(as_of=day))
    found = list(events(calendar([seen], day)))
    weeks = {(one.who.id, *item.due.isocalendar()[:2]) for one in seen.functions for item in one.ahead}
    assert len(found) == len(weeks) < sum(len(one.ahead) for one in seen.functions) == 12 + 4 + 2 + 6
    assert any("[/fel] [bold]Skyltar[/bold] med **stjärnor**" in unescaped(one["DESCRIPTION"].value) for one in found)
    assert all(unescaped(one[name].value) for one in found for name in ("UID", "SUMMARY", "DESCRIPTION"))


@pytest.mark.parametrize("value", ["a;b,c\\d\ne", "\\n", "\\;", "", ",,", "å\nö"])
def test_escaped_text_reads_back(value: str) -> None:
    assert "\n" not in _escaped(value)
    assert unescaped(_escaped(value)) == value


@pytest.mark.parametrize("sign", ["a", "å", "–", "😀"])
@pytest.mark.parametrize("length", [*range(15, 20), *range(36, 39), *range(73, 78), 149, 150, 400])
def test_folded_lines_are_full_and_read_back(sign: str, length: int) -> None:
    pieces = list(_folded(sign * length))
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == sign * length
    assert all(piece.startswith(" ") for piece in pieces[1:])
    sizes = [len(piece.encode()) for piece in pieces]
    assert max(sizes) <= 75
    assert all(size > 75 - len(sign.encode()) for size in sizes[:-1])


def test_a_due_day_at_the_end_of_time_is_written() -> None:
    made = plan(commitment("{minst: 1}", "uppföljning: {anstånd: 7}"), period="9999")
    (one,) = events(ics([overview(made=made)]))
    assert one["DTSTART"].value == "99991231"


# What all have in common


@pytest.mark.parametrize("room", [80, 20])
def test_a_personal_number_is_never_shown(room: int) -> None:
    found = followed(make(plan(WALKS), REPORTS), DAY)
    (line,) = found.lines
    steps = tuple(step.but(title=f"Ring 19640823-3234 {step.title}") for step in line.commitment.steps)
    named = line.commitment.but(title="Nisse 640823-3234 \x1b[2J", steps=steps)
    functions = {name: one.but(title=f"{one.title} 6408233234") for name, one in found.plan.functions.items()}
    hidden = found.plan.but(
        title="Plan 640823 3234", functions=functions, parties={**found.plan.parties, "klubben": "640823+3234"}
    )
    one = outstanding(Table(hidden, found.view, (line._replace(matter=line.matter._replace(commitment=named)),)))
    faces = [
        text([one], room),
        mails([one], room),
        outstanding_json([one], FOOT, found.view),
        outstanding_csv([one]),
        outstanding_markdown([one], FOOT),
        calendar([one], found.view.as_of),
    ]
    for face in faces:
        assert not re.search("640823|3234|\x1b", re.sub(r"\s", "", face))
        assert "Nisse" in face


def test_markdown_never_takes_user_text_for_markup() -> None:
    found = overview(made=plan(WALKS.replace("titel: Löftet", 'titel: "**Nu** | <b>här</b>"')))
    assert r"| \*\*Nu\*\* \| &lt;b&gt;här&lt;/b&gt; |" in outstanding_markdown([found], FOOT)
    assert "**Nu** | <b>här</b>, rapport för" in text([found])


def test_the_window_is_a_fortnight() -> None:
    day = date(2026, 5, 22) - timedelta(days=14)
    assert "senast 2026-05-22, om 14 dagar" in text([overview(str(day))])
    assert "2026-05-22" not in text([overview(str(day - timedelta(days=1)))])
