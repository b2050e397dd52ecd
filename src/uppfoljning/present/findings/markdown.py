"""Findings as Markdown, for the comment of a change and the summary of a step."""

from __future__ import annotations

from uppfoljning.present.figures import plural
from uppfoljning.present.findings.count import counted
from uppfoljning.present.findings.located import Located, worst_first
from uppfoljning.present.page import Page, cell

COMMENT = 60_000
"""Bytes: a comment may have 65 536 signs."""

_CLOSING = 200
_HEAD = "| Nivå | Kod | Plats | Vad | Gör så här |\n|---|---|---|---|---|\n"


def markdown(findings: list[Located], limit: int) -> str:
    """The answer and a table, worst first, in at most `limit` bytes; what does not fit is counted."""
    page = Page(limit - _CLOSING)
    page.add(f"## Kontroll av planer och rapporter\n\n{counted(findings) or 'Inget att anmärka på'}.\n")
    page.block(f"\n{_HEAD}", [_row(one) for one in worst_first(findings)])
    if not page.lost:
        return page.text()
    return f"{page.text()}\n{plural(page.lost, 'rad', 'rader')} fick inte plats. Hela listan: `uppfoljning validera`.\n"


def _row(one: Located) -> str:
    what = f"{one.headline} (se även {one.also})" if one.also else one.headline
    return f"| {' | '.join(map(cell, (one.level, one.code, str(one.spot), what, one.remedy)))} |\n"
