"""A file in the shape of every form program: a corrected, a rejected, a repeated and a late row, brought in and brought in again.

The late row is handed in at 23:40 in UTC on 1 May, which is 2 May at home; where a program writes no zone it is Swedish time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.running import folder
from tests.cli.test_real_forms import FORM, PLAN
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
PERSONS = ("Xara Yberg", "xara@example.org", "0701234567", "192.0.2.7", "57.70887", "Zed")


class Shape(NamedTuple):
    """A program's columns: those before and after the three questions, and the cells of them for an answer's id and moment.

    `id` may stand in a cell, `when` is the moment, `state` the review; `late` is when the late row was handed in, `day` that
    day at home. `below` are rows that follow the headings. `rejected` is the state of a refused row, if any.
    """

    before: Sequence[str]
    after: Sequence[str]
    cells_before: Sequence[str]
    cells_after: Sequence[str]
    late: str
    day: str
    rejected: str = ""
    below: tuple[Sequence[str], ...] = ()
    order: str = "iso"


ASK = ("Vilken kväll gick ni?", "Hur många pratade ni med?", "Plats")
SHAPES = {
    "odk": Shape(
        ("SubmissionDate",), ("KEY", "SubmitterID", "SubmitterName", "DeviceID", "ReviewState", "Edits", "FormVersion"),
        ("{when}",), ("uuid:{id}", "12", "Xara Yberg", "collect:ab", "{state}", "0", "3"),
        "2026-05-01T23:40:10.123Z", "2026-05-02", "rejected",
    ),
    "kobo": Shape(
        ("start", "end", "username", "phonenumber"), ("_id", "_uuid", "_submission_time", "_validation_status", "_submitted_by"),
        ("2026-05-01T22:00:00.000+02:00", "2026-05-01T22:10:00.000+02:00", "Zed", "0701234567"),
        ("{id}", "u-{id}", "{when}", "{state}", "Zed"), "2026-05-01T23:40:10", "2026-05-02", "Not approved",
    ),
    "survey123": Shape(
        ("ObjectID", "GlobalID"), ("CreationDate", "Creator", "EditDate", "Editor", "x", "y"),
        ("{id}", "g-{id}"), ("{when}", "Xara Yberg", "{when}", "Zed", "11.96679", "57.70887"),
        "2026-05-01 23:40:10", "2026-05-02",
    ),
    "qualtrics": Shape(
        ("StartDate", "EndDate", "Status", "IPAddress", "Finished", "RecordedDate", "ResponseId", "RecipientLastName",
         "LocationLatitude"), (),
        ("{when}", "{when}", "{state}", "192.0.2.7", "True", "{when}", "R_{id}", "Xara Yberg", "57.70887"), (),
        "2026-05-01 23:40:10", "2026-05-01", "Survey Preview",
        (("Start Date", "End Date", "Response Type", "IP Address", "Finished", "Recorded Date", "Response ID",
          "Recipient Last Name", "Location Latitude", *ASK),
         tuple('{"ImportId":"' + one + '"}' for one in "abcdefghijkl")),
    ),
    "surveymonkey": Shape(
        ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name"), (),
        ("{id}", "77", "{when}", "{when}", "192.0.2.7", "xara@example.org", "Xara Yberg", "Zed"), (),
        "05/01/2026 11:40:10 PM", "2026-05-01", "", (("",) * 8 + ("Open-Ended Response", "Open-Ended Response", "Response"),),
    ),
    "limesurvey": Shape(
        ("Response ID", "Date submitted", "Last page", "Start language", "Seed", "IP address"), (),
        ("{id}", "{when}", "3", "sv", "123", "192.0.2.7"), (), "2026-05-01 23:40:10", "2026-05-01",
    ),
    "redcap": Shape(
        ("record_id", "redcap_survey_identifier", "kvall_timestamp"), ("kvall_complete",),
        ("{id}", "xara@example.org", "{when}"), ("2",), "2026-05-01 23:40:10", "2026-05-01",
    ),
    "jotform": Shape(
        ("Submission Date",), ("Submission IP", "Submission ID"), ("{when}",), ("192.0.2.7", "{id}"),
        "May 1, 2026 11:40 PM", "2026-05-01",
    ),
    "webropol": Shape(
        ("Respondentnummer", "Inskickad"), ("Kontaktuppgifter",), ("{id}", "{when}"), ("xara@example.org",),
        "2026-05-01 23:40", "2026-05-01",
    ),
    "forms": Shape(
        ("ID", "Starttid", "Slutförandetid", "E-post", "Namn"), (),
        ("{id}", "{when}", "{when}", "xara@example.org", "Xara Yberg"), (),
        "2026-05-01 23:40:10", "2026-05-01",
    ),
    "google": Shape(
        ("Tidstämpel", "E-postadress"), (), ("{when}", "xara@example.org"), (), "2026/05/01 11:40:1{id} em CEST", "2026-05-01",
    ),
    "tabell": Shape(("Nr",), ("Rapportör",), ("{id}",), ("Xara Yberg",), "", ""),
}  # fmt: skip


def table(shape: Shape, *rows: tuple[int, str, int, str]) -> str:
    """The text of a file with a row for each id, day, number and review state."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*shape.before, *ASK, *shape.after))
    writer.writerows(shape.below)
    for own, day, talks, state in rows:
        said = {"id": str(own), "when": shape.late.replace("{id}", str(own)), "state": state}
        before, after = ([cell.format(**said) for cell in cells] for cells in (shape.cells_before, shape.cells_after))
        writer.writerow((*before, day, talks, "Torget", *after))
    return out.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    plan, form = PLAN.replace("snabbrapport: gång", "snabbrapport: gang"), FORM.replace("gång", "gang")
    folder(tmp_path, {"plans/prov-2026.yaml": plan, "plans/snabbrapporter/gang.yaml": form})
    return tmp_path


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "importera", str(root / "in.csv"), *words])


