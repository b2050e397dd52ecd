"""The programs that forms are answered in, each known by the columns it adds, and what those columns mean.

A program is a line of `PROGRAMS`; `docs/formular.md` tells the same to those who use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.collect.table.headings import ImportedTable
from uppfoljning.domain.mapping import MONTH_FIRST, same_heading


class FormProgram(NamedTuple):
    """A program and its columns, by headings as `same_heading` has them.

    `marks` are sets of headings: a table that has all of one set is the program's. `row_id` are the columns that tell rows
    apart, the first that is there counts, one that an edit does not change before one that it does. `submitted` are those of
    the moment of handing in, in `zone` where a cell says none: `utc`, or empty for Swedish time. `utc_all`: every moment is
    so. `rejected` are the values of a column, by its heading, that keep a row out. `unfinished` are columns that are empty or
    say no where an answer was never handed in. `own` are other columns that the program adds, `persons` those that point at
    people or at where they were. `edited` are columns that say that an answer was corrected at the source. `below` says that
    rows of texts may follow the headings. `separator` stands between several answers in one cell, `groups` between a group of
    questions and its question. `order` is how days like 05/01/2026 are written in the moment of handing in. A heading that
    begins with `*` is known by how it ends.
    """

    id: str
    title: str
    marks: tuple[frozenset[str], ...]
    row_id: tuple[str, ...] = ()
    submitted: tuple[str, ...] = ()
    zone: str = ""
    utc_all: bool = False
    rejected: tuple[tuple[str, frozenset[str]], ...] = ()
    unfinished: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    edited: tuple[str, ...] = ()
    below: bool = False
    separator: str = ", "
    groups: str = ""
    order: str = ""

    @property
    def mapping_ends(self) -> str:
        """How the id of a proposed mapping ends."""
        return self.id if self.id in ("kobo", "forms", "google") else "tabell"

    def row_ids(self, headings: Iterable[str]) -> list[str]:
        """The columns that tell rows apart, best first."""
        by_name = {same_heading(one): one for one in headings}
        return [by_name[name] for name in self.row_id if name in by_name]

    def moment(self, headings: Iterable[str]) -> str:
        """The column of the moment of handing in; empty when it is not there."""
        listed = list(headings)
        return next((one for name in self.submitted for one in listed if _is(one, name)), "")

    def adds(self, heading: str) -> bool:
        """Whether the program adds a column by itself."""
        plain = same_heading(heading)
        states = (name for name, _ in self.rejected)
        return any(_is(plain, name) for name in (*self.own, *self.submitted, *self.row_id, *self.unfinished, *states))

    def question(self, heading: str) -> str:
        """The question of a heading, without the groups that it stands in."""
        return heading.rpartition(self.groups)[2].strip() or heading if self.groups else heading

    def zone_of(self, heading: str) -> str:
        """What moments without a zone are in, in a column."""
        return self.zone if self.utc_all or any(_is(heading, name) for name in (*self.submitted, *self.own)) else ""


def _is(heading: str, name: str) -> bool:
    plain = same_heading(heading)
    return plain.endswith(name[1:]) if name.startswith("*") else plain == name


def _set(*headings: str) -> frozenset[str]:
    return frozenset(headings)


_KOBO_OWN = _set(
    "start", "end", "today", "_id", "_uuid", "_index", "_status", "_notes", "_tags", "_parent_index", "_parent_table_name",
    "_submission__id", "_submission__uuid", "__version__", "_version_", "formhub/uuid", "meta/instanceid", "meta/deprecatedid",
    "meta/rootuuid", "_xform_id_string", "_attachments", "audit",
)  # fmt: skip
_PHONE = _set("deviceid", "subscriberid", "simserial", "phonenumber", "username", "_submitted_by", "_geolocation")

PROGRAMS = (
    FormProgram(
        "odk",
        "ODK Central",
        (_set("key", "submissiondate"), _set("meta-instanceid", "submissiondate"), _set("instanceid", "submissiondate")),
        row_id=("key", "meta-instanceid", "instanceid"),
        submitted=("submissiondate",),
        zone="utc",
        rejected=(("reviewstate", _set("rejected")), ("review_status", _set("rejected"))),
        edited=("reviewstate", "edits"),
        own=_set(
            "attachmentspresent", "attachmentsexpected", "status", "edits", "formversion", "formdef_version", "start", "end",
            "today", "meta-instancename", "parent_key",
        ),
        persons=_PHONE | {"submittername", "submitterid", "meta-audit"},
        separator=" ",
        groups="-",
    ),
    FormProgram(
        "kobo",
        "KoboToolbox",
        (_set("_uuid", "_submission_time"), _set("_id", "_submission_time")),
        row_id=("_id", "_uuid", "meta/instanceid"),
        submitted=("_submission_time",),
        zone="utc",
        rejected=(("_validation_status", _set("not approved", "validation_status_not_approved", "ej godkänd")),),
        own=_KOBO_OWN,
        persons=_PHONE,
        separator=" ",
        groups="/",
    ),
    FormProgram(
        "survey123",
        "Survey123 (ArcGIS)",
        (_set("globalid", "creationdate"), _set("objectid", "creationdate", "editdate")),
        row_id=("globalid", "objectid"),
        submitted=("creationdate",),
        zone="utc",
        utc_all=True,
        order=MONTH_FIRST,
        own=_set("objectid", "editdate", "uniquerowid", "parentglobalid"),
        persons=_set("creator", "editor", "x", "y"),
        separator=",",
    ),
    FormProgram(
        "qualtrics",
        "Qualtrics",
        (_set("responseid", "recordeddate"), _set("response id", "recorded date")),
        row_id=("responseid", "response id"),
        submitted=("recordeddate", "recorded date", "enddate", "end date"),
        rejected=(("status", _set("survey preview", "1", "spam", "8", "survey test", "4")),),
        unfinished=("finished",),
        own=_set(
            "startdate", "start date", "enddate", "end date", "status", "progress", "duration (in seconds)",
            "distributionchannel",
            "distribution channel", "userlanguage", "user language",
        ),
        persons=_set(
            "ipaddress", "ip address", "recipientlastname", "recipient last name", "recipientfirstname", "recipient first name",
            "recipientemail", "recipient email", "externalreference", "external data reference", "externaldatareference",
            "locationlatitude", "location latitude", "locationlongitude", "location longitude",
        ),
        below=True,
        separator=",",
    ),
    FormProgram(
        "surveymonkey",
        "SurveyMonkey",
        (_set("respondent id", "collector id"), _set("respondent_id", "collector_id")),
        row_id=("respondent id", "respondent_id"),
        order=MONTH_FIRST,
        submitted=("end date", "date_created", "date modified", "date_modified"),
        own=_set("collector id", "collector_id", "start date", "custom data 1", "custom_1", "date modified", "date_modified"),
        persons=_set("ip address", "ip_address", "email address", "email_address", "first name", "last name",
            "first_name", "last_name"),
        below=True,
    ),
    FormProgram(
        "limesurvey",
        "LimeSurvey",
        (
            _set("response id", "date submitted"),
            _set("svars-id", "inskickningsdatum"),
            _set("id", "submitdate"),
            _set("id", "submitdate", "lastpage"),
        ),
        row_id=("response id", "svars-id", "id"),
        submitted=("date submitted", "inskickningsdatum", "submitdate"),
        unfinished=("date submitted", "inskickningsdatum", "submitdate"),
        own=_set(
            "last page", "lastpage", "start language", "startlanguage", "seed", "date started", "startdate", "date last action",
            "datestamp", "referrer url", "refurl", "sista sida", "startspråk",
        ),
        persons=_set("ip address", "ipaddr", "access code", "token", "email address", "email"),
    ),
    FormProgram(
        "redcap",
        "REDCap",
        (
            _set("record_id", "redcap_survey_identifier"), _set("record_id", "redcap_event_name"),
            _set("record_id", "redcap_repeat_instance"),
        ),
        row_id=("record_id",),
        submitted=("*_timestamp",),
        own=_set("*_complete", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
            "redcap_data_access_group"),
        persons=_set("redcap_survey_identifier"),
        groups="___",
    ),
    FormProgram(
        "jotform",
        "Jotform",
        (_set("submission date", "submission id"), _set("submission date", "last update date")),
        row_id=("submission id",),
        submitted=("submission date",),
        own=_set("last update date", "flow status"),
        persons=_set("ip", "submission ip"),
        separator="\n",
    ),
    FormProgram(
        "webropol",
        "Webropol",
        (_set("respondent number", "submitted time"), _set("svarsnummer", "inskickat"), _set("respondentnummer", "inskickad")),
        row_id=("respondent number", "svarsnummer", "respondentnummer"),
        submitted=("submitted time", "inskickat", "inskickad"),
        own=_set("opened time", "öppnad", "öppnat", "started", "påbörjad", "duration", "source", "källa"),
        persons=_set("ip", "contact information", "kontaktuppgifter"),
        separator=";",
    ),
    FormProgram(
        "forms",
        "Microsoft Forms",
        (_set("slutförandetid"), _set("completion time")),
        row_id=("id", "svars-id"),
        submitted=("slutförandetid", "completion time"),
        own=_set(
            "starttid", "start time", "senaste ändringstid", "last modified time", "poäng", "score", "språk", "language",
            "totalt antal poäng", "total points", "feedback om quiz", "quiz feedback",
        ),
        separator=";",
    ),
    FormProgram(
        "google",
        "Google Forms",
        (_set("tidsstämpel"), _set("tidstämpel"), _set("timestamp")),
        submitted=("tidsstämpel", "tidstämpel", "timestamp"),
        own=_set("poäng", "score"),
        persons=_set("användarnamn", "username"),
    ),
)  # fmt: skip
"""Every program that is known, the one with the surest marks first."""

OWN_TABLE = FormProgram(
    "tabell",
    "Eget Excelblad eller CSV",
    (),
    row_id=("id", "submission id", "svars-id", "respondent-id", "rad", "nr", "löpnummer", "_uuid", "meta/instanceid", "_id"),
)
"""A table of somebody's own, which no program has made."""

