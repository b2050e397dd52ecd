"""Where a report that is handed in is kept."""

from __future__ import annotations

import re
from hashlib import sha256

from uppfoljning.domain.finding import Problem
from uppfoljning.files.text import ascii_name
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.document import REPORTS
from uppfoljning.rules.privacy import PERSONAL, check_name, check_privacy
from uppfoljning.rules.privacy_look import may_be_personal_name

_LONGEST = 40


def report_file(plan: str, commitment: str, when: str, receipt: str) -> str:
    """The name of a report's file: a folder for each plan and commitment, then its day or period and its receipt.

    The name is ASCII, holds nothing that a person wrote freely, and differs when the receipt does.
    """
    name = f"{REPORTS}{_part(plan)}/{_part(commitment)}/{_part(when)}-{_of_receipt(receipt)}.yaml"
    if may_be_personal_name(name) and check_name(name):
        # A day, an id and the signs after it may together look like somebody's number, which no name of a file may.
        return f"{REPORTS}{_part(plan)}/{_part(commitment)}/{_part(when)}-{_in_letters(receipt)}.yaml"
    return name


def _in_letters(receipt: str) -> str:
    """Letters in place of a receipt, as good as never the same as those of another."""
    return sha256(receipt.encode()).hexdigest()[:16].translate(_LETTERS)


_LETTERS = str.maketrans("0123456789", "ghjkmnpqrs")


def _part(text: str) -> str:
    return ascii_name(text.casefold()).strip(".")


def _of_receipt(receipt: str) -> str:
    """A receipt as a part of a name. One that cannot stand as it is gets a few signs that no other has."""
    plain = re.sub(r"[^0-9a-z-]+", "-", ascii_name(receipt.casefold())).strip("-")[:_LONGEST]
    return plain if plain == receipt else f"{plain}-{sha256(receipt.encode()).hexdigest()[:6]}"


# Receipt numbers: what tells one hand-in from another, so that the same one twice is one report.


SIGNS = "23456789bcdfghjkmnpqrstvwxz"
"""No vowels, so that no word comes out, and no signs that are taken for each other."""
_LENGTH = 8


def receipt_of(chance: int) -> str:
    """A receipt number like `k7m3-9qfx` from a large random whole number."""
    signs = ""
    for _ in range(_LENGTH):
        chance, at = divmod(chance, len(SIGNS))
        signs += SIGNS[at]
    return f"{signs[:4]}-{signs[4:]}"


# Personal data in an answer, before it goes any further. What was found is never told.


def personal(text: str, key: str = "svar") -> Problem | None:
    """Why a text cannot be taken because it points at a person, with where in it; None when it does not.

    It is also looked at as it will stand in the file, where the words before it may tell what it is.
    """
    for written in (text, write_yaml({key.rpartition(".")[2]: text})):
        for finding in check_privacy("svar", written, with_waivers=False):
            problem, span = finding.problem, finding.place.span
            if problem.code in PERSONAL:
                where = f"från tecken {span.column}" if span is not None and written is text else "i svaret"
                return Problem(problem.code, problem.message, problem.remedy.partition(";")[0], f"{where}, {problem.note}")
    return None
