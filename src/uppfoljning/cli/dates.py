"""The day that a command line asks for."""

from __future__ import annotations

from datetime import date

from uppfoljning.cli.misuse import Misuse
from uppfoljning.domain import scalars as refused
from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.finding import Problem


def day_of(text: str, option: str = "--vid") -> date:
    """The day that an option says, else today. The clock is read here and nowhere else."""
    found = parse_date(text) if text else date.today()
    if isinstance(found, Problem):
        raise Misuse(refusal(option, text, found))
    return found


def refusal(option: str, text: str, problem: Problem) -> str:
    """Why the value of an option cannot be taken, and what to write instead."""
    return refused.refusal(f"flaggan {option}", text, problem)
