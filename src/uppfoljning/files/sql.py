"""Texts in what DuckDB is asked."""

from __future__ import annotations


def quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
