"""`regel`: what a finding means."""

from __future__ import annotations

from typing import Annotated

import typer


def regel(
    code: Annotated[str, typer.Argument(metavar="KOD", help="Koden inom hakparentes, till exempel S104. Utan kod: alla.")] = "",
) -> int:
    """Förklara ett fynd: vad, varför, fel och rätt."""
    from uppfoljning.cli.misuse import Misuse, hint
    from uppfoljning.cli.output import standard_output
    from uppfoljning.present.views.rule import rule_list, rule_text
    from uppfoljning.rules.catalogue import rule_of, rules

    screen = standard_output()
    if not code:
        screen.show(rule_list(rules().values(), screen.width))
        return 0
    rule = rule_of(code)
    if rule is None:
        raise Misuse(f"regeln ”{code}” finns inte{hint(code.upper(), rules())}")
    screen.show(rule_text(rule, screen.width))
    return 0
