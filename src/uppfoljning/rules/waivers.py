"""Waivers: a comment at the end of a line that lets a warning about personal data pass there, with the reason why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from uppfoljning.domain.finding import Problem
from uppfoljning.files.spans import line_bounds

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


class Standing:
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
