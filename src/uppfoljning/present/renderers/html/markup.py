"""Markup that cannot be broken by what it holds: every text is escaped on its way in, once."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from uppfoljning.present.document.model import Part
from uppfoljning.present.escape import one_line

_VOID = frozenset(("link", "meta"))


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


NOTHING = Html("")
SPACE = Html(" ")


def escaped(text: str) -> Html:
    """A text of a user: nothing in it is markup, and nothing in it steers how the page is read."""
    # The cache must never meet markup: it would then hand it out for a text that spells the same.
    return text if isinstance(text, Html) else _escaped(text)


@lru_cache(maxsize=1 << 13)
def _escaped(text: str) -> Html:
    return Html(html.escape(one_line(text)))


def tag(name: str, /, *inside: str, **attributes: str | int | None) -> Html:
    """An element; texts and the values of attributes are escaped. An attribute that is None is left out.

    `class_` is `class`, and `aria_label` is `aria-label`.
    """
    held = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"' for key, value in attributes.items() if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{held}>")
    return Html(f"<{name}{held}>{''.join(map(escaped, inside))}</{name}>")


def joined(*pieces: Html) -> Html:
    """Pieces of markup below each other."""
    return Html("\n".join(piece for piece in pieces if piece))


# The names that a page's parts point at each other with: none of them twice, and only of parts that are there.


_UNFIT = re.compile(r"[^\w-]+")
COMMITMENT = "atagande-"


def address(id: str) -> str:
    """The id that a part has on a page."""
    return _UNFIT.sub("-", id) or "del"


class Names:
    """Hands out the ids of one page, but never those that the page itself has."""

    def __init__(self, parts: Iterable[Part], own: Iterable[str] = ()) -> None:
        self._last = Counter(own)
        self._parts = {part.id for part in _all(parts)}

    def fresh(self, wanted: str) -> str:
        """An id nobody has: the one wanted, else one with a number."""
        base = address(wanted)
        self._last[base] += 1
        number = self._last[base]
        return base if number == 1 else self.fresh(f"{base}--{number}")

    def numbered(self, kind: str) -> str:
        """The next id of a kind: `tabell-1`, `tabell-2`."""
        self._last[f"{kind} "] += 1
        return self.fresh(f"{kind}-{self._last[f'{kind} ']}")

    def commitment(self, id: str) -> str:
        """The address of a commitment's part, or nothing where the page has none."""
        return address(f"{COMMITMENT}{id}") if f"{COMMITMENT}{id}" in self._parts else ""


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(part.parts)
