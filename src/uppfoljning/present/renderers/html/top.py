"""The top of a page: the answer, how many stand how, what is in it, and each commitment with its status."""

from __future__ import annotations

from uppfoljning.present.document.model import Document, Part
from uppfoljning.present.renderers.html.lights import counts, light, mark
from uppfoljning.present.renderers.html.markup import NOTHING, SPACE, Html, joined, tag
from uppfoljning.present.renderers.html.names import address

OVERVIEW = "sidan-oversikt"
CONTENTS = "sidan-innehall"


def hero(paper: Document) -> Html:
    """The title, the answer in large letters, and how many have each status."""
    first, *rest = paper.answer.rstrip(".").split(" · ")
    more = tag("p", f"{' · '.join(rest)}.", class_="mer") if rest else NOTHING
    held = joined(
        tag("h1", paper.title),
        tag("p", paper.when, class_="nar"),
        tag("p", first if rest else paper.answer, class_="svaret") if paper.answer else NOTHING,
        more,
        _tally(paper),
    )
    return tag("header", tag("div", held, class_="matt"), class_="topp")


def _tally(paper: Document) -> Html:
    found = counts(paper.parts)
    if not found:
        return NOTHING
    tiles = (
        tag("li", tag("span", str(number), class_="antal"), SPACE, mark(status), class_=light(status)) for status, number in found
    )
    return joined(
        tag("h2", "Så många har varje status", class_="dold"),
        tag("ul", *tiles, class_="lagen"),
    )


def contents(paper: Document) -> Html:
    """Where things are."""
    places = [(OVERVIEW, "Översikt")] if _with_status(paper) else []
    places += [(address(part.id), part.heading) for part in paper.parts]
    links = (tag("li", tag("a", heading, href=f"#{place}")) for place, heading in places)
    return tag(
        "nav",
        tag("h2", "Innehåll", id=CONTENTS),
        tag("ul", *links),
        class_="innehall",
        aria_labelledby=CONTENTS,
    )


def overview(paper: Document) -> Html:
    """Every part with a status, in their order, with a way to it."""
    parts = _with_status(paper)
    if not parts:
        return NOTHING
    lines = (tag("li", tag("a", part.heading, href=f"#{address(part.id)}"), SPACE, mark(part.status)) for part in parts)
    return tag("section", tag("h2", "Översikt"), tag("ul", *lines, class_="lista"), id=OVERVIEW)


def _with_status(paper: Document) -> list[Part]:
    return [inner for part in paper.parts for inner in (part, *part.parts) if inner.status]
