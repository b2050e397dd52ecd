"""How much was found, in words."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.present.figures import plural
from uppfoljning.present.findings.located import LEVELS, Located

_MANY = {"fel": "fel", "varning": "varningar", "notis": "notiser"}


def counted(findings: Sequence[Located]) -> str:
    """The number of each level there is any of, also of those left out: `2 fel, 1 varning`; empty when nothing was found."""
    numbers = {level: sum(1 + found.more for found in findings if found.level == level) for level in LEVELS}
    return ", ".join(plural(number, level, _MANY[level]) for level, number in numbers.items() if number)


def tally(findings: Sequence[Located], files: int, old: int = 0) -> str:
    """How much was found, for the last line on standard error; `old` is how much was left out because it is not new."""
    found, read = counted(findings), plural(files, "fil", "filer")
    said = f"{found} i {read}." if found else f"Inget {'nytt ' if old else ''}att anmärka på i {read}."
    return f"{said} {plural(old, 'äldre fynd', 'äldre fynd')} visas inte." if old else said
