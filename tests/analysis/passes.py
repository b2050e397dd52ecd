"""Passes in as few words as the case needs: what each met, how long it was, and what it was like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.domain.entries import entry
from uppfoljning.analysis.adjusted_contrasts import ObservedOccasion
from uppfoljning.analysis.contrasts import Pass
from uppfoljning.analysis.occasions import AnalysedOccasion, Factor, Passes
from uppfoljning.domain.number import Quantity

FUNCTION, WEEKDAY, EXPECTED = (
    Factor("funktion", "funktion"),
    Factor("veckodag", "veckodag"),
    Factor("väntad veckodag", "fredag", True, True),
)
PLACE, STEP = Factor("plats", "plats"), Factor("moment samling", "momentet Samling", True)
Levels = Mapping[str, str | Sequence[str]]


def occasion(number: int, events: int | bool | None, levels: Levels, hours: int | None = 2) -> AnalysedOccasion:
    """One occasion; None events is one that does not answer."""
    facts: dict[str, Any] = {} if events is None else {"samtal": events if isinstance(events, bool) else Quantity(events)}
    sets = {name: frozenset((one,) if isinstance(one, str) else one) for name, one in levels.items()}
    return AnalysedOccasion(entry(f"r{number}", "2026-01-09", **facts), hours, sets)


def passes(rows: Sequence[tuple[int | bool | None, Levels]], *factors: Factor, hours: int | None = 2) -> Passes:
    """All of them, with the factors looked into."""
    return Passes(tuple(occasion(at, events, levels, hours) for at, (events, levels) in enumerate(rows)), factors)


def told(rows: Sequence[tuple[int, Levels]]) -> list[ObservedOccasion]:
    """Occasions with what they met in two hours."""
    return [ObservedOccasion(occasion(at, events, levels), Pass(events, 2.0)) for at, (events, levels) in enumerate(rows)]
