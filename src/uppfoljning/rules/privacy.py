"""Personal data never gets in: every file's text and name is looked through, and what is found is told by its place alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.files.csv_records import split_lines
from uppfoljning.files.source import is_csv
from uppfoljning.rules.contact import emails, near_numbers, phones, plates
from uppfoljning.rules.personal_number import Stretch, covering, personal_numbers
from uppfoljning.rules.privacy_look import may_be_personal
from uppfoljning.rules.waivers import Standing, settle, waivers_in


class _Kind(NamedTuple):
    """What a rule looks for: how it is found, what it is called, what to do about it."""

    code: str
    find: Callable[[str], Iterator[Stretch]]
    what: str
    remedy: str
    in_digits: bool = True


_KINDS = (
    _Kind(
        "I101",
        personal_numbers,
        "ett personnummer",
        "ta bort numret och skriv plats, situation och funktion i stället; "
        "står det redan i historiken, läs uppfoljning regel I101",
    ),
    _Kind("I102", emails, "en e-postadress", "skriv funktionen i stället för adressen", in_digits=False),
    _Kind("I103", phones, "ett telefonnummer", "skriv funktionen i stället för numret"),
    _Kind("I104", plates, "ett bilnummer", "skriv vad det var för slags fordon i stället", in_digits=False),
    _Kind("I105", near_numbers, "ett personnummer med ett skrivfel", "ta bort numret, för det kan ändå peka ut någon"),
)
"""In order of weight: where two kinds see the same signs, the first is what is said."""

PERSONAL = frozenset(kind.code for kind in _KINDS)
"""The codes of findings about something that must not be shown."""
_CERTAIN = "I101"
_WAIVABLE = PERSONAL - {_CERTAIN}


def check_privacy(file: str, text: str, *, with_waivers: bool = True) -> list[Finding]:
    """A finding for each thing in a file's text that points at a person, comments included, and for each waiver that is wrong.

    What was found is not in the finding. In YAML a waiver on the line takes a warning away, unless it is what
    someone else has sent; CSV has no comments.
    """
    found = _seen(text)
    waivers = waivers_in(text) if with_waivers and not is_csv(file) else []
    if not found and not waivers:
        return []
    starts = _line_starts(text)
    standing = Standing(waivers)
    kept = [(kind, at) for kind, at in found if not _is_waived(kind.code, at[0], standing)]
    findings = [Finding(Place(file, span=_span(starts, at)), _problem(kind, text[slice(*at)], is_csv(file))) for kind, at in kept]
    return findings + [Finding(Place(file, span=_span(starts, at)), problem) for at, problem in settle(waivers, _WAIVABLE)]


def check_name(file: str) -> list[Finding]:
    """The same for a file's name; there is one finding for each kind."""
    kinds = {kind.code: kind for kind, _ in _seen(file)}
    return [
        Finding(Place(file), Problem(kind.code, f"filens namn innehåller {kind.what}", "byt namn på filen"))
        for kind in kinds.values()
    ]


def cover(text: str) -> str:
    """The same text, as long as before, with all that points at a person covered: for findings and for what is published."""
    if not may_be_personal(text.encode("utf-8", "surrogatepass")):
        return text
    return covering(text, (at for _, at in _seen(text)), r"\w")


def _seen(text: str) -> list[tuple[_Kind, Stretch]]:
    """What stands in a text, in its order, nothing twice."""
    seen: list[tuple[_Kind, Stretch]] = []
    taken: list[Stretch] = []
    for kind in _KINDS:
        free = [at for at in kind.find(text) if not _touches(taken, at)]
        if free:
            seen += [(kind, at) for at in free]
            taken = sorted([*taken, *free])
    return sorted(seen, key=lambda one: one[1])


def _touches(taken: list[Stretch], at: Stretch) -> bool:
    """Whether a stretch has a position in common with one of some that stand apart and in order."""
    before = bisect_left(taken, (at[1],))
    return before > 0 and taken[before - 1][1] > at[0]


def _problem(kind: _Kind, value: str, in_csv: bool) -> Problem:
    counted = f"{sum(sign.isdigit() for sign in value)} siffror" if kind.in_digits else f"{len(value)} tecken"
    remedy = kind.remedy
    if kind.code != _CERTAIN:
        way = "skriv raden som en YAML-fil med" if in_csv else "sluta raden med"
        remedy += f"; är det rätt att det står där, {way} # undantag {kind.code}: varför"
    return Problem(kind.code, f"det här ser ut som {kind.what}", remedy, f"{counted}, visas inte")


def _is_waived(code: str, at: int, standing: Standing) -> bool:
    """Whether a waiver takes a finding away; each that does is noted as used."""
    waived = False
    for waiver in standing.at(at):
        if code in _WAIVABLE and code in waiver.codes and waiver.reason:
            waiver.used.add(code)
            waived = True
    return waived


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in split_lines(text):
        starts.append(starts[-1] + len(line))
    return starts


def _span(starts: list[int], at: Stretch) -> Span:
    (line, column), (end_line, end_column) = (
        (number := bisect_right(starts, position), position - starts[number - 1] + 1) for position in at
    )
    return Span(line, column, end_line, end_column)
