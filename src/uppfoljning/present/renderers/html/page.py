"""The whole page: what a browser must know first, the top, the parts and the foot."""

from __future__ import annotations

from uppfoljning.present.document.model import Document
from uppfoljning.present.renderers.html.markup import NOTHING, Html, joined, tag
from uppfoljning.present.renderers.html.names import Names
from uppfoljning.present.renderers.html.parts import part_of
from uppfoljning.present.renderers.html.style import policy, style
from uppfoljning.present.renderers.html.top import CONTENTS, OVERVIEW, contents, hero, overview

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Ccircle cx='4' cy='4' r='4' fill='%230d5a5c'/%3E%3C/svg%3E"
)
_MAIN = "sidan-rapporten"


def html_text(paper: Document) -> str:
    """A paper as a page that stands alone: it fetches nothing and runs nothing. The same paper gives the same bytes."""
    names = Names(paper.parts, (_MAIN, OVERVIEW, CONTENTS))
    body = joined(
        tag("a", "Hoppa till rapporten", href=f"#{_MAIN}", class_="hopp"),
        hero(paper),
        tag(
            "div",
            contents(paper),
            tag("main", joined(overview(paper), *(part_of(part, names) for part in paper.parts)), id=_MAIN, tabindex=-1),
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
