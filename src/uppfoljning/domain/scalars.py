"""The single texts of the format: ids, free text, yes and no, and the closed lists of words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from uppfoljning.domain.finding import REMEMBERED, Problem
from uppfoljning.domain.schema import WORDS, Parse, made, suggestion

REASONS = (
    "resurser", "prioritering", "samverkan", "väder", "säkerhet", "pandemi", "efterfrågan", "underlag", "lagstiftning", "annat",
)  # fmt: skip
"""Why something did not go as planned; `varför` beside it says it in words."""

_ID = re.compile(r"[a-z0-9åäö-]+")
_FIELD = re.compile(r"[a-z0-9åäö_-]+")
_SCB_CODE = re.compile(r"[0-9]{4}")
_ADDRESS = re.compile(r"https?://\S+")


def parse_text(text: str) -> str | Problem:
    """Any text that is not blank."""
    return text if text.strip() else Problem("S115", "texten är tom", "skriv något eller ta bort raden")


@lru_cache(REMEMBERED)
def parse_id(text: str) -> str | Problem:
    """An id: lower-case letters, digits and hyphens."""
    if _ID.fullmatch(text):
        return text
    return Problem("S116", "namnet kan inte användas som id", f"skriv {as_id(text)}", "små bokstäver, siffror och bindestreck")


@lru_cache(REMEMBERED)
def parse_field_id(text: str) -> str | Problem:
    """The id of a form's field; it may have an underscore."""
    if _FIELD.fullmatch(text):
        return text
    return Problem("S116", "namnet kan inte användas som id", f"skriv {as_id(text)}", "små bokstäver, siffror, - och _")


def as_id(text: str) -> str:
    """A text as an id, in words that can be typed; an example where nothing of it can be used."""
    return re.sub(r"[^a-z0-9åäö-]+", "-", text.lower()).strip("-")[:40] or "till exempel nattvandring"


def parse_yes(text: str) -> bool | Problem:
    """`ja` or `nej`; `true` and `false` are understood too."""
    answer = {"ja": True, "nej": False, "true": True, "false": False}.get(text.casefold())
    return Problem("S117", "svaret ska vara ja eller nej", "skriv ja eller nej") if answer is None else answer


def parse_scb_code(text: str) -> str | Problem:
    """Statistics Sweden's code of a municipality, four digits with its leading zero."""
    if _SCB_CODE.fullmatch(text):
        return text
    return Problem("S118", "kommunkoden har fyra siffror", 'skriv till exempel "0180"')


def parse_address(text: str) -> str | Problem:
    """A web address."""
    return text if _ADDRESS.fullmatch(text) else Problem("S119", "värdet är ingen webbadress", "börja med https://")


def one_of(words: Sequence[str]) -> Parse:
    """One of a closed list of words."""

    def parse(text: str) -> str | Problem:
        if text in words:
            return text
        message = f"{text} är inget av de ord som kan stå här" if text.strip() else "värdet är tomt"
        return Problem("S120", message, suggestion(text, words))

    return made(parse, WORDS, *words)


parse_reason = one_of(REASONS)


# Sentences about what cannot be taken: an unknown word with the nearest known one, a value with what to write instead.


def hint(word: str, known: Collection[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known one, else with all or the first of them."""
    text = suggestion(word, known)
    return f". {text[0].upper()}{text[1:]}" if text else "."


def refusal(said_in: str, text: str, problem: Problem, *, near: bool = False) -> str:
    """Why a value cannot be taken, and what to write instead; `said_in` is where it stands. With `near` what is near, last."""
    remedy = f". {problem.remedy[0].upper()}{problem.remedy[1:]}" if problem.remedy else ""
    note = f" ({problem.note})" if near and problem.note else ""
    return f"{said_in}: ”{text}” – {problem.message}{remedy}{note}"
