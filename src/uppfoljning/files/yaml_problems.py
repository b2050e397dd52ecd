"""What several steps of reading YAML have to say in the same words."""

from __future__ import annotations

import re

from uppfoljning.domain.finding import Problem

IN_QUOTES = "sätt hela texten inom citattecken"
EXAMPLE = "skriv nyckel, kolon, mellanslag och värde, till exempel plats: centrum"

GLUED_KEY = re.compile(r"[\w.-]+:\S")
"""A key and a value with no space between."""

GLUED = Problem("Y006", "mellanslag saknas efter kolonet", "skriv till exempel minst: 12", "läses som en enda text")
AFTER_VALUE = Problem(
    "Y008",
    "text efter värdets slut",
    "sätt hela värdet inom ett enda par citattecken; står det \" inuti, sätt det hela inom '",
    "värdet tog slut före detta",
)
NOT_A_CHARACTER = Problem(
    "Y010", "koden efter \\ är inget tecken", "skriv \\\\ för ett omvänt snedstreck, eller byt \" mot ' runt texten"
)
DIRECTIVE = Problem("Y013", "raden börjar med %", "ta bort raden; den behövs inte")
NO_KEY = Problem("Y027", "nyckeln saknas före kolonet", "skriv vad värdet heter, till exempel plats: centrum")

SIGNS = {
    "&": Problem("Y016", "värdet börjar med &", IN_QUOTES, "läses som ett namn på värdet, inte som text"),
    "*": Problem("Y017", "värdet börjar med *", IN_QUOTES, "läses som en hänvisning till ett annat värde"),
    "!": Problem("Y018", "värdet börjar med !", IN_QUOTES, "ordet efter läses som en typ, inte som text"),
}
"""Signs that the parser takes, so that the text after them would be lost."""


def text_beside(sign: str) -> Problem:
    """Text on the same line as the `|` or `>` that begins a text of several lines."""
    remedy = "skriv texten på nästa rad, indragen; är tecknet en del av texten, sätt den inom citattecken"
    return Problem("Y011", f"text på samma rad som {sign}", remedy)
