"""The report as a paper for a council (nämndhandling): the same tables and figures, in its order and its words."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.present.document.model import Chart, Document, Grid, Part
from uppfoljning.present.document.words import Facts, facts, needed, told, wanting
from uppfoljning.present.figures import plural

LISTS = ("avvikelser", "ändringar", "saknas", "iakttagelser")
MOST_ROWS = 40
"""Rows of a list of single things; a council reads no more, and the workbook has them all."""
MOST_TOLD = 8
"""Targets told of in the summary."""
_PLACES = ("Fil",)
"""Columns that help whoever keeps the files, and no one else."""


def council(paper: Document) -> Document:
    """The paper for the council. It knows only what the report shows, so what is hidden there is hidden here."""
    parts = {part.id: part for part in paper.parts}
    followed = next((block for block in _blocks(parts, "mal") if isinstance(block, Grid)), None)
    rows = facts(followed) if followed is not None else []
    made = (
        Part("arende", "Ärende", (_matter(paper), *paper.about)),
        Part("sammanfattning", "Sammanfattning", tuple(_summary(paper, parts, rows))),
        _fulfilled(parts, rows),
        _copied(parts, "avvikelser"),
        _copied(parts, "andringar"),
        _copied(parts, "bedomning"),
        _copied(parts, "saknas"),
        _ahead(parts, rows),
        _sources(paper, parts),
    )
    return paper._replace(parts=tuple(part for part in made if part is not None))


def _matter(paper: Document) -> str:
    return f"{paper.title}, {paper.when}."


def _blocks(parts: dict[str, Part], name: str) -> tuple[Grid | Chart, ...]:
    return parts[name].blocks if name in parts else ()


def _summary(paper: Document, parts: dict[str, Part], rows: list[Facts]) -> Iterator[str]:
    first, *others = paper.answer.removesuffix(".").split(" · ")
    yield f"{first}." + (f" I övrigt: {'; '.join(others)}." if others else "")
    found = wanting(rows)
    yield from found[:MOST_TOLD]
    if len(found) > MOST_TOLD:
        yield f"{len(found) - MOST_TOLD} mål till följer inte planen eller saknar underlag; de står i tabellen nedan."
    for name in ("avvikelser", "saknas"):
        if name in parts:
            yield from parts[name].sentences[:1]


def _fulfilled(parts: dict[str, Part], rows: list[Facts]) -> Part | None:
    part = parts.get("mal")
    if part is None:
        return None
    words = (Part("i-ord", "Siffrorna i ord", tuple(told(rows))),) if rows else ()
    return part._replace(parts=words)


def _copied(parts: dict[str, Part], name: str) -> Part | None:
    part = parts.get(name)
    return None if part is None else part._replace(blocks=tuple(_short(block) for block in part.blocks))


def _ahead(parts: dict[str, Part], rows: list[Facts]) -> Part | None:
    """What is to be done: the pace that the targets ask for, and what people have seen that waits for someone."""
    sentences, blocks = tuple(needed(rows)), tuple(_short(block) for block in _blocks(parts, "iakttagelser"))
    return Part("atgarder", "Åtgärder framåt", sentences, blocks) if sentences or blocks else None


def _sources(paper: Document, parts: dict[str, Part]) -> Part:
    part = parts.get("underlag", Part("underlag", "Underlag"))
    told = " ".join(part.sentences)
    foot = (line for line in paper.foot if not paper.command or paper.command not in line or paper.command not in told)
    return part._replace(sentences=(*_reports(part), *part.sentences, *(f"{line[:1].upper()}{line[1:]}." for line in foot)))


def _reports(part: Part) -> Iterator[str]:
    """How many reports the figures rest on."""
    for block in part.blocks:
        grid = block.grid if isinstance(block, Chart) else block
        names = [column.name for column in grid.columns]
        if grid.id == "underlag" and {"fil", "rad", "räknas"} <= set(names):
            file, row, counts = (names.index(name) for name in ("fil", "rad", "räknas"))
            every = {(one[file].value, one[row].value) for one in grid.rows}
            counted = {(one[file].value, one[row].value) for one in grid.rows if one[counts].value == "ja"}
            left = len(every) - len(counted)
            besides = f" {plural(left, 'rapport till räknas', 'rapporter till räknas')} inte i någon siffra." if left else ""
            yield f"Siffrorna bygger på {plural(len(counted), 'rapport', 'rapporter')}.{besides}"


def _short(block: Grid | Chart) -> Grid | Chart:
    """A table without the places of files, and of a long list the beginning."""
    if isinstance(block, Chart):
        return block._replace(grid=_shortened(block.grid))
    return _shortened(block)


def _shortened(grid: Grid) -> Grid:
    kept = [at for at, column in enumerate(grid.columns) if column.name not in _PLACES]
    shown = grid.rows[:MOST_ROWS] if grid.family in LISTS else grid.rows
    rows = [tuple(row[at] for at in kept) for row in shown]
    note = grid.note
    if rest := len(grid.rows) - len(rows):
        note = f"{note} Här står de första {len(rows)}. {plural(rest, 'rad', 'rader')} till finns i arbetsboken.".strip()
    return grid._replace(columns=tuple(grid.columns[at] for at in kept), rows=tuple(rows), note=note)
