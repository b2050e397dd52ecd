"""The whole page: what a browser must know first, the top, the parts and the foot."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Part, for_readers
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.renderers.html import charts as html_charts
from uppfoljning.present.renderers.html.charts import bars
from uppfoljning.present.renderers.html.charts.calendar import calendar
from uppfoljning.present.renderers.html.markup import NOTHING, SPACE, Html, Names, address, joined, tag

# The traffic lights of a page: the shape that stands before a status word says which colour goes with it.


_LIGHTS = {"●": "gron", "▲": "gul", "■": "rod", "○": "gra"}
_OTHER = "vilar"
_SHAPES = (*_LIGHTS, "·")
_ORDER = (*_LIGHTS.values(), _OTHER)
_WORST = ("rod", "gul", "gra", "gron", _OTHER)


class StatusCount(NamedTuple):
    """How many have a status."""

    status: str
    number: int


def light(status: str) -> str:
    """The class of a status such as `■ efter`."""
    return _LIGHTS.get(status[:1], _OTHER)


def mark(status: str, *before: Html) -> Html:
    """A status: its shape, which a screen reader passes by, and its word. Without style it reads the same.

    What is no status, such as that it is not told, has no light.
    """
    shape, _, word = status.partition(" ")
    if shape not in _SHAPES:
        return tag("span", *before, status)
    sign = tag("span", shape, class_="form", aria_hidden="true")
    return tag("span", *before, sign, SPACE, word, class_=f"lage {light(status)}")


def counts(parts: Iterable[Part]) -> list[StatusCount]:
    """How many parts have each status, the green first, within a colour the most common first."""
    found = Counter(_statuses(parts))
    order = sorted(found, key=lambda status: (_ORDER.index(light(status)), -found[status], status))
    return [StatusCount(status, found[status]) for status in order]


def _statuses(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.status:
            yield part.status
        yield from _statuses(part.parts)


# Tables: a caption, headings of columns and of rows, figures to the right, in a frame of their own where they may be wide.


_AT_A_GLANCE = 8
"""A wide table of more rows is folded: it is for whoever asks for all of it."""
_NARROW = 3
"""So many columns fit on the narrowest phone."""
_ID = "åtagande"
"""The column for programs that holds the id of the commitment that the column of the same name, for readers, calls by title."""
_BAR = 48


class Anchor(NamedTuple):
    """The heading that something stands under: its id and its words."""

    id: str
    heading: str


def table(grid: Grid, names: Names, under: Anchor, caption: str = "", *, bars: bool = True) -> Html:
    """What readers see of a table, under its own title unless `caption` says another; nothing when it is for programs alone.

    Where the title only repeats the heading, the eye is spared it. `bars` asks for a bar beside every share.
    """
    view = for_readers(grid)
    if not view.columns:
        return NOTHING
    title = names.numbered("tabell")
    head = tag("tr", *(tag("th", column.name, scope="col", class_=_class(column)) for column in view.columns))
    linked = _linked(grid, names)
    rows = (
        tag("tr", *(_cell(at, column, cell, to, bars) for at, (column, cell) in enumerate(zip(view.columns, row, strict=True))))
        for row, to in zip(view.rows, linked, strict=True)
    )
    drawn = tag(
        "table",
        tag("caption", caption or grid.title, id=title, class_="dold" if grid.title == under.heading else None),
        tag("thead", head),
        tag("tbody", joined(*rows)),
    )
    note = tag("p", grid.note, class_="not") if grid.note else NOTHING
    if len(view.columns) <= _NARROW:
        return joined(tag("div", drawn, class_="tabell"), note)
    return joined(tag("div", drawn, class_="tabell bred", role="region", tabindex=0, aria_labelledby=f"{title} {under.id}"), note)


def _class(column: Column) -> str | None:
    return None if column.kind == "text" else column.kind


def _linked(grid: Grid, names: Names) -> list[str]:
    """For each row the commitment's part on this page, where the table says which."""
    at = next((at for at, column in enumerate(grid.columns) if column.data and column.name == _ID), None)
    if at is None:
        return [""] * len(grid.rows)
    return [names.commitment(str(row[at].value)) for row in grid.rows]


def _cell(at: int, column: Column, cell: Cell, to: str, bars: bool) -> Html:
    inside = _inside(column, cell, bars)
    if to and column.name.casefold() == _ID:
        inside = tag("a", inside, href=f"#{to}")
    if at == 0:
        return tag("th", inside, scope="row", class_=_class(column))
    return tag("td", inside, class_=_class(column))


