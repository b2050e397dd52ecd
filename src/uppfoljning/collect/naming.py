"""Where a report that is handed in is kept."""

from __future__ import annotations

import re
from hashlib import sha256

from uppfoljning.files.characters import ascii_name
from uppfoljning.project.document import REPORTS

_LONGEST = 40


def report_file(plan: str, commitment: str, when: str, receipt: str) -> str:
    """The name of a report's file: a folder for each plan and commitment, then its day or period and its receipt.

    The name is ASCII, holds nothing that a person wrote freely, and differs when the receipt does.
    """
    return f"{REPORTS}{_part(plan)}/{_part(commitment)}/{_part(when)}-{_of_receipt(receipt)}.yaml"


def _part(text: str) -> str:
    return ascii_name(text.casefold()).strip(".")


def _of_receipt(receipt: str) -> str:
    """A receipt as a part of a name. One that cannot stand as it is gets a few signs that no other has."""
    plain = re.sub(r"[^0-9a-z-]+", "-", ascii_name(receipt.casefold())).strip("-")[:_LONGEST]
    return plain if plain == receipt else f"{plain}-{sha256(receipt.encode()).hexdigest()[:6]}"
