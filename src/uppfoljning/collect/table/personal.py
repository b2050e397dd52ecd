"""Columns about persons, which never come in: known by their headings, or by what most of their cells look like."""

from __future__ import annotations

import re

from uppfoljning.collect.table.headings import Table
from uppfoljning.domain.mapping import same_heading
from uppfoljning.rules.privacy import check_privacy
from uppfoljning.rules.privacy_look import may_be_personal

_PERSON = re.compile(
    r"(?:(?:ditt|ert|your|full|fullständigt|respondentens) )?(?:för-? ?(?:och|&|/) ?efter)?(?:namn|name)"
    r"|(?:för|efter)namn|(?:first|last|full) ?name|namn på (?:uppgiftslämnare|rapportör|ansvarig).*"
    r"|kontaktperson.*|uppgiftslämnare|(?:din |your )?e-?(?:post|mail)s?(?: ?adress| ?address)?|mejl(?:adress)?"
    r"|användarnamn|user ?name|_?submitted_by|(?:din |ditt )?(?:mobil|telefon|mobiltelefon)(?:nummer)?|phone(?: ?number)?"
    r"|tfn|tel|personn(?:umme)?r|ip-?(?:adress| address)?|deviceid|subscriberid|simserial|phonenumber"
)
_OF_THE_FORM = frozenset(
    (
        *("starttid", "slutförandetid", "start time", "completion time", "senaste ändringstid", "last modified time"),
        *("tidsstämpel", "tidstämpel", "timestamp", "start", "end", "today", "_submission_time", "_uuid", "_id", "_index"),
        *(
            "_validation_status",
            "_notes",
            "_status",
            "_tags",
            "__version__",
            "formhub/uuid",
            "meta/instanceid",
            "_xform_id_string",
        ),
        *("poäng", "score", "språk", "language", "quiz feedback", "total points", "totalt antal poäng", "feedback om quiz"),
    )
)
_CELLS_LOOKED_AT = 200


def is_about_a_person(heading: str) -> bool:
    """Whether a heading asks who somebody is or how to reach them."""
    return _PERSON.fullmatch(same_heading(heading)) is not None


def is_of_the_form(heading: str) -> bool:
    """Whether a column is one that the form's program adds by itself."""
    return same_heading(heading) in _OF_THE_FORM


def looks_personal(table: Table, at: int, least: int = 1) -> bool:
    """Whether most cells of a column hold an address, a number or the like; with fewer cells than `least` nothing is known."""
    cells = table.column(at)[:_CELLS_LOOKED_AT]
    return len(cells) >= least and 2 * sum(is_personal(cell) != "" for cell in cells) > len(cells)


def is_personal(text: str) -> str:
    """What points at a person in a text, in words that do not repeat it; empty when nothing does."""
    if not may_be_personal(text.encode("utf-8", "surrogatepass")):
        return ""
    # As a row of CSV: what is handed in cannot excuse itself by a comment.
    found = check_privacy("rad.csv", text)
    return found[0].problem.message if found else ""
