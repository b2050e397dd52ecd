"""Receipt numbers: what tells one hand-in from another, so that the same one twice is one report."""

from __future__ import annotations

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
