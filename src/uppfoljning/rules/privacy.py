"""Personal data never gets in: every file's text and name is looked through, and what is found is told by its place alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.domain.finding import Finding, Place, Problem, Span
from uppfoljning.files.csv import split_lines
from uppfoljning.files.source import is_csv, line_bounds
from uppfoljning.rules.contact import Stretch, covering, emails, near_numbers, personal_numbers, phones, plates
from uppfoljning.rules.privacy_look import may_be_personal

# Waivers: a comment at the end of a line that lets a warning about personal data pass there, with the reason why.


_WAIVER = re.compile(r"(?:^|(?<=[ \t]))# undantag (?P<codes>[A-Z]\d{3}(?:, ?[A-Z]\d{3})*)\b[: ]*(?P<reason>[^\n]*)", re.MULTILINE)
_HEAD_OF_BLOCK = re.compile(r"(?:^|[:\- ])[|>][-+\d]{0,2}[ \t]*$")
_BELOW_HEAD = r"(?:\n(?:[ \t]*(?=\n|\Z)|{deeper}[^\n]*))*"


@dataclass(slots=True)
class Waiver:
    """One waiver: the codes it names, its reason, where it stands, and the stretch of text that it speaks for.

    `used` gathers the codes that it has let pass.
    """

    codes: tuple[str, ...]
    reason: str
    at: tuple[int, int]
    stretches: tuple[tuple[int, int], ...]
    used: set[str] = field(default_factory=set)


class WaiverScope:
    """Waivers by where they speak: on the line before the comment, and in the block of text that begins there."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._stretches = sorted((start, end, at) for at, one in enumerate(waivers) for start, end in one.stretches)
        self._waivers = waivers
        self._begun = 0
        self._open: list[tuple[int, int]] = []

    def at(self, at: int) -> list[Waiver]:
        """Those that speak for a position; asked for from the beginning of the text to its end."""
        while self._begun < len(self._stretches) and self._stretches[self._begun][0] <= at:
            self._open.append(self._stretches[self._begun][1:])
            self._begun += 1
        self._open = [one for one in self._open if at < one[0]]
        return [self._waivers[number] for _, number in self._open]


def waivers_in(text: str) -> list[Waiver]:
    """Every waiver in a YAML text. A comment cannot stand within a block of text (`|`, `>`), so there it stands at the head."""
    if "# undantag" not in text:
        return []
    found = []
    for match in _WAIVER.finditer(text):
        start, end = line_bounds(text, match.start())
        before = text[start : match.start()]
        stretches = [(start, match.start())]
        if _HEAD_OF_BLOCK.search(before):
            deeper = " " * (len(before) - len(before.lstrip(" ")) + 1)
            block = re.compile(_BELOW_HEAD.format(deeper=deeper)).match(text, end)
            assert block is not None
            stretches.append(block.span())
        codes = tuple(code.strip() for code in match["codes"].split(","))
        found.append(Waiver(codes, match["reason"].strip(), match.span(), tuple(stretches)))
    return found


def settle(waivers: list[Waiver], waivable: frozenset[str]) -> Iterator[tuple[tuple[int, int], Problem]]:
    """What is wrong with the waivers, once it is known what they have let pass, and where."""
    for waiver in waivers:
        wrong = [code for code in waiver.codes if code not in waivable]
        unused = [code for code in waiver.codes if code not in waiver.used]
        if wrong:
            remedy = f"ta bort undantaget; bara {', '.join(sorted(waivable))} kan undantas"
            yield waiver.at, Problem("I106", f"{' och '.join(wrong)} kan inte undantas", remedy)
        elif not waiver.reason:
            remedy = f"skriv varför: # undantag {', '.join(waiver.codes)}: funktionsbrevlåda"
            yield waiver.at, Problem("I106", "undantaget saknar skäl", remedy)
        elif unused:
            remedy = "ta bort undantaget, eller flytta det till raden som det gäller"
            yield waiver.at, Problem("I106", f"undantaget behövs inte: {' och '.join(unused)} gäller inget på raden", remedy)


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
    standing = WaiverScope(waivers)
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


def _is_waived(code: str, at: int, standing: WaiverScope) -> bool:
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
