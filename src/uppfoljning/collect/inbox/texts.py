"""The texts that a file from the inbox holds: one, or those of a letter and what is attached to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from functools import partial
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning.domain.finding import Problem
from uppfoljning.files.gate import LINKED_FOLDER, OUTSIDE, given, opened
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import FOLDERS, YAML_LIMIT, YAML_SUFFIXES
from uppfoljning.files.text import decoded

# The text of a letter that is only HTML, laid out in lines as a reader sees it.


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


LETTERS = (".eml",)
PAGES = (".html", ".htm")
_MOST_PARTS = 100
_MOST_NESTED = 50
"""How many parts of a letter may hold others; a letter that was forwarded ten times has twenty or so."""
_MOST_LINES_BETWEEN = 5_000
"""How many lines may look like the one between two parts, where there are parts."""
_LONGEST_SAID = 2 * 1024
"""How many bytes a part may say of what it is: it takes their square to read them."""
_TELLS_OF_A_PART = re.compile(
    rb"^content-(?:type|disposition|transfer-encoding):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_HOLDS_PARTS = re.compile(rb"multipart|message", re.IGNORECASE)
_SWOLLEN = Problem(
    "", "brevet har för många delar, eller delar i varandra", "be om rapporten för sig, som filen som blanketten gav"
)
_TELLS_A_REPORT = "åtagande:"
_HEADER = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.ASCII)
_TELLS_A_LETTER = re.compile(rb"^(?:mime-version|content-type|received):", re.IGNORECASE | re.MULTILINE)
_WRONG_LETTER = (ValueError, LookupError, AttributeError, TypeError)
"""What Python's own reader of letters may raise at one that keeps no rule."""


class Text(NamedTuple):
    """A text and where in its file it stands: empty for the whole file. `alone`: it should be a report and nothing else."""

    part: str
    text: str
    alone: bool = False


def texts_in(name: str, data: bytes) -> list[Text] | Problem:
    """The texts of a file. Of a letter nothing but its body and attachments: who sent it, to whom and about what is not read.

    A letter of more parts than anybody sends is not looked into at all.
    """
    lower = name.lower()
    if lower.endswith(LETTERS) or _is_letter(data):
        return _SWOLLEN if _is_swollen(data) else _of_letter(data)
    text = decoded(data)
    if lower.endswith(PAGES):
        return [Text("", text_of_page(text))]
    return [Text("", text, alone=lower.endswith(YAML_SUFFIXES))]


