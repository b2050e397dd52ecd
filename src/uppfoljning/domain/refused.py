"""Sentences about what cannot be taken: an unknown word with the nearest known one, a value with what to write instead."""

from __future__ import annotations

from collections.abc import Collection

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.schema import suggestion


def hint(word: str, known: Collection[str]) -> str:
    """Ends a sentence about an unknown word, with the likeliest known one, else with all or the first of them."""
    text = suggestion(word, known)
    return f". {text[0].upper()}{text[1:]}" if text else "."


def refusal(said_in: str, text: str, problem: Problem, *, near: bool = False) -> str:
    """Why a value cannot be taken, and what to write instead; `said_in` is where it stands. With `near` what is near, last."""
    remedy = f". {problem.remedy[0].upper()}{problem.remedy[1:]}" if problem.remedy else ""
    note = f" ({problem.note})" if near and problem.note else ""
    return f"{said_in}: ”{text}” – {problem.message}{remedy}{note}"
