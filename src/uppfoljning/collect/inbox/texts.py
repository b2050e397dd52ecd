"""The texts that a file from the inbox holds: one, or those of a letter and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Any, NamedTuple

from uppfoljning.collect.inbox.page_text import text_of_page
from uppfoljning.files.source import YAML_LIMIT, YAML_SUFFIXES
from uppfoljning.files.text import decoded

LETTERS = (".eml",)
PAGES = (".html", ".htm")
_MOST_PARTS = 100
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
        parts = [part for part in _walk(letter) if not part.is_multipart()]
    except _WRONG_LETTER:
        yield Text("", decoded(data))
        return
    pages = []
    attached = 0
    for part in parts[:_MOST_PARTS]:
        kind, text = _read(part)
        if kind == "text/html":
            pages.append(text_of_page(text))
        elif kind.startswith("text/") and not _is_attached(part):
            yield Text("brevet", text)
        elif kind.startswith(("text/", "application/")):
            attached += 1
            yield Text(f"bilaga {attached}", text, alone=not kind.startswith("text/plain"))
    yield from (Text("brevet", page) for page in pages)


def _walk(letter: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    yield from letter.walk()


def _is_attached(part: Message[Any, Any]) -> bool:
    try:
        return isinstance(part, EmailMessage) and part.is_attachment()
    except _WRONG_LETTER:
        return False


def _read(part: Message[Any, Any]) -> tuple[str, str]:
    """The kind of a part and its text; no text when it is too large or cannot be read."""
    try:
        kind = part.get_content_type()
        payload = part.get_payload(decode=True)
        charset = str(part.get_content_charset("") or "")
    except _WRONG_LETTER:
        return "", ""
    if not isinstance(payload, bytes) or len(payload) > YAML_LIMIT or b"\0" in payload[:100]:
        return kind, ""
    try:
        return kind, payload.decode(charset) if charset else decoded(payload)
    except (LookupError, ValueError):
        return kind, decoded(payload)
