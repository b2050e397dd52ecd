"""A mapping: how the columns of somebody else's table become quick reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import parse_count
from uppfoljning.domain.scalars import one_of, parse_id, parse_text
from uppfoljning.domain.schema import NOTHING, Record, field, listing, nested, one_or_more, table

DAY_FIRST, MONTH_FIRST = "dag-månad", "månad-dag"
DATE_ORDERS = (DAY_FIRST, MONTH_FIRST)
POINT, COMMA = "punkt", "komma"
DECIMAL_SIGNS = (COMMA, POINT)
LONGEST_HEADING = 300
"""Signs of a heading that are looked at; a question to be answered is shorter, and a key of a file has to be."""

_TARGET = re.compile(r"[a-zåäö_]+(?:\.[a-z0-9åäö_-]+)?")
_WIDEST_CODE = 20


def heading_of(text: str) -> str:
    """A heading as it is known: composed, one space between words, without the mark that ends it or says it is required."""
    plain = " ".join(normalize("NFC", text).replace("\u200b", "").split())[:LONGEST_HEADING]
    return plain.rstrip(" ?:*")


def same_heading(text: str) -> str:
    """What two headings that mean the same column have in common."""
    return heading_of(text).casefold()


def parse_heading(text: str) -> str | Problem:
    """The heading of a column."""
    return heading_of(text) or Problem("S115", "rubriken är tom", "skriv kolumnens rubrik som den står i tabellen")


def parse_target(text: str) -> str | Problem:
    """A key of a quick report, with a dot before the level below it: `datum`, `uppgifter.samtal`."""
    if _TARGET.fullmatch(text):
        return text
    return Problem("K905", "det här är ingen nyckel i en rapport", "skriv till exempel datum eller uppgifter.samtal")


def parse_cell(text: str) -> str:
    """What may stand in a cell; nothing too."""
    return text


def parse_code_width(text: str) -> int | Problem:
    """How many digits a code has."""
    width = parse_count(text)
    if isinstance(width, Problem) or 1 <= width <= _WIDEST_CODE:
        return width
    return Problem("S109", f"en kod har från 1 till {_WIDEST_CODE} siffror", "skriv till exempel 4")


class TableMapping(Record):
    """How a table is read: which column gives what, what stands fixed, which words mean what, and which rows are taken."""

    id: str = field("mappning", parse_id, "Mappningens id, samma som filens namn", required=True)
    plan: str = field("plan", parse_id, "Planen som rapporterna hör till", required=True)
    commitment: str = field("åtagande", parse_id, "Åtagandet, när alla rader gäller samma", default="")
    origin: str = field("källa", parse_id, "Kort namn som kvittona börjar med; annars mappningens id", default="")
    sheet: str = field("blad", parse_text, "Bladet i arbetsboken; annars det enda som har rader", default="")
    header: int | None = field("rubrikrad", parse_count, "Raden med rubrikerna; annars den första raden med flest rubriker")
    row_id: tuple[str, ...] = nested(
        "rad_id", one_or_more(parse_heading), "Kolumnen, eller kolumnerna, som skiljer en rad från en annan", default=()
    )
    columns: Mapping[str, str] = nested(
        "kolumner", table(parse_heading, parse_target), "Kolumnens rubrik och nyckeln i rapporten", required=True
    )
    fixed: Mapping[str, str] = nested("fast", table(parse_target, parse_text), "Det som är lika för alla rader", default=NOTHING)
    words: Mapping[str, Mapping[str, str]] = nested(
        "värden",
        table(parse_target, table(parse_cell, parse_text), nested=True),
        'Vad orden i tabellen heter i rapporten, för varje nyckel; "" är en tom cell',
        default=NOTHING,
    )
    widths: Mapping[str, int] = nested(
        "bredd", table(parse_target, parse_code_width), "Siffror i en kod, när nollor i början har fallit bort", default=NOTHING
    )
    skipped: tuple[str, ...] = nested("hoppa_över", listing(parse_heading), "Kolumner som inte tas med", default=())
    date_order: str = field("datumordning", one_of(DATE_ORDERS), "Hur 05/01/2023 läses: dag-månad eller månad-dag", default="")
    decimals: str = field("decimaltecken", one_of(DECIMAL_SIGNS), "Hur 1.500 läses: punkt eller komma", default="")
    certainty: Mapping[str, str] = nested(
        "säkerhet", table(parse_target, parse_heading), "Kolumnen där det står ca eller minst, för varje siffra", default=NOTHING
    )
    only: Mapping[str, tuple[str, ...]] = nested(
        "villkor",
        table(parse_heading, one_or_more(parse_cell), nested=True),
        'Bara rader där kolumnen har något av värdena; "" är en tom cell',
        default=NOTHING,
    )

    @property
    def receipts_begin(self) -> str:
        """What stands before the slash in the receipt of a row."""
        return self.origin or self.id
