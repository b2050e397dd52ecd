"""The style of a page and the policy that lets nothing else in."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

_FILE = Path(__file__).parents[3] / "templates" / "rapport" / "page.css"


@cache
def style() -> str:
    """The style sheet."""
    return _FILE.read_text("utf-8")


@cache
def policy() -> str:
    """The content security policy: this style, known by its hash, and nothing from anywhere."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'none'; base-uri 'none'"
