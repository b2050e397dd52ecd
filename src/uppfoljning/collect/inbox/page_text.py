"""The text of a letter that is only HTML, laid out in lines as a reader sees it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("head", "script", "style", "template", "title"))
_STRAY = 50
# A no-break space is what a letter indents with, so it is not white space here.
_WHITE = re.compile(r"[ \t\n\f\r]+")


def text_of_page(html: str) -> str:
    """What an HTML page says, a line for each line that is seen; scripts and styles say nothing."""
    if html.count("<") > 2 * html.count(">") + _STRAY:
        # No page, and what is opened and never closed takes the parser a time that grows with its square.
        return html
    reader = _Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._lines = [""]
        self._unseen = 0
        self._as_it_stands = 0

    def text(self) -> str:
        return "\n".join(line.rstrip(" ") for line in self._lines) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._lines.append("")
        elif tag in _BLOCKS:
            self._new_line()
        self._as_it_stands += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self._new_line()
        if tag == "pre":
            self._as_it_stands = max(0, self._as_it_stands - 1)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._as_it_stands:
            first, *rest = data.replace("\r\n", "\n").split("\n")
            self._lines[-1] += first
            self._lines += rest
        else:
            said = _WHITE.sub(" ", data)
            self._lines[-1] += said if self._lines[-1] else said.lstrip(" ")

    def _new_line(self) -> None:
        if self._lines[-1]:
            self._lines.append("")
