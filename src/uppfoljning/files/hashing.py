"""The check sum that tells changed files from unchanged, imported by itself: the whole of hashlib takes longer to import than to
look at fifty reports.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