_HANDED_IN = re.compile(
    r"(?:date|time|datum|tid|tidpunkt|moment)? ?(?:submitted|submission|inskick\w*|inlämn\w*|inkom\w*|completed|recorded|created"
    r"|modified|skapad|ändrad|registrer\w*|slutför\w*)(?: ?(?:date|time|at|on|datum|tid|den))?"
    r"|(?:submission|completion|creation|response|inlämnings|inskicknings|svars|skapande|slutförande|registrerings)"
    r"[ -]?(?:date|time|datum|tid)"
    r"|(?:date|datum) (?:för )?(?:submitted|inlämning|svar|registrering|last action|started)|tidss?tämpel|timestamp"
)


def program_of(headings: Sequence[str]) -> FormProgram:
    """The program whose columns a table has; an own table where none is known."""
    there = set(map(same_heading, headings))
    return next((one for one in PROGRAMS if any(mark <= there for mark in one.marks)), OWN_TABLE)


def answers_of(table: ImportedTable) -> ImportedTable:
    """The table without the rows of texts that some programs put between the headings and the first answer."""
    program = program_of(table.headings)
    ids = [at for one in program.row_ids(table.headings) if (at := table.at(one)) is not None]
    if not program.below or not ids:
        return table
    rows = list(table.rows)
    told = []
    while rows and _is_of_headings(rows[0].cells[ids[0]]):
        told.append(rows.pop(0).number)
    if not told:
        return table
    named = ", ".join(map(str, told))
    notice = f"{'rad' if len(told) == 1 else 'raderna'} {named} hör till rubrikerna, så som {program.title} skriver dem"
    return replace(table, rows=rows, notices=(*table.notices, notice))


