"""The follow-up in every face: the same facts as text, JSON, CSV and Markdown, compared with kept snapshots."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from html import unescape
from typing import Any

import pytest

from tests.present.pieces import AS_OF, EVERYTHING, FOOT, check_snapshot, figures, line, table, written
from uppfoljning.domain.period import Period
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Selection, Table, selected
from uppfoljning.followup.view import View
from uppfoljning.present.escape import json_text, one_line, shown
from uppfoljning.present.layout import width
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import cell_text as csv_text
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status import nothing, status_text, style_of, summary
from uppfoljning.present.views.status_detail import detail_text, explain_text
from uppfoljning.present.views.status_document import number, status_csv, status_json, status_markdown

WIDTHS = (None, 200, 120, 80, 60, 40)
NAMES = [one.commitment.id for one in table().lines]
POLICE = Selection(party="polisen")
VIEW = View(AS_OF)


def text(room: int | None, selection: Selection = EVERYTHING) -> str:
    return written(status_text(selected([table()], selection), FOOT, room, selection))


def detail(name: str, room: int | None, selection: Selection = EVERYTHING) -> str:
    return written(detail_text(table(), line(name), FOOT, room, selection))


def explained(name: str, room: int | None) -> str:
    return written(explain_text(table(), line(name), FOOT, room))


@pytest.mark.parametrize("room", WIDTHS)
def test_status_text(room: int | None) -> None:
    check_snapshot(f"status-{room or 'fritt'}", text(room))


def test_status_text_of_a_party() -> None:
    check_snapshot("status-polisen", text(100, POLICE))


@pytest.mark.parametrize("room", [None, 60])
@pytest.mark.parametrize("name", ["tillsyn", "kvällar"])
def test_detail_text(name: str, room: int | None) -> None:
    check_snapshot(f"detalj-{name}-{room or 'fritt'}".replace("ä", "a"), detail(name, room))


@pytest.mark.parametrize("room", [None, 60])
@pytest.mark.parametrize("name", ["tillsyn", "kvällar", "områden", "besök"])
def test_explain_text(name: str, room: int | None) -> None:
    file = f"underlag-{name}-{room or 'fritt'}".translate(str.maketrans("åäö", "aao"))
    check_snapshot(file, explained(name, room))


@pytest.mark.parametrize("room", [room for room in WIDTHS if room])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_screen(name: str, room: int) -> None:
    for found in (text(room), detail(name, room), explained(name, room)):
        assert [one for one in found.splitlines() if width(one) > room] == []


@pytest.mark.parametrize("room", [*WIDTHS, 20])
def test_every_figure_survives_every_width(room: int | None) -> None:
    assert figures(text(room)) == figures(text(None))


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_one_commitment_survives(name: str) -> None:
    for room in (200, 80, 60, 30):
        assert figures(detail(name, room)) == figures(detail(name, None))


def test_every_word_survives_every_width() -> None:
    words = set(re.sub(r"[▓░]+", " ", text(None)).split()) - {"Åtagande", "Part", "Hittills", "Hela", "målet", "Mot", "planen"}
    for room in (200, 120, 80):
        assert words - set(text(room).replace("\n", " ").split()) <= {
            "Grannsamverkansföreningsområdesutvidgningsarbetsgruppsmöten"
        }


def test_the_answer_comes_first() -> None:
    first, answer = text(None).splitlines()[:2]
    assert first.startswith("Åtgärdsplan för Provköping 2026 ")
    assert first.endswith(" per 2026-08-31")
    assert answer == (
        "3 av 8 åtaganden med måltal följer planen · 1 överskridet · 2 efter · 1 osäkert, för få rapporter · 1 inte påbörjat"
        " · 1 utan måltal"
    )


@pytest.mark.parametrize("room", [200, 60])
def test_a_row_names_its_commitment_figure_and_state(room: int) -> None:
    """Read aloud on its own, a row tells which target it is about and how it goes."""
    found = text(room)
    if room == 200:
        row = next(one for one in found.splitlines() if one.startswith("Kvällar på hamnplan, antal"))
        assert re.split(" {2,}", row.strip()) == [
            "Kvällar på hamnplan, antal", "klubben", "3 av 4", "13", "▓▓▓▓▓▓▓░░░ 75 %", "○ osäkert",
        ]  # fmt: skip
    else:
        card = "Kvällar på hamnplan, antal\n  hittills 3 av 4 · hela målet 13 · mot planen 75 %\n  ○ osäkert\n  klubben\n"
        assert card in found


def test_the_summary_of_a_plan_that_is_over() -> None:
    after = table(as_of=date(2027, 3, 1))
    assert summary(after).startswith("1 av 8 åtaganden med måltal är uppnådda · ")
    assert summary(Table(after.plan, after.view, after.lines[2:3])) == "1 av 1 åtagande med måltal är uppnått"
    assert summary(Table(after.plan, after.view, ())) == "Inga åtaganden."


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_shape_and_a_word(status: Status) -> None:
    shape, _, word = cells.status(status).partition(" ")
    assert (len(shape), word) == (1, status.value)
    assert style_of(status) in ("good", "warn", "bad", "open", "")


def test_bad_news_and_missing_data_do_not_look_alike() -> None:
    assert cells.SHAPES[Status.NO_DATA] != cells.SHAPES[Status.BEHIND]
    assert style_of(Status.NO_DATA) != style_of(Status.BEHIND)


def test_a_table_over_a_period_says_so() -> None:
    spring = table(Period(date(2026, 1, 1), date(2026, 4, 30)), date(2026, 5, 12))
    first = written(status_text([spring], FOOT, 80, EVERYTHING)).splitlines()[0]
    assert first.endswith("2026-T1, per 2026-05-12")
    assert "2026-T1, per 2026-05-12. " in status_markdown([spring], FOOT, EVERYTHING)
    assert json.loads(status_json([spring], FOOT, spring.view, EVERYTHING))["period"] == "2026-T1"


@pytest.mark.parametrize(("selection", "said"), [(EVERYTHING, "Inga planer."), (POLICE, "Inget åtagande passar urvalet.")])
def test_no_table_at_all_is_said(selection: Selection, said: str) -> None:
    assert nothing(selection) == said
    assert written(status_text([], FOOT, 80, selection)).startswith(f"{said}\n\nper 2026-08-31 · 12 filer lästa")
    assert status_markdown([], FOOT, selection).startswith(f"{said}\n")
    assert json.loads(status_json([], FOOT, VIEW, selection))["åtaganden"] == []


def test_the_foot() -> None:
    day = date(2026, 8, 31)
    assert str(Provenance(day, "", 1, 0, 0)) == "per 2026-08-31 · 1 fil läst, 0 utelämnade · utanför git"
    assert str(Provenance(day, "3f2a91c0d4", 1200, 2, 1)) == (
        "per 2026-08-31 · 1 200 filer lästa, 2 utelämnade och 1 rad utelämnad på grund av fel (uppfoljning validera visar vilka)"
        " · senaste commit 3f2a91c"
    )


def test_a_party_sees_what_it_had() -> None:
    assert "varav polisen: 4 · " in text(200, POLICE)
    assert "  varav polisen: 4\n" in detail("tillsyn", 80, POLICE)
    assert "varav" not in detail("tillsyn", 80)


# JSON


def content(selection: Selection = EVERYTHING) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(status_json(selected([table()], selection), FOOT, VIEW, selection))
    return found


def test_json() -> None:
    check_snapshot("status-json", status_json([table()], FOOT, VIEW, EVERYTHING))


COMMITMENT = {"id", "titel", "parter", "status", "bedömning", "fullständighet", "punktlighet", "avvikelser", "saknade", "mål"}
TARGET = {
    "id", "operator", "värde", "enhet", "förväntat", "utfall", "andel", "takt", "status", "prognos", "ej_redovisat",
    "villkor_ej_visat",
}  # fmt: skip


def test_json_holds_the_promised_keys() -> None:
    """The contract of interface.md: these may gain company, never go."""
    found = content()
    assert {"version", "plan", "vid", "period", "commit", "åtaganden"} <= set(found)
    assert (found["version"], found["plan"], found["vid"], found["period"]) == (1, "prov-2026", "2026-08-31", None)
    for commitment in found["åtaganden"]:
        assert set(commitment) >= COMMITMENT
        for target in commitment["mål"]:
            assert set(target) >= TARGET


def test_json_has_numbers_as_numbers_and_the_unknown_as_null() -> None:
    targets = {(one["id"], target["id"]): target for one in content()["åtaganden"] for target in one["mål"]}
    assert targets["tillsyn", None] | {"status": ""} == {
        "id": None, "operator": "minst", "värde": 24, "enhet": "tillsyner", "förväntat": 14,
        "mål_för_redovisad_del": None, "mot_planen": 4 / 14,
        "utfall": 4, "säkerhet": None,
        "andel": 4 / 24, "takt": 4 / 14, "status": "", "prognos": 4 * 24 / 14, "ej_redovisat": [], "villkor_ej_visat": 0,
        "varav": None,
        "beslutat": None,
        "förra": None,
    }  # fmt: skip
    assert targets["kvällar", "nådda"]["värde"] == 0.9
    assert targets["kvällar", "samtal"]["säkerhet"] == "ca"
    assert targets["spann", None]["värde"] == [4, 6]
    assert targets["sen", None]["utfall"] is None
    assert targets["behov", None]["värde"] is None
    assert targets["besök", None]["villkor_ej_visat"] == 1
    for target in targets.values():
        for key in ("förväntat", "utfall", "andel", "takt", "prognos"):
            assert target[key] is None or (isinstance(target[key], (int, float)) and not isinstance(target[key], bool))


def test_json_leaves_swedish_letters_alone() -> None:
    written_json = status_json([table()], FOOT, VIEW, EVERYTHING)
    assert '"åtaganden"' in written_json
    assert "\\u" not in written_json


def test_json_of_several_plans_names_none() -> None:
    found = json.loads(status_json([table(), table()], Provenance(date(2026, 8, 31), "", 1, 0, 0), VIEW, EVERYTHING))
    assert (found["plan"], found["commit"]) == (None, None)
    assert {one["plan"] for one in found["åtaganden"]} == {"prov-2026"}


@pytest.mark.parametrize(("value", "expected"), [(None, None), (3, 3), (Fraction(6, 2), 3), (Fraction(3, 4), 0.75)])
def test_json_number(value: Fraction | int | None, expected: float | None) -> None:
    assert (number(value), type(number(value))) == (expected, type(expected))


# CSV


def csv_rows(selection: Selection = EVERYTHING) -> list[dict[str, str]]:
    found = status_csv(selected([table()], selection), selection)
    return list(csv.DictReader(io.StringIO(found.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_csv() -> None:
    check_snapshot("status-csv", status_csv([table()], EVERYTHING))


def test_csv_is_what_swedish_excel_wants() -> None:
    found = status_csv([table()], EVERYTHING)
    assert found.startswith("\ufeffplan;åtagande;titel;")
    assert found.count("\n") == found.count("\r\n") == 1 + sum(len(one.rows) for one in table().lines)
    assert not found.replace("\r\n", "").count("\r")
    assert "66,6667" in found


def numbers(row: dict[str, str]) -> Iterator[float | None]:
    scale = {"förväntat hittills": 1, "utfall": 1, "andel procent": 100, "takt procent": 100}
    for column, divisor in scale.items():
        yield float(row[column].replace(",", ".")) / divisor if row[column] else None


def test_csv_reads_back_to_the_numbers_of_json() -> None:
    targets = [(one["id"], target) for one in content()["åtaganden"] for target in one["mål"]]
    rows = csv_rows()
    assert len(rows) == len(targets)
    for row, (name, target) in zip(rows, targets, strict=True):
        assert (row["åtagande"], row["mål"], row["status"]) == (name, target["id"] or "", target["status"])
        found = [target["förväntat"], target["utfall"], target["andel"], target["takt"]]
        assert list(numbers(row)) == [value if value is None else pytest.approx(value, abs=1e-4) for value in found]


def test_csv_runs_no_formula() -> None:
    rows = {row["åtagande"]: row for row in csv_rows()}
    assert (rows["formel"]["titel"], rows["formel"]["enhet"]) == ("'=SUMMA(A1:A9)", "'-klagomål")
    assert not [cell for row in rows.values() for cell in row.values() if cell.startswith(("=", "+", "@", "-"))]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+46", "'+46"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("a=1", "a=1"),
        ("två\nrader", "två rader"),
        ("\x1b[31m", "·[31m"),
        ("640823-3234", "••••••-••••"),
    ],
)
def test_csv_text(cell: str, expected: str) -> None:
    assert csv_text(cell) == expected


def test_csv_leaves_a_negative_number_a_number() -> None:
    before = table(as_of=date(2026, 6, 30))
    lowered = [one for one in before.lines if one.commitment.id == "områden"]
    (row,) = lowered[0].rows
    worse = lowered[0]._replace(rows=(row._replace(fulfilment=Fraction(-1, 3)),))
    found = status_csv([Table(before.plan, before.view, (worse,))], EVERYTHING)
    assert ";-33,3333;" in found


# Markdown


def test_markdown() -> None:
    check_snapshot("status-md", status_markdown([table()], FOOT, EVERYTHING))


def markdown_rows() -> list[list[str]]:
    """The table as a reader of Markdown takes it: cells between bars that are not escaped, escapes undone."""
    lines = [one for one in status_markdown([table()], FOOT, EVERYTHING).splitlines() if one.startswith("| ")]
    cut = [re.split(r"(?<!\\)\|", one)[1:-1] for one in lines]
    return [[unescape(re.sub(r"\\([\\`*_\[\]|~#])", r"\1", cell.strip())) for cell in row] for row in cut]


def test_markdown_reads_back() -> None:
    head, *rows = markdown_rows()
    assert head == ["Åtagande", "Part", "Hittills", "Hela målet", "Mot planen", "Status", "Anmärkning"]
    shown_rows = [(one, row) for one in table().lines for row in one.rows]
    assert [row[:6] for row in rows] == [
        [cells.title(one, row), cells.parties(one), cells.so_far(row), cells.whole(row), _percent(row), cells.status(row.status)]
        for one, row in shown_rows
    ]


def _percent(row: Any) -> str:
    from uppfoljning.present.figures import percent

    return percent(cells.against_plan(row))


def test_markdown_never_takes_user_text_for_markup() -> None:
    row = next(one for one in status_markdown([table()], FOOT, EVERYTHING).splitlines() if "Skyltar" in one)
    assert r"\[/fel\] \[bold\]Skyltar\[/bold\] med \*\*stjärnor\*\* \| =1+1 och &lt;b&gt;rör&lt;/b&gt;" in row


# What all have in common


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("a\x1b]0;x\x07b", "a·]0;x·b"),
        ("\x9b31m", "·31m"),
        ("\u202eabc\u2066", "·abc·"),
        ("a\nb", "a·b"),
        ("19640823-3234", "••••••••-••••"),
        ("640823 3234 och 701063-2391", "•••••• •••• och ••••••-••••"),
        ("å [bold] 😀", "å [bold] 😀"),
    ],
)
def test_shown(found: str, expected: str) -> None:
    assert shown(found) == expected
    assert len(expected) == len(found)


def test_one_line() -> None:
    assert one_line("  två\n\trader\u2028här ") == "två rader här"


def test_json_text_covers_texts_and_spares_figures() -> None:
    found = json_text({"640823-3234": ["6408233234", 6408233234, 0.6408233234, None, True], "t": "\x9b\u202e\x1b\n"})
    assert json.loads(found) == {"••••••-••••": ["••••••••••", 6408233234, 0.6408233234, None, True], "t": "\x9b\u202e\x1b\n"}
    assert "\x9b" not in found
    assert "\u202e" not in found


@pytest.mark.parametrize("room", [80, 20])
def test_a_personal_number_in_a_title_is_never_shown(room: int) -> None:
    found = line("spann")
    named = found._replace(matter=found.matter._replace(commitment=found.commitment.but(title="Nisse 640823-3234 \x1b[2J")))
    one = Table(table().plan.but(title="Plan 19640823-3234"), table().view, (named,))
    faces = [
        written(status_text([one], FOOT, room, EVERYTHING)),
        written(detail_text(one, named, FOOT, room, EVERYTHING)),
        written(explain_text(one, named, FOOT, room)),
        status_json([one], FOOT, VIEW, EVERYTHING),
        status_csv([one], EVERYTHING),
        status_markdown([one], FOOT, EVERYTHING),
    ]
    for face in faces:
        assert not re.search("640823|3234|\x1b", re.sub(r"\s", "", face))
        assert "Nisse" in face