def _inside(column: Column, cell: Cell, bars: bool) -> str:
    if column.kind == "status" and cell.shown:
        return mark(cell.shown)
    if bars and column.kind == "andel" and isinstance(cell.value, (int, Fraction)):
        return Html(f"{tag('span', cell.shown)}{_bar(cell.value)}")
    return cell.shown


def _bar(share: Fraction | int) -> Html:
    """How far a share reaches; what is more than the whole fills it, and the figure beside says how much."""
    filled = round(_BAR * min(max(share, 0), 1))
    rect = tag("rect", width=filled, height=6, class_="fyllt") if filled else NOTHING
    return tag(
        "svg",
        tag("rect", width=_BAR, height=6, class_="spar"),
        rect,
        class_="matare",
        viewBox=f"0 0 {_BAR} 6",
        aria_hidden="true",
    )


# A chart on the page: its title, what its lines mean, the drawing, and the table it is drawn from.


_DRAWN = {"utveckling": html_charts.progress, "kalender": calendar, "staplar": bars, "serie": html_charts.series}
_KEYS = {"utveckling": html_charts.progress_key, "serie": html_charts.series_key}


def drawn(chart: Chart, names: Names, under: Anchor) -> Html:
    """The figure; the table alone where there is nothing to draw."""
    drawing = _DRAWN[chart.kind](chart)
    if drawing is None:
        return table(chart.grid, names, under)
    table_title = _short(chart.grid.title, under)
    # Its note is for whoever reads the drawing too, so it does not stand in what is folded away.
    figures = table(chart.grid._replace(note=""), names, under, table_title, bars=False)
    summary = tag("summary", "Siffrorna i en tabell", tag("span", f": {chart.title}", class_="dold"))
    return tag(
        "figure",
        tag("figcaption", _short(chart.title, under) or table_title),
        _KEYS[chart.kind](chart) if chart.kind in _KEYS else NOTHING,
        drawing,
        tag("details", summary, figures),
        tag("p", chart.grid.note, class_="not") if chart.grid.note else NOTHING,
        class_=f"diagram {chart.kind}",
    )


def _short(title: str, under: Anchor) -> str:
    """A title without the heading's words, which have just been read; nothing when it has no others."""
    begins = one_line(under.heading)
    if title != begins and not title.startswith(f"{begins}, "):
        return title
    rest = title[len(begins) + 2 :]
    return rest[:1].upper() + rest[1:]


# The parts of a paper, one below the other, with headings that go down one level at a time.


_TOP, _DEEPEST = 2, 6


def part_of(part: Part, names: Names, level: int = _TOP, *, folded: bool = False) -> Html:
    """A part with all that is in it. Its address is its own id. `folded` shows its heading and status until it is opened."""
    place = names.fresh(part.id)
    title = names.fresh(f"{place}-rubrik")
    heading = tag(f"h{min(level, _DEEPEST)}", part.heading, id=title)
    if part.status:
        sign = mark(part.status, tag("span", "Status:", class_="dold"), SPACE)
        heading = tag("summary" if folded else "div", heading, sign, class_="rubrik")
    elif folded:
        heading = tag("summary", heading, class_="rubrik")
    within = listed(part)
    inside = joined(
        _said(part),
        *_blocks(part.blocks, names, Anchor(title, part.heading)),
        *(part_of(inner, names, level + 1, folded=within) for inner in (worst_first(part.parts) if within else part.parts)),
    )
    if folded:
        # The address is inside what is folded, so that a link to it opens it.
        return tag("details", heading, tag("section", Html(f"\n{inside}\n"), id=place, aria_labelledby=title), class_="kort fald")
    held = joined(heading, inside)
    return tag("section", Html(f"\n{held}\n"), id=place, class_="kort" if part.status else None)


def listed(part: Part) -> bool:
    """Whether what is in a part is a list to look through, each piece folded: those with a status that have more than words."""
    return any(inner.status for inner in part.parts) and any(inner.blocks for inner in part.parts)


def worst_first(parts: Sequence[Part]) -> list[Part]:
    """The red before the yellow, the uncertain before the green, and last what has no state yet; else in their order."""
    return sorted(parts, key=lambda part: _WORST.index(light(part.status)))


def _said(part: Part) -> Html:
    """What is told of a part, and beside it what people have written themselves."""
    if not part.free:
        return _sentences(part.sentences)
    return tag("div", _sentences(part.sentences), tag("div", *map(_own, part.free), class_="ord"), class_="sagt")


def _sentences(sentences: Sequence[str]) -> Html:
    if len(sentences) < 2:
        return joined(*(tag("p", one, class_="svar") for one in sentences))
    return tag("ul", *(tag("li", one) for one in sentences), class_="fakta")


