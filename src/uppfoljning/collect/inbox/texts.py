"""The texts that a file from the inbox holds: one, or those of a letter and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice
from typing import Any, NamedTuple

from uppfoljning.collect.inbox.page_text import text_of_page
from uppfoljning.files.source import YAML_LIMIT, YAML_SUFFIXES
from uppfoljning.files.text import decoded

LETTERS = (".eml",)
PAGES = (".html", ".htm")
_MOST_PARTS = 100
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


def texts_in(name: str, data: bytes) -> list[Text]:
    """The texts of a file. Of a letter nothing but its body and attachments: who sent it, to whom and about what is not read."""
    lower = name.lower()
    if lower.endswith(LETTERS) or _is_letter(data):
        return list(_of_letter(data))
    text = decoded(data)
    if lower.endswith(PAGES):
        return [Text("", text_of_page(text))]
    return [Text("", text, alone=lower.endswith(YAML_SUFFIXES))]


def _is_letter(data: bytes) -> bool:
    header = _HEADER.match(data[:100_000].replace(b"\r\n", b"\n"))
    return header is not None and _TELLS_A_LETTER.search(header[0]) is not None


def _of_letter(data: bytes) -> Iterator[Text]:
    try:
        letter = BytesParser(policy=policy.default).parsebytes(data)
        parts = [_read(part) for part in islice(letter.walk(), _MOST_PARTS) if not part.is_multipart()]
    except _WRONG_LETTER:
        yield Text("", decoded(data))
        return
    bodies = [part.text for part in parts if part.kind.startswith("text/") and part.kind != "text/html" and not part.attached]
    if not any(_TELLS_A_REPORT in body for body in bodies):
        # A letter in two guises says the same in both, and the plain one is nearer to what was sent.
        bodies += [text_of_page(part.text) for part in parts if part.kind == "text/html"]
    yield from (Text("brevet", body) for body in bodies)
    files = [part for part in parts if part.attached or part.kind.startswith("application/")]
    for number, part in enumerate((part for part in files if part.kind.startswith(("text/", "application/"))), 1):
        if part.kind != "text/html":
            yield Text(f"bilaga {number}", part.text, alone=part.kind != "text/plain")


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