def _is_of_headings(cell: str) -> bool:
    """Whether what stands where an id should is none: nothing, or what the program calls the column."""
    return not cell or cell.startswith("{") or same_heading(cell) in ("response id", "respondent id", "responseid")


def is_hand_in(heading: str) -> bool:
    """Whether a heading asks when something was handed in or registered, which is never the day that it is about."""
    return _HANDED_IN.fullmatch(same_heading(heading).replace("_", " ").strip()) is not None


# Columns of persons and of where they were, by the parts of their headings in any spelling.

_PART = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé]+|[A-ZÅÄÖ]+(?![a-zåäö])")
_PEOPLE = re.compile(
    r"(?:uppgifts(?:lämnare|givare)|rapportör|respondent|submitter|creator|editor|author|reporter|kontaktperson|kontaktuppgift"
    r"|deltagare|användare|ifyllare|handläggare|ansvarig|medarbetare|personal|volontär|förälder|uppgiftslämnare)"
    r"(?:n|s|ns|ens|en|na|nas|er|es)?"
)
_ADDRESS = frozenset(
    ("epost", "epostadress", "email", "emails", "mail", "mailadress", "mejl", "mejladress", "telefon", "telefonnummer",
     "telefonnr", "mobil", "mobilnummer", "mobiltelefon", "phone", "phonenumber", "telephone", "cellphone", "tfn",
     "personnummer", "pnr", "personnr", "samordningsnummer", "ipaddress", "ipadress", "ipaddr", "latitude", "longitude",
     "altitude", "geopoint",      "geolocation", "gps", "koordinater", "koordinat",
     "latitud", "longitud", "hemadress", "signatur", "signature")
)  # fmt: skip
_FORENAMES = frozenset(
    ("förnamn", "efternamn", "tilltalsnamn", "firstname", "lastname", "surname", "forename", "givenname", "familyname",
     "fullname", "nickname", "username", "användarnamn", "smeknamn", "submittername", "fullständigtnamn")
)  # fmt: skip
_NAME = frozenset(("namn", "namnet", "name", "names", "namnteckning", "namnförtydligande"))
_BEFORE_NAME = frozenset(
    ("first", "last", "full", "given", "family", "user", "your", "my", "submitter", "middle", "recipient", "contact", "person",
     "ditt", "ert", "mitt", "fullständigt", "för", "efter", "och", "eller", "på", "vad", "är", "heter", "du", "and", "the", "of",
     "what", "is", "s", "respondentens", "rapportörens", "användarens", "ansvariges", "ledarens", "deltagarens", "vem",
     "personens", "barnets", "ungdomens", "förälderns", "vårdnadshavarens", "telefonnummer", "telefon", "kontakt")
)  # fmt: skip
_COUNTED = frozenset(("antal", "många", "many", "number", "count"))


