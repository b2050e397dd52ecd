"""What goes together in a target: each operator has keys that mean something beside it, and others that do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from uppfoljning.domain.clock import UNITS_OF_LENGTH
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.target import Target


class _Misfit(NamedTuple):
    """A combination that cannot be: when it holds, the key to point at (empty: the operator), and what to say."""

    holds: Callable[[Target], bool]
    where: str
    code: str
    message: str
    remedy: str


_PER_CENT = ("procent", "%", "procentenheter")


def _ratio(target: Target) -> bool:
    return target.counts.kind in ("andel", "inom")


def _fixed(target: Target) -> bool:
    """A figure for the whole period, which cannot be summed over sub-periods."""
    return target.operator in ("mellan", "alla", "klart") or target.share or target.stock or not target.testable


def _out_of_order(target: Target) -> bool:
    return target.value is None or target.ceiling is None or target.value > target.ceiling


def _always_reached(target: Target) -> bool:
    return target.operator in ("minst", "antal", "alla") and target.testable and target.value is not None and target.value <= 0


def _cannot_be_phased(target: Target) -> bool:
    return _fixed(target) or target.operator == "högst" or target.each or target.per not in ("", "år")


_MISFITS = (
    _Misfit(
        lambda t: t.operator == "mellan" and _out_of_order(t),
        "",
        "P204",
        "mellan ska ha två tal, det minsta först",
        "skriv till exempel mellan: [4, 6]",
    ),
    _Misfit(
        _always_reached,
        "",
        "P205",
        "målet är nått redan från början: det är noll eller lägre",
        "skriv antal: utan måltal om inget tal är lovat",
    ),
    _Misfit(
        lambda t: t.operator == "högst" and t.value is not None and t.value < 0,
        "",
        "P205",
        "ett tak kan inte vara under noll",
        "skriv 0 eller mer",
    ),
    _Misfit(
        lambda t: t.share and not _ratio(t) and not (t.stock and t.counts.kind == "fält"),
        "",
        "P206",
        "en andel behöver något att dela med",
        "lägg till räknar: {täljare: fält, nämnare: fält} eller {inom: 24 timmar, av: [fält, fält]}, "
        "eller sätt: nivå med ett fält av typen andel",
    ),
    _Misfit(
        lambda t: not t.share and t.testable and t.unit.casefold() in _PER_CENT and t.counts.kind in ("tillfällen", "unika"),
        "",
        "P206",
        "målet är i procent, men räknar antal",
        "skriv till exempel minst: 75 % med räknar: {täljare: fält, nämnare: fält}",
    ),
    _Misfit(
        lambda t: t.counts.an_hour > 0 and t.counts.kind != "fält",
        "",
        "P223",
        "en tidslängd behöver ett fält att räkna",
        "lägg till räknar: med ett fält av typen längd",
    ),
    _Misfit(
        lambda t: t.counts.an_hour > 0 and t.unit != UNITS_OF_LENGTH[t.counts.an_hour],
        "enhet",
        "P223",
        "målet säger redan i vilken enhet tiden räknas",
        "ta bort enhet",
    ),
    _Misfit(
        lambda t: _ratio(t) and t.testable and not t.share and t.operator in ("minst", "högst", "antal"),
        "",
        "P206",
        "målet för en andel skrivs i procent",
        "skriv till exempel minst: 75 %",
    ),
    _Misfit(
        lambda t: _ratio(t) and t.operator in ("mellan", "alla", "klart"),
        "räknar",
        "P206",
        "en andel går inte ihop med {}",
        "skriv minst eller högst med procent",
    ),
    _Misfit(
        lambda t: t.operator == "alla" and t.counts.kind != "unika",
        "",
        "P207",
        "alla räknar olika värden i ett fält",
        "lägg till räknar: {unika: fält}",
    ),
    _Misfit(
        lambda t: bool(t.per) and t.each,
        "varje",
        "P208",
        "per och varje går inte ihop",
        "per ger en summa över perioden, varje kräver varje delperiod; välj en",
    ),
    _Misfit(
        lambda t: bool(t.per) and _fixed(t),
        "per",
        "P208",
        "per går inte ihop med det här målet",
        "ta bort per; talet gäller hela perioden",
    ),
    _Misfit(
        lambda t: t.each and (_fixed(t) or t.operator == "högst"),
        "varje",
        "P208",
        "varje går bara ihop med minst eller antal och ett tal",
        "ta bort varje, eller skriv minst: 1",
    ),
    _Misfit(
        lambda t: t.phasing is not None and _cannot_be_phased(t),
        "fördelning",
        "P209",
        "det här målet kan inte fördelas",
        "fördelning går med minst eller antal, utan per eller med per: år",
    ),
    _Misfit(
        lambda t: t.baseline is not None and not t.stock,
        "baslinje",
        "P210",
        "en baslinje hör till sätt: nivå",
        "lägg till sätt: nivå eller ta bort baslinje",
    ),
    _Misfit(
        lambda t: t.stock and t.counts.kind != "fält",
        "sätt",
        "P211",
        "en nivå behöver ett fält att läsa av",
        "lägg till räknar: fält",
    ),
)


def misfits(target: Target, tree: Mapping[str, Tree]) -> list[tuple[str, Problem]]:
    """What does not go together in a target, each with the key of `tree` to point at."""
    return [
        (one.where if one.where in tree else target.operator, Problem(one.code, one.message.format(target.operator), one.remedy))
        for one in _MISFITS
        if one.holds(target)
    ]
