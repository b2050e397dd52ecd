"""Markup that cannot be broken by what it holds: every text is escaped on its way in, once."""

from __future__ import annotations

import html
from functools import lru_cache

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
