"""The script library of the offline form: the rules of a report, in the language that a browser runs."""

from __future__ import annotations

from pathlib import Path

PARTS = ("text", "answers", "privacy", "report", "handin")
"""In the order they stand: each uses only those before it. None touches the page, the clock, the network or chance."""
_TEMPLATES = Path(__file__).parents[2] / "templates" / "blankett"


def library() -> str:
    """The text of all parts, ready to stand in one script or to be run by itself."""
    return "\n".join((_TEMPLATES / f"{part}.js").read_text("utf-8") for part in PARTS)
