"""The faces of `effekt`, by name: of the estimates, and of what could be found ahead of a measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Chart, Grid, for_readers
from uppfoljning.present.effect.account import Account
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain

Writer = Callable[[list[Account], Provenance, View, Screen], None]


def _text(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.text import effect_text

    screen.show(effect_text(accounts, foot, screen.width))


def _json(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.json import effect_json

    screen.write_data(effect_json(accounts, foot, view))


def _markdown(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.paper import effect_part
    from uppfoljning.present.effect.text import NOTHING

    part = effect_part(accounts)
    lines = ["## Effekt\n"] if part is not None else [f"{NOTHING}\n"]
    for one in part.parts if part is not None else ():
        lines.append(f"### {escaped(one.heading)}\n")
        lines += [f"{escaped(sentence)}\n" for sentence in one.sentences]
        lines += [markdown_table(block.grid if isinstance(block, Chart) else block) for block in one.blocks]
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _ahead_text(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.power_plan import planned
    from uppfoljning.present.effect.text import NOTHING

    if not accounts:
        screen.show(folded(NOTHING, screen.width))
    for account, sentences, grid in planned(accounts):
        screen.show(folded(account.commitment.title, screen.width, style="title"))
        for sentence in sentences:
            screen.show(folded(sentence, screen.width, 2))
        if grid is not None:
            screen.show([plain(f"  {grid.title}:", "title")])
            screen.show(_ahead_table(grid, screen.width))
        screen.show([BLANK])
    screen.show(folded(str(foot), screen.width, style="quiet"))


def _ahead_table(grid: Grid, room: int | None) -> Iterator[TextLine]:
    """The table, or where it does not fit a line for each length of time."""
    from uppfoljning.present.layout import GAP, Column, laid, widths

    shown = for_readers(grid)
    columns = [Column(column.name, folds=True) for column in shown.columns]
    body = [[cell.shown for cell in row] for row in shown.rows]
    sizes = widths(columns, body, room and room - 2)
    if sizes is not None:
        for row in ([column.name for column in columns], *body):
            yield from (plain("  " + GAP.join(cells)) for cells in laid(columns, row, sizes))
        return
    for row in body:
        told = "; ".join(f"{column.name.lower()} {cell}" for column, cell in zip(columns[1:], row[1:], strict=True))
        yield from folded(f"{row[0]} månader: {told}.", room, 2)


def _ahead_markdown(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.power_plan import planned

    lines = ["## Vad som skulle synas\n"]
    for account, sentences, grid in planned(accounts):
        lines.append(f"### {escaped(account.commitment.title)}\n")
        lines += [f"{escaped(sentence)}\n" for sentence in sentences]
        lines += [f"{grid.title}:\n", markdown_table(grid)] if grid is not None else []
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _ahead_json(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.effect.json import VERSION
    from uppfoljning.present.effect.power_plan import planned

    told = [
        {
            "plan": account.plan.id,
            "id": account.commitment.id,
            "text": sentences,
            "rader": [] if grid is None else [[cell.shown for cell in row] for row in grid.rows],
        }
        for account, sentences, grid in planned(accounts)
    ]
    screen.write_data(json_text({"version": VERSION, "vid": view.as_of.isoformat(), "åtaganden": told}))


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
AHEAD: dict[str, Writer] = {"text": _ahead_text, "json": _ahead_json, "md": _ahead_markdown}
