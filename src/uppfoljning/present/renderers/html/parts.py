"""The parts of a paper, one below the other, with headings that go down one level at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from uppfoljning.present.document.model import Chart, Grid, Part
from uppfoljning.present.renderers.html.figures import drawn
from uppfoljning.present.renderers.html.lights import mark
from uppfoljning.present.renderers.html.markup import SPACE, Html, joined, tag
from uppfoljning.present.renderers.html.names import Names
from uppfoljning.present.renderers.html.tables import Place, table

_TOP, _DEEPEST = 2, 6


def part_of(part: Part, names: Names, level: int = _TOP) -> Html:
    """A part with all that is in it. Its address is its own id."""
    place = names.fresh(part.id)
    title = names.fresh(f"{place}-rubrik")
    heading = tag(f"h{min(level, _DEEPEST)}", part.heading, id=title)
    if part.status:
        heading = tag("div", heading, mark(part.status, tag("span", "Status:", class_="dold"), SPACE), class_="rubrik")
    held = joined(
        heading,
        _said(part),
        *_blocks(part.blocks, names, Place(title, part.heading)),
        *(part_of(inner, names, level + 1) for inner in part.parts),
    )
    return tag("section", Html(f"\n{held}\n"), id=place, class_="kort" if part.status else None)


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


def _blocks(blocks: Sequence[Chart | Grid], names: Names, of: Place) -> list[Html]:
    """Tables over the whole width; charts that follow each other side by side where there is room."""
    found = []
    for charts, group in groupby(blocks, key=lambda block: isinstance(block, Chart)):
        pieces = [_block(block, names, of) for block in group]
        found.append(tag("div", *pieces, class_="diagramrad") if charts else joined(*pieces))
    return found


def _block(block: Chart | Grid, names: Names, of: Place) -> Html:
    return drawn(block, names, of) if isinstance(block, Chart) else table(block, names, of)