def _own(said: str) -> Html:
    """Someone's own words, with what they are about before the first colon."""
    about, colon, words = said.partition(": ")
    return tag("p", tag("strong", f"{about}:"), SPACE, words) if colon else tag("p", said)


def _blocks(blocks: Sequence[Chart | Grid], names: Names, of: Anchor) -> list[Html]:
    """Tables over the whole width; charts that follow each other side by side where there is room."""
    found = []
    for charts, group in groupby(blocks, key=lambda block: isinstance(block, Chart)):
        pieces = [_block(block, names, of) for block in group]
        found.append(tag("div", *pieces, class_="diagramrad") if charts else joined(*pieces))
    return found


def _block(block: Chart | Grid, names: Names, of: Anchor) -> Html:
    if isinstance(block, Chart):
        return drawn(block, names, of)
    whole = table(block, names, of)
    if not whole or len(block.rows) <= _AT_A_GLANCE or len(for_readers(block).columns) <= _NARROW:
        return whole
    said = f"Tabell: {_short(block.title, of) or block.title} ({plural(len(block.rows), 'rad', 'rader')})"
    return tag("details", tag("summary", said), whole)


# The style of a page and the policy that lets nothing else in.


_FILE = Path(__file__).parents[3] / "templates" / "rapport" / "page.css"


@cache
def style() -> str:
    """The style sheet."""
    return _FILE.read_text("utf-8")


@cache
def policy() -> str:
    """The content security policy: this style, known by its hash, and nothing from anywhere."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'none'; base-uri 'none'"


# The top of a page: the answer, how many stand how, and what is in it.


CONTENTS = "sidan-innehall"


def hero(paper: Document) -> Html:
    """What it is and when, the answer as the heading, and how many have each status."""
    first, *rest = paper.answer.rstrip(".").split(" · ")
    more = tag("p", f"{' · '.join(rest)}.", class_="mer") if rest else NOTHING
    held = joined(
        tag("p", paper.title, class_="namn") if paper.answer else NOTHING,
        tag("p", paper.when, class_="nar"),
        tag("h1", (first if rest else paper.answer) or paper.title, class_="svaret"),
        more,
        _tally(paper),
    )
    return tag("header", tag("div", held, class_="matt"), class_="topp")


def _tally(paper: Document) -> Html:
    found = counts(paper.parts)
    if not found:
        return NOTHING
    groups = (
        tag(
            "li",
            tag("span", *(tag("i", NOTHING) for _ in range(number)), class_="block", aria_hidden="true"),
            tag("span", str(number), class_="antal"),
            SPACE,
            mark(status),
            class_=light(status),
        )
        for status, number in found
    )
    return joined(
        tag("h2", "Så många har varje status", class_="dold"),
        tag("ul", *groups, class_="lagen"),
    )


def contents(paper: Document) -> Html:
    """Where things are."""
    links = (tag("li", tag("a", part.heading, href=f"#{address(part.id)}")) for part in paper.parts)
    return tag(
        "nav",
        tag("h2", "Innehåll", id=CONTENTS, class_="dold"),
        tag("ul", *links),
        class_="innehall",
        aria_labelledby=CONTENTS,
    )


_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Ccircle cx='4' cy='4' r='4' fill='%230d5a5c'/%3E%3C/svg%3E"
)
_MAIN = "sidan-rapporten"


def html_text(paper: Document) -> str:
    """A paper as a page that stands alone: it fetches nothing and runs nothing. The same paper gives the same bytes."""
    # The list of commitments comes first; sorting keeps the order of the rest.
    paper = paper._replace(parts=tuple(sorted(paper.parts, key=lambda part: not listed(part))))
    names = Names(paper.parts, (_MAIN, CONTENTS))
    body = joined(
        tag("a", "Hoppa till rapporten", href=f"#{_MAIN}", class_="hopp"),
        hero(paper),
        tag(
            "div",
            contents(paper),
            tag("main", joined(*(part_of(part, names) for part in paper.parts)), id=_MAIN, tabindex=-1),
            class_="matt sida",
        ),
        tag("footer", tag("div", *(tag("p", said) for said in paper.foot), class_="matt")),
    )
    return f'<!doctype html>\n<html lang="sv" data-uppfoljning="rapport">\n{_head(paper)}\n<body>\n{body}\n</body>\n</html>\n'


def _head(paper: Document) -> Html:
    held = joined(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy()),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("meta", name_="format-detection", content="telephone=no"),
        tag("meta", name_="description", content=paper.answer) if paper.answer else NOTHING,
        tag("title", f"{paper.title} – {paper.when}"),
        tag("link", rel="icon", href=_ICON),
        tag("style", Html(style())),
    )
    return Html(f"<head>\n{held}\n</head>")
