"""What a service knows a finding by from one run to the next, wherever in its file it has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from uppfoljning.present.findings.located import Located

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""No digits: a long run of them could pass for a personal number."""


def fingerprints(findings: Iterable[Located]) -> list[str]:
    """One for each finding, in their order, no two alike: from its code, file, message and line of text, never the line number.

    Of several that say the same thing of equal lines, the first has number 0, and so on. Nothing covered can be told from it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for one in findings:
        what = (one.code, one.file, one.message, one.excerpt.strip())
        text = "\0".join((*what, str(seen[what])))
        seen[what] += 1
        made.append(sha256(text.encode()).hexdigest().translate(_LETTERS))
    return made
