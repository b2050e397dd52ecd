"""`regel`: what a finding means."""

from __future__ import annotations

from typing import Annotated

import typer


def regel(
    code: Annotated[str, typer.Argument(metavar="KOD", help="Koden inom hakparentes, till exempel S104. Utan kod: alla.")] = "",
) -> int:
    """Förklara ett fynd: vad, varför, fel och rätt."""
    from uppfoljning.cli.misuse import Misuse
    from uppfoljning.cli.output import standard_output
    from uppfoljning.domain.shape import suggestion
    from uppfoljning.present.rule_text import rule_list, rule_text
    from uppfoljning.rules.catalogue import rule_of, rules

    if not code:
        standard_output().show(rule_list(rules().values()))
        return 0
    rule = rule_of(code)
    if rule is None:
        raise Misuse(f"regeln {code} finns inte. {suggestion(code, rules())}".rstrip())
    standard_output().show(rule_text(rule))
    return 0
