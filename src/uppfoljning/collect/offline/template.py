"""The templates of the offline form, and the policy that keeps a page to the style and script that it came with."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

from uppfoljning.collect.offline.script import library

_TEMPLATES = Path(__file__).parents[2] / "templates" / "blankett"
_OF_THE_PAGE = ("days", "draft", "controls", "form", "page")
"""After the library, in the order in which each may lean on those before it."""
OUR_OWN = '<!doctype html>\n<html lang="sv" data-uppfoljning="blankett">'
"""How every page begins that the program has made, so that it never writes over another file."""


class _Marked(Template):
    """A text with places like `¤{title}`, a sign that neither HTML, CSS nor JavaScript has a meaning for."""

    delimiter = "¤"


@cache
def text_of(name: str) -> str:
    """A template as it stands."""
    return (_TEMPLATES / name).read_text("utf-8")


@cache
def script() -> str:
    """The form's whole script."""
    return "\n".join((library(), *(text_of(f"{name}.js") for name in _OF_THE_PAGE)))


def filled(name: str, places: Mapping[str, str]) -> str:
    """A template with its places filled; what is filled in is HTML already."""
    return _Marked(text_of(name)).substitute(places)


def policy(style: str, script: str = "") -> str:
    """The content security policy of a page: its own style and script, known by their hashes, and nothing from anywhere."""
    runs = f"script-src '{_hash(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_hash(style)}'; {runs}img-src data:; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def embedded(value: Any) -> str:
    """A value as JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
