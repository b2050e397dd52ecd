"""Lines of styled text onto a terminal or a pipe. Colour only where a person looks; piped text is plain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TextIO

from uppfoljning.present.safe import shown

Segment = tuple[str, str]
"""A stretch of text and its style: a name in `STYLES`, or empty."""

TextLine = Sequence[Segment]

STYLES = {
    "title": "bold",
    "quiet": "dim",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "open": "cyan",
    "code": "bold",
}


class Stream(Protocol):
    """What can be written to."""

    def write(self, text: str, /) -> int: ...


class Screen(NamedTuple):
    """Where text goes: how wide it is (None: any width, nothing is folded) and whether it shows colour."""

    stream: TextIO
    width: int | None = None
    colour: bool = False

    def show(self, lines: Iterable[TextLine]) -> None:
        """Write lines. User text is never read as markup, nor obeyed by the terminal."""
        if not self.colour:
            for line in lines:
                self.stream.write(shown("".join(text for text, _ in line)).rstrip() + "\n")
            return
        from rich.console import Console
        from rich.text import Text

        console = Console(file=self.stream, width=self.width, highlight=False, soft_wrap=True)
        for line in lines:
            console.print(Text.assemble(*((shown(text), STYLES.get(style, "")) for text, style in line)), soft_wrap=True)


def plain(text: str, style: str = "") -> TextLine:
    """A line of one style."""
    return ((text, style),)


BLANK: TextLine = ()