_FILLED_IN = re.compile(
    r"vem\b.*|who\b.*|vad heter (?:du|ni)|(?:namn på )?den som (?:fyller|rapporterar|skriver|lämnar).*|namn på den.*"
    r"|(?:ifylld|ifyllt|rapporterad|rapporterat|skriven|lämnad|inlämnad|inskickad|registrerad|skapad|ändrad) av"
    r"|(?:submitted|reported|filled|entered|created|modified|completed|changed)(?: in)?(?: ?by)"
)


def names_a_person(heading: str) -> bool:
    """Whether the parts of a heading, however they are put together, ask what somebody is called, how to reach them or where they
    were.
    """
    parts = _parts(heading)
    if not parts or _COUNTED & set(parts):
        return False
    joined = {"".join(pair) for pair in pairwise(parts)} | set(parts) | {"".join(parts)}
    if joined & (_ADDRESS | _FORENAMES):
        return True
    return bool(_NAME & set(parts)) and all(part in _BEFORE_NAME | _NAME or _PEOPLE.fullmatch(part) for part in parts)


def may_name_a_person(heading: str) -> bool:
    """Whether a heading asks who somebody is, which may be answered by a name, or by a function, a party or a number."""
    parts = _parts(heading)
    if not parts or _COUNTED & set(parts):
        return False
    plain = " ".join(parts)
    return _FILLED_IN.fullmatch(plain) is not None or (len(parts) <= 2 and _PEOPLE.fullmatch(parts[-1]) is not None)


def _parts(heading: str) -> list[str]:
    """The words of a heading, also where they are joined by a sign or by capitals."""
    plain = re.sub(r"(?i)\be-(?=post|mail)", "e", heading.replace("_", " "))
    return [part.casefold() for part in _PART.findall(plain)]
