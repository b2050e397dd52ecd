"""The texts that a file from the inbox holds: one, or those of a letter and what is attached to it."""

from __future__ import annotations

import re
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice
from typing import Any, NamedTuple

from uppfoljning.collect.inbox.page_text import text_of_page
from uppfoljning.domain.finding import Problem
from uppfoljning.files.source import YAML_LIMIT, YAML_SUFFIXES
from uppfoljning.files.text import decoded

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
        parts = [_read(part) for part in inside if not part.is_multipart()]
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


def _read(part: Message[Any, Any]) -> _Part:
    """A part of a letter; without text when it is too large or is none."""
    kind, attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or len(payload) > YAML_LIMIT or b"\0" in payload[:100]:
        return _Part(kind, attached, "")
    try:
        return _Part(kind, attached, payload.decode(str(part.get_content_charset("") or "utf-8")))
    except (LookupError, ValueError):
        return _Part(kind, attached, decoded(payload))