def bring(root: Path, capsys: Capture, *words: str) -> str:
    capsys.readouterr()
    assert run(root, "--mappning", "f", "--trots-kontrollera", *words) in (0, 1)
    return capsys.readouterr().out


def talks(root: Path, capsys: Capture) -> str:
    capsys.readouterr()
    assert main(["-C", str(root), "status", "--vid", "2026-12-31"]) == 0
    return next(line for line in capsys.readouterr().out.splitlines() if "samtal" in line)


QUICK = ("odk", "qualtrics")


@pytest.mark.parametrize("program", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in SHAPES])
def test_a_file_of_a_program_comes_in_right_once_and_never_twice(root: Path, capsys: Capture, program: str) -> None:
    shape = SHAPES[program]
    rows = [(1, "2026-05-01", 12, ""), (2, "2026-04-24", 7, "")]
    if shape.rejected:
        rows.append((3, "2026-04-25", 90, shape.rejected))
    path = root / "in.csv"
    path.write_text(table(shape, *rows), "utf-8")
    assert run(root, "--skapa-mappning", "--atagande", "kvällsgång", "--mappning", "f") == 0
    out = bring(root, capsys)
    assert "2 skrivna" in out
    if shape.day:
        first = next(path for path in (root / "reports").rglob("2026-05-01*.yaml"))
        assert f"inlämnad: {shape.day}\n" in first.read_text("utf-8")
    assert " 19 " in talks(root, capsys)

    # The same again, a row twice, and one that has gone: nothing new.
    path.write_text(table(shape, rows[0], *rows), "utf-8")
    assert "0 skrivna" in bring(root, capsys)
    path.write_text(table(shape, rows[1]), "utf-8")
    assert "0 skrivna" in bring(root, capsys)

    # Corrected at the source, and brought in again.
    path.write_text(table(shape, (1, "2026-05-01", 21, ""), *rows[1:]), "utf-8")
    assert "har ändrats" in bring(root, capsys)
    assert "1 rättad" in bring(root, capsys, "--ratta")
    assert "0 skrivna" in bring(root, capsys)
    assert " 28 " in talks(root, capsys)

    written = "".join(one.read_text("utf-8") + one.name for one in root.rglob("*.yaml"))
    assert not [one for one in PERSONS if one in written]
