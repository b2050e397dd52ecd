"""The catalogue of rules, a file per subject; it feeds messages, `regel`, documentation and machine formats."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from uppfoljning.rules.rule import Level, Rule


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes. The texts are loaded first when something has been found."""
    from uppfoljning.rules.catalogue import (
        content,
        dates,
        files,
        history,
        mappings,
        names,
        privacy,
        references,
        shape,
        sums,
        targets,
    )

    subjects = (files, shape, targets, references, dates, sums, content, names, privacy, history, mappings)
    return {
        rule.code: rule for rule in sorted((rule for subject in subjects for rule in subject.RULES), key=lambda rule: rule.code)
    }


def level_of(code: str) -> Level:
    """The level of a finding with this code."""
    return rules()[code].level


def rule_of(code: str) -> Rule | None:
    """The rule with a code, written in any case, or None when there is none."""
    return rules().get(code.strip().upper())
