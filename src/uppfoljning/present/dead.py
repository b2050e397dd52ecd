"""What GitHub, GitLab and Forgejo would make something of in a text: calls on people, addresses, numbers of issues.

Nothing but code is left alone by all three: a backslash or a code for the sign is gone before they look for `@` and `#12`. So
such a word, and no more, is shown as code. It reads as the same text, and copies as the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"[^\s`|<>]"
_OF = r"(?:(?<![\w./-])[a-z][\w./-]{0,100}|(?<![\w)]))"
"""The repository that something belongs to, where it is named: from its beginning, so that no word is gone through many times."""
_LIVE = re.compile(
    # Addresses, also without a scheme.
    rf"(?:(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{{0,30}})?://|(?:mailto|xmpp):|www\.){_WORD}+"
    # Calls on people and teams, addresses of mail, and commits of somebody's.
    rf"|(?:(?<![\w.+/-])[\w.+/-]{{1,100}})?@\w{_WORD}*"
    # Issues and changes by number, then snippets, epics and warnings.
    rf"|(?:(?<![\w./-])[\w./-]{{1,100}})?[#!]\d+\w*|\bgh-\d+\b|{_OF}[$&^]\d+\w*"
    # Labels and milestones, also of several words.
    rf"|{_OF}[~%](?:\"[^\"`|<>]*\"|\w[\w.:/-]*)"
    # What GitLab names in brackets, and signs for small pictures.
    r"|\[[a-z_]+:[^\]`|<>]*\]|\[\[[^\]`|<>]*\]\]|:(?=[\w+-]*[a-z])[\w+-]+:"
    # Commits.
    r"|\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b",
    re.IGNORECASE,
)


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it would be made something of."""
    at = 0
    for found in _LIVE.finditer(text):
        if at < found.start():
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False