def _is_swollen(data: bytes) -> bool:
    """Whether to read a letter could take the whole memory, or for ever: it is taken apart part within part, line by line."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    said = [found[0] for found in _TELLS_OF_A_PART.finditer(lines)]
    holders = sum(_HOLDS_PARTS.search(one) is not None for one in said)
    if holders > _MOST_NESTED or any(len(one) > _LONGEST_SAID for one in said):
        return True
    return holders > 0 and lines.count(b"\n--") > _MOST_LINES_BETWEEN


def _is_letter(data: bytes) -> bool:
    header = _HEADER.match(data[:100_000].replace(b"\r\n", b"\n"))
    return header is not None and _TELLS_A_LETTER.search(header[0]) is not None


def _of_letter(data: bytes) -> list[Text] | Problem:
    try:
        letter = BytesParser(policy=policy.default).parsebytes(data)
        inside = list(islice(letter.walk(), _MOST_PARTS + 1))
        if len(inside) > _MOST_PARTS:
            return _SWOLLEN
        parts = [_texts_read(part) for part in inside if not part.is_multipart()]
    except _WRONG_LETTER:
        return [Text("", decoded(data))]
    except RecursionError:
        return _SWOLLEN
    bodies = [part.text for part in parts if part.kind.startswith("text/") and part.kind != "text/html" and not part.attached]
    if not any(_TELLS_A_REPORT in body for body in bodies):
        # A letter in two guises says the same in both, and the plain one is nearer to what was sent.
        bodies += [text_of_page(part.text) for part in parts if part.kind == "text/html"]
    files = [part for part in parts if part.attached or part.kind.startswith("application/")]
    numbered = enumerate((part for part in files if part.kind.startswith(("text/", "application/"))), 1)
    return [Text("brevet", body) for body in bodies] + [
        Text(f"bilaga {number}", part.text, alone=part.kind != "text/plain")
        for number, part in numbered
        if part.kind != "text/html"
    ]


class _Part(NamedTuple):
    kind: str
    attached: bool
    text: str


def _texts_read(part: Message[Any, Any]) -> _Part:
    """A part of a letter; without text when it is too large or is none."""
    kind, attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or len(payload) > YAML_LIMIT or b"\0" in payload[:100]:
        return _Part(kind, attached, "")
    try:
        return _Part(kind, attached, payload.decode(str(part.get_content_charset("") or "utf-8")))
    except (LookupError, ValueError):
        return _Part(kind, attached, decoded(payload))


# The files of an inbox: those that may hold a report, and those that cannot, with the reason.


READ = (*YAML_SUFFIXES, ".txt", ".md", *LETTERS, *PAGES)
"""How the names end of files that are looked through."""
_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")
_LETTER_LIMIT = 30 * 1024 * 1024
"""The most bytes of a letter, for pictures may be attached; what else is read has the limit of a report file."""
_OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})

_UNREADABLE = Problem("", "filen gick inte att läsa", "kontrollera att den finns och att du får läsa den")
_LINKS = {
    OUTSIDE: Problem("", "den är en länk ut ur mappen", "lägg själva filen där i stället för länken"),
    LINKED_FOLDER: Problem("", "den är en länk till en mapp", "lägg själva mappen där i stället för länken"),
}
_TABLE = Problem("", "en tabell läses in för sig", "kör uppfoljning importera med tabellens namn")
_OTHER_KIND = Problem("", "en sådan fil läses inte", f"bara filer som slutar på {', '.join(READ)}")


class Arrived(NamedTuple):
    """A file and its bytes."""

    name: str
    data: bytes


class SkippedFile(NamedTuple):
    """A file that is not looked through, and why."""

    name: str
    problem: Problem


def arrived(place: Path, project: Path) -> Iterator[Arrived | SkippedFile]:
    """Every file of a folder and the folders in it, or a single file, in the order of their names.

    Hidden ones and the project's own plans and reports are passed by; a link out of the folder, or to another, is not followed.
    """
    if not place.is_dir():
        yield _folder_read(place.name, lambda: given(str(place), str(project)))
        return
    own = {(project / folder).resolve() for folder in FOLDERS}
    for path in _below(place, own):
        name = path.relative_to(place).as_posix()
        yield _folder_read(name, partial(opened, str(place), name))


def _below(folder: Path, own: set[Path]) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda path: (path.stem, path.suffix))
    except OSError as error:
        raise_if_short(error)
        yield folder
        return
    for path in inside:
        if path.name.startswith(".") or path.name.lower() in _OF_THE_SYSTEM:
            continue
        if path.is_symlink() or not path.is_dir():
            yield path
        elif path.resolve() not in own:
            yield from _below(path, own)


def _folder_read(name: str, open_it: Callable[[], tuple[int, int]]) -> Arrived | SkippedFile:
    lower = name.lower()
    try:
        number, size = open_it()
        with os.fdopen(number, "rb") as file:
            if not lower.endswith(READ):
                return SkippedFile(name, _TABLE if lower.endswith(_TABLES) else _OTHER_KIND)
            limit = _LETTER_LIMIT if lower.endswith(LETTERS) else YAML_LIMIT
            return SkippedFile(name, larger_than(limit)) if size > limit else Arrived(name, file.read(limit))
    except OSError as error:
        raise_if_short(error)
        return SkippedFile(name, _LINKS.get(error.errno or 0, _UNREADABLE))


def larger_than(limit: int = YAML_LIMIT) -> Problem:
    """More than is read."""
    return Problem("", f"den är större än {limit // (1024 * 1024)} MB", "be om rapporten för sig, som filen som blanketten gav")
