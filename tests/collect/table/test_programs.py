"""Form programs are known by the columns they add, and what those columns mean is taken from the program, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from uppfoljning.collect.table.programs import PROGRAMS, is_hand_in, may_name_a_person, names_a_person, program_of

HEADINGS = {
    "odk": "SubmissionDate,datum,samtal,KEY,SubmitterID,SubmitterName,ReviewState,Edits",
    "kobo": "start,end,datum,samtal,_id,_uuid,_submission_time,_validation_status",
    "survey123": "ObjectID,GlobalID,CreationDate,Creator,EditDate,Editor,datum,x,y",
    "qualtrics": "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,Q1",
    "surveymonkey": "Respondent ID,Collector ID,Start Date,End Date,IP Address,Vilken kväll?",
    "limesurvey": "Response ID,Date submitted,Last page,Start language,Vilken kväll?",
    "redcap": "record_id,redcap_survey_identifier,kvall_timestamp,datum",
    "jotform": "Submission Date,Vilken kväll?,Submission IP,Submission ID",
    "webropol": "Respondentnummer,Inskickad,Vilken kväll?",
    "forms": "ID,Starttid,Slutförandetid,E-post,Namn,Vilken kväll?",
    "google": "Tidstämpel,Vilken kväll?",
    "tabell": "Nr,Datum,Samtal",
}


@pytest.mark.parametrize(("program", "headings"), HEADINGS.items())
def test_a_program_is_known_by_its_columns_whatever_their_order(program: str, headings: str) -> None:
    listed = headings.split(",")
    assert program_of(listed).id == program == program_of(listed[::-1]).id


def test_every_program_has_a_file_in_its_shape() -> None:
    assert {one.id for one in PROGRAMS} | {"tabell"} == set(HEADINGS)


@pytest.mark.parametrize(
    "heading",
    ["first_name", "SubmitterName", "Uppgiftslämnarens namn", "LAST_NAME", "Ditt namn", "e-mail", "E-postadress", "Telefonnr",
     "your-email", "_plats_latitude", "rapportörens namn", "FirstName", "Namn", "användarnamn"],
)  # fmt: skip
def test_a_column_of_persons_is_known_by_its_parts_in_any_spelling(heading: str) -> None:
    assert names_a_person(heading)


@pytest.mark.parametrize(
    "heading", ["Rapportör", "Creator", "Vem fyller i?", "Submitted by", "Ifylld av", "reported_by", "Ansvarig"]
)
def test_a_heading_that_asks_who_may_name_a_person(heading: str) -> None:
    assert may_name_a_person(heading)


@pytest.mark.parametrize(
    "heading",
    ["Namn på platsen", "Föreningens namn", "Place name", "Hur många deltagare", "Antal personal", "Vilken kväll?", "Mobilt"],
)
def test_a_name_of_a_place_or_a_number_of_people_is_none_of_a_person(heading: str) -> None:
    assert not names_a_person(heading) and not may_name_a_person(heading)


@pytest.mark.parametrize(
    "heading", ["Date submitted", "SubmissionDate", "Inskickat", "Recorded Date", "created_at", "Svarsdatum"]
)
def test_a_column_of_handing_in_is_known(heading: str) -> None:
    assert is_hand_in(heading)


@pytest.mark.parametrize("heading", ["Datum", "Date", "Vilken kväll gick ni?", "Dag för kontrollen"])
def test_a_day_of_the_work_is_none_of_handing_in(heading: str) -> None:
    assert not is_hand_in(heading)


def test_every_program_has_a_line_in_the_documentation() -> None:
    text = (Path(__file__).parents[3] / "docs/formular.md").read_text("utf-8")
    assert [one.title for one in PROGRAMS if f"\n| {one.title} | " not in text] == []
