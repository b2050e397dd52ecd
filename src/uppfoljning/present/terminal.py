"""Lines of styled text onto a terminal or a pipe. Colour only where a person looks; piped text is plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from uppfoljning.present.escape import shown
from uppfoljning.present.layout import ANY_WIDTH, fold

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


class Screen(NamedTuple):
    """Where text goes: how wide it is (None: any width, nothing is folded) and whether it shows colour."""

    stream: TextIO
    width: int | None = None
    colour: bool = False

    def write_data(self, text: str) -> None:
        """Write a machine format. In a pipe or a file it is UTF-8 with the line breaks it has, whatever the terminal speaks:
        a letter exchanged for its likeness would be a wrong answer to a program.
        """
        reconfigure = getattr(self.stream, "reconfigure", None)
        if reconfigure is not None and not self.stream.isatty():
            reconfigure(encoding="utf-8", newline="")
        self.stream.write(text)

    def write_bytes(self, data: bytes) -> None:
        """Write a file that is no text, or is finished down to its bytes."""
        self.stream.flush()
        self.stream.buffer.write(data)  # every stream that is no text in memory has one

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


def folded(text: str, room: int | None, indent: int = 0, style: str = "") -> Iterator[TextLine]:
    """A text in as many lines as the room asks for, each indented; one line where there is no end to the room."""
    for part in fold(text, (room or ANY_WIDTH) - indent):
        yield plain(" " * indent + part, style)


BLANK: TextLine = ()
