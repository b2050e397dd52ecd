"""A proposed mapping as the text of its file, with a remark wherever somebody has to look."""

from __future__ import annotations

import json
from collections.abc import Iterator

from uppfoljning.collect.table.headings import Table
from uppfoljning.collect.table.proposal import Proposal, is_order_open

CHECK = "# kontrollera"


def mapping_text(name: str, plan: str, commitment: str, proposal: Proposal, table: Table, sheet: str, header: int | None) -> str:
    """The file of a mapping. Every column of the table stands in it, given or left out and why."""
    return "".join(f"{line}\n" for line in _lines(name, plan, commitment, proposal, table, sheet, header))


def _lines(
    name: str, plan: str, commitment: str, proposal: Proposal, table: Table, sheet: str, header: int | None
) -> Iterator[str]:
    yield f"# Föreslagen ur tabellens rubriker och svar. Gå igenom raderna med {CHECK.removeprefix('# ')} och ta bort orden."
    yield f"mappning: {name}"
    yield f"plan: {plan}"
    yield f"åtagande: {commitment}"
    if sheet:
        yield f"blad: {_quoted(sheet)}"
    if header is not None:
        yield f"rubrikrad: {header}"
    if proposal.row_id:
        yield f"rad_id: {_quoted(proposal.row_id)}{'' if proposal.row_id_sure else f'   {CHECK}: skiljer den alla rader åt?'}"
    else:
        yield "# rad_id: ingen kolumn skiljer raderna åt, så de känns igen på sitt innehåll"
    if proposal.order:
        yield f"datumordning: {proposal.order}   # så som datumen i tabellen visar"
    elif is_order_open(table, proposal):
        yield f"# datumordning: dag-månad   {CHECK}: datumen kan läsas på två sätt; ta bort första # eller skriv månad-dag"
    if proposal.decimals:
        yield f"decimaltecken: {proposal.decimals}   # så som siffrorna i tabellen visar"
    yield "kolumner:"
    for guess in proposal.guesses:
        yield f"  {_quoted(guess.heading)}: {guess.target}{'' if guess.sure else f'   {CHECK}'}"
    if not {"datum", "period"} & {guess.target for guess in proposal.guesses}:
        yield f"  # ingen kolumn ger dagen   {CHECK}: skriv rubriken här, med datum efter kolonet"
    if proposal.unread:
        yield from _words(proposal)
    if proposal.skipped:
        yield "hoppa_över:"
        yield from (f"  - {_quoted(heading)}   # {why}" for heading, why in proposal.skipped)


def _words(proposal: Proposal) -> Iterator[str]:
    """What could not be read, as lines to fill in; they are remarks until somebody has done so."""
    yield f"# värden:   {CHECK}: ord i tabellen som rapporten inte har; fyll i och ta bort # framför raderna"
    for target, (cells, answers) in proposal.unread.items():
        yield f"#   {target}:"
        choice = f"   # välj bland: {', '.join(answers)}" if answers else "   # skriv ett antal"
        yield from (f"#     {_quoted(cell)}: {choice}" for cell in cells)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
