"""A rule of the catalogue as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.present.layout import fold
from uppfoljning.present.terminal import BLANK, TextLine, plain
from uppfoljning.rules.privacy import mask
from uppfoljning.rules.rule import Rule

ROOM = 80


def rule_text(rule: Rule) -> Iterator[TextLine]:
    """What, why, wrong and right."""
    yield ((f"{rule.code}", "code"), (f" {rule.name} ({rule.level})", "title"))
    yield BLANK
    for text in fold(mask(rule.why), ROOM):
        yield plain(text)
    for heading, example in (("Fel", rule.wrong), ("Rätt", rule.right)):
        yield BLANK
        yield plain(heading, "title")
        for line in mask(example).rstrip("\n").split("\n"):
            yield plain(f"  {line}")


def rule_list(rules: Iterable[Rule]) -> Iterator[TextLine]:
    """Every rule on a line."""
    for rule in sorted(rules, key=lambda rule: rule.code):
        yield ((rule.code, "code"), (f"  {rule.level:8}{rule.name}", ""))
