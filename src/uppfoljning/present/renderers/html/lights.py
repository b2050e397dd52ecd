"""The traffic lights of a page: the shape that stands before a status word says which colour goes with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppfoljning.present.document.model import Part
from uppfoljning.present.renderers.html.markup import SPACE, Html, tag

_LIGHTS = {"●": "gron", "▲": "gul", "■": "rod", "○": "gra"}
_OTHER = "vilar"
_SHAPES = (*_LIGHTS, "·")
_ORDER = (*_LIGHTS.values(), _OTHER)


class Count(NamedTuple):
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


def counts(parts: Iterable[Part]) -> list[Count]:
    """How many parts have each status, the green first, within a colour the most common first."""
    found = Counter(_statuses(parts))
    order = sorted(found, key=lambda status: (_ORDER.index(light(status)), -found[status], status))
    return [Count(status, found[status]) for status in order]


def _statuses(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.status:
            yield part.status
        yield from _statuses(part.parts)
