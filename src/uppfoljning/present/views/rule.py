"""A rule of the catalogue as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.terminal import BLANK, TextLine, plain
from uppfoljning.rules.rule import Rule

ROOM = 80


def rule_text(rule: Rule, room: int | None) -> Iterator[TextLine]:
    """What, why, wrong and right."""
    first, *rest = fold(f"{rule.name} ({rule.level})", (room or ANY_WIDTH) - len(rule.code) - 1)
    yield ((rule.code, "code"), (f" {first}", "title"))
    yield from (plain(" " * (len(rule.code) + 1) + text, "title") for text in rest)
    yield BLANK
    for text in fold(rule.why, min(room or ROOM, ROOM)):
        yield plain(text)
    for heading, example in (("Fel", rule.wrong), ("Rätt", rule.right)):
        yield BLANK
        yield plain(heading, "title")
        for line in example.rstrip("\n").split("\n"):
            yield plain(f"  {line}")


def rule_list(rules: Iterable[Rule], room: int | None) -> Iterator[TextLine]:
    """Every rule on a line, by code."""
    for rule in sorted(rules, key=lambda rule: rule.code):
        lead = f"  {rule.level:8}"
        first, *rest = fold(rule.name, (room or ANY_WIDTH) - len(rule.code + lead))
        yield ((rule.code, "code"), (lead + first, ""))
        yield from (plain(" " * len(rule.code + lead) + text) for text in rest)
