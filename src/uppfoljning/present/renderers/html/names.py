"""The names that a page's parts point at each other with: none of them twice, and only of parts that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from uppfoljning.present.document.model import Part

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
